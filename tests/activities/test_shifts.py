"""A place in a shift: taken, refused with a reason, handed back, waited for, and kept when the agreement changes."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail

from activities.actions.closure import close
from activities.actions.needs import add_need, change_need, end_need
from activities.actions.occurrence import cancel, move
from activities.actions.series import change_from
from activities.actions.shifts import Refused, hand_back, sign_up, stand, stand_no_more, wait_for_a_place
from activities.actions.steps import take_step, undo
from activities.enums import SignUpState
from activities.models import Shift, SignUp, Standing
from activities.shift_letters import remind
from activities.shift_rules import Why
from sites.actions.erasing import erase_person
from sites.enums import RoleKind
from stek.outbox.models import Delivery
from tests.desk import at_desk, client_of, errors, form_at
from tests.factories.activities import make_activity
from tests.factories.partners import make_away, make_helper, make_volunteer
from tests.factories.sites import make_person, make_site
from tests.offer import TUESDAY, offer

pytestmark = pytest.mark.django_db

THURSDAY, NEXT = dt.date(2023, 10, 12), dt.date(2023, 10, 19)


@pytest.fixture(autouse=True)
def on_tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """What is done within it is committed, and its letters leave."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def site():
    make_site(slug="daar")
    return make_site(slug="hier", name="Hier")


@pytest.fixture
def coffee(site):
    """Every Thursday from 13 to 16."""
    return offer(site, weekday=3, begin=dt.time(13), end=dt.time(16), first_day=dt.date(2023, 10, 5))


@pytest.fixture
def need(coffee):
    return add_need(coffee, by=None, task="Onthaal", maximum=2)


def on(need, day=THURSDAY) -> Shift:
    return Shift.objects.get(need=need, occurrence__original_date=day)


def why(action, *args) -> str:
    with pytest.raises(Refused) as refused:
        action(*args)
    assert refused.value.refusal.words
    return refused.value.refusal.why


def people(shift) -> list:
    return list(SignUp.objects.filter(shift=shift, state=SignUpState.TAKEN).values_list("volunteer", flat=True))


def test_a_need_has_a_shift_on_every_date_to_come_and_none_before(need, coffee):
    days = list(Shift.objects.filter(need=need).order_by("occurrence__day").values_list("occurrence__day", flat=True))

    assert days[:2] == [THURSDAY, NEXT]
    assert len(days) == coffee.occurrences.filter(day__gte=THURSDAY).count() > 50


def test_place_is_taken_once_however_often_it_is_asked(need, site):
    helper = make_helper(site)

    places = {sign_up(on(need), helper).pk for _time in range(3)}

    assert len(places) == 1
    assert people(on(need)) == [helper.pk]


def test_full_is_full_and_the_list_is_kept_in_order(need, site):
    helpers = [make_helper(site) for _ in range(4)]
    for helper in helpers[:2]:
        sign_up(on(need), helper)

    assert why(sign_up, on(need), helpers[2]) == Why.FULL
    for helper in helpers[2:]:
        assert wait_for_a_place(on(need), helper).state == SignUpState.WAITING
    assert people(on(need)) == [helpers[0].pk, helpers[1].pk]


def test_overlap_is_refused_across_sites_and_touching_is_fine(need, site):
    other = make_site(slug="ginder")
    helper = make_helper(site)
    make_person(RoleKind.VOLUNTEER, site=other, user=helper.user)
    at_same_time, right_after = (
        add_need(
            offer(other, weekday=3, begin=dt.time(begin), end=dt.time(18), first_day=THURSDAY), by=None, task="Rekken"
        )
        for begin in (15, 16)
    )
    sign_up(on(need), helper)

    assert why(sign_up, on(at_same_time), helper) == Why.OVERLAP
    sign_up(on(right_after), helper)


def test_an_earlier_begin_of_the_task_counts_for_overlap(need, site):
    helper = make_helper(site)
    morning = offer(site, "Ochtend", weekday=3, begin=dt.time(10), end=dt.time(13), first_day=THURSDAY)
    early = add_need(need.series, by=None, task="Klaarzetten", before=30)
    sign_up(on(add_need(morning, by=None, task="Koffie")), helper)

    assert why(sign_up, on(early), helper) == Why.OVERLAP


