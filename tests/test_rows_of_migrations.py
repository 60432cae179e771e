"""Rows that migrations put in are there for every test, also after one that empties every table."""

from __future__ import annotations

import pytest

from activities.models import ActivityType
from signals.models import Theme

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("turn", ["first", "after a flush"])
def test_the_kinds_of_offer_are_there(turn):
    assert ActivityType.objects.filter(code="meeting").exists()
    assert ActivityType.objects.count() == 19
    assert Theme.objects.offered().count() == 10
