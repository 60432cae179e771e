"""Groups meet: who follows which group, who is told what, and what is carried on until it is done."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import translation
from icalendar import Calendar

from partners.actions.agreements import (
    agree,
    change_point,
    correct_decision,
    decide,
    finish_point,
    reopen_point,
    take_back,
)
from partners.actions.meetings import call_meeting, cancel_meeting, change_meeting, keep_minutes, plan_meeting
from partners.enums import ActionOwner, BodyKind
from partners.meeting_calendar import calendar_entry
from partners.meeting_letters import remind
from partners.meeting_page import carried_to, seated
from partners.meeting_rules import can_finish, can_keep, found_in, invited_to, members_on
from partners.models import ActionPoint, Body, Decision, Meeting
from sites.enums import RoleKind
from sites.models import ChangeLog, User
from sites.seen import Overtaken, fingerprint
from stek.outbox.models import Delivery
from stek.outbox.sending import send_due
from tests.factories.partners import (
    make_body,
    make_decision,
    make_meeting,
    make_membership,
    make_organisation,
    make_organisation_name,
    make_point,
    make_seat,
)
from tests.factories.sites import make_partnership, make_person, make_role, make_site

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]

DAY = dt.date(2023, 10, 12)
WEEK = dt.timedelta(days=7)


@pytest.fixture
def steering(site):
    return make_body(partnership=site.partnership)


@pytest.fixture
def people(site, working):
    """By what they are; the worker's organisation sits in the working group, that of the other does not."""
    worker, other = make_membership(site), make_membership(site)
    for membership in (worker, other):
        make_role(RoleKind.PARTNER_WORKER, site=site, user=membership.user)
    make_seat(working, organisation=worker.organisation)
    return {
        "coordinator": make_person(RoleKind.COORDINATOR, site=site),
        "steering": make_person(RoleKind.STEERING, partnership=site.partnership),
        "volunteer": make_person(RoleKind.VOLUNTEER, site=site),
        "worker": worker.user,
        "other worker": other.user,
        "administrator": make_person(RoleKind.ADMINISTRATOR),
        "elsewhere": make_person(RoleKind.COORDINATOR, site=make_site()),
        "beside": make_person(RoleKind.COORDINATOR, site=make_site(partnership=site.partnership)),
        "steering elsewhere": make_person(RoleKind.STEERING, partnership=make_partnership()),
    }


def names(people, some) -> set[str]:
    return {name for name, user in people.items() if user in set(some)}


def subjects() -> list[str]:
    found = [message.subject for message in mail.outbox]
    mail.outbox.clear()
    return found


def send(clock) -> list[str]:
    clock.shift(dt.timedelta(minutes=6))
    send_due()
    return subjects()


# --- Who follows, who keeps ---------------------------------------------------------------------------------------------------------------


def test_group_is_followed_by_its_own_and_who_carries_the_place(people, working, steering, site):
    visitors = make_body(site, kind=BodyKind.PARTICIPATION)

    def followers(body: Body) -> set[str]:
        return {name for name, user in people.items() if body in Body.objects.followed_by(user)}

    assert followers(working) == {"coordinator", "steering", "volunteer", "worker"}
    assert followers(steering) == {"coordinator", "beside", "steering"}
    assert followers(visitors) == {"coordinator", "steering"}  # no seat, and volunteers do not sit in it


def test_key_that_ended_follows_nothing(site, working, clock):
    user = make_role(RoleKind.VOLUNTEER, site=site, until=dt.date(2023, 10, 10)).user
    before = list(Body.objects.followed_by(user))

    clock.move_to("2023-10-11T00:01+02:00", tick=False)

    assert (before, list(Body.objects.followed_by(User.objects.get(pk=user.pk)))) == ([working], [])


def test_seat_that_ended_lets_its_workers_go(site, working):
    membership = make_membership(site)
    make_role(RoleKind.PARTNER_WORKER, site=site, user=membership.user)
    make_seat(working, organisation=membership.organisation, until=dt.date(2023, 10, 9))

    assert list(Body.objects.followed_by(membership.user)) == []


def test_minutes_are_kept_by_who_convenes(people, working, steering):
    assert names(people, [one for one in people.values() if can_keep(one, working)]) == {"coordinator"}
    assert names(people, [one for one in people.values() if can_keep(one, steering)]) == {
        "coordinator", "beside", "steering",
    }  # fmt: skip


def test_everybody_of_a_group_is_invited_once(people, working, steering):
    assert names(people, invited_to(working)) == {"coordinator", "volunteer", "worker"}
    assert names(people, invited_to(steering)) == {"coordinator", "beside", "steering"}


