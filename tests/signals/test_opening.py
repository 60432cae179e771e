"""Out of the holding table: when, which, and that nothing goes along."""

from __future__ import annotations

import pytest
from django.apps import apps

from activities.iso_week import IsoWeek
from signals.actions import opening
from signals.models import Held, Signal
from signals.rules import can_open
from signals.tasks import open_waiting as task
from stek.celery import app as celery_app
from stek.health.models import Heartbeat
from tests.factories.signals import make_held
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T10:00+02:00", tick=False)  # week 41


def weeks(*numbers: int) -> list[IsoWeek]:
    return [IsoWeek(2023, number) for number in numbers]


@pytest.mark.parametrize(
    ("waiting", "opens"),
    [
        ([], False),
        ([40, 40], False),
        ([40, 40, 40], True),
        ([38, 39, 40], True),
        ([40, 40, 41], False),
        ([41, 41, 41, 41], False),
        ([38], False),
        ([37], True),
        ([37, 41], True),
    ],
)
def test_three_of_weeks_that_are_over_or_one_of_four_weeks_ago(waiting, opens):
    assert can_open(weeks(*waiting), IsoWeek(2023, 41)) is opens


def test_over_the_turn_of_a_year_too():
    assert can_open([IsoWeek(2020, 53)] * 3, IsoWeek(2021, 1))
    assert can_open([IsoWeek(2020, 50)], IsoWeek(2021, 1))
    assert not can_open([IsoWeek(2020, 51)], IsoWeek(2021, 1))


def test_all_that_is_ripe_leaves_as_it_was_and_this_week_stays():
    site = make_site()
    beside = make_site(partnership=site.partnership)
    given = [
        make_held(site, week=39, text="a", barrier="money", service="dienst", idea="idee", is_positive=True),
        make_held(beside, week=40, text="b", was_asked=True),
        make_held(site, week=40, text="c", is_example=True),
    ]
    stays = make_held(site, week=41)

    assert opening.open_waiting() == 3

    names = (
        "site_id",
        "theme_id",
        "barrier",
        "text",
        "service",
        "idea",
        "is_positive",
        "was_asked",
        "year",
        "week",
        "is_example",
    )
    assert sorted(Signal.objects.values_list(*names)) == sorted(
        tuple(getattr(row, name) for name in names) for row in given
    )
    assert set(Signal.objects.values_list("state", "merged_into", "marks")) == {("opened", None, "")}
    assert list(Held.objects.values_list("code_hash", flat=True)) == [stays.code_hash]
    assert opening.open_waiting() == 0


def test_numbers_are_new_and_random():
    site = make_site()
    before = {make_held(site, week=40).pk for _ in range(40)}

    opening.open_waiting()

    after = set(Signal.objects.values_list("pk", flat=True))
    assert len(after) == 40
    assert not before & after
    assert {one.version for one in after} == {4}
    assert {one.variant for one in after} == {"specified in RFC 4122"}


def test_partnership_waits_for_its_own_three():
    one, other = make_site(), make_site()
    for site, number in ((one, 2), (other, 3)):
        for _ in range(number):
            make_held(site, week=40)

    opening.open_waiting()

    assert {row.site for row in Signal.objects.all()} == {other}
    assert {row.site for row in Held.objects.all()} == {one}


def test_opened_table_has_no_column_for_what_the_other_knew():
    columns = {field.column for field in Signal._meta.concrete_fields}

    assert "code_hash" not in columns
    assert columns - {field.column for field in Held._meta.concrete_fields} == {
        "state", "merged_into_id", "marks", "counted_year", "counted_quarter",
    }  # fmt: skip


def test_every_night_by_beat_without_an_argument(settings):
    entry = settings.CELERY_BEAT_SCHEDULE["open_signals"]

    assert entry["task"] in celery_app.tasks
    assert entry.keys() == {"task", "schedule"}
    assert task() == 0
    assert Heartbeat.objects.filter(name="opening").exists()


def test_sunday_evening_nothing_opens_and_the_night_after_it_does(time_machine):
    site = make_site()
    for _ in range(3):
        make_held(site)
    time_machine.move_to("2023-10-15T23:59+02:00", tick=False)
    assert task() == 0

    time_machine.move_to("2023-10-16T04:15+02:00", tick=False)

    assert task() == 3


def test_no_model_of_this_room_is_in_the_admin():
    from django.contrib import admin

    ours = set(apps.get_app_config("signals").get_models())
    assert ours
    assert ours & set(admin.site._registry) == set()