@pytest.mark.parametrize(
    "case", ["cancelled", "closed", "past", "away", "elsewhere", "key ended", "not allowed", "ended"]
)
def test_each_reason_why_not_has_a_code_and_a_sentence(need, site, case):
    shift, helper = on(need), make_helper(site)
    expected = {"past": Why.TOO_LATE, "away": Why.AWAY, "not allowed": Why.NOT_ALLOWED, "elsewhere": Why.NOT_HERE,
                "key ended": Why.NOT_HERE}.get(case, Why.OFF)  # fmt: skip
    match case:
        case "cancelled":
            cancel(shift.occurrence, by=None, note="Ziek")
        case "closed":
            close(
                by=None, partnership=site.partnership, site=site, first_day=THURSDAY, last_day=THURSDAY, reason="Vloer"
            )
        case "away":
            make_away(helper, THURSDAY)
        case "elsewhere":
            helper = make_helper(make_site(slug="ginder"))
        case "key ended":
            helper.user.roles.update(until=dt.date(2023, 10, 11))
        case "not allowed":
            need.series.activity.volunteers_allowed = False
            need.series.activity.save()
        case "ended":
            sign_up(shift, make_helper(site))
            end_need(need, dt.date(2023, 10, 11), by=None)
    clock = TUESDAY + dt.timedelta(days=5) if case == "past" else TUESDAY

    with time_machine.travel(clock, tick=False):
        assert why(sign_up, shift, helper) == expected


def test_who_cannot_come_leaves_no_trace_and_the_place_is_free(need, site):
    helper, other = make_helper(site), make_helper(site)
    sign_up(on(need), helper)
    sign_up(on(need), other)

    assert hand_back(on(need), helper) is True
    assert hand_back(on(need), helper) is False
    assert people(on(need)) == [other.pk]
    assert "reason" not in {field.name for field in SignUp._meta.fields}


def test_once_begun_it_is_not_handed_back_by_a_button(need, site):
    helper = make_helper(site)
    sign_up(on(need), helper)

    with time_machine.travel(dt.datetime(2023, 10, 12, 11, 30, tzinfo=dt.UTC), tick=False):
        assert why(hand_back, on(need), helper) == Why.TOO_LATE
    assert people(on(need)) == [helper.pk]


def test_coordinator_hears_at_once_and_who_may_take_it_is_asked(need, site, sent):
    coordinator = make_person(RoleKind.COORDINATOR, site=site)
    helpers = {name: make_helper(site, takes_calls=True) for name in ("asked", "away", "has it")}
    helpers |= {"not asked": make_helper(site), "elsewhere": make_helper(make_site(slug="ginder"), takes_calls=True)}
    leaver = make_helper(site, takes_calls=True)
    make_away(helpers["away"], THURSDAY)
    sign_up(on(need), helpers["has it"])
    sign_up(on(need), leaver)

    with sent():
        hand_back(on(need), leaver)

    to = {(row.kind.split("_")[-1], row.user_id) for row in Delivery.objects.all()}
    assert to == {("free", coordinator.pk), ("call", helpers["asked"].user_id)}
    assert {message.to[0] for message in mail.outbox} == {coordinator.email, helpers["asked"].user.email}
    assert leaver.user.email not in "".join(message.body for message in mail.outbox)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "Niemand kon gevraagd worden."),
        (1, "We vroegen het aan 1 mens."),
        (2, "We vroegen het aan 2 mensen."),
        (None, ""),  # a letter that was waiting when this was not yet counted
    ],
)
def test_coordinator_reads_how_many_were_asked_and_comes_to_the_own_page_of_the_shift(need, site, sent, number, said):
    coordinator = make_person(RoleKind.COORDINATOR, site=site)
    for _ in range(number or 0):
        make_helper(site, takes_calls=True)
    make_helper(site)
    leaver = make_helper(site)
    sign_up(on(need), leaver)

    with sent():
        hand_back(on(need), leaver)
        if number is None:
            Delivery.objects.update(facts={"shift": on(need).pk})

    (letter,) = [message for message in mail.outbox if message.to == [coordinator.email]]
    (line, address), *_others = re.findall(r"(.*)\n(http\S+)", letter.body)
    assert line == f"{said} Hier zie je hoe het staat:".lstrip()
    page = client_of(coordinator).get(urlsplit(address).path)
    assert (page.status_code, page.resolver_match.view_name) == (200, "activities:roster_shift")


def test_first_yes_has_it_and_the_others_hear_it_is_filled(need, site, sent):
    first, second, leaver = (make_helper(site, takes_calls=True) for _ in range(3))
    sign_up(on(need), make_helper(site))
    sign_up(on(need), leaver)
    with sent():
        hand_back(on(need), leaver)
    mail.outbox.clear()

    with sent():
        sign_up(on(need), first)

    assert [message.to for message in mail.outbox] == [[second.user.email]]
    assert why(sign_up, on(need), second) == Why.FULL


def test_who_waits_is_asked_when_a_place_comes_free_also_without_calls(need, site, sent):
    leaver, waiting = make_helper(site), make_helper(site)
    sign_up(on(need), make_helper(site))
    sign_up(on(need), leaver)
    wait_for_a_place(on(need), waiting)

    with sent():
        hand_back(on(need), leaver)

    assert [message.to for message in mail.outbox] == [[waiting.user.email]]
    sign_up(on(need), waiting)
    assert waiting.pk in people(on(need))


