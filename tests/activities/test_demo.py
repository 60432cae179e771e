"""The demonstration is loaded once and only once; what people changed stays, and a broken file writes nothing."""

from __future__ import annotations

import copy
import datetime as dt
import re

import pytest
import time_machine
import yaml
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions.series import change_from
from activities.demo import FactError, load
from activities.enums import Weekday
from activities.models import Activity, Occurrence, Series, Spot, Text
from activities.versions import Versions
from partners.models import Engagement
from sites.actions import log_change, rename_address
from sites.models import ChangeLog, Milestone, Site, User
from stek.health.models import Heartbeat
from tests.demo import K, W

pytestmark = pytest.mark.usefixtures("demo")


def everything() -> dict[str, list[tuple]]:
    """Every row of our tables, but for the heartbeat and the number that says that channels must render anew."""
    rooms = ("sites", "partners", "activities")
    models = [model for label in rooms for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: sorted(model._default_manager.values_list(), key=str) for model in models}


def written(tmp_path, facts):
    path = tmp_path / "facts.yaml"
    path.write_text(yaml.safe_dump(facts, allow_unicode=True), encoding="utf-8")
    return path


# --- Once, and only once


def test_second_time_changes_no_row():
    before = everything()

    with CaptureQueriesContext(connection) as queries:
        load()

    assert everything() == before
    writes = [query["sql"] for query in queries if re.match(r"\s*(INSERT|UPDATE|DELETE)", query["sql"])]
    assert [sql for sql in writes if Heartbeat._meta.db_table not in sql] == []


def test_second_time_a_year_later_only_adds_dates():
    known = dict(Occurrence.objects.values_list("pk", "original_date"))

    with time_machine.travel(dt.datetime(2024, 10, 8, 7, tzinfo=dt.UTC)):
        load()

    after = dict(Occurrence.objects.values_list("pk", "original_date"))
    assert {pk: after[pk] for pk in known} == known
    assert len(after) > len(known)
    assert max(after.values()) > max(known.values())


def test_command_says_what_is_there(settings, capsys):
    settings.STEK_DEMO = True

    call_command("demo")

    dates = Occurrence.objects.count()
    expected = f"Demo loaded: 2 sites, 24 organisations, 37 key moments, 31 activities, 33 agreements, {dates} dates.\n"
    assert capsys.readouterr().out == expected


def test_command_refuses_outside_the_demonstration(settings):
    settings.STEK_DEMO = False

    with pytest.raises(CommandError, match="STEK_DEMO=1"):
        call_command("demo")


def test_horizon_is_reported_to_the_health_page():
    assert Heartbeat.objects.filter(name="materialisation").exists()


def test_each_agreement_was_logged_once_and_by_nobody():
    logs = ChangeLog.objects.filter(verb="start_series")

    assert logs.count() == Series.objects.count()
    assert not ChangeLog.objects.filter(by__isnull=False).exists()


# --- A file that changes, and people who change things


def test_corrected_words_reach_the_existing_rows(tmp_path, facts):
    before = {model: model.objects.count() for model in (Series, Text, Milestone, Engagement, Occurrence)}
    keys = set(Series.objects.values_list("pk", flat=True))
    version = Site.objects.get(slug=K).schedule_version
    facts["activities"][0]["series"][0]["title"] = {"nl": "Babbeluur", "fr": "Papote", "en": "Chat hour"}
    facts["milestones"][0]["text"]["nl"] = "Leader geeft geld."

    load(written(tmp_path, facts))

    series = Series.objects.get(title="Babbeluur")
    assert sorted(series.texts.values_list("language", "title")) == [("en", "Chat hour"), ("fr", "Papote")]
    assert Milestone.objects.filter(text="Leader geeft geld.").count() == 1
    assert {model: model.objects.count() for model in before} == before
    assert set(Series.objects.values_list("pk", flat=True)) == keys
    assert Site.objects.get(slug=K).schedule_version > version


