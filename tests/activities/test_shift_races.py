"""The last place, twice at once: exactly one has it, nobody fails without a word, nobody is in two places."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from activities.actions.needs import add_need
from activities.actions.series import change_from
from activities.actions.shifts import Refused, hand_back, sign_up
from activities.actions.swaps import agree, offer_swap, withdraw_swap
from activities.models import Shift, SignUp, Swap
from sites.actions.roles import end_role
from stek.time import today
from tests.activities.test_races import at_once
from tests.factories.partners import make_helper
from tests.factories.sites import make_site
from tests.offer import offer

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = [pytest.param(1, id="once"), pytest.param(200, id="200 times", marks=pytest.mark.prove)]


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


@pytest.fixture
def site():
    return make_site()


def first_shift(site, hour=13, **fields) -> Shift:
    series = offer(site, weekday=3, begin=dt.time(hour), end=dt.time(hour + 3), first_day=dt.date(2023, 10, 12))
    need = add_need(series, by=None, task="Onthaal", **fields)
    return Shift.objects.filter(need=need).order_by("occurrence__day").first()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_twenty_requests_of_six_people_for_one_place_give_it_to_one(site, rounds):
    shift, people = first_shift(site, maximum=1), [make_helper(site) for _ in range(6)]
    for _ in range(rounds):
        SignUp.objects.all().delete()

        errors = at_once(*(lambda one=people[number % 6]: sign_up(shift, one) for number in range(20)))

        (winner,) = SignUp.objects.values_list("volunteer", flat=True)
        asked = {person.pk: 20 // 6 + (number < 20 % 6) for number, person in enumerate(people)}
        assert all(isinstance(error, Refused) for error in errors), errors
        assert len(errors) == 20 - asked[winner]


@pytest.mark.parametrize("rounds", ROUNDS)
def test_one_person_at_two_doors_at_one_hour_gets_in_at_one(site, rounds):
    one, other, helper = first_shift(site), first_shift(site, 14), make_helper(site)
    for _ in range(rounds):
        SignUp.objects.all().delete()

        errors = at_once(lambda: sign_up(one, helper), lambda: sign_up(other, helper))

        assert ([type(error) for error in errors], SignUp.objects.count()) == ([Refused], 1)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_place_handed_back_while_others_ask_is_never_given_twice(site, rounds):
    shift, people = first_shift(site, maximum=1), [make_helper(site) for _ in range(4)]
    for _ in range(rounds):
        SignUp.objects.all().delete()
        sign_up(shift, people[0])

        errors = at_once(
            lambda: hand_back(shift, people[0]), *(lambda one=one: sign_up(shift, one) for one in people[1:])
        )

        assert all(isinstance(error, Refused) for error in errors), errors
        assert SignUp.objects.count() <= 1


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_key_that_ends_while_its_owner_takes_a_shift_leaves_no_place(site, rounds):
    shift = first_shift(site)
    for _ in range(rounds):
        helper = make_helper(site)

        errors = at_once(
            lambda who=helper: end_role(who.user.roles.get(), on=today(), by=None),
            *(lambda who=helper: sign_up(shift, who) for _time in range(3)),
        )

        assert all(isinstance(error, Refused) for error in errors), errors
        assert not SignUp.objects.exists()


@pytest.fixture
def two_shifts(site):
    one, other = first_shift(site, maximum=2), first_shift(site, 17, maximum=2)
    return one, other


def places() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for shift, volunteer in SignUp.objects.order_by("volunteer").values_list("shift", "volunteer"):
        found.setdefault(shift, []).append(volunteer)
    return found


@pytest.mark.parametrize("rounds", ROUNDS)
def test_one_swap_has_one_taker_however_many_say_yes_and_whatever_its_owner_does(site, rounds):
    shift, anna, others = first_shift(site, maximum=2), make_helper(site), [make_helper(site) for _ in range(4)]
    for number in range(rounds):
        SignUp.objects.all().delete()
        sign_up(shift, anna)
        swap = offer_swap(shift, anna)
        owner = [lambda: hand_back(shift, anna), lambda: withdraw_swap(shift, anna), lambda: sign_up(shift, anna)]

        errors = at_once(*(partial(agree, swap, one) for one in others), owner[number % 3])

        assert all(isinstance(error, Refused) for error in errors), errors
        assert SignUp.objects.count() <= 1 + (number % 3 == 2)
        assert not Swap.objects.exists()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_who_agree_with_each_other_at_once_swap_once(site, two_shifts, rounds):
    one, other = two_shifts
    anna, ben = make_helper(site), make_helper(site)
    for _ in range(rounds):
        SignUp.objects.all().delete()
        sign_up(one, anna)
        sign_up(other, ben)
        there, back = offer_swap(one, anna, wanted=other), offer_swap(other, ben, wanted=one)

        errors = at_once(partial(agree, there, ben), partial(agree, back, anna))

        assert [type(error) for error in errors] == [Refused]
        assert places() == {one.pk: [ben.pk], other.pk: [anna.pk]}


@pytest.mark.parametrize("rounds", ROUNDS)
def test_who_says_yes_to_two_swaps_at_one_hour_gets_one(site, rounds):
    one, other, taker = first_shift(site), first_shift(site, 14), make_helper(site)
    givers = [make_helper(site), make_helper(site)]
    for _ in range(rounds):
        SignUp.objects.all().delete()
        for shift, giver in zip((one, other), givers, strict=True):
            sign_up(shift, giver)
        swaps = [offer_swap(shift, giver) for shift, giver in zip((one, other), givers, strict=True)]

        errors = at_once(*(partial(agree, swap, taker) for swap in swaps))

        assert [type(error) for error in errors] == [Refused]
        assert SignUp.objects.filter(volunteer=taker).count() == 1
        assert SignUp.objects.count() == 2


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_place_taken_while_its_agreement_changes_goes_along_or_is_refused(site, rounds):
    """Never a yes to somebody whose place is on a date that was withdrawn under it."""
    helpers = [make_helper(site) for _ in range(3)]
    for number in range(rounds):
        need = first_shift(site, hour=9 + number % 9, maximum=3).need
        shift = need.shifts.order_by("occurrence__day")[1]
        series, hour = shift.need.series, shift.occurrence.begin.hour + 1
        later = partial(change_from, series, shift.occurrence.day, by=None, begin=dt.time(hour), end=dt.time(hour + 1))

        errors = at_once(later, *(partial(sign_up, shift, one) for one in helpers))

        assert all(isinstance(error, Refused) for error in errors), errors
        held = SignUp.objects.filter(shift__need__series__follows=series, shift__occurrence__day=shift.occurrence.day)
        assert held.count() == len(helpers) - len(errors)
        SignUp.objects.all().delete()