def test_standing_place_has_every_date_one_is_handed_back_and_stays_so(need, site, coffee):
    helper = make_helper(site)

    assert stand(need, helper) == []
    hand_back(on(need, NEXT), helper)
    days = set(SignUp.objects.filter(volunteer=helper).values_list("shift__occurrence__day", flat=True))
    later = change_from(coffee, dt.date(2023, 11, 2), by=None, title="Koffie plus")

    assert (THURSDAY in days, NEXT in days, len(days) > 50) == (True, False, True)
    kept = SignUp.objects.filter(volunteer=helper, shift__occurrence__series=later).count()
    assert kept == Shift.objects.filter(need__series=later).count() > 45
    assert later.needs.get().standing.count() == 1
    stand_no_more(later.needs.get(), helper)
    assert not SignUp.objects.filter(volunteer=helper, shift__occurrence__series=later).exists()


def test_nobody_is_put_on_another_day_and_undoing_gives_the_places_back(need, site, coffee):
    helper = make_helper(site)
    stand(need, helper)

    _effect, step = take_step(
        coffee.activity, lambda: change_from(coffee, dt.date(2023, 10, 16), by=None, weekday=0), verb="change_from"
    )

    (new,) = coffee.activity.series.exclude(pk=coffee.pk)
    assert new.needs.get().task == "Onthaal"
    assert not SignUp.objects.filter(shift__need__series=new).exists()
    undo(step, by=None)
    assert people(on(need, NEXT)) == [helper.pk]


def test_undoing_keeps_what_was_taken_handed_back_and_waited_for_meanwhile(need, site, coffee):
    """Also in the order of the list. Who gave up a standing place gave it up under every agreement."""
    jef, tine, rosa, omar = (make_helper(site) for _ in range(4))
    stand(need, jef)
    before, first, second, third = (dt.date(2023, *day) for day in ((11, 2), (11, 9), (11, 16), (11, 23)))
    wait_for_a_place(on(need, third), tine)
    _effect, step = take_step(
        coffee.activity,
        lambda: change_from(coffee, first, by=None, price_cents=100, price_kind="fixed"),
        verb="change_from",
    )
    (later,) = (one.needs.get() for one in coffee.activity.series.exclude(pk=coffee.pk))
    hand_back(on(later, first), jef)
    sign_up(on(later, second), tine)
    for one in (rosa, omar):
        wait_for_a_place(on(later, second), one)
    stand_no_more(later, jef)
    stand(later, rosa)
    sign_up(on(later, third), tine)
    letters = Delivery.objects.count()

    undo(step, by=None)

    assert people(on(need, before)) == []
    assert people(on(need, first)) == [rosa.pk]
    assert sorted(people(on(need, second))) == sorted([tine.pk, rosa.pk])
    assert list(SignUp.objects.filter(shift=on(need, second)).values_list("volunteer", "state")) == list(
        SignUp.objects.filter(shift=on(later, second)).values_list("volunteer", "state")
    )
    assert sorted(people(on(need, third))) == sorted([tine.pk, rosa.pk])
    assert list(Standing.objects.filter(need=need).values_list("volunteer", flat=True)) == [rosa.pk]
    assert Delivery.objects.count() == letters


def test_undoing_sends_nobody_away_where_more_were_asked_meanwhile_and_leaves_another_task_alone(need, site, coffee):
    helpers = [make_helper(site) for _ in range(4)]
    other = add_need(coffee, by=None, task="Afwas", maximum=1)
    day = dt.date(2023, 11, 9)
    sign_up(on(other, day), helpers[3])
    _effect, step = take_step(
        coffee.activity, lambda: change_from(coffee, day, by=None, title="Koffie plus"), verb="change_from"
    )
    (new,) = coffee.activity.series.exclude(pk=coffee.pk)
    later = change_need(new.needs.get(task="Onthaal"), by=None, maximum=3)
    for helper in helpers[:3]:
        sign_up(on(later, day), helper)

    undo(step, by=None)
    undo(step, by=None)

    assert people(on(need, day)) == [helper.pk for helper in helpers[:3]]
    assert people(on(other, day)) == [helpers[3].pk]
    assert why(sign_up, on(need, day), make_helper(site)) == Why.FULL


def test_reminder_comes_once_the_day_before_at_five_and_not_for_what_is_off(need, site, sent):
    helper, other = make_helper(site), make_helper(site)
    sign_up(on(need), helper)
    sign_up(on(need, NEXT), other)

    found = []
    for hours in range(5 * 24):
        with time_machine.travel(TUESDAY + dt.timedelta(hours=hours), tick=False):
            before = len(mail.outbox)
            with sent():
                remind()
            found += [(hours, message.to[0]) for message in mail.outbox[before:]]

    assert found == [(32, helper.user.email)]  # Wednesday, 17 o'clock
    assert "donderdag 12 oktober" in mail.outbox[0].subject


