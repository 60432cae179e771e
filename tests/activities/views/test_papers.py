"""Papers to print: they say what the pages say, in each language, and are kept as pages are."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from activities.actions.occurrence import cancel, move
from activities.fixed_offer import Season, offer_flyer
from activities.flyer import flyer
from activities.iso_week import IsoWeek
from activities.models import Activity
from activities.schedule import week
from activities.views import papers
from sites.enums import SiteStatus
from sites.models import Site
from stek.paper import PaperBusy, paper
from tests.factories.activities import make_activity, make_text, make_type
from tests.factories.sites import make_closure, make_home_address, make_place, make_site
from tests.offer import date_of, offer
from tests.pdf import Pdf
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TUESDAY = "2023-10-10T09:00+02:00"


@pytest.fixture
def site(time_machine) -> Site:
    time_machine.move_to(TUESDAY, tick=False)
    site = make_site(slug="kattegat", name="’t Kattegat", status=SiteStatus.ACTIVE)
    house = make_place(site, name="De oude school", address="Kerkplein")
    make_home_address(site, place=house, since=dt.date(2020, 1, 1))
    return site


def words_at(path: str) -> str:
    response = Client().get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return Pdf(response.content).words


def test_a_flyer_is_read_in_the_order_of_the_week(site):
    offer(site, "Koffie #1", weekday=0)
    thursday = offer(site, "Naaien", weekday=3, begin=dt.time(14), end=dt.time(16))
    cancel(date_of(thursday, "2023-10-12"), by=None, note="Ziek")

    words = words_at("/kattegat/week/2023-W41.pdf")

    told = [
        "’t Kattegat", "Week van 9 tot 15 oktober 2023", "Welkom Bienvenue Welcome", "gratis binnen", "9 maandag", "Koffie #1",
        "10.00 tot 12.00 uur Gratis", "dinsdag en woensdag niets gepland", "12 donderdag", "Gaat niet door Naaien", "14.00 tot 16.00 uur",
        "Ziek Volgende keer: donderdag 19 oktober.", "vrijdag tot zondag niets gepland", "Wat is er deze week?", "Waar?", "De oude school", "Kerkplein",
        "Stand van dinsdag 10 oktober 2023.",
    ]  # fmt: skip
    found = [words.find(one) for one in told]
    assert -1 not in found, told[found.index(-1)]
    assert found == sorted(found)


def test_a_moved_date_stands_on_both_days_and_a_closed_day_says_why(site):
    move(date_of(offer(site, "Koffie", weekday=0), "2023-10-09"), by=None, day=dt.date(2023, 10, 11), note="Markt")
    make_closure(site, first_day=dt.date(2023, 10, 13), last_day=dt.date(2023, 10, 13), reason="Kermis")

    words = words_at("/kattegat/week/2023-W41.pdf")

    assert "9 maandag Verplaatst Koffie" in words
    assert "Deze keer op woensdag 11 oktober. Markt" in words
    assert "11 woensdag Andere dag Koffie" in words
    assert "13 vrijdag Dicht: Kermis" in words


def test_days_that_are_closed_on_end_are_told_as_one(site):
    offer(site, "Koffie", weekday=0)
    make_closure(site, first_day=dt.date(2023, 10, 11), last_day=dt.date(2023, 10, 14), reason="Verlof")

    words = {language: words_at(f"/kattegat/week/2023-W41.pdf?taal={language}") for language in ("nl", "fr")}

    assert "dinsdag niets gepland 11–14 woensdag tot zaterdag Dicht: Verlof zondag" in words["nl"]
    assert "Fermé : Verlof" in words["fr"]


def test_a_flyer_in_arabic_says_what_it_is_and_keeps_names_in_their_language(site):
    kind = make_type(code="koffie", names={"nl": "Koffie", "ar": "قهوة"})
    offer(site, "Koffie bij ’t Kattegat", activity=make_activity(site, type=kind), weekday=3)

    response = Client().get("/kattegat/week/2023-W41.pdf?taal=ar")

    words = Pdf(response.content).words
    assert b"/Lang(ar)" in response.content
    assert "قهوة" in words
    assert "الخميس" in words
    assert "Koffie bij ’t Kattegat" in words
    shown = flyer(week(site, IsoWeek(2023, 41), "ar"))
    (act,) = [item for day in shown["days"] for item in day["items"]]
    assert (act["kind"], act["title"]) == ("قهوة", [{"text": "Koffie bij ’t Kattegat", "apart": "yes", "lang": "nl"}])


def test_fourteen_activities_in_french_stay_on_one_sheet(site):
    for number in range(14):
        series = offer(
            site, f"Activiteit {number}", weekday=number % 6, begin=dt.time(9 + number // 6), end=dt.time(11 + number // 6),
            description="Een kop koffie, een babbel en hulp met wie dat nodig heeft.",
        )  # fmt: skip
        make_text(
            series,
            language="fr",
            title=f"Rencontre autour d’un café et d’un formulaire {number}",
            description="Un café, une conversation et de l’aide.",
        )

    made = Pdf(Client().get("/kattegat/week/2023-W41.pdf?taal=fr").content)

    assert len(made.pages) == 1
    assert all(f"formulaire {number}" in made.words for number in range(14))


def test_half_the_size_says_the_same(site):
    offer(site, "Koffie", weekday=3)

    large, small = (Client().get(f"/kattegat/week/2023-W41.pdf{asked}").content for asked in ("", "?formaat=a5"))

    assert b"/MediaBox[0 0 595.2756 841.8898]" in large
    assert b"/MediaBox[0 0 419.52756 595.2756]" in small
    assert Pdf(large).words.split("Waar?")[0] == Pdf(small).words.split("Waar?")[0]


def test_a_flyer_is_kept_until_the_schedule_changes(site, monkeypatch):
    set_ = []
    monkeypatch.setattr(papers, "paper", lambda *args, **named: set_.append(args) or paper(*args, **named))
    series, client = offer(site, "Koffie", weekday=3), Client()

    first, again = (client.get("/kattegat/week/2023-W41.pdf") for _time in range(2))
    assert (first.content, len(set_)) == (again.content, 1)
    assert client.get("/kattegat/week/2023-W41.pdf", headers={"If-None-Match": first["ETag"]}).status_code == 304

    cancel(date_of(series, "2023-10-12"), by=None, note="Ziek")
    changed = client.get("/kattegat/week/2023-W41.pdf", headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, len(set_)) == (200, 2)


def test_a_week_out_of_reach_has_no_flyer(site):
    offer(site, "Koffie", weekday=3)

    assert [Client().get(f"/kattegat/week/{iso}.pdf").status_code for iso in ("1990-W01", "2030-W01", "2023-W54")] == [
        404
    ] * 3


def test_who_comes_when_too_much_is_printed_reads_to_come_back(site, monkeypatch):
    def busy(*_args, **_named):
        raise PaperBusy

    monkeypatch.setattr(papers, "paper", busy)

    response = Client().get("/kattegat/week/2023-W41.pdf")

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert read(response).one("h1").text == "Nog even geduld"


# --- The poster of one activity


def test_a_poster_says_what_comes_back_and_only_what_is_different(site):
    series = offer(site, "Koffie", weekday=3, description="Kom erbij.")
    cancel(date_of(series, "2023-10-19"), by=None, note="Ziek")
    slug = Activity.objects.get().slug

    words = words_at(f"/kattegat/activiteit/{slug}.pdf")

    told = ["’t Kattegat", "Koffie", "Mensen ontmoeten", "donderdag elke week", "10.00 tot 12.00 uur", "Let op", "donderdag 19 oktober",
            "Gaat niet door", "Ziek", "Kom erbij.", "Prijs Gratis", "Meer weten?", "Waar?", "De oude school"]  # fmt: skip
    found = [words.find(one) for one in told]
    assert -1 not in found, told[found.index(-1)]
    assert found == sorted(found)
    assert "donderdag 12 oktober" not in words


def test_a_long_name_takes_two_lines_rather_than_small_letters(site):
    names = {"Koffie": True, "Samen koffie drinken en hulp bij brieven en formulieren": False}

    for name, is_on_one_line in names.items():
        slug = offer(site, name, weekday=3).activity.slug
        lines = Pdf(Client().get(f"/kattegat/activiteit/{slug}.pdf").content).lines
        assert any(name in line for line in lines) == is_on_one_line


def test_each_welcome_fits_in_its_window(site):
    slug = offer(site, "Koffie", weekday=3).activity.slug

    lines = Pdf(Client().get(f"/kattegat/activiteit/{slug}.pdf?taal=fr").content).lines

    assert any("Ласкаво просимо" in line for line in lines)


def test_a_poster_of_what_nobody_published_is_not_there(site):
    slug = make_activity(site).slug

    assert Client().get(f"/kattegat/activiteit/{slug}.pdf").status_code == 404


# --- The fixed offer of a season


def test_a_season_tells_what_comes_back_with_what_begins_and_ends_in_it(site):
    offer(site, "Koffie", weekday=0, last_day=dt.date(2023, 11, 30))
    offer(site, "Naaien", weekday=0, first_day=dt.date(2023, 10, 30), begin=dt.time(8), end=dt.time(9))
    offer(site, "Feest", frequency="once", weekday=None, first_day=dt.date(2023, 11, 4))
    offer(site, "Voorbij", last_day=dt.date(2023, 9, 30))
    make_closure(site, first_day=dt.date(2023, 10, 16), last_day=dt.date(2023, 10, 22), reason="Kermis")

    words = words_at("/kattegat/aanbod.pdf?van=2023-10-01&tot=2023-12-22")

    told = ["Vast aanbod 1 oktober tot en met 22 december 2023", "maandag", "Naaien", "8.00 tot 9.00 uur", "Vanaf 30 oktober 2023.", "Koffie",
            "Tot en met maandag 27 november.", "Dicht: maandag 16 oktober 2023", "Kermis"]  # fmt: skip
    found = [words.find(one) for one in told]
    assert -1 not in found, (told[found.index(-1)], words)
    assert found == sorted(found)
    assert "Feest" not in words
    assert "Voorbij" not in words


def test_a_season_names_the_days_that_are_closed_with_their_reason(site):
    offer(site, "Koffie", weekday=2)
    make_closure(site, first_day=dt.date(2023, 11, 8), last_day=dt.date(2023, 11, 15), reason="Verlof")

    words = words_at("/kattegat/aanbod.pdf?van=2023-11-01&tot=2023-11-30&taal=fr")

    assert "Fermé : mercredi 1er novembre 2023 (Toussaint) et " in words
    assert "Verlof" in words


def test_a_season_without_anything_says_so(site):
    assert "10 oktober 2023 tot en met 9 januari 2024 niets gepland" in words_at("/kattegat/aanbod.pdf")


@pytest.mark.parametrize(
    "asked",
    [
        "van=2023-13-01",
        "van=x",
        "van=2023-10-01&tot=2023-09-01",
        "van=2023-01-01&tot=2025-01-01",
        "van=0001-01-01",
        "van=9999-12-31",
    ],
)
def test_days_that_are_no_season_have_no_flyer(site, asked):
    assert Client().get(f"/kattegat/aanbod.pdf?{asked}").status_code == 404


def test_papers_are_of_the_place_that_was_asked(site):
    other = make_site(slug="elders", status=SiteStatus.ACTIVE)
    offer(other, "Van elders", weekday=3)
    offer(site, "Koffie", weekday=3)

    found = [words_at(f"/kattegat/{path}.pdf") for path in ("week/2023-W41", "aanbod")]

    assert all("Koffie" in words and "Van elders" not in words for words in found)
    slug = Activity.objects.get(site=other).slug
    assert Client().get(f"/kattegat/activiteit/{slug}.pdf").status_code == 404


def test_two_closures_of_one_name_are_told_apart_in_a_season(site):
    offer(site, "Koffie", weekday=1)
    for first, last in ((dt.date(2023, 10, 30), dt.date(2023, 11, 8)), (dt.date(2023, 12, 18), dt.date(2023, 12, 31))):
        make_closure(site, first_day=first, last_day=last, reason="Vakantie")

    season = Season(dt.date(2023, 10, 10), dt.date(2023, 12, 31))
    shut = "".join(run["text"] for run in offer_flyer(site, season, "nl")["shut"])

    assert shut == (
        "Dicht: dinsdag 31 oktober tot en met dinsdag 7 november 2023 (Vakantie)"
        " en dinsdag 19 december tot en met dinsdag 26 december 2023 (Vakantie)"
    )