# --- Planning and telling ---------------------------------------------------------------------------------------------------------------


def test_planning_twice_is_planning_once_and_tells_nobody(working, people):
    by = people["coordinator"]
    first = plan_meeting(working, by=by, day=DAY, begin=dt.time(10), end=dt.time(11), place="Zaal", theme="", agenda="")
    again = plan_meeting(working, by=by, day=DAY, begin=dt.time(10), end=dt.time(11), place="Zaal", theme="", agenda="")

    assert (first, Meeting.objects.count(), Delivery.objects.count()) == (again, 1, 0)
    assert list(ChangeLog.objects.values_list("verb", flat=True)) == ["plan_meeting"]
    with pytest.raises(ValidationError) as refusal:
        plan_meeting(working, by=by, day=DAY, begin=dt.time(14), end=dt.time(15), place="", theme="", agenda="")
    assert set(refusal.value.message_dict) == {"day"}


@pytest.mark.parametrize(
    ("begin", "end"), [(None, dt.time(11)), (dt.time(11), dt.time(11)), (dt.time(12), dt.time(11))]
)
def test_end_comes_after_a_begin(working, begin, end):
    with pytest.raises(ValidationError) as refusal:
        plan_meeting(working, by=None, day=DAY, begin=begin, end=end, place="", theme="", agenda="")

    assert set(refusal.value.message_dict) == {"end"}


def test_invitation_goes_to_each_once_with_an_entry_for_the_calendar(working, people, clock):
    meeting = make_meeting(working, place="Zaal 2", agenda="Welkom\nKerst")

    call_meeting(meeting, by=people["coordinator"])
    call_meeting(meeting, by=people["coordinator"])
    clock.shift(dt.timedelta(minutes=6))
    send_due()

    assert sorted(message.to[0] for message in mail.outbox) == sorted(one.email for one in invited_to(working))
    letter = mail.outbox[0]
    assert letter.subject == "Uitnodiging: Werkgroep Hier, donderdag 12 oktober 2023"
    assert "van 10.00 tot 11.00 uur" in letter.body
    assert "Zaal 2" in letter.body
    name, content, kind = letter.attachments[0]
    event = Calendar.from_ical(content).events[0]
    assert (name, kind) == ("2023-10-12.ics", "text/calendar")
    assert event["DTSTART"].dt == dt.datetime(2023, 10, 12, 8, tzinfo=dt.UTC)
    assert (event["STATUS"], int(event["SEQUENCE"])) == ("CONFIRMED", 0)


def test_change_is_told_to_who_was_invited_and_an_agenda_is_not(working, people, clock):
    meeting = call_meeting(make_meeting(working), by=None)
    send(clock)

    change_meeting(meeting, by=None, agenda="Nieuw punt")
    nothing = send(clock)
    moved = change_meeting(meeting, by=None, day=DAY + WEEK)
    told = send(clock)
    change_meeting(meeting, by=None, day=DAY + WEEK)

    assert nothing == []
    assert told == ["Veranderd: Werkgroep Hier, donderdag 19 oktober 2023"] * 3
    assert (moved.sequence, send(clock)) == (1, [])
    event = Calendar.from_ical(calendar_entry(moved)).events[0]
    assert (str(event["UID"]).split("@")[0], int(event["SEQUENCE"])) == (str(meeting.uuid), 1)


def test_who_was_invited_is_not_left_waiting_for_a_day_that_is_past(working, people, clock):
    meeting = call_meeting(make_meeting(working), by=None)

    with pytest.raises(ValidationError) as refusal:
        change_meeting(meeting, by=None, day=DAY - 40 * WEEK)

    assert list(refusal.value.message_dict) == ["day"]
    meeting.refresh_from_db()
    assert meeting.day == DAY


def test_change_within_five_minutes_is_one_invitation(working, people, clock):
    meeting = call_meeting(make_meeting(working), by=None)
    change_meeting(meeting, by=None, day=DAY + WEEK)

    assert send(clock) == ["Uitnodiging: Werkgroep Hier, donderdag 19 oktober 2023"] * 3


def test_cancelling_is_told_with_the_reason_and_leaves_the_calendar(working, people, clock):
    meeting = call_meeting(make_meeting(working), by=None)
    send(clock)

    cancel_meeting(meeting, by=None, reason="Te weinig mensen")
    cancel_meeting(meeting, by=None, reason="Nog eens")
    clock.shift(dt.timedelta(minutes=6))
    send_due()

    assert {message.subject for message in mail.outbox} == {"Gaat niet door: Werkgroep Hier, donderdag 12 oktober 2023"}
    assert len(mail.outbox) == 3
    assert "Waarom: Te weinig mensen" in mail.outbox[0].body
    event = Calendar.from_ical(mail.outbox[0].attachments[0][1])
    assert (event["METHOD"], event.events[0]["STATUS"]) == ("CANCEL", "CANCELLED")


