"""The demonstration: the facts of two places, loaded once and only once, and nothing that the sources leave open."""

from __future__ import annotations

import copy
import datetime as dt
import importlib
import re

import pytest
import time_machine
import yaml
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from activities.actions.series import change_from
from activities.demo import FACTS, FactError, load
from activities.demo.facts import EXAMPLE_FIELDS, LANGUAGES, read
from activities.enums import Frequency, OccurrenceStatus, Part, PriceKind, Weekday
from activities.models import Activity, ActivityType, Occurrence, Series, Stop, Text
from partners.models import Body, Engagement, Organisation, Seat
from sites.actions import log_change, rename_address
from sites.enums import Precision
from sites.models import ChangeLog, HomeAddress, Milestone, Site, User
from sites.rules import closed_days
from sites.slugs import RESERVED
from stek.health.models import Heartbeat

TEN_OCTOBER = dt.datetime(2023, 10, 10, 7, tzinfo=dt.UTC)
K, W = "kantine-bezemheide", "kattegat"


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demonstration as it is on 10 October 2023, once for all tests here; what a test changes is undone."""
    with django_db_blocker.unblock(), time_machine.travel(TEN_OCTOBER), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def ten_october(demo, db):
    with time_machine.travel(TEN_OCTOBER):
        yield


@pytest.fixture
def facts():
    return yaml.safe_load(FACTS.read_text(encoding="utf-8"))


def week(site: str, number: int, year: int = 2023) -> list[tuple[str, str, str]]:
    """(activity, weekday, part) of the dates in an ISO week."""
    monday = dt.date.fromisocalendar(year, number, 1)
    rows = Occurrence.objects.filter(site__slug=site, status=OccurrenceStatus.PLANNED)
    rows = rows.filter(day__range=(monday, monday + dt.timedelta(days=6))).select_related("series__activity")
    return [
        (row.series.activity.slug, Weekday(row.day.weekday()).name.lower(), row.part)
        for row in rows.order_by("day", "pk")
    ]


def undated(site: str, number: int, year: int = 2023) -> list[tuple[str, str]]:
    """(title, organisers) of the weekly agreements in an ISO week that have no day."""
    monday = dt.date.fromisocalendar(year, number, 1)
    series = Series.objects.on(monday, monday + dt.timedelta(days=6)).undated().filter(activity__site__slug=site)
    return sorted(
        (row.title, ", ".join(host.organisation.code for host in row.organisers.all()))
        for row in series.filter(frequency=Frequency.WEEKLY)
    )


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
    expected = f"Demo loaded: 2 sites, 24 organisations, 37 key moments, 30 activities, 32 agreements, {dates} dates.\n"
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


# --- The file itself


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


# --- The weekly offer of autumn 2023 (S1, 4.2)


def test_ordinary_week_of_kantine_bezemheide():
    assert week(K, 41) == [
        ("ontmoetingsmoment", "tuesday", Part.AFTERNOON),
        ("open-leersalon", "tuesday", Part.AFTERNOON),
        ("koffie-en-formulieren", "thursday", Part.AFTERNOON),
        ("kruideniertje", "thursday", Part.AFTERNOON),
    ]
    assert undated(K, 41) == [
        ("Rap op Stap", "rap-op-stap-k"),
        ("Sociale dienst De Voorkempen", "de-voorkempen"),
        ("Tweedehandswinkel ’t Winkeltje", "winkeltje"),
        ("UiTPAS", ""),
    ]


def test_ordinary_week_of_kattegat():
    assert week(W, 41) == [
        ("ontmoetingsmoment", "monday", Part.AFTERNOON),
        ("koffie-en-formulieren", "thursday", Part.AFTERNOON),
        ("de-cirkel", "thursday", Part.AFTERNOON),
    ]
    assert undated(W, 41) == [
        ("Fietsbieb", "fietsbieb"),
        ("Open Leersalon", "ligo-kempen"),
        ("Rap op Stap", "rap-op-stap-w"),
        ("Sociale dienst De Voorkempen", "de-voorkempen"),
    ]


def test_each_place_has_only_its_own():
    slugs = {site: set(Activity.objects.filter(site__slug=site).values_list("slug", flat=True)) for site in (K, W)}

    assert slugs[K] & {"fietsbieb", "de-cirkel"} == set()
    assert slugs[W] & {"winkeltje", "kruideniertje", "uitpas"} == set()
    at = {
        site: set(Engagement.objects.filter(site__slug=site).values_list("organisation__code", flat=True))
        for site in (K, W)
    }
    assert at[K] & at[W] == {"saamo-antwerpen", "caw-antwerpen", "de-voorkempen"}


def test_forms_help_in_kattegat_moved_from_monday_to_thursday():
    activity = Activity.objects.get(site__slug=W, slug="koffie-en-formulieren")
    monday, thursday = activity.series.all()

    assert [[day for slug, day, _ in week(W, number) if slug == activity.slug] for number in (5, 6, 7)] == [
        ["monday"], ["monday", "thursday"], ["thursday"],
    ]  # fmt: skip
    assert thursday.follows == monday
    assert monday.last_day == dt.date(2023, 2, 8)
    assert Occurrence.objects.filter(series=monday).last().day == dt.date(2023, 2, 6)
    assert Occurrence.objects.filter(series=thursday).first().day == dt.date(2023, 2, 9)
    assert thursday.reason == "Op maandag kwamen weinig mensen. Nu is het samen met de sociale kruidenier."
    assert set(thursday.reason_translations) == {"fr", "en"}
    assert not activity.volunteers_allowed


def test_easter_brunch_is_open_on_the_holiday():
    brunch = Occurrence.objects.get(series__activity__slug="paasbrunch")

    assert brunch.day == dt.date(2022, 4, 18)
    assert closed_days(brunch.site, [], brunch.day, brunch.day)
    assert brunch.opened_anyway
    assert list(Occurrence.objects.filter(opened_anyway=True)) == [brunch]


def test_on_the_road_stops_at_two_village_halls():
    stops = Stop.objects.select_related("place", "occurrence__series__activity")

    assert [(stop.place.name, str(stop.occurrence.day), stop.occurrence.series.activity.slug) for stop in stops] == [
        ("Dorpshuis Achterbroek", "2023-05-16", "op-pad"),
        ("Dorpshuis Nieuwmoer", "2023-05-16", "op-pad"),
    ]


# --- What the sources leave open stays open


def test_no_hour_is_made_up():
    assert not Occurrence.objects.filter(begin__isnull=False).exists()
    assert not Series.objects.filter(begin__isnull=False).exists()


def test_cooking_has_one_known_day_and_is_then_every_month_on_an_unknown_one():
    first, monthly = Series.objects.filter(activity__slug="samen-koken-samen-eten")

    assert [str(row.day) for row in Occurrence.objects.filter(series__in=[first, monthly])] == ["2023-03-07"]
    assert (monthly.frequency, monthly.weekday, monthly.nth, monthly.follows) == (Frequency.MONTHLY, None, None, first)


def test_vague_beginnings_say_so():
    series = Series.objects.exclude(first_day_precision=Precision.DAY).order_by(
        "activity__site__slug", "activity__slug"
    )

    assert [(row.activity.slug, str(row.first_day), row.first_day_precision) for row in series] == [
        ("de-voorkempen", "2023-09-01", Precision.SEASON),
        ("rap-op-stap", "2023-09-01", Precision.SEASON),
        ("uitpas", "2023-09-01", Precision.SEASON),
        ("winkeltje", "2023-09-01", Precision.SEASON),
        ("de-voorkempen", "2023-09-01", Precision.SEASON),
        ("fietsbieb", "2022-03-01", Precision.MONTH),
        ("open-leersalon", "2023-09-01", Precision.SEASON),
    ]


def test_free_is_learning_or_an_example():
    claimed = Series.objects.filter(price_kind=PriceKind.FREE, activity__learn=False)

    assert [series for series in claimed if "price" not in series.example_fields] == []
    assert not Series.objects.filter(activity__learn=True).exclude(price_kind=PriceKind.FREE).exists()
    assert not Series.objects.filter(price_kind=PriceKind.FIXED).exists()


def test_control_function():
    controlling = Organisation.objects.filter(has_control_function=True).values_list("code", flat=True)

    assert list(controlling) == ["de-voorkempen", "gem-kalmthout", "gem-wuustwezel", "ocmw-wuustwezel"]


def test_two_organisations_are_called_rap_op_stap_and_two_ligo():
    by_name = {row.code: row.name_on(dt.date(2023, 10, 10)) for row in Organisation.objects.with_names()}

    assert [code for code, name in by_name.items() if name == "Rap op Stap"] == ["rap-op-stap-k", "rap-op-stap-w"]
    assert [code for code, name in by_name.items() if name.startswith("Ligo")] == ["ligo-antwerpen", "ligo-kempen"]


def test_groups_and_who_sits_in_them():
    bodies = Body.objects.order_by("kind", "site__slug")
    seats = {body: set(Seat.objects.filter(body=body).values_list("organisation__code", flat=True)) for body in bodies}

    assert [(body.kind, body.first_met and str(body.first_met), len(seats[body])) for body in bodies] == [
        ("participation", None, 3),
        ("steering", None, 7),
        ("working", "2022-09-02", 7),
        ("working", "2022-10-14", 4),
    ]


# --- Where the sources contradict themselves


def test_flyer_of_the_wrong_place_is_corrected_in_the_open():
    flyer = Milestone.objects.get(site__slug=K, day=dt.date(2022, 9, 29))

    assert flyer.text == "De flyer met het aanbod van Kantine Bezemheide is klaar."
    assert "’t Kattegat" in flyer.correction_note
    assert Milestone.objects.get(site__slug=W, day=dt.date(2023, 3, 22)).correction_note == ""


def test_extensions_end_with_june_2025():
    extensions = Milestone.objects.filter(text__contains="verder gaat")

    assert [str(row.day) for row in extensions.order_by("day")] == ["2023-03-27", "2023-05-22"]
    assert all(row.text.endswith("tot eind juni 2025.") and "30 juni 2025" in row.correction_note for row in extensions)


def test_what_must_be_checked_is_marked():
    assert [str(row.day) for row in Milestone.objects.filter(needs_check=True)] == ["2023-05-29"]
    checked = Activity.objects.filter(needs_check=True).order_by("site__slug", "slug")
    assert [str(activity) for activity in checked] == [
        f"{K}/ontmoetingsmoment", f"{K}/uitpas", f"{W}/ontmoetingsmoment",
    ]  # fmt: skip


def test_vague_key_moments():
    vague = Milestone.objects.exclude(precision=Precision.DAY).order_by("day")

    assert [(str(row.day), row.precision) for row in vague] == [
        ("2021-09-01", Precision.SEASON), ("2022-03-01", Precision.MONTH), ("2022-06-01", Precision.SEASON),
    ]  # fmt: skip
    assert "Heropstart" in Milestone.objects.get(day=dt.date(2022, 12, 9)).text
