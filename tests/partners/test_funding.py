"""Money that stops is told in time, to who can do something about it, and once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from partners.actions.funding import correct_funding, extend, promise
from partners.funding_letters import threshold, warn
from partners.funding_page import funding_lines, left_words
from partners.models import Funding
from sites.enums import Precision, RoleKind
from sites.models import ChangeLog
from sites.seen import Overtaken
from stek.outbox.models import Delivery
from stek.outbox.sending import send_due
from tests.desk import at_desk, client_of, errors, form_at, words
from tests.factories.partners import make_funding
from tests.factories.sites import make_partnership, make_person, make_role, make_site

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]

LAST = dt.date(2025, 6, 30)


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (dt.date(2024, 12, 29), None),
        (dt.date(2024, 12, 30), 6),
        (dt.date(2025, 3, 29), 6),
        (dt.date(2025, 3, 30), 3),
        (dt.date(2025, 5, 29), 3),
        (dt.date(2025, 5, 30), 1),
        (LAST, 1),
    ],
)
def test_thresholds_are_six_three_and_one_month_before_the_last_day(day, months):
    assert threshold(LAST, day) == months


def test_last_day_of_a_short_month_has_its_thresholds_too():
    assert [threshold(dt.date(2025, 8, 31), dt.date(2025, 2, day)) for day in (27, 28)] == [None, 6]


def test_each_threshold_is_one_letter_for_each_who_carries_or_steers(site, clock):
    make_funding(site, last_day=LAST)
    told = [
        make_person(RoleKind.COORDINATOR, site=site),
        make_person(RoleKind.STEERING, partnership=site.partnership),
    ]
    make_person(RoleKind.COORDINATOR, site=make_site(partnership=site.partnership))
    make_person(RoleKind.STEERING, partnership=make_partnership())
    make_person(RoleKind.VOLUNTEER, site=site)

    written = {}
    for day in ("2024-12-29", "2024-12-30", "2024-12-31", "2025-03-31", "2025-05-30", "2025-06-30", "2025-07-01"):
        clock.move_to(f"{day}T08:30+02:00", tick=False)
        written[day] = warn()

    assert list(written.values()) == [0, 2, 0, 2, 2, 0, 0]
    assert set(Delivery.objects.values_list("user", flat=True)) == {user.pk for user in told}


def test_machine_that_was_off_sends_the_nearest_letter_only(site, clock):
    make_person(RoleKind.COORDINATOR, site=site)
    make_funding(site, last_day=LAST)
    clock.move_to("2025-06-15T08:30+02:00", tick=False)

    assert (warn(), list(Delivery.objects.values_list("period", flat=True))) == (1, ["2025-06-30 1"])


def test_letter_says_from_whom_until_when_and_how_long(site, clock):
    make_person(RoleKind.COORDINATOR, site=site)
    make_funding(site, last_day=LAST, source="Gemeente")
    clock.move_to("2025-03-30T08:30+02:00", tick=False)
    warn()
    send_due()

    assert mail.outbox[0].subject == "nog 3 maanden: het geld van Gemeente voor Hier stopt"
    assert "loopt tot en met 30 juni 2025" in mail.outbox[0].body


def test_what_goes_on_is_not_warned_of_and_a_letter_that_waits_is_dropped(site, clock):
    make_person(RoleKind.COORDINATOR, site=site)
    funding = make_funding(site, last_day=LAST)
    clock.move_to("2025-03-30T08:30+02:00", tick=False)
    warn()

    extend(funding, by=None, last_day=dt.date(2026, 6, 30))
    send_due()

    assert mail.outbox == []
    clock.move_to("2025-06-15T08:30+02:00", tick=False)
    assert warn() == 0


def test_extension_keeps_what_was_promised_first(site):
    funding = make_funding(site, last_day=LAST, source="Gemeente")

    longer = extend(funding, by=None, last_day=dt.date(2026, 6, 30), approved_on=dt.date(2025, 1, 1))
    again = extend(funding, by=None, last_day=dt.date(2026, 6, 30))

    assert (longer, longer.source, longer.first_day) == (again, "Gemeente", dt.date(2025, 7, 1))
    funding.refresh_from_db()
    assert funding.last_day == LAST
    with pytest.raises(ValidationError):
        extend(funding, by=None, last_day=dt.date(2027, 6, 30))


def test_what_follows_begins_the_day_after_whatever_last_day_is_corrected_to(site):
    funding = make_funding(site, last_day=LAST)
    longer = extend(funding, by=None, last_day=dt.date(2026, 6, 30))

    correct_funding(funding, by=None, last_day=dt.date(2025, 5, 31))

    longer.refresh_from_db()
    assert longer.first_day == dt.date(2025, 6, 1)
    assert ChangeLog.objects.filter(verb="correct_funding").count() == 2
    for wrong in (None, dt.date(2026, 6, 30)):
        with pytest.raises(ValidationError) as refusal:
            correct_funding(funding, by=None, last_day=wrong)
        assert list(refusal.value.message_dict) == ["last_day"]
    funding.refresh_from_db()
    assert funding.last_day == dt.date(2025, 5, 31)


def test_what_follows_with_a_beginning_of_its_own_keeps_it(site):
    funding = make_funding(site, last_day=LAST)
    longer = extend(funding, by=None, last_day=dt.date(2026, 6, 30))
    correct_funding(longer, by=None, first_day=dt.date(2025, 9, 1), first_precision=Precision.DAY)

    correct_funding(funding, by=None, last_day=dt.date(2025, 5, 31))

    longer.refresh_from_db()
    assert longer.first_day == dt.date(2025, 9, 1)


@pytest.mark.parametrize("last_day", [LAST, dt.date(2025, 6, 29)])
def test_extension_ends_later(site, last_day):
    with pytest.raises(ValidationError) as refusal:
        extend(make_funding(site, last_day=LAST), by=None, last_day=last_day)

    assert set(refusal.value.message_dict) == {"last_day"}


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2023, 10, 10), "nog 20 maanden"),
        (dt.date(2025, 5, 1), "nog 2 maanden"),
        (dt.date(2025, 5, 2), "nog 60 dagen"),
        (LAST, "nog 1 dag"),
    ],
)
def test_last_day_counts_in_how_long_it_still_is(day, words):
    assert left_words(day, LAST) == words


def test_states_follow_from_days(site):
    day = dt.date(2023, 10, 10)
    make_funding(site, source="a", last_day=dt.date(2023, 10, 9))
    make_funding(site, source="b", last_day=day)
    make_funding(site, source="c", last_day=LAST)
    make_funding(site, source="d", first_day=dt.date(2024, 1, 1), last_day=dt.date(2025, 12, 31))
    longer = make_funding(site, source="e", last_day=dt.date(2024, 1, 31))
    extend(longer, by=None, last_day=dt.date(2026, 1, 31))

    found = [
        (line.funding.source, line.state) for line in funding_lines(Funding.objects.whole().order_by("last_day"), day)
    ]

    assert found == [
        ("a", "over"), ("b", "soon"), ("e", "extended"), ("c", "running"), ("d", "to_come"), ("e", "to_come"),
    ]  # fmt: skip


def test_money_is_written_down_corrected_and_extended_at_the_desk(site):
    client = at_desk(site)
    client.post(
        "/beheer/hier/geld/nieuw/",
        {
            "source": "Leader",
            "first_precision": Precision.SEASON.value,
            "first_day": "2021-10-20",
            "last_day": "2025-06-30",
            "fte": "0.4",
        },
    )
    funding = Funding.objects.get()
    path = f"/beheer/hier/geld/{funding.pk}/"
    wrong = client.post(path, form_at(client, path) | {"last_day": "2020-01-01"})
    done = client.post(f"{path}verlengen/", {"last_day": "2026-06-30"})

    assert (funding.first_day, funding.site) == (dt.date(2021, 9, 1), site)
    assert errors(wrong) == {"last_day": ["De laatste dag ligt voor de eerste dag."]}
    assert done.status_code == 302
    shown = words(client.get("/beheer/hier/geld/"))
    for piece in ("vanaf najaar 2021", "tot en met 30 juni 2025", "verlengd", "tot en met 30 juni 2026"):
        assert piece in shown, piece


def test_two_at_once_and_money_of_all_places(site):
    funding = make_funding(site)
    with pytest.raises(Overtaken):
        correct_funding(funding, by=None, seen="vroeger", source="Anders")
    shared = make_funding(partnership=site.partnership)
    make_site(partnership=site.partnership)

    assert at_desk(site).get(f"/beheer/hier/geld/{shared.pk}/").status_code == 403
    assert promise(site.partnership, by=None, site=site, source="x") == promise(
        site.partnership, by=None, site=site, source="x"
    )


def test_money_of_all_places_with_a_coordinator_each_is_kept_by_an_administrator(site):
    shared = make_funding(partnership=site.partnership, last_day=LAST)
    beside = make_site(partnership=site.partnership)
    make_person(RoleKind.COORDINATOR, site=beside)
    page, path = "/beheer/hier/geld/", f"/beheer/hier/geld/{shared.pk}/"
    told = "Dit geld is voor alle plekken. Wie alle plekken coördineert, of een beheerder, kan het verbeteren of verlengen."
    administrator = client_of(make_role(RoleKind.ADMINISTRATOR).user)

    assert told in words(at_desk(site).get(page))
    shown = words(administrator.get(page))
    done = administrator.post(f"{path}verlengen/", {"last_day": "2026-06-30"})

    assert (told in shown, "Verleng" in shown, "Bekijk het geheel" in shown) == (False, True, False)
    assert done.status_code == 302
    assert Funding.objects.get(follows=shared).last_day == dt.date(2026, 6, 30)
    assert page in administrator.get("/beheer/hier/").content.decode()


def test_page_of_the_steering_group_shows_its_own_money_only(site):
    make_funding(site, source="Van hier", last_day=LAST)
    make_funding(make_site(), source="Van elders")
    client = client_of(make_person(RoleKind.STEERING, partnership=site.partnership))

    shown = words(client.get("/stuurgroep/geld/"))

    assert "Van hier" in shown
    assert "nog 20 maanden" in shown
    assert "Van elders" not in shown


def test_desk_says_what_stops_within_half_a_year(site):
    make_funding(site, source="Gemeente", last_day=dt.date(2024, 4, 9))
    make_funding(site, source="Leader", last_day=dt.date(2024, 4, 11))

    shown = words(at_desk(site).get("/beheer/hier/"))

    assert "Het geld van Gemeente loopt tot en met" in shown
    assert "Het geld van Leader" not in shown


def test_first_letter_comes_on_its_day_when_half_a_year_before_is_a_shorter_month(site, clock):
    make_person(RoleKind.COORDINATOR, site=site)
    make_funding(site, last_day=dt.date(2024, 8, 31))
    clock.move_to("2024-02-28T09:00+01:00", tick=False)
    before = warn()

    clock.move_to("2024-02-29T09:00+01:00", tick=False)

    assert (before, warn()) == (0, 1)


@pytest.mark.parametrize("fte", ["0", "-1"])
def test_no_job_at_all_is_refused_beside_its_field(site, fte):
    path = "/beheer/hier/geld/nieuw/"
    client = at_desk(site)

    answer = client.post(path, form_at(client, path) | {"source": "Leader", "fte": fte})

    assert [*errors(answer)] == ["fte"]
    assert not Funding.objects.exists()