@pytest.mark.parametrize("case", ["handed back", "cancelled", "moved", "past"])
def test_reminder_that_waited_too_long_is_not_sent(need, site, case, monkeypatch):
    helper = make_helper(site)
    shift = on(need)
    sign_up(shift, helper)
    from stek.outbox import queue
    from stek.outbox.sending import send_due

    monkeypatch.setattr(queue, "written", lambda due_at: None)
    evening = dt.datetime(2023, 10, 11, 15, 30, tzinfo=dt.UTC)
    with time_machine.travel(evening, tick=False):
        assert remind() == 1
    if case == "handed back":
        hand_back(shift, helper)
    elif case == "cancelled":
        cancel(shift.occurrence, by=None, note="Ziek")
    elif case == "moved":
        move(shift.occurrence, by=None, day=dt.date(2023, 10, 13), begin=dt.time(13), end=dt.time(16))

    with time_machine.travel(evening + dt.timedelta(days=2 if case == "past" else 0, minutes=5), tick=False):
        send_due()

    assert mail.outbox == []


def test_worker_late_by_a_day_reminds_of_nothing_past(need, site):
    sign_up(on(need), make_helper(site))

    with time_machine.travel(TUESDAY + dt.timedelta(days=3), tick=False):
        assert remind() == 0


def test_no_help_is_asked_for_where_nobody_may_help_or_nobody_knows_the_hour(site):
    closed = offer(site, activity=make_activity(site, volunteers_allowed=False))
    vague = offer(site, "Vaag", begin=None, end=None, part="morning")

    for series in (closed, vague):
        with pytest.raises(Exception, match=r"vrijwilliger|beurt"):
            add_need(series, by=None, task="Onthaal")


def test_somebody_without_an_account_helps_at_their_own_site_only(need, site):
    here, elsewhere = make_volunteer(site=site), make_volunteer(site=make_site(slug="ginder"))

    sign_up(on(need), here)

    assert why(sign_up, on(need), elsewhere) == Why.NOT_HERE


def test_who_helps_hears_of_their_own_dates_only(need, site, coffee, sent):
    helper = make_helper(site)
    sign_up(on(need, NEXT), helper)
    mail.outbox.clear()
    desk = at_desk(site)
    path = f"/beheer/hier/planner/datum/{on(need).occurrence.uuid}/"
    wanted = form_at(desk, path) | {
        "scope": "from",
        "day": "2023-10-13",
        "since": "2023-10-12",
        "reason": "De zaal is bezet",
    }

    with sent():
        done = desk.post(path, wanted | {"zeker": "bericht", "stap": "0b0e7c3e-9d5f-4b7e-8a43-0c5a3f6a1d11"})

    assert done.status_code == 302, errors(done)
    (letter,) = mail.outbox
    assert letter.to == [helper.user.email]
    assert "19 oktober" in letter.body
    assert "26 oktober" not in letter.body


def test_shift_that_was_called_off_is_in_nobodys_way(need, site, coffee):
    helper = make_helper(site)
    sign_up(on(need), helper)
    at_same_time = add_need(coffee, by=None, task="Opruimen")
    assert why(sign_up, on(at_same_time), helper) == Why.OVERLAP

    end_need(need, dt.date(2023, 10, 11), by=None)

    assert sign_up(on(at_same_time), helper).state == SignUpState.TAKEN


def test_who_is_forgotten_frees_what_is_to_come_also_where_the_activity_has_no_hour(site):
    vague = offer(site, "Vaag", weekday=3, begin=None, end=None, part="afternoon", first_day=dt.date(2023, 10, 5))
    hours = {"begin": dt.time(13), "end": dt.time(16)}
    need, helper = add_need(vague, by=None, task="Rekken vullen", **hours), make_helper(site)
    for day in (THURSDAY, NEXT):
        sign_up(on(need, day), helper)

    with time_machine.travel(TUESDAY + dt.timedelta(days=3), tick=False):
        erase_person(helper.user, by=None, is_guarded=False)

    (left,) = SignUp.objects.all()
    assert (left.shift, left.volunteer) == (on(need), None)


def test_key_that_ended_gets_no_reminder(need, site, sent):
    helper = make_helper(site)
    sign_up(on(need), helper)
    helper.user.roles.update(until=dt.date(2023, 10, 10))

    with time_machine.travel(TUESDAY + dt.timedelta(hours=33), tick=False), sent():
        remind()

    assert mail.outbox == []