def test_who_never_heard_of_it_does_not_hear_that_it_is_off(working, people, clock):
    cancel_meeting(call_meeting(make_meeting(working), by=None), by=None, reason="Vergissing")
    uncalled = make_meeting(make_body(make_site()))
    cancel_meeting(uncalled, by=None, reason="Vergissing")

    assert send(clock) == []


def test_reminder_comes_once_some_days_before(working, people, clock):
    meeting = call_meeting(make_meeting(working, day=DAY + WEEK), by=None)
    uncalled = make_meeting(make_body(make_site(), with_volunteers=True), day=DAY + WEEK)
    make_person(RoleKind.VOLUNTEER, site=uncalled.body.site)
    send(clock)

    written = []
    for day in (15, 16, 16, 17, 19):
        clock.move_to(f"2023-10-{day}T09:00+02:00", tick=False)
        written.append(remind())
    send_due()

    assert written == [0, 3, 0, 0, 0]
    assert Delivery.objects.filter(period=str(meeting.day)).count() == 3


def test_letter_is_in_the_language_of_its_reader(site, working, clock):
    User.objects.filter(pk=make_person(RoleKind.COORDINATOR, site=site).pk).update(language="fr")
    call_meeting(make_meeting(working), by=None)

    assert send(clock) == ["Invitation : Groupe de travail Hier, jeudi 12 octobre 2023"]


def test_who_left_meanwhile_gets_no_letter(site, working, clock):
    role = make_role(RoleKind.VOLUNTEER, site=site)
    call_meeting(make_meeting(working), by=None)
    role.until = dt.date(2023, 10, 9)
    role.save()

    assert send(clock) == []


def test_nobody_is_invited_to_what_is_over(working):
    over = make_meeting(working, day=dt.date(2023, 10, 9))

    for act in (lambda: call_meeting(over, by=None), lambda: cancel_meeting(over, by=None, reason="x")):
        with pytest.raises(ValidationError):
            act()


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_entry_without_hours_is_a_whole_day(working, language):
    meeting = make_meeting(working, begin=None, end=None, theme="Kerst")

    with translation.override(language):
        event = Calendar.from_ical(calendar_entry(meeting)).events[0]

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (DAY, DAY + dt.timedelta(days=1))
    assert str(event["SUMMARY"]).endswith(": Kerst") or str(event["SUMMARY"]).endswith("\N{NO-BREAK SPACE}: Kerst")


# --- What was said, decided and agreed -----------------------------------------------------------------------------------------------


def test_two_who_write_the_minutes_both_see_it(working):
    meeting = make_meeting(working, day=dt.date(2023, 10, 9))
    seen = fingerprint(meeting, ("notes", "visitors", "volunteers"))
    keep_minutes(meeting, by=None, present=[], seen=seen, notes="Van de eerste", visitors=3, volunteers=None)

    with pytest.raises(Overtaken):
        keep_minutes(meeting, by=None, present=[], seen=seen, notes="Van de tweede", visitors=4, volunteers=None)

    meeting.refresh_from_db()
    assert (meeting.notes, meeting.visitors) == ("Van de eerste", 3)
    assert "Van de eerste" not in str(list(ChangeLog.objects.values_list("changes", flat=True)))


def test_participation_group_has_a_theme_and_counts_its_visitors(site):
    group = make_body(site, kind=BodyKind.PARTICIPATION, with_visitors=True)
    meeting = plan_meeting(
        group, by=None, day=dt.date(2023, 10, 6), begin=None, end=None, place="", theme="Vervoer", agenda=""
    )

    kept = keep_minutes(meeting, by=None, present=[], notes="", visitors=9, volunteers=None)

    assert (kept.theme, kept.visitors, seated(kept)) == ("Vervoer", 9, [])


def test_old_meeting_keeps_who_sat_there_by_their_name_of_then(working):
    gone, stays, late = make_organisation(name="Weg"), make_organisation(name="Blijft"), make_organisation(name="Later")
    make_organisation_name(stays, name="Nieuwe naam", since=dt.date(2023, 6, 1))
    make_seat(working, organisation=gone, until=dt.date(2023, 3, 1))
    make_seat(working, organisation=stays)
    make_seat(working, organisation=late, since=dt.date(2023, 3, 2))
    meeting = make_meeting(working, day=dt.date(2023, 3, 1))
    keep_minutes(meeting, by=None, present=[gone])

    assert seated(meeting) == [("Blijft", False), ("Weg", True)]
    assert members_on(working, DAY) == [late, stays]


