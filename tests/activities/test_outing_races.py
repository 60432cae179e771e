"""Groups that ask, leave and shrink at the same time: never over, never twice, never a group in two, no error without words."""

from __future__ import annotations

import random

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from activities.actions.occurrence import cancel
from activities.actions.outings import change_places
from activities.actions.reservations import NoRoom, come_with_fewer, join, leave
from activities.codes import code_of
from activities.models import Outing, Reservation, ReservationKey
from stek.limits import WINDOW
from tests.activities.test_races import at_once
from tests.factories.sites import make_site
from tests.outings import fill_in, group, join_path, outing_at, standing_of

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = [pytest.param(1, id="once"), pytest.param(200, id="200 times", marks=pytest.mark.prove)]


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)
    return time_machine


@pytest.fixture
def outing():
    return outing_at(make_site(), places=7)


def empty(outing: Outing) -> None:
    Reservation.objects.all().delete()
    Outing.objects.filter(pk=outing.pk).update(taken=0, waiting=0)


def is_right(outing: Outing) -> None:
    """What is counted is what there is; never more than there are places; and the first in line does not fit."""
    taken, waiting, groups = standing_of(outing)
    assert taken == sum(people for people, state in groups if state == "going") <= outing.places
    assert waiting == sum(people for people, state in groups if state == "waiting")
    first = next((people for people, state in groups if state == "waiting"), None)
    assert first is None or first > outing.free


@pytest.mark.parametrize("rounds", ROUNDS)
def test_sixteen_groups_for_seven_places(outing, rounds):
    for number in range(rounds):
        empty(outing)
        chance = random.Random(number)
        sizes = [chance.randint(1, 5) for _ in range(16)]

        errors = at_once(
            *(
                lambda people=people, waits=place % 2 == 0: join(outing, people=people, nickname="Lien", waits=waits)
                for place, people in enumerate(sizes)
            )
        )

        assert all(isinstance(error, NoRoom) for error in errors), errors
        is_right(outing)
        assert len(standing_of(outing)[2]) == 16 - len(errors)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_one_form_sent_eight_times_is_one_group(outing, rounds):
    for number in range(rounds):
        empty(outing)
        code = code_of(f"sleutel {number}")

        errors = at_once(*(lambda code=code: join(outing, people=2, nickname="Lien", code=code) for _ in range(8)))

        assert (errors, standing_of(outing), ReservationKey.objects.count()) == ([], (2, 0, [(2, "going")]), 1)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_groups_that_leave_shrink_and_join_while_places_change(outing, rounds):
    for number in range(rounds):
        empty(outing)
        Outing.objects.filter(pk=outing.pk).update(places=7)
        outing.refresh_from_db()
        chance = random.Random(number)
        groups = [group(outing, chance.randint(1, 4)) for _ in range(8)]

        errors = at_once(
            *(lambda one=one: leave(one) for one in groups[:3]),
            *(lambda one=one: leave(one) for one in groups[:2]),
            *(lambda one=one: come_with_fewer(one, 1) for one in groups[3:5]),
            *(lambda: join(outing, people=2, nickname="Lien", waits=True) for _ in range(3)),
            lambda: change_places(outing, by=None, places=9),
            lambda: change_places(outing, by=None, places=4),
        )

        assert all(isinstance(error, ValidationError) for error in errors), errors
        is_right(outing)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_nobody_gets_in_once_the_date_is_called_off(outing, rounds):
    for _ in range(rounds):
        empty(outing)
        date = outing.occurrence
        type(date).objects.filter(pk=date.pk).update(status="planned")

        errors = at_once(
            lambda date=date: cancel(date, by=None),
            *(lambda: join(outing, people=1, nickname="Lien") for _ in range(6)),
        )

        assert all(isinstance(error, ValidationError) for error in errors), errors
        is_right(outing)
        with pytest.raises(ValidationError):
            join(outing, people=1, nickname="Lien")


@pytest.mark.parametrize("rounds", ROUNDS)
def test_twelve_browsers_at_once_and_each_sends_twice(outing, clock, rounds, settings):
    for _ in range(rounds):
        empty(outing)
        clock.shift(WINDOW + 1)  # nobody is to be refused for asking too often
        forms = []
        for number in range(12):
            client = Client()
            forms.append((client, fill_in(client, outing, clock, people=number % 4 + 1, lijst="1")))
        answers = []

        def send(client, form, answers=answers):
            answers.append(client.post(join_path(outing), form).status_code)

        errors = at_once(*(lambda one=one: send(*one) for one in [*forms, *forms]))

        assert (errors, set(answers)) == ([], {302})
        is_right(outing)
        assert sorted(people for people, _state in standing_of(outing)[2]) == sorted(n % 4 + 1 for n in range(12))
