"""The facts of the two places as they stand in the demonstration, and nothing that the sources leave open."""

from __future__ import annotations

import datetime as dt

import pytest

from activities.enums import Frequency, OccurrenceStatus, Part, PriceKind, Weekday
from activities.models import Activity, Occurrence, Series, Stop
from partners.models import Body, Engagement, Organisation, Seat
from sites.enums import Precision
from sites.models import Milestone
from sites.rules import closed_days
from tests.demo import K, W

pytestmark = pytest.mark.usefixtures("demo")


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


def test_what_went_on_the_road_says_so_on_its_ordinary_date():
    told = Occurrence.objects.exclude(note="").order_by("pk").select_related("series__activity")

    assert [(str(date.day), date.series.activity.slug) for date in told] == [
        ("2023-05-16", "ontmoetingsmoment"), ("2023-05-16", "open-leersalon"),
    ]  # fmt: skip
    assert all(date.note.startswith("Op deze dag op pad, in Dorpshuis Achterbroek") for date in told)
    assert all(set(date.note_translations) == {"fr", "en"} for date in told)


# --- What the sources leave open stays open


def test_no_hour_is_made_up():
    """But for the one outing that is an example as a whole, and says so of its hours too."""
    with_an_hour = Series.objects.filter(begin__isnull=False)

    assert [(one.title, one.example_fields) for one in with_an_hour] == [
        ("Voorbeeld: uitstap naar de dierentuin", ["hours", "price"])
    ]
    assert Occurrence.objects.filter(begin__isnull=False).get().outing.is_example


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


def test_a_beginning_is_told_only_when_a_source_gives_one():
    unknown = Series.objects.filter(first_day_known=False).order_by("activity__site__slug", "activity__slug")

    assert [str(row.activity) for row in unknown] == [
        f"{K}/de-voorkempen", f"{K}/rap-op-stap", f"{K}/uitpas", f"{K}/winkeltje", f"{W}/de-voorkempen",
    ]  # fmt: skip


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