def test_point_is_carried_on_until_it_is_done(working):
    first, second, third = (make_meeting(working, day=DAY + number * WEEK) for number in (-4, -2, 1))
    elsewhere = make_meeting(make_body(make_site()), day=DAY - 4 * WEEK)
    make_point(elsewhere)
    done = make_point(first, done_on=DAY - 3 * WEEK)
    between = make_point(first, done_on=DAY - WEEK)
    still = make_point(first)
    make_point(third)

    assert list(carried_to(first)) == []
    assert set(carried_to(second)) == {between, still}
    assert list(carried_to(third)) == [still]
    finish_point(still, by=None)
    assert list(carried_to(third)) == []
    reopen_point(still, by=None)
    assert list(carried_to(third)) == [still]
    assert done.done_on


def test_owner_is_one_role_of_the_group_or_one_organisation(working):
    meeting = make_meeting(working)
    caw = make_organisation()

    agree(meeting, by=None, text="Bellen", organisation=caw)
    agree(meeting, by=None, text="Bellen", organisation=caw)
    for owner in ({}, {"role": ActionOwner.COORDINATOR, "organisation": caw}, {"role": ActionOwner.PARTICIPATION}):
        with pytest.raises(ValidationError):
            agree(meeting, by=None, text="Schrijven", **owner)

    assert list(ActionPoint.objects.values_list("text", "organisation")) == [("Bellen", caw.pk)]


def test_worker_finishes_what_the_own_organisation_would_do(site, working, people):
    worker = people["worker"]
    own = worker.memberships.get().organisation
    meeting = make_meeting(working)
    theirs, another = make_point(meeting, organisation=own), make_point(meeting)

    assert [can_finish(worker, one) for one in (theirs, another)] == [True, False]
    assert can_finish(people["coordinator"], another)
    assert not can_finish(people["volunteer"], another)


def test_change_of_a_point_is_seen_and_a_mistake_is_taken_back(working):
    point = make_point(make_meeting(working))
    decision = decide(point.meeting, "Koffie blijft gratis", by=None)
    assert decide(point.meeting, "Koffie blijft gratis", by=None) == decision

    with pytest.raises(Overtaken):
        change_point(point, by=None, seen="vroeger", text="Anders", role=point.role, organisation=None, due_on=None)
    for row in (point, decision, decision):
        take_back(row, by=None)

    assert (ActionPoint.objects.count(), Decision.objects.count()) == (0, 0)


def test_decision_is_found_by_its_words_whatever_accents_and_order(working):
    decisions = [
        make_decision(make_meeting(working), text="Café op dinsdag blijft gratis"),
        make_decision(make_meeting(working, day=DAY + WEEK), text="Geen uitstap"),
    ]

    found = {query: found_in(decisions, query) for query in ("gratis cafe", "CAFÉ", "zwemmen", "")}

    assert found == {"gratis cafe": decisions[:1], "CAFÉ": decisions[:1], "zwemmen": [], "": decisions}


def test_day_ends_where_the_group_meets(clock):
    clock.move_to("2023-10-10T23:00+02:00", tick=False)  # in Auckland it is ten in the morning of the eleventh
    body = make_body(make_site(time_zone="Pacific/Auckland"))
    over = make_meeting(body, day=dt.date(2023, 10, 10))
    point = make_point(over)

    for act in (lambda: call_meeting(over, by=None), lambda: cancel_meeting(over, by=None, reason="Ziek")):
        with pytest.raises(ValidationError, match="voorbij"):
            act()

    assert finish_point(point, by=None).done_on == dt.date(2023, 10, 11)


def test_who_came_from_elsewhere_stands_below_by_name(working):
    late, early = make_organisation(name="Zonder zetel"), make_organisation(name="Alleen te gast")
    meeting = make_meeting(working)
    keep_minutes(meeting, by=None, present=[late, early])

    assert seated(meeting) == [("Alleen te gast", True), ("Zonder zetel", True)]


def test_what_somebody_took_back_meanwhile_is_refused_in_words(working):
    meeting = make_meeting(working)
    point, decision = make_point(meeting), decide(meeting, "We doen het.", by=None)
    take_back(point, by=None)
    take_back(decision, by=None)

    for act in (
        lambda: correct_decision(decision, by=None, text="We doen het niet."),
        lambda: change_point(point, by=None, text="Iets anders"),
        lambda: finish_point(point, by=None),
        lambda: reopen_point(point, by=None),
    ):
        with pytest.raises(ValidationError, match="intussen weg"):
            act()
