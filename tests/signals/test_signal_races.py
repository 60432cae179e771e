"""Two at once: nothing doubled, nothing lost, nobody left waiting for ever."""

from __future__ import annotations

import datetime as dt
import os
import signal
import warnings
from contextlib import suppress
from dataclasses import replace
from functools import partial

import pytest
from django.db import connection

from signals.actions import moderation, opening, releasing
from signals.actions.holding import hold
from signals.actions.releasing import release_due
from signals.actions.seen import also_seen, new_key
from signals.enums import Kind
from signals.kinds import counted_as
from signals.models import Contribution, Held, Refused, Release, ReleasedCell, Signal
from signals.quarters import quarter
from signals.rules import new_code
from tests.activities.test_races import at_once
from tests.factories.signals import make_held, make_signal, tell, theme
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


@pytest.mark.parametrize("rounds", ROUNDS)
def test_published_by_two_workers_while_others_moderate_and_give_is_published_once(rounds):
    """One release; each signal is counted once or waits; nobody stands still."""
    site = make_site()
    for _ in range(rounds):
        ReleasedCell.objects.all()._raw_delete("default")
        Release.objects.all()._raw_delete("default")
        for model in (Held, Signal, Contribution, Refused):
            model.objects.all().delete()
        tell(quarter(2023, 3), {("papers", site): 9})
        first, second = (make_signal(site, theme=theme("papers"), year=2023, week=30, state="opened") for _ in range(2))

        errors = at_once(
            partial(release_due, dt.date(2023, 10, 9)),
            partial(release_due, dt.date(2023, 10, 9)),
            partial(moderation.accept, first),
            partial(moderation.refuse, second, reason="unclear"),
            giving(site),
        )

        assert errors == []
        assert Release.objects.count() == 1
        assert Signal.objects.filter(counted_year=None).exclude(pk=first.pk).count() == 0
        assert Signal.objects.filter(counted_quarter=3).count() in (9, 10)
        assert ReleasedCell.objects.filter(theme="papers").count() == 2


def test_worker_that_is_killed_in_the_middle_leaves_nothing_and_the_next_one_does_it(monkeypatch):
    """Without a word, between the figures and the end of the transaction."""
    site = make_site()
    tell(quarter(2023, 3), {("papers", site): 9})

    def die(*_what: object) -> None:
        assert ReleasedCell.objects.filter(theme="papers", value=9).count() == 2
        os.kill(os.getpid(), signal.SIGKILL)

    connection.close()  # two processes may not share one
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads of tests before this one are over
        worker = os.fork()
    if worker == 0:
        counted = replace(counted_as(Kind.SIGNALS), settle=die)
        monkeypatch.setattr(releasing, "all_counted", lambda: [counted])
        with suppress(BaseException):
            release_due(dt.date(2023, 10, 9))
        os._exit(1)
    _worker, status = os.waitpid(worker, 0)

    assert os.WTERMSIG(status) == signal.SIGKILL
    assert not Release.objects.exists()
    assert Signal.objects.filter(counted_year=None).count() == 9
    assert Contribution.objects.count() == 1
    assert release_due(dt.date(2023, 10, 9)) == 1
    assert Signal.objects.filter(counted_quarter=3).count() == 9
    assert not Contribution.objects.exists()
