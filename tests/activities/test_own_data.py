"""What this room keeps for a while: how the schedule was before a change, without anybody in it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth import get_user_model

from activities.actions.snapshot import AGREED, DECIDED, PARTS
from activities.models import Occurrence, Series, Step
from sites.actions.purging import purge
from stek.retention import term
from stek.time import now
from tests.factories.activities import make_activity, make_step
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


def test_a_step_goes_a_month_after_its_first_date_began():
    activity = make_activity(make_site())
    a_month, a_moment = term("step").length, dt.timedelta(seconds=1)
    for undone in (True, False):
        make_step(activity, until=now() - a_month - a_moment, is_undone=undone)
    kept = [make_step(activity, until=now() - a_month), make_step(activity, until=now() + a_month)]

    dry = purge(dry_run=True)
    assert (dry["step"], Step.objects.count()) == (2, 4)
    assert purge()["step"] == 2

    assert list(Step.objects.order_by("pk")) == kept
    assert purge()["step"] == 0


def test_what_a_step_keeps_of_the_past_knows_nobody():
    kept = {Series: AGREED, Occurrence: DECIDED} | {model: columns for model, _owner, columns in PARTS.values()}

    fields = {model._meta.get_field(name.removesuffix("_id")): name for model, names in kept.items() for name in names}

    assert len(fields) == sum(map(len, kept.values())) > 30
    assert [name for field, name in fields.items() if field.related_model is get_user_model()] == []
    personal = {model: getattr(model, "PERSONAL_FIELDS", frozenset()) for model in kept}
    assert [name for field, name in fields.items() if field.name in personal[field.model]] == []
