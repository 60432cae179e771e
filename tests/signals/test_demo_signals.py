"""The demonstration's examples: enough of them for pages that protect small numbers to live."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
import time_machine

from signals.demo import load_signals
from signals.models import Contribution, Held, Refused, Signal
from signals.published import periods, published
from signals.weeks import quarter_of
from sites.models import Site
from tests.demo import TEN_OCTOBER, demonstration

# The demonstration runs on what is embedded.
pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def loaded_demo(django_db_setup, django_db_blocker):
    with demonstration(django_db_blocker):
        yield


@pytest.fixture
def demo(loaded_demo, db):
    with time_machine.travel(TEN_OCTOBER, tick=False):
        yield


def test_demonstration_has_four_quarters_skewed_as_in_life(demo):
    rows = Signal.objects.filter(state="accepted").select_related("theme", "site")
    quarters = Counter((quarter_of(row.iso_week).year, quarter_of(row.iso_week).first) for row in rows)
    themes = Counter(row.theme.code for row in rows)

    assert [quarters[one] for one in ((2022, 4), (2023, 1), (2023, 2), (2023, 3))] == [64, 78, 96, 108]
    assert themes.most_common(1)[0][1] > 5 * min(themes.values())
    assert len(themes) == 10
    assert {row.is_example for row in rows} == {True}
    assert Counter(row.site.slug for row in rows)["kantine-bezemheide"] > rows.count() / 2


def test_demonstration_has_waiting_closed_and_refused_ones_all_marked(demo):
    assert Counter(row.site.slug for row in Signal.objects.waiting().select_related("site")) == {
        "kantine-bezemheide": 5,
        "kattegat": 3,
    }
    assert Signal.objects.waiting().filter(was_asked=True).count() == 1
    assert (Held.objects.count(), Refused.objects.count()) == (2, 1)
    assert not any(model.objects.filter(is_example=False).exists() for model in (Signal, Held, Refused))
    assert Contribution.objects.filter(several=False).count() < Contribution.objects.filter(several=True).count()


def test_demonstration_published_four_quarters_with_and_without_places_and_hidden(demo):
    partnership = Site.objects.get(slug="kattegat").partnership
    assert [str(one) for one in periods(partnership)] == ["2023-Q3", "2023-H1", "2023-Q2", "2023-Q1", "2022-Q4"]
    for part in periods(partnership):
        figures = published(partnership, part)
        assert figures.is_example
        assert {(row.total is not None, row.is_split) for row in figures.rows} == {
            (True, True),
            (True, False),
            (False, False),
        }
    assert {(row.year, row.quarter) for row in Contribution.objects.all()} == {(2023, 4)}


def test_demonstration_a_second_time_and_an_unlike_day_changes_nothing(demo):
    before = [list(model.objects.order_by("pk").values_list()) for model in (Signal, Held, Refused, Contribution)]

    load_signals()
    with time_machine.travel(TEN_OCTOBER + dt.timedelta(days=100), tick=False):
        load_signals()

    assert [
        list(model.objects.order_by("pk").values_list()) for model in (Signal, Held, Refused, Contribution)
    ] == before
