"""Counting a date: when it can be, by whom, what is kept, and that nothing is lost or kept twice."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from activities.actions.closure import close
from activities.actions.counts import keep_count
from activities.actions.occurrence import cancel, open_anyway
from activities.actions.series import change_from
from activities.count_rules import Count, can_count, count_of, has_ended, stamp, why_not_count
from activities.enums import OccurrenceStatus
from activities.models import Attendance, Occurrence, Presence
from activities.rules import closed_where
from activities.to_count import counted_words, held_lately, missing_at
from sites.enums import RoleKind
from sites.models import ChangeLog, Site, User
from sites.seen import Overtaken
from stek.time import now
from tests.factories.activities import make_activity, make_occurrence, make_series
from tests.factories.partners import make_engagement, make_membership, make_organisation
from tests.factories.sites import make_person, make_site
from tests.offer import TUESDAY, date_of, offer
from tests.rows import day

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)
    return time_machine


@pytest.fixture
def site() -> Site:
    return make_site()


@pytest.fixture
def caw():
    return make_organisation(name="CAW")


@pytest.fixture
def coordinator(site) -> User:
    return make_person(RoleKind.COORDINATOR, site=site)


@pytest.fixture
def monday(site, caw) -> Occurrence:
    """Yesterday from 10 to 12, by CAW."""
    return date_of(offer(site, organisers=[caw]), "2023-10-09")


def worker_of(organisation, site) -> User:
    user = make_person(RoleKind.PARTNER_WORKER, site=site)
    make_membership(site, user=user, organisation=organisation)
    return user


def refusal(date: Occurrence, by: User | None = None) -> str:
    return why_not_count(date, by=by, now=now(), closed=closed_where([date]))


# --- Who


def test_a_worker_counts_what_the_own_organisation_organises_with_a_control_function_too(site, monday, caw):
    assert can_count(worker_of(caw, site), monday)
    caw.has_control_function = True
    caw.save()
    assert can_count(worker_of(caw, site), monday)


def test_who_organises_it_together_counts_it_together(site):
    first, second = make_organisation(), make_organisation()
    date = date_of(offer(site, organisers=[first, second]), "2023-10-09")

    assert [can_count(worker_of(one, site), date) for one in (first, second)] == [True, True]


def test_others_do_not_count(site, monday, caw, coordinator):
    elsewhere = make_site()
    strangers = {
        "of another organisation": worker_of(make_organisation(), site),
        "of the same one at another place": worker_of(caw, elsewhere),
        "with a key of both and a work at one": make_person(
            RoleKind.PARTNER_WORKER, site=site, user=worker_of(caw, elsewhere)
        ),
        "coordinator elsewhere": make_person(RoleKind.COORDINATOR, site=elsewhere),
        "administrator": make_person(RoleKind.ADMINISTRATOR),
    }
    volunteer = make_person(RoleKind.VOLUNTEER, site=site)
    make_membership(site, user=volunteer, organisation=caw)
    former = worker_of(caw, site)
    former.memberships.update(until=day("2023-10-09"))

    assert [name for name, user in strangers.items() if can_count(user, monday)] == []
    assert [can_count(one, monday) for one in (volunteer, former, AnonymousUser())] == [False] * 3
    assert can_count(coordinator, monday)


# --- When


def test_what_was_held_can_be_counted_from_its_begin_for_seven_days(site, monday, caw, clock):
    by = worker_of(caw, site)
    clock.move_to("2023-10-09T09:59+02:00", tick=False)
    assert refusal(monday, by) == "Dit moet nog beginnen. Tellen kan zodra het bezig is."
    for moment in ("2023-10-09T10:00+02:00", "2023-10-16T23:59+02:00"):
        clock.move_to(moment, tick=False)
        assert refusal(monday, by) == ""
    clock.move_to("2023-10-17T00:00+02:00", tick=False)
    assert refusal(monday, by).startswith("Dit is langer dan een week geleden.")


def test_a_coordinator_corrects_what_is_longer_ago(monday, coordinator, clock):
    clock.move_to("2024-03-01T09:00+01:00", tick=False)

    assert refusal(monday, coordinator) == ""


def test_what_is_off_is_not_counted_and_says_why(site, monday, coordinator):
    other = date_of(offer(site, weekday=1), "2023-10-10")
    close(by=None, partnership=site.partnership, site=site, first_day=day("2023-10-10"), last_day=day("2023-10-10"), reason="Verf")  # fmt: skip
    cancel(monday, by=None)

    assert [refusal(Occurrence.objects.get(pk=one.pk), coordinator) for one in (monday, other)] == [
        "Deze datum is afgezegd. Er valt niets te tellen.",
        "Op die dag was het dicht. Er valt niets te tellen.",
    ]
    open_anyway(other, by=None)
    assert refusal(Occurrence.objects.get(pk=other.pk), coordinator) == "Dit moet nog beginnen. Tellen kan zodra het bezig is."  # fmt: skip


@pytest.mark.parametrize("status", [OccurrenceStatus.WITHDRAWN, OccurrenceStatus.CANCELLED])
def test_action_refuses_what_is_off(site, coordinator, status):
    date = make_occurrence(make_series(make_activity(site)), day("2023-10-09"), status=status)

    with pytest.raises(ValidationError):
        keep_count(date, Count(people=3), by=coordinator)
    assert not Attendance.objects.exists()


def test_action_refuses_what_was_undone_and_what_is_a_draft(site, coordinator):
    for fields in ({"is_undone": True}, {"is_published": False}):
        date = make_occurrence(make_series(make_activity(site), **fields), day("2023-10-09"))
        with pytest.raises(ValidationError, match="niet meer op het programma"):
            keep_count(date, Count(people=3), by=coordinator)


@pytest.mark.parametrize(
    ("part", "begins", "ends"),
    [
        ("morning", "2023-10-09T08:00+02:00", "2023-10-09T12:00+02:00"),
        ("afternoon", "2023-10-09T12:00+02:00", "2023-10-09T17:00+02:00"),
        ("", "2023-10-09T00:00+02:00", "2023-10-10T00:00+02:00"),
    ],
)
def test_an_hour_nobody_knows_begins_and_ends_with_its_part_of_the_day(site, coordinator, clock, part, begins, ends):
    date = make_occurrence(make_series(make_activity(site)), day("2023-10-09"), part=part)
    minute = dt.timedelta(minutes=1)
    begin, end = dt.datetime.fromisoformat(begins), dt.datetime.fromisoformat(ends)

    clock.move_to(begin - minute, tick=False)
    assert refusal(date, coordinator).startswith("Dit moet nog beginnen.")
    clock.move_to(begin, tick=False)
    assert refusal(date, coordinator) == ""
    assert [has_ended(date, end - minute), has_ended(date, end)] == [False, True]


def test_what_ends_after_midnight_is_one_date_and_is_asked_for_when_it_is_over(site, coordinator, clock):
    series = offer(site, weekday=0, begin=dt.time(21), end=dt.time(1), first_day=day("2023-10-09"))
    date = date_of(series, "2023-10-09")

    clock.move_to("2023-10-10T00:30+02:00", tick=False)
    assert (refusal(date, coordinator), missing_at(site)) == ("", [])
    clock.move_to("2023-10-10T01:00+02:00", tick=False)
    assert [one.uuid for one in missing_at(site)] == [date.uuid]
    keep_count(date, Count(people=9), by=coordinator)
    assert (Attendance.objects.count(), missing_at(site)) == (1, [])


def test_the_night_in_which_the_clock_goes_back_is_counted_once(site, coordinator, clock):
    """From 2.30 to 3.30 on 29 October 2023 lasts two hours."""
    series = offer(site, weekday=6, begin=dt.time(2, 30), end=dt.time(3, 30), first_day=day("2023-10-29"))
    date = date_of(series, "2023-10-29")

    clock.move_to("2023-10-29T02:45+01:00", tick=False)  # the second quarter to three
    assert (refusal(date, coordinator), has_ended(date, now())) == ("", False)
    clock.move_to("2023-10-29T03:30+01:00", tick=False)
    assert [one.uuid for one in missing_at(site)] == [date.uuid]


def test_a_day_is_that_of_the_place(coordinator, clock):
    """In Brussels it is Tuesday the 17th, on Martinique still Monday the 16th: the seventh day after."""
    far = make_site(time_zone="America/Martinique")
    date = make_occurrence(make_series(make_activity(far)), day("2023-10-09"))
    organisation = date.series.organisers.create(organisation=make_organisation()).organisation
    by = worker_of(organisation, far)

    clock.move_to("2023-10-17T03:00+02:00", tick=False)
    assert refusal(date, by) == ""
    clock.move_to("2023-10-17T06:00+02:00", tick=False)
    assert refusal(date, by) != ""


def test_a_date_moved_by_hand_is_counted_on_the_day_it_is_held(site, coordinator):
    date = make_occurrence(make_series(make_activity(site)), day("2023-10-09"), original_date=day("2023-09-01"))

    assert [one.uuid for one in missing_at(site)] == [date.uuid]
    assert refusal(date, coordinator) == ""


# --- What is kept


def test_a_count_is_kept_with_who_was_there_and_leaves_a_line(site, monday, caw, coordinator):
    present = frozenset({caw.pk})

    row = keep_count(monday, Count(people=14, new_faces=3, note="Rustig, het regende", present=present), by=coordinator)

    assert count_of(row) == Count(True, 14, 3, None, "Rustig, het regende", present)
    line = ChangeLog.objects.get(about_model="activities.attendance")
    assert (line.by, line.verb, line.site) == (coordinator, "count", site)
    assert line.changes == {
        "people": [None, 14], "new_faces": [None, 3], "note": [None, None], "present": [[], [caw.code]]
    }  # fmt: skip


def test_ging_niet_door_is_not_zero(monday, coordinator, caw):
    row = keep_count(monday, Count(took_place=False, people=5, present=frozenset({caw.pk})), by=coordinator)

    assert (row.took_place, row.people, row.presences.count()) == (False, None, 0)
    assert counted_words(row) == "Ging niet door"
    row = keep_count(monday, Count(people=0), by=coordinator)
    assert (row.took_place, row.people) == (True, 0)
    assert counted_words(row) == "0 mensen"
    assert ChangeLog.objects.latest("pk").changes == {"took_place": [False, True], "people": [None, 0]}


@pytest.mark.parametrize(
    ("count", "field"),
    [
        (Count(), "people"),
        (Count(people=1000), "people"),
        (Count(people=-1), "people"),
        (Count(people=3, new_faces=4), "new_faces"),
        (Count(people=3, volunteers=1000), "volunteers"),
    ],
)
def test_numbers_that_cannot_be_are_refused_by_field(monday, coordinator, count, field):
    with pytest.raises(ValidationError) as error:
        keep_count(monday, count, by=coordinator)

    assert list(error.value.message_dict) == [field]
    assert not Attendance.objects.exists()


def test_only_who_works_at_the_place_that_day_can_be_present(site, monday, caw, coordinator):
    here, former, stranger = (make_organisation() for _ in range(3))
    make_engagement(site, organisation=here)
    make_engagement(site, organisation=former, until=day("2023-10-08"))

    keep_count(monday, Count(people=3, present=frozenset({caw.pk, here.pk})), by=coordinator)
    for organisation in (former, stranger):
        with pytest.raises(ValidationError) as error:
            keep_count(monday, Count(people=3, present=frozenset({organisation.pk})), by=coordinator)
        assert list(error.value.message_dict) == ["present"]
    assert set(Presence.objects.values_list("organisation", flat=True)) == {caw.pk, here.pk}


def test_the_same_form_twice_is_kept_once_also_after_somebody_else_corrected(monday, coordinator, site, caw):
    empty, fourteen, fifteen = stamp(None), Count(people=14), Count(people=15)
    keep_count(monday, fourteen, by=coordinator, seen=empty, key="a")
    keep_count(monday, fourteen, by=coordinator, seen=empty, key="a")
    assert ChangeLog.objects.filter(about_model="activities.attendance").count() == 1

    keep_count(monday, fifteen, by=worker_of(caw, site), seen=stamp(fourteen), key="b")
    row = keep_count(monday, fourteen, by=coordinator, seen=empty, key="a")

    assert row.people == 15
    assert ChangeLog.objects.filter(about_model="activities.attendance").count() == 2


def test_other_numbers_in_a_form_that_was_kept_are_a_new_count(monday, coordinator):
    """Back in the browser, another number: not the same form, and not lost."""
    keep_count(monday, Count(people=14), by=coordinator, seen=stamp(None), key="a")

    with pytest.raises(Overtaken):
        keep_count(monday, Count(people=41), by=coordinator, seen=stamp(None), key="a")


def test_who_comes_second_is_told_unless_they_counted_the_same(monday, coordinator):
    keep_count(monday, Count(people=14), by=coordinator, seen=stamp(None), key="a")
    keep_count(monday, Count(people=14), by=coordinator, seen=stamp(None), key="b")

    with pytest.raises(Overtaken) as overtaken:
        keep_count(monday, Count(people=12), by=coordinator, seen=stamp(None), key="c")

    assert overtaken.value.row.people == 14
    assert keep_count(monday, Count(people=12), by=coordinator, seen=stamp(Count(people=14)), key="c").people == 12
    assert ChangeLog.objects.latest("pk").changes == {"people": [14, 12]}


def test_a_word_that_was_tampered_with_breaks_nothing(monday, coordinator):
    assert keep_count(monday, Count(people=14), by=coordinator, seen="verzonnen", key="x" * 64).people == 14
    with pytest.raises(Overtaken):
        keep_count(monday, Count(people=3), by=coordinator, seen="verzonnen", key="x" * 64)


def test_a_count_of_today_goes_along_with_its_date_under_another_agreement(site, coordinator, caw):
    first = day("2023-10-10")
    series = offer(site, weekday=1, begin=dt.time(8), end=dt.time(9), organisers=[caw], first_day=day("2023-10-03"))
    keep_count(date_of(series, "2023-10-03"), Count(people=9), by=coordinator)
    keep_count(date_of(series, "2023-10-10"), Count(people=14, present=frozenset({caw.pk})), by=coordinator)

    successor = change_from(series, first, by=coordinator, price_kind="ask")

    counted = Attendance.objects.of_facts().order_by("people").values_list("occurrence__series", "people")
    assert list(counted) == [(series.pk, 9), (successor.pk, 14)]
    assert Presence.objects.get().organisation == caw
    assert missing_at(site) == []


# --- What is still to count


def test_list_holds_what_took_place_and_costs_as_many_queries_however_much_there_is(
    site, coordinator, django_assert_num_queries
):
    offer(site)
    cancel(date_of(offer(site), "2023-10-09"), by=None)
    offer(make_site())
    rows = Occurrence.objects.at(site)

    with django_assert_num_queries(2):
        assert len(held_lately(rows)) == 1
    for number in range(20):
        offer(site, title=f"Nummer {number}", last_day=day("2023-10-23"))
    with django_assert_num_queries(2):
        assert len(held_lately(rows)) == 21
