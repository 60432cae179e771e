"""Two at once: nothing doubled, nothing lost, nobody left waiting for ever."""

from __future__ import annotations

from functools import partial

import pytest

from signals.actions import moderation, opening
from signals.actions.holding import hold
from signals.actions.seen import also_seen, new_key
from signals.models import Contribution, Held, Refused, Signal
from signals.rules import new_code
from tests.activities.test_races import at_once
from tests.factories.signals import make_held, make_signal, theme
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = [pytest.param(1, id="once"), pytest.param(30, id="30 times", marks=pytest.mark.prove)]
PLAIN = {"barrier": "", "service": "", "idea": "", "is_positive": False, "was_asked": False}


def giving(site, text="x", code="", contributor="organisation 1"):
    return partial(hold, site, code=code or new_code(), contributor=contributor, theme=theme(), text=text, **PLAIN)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_one_form_sent_by_four_fingers_is_one_signal(rounds):
    site = make_site()
    for _ in range(rounds):
        Held.objects.all().delete()
        code = new_code()

        assert at_once(*(giving(site, code=code) for _ in range(4))) == []

        assert Held.objects.count() == 1


@pytest.mark.parametrize("rounds", ROUNDS)
def test_given_while_others_are_opened_none_is_lost_or_doubled(rounds):
    site = make_site()
    for _ in range(rounds):
        for model in (Held, Signal, Contribution):
            model.objects.all().delete()
        for number in range(4):
            make_held(site, week=1, year=2023, text=f"oud {number}")

        errors = at_once(
            opening.open_waiting,
            opening.open_waiting,
            *(giving(site, f"nieuw {n}", contributor=f"{n}") for n in range(3)),
        )

        assert errors == []
        assert sorted(Signal.objects.values_list("text", flat=True)) == [f"oud {number}" for number in range(4)]
        assert sorted(Held.objects.values_list("text", flat=True)) == [f"nieuw {number}" for number in range(3)]
        assert [row.several for row in Contribution.objects.all()] == [True]


@pytest.mark.parametrize("rounds", ROUNDS)
def test_accepted_and_refused_at_once_is_one_of_the_two(rounds):
    site = make_site()
    for _ in range(rounds):
        for model in (Signal, Refused):
            model.objects.all().delete()
        row = make_signal(site, state="opened")

        errors = at_once(partial(moderation.accept, row), partial(moderation.refuse, row, reason="unclear"))

        assert all(isinstance(error, moderation.ValidationError) for error in errors)
        assert (Signal.objects.count(), Refused.objects.count()) == (0, 1)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_seen_by_six_browsers_at_once_is_six(rounds):
    site = make_site()
    for _ in range(rounds):
        row = make_signal(site)

        assert at_once(*(partial(also_seen, row, key=new_key()) for _ in range(6))) == []

        assert Signal.objects.get(pk=row.pk).seen == 6


@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_merged_into_each_other_are_one(rounds):
    site = make_site()
    for _ in range(rounds):
        Signal.objects.exclude(merged_into=None).delete()
        Signal.objects.all().delete()
        one, other = make_signal(site), make_signal(site)

        errors = at_once(partial(moderation.merge, one, into=other), partial(moderation.merge, other, into=one))

        assert [type(error) for error in errors] == [moderation.ValidationError]
        assert Signal.objects.legible().count() == 1