def test_rule_and_price_of_an_agreement_stay_as_they_were(tmp_path, facts):
    before = list(Series.objects.order_by("pk").values_list("pk", "weekday", "price_kind", "part"))
    facts["activities"][0]["series"][0] |= {"weekday": "friday", "price": "ask", "part": "morning"}

    load(written(tmp_path, facts))

    assert list(Series.objects.order_by("pk").values_list("pk", "weekday", "price_kind", "part")) == before


def test_what_a_person_changed_stays(tmp_path, facts):
    person = User.objects.create_user("coordinator@example.org")
    activity = Activity.objects.get(site__slug=K, slug="ontmoetingsmoment")
    series = activity.series.get()
    series.title = "Mijn titel"
    series.save(update_fields=["title"])
    log_change(
        by=person,
        verb="correct",
        about=series,
        site=activity.site,
        changes={"title": ["Ontmoetingsmoment", "Mijn titel"]},
    )

    load()

    assert activity.series.get().title == "Mijn titel"


def test_agreement_that_was_changed_from_a_day_on_is_not_started_again():
    series = Series.objects.get(activity__site__slug=K, activity__slug="open-leersalon")
    change_from(series, dt.date(2023, 11, 3), by=None, weekday=Weekday.FRIDAY)
    before = everything()

    load()

    assert everything() == before


def test_site_with_a_new_address_is_not_made_again():
    rename_address(Site.objects.get(slug=W), slug="het-kattegat", by=None)
    before = everything()

    load()

    assert everything() == before


BROKEN = {
    "unknown key": (
        lambda f: f["activities"][0].update(wekday="monday"),
        r"activities\[0\] \(ontmoetingsmoment\).*wekday",
    ),
    "missing key": (lambda f: f["sites"][1].pop("municipality"), r"sites\[1\] \(kattegat\): say municipality"),
    "unknown word": (
        lambda f: f["activities"][0]["series"][0].update(weekday="maandag"),
        "'maandag' is none of monday",
    ),
    "missing language": (lambda f: f["milestones"][0]["text"].pop("fr"), "write it in nl, fr, en"),
    "unknown partner": (
        lambda f: f["bodies"][0]["seats"].append({"organisation": "nobody"}),
        "'nobody' stands nowhere",
    ),
    "unknown type": (lambda f: f["activities"][0].update(type="disco"), "there is no type 'disco'"),
    "not a date": (lambda f: f["milestones"][0].update(day="najaar"), "'najaar' is not a date"),
    "twice": (lambda f: f["organisations"].append(f["organisations"][0]), "saamo-antwerpen stands there twice"),
    "impossible example": (
        lambda f: f["activities"][0]["series"][0].update(example_fields=["title"]),
        "cannot be an example",
    ),
    "paid learning": (lambda f: f["activities"].append(paid_learning(f)), "Leren is altijd gratis"),
    "vague day": (lambda f: f["milestones"][0].update(day=dt.date(2021, 10, 3)), "Milestone"),
}


def paid_learning(facts):
    activity = copy.deepcopy(facts["activities"][1]) | {"slug": "dure-les"}
    activity["series"][0]["price"] = "ask"
    return activity


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_is_refused_with_the_entry_and_writes_nothing(tmp_path, facts, name):
    breakage, message = BROKEN[name]
    facts = copy.deepcopy(facts)  # anchors make entries share their texts
    before = everything()
    breakage(facts)

    with pytest.raises(FactError, match=message):
        load(written(tmp_path, facts))

    assert everything() == before


def test_example_walls_say_so_and_at_each_place_one_is_out_of_date():
    told = {
        site.slug: [(spot.language, versions.is_old(spot)) for spot in Spot.objects.filter(site=site).order_by("pk")]
        for site in Site.objects.filter(slug__in=[K, W])
        if (versions := Versions(site))
    }

    assert told == {
        K: [("nl", True), ("nl", False), ("ar", False), ("fr", False)],
        W: [("uk", True), ("nl", False)],
    }
    assert all(where.startswith("Voorbeeld: ") for where in Spot.objects.values_list("where", flat=True))
    assert Spot.objects.filter(hung_on=None).count() == 1
