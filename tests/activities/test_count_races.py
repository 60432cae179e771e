"""Two telephones at once: one count is kept, the other hears of it; the same form twice is one count."""

from __future__ import annotations

import pytest

from activities.actions.counts import keep_count
from activities.count_rules import Count, stamp
from activities.models import Attendance
from sites.models import ChangeLog
from sites.seen import Overtaken
from tests.activities.test_races import at_once
from tests.factories.sites import make_site
from tests.offer import TUESDAY, date_of, offer

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = [pytest.param(1, id="once"), pytest.param(200, id="200 times", marks=pytest.mark.prove)]


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)


@pytest.fixture
def date():
    return date_of(offer(make_site()), "2023-10-09")


def forget() -> None:
    Attendance.objects.all().delete()
    ChangeLog.objects.all().delete()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_of_two_who_count_at_once_the_second_is_told_and_nothing_is_lost(date, rounds):
    counts = {str(people): Count(people=people) for people in (11, 12, 13, 14)}
    for _ in range(rounds):
        forget()

        errors = at_once(
            *(lambda key=key, one=one: keep_count(date, one, by=None, seen=stamp(None), key=key) for key, one in counts.items())
        )  # fmt: skip

        kept = Attendance.objects.get().people
        assert [type(error) for error in errors] == [Overtaken] * 3, errors
        assert {error.row.people for error in errors} == {kept}
        assert ChangeLog.objects.get().changes == {"people": [None, kept]}


@pytest.mark.parametrize("rounds", ROUNDS)
def test_the_same_form_many_times_at_once_is_one_count(date, rounds):
    for _ in range(rounds):
        forget()

        errors = at_once(*[lambda: keep_count(date, Count(people=14), by=None, seen=stamp(None), key="a")] * 4)

        assert (errors, Attendance.objects.get().people, ChangeLog.objects.count()) == ([], 14, 1)
