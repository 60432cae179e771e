"""What this room keeps for a while: how the schedule was before a change, without anybody in it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth import get_user_model

from activities.actions.snapshot import AGREED, DECIDED, PARTS
from activities.models import Occurrence, Series, SignUp, Step
from partners.models import Volunteer
from sites.actions.purging import purge
from stek.retention import term
from stek.time import now, today
from tests.factories.activities import (
    make_activity,
    make_need,
    make_occurrence,
    make_series,
    make_shift,
    make_sign_up,
    make_standing,
    make_step,
)
from tests.factories.partners import make_volunteer
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


# --- who helps


@pytest.fixture
def need():
    return make_need(make_series(make_activity(make_site()), first_day=dt.date(2020, 1, 1)))


def place(need, day: dt.date, helper, state: str = "taken") -> SignUp:
    shift = make_shift(need, make_occurrence(need.series, day))
    return make_sign_up(shift, volunteer=helper, state=state)


def test_who_helps_without_an_account_goes_a_year_after_the_last_shift_with_the_hours_left(need):
    site, a_year, day = need.series.activity.site, term("helper").length, dt.timedelta(days=1)
    gone, kept = (make_volunteer(site=site, name=name, since=dt.date(2021, 1, 1)) for name in ("gone", "kept"))
    place(need, today() - a_year - day, gone)
    place(need, today() - a_year, kept)

    dry = purge(dry_run=True)
    assert (dry["helper"], Volunteer.objects.count()) == (1, 2)
    assert purge()["helper"] == 1

    assert list(Volunteer.objects.all()) == [kept]
    assert {one.volunteer for one in SignUp.objects.all()} == {None, kept}


@pytest.mark.parametrize(
    "why", ["is new", "has a last day to come", "has a standing place", "has an account", "has a shift to come"]
)
def test_who_still_helps_stays_without_a_shift(need, why):
    site, long_ago, tomorrow = need.series.activity.site, dt.date(2021, 1, 1), today() + dt.timedelta(days=1)
    match why:
        case "is new":
            make_volunteer(site=site, since=today())
        case "has a last day to come":
            make_volunteer(site=site, since=long_ago, until=tomorrow)
        case "has a standing place":
            make_standing(need, volunteer=make_volunteer(site=site, since=long_ago))
        case "has an account":
            make_volunteer()
        case "has a shift to come":
            place(need, tomorrow, make_volunteer(site=site, since=long_ago))

    assert purge(dry_run=True)["helper"] == 0


def test_whose_a_shift_was_is_over_after_three_years_and_the_hours_stay(need):
    helper, length = make_volunteer(), term("shift").length
    old, younger = place(need, today() - length - dt.timedelta(days=1), helper), place(need, today() - length, helper)

    assert purge(dry_run=True)["shift"] == 1
    assert purge()["shift"] == 1

    assert dict(SignUp.objects.values_list("pk", "volunteer")) == {old.pk: None, younger.pk: helper.pk}
    assert purge()["shift"] == 0
