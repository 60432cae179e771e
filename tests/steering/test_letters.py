"""Letters about a quarter: in the reader's language, with nothing empty or raw, once for each, whatever happens in between."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from activities.models import Attendance
from partners.actions.agreements import decide
from partners.models import Organisation
from signals.actions.dossiers import publish_step
from sites.enums import RoleKind
from sites.models import ChangeLog, Partnership, Role
from stek.outbox.models import Delivery
from stek.outbox.sending import send_due as deliver
from stek.steering.actions import digests
from stek.steering.actions.digests import hold_digest, send_digest, send_due
from stek.steering.enums import LetterKind
from stek.steering.models import Digest
from tests.desk import client_of
from tests.factories.partners import make_body, make_decision, make_meeting, make_membership
from tests.factories.signals import make_dossier, make_dossier_step
from tests.factories.sites import make_milestone, make_person, make_role, make_site, make_user
from tests.reading import read
from tests.rows import day

from . import by_hand
from .world import TEN_OCTOBER, a_summer

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]

STEERING, PARTNERS = LetterKind.STEERING, LetterKind.PARTNERS
DUE = dt.datetime(2023, 10, 23, 8, tzinfo=dt.UTC)
PAGE = "/stuurgroep/brief/kempen/stuurgroep/"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TEN_OCTOBER, tick=False)
    return time_machine


@pytest.fixture
def kempen() -> Partnership:
    return a_summer()


@pytest.fixture
def members(kempen) -> list:
    """One reads Dutch and one French; who sits elsewhere, or no longer, gets nothing."""
    make_person(RoleKind.STEERING, partnership=make_site().partnership)
    make_person(RoleKind.STEERING, partnership=kempen, until=day("2023-10-09"))
    return [
        make_role(RoleKind.STEERING, user=make_user(language=code, name=code), partnership=kempen).user
        for code in ("nl", "fr")
    ]  # fmt: skip


@pytest.fixture
def coordinator(kempen):
    return make_person(RoleKind.COORDINATOR, site=kempen.sites.get(slug="hier"))


def leave() -> list:
    """All that left until now, with what leaves when a worker comes by."""
    deliver()
    return mail.outbox


def sent_to() -> list[str]:
    deliver()
    return sorted(letter.to[0] for letter in mail.outbox)


def test_letter_has_the_figures_of_plain_sql_in_text_and_in_html(kempen, members, coordinator):
    assert send_digest(kempen, STEERING, by=coordinator) == 2

    dutch = next(letter for letter in leave() if letter.to == [members[0].email])
    numbers, before = (
        by_hand.numbers("kempen", *days) for days in (("2023-07-01", "2023-09-30"), ("2023-04-01", "2023-06-30"))
    )
    ((page, kind),) = dutch.alternatives
    assert (dutch.subject, kind) == ("STEK Kempen: 3e kwartaal 2023 in cijfers", "text/html")
    more = numbers["people"] - before["people"]
    expected = f"Getelde bezoeken: {numbers['people']}, {more} meer dan vorig kwartaal ({before['people']}). Geteld op"
    assert expected in dutch.body
    assert f"Keer aanbod: {numbers['held']}, " in dutch.body
    assert f"<b>{numbers['people']}</b>" in page
    assert "1 september 2023, Hier: De keuken is klaar" in dutch.body
    assert "/stuurgroep/cijfers/kempen/2023-K3/" in dutch.body
    assert "<style" not in page
    assert " style=" not in page


def test_of_what_nobody_counted_the_letter_says_no_number(kempen, members, coordinator):
    Attendance.objects.filter(occurrence__day__gte="2023-07-01").delete()
    send_digest(kempen, STEERING, by=coordinator)

    body = {letter.to[0]: letter.body for letter in leave()}[members[0].email]

    assert "\nMensen per keer: –, niet geteld\n" in body
    assert "minder dan beloofd" not in body
    assert "- Hoeveel mensen er waren" not in body


def test_each_reads_it_in_their_own_language(kempen, members, coordinator):
    send_digest(kempen, STEERING, by=coordinator)

    french = next(letter for letter in leave() if letter.to == [members[1].email])
    assert french.subject == "STEK Kempen : 3e trimestre 2023 en chiffres"
    assert "Visites comptées\xa0: 40, 21 de plus que le trimestre précédent (19)." in french.body
    assert "/fr/stuurgroep/cijfers/kempen/2023-K3/" in french.body


def test_twice_and_by_itself_afterwards_is_once(kempen, members, coordinator, clock):
    assert [send_digest(kempen, STEERING, by=coordinator) for _click in range(2)] == [2, 0]
    clock.move_to(DUE, tick=False)

    send_due()
    send_due()
    assert sent_to() == sorted(one.email for one in members)
    assert ChangeLog.objects.filter(verb="send_digest").count() == 1


def test_who_came_since_gets_it_by_hand_and_the_others_not_again(kempen, members, coordinator):
    send_digest(kempen, STEERING, by=coordinator)
    deliver()
    Role.objects.filter(user=members[0]).update(until=day("2023-10-09"))
    late = make_person(RoleKind.STEERING, partnership=kempen)

    assert send_digest(kempen, STEERING, by=coordinator) == 1
    assert sent_to() == sorted(one.email for one in (*members, late))


def test_who_lost_the_key_before_it_left_gets_none(kempen, members, coordinator):
    send_digest(kempen, STEERING, by=coordinator)
    Role.objects.filter(user=members[0]).update(until=day("2023-10-09"))
    deliver()

    assert sent_to() == [members[1].email]


@pytest.mark.parametrize(
    ("moment", "number"),
    [("2023-10-21T22:00", 2), ("2023-11-14T10:00", 2), ("2023-10-21T21:00", 0), ("2023-11-15T10:00", 0)],
)
def test_leaves_by_itself_three_weeks_after_the_quarter_and_late_after_an_outage(
    kempen, members, clock, moment, number
):
    clock.move_to(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC), tick=False)

    send_due()

    assert Delivery.objects.filter(about=f"partnership:{kempen.pk}").count() == number


def test_killed_at_any_step_it_is_as_if_it_never_began(kempen, members, clock, monkeypatch):
    clock.move_to(DUE, tick=False)
    kept = digests.post
    for step in range(2):
        with monkeypatch.context() as patch:
            calls = iter(range(9))

            def post(*args, calls=calls, step=step, **fields):
                if next(calls) == step:
                    raise KeyboardInterrupt
                return kept(*args, **fields)

            patch.setattr(digests, "post", post)
            with pytest.raises(KeyboardInterrupt):
                send_due()
        assert (Digest.objects.filter(partnership=kempen).count(), leave()) == (0, [])

    send_due()
    assert sent_to() == sorted(one.email for one in members)


def test_held_back_it_waits_until_somebody_sends_it(kempen, members, coordinator, clock):
    hold_digest(kempen, STEERING, by=coordinator)
    hold_digest(kempen, STEERING, by=coordinator)
    clock.move_to(DUE, tick=False)

    send_due()
    assert leave() == []
    assert send_digest(kempen, STEERING, by=coordinator) == 2
    with pytest.raises(ValidationError, match="al vertrokken"):
        hold_digest(kempen, STEERING, by=coordinator)
    assert ChangeLog.objects.filter(verb="hold_digest").count() == 1


def test_next_letter_begins_where_the_last_one_that_left_ended(kempen, members, coordinator, clock):
    here = kempen.sites.get(slug="hier")
    make_milestone(here, day=day("2023-10-10"), text="Op de dag zelf")
    send_digest(kempen, STEERING, by=coordinator)
    deliver()
    clock.move_to(dt.datetime(2024, 1, 9, 9, tzinfo=dt.UTC), tick=False)
    mail.outbox.clear()

    send_digest(kempen, STEERING, by=coordinator)
    deliver()

    windows = list(Digest.objects.order_by("since").values_list("since", "until"))
    assert windows == [(day("2023-07-01"), day("2023-10-10")), (day("2023-10-10"), day("2024-01-09"))]
    assert "Op de dag zelf" in mail.outbox[0].body
    assert "De keuken is klaar" not in mail.outbox[0].body


def test_open_points_say_which_day_is_which_and_no_title_is_only_a_name(kempen, members, coordinator):
    dossier = make_dossier(kempen.sites.get(slug="hier"), title="Een bus")
    asked = {"due_on": day("2023-10-01"), "day": day("2023-08-01"), "addressee": "Gemeente Elders", "status": "raised"}
    dossier.steps.update(answer="", answered_on=None, **asked)
    type(dossier).objects.filter(pk=dossier.pk).update(status="raised")
    send_digest(kempen, STEERING, by=coordinator)

    body = {letter.to[0]: letter.body for letter in leave()}[members[0].email]

    assert (
        "- Een bus (bij wie: Gemeente Elders; hoever: Aangekaart; sinds: 1 augustus 2023; "
        "antwoord verwacht: 1 oktober 2023, te laat)" in body
    )
    assert "- Gemeente Elders is ons al te lang een antwoord schuldig" in body
    assert "- Per activiteit" not in body


def test_nothing_to_tell_is_no_letter(clock):
    site = make_site()
    make_person(RoleKind.STEERING, partnership=site.partnership)
    clock.move_to(DUE, tick=False)

    send_due()

    assert leave() == []


def test_partner_reads_its_own_days_and_nothing_of_others(kempen, coordinator):
    here, there = kempen.sites.get(slug="hier"), kempen.sites.get(slug="daar")
    saamo = Organisation.objects.get(names__name="SAAMO")
    worker = make_person(RoleKind.PARTNER_WORKER, site=here)
    make_membership(here, user=worker, organisation=saamo)
    make_person(RoleKind.PARTNER_WORKER, site=there)  # works for nobody

    assert send_digest(kempen, PARTNERS, by=coordinator) == 1

    (letter,) = leave()
    assert letter.subject == "STEK Kempen: wat werd ervan in 3e kwartaal 2023?"
    assert "Jullie waren er op 2 dagen. Samen telden we 40 bezoeken." in letter.body
    assert "CAW" not in letter.body


def test_what_the_steering_group_decided_is_told_to_its_members_and_not_to_workers(kempen, members, coordinator):
    meeting = make_meeting(make_body(partnership=kempen), day=day("2023-09-14"))
    make_decision(meeting, text="We zoeken een tweede lokaal")
    here, saamo = kempen.sites.get(slug="hier"), Organisation.objects.get(names__name="SAAMO")
    worker = make_person(RoleKind.PARTNER_WORKER, site=here)
    make_membership(here, user=worker, organisation=saamo)

    send_digest(kempen, STEERING, by=coordinator)
    send_digest(kempen, PARTNERS, by=coordinator)

    told = {letter.to[0]: "We zoeken een tweede lokaal" in letter.body for letter in leave()}
    assert told == {**{one.email: True for one in members}, worker.email: False}


def test_what_was_written_down_or_published_after_a_letter_left_stands_in_the_next_one(
    kempen, members, coordinator, clock
):
    meeting = make_meeting(make_body(partnership=kempen), day=day("2023-09-14"))
    dossier = make_dossier(kempen.sites.get(slug="hier"), title="Een bus te laat")
    step = make_dossier_step(dossier, day=day("2023-10-10"))
    decide(meeting, "We zoeken een tweede lokaal", by=coordinator)
    send_digest(kempen, STEERING, by=coordinator)
    dutch = members[0].email
    first = next(letter.body for letter in leave() if letter.to == [dutch])
    mail.outbox.clear()

    clock.move_to(DUE, tick=False)
    decide(meeting, "En een keuken", by=coordinator)
    publish_step(step, by=coordinator, is_published=True)
    clock.move_to(dt.datetime(2024, 1, 23, 8, tzinfo=dt.UTC), tick=False)
    send_digest(kempen, STEERING, by=coordinator)
    second = next(letter.body for letter in leave() if letter.to == [dutch])

    pieces = ("een tweede lokaal", "En een keuken", "Een bus te laat: ")
    assert [piece in first for piece in pieces] == [False, False, False]
    assert [piece in second for piece in pieces] == [True, True, True]


def test_page_shows_the_letter_and_who_gets_it_and_sends_once(kempen, members, coordinator):
    client = client_of(coordinator)

    main = read(client.get(PAGE)).one("main")
    assert "Getelde bezoeken: 40" in main.text
    assert [row.text for row in main.all("li") if "krijgt ze" in row.text] == ["fr krijgt ze", "nl krijgt ze"]
    assert (Digest.objects.count(), mail.outbox) == (0, [])

    for _click in range(2):
        client.post(PAGE, {"doe": "stuur"})
    assert len(leave()) == 2
    assert "Deze brief is vertrokken." in read(client.get(PAGE)).one("main").text


def test_workers_of_another_place_are_a_number_to_who_coordinates_this_one(kempen, coordinator):
    for name, slug in (("Van hier", "hier"), ("Van daar", "daar")):
        site = kempen.sites.get(slug=slug)
        worker = make_role(RoleKind.PARTNER_WORKER, user=make_user(name=name), site=site).user
        make_membership(site, user=worker)

    text = read(client_of(coordinator).get("/stuurgroep/brief/kempen/partners/")).one("main").text

    assert "Van hier" in text
    assert "Van daar" not in text
    assert "en 1 werker van een andere plek" in text


def test_only_who_coordinates_sends(kempen, members):
    assert client_of(members[0]).post(PAGE, {"doe": "stuur"}).status_code == 403
    assert (
        client_of(make_person(RoleKind.COORDINATOR, site=make_site())).post(PAGE, {"doe": "stuur"}).status_code == 404
    )
    assert mail.outbox == []


def test_two_at_once_write_one_letter_each(kempen, members, coordinator):
    """What the second one finds after waiting for the lock is what the database refuses: the same letter for the same quarter."""
    send_digest(kempen, STEERING, by=coordinator)
    deliver()
    Digest.objects.all().delete()  # as if it had looked before the first one was done

    assert send_digest(kempen, STEERING, by=coordinator) == 0
    assert len(leave()) == 2
