"""The file of the demonstration: facts with a source, nobody's address, and words in every language."""

from __future__ import annotations

import importlib
import re

import pytest
from django.apps import apps

from activities.demo import FACTS
from activities.demo.facts import EXAMPLE_FIELDS, LANGUAGES, read
from activities.models import Activity, ActivityType, Series
from partners.models import Engagement
from sites.models import HomeAddress, Milestone, Site
from sites.slugs import RESERVED
from tests.demo import K

pytestmark = pytest.mark.usefixtures("demo")


def test_file_holds_no_address_of_a_person():
    text = FACTS.read_text(encoding="utf-8")

    assert re.findall(r"[\w.+-]+@[\w-]+\.\w+", text) == []
    assert re.findall(r"(?<!\d)(?:\+32|0)[1-9](?:[\s/.]?\d){7,8}", text) == []


def test_every_fact_names_its_source(facts):
    def entries(value):
        if isinstance(value, dict):
            yield value
        for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from entries(child)

    told = [entry for entry in entries(facts) if {"code", "slug", "day", "first_day", "does", "place"} & entry.keys()]

    assert len(told) > 100
    assert [entry for entry in told if "source" not in entry and "series" not in entry] == []


def test_only_known_fields_are_examples(facts):
    for kind, model in {"site": Site, "home address": HomeAddress, "series": Series}.items():
        stored = {field for fields in model.objects.values_list("example_fields", flat=True) for field in fields}
        assert stored <= EXAMPLE_FIELDS[kind]
    assert set(
        HomeAddress.objects.filter(site__slug=K, since="2022-07-01").values_list("example_fields", flat=True)[0]
    ) == {"since"}


def test_slugs_are_not_words_of_the_application(facts):
    slugs = {site["slug"] for site in facts["sites"]} | {activity["slug"] for activity in facts["activities"]}

    assert slugs & RESERVED == set()


def test_file_reads_without_a_database(django_db_blocker):
    with django_db_blocker.block():
        assert len(read(FACTS)["activities"]) == 30


# --- Languages


def test_every_agreement_speaks_three_languages():
    for series in Series.objects.prefetch_related("texts"):
        texts = {text.language: text for text in series.texts.all()}
        assert set(texts) == {"fr", "en"}, series
        assert series.title, series
        assert series.description, series
        for text in texts.values():
            assert bool(text.title) == bool(text.description) == True, series  # noqa: E712 (all three at once)
            assert bool(text.audience) == bool(series.audience), series


def test_every_key_moment_and_engagement_speaks_three_languages():
    other = set(LANGUAGES) - {"nl"}

    for moment in Milestone.objects.all():
        assert set(moment.translations) == other, moment
        assert set(moment.correction_translations) == (other if moment.correction_note else set()), moment
    for engagement in Engagement.objects.all():
        assert engagement.does, engagement
        assert set(engagement.does_translations) == other, engagement


def test_types_have_a_name_in_every_language_and_a_drawing():
    languages = {"nl", "fr", "en", "ar", "fa", "tr", "uk", "pl", "ro", "es", "de"}
    drawings = [
        "cup",
        "form",
        "shop",
        "bike",
        "trip",
        "house",
        "book",
        "pot",
        "table",
        "talk",
        "shirt",
        "ticket",
        "van",
        "door",
        "screen",
    ]

    for kind in ActivityType.objects.all():
        assert set(kind.names) == languages, kind
        assert all(kind.names.values()), kind
        assert kind.pictogram in drawings, kind


def test_types_go_back_and_forth_and_keep_what_is_used():
    migration = importlib.import_module("activities.migrations.0002_activity_types")
    used = set(Activity.objects.values_list("type__code", flat=True))
    codes = set(ActivityType.objects.values_list("code", flat=True))
    meeting = ActivityType.objects.get(code="meeting")
    meeting.names["nl"] = "Babbel"
    meeting.save()

    migration.remove_types(apps, None)
    left = set(ActivityType.objects.values_list("code", flat=True))
    migration.add_types(apps, None)

    assert left == used
    assert set(ActivityType.objects.values_list("code", flat=True)) == codes
    assert ActivityType.objects.get(code="meeting").names["nl"] == "Babbel"
