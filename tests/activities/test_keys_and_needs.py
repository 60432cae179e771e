"""A key that ends frees what it held; a need that ends or moves tells who would have come; a season takes its needs along."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions.materialise import extend_horizon
from activities.actions.needs import add_need, change_need, end_need
from activities.actions.occurrence import move
from activities.actions.offers import copy_season, publish
from activities.actions.shifts import Refused, hand_back, sign_up, stand, stand_no_more, wait_for_a_place
from activities.actions.volunteers import forget_volunteer
from activities.key_words import what_ends_with_key
from activities.models import Shift, SignUp, Standing
from activities.tasks import extend_horizon as night
from sites.actions.accounts import close_account
from sites.actions.erasing import erase_person
from sites.actions.roles import end_role
from sites.enums import RoleKind
from sites.models import Role
from stek.outbox.models import Delivery
from stek.outbox.sending import send_due
from tests.desk import administrator, at_desk, client_of, words
from tests.factories.activities import make_activity
from tests.factories.partners import make_away, make_helper, make_volunteer
from tests.factories.sites import make_person, make_role, make_site
from tests.offer import TUESDAY, offer

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]

YESTERDAY, TODAY, THURSDAY, NEXT = (dt.date(2023, 10, day) for day in (9, 10, 12, 19))
LATER = dt.timedelta(minutes=6)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)
    return time_machine


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


def key_of(helper) -> Role:
    return helper.user.roles.get()


def days_of(helper) -> list[dt.date]:
    return list(SignUp.objects.filter(volunteer=helper).order_by("pk").values_list("shift__occurrence__day", flat=True))


# --- keys


def test_who_lets_a_key_end_reads_what_that_frees_and_that_it_does_not_come_back(need, site, clock):
    helper, desk = make_helper(site), at_desk(site)
    stand(need, helper)
    page = f"/beheer/hier/mensen/sleutel/{key_of(helper).pk}/"

    look = words(desk.post(page, {"on": str(NEXT), "step": "look"}))

    assert "Deze beurten zijn dan weer vrij: donderdag 26 oktober (Onthaal), donderdag 2 november (Onthaal)," in look
    assert "Ook de vaste plaats stopt: Onthaal." in look
    assert "komen die beurten niet vanzelf mee" in look
    assert days_of(helper)[:3] == [THURSDAY, NEXT, NEXT + dt.timedelta(days=7)]

    desk.post(page, {"on": str(NEXT), "step": "end"})
    make_role(RoleKind.VOLUNTEER, user=helper.user, site=site, since=NEXT + dt.timedelta(days=1))
    assert days_of(helper) == [THURSDAY, NEXT]


def test_task_with_a_last_day_gives_no_standing_place(need, site):
    shift = on(need)
    end_need(need, NEXT, by=None)
    helper = make_helper(site)

    with pytest.raises(Refused):
        stand(need, helper)

    assert not Standing.objects.exists()
    assert "vaste plaats" not in words(client_of(helper.user).get(f"/mijn/beurten/{shift.uuid}/"))


def test_nothing_is_foretold_of_what_another_key_keeps_or_of_who_has_no_shifts(need, site):
    helper = make_helper(site)
    assert what_ends_with_key(key_of(helper), TODAY) == []

    sign_up(on(need), helper)
    key = key_of(helper)
    make_role(RoleKind.COORDINATOR, user=helper.user, site=site)

    assert what_ends_with_key(key, TODAY) == []


@pytest.mark.parametrize(("last_day", "left"), [(TODAY, []), (THURSDAY, [THURSDAY])])
def test_key_that_ends_frees_what_comes_after_it_and_tells_nobody(need, site, last_day, left):
    helper, other = make_helper(site), make_helper(site, takes_calls=True)
    make_person(RoleKind.COORDINATOR, site=site)
    stand(need, helper)
    stand(need, other)

    end_role(key_of(helper), on=last_day, by=None)

    assert days_of(helper) == left
    assert len(days_of(other)) > 50
    assert {row.kind for row in Delivery.objects.all()} == {"sites/key_ends"}
    wait_for_a_place(on(need, NEXT), make_helper(site))
    assert SignUp.objects.filter(shift=on(need, NEXT), state="taken").count() == 2


@pytest.mark.parametrize("how", ["standing no more", "erased", "forgotten", "key ends", "there may be more"])
def test_who_waits_hears_when_a_place_comes_free_and_nobody_else(need, site, how, clock):
    """Where it is still full nobody is told, nor who would like to be asked, nor who coordinates."""
    make_person(RoleKind.COORDINATOR, site=site)
    helper = make_volunteer(site=site) if how == "forgotten" else make_helper(site)
    stand(need, helper)
    stand(need, make_helper(site, takes_calls=True))
    waiting, away = make_helper(site), make_helper(site)
    make_helper(site, takes_calls=True)
    for one in (waiting, away):
        wait_for_a_place(on(need), one)
    make_away(away, THURSDAY)

    if how == "standing no more":
        stand_no_more(need, helper)
    elif how == "erased":
        erase_person(helper.user, by=None)
    elif how == "forgotten":
        forget_volunteer(helper)
    elif how == "key ends":
        end_role(key_of(helper), on=TODAY, by=None)
    else:
        change_need(need, by=None, maximum=3)

    calls = Delivery.objects.filter(kind__startswith="activities/")
    assert [(row.kind, row.user) for row in calls] == [("activities/shift_call", waiting.user)]
    clock.shift(LATER)
    send_due()
    (letter,) = (one for one in mail.outbox if one.to == [waiting.user.email])
    assert letter.subject == "Kan jij? Onthaal, donderdag 12 oktober"
    assert ("een plaats meer" in letter.body) == (how == "there may be more")


def test_raising_how_many_may_help_tells_nobody_where_it_is_still_full_and_lowering_it_never_does(need, site):
    for _ in range(2):
        stand(need, make_helper(site))
    wait_for_a_place(on(need), make_helper(site))
    change_need(need, by=None, maximum=1)
    change_need(need, by=None, maximum=2)

    assert not Delivery.objects.filter(kind="activities/shift_call").exists()


def test_standing_place_goes_once_they_do_not_help_tomorrow(need, site, clock):
    helper = make_helper(site)
    stand(need, helper)

    end_role(key_of(helper), on=THURSDAY, by=None)
    assert Standing.objects.count() == 1
    clock.move_to(TUESDAY + dt.timedelta(days=2), tick=False)
    night()

    assert (Standing.objects.count(), days_of(helper)) == (0, [THURSDAY])


def test_place_at_another_site_and_another_key_of_the_same_stay(need, site):
    elsewhere = make_site(slug="ginder")
    theirs = add_need(
        offer(elsewhere, weekday=4, begin=dt.time(9), end=dt.time(10), first_day=THURSDAY), by=None, task="Rekken"
    )
    helper = make_helper(site)
    make_person(RoleKind.VOLUNTEER, site=elsewhere, user=helper.user)
    make_person(RoleKind.COORDINATOR, site=site, user=helper.user)
    sign_up(on(need), helper)
    sign_up(Shift.objects.filter(need=theirs).first(), helper)

    end_role(helper.user.roles.get(kind=RoleKind.VOLUNTEER, site=site), on=TODAY, by=None)

    assert len(days_of(helper)) == 2


def test_waiting_is_over_too_and_what_was_done_stays(need, site, clock):
    helper = make_helper(site)
    for one in (helper, make_helper(site)):
        sign_up(on(need), one)
    for _ in range(2):
        sign_up(on(need, NEXT), make_helper(site))
    wait_for_a_place(on(need, NEXT), helper)
    clock.move_to(TUESDAY + dt.timedelta(days=3), tick=False)

    end_role(key_of(helper), on=dt.date(2023, 10, 13), by=None)

    assert days_of(helper) == [THURSDAY]


@pytest.mark.parametrize("how", ["by itself", "account", "admin", "admin deletes"])
def test_key_ends_in_every_other_way_too(need, site, how, clock):
    helper = make_helper(site)
    sign_up(on(need), helper)
    role = key_of(helper)
    match how:
        case "by itself":
            Role.objects.filter(pk=role.pk).update(until=TODAY)
            night()
        case "account":
            close_account(helper.user, by=None)
        case "admin":
            values = {"user": helper.user.pk, "kind": role.kind, "site": site.pk, "since": role.since, "until": TODAY}
            administrator().post(f"/admin/sites/role/{role.pk}/change/", values)
        case "admin deletes":
            administrator().post(f"/admin/sites/role/{role.pk}/delete/", {"post": "yes"})

    assert days_of(helper) == []


def test_date_that_moves_beyond_the_end_of_a_key_is_free_the_night_after(need, site):
    helper = make_helper(site)
    sign_up(on(need), helper)
    Role.objects.filter(user=helper.user).update(until=THURSDAY)
    move(on(need).occurrence, by=None, day=dt.date(2023, 10, 13), begin=dt.time(13), end=dt.time(16))

    night()

    assert days_of(helper) == []


def test_somebody_without_an_account_has_a_last_day_too(need, site):
    rosa = make_volunteer(site=site, name="Rosa")
    for day in (THURSDAY, NEXT):
        sign_up(on(need, day), rosa)
    wanted = {"name": "Rosa", "phone": "", "skills": [], "since": "2023-10-01", "until": "2023-10-12"}

    at_desk(site).post(f"/beheer/hier/vrijwilligers/{rosa.pk}/", wanted)

    assert days_of(rosa) == [THURSDAY]


def test_new_dates_seat_nobody_whose_key_ends_before_them_or_who_is_elsewhere(need, site, clock):
    gone, double = make_helper(site), make_helper(site)
    other = add_need(need.series, by=None, task="Opruimen")
    for one in (gone, double):
        stand(need, one)
    with pytest.raises(Refused):
        sign_up(on(other), double)
    stand(other, double)  # every date of it is missed; it stays their standing place
    Role.objects.filter(user=gone.user).update(until=dt.date(2024, 10, 20))
    known = set(Shift.objects.values_list("pk", flat=True))
    clock.move_to(TUESDAY + dt.timedelta(days=28), tick=False)

    extend_horizon()

    new = SignUp.objects.exclude(shift__in=known)
    assert Shift.objects.exclude(pk__in=known).count() > 4
    assert {(one.shift.need, one.volunteer) for one in new.select_related("shift__need", "volunteer")} == {
        (need, double)
    }


def test_standing_place_of_an_ended_key_can_be_given_the_same_day(need, site):
    for _ in range(2):
        stand(need, make_helper(site))
    Role.objects.filter(kind=RoleKind.VOLUNTEER).update(until=YESTERDAY)

    stand(need, make_helper(site))

    assert Standing.objects.count() == 3


def test_the_night_asks_as_much_for_seven_helpers_as_for_two(need, site):
    from activities.actions.volunteers import free_without_keys

    def queries(number: int) -> int:
        for _ in range(number):
            stand(add_need(need.series, by=None, task="Nog iets"), make_helper(site))
        with CaptureQueriesContext(connection) as found:
            assert free_without_keys() == 0
        return len(found)

    assert queries(2) == queries(5)


# --- needs


def send(clock) -> list:
    clock.move_to(TUESDAY + LATER, tick=False)
    mail.outbox.clear()
    send_due()
    return mail.outbox


def test_who_had_a_place_hears_that_a_need_ends(need, site, clock):
    helper, other = make_helper(site), make_helper(site)
    for day in (THURSDAY, NEXT):
        sign_up(on(need, day), helper)
    sign_up(on(need), other)
    hand_back(on(need), other)

    end_need(need, TODAY, by=None)

    (letter,) = send(clock)
    assert letter.to == [helper.user.email]
    assert letter.subject == "Niet meer nodig: Onthaal"
    assert "- donderdag 12 oktober, 13.00 tot 16.00 uur\n- donderdag 19 oktober" in letter.body


def test_other_hours_are_told_once_with_the_old_ones_in_the_readers_language(need, site, clock):
    helper, free = make_helper(site), make_helper(site)
    helper.user.language = "fr"
    helper.user.save()
    sign_up(on(need), helper)

    change_need(need, by=None, before=30)
    change_need(need, by=None, before=60)
    change_need(need, by=None, maximum=5)

    (letter,) = send(clock)
    assert letter.to == [helper.user.email] != [free.user.email]
    said = letter.body.replace("\xa0", " ")
    assert "jeudi 12 octobre, 12 h 00 à 16 h 00 (c’était 13 h 00 à 16 h 00)" in said
    assert "12 h 30" not in said


@pytest.mark.parametrize("case", ["taken back", "handed back", "more people", "past"])
def test_nothing_is_told_that_is_not_so_any_more(need, site, clock, case):
    helper = make_helper(site)
    sign_up(on(need), helper)
    match case:
        case "taken back":
            change_need(need, by=None, before=30)
            change_need(need, by=None, before=0)
        case "handed back":
            change_need(need, by=None, before=30)
            hand_back(on(need), helper)
        case "more people":
            change_need(need, by=None, maximum=9)
            assert not Delivery.objects.filter(user=helper.user).exists()
        case "past":
            clock.move_to(TUESDAY + dt.timedelta(days=3), tick=False)
            end_need(need, dt.date(2023, 10, 13), by=None)
            assert not Delivery.objects.filter(user=helper.user).exists()

    assert [one for one in send(clock) if one.to == [helper.user.email]] == []


def test_many_dates_are_one_letter_of_a_few_lines(need, site, clock):
    helper = make_helper(site)
    stand(need, helper)

    end_need(need, TODAY, by=None)

    (letter,) = send(clock)
    assert letter.body.count("\n- ") == 8
    assert f"En nog {Shift.objects.filter(need=need).count() - 8} datums." in letter.body


def test_coordinator_is_asked_first_and_told_who_hears_of_it(need, site):
    desk, path = at_desk(site), f"/beheer/hier/rooster/taak/{need.pk}/stop/"
    stand(need, make_helper(site))

    assert "1 vrijwilliger heeft nog een plaats en krijgt bericht." in words(desk.get(path))
    assert Standing.objects.exists()
    desk.post(path)

    assert not Standing.objects.exists()


# --- a season again


def test_season_again_asks_for_the_same_help_of_nobody_in_particular(need, site, coffee):
    stand(need, make_helper(site))
    end_need(add_need(coffee, by=None, task="Voorbij"), TODAY, by=None)
    add_need(coffee, by=None, task="Eén keer", occurrence=coffee.occurrences.get(original_date=THURSDAY))

    (copy,) = copy_season([coffee], shift=dt.timedelta(weeks=52), last_day=dt.date(2024, 10, 31), by=None)

    (again,) = copy.needs.all()
    assert (again.task, again.maximum, again.shifts.count()) == ("Onthaal", 2, 0)
    publish(copy, by=None)
    assert again.shifts.count() == copy.occurrences.count() == 3
    assert not SignUp.objects.filter(shift__need=again).exists()


def test_season_again_asks_for_none_where_nobody_may_help(site):
    activity = make_activity(site)
    series = offer(site, activity=activity, begin=dt.time(13), end=dt.time(16))
    add_need(series, by=None, task="Onthaal")
    activity.volunteers_allowed = False
    activity.save()

    (copy,) = copy_season([series], shift=dt.timedelta(weeks=52), last_day=None, by=None)

    assert not copy.needs.exists()
