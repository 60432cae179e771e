"""What a visitor meets in a language other than Dutch, French or English: everything in it, and nothing that is not for visitors."""

from __future__ import annotations

import datetime as dt

import polib
import pytest
import time_machine
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import override

from activities.iso_week import IsoWeek
from activities.models import Activity
from activities.views.week import found_words
from activities.words import day_words, frequency_words, hours_words, week_words, weekday_words
from partners.models import Candidate, Invitation
from sites.models import Municipality, Site
from sites.slugs import LANGUAGE_CODES
from stek import catalogues, errors, pages
from tests.addresses import ALL, IN_NO_LANGUAGE_OF_THE_DESK
from tests.demo import TEN_OCTOBER, K, W, demonstration
from tests.desk import at_desk, filled
from tests.dutch import dutch_left, sentences_left
from tests.factories.sites import make_site
from tests.outings import join_path, outing_at
from tests.reading import read
from tests.test_doors import EXAMPLES, PAGES

CODES = [code for code, _name in settings.LANGUAGES]
DESK = [code for code, _name in settings.STEK_DESK_LANGUAGES]
VISITORS_ONLY = [code for code in CODES if code not in DESK]
FIRST, LAST = IsoWeek(2022, 6), IsoWeek(2024, 6)


def test_eleven_languages_and_each_of_them_is_a_reserved_word():
    assert len(CODES) == 11
    assert set(CODES) == LANGUAGE_CODES == set(pages.WELCOME)


def test_every_string_of_a_visitor_is_there_in_every_language():
    """And every other one in those of the desk."""
    assert catalogues.languages() == [code for code in CODES if code != "nl"]
    assert catalogues.check() == []


def test_a_string_for_visitors_that_is_missing_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)

    problems = catalogues.check()

    assert "ar: missing: 'Gaat niet door' (activities/enums.py, activities/telling.py)" not in problems
    assert any(one.startswith("ar: missing: 'Gaat niet door'") for one in problems)
    assert any(one.startswith("fr: missing: 'Opbouwwerkers'") or "Sleutelmoment erbij" in one for one in problems)
    assert not any(one.startswith("ar: ") and "Sleutelmoment erbij" in one for one in problems)


@pytest.mark.parametrize("language", VISITORS_ONLY)
def test_words_differ_from_the_dutch_ones(language):
    """A translation that was copied and never made; what is the same in both languages is written down here."""
    same = {
        "j F Y",
        "F Y",
        "l j F Y",
        "l j F",
        "j F",
        "j",
        ", ",
        "Website",
        "Privacy",
        "toilet",
        "%(first)s – %(last)s",
        "%(hours)s: %(title)s",
        "%(days)s (%(reason)s)",
    }
    alike = {"es": {"Gratis"}, "de": {"Allerheiligen", "Flyer"}}.get(language, set())
    catalogue = polib.pofile(str(catalogues.LOCALE / language / "LC_MESSAGES" / "django.po"))

    copied = {entry.msgid for entry in catalogue if entry.msgstr == entry.msgid} - same - alike

    assert copied == set()


@pytest.fixture(scope="module")
def loaded_demo(django_db_setup, django_db_blocker):
    with demonstration(django_db_blocker):
        yield


@pytest.fixture
def demo(loaded_demo, db):
    with time_machine.travel(TEN_OCTOBER, tick=False):
        yield


def names() -> list[str]:
    """What may stand in the title of a page, which knows no marks."""
    titles = [title for activity in Activity.objects.all() for title in activity.series.values_list("title", flat=True)]
    descriptions = [
        text for activity in Activity.objects.all() for text in activity.series.values_list("description", flat=True)
    ]
    return [
        *Site.objects.values_list("name", flat=True),
        *Municipality.objects.values_list("name", flat=True),
        *titles,
        *descriptions,
    ]


def arabic_pages() -> list[str]:
    weeks = [FIRST.plus(number) for number in range(0, 105, 3)]
    activities = [f"/ar/{a.site.slug}/activiteit/{a.slug}/" for a in Activity.objects.select_related("site")]
    some = [
        f"/ar/{slug}/{what}"
        for slug in (K, W)
        for what in ("", "partners/", "sleutelmomenten/", "?gratis=1", "?functie=leren&avond=1")
    ]
    some += [f"/ar/{slug}/week/{week}/" for slug in (K, W) for week in weeks]
    return [
        *(address for address in PAGES if address.startswith("/ar/")),
        *some,
        *activities,
        f"/ar/{K}/week/2022-W16/",
        f"/ar/{W}/week/2023-W06/",
    ]


@pytest.mark.once
def test_no_dutch_is_left_on_an_arabic_page_that_is_not_marked_as_dutch(demo):
    client, in_head = Client(), names()
    answers = {address: client.get(address) for address in arabic_pages()}
    found = {
        a: left
        for a, answer in answers.items()
        if answer.status_code == 200 and (left := dutch_left(read(answer), in_head=in_head))
    }

    assert len([answer for answer in answers.values() if answer.status_code == 200]) > 100
    assert found == {}


@pytest.mark.once
def test_no_dutch_sentence_of_ours_is_left_in_what_arabic_calendars_and_websites_read(demo):
    client = Client()
    for slug in (K, W):
        for what in ("agenda.ics", "week/2023-W06.json", "week/2022-W16.json", "week/2023-W41.json"):
            answer = client.get(f"/{slug}/{what}?taal=ar").content.decode().replace("\r\n ", "")
            assert "مجانًا" in answer or "week" in what
            assert sentences_left(answer) == [], what


@pytest.mark.django_db
@pytest.mark.by_worker
def test_registering_for_an_outing_is_arabic_from_the_form_to_cancelling(client):
    """Everything somebody meets: the form, what it refuses, the list, one's own page, and a code that nobody knows."""
    with time_machine.travel(TEN_OCTOBER, tick=False) as clock:
        found = _dutch_met_while_registering(client, clock)
    assert found == {}


def _dutch_met_while_registering(client, clock) -> dict[int, list[str]]:
    outing = outing_at(make_site(slug="hier", name="Hier"), places=3)
    path = "/ar" + join_path(outing)
    seen = [client.get(path)]
    form = filled(read(seen[0]))
    clock.shift(60)
    seen += [
        client.post(path, form | said)
        for said in ({}, {"nickname": "0470 12 34 56"}, {"contact": "nergens", "wants_letter": "on"})
    ]
    joined = client.post(path, form | {"nickname": "Mira", "people": "2", "contact": "mira@example.org"})
    mine = joined["Location"]
    seen += [client.get(mine), client.get(path), client.post(path, form | {"nickname": "Nour", "people": "3"})]
    seen += [
        client.get("/ar/hier/plaats/"),
        client.post("/ar/hier/plaats/", {"code": "xx"}),
        client.get("/ar/hier/plaats/ABCD-EFGH-JKLM/"),
    ]
    seen += [
        client.post(mine, {"do": "fewer", "people": "7"}),
        client.get(client.post(mine, {"do": "leave"})["Location"]),
    ]

    assert {answer.status_code for answer in seen} == {200, 404}
    names = ["Hier", outing.occurrence.series.title, "Mira", "Nour"]
    return {number: left for number, answer in enumerate(seen) if (left := dutch_left(read(answer), in_head=names))}


@pytest.mark.django_db
@pytest.mark.by_worker
def test_offering_to_help_is_arabic_from_the_form_to_taking_it_back(client):
    """And the coordinator reads in Dutch in which language they filled it in, and invites in one that they have pages in."""
    site, path = make_site(slug="hier", name="Hier"), "/ar/hier/vrijwilliger-worden/"
    with time_machine.travel(TEN_OCTOBER, tick=False) as clock:
        seen = [client.get(path)]
        form = filled(read(seen[0]))
        wrong = {"name": "نور", "phone": "0470", "skills": ["host"]}
        seen += [client.post(path, form | said) for said in ({}, wrong, wrong | {"website": "x"})]
        clock.shift(60)
        seen += [client.post(path, form | {"name": "0470 12 34 56", "phone": "0470 12 34 56", "consent": "on"})]
        thanks = client.post(path, form | {"name": "نور", "email": "nour@example.org", "consent": "on"})["Location"]
        seen += [client.get(thanks)]
        desk = at_desk(site)
        listed = desk.get("/beheer/hier/vrijwilligers/aanmeldingen/")
        desk.post(f"/beheer/hier/vrijwilligers/aanmeldingen/{Candidate.objects.get(site=site).pk}/uitnodigen/")
        seen += [client.get(thanks)]

    assert {answer.status_code for answer in seen} == {200, 404}
    left = {number: found for number, one in enumerate(seen) if (found := dutch_left(read(one), in_head=["Hier"]))}
    assert left == {}
    assert "Vulde dit in het Arabisch in" in listed.text
    assert Invitation.objects.get().language == "nl"


def test_pages_that_say_what_went_wrong_are_arabic_too(rf: RequestFactory):
    request: HttpRequest = rf.get("/ar/nergens/")
    with override("ar"):
        answers = [
            errors.not_found(request), errors.bad_request(request), errors.forbidden(request), errors.csrf_failure(request),
            errors.too_large(request), errors.too_often(request, seconds=600), errors.broken(request), errors.busy(request),
        ]  # fmt: skip
        answers.append(pages.public_page(lambda request: None)(rf.post("/ar/nergens/")))  # type: ignore[arg-type,return-value]

    assert sorted(answer.status_code for answer in answers) == [400, 403, 403, 404, 405, 413, 429, 500, 503]
    assert [left for answer in answers if (left := dutch_left(read(answer)))] == []
    assert {read(answer).one("html").attributes["dir"] for answer in answers} == {"rtl"}


def test_dutch_that_is_left_is_found():
    left = read(
        HttpResponse(
            '<html lang="ar"><title>Hier</title><p aria-label="Kies">مجانًا <bdi lang="nl">SAAMO</bdi> Gratis STEK</p></html>'
        )
    )

    assert dutch_left(left, in_head=["Hier"]) == ["Kies", "Gratis"]
    assert sentences_left("STATUS: Deze keer op vrijdag") == ["Deze keer op"]


# --- Which pages are there in which language


@pytest.mark.once
def test_page_that_is_not_for_visitors_leads_to_the_dutch_one(demo, client):
    """All of them in Arabic, the first five in each other language: they share one rule."""
    by_language = {code: [one for one in IN_NO_LANGUAGE_OF_THE_DESK if one.language == code] for code in VISITORS_ONLY}
    for address in [one for code, some in by_language.items() for one in (some if code == "ar" else some[:5])]:
        path = address.fill(**dict.fromkeys(address.parameters, "1") | {"slug": W} | EXAMPLES)
        answer = client.get(f"{path}?zoek=ja")

        assert (answer.status_code, answer["Location"]) == (302, f"{pages.bare_path(path)}?zoek=ja")
        assert client.post(path).status_code == 302


def test_of_every_page_that_is_not_for_visitors_there_is_none_in_another_language():
    beyond = {address.path.split("/")[1] for address in ALL} & set(VISITORS_ONLY)
    with_a_form = [address.path for address in ALL if address.path.startswith("/ar/") and not address.is_public]

    assert beyond == set(VISITORS_ONLY)
    # Registering for an outing, offering help and giving an idea are for visitors too.
    assert set(with_a_form) == {
        "/ar/{slug}/activiteit/{activity}/inschrijven/{date}/", "/ar/{slug}/plaats/", "/ar/{slug}/plaats/{code}/",
        "/ar/{slug}/vrijwilliger-worden/", "/ar/{slug}/vrijwilliger-worden/{offered}/", "/ar/{slug}/ideeen/geef/",
    }  # fmt: skip
    assert len(IN_NO_LANGUAGE_OF_THE_DESK) > 80


def test_pages_of_the_desk_are_offered_in_its_languages_only(demo, client):
    page = read(client.get("/account/aanmelden/"))
    builders = read(client.get("/gegevens/"))
    visitors = read(client.get("/privacy/"))

    offered = [
        [link.attributes["hreflang"] for link in one.all("link") if "hreflang" in link.attributes]
        for one in (page, builders, visitors)
    ]
    assert offered == [DESK, DESK, CODES]


def test_arabic_privacy_page_leads_who_has_a_key_to_a_language_of_the_desk(demo, client):
    arabic, french = read(client.get("/ar/privacy/")), read(client.get("/fr/privacy/"))

    links = [a.attributes["href"] for a in arabic.one("main").all("a")]
    assert links == ["/privacy/", "/fr/privacy/", "/en/privacy/"]
    assert (arabic.all("table"), len(french.all("table"))) == ([], 1)


# --- Read through, or not yet


def test_says_that_nobody_read_it_through_until_a_day_stands_in_the_catalogue(demo, client, tmp_path, monkeypatch):
    unread = dict.fromkeys(DESK, "nog niet nagelezen") | {"ar": "لم تُراجَع بعد", "de": "noch nicht geprüft"}
    foot = lambda code: read(client.get("/" if code == "nl" else f"/{code}/")).one("footer").text  # noqa: E731

    assert {code: words in foot(code) for code, words in unread.items()} == {
        "nl": False,
        "fr": False,
        "en": False,
        "ar": True,
        "de": True,
    }

    for code in ("ar", "de"):
        catalogue = polib.POFile()
        catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"} | (
            {catalogues.READ_THROUGH: "2026-03-01"} if code == "ar" else {}
        )
        (tmp_path / code / "LC_MESSAGES").mkdir(parents=True)
        catalogue.save_as_mofile(str(tmp_path / code / "LC_MESSAGES" / "django.mo"))
    monkeypatch.setattr(settings, "LOCALE_PATHS", [tmp_path])
    pages.is_unread.cache_clear()
    assert {code: pages.is_unread(code) for code in ("ar", "de")} == {"ar": False, "de": True}
    pages.is_unread.cache_clear()


# --- Numbers, days and hours


def test_plurals_have_the_forms_of_their_language():
    class Found:
        def __init__(self, number):
            self.days, self.undated = [], [None] * number

    words = {}
    for language, numbers in {
        "ar": (1, 2, 3, 11, 100),
        "uk": (1, 3, 5, 21),
        "pl": (1, 3, 5, 22),
        "ro": (1, 2, 20),
        "tr": (1, 2),
    }.items():
        with override(language):
            words[language] = [found_words(Found(number)) for number in numbers]

    assert words["ar"] == [
        "نشاط واحد يناسب ما اخترتم.", "نشاطان يناسبان ما اخترتم.", "3 أنشطة تناسب ما اخترتم.", "11 نشاطًا يناسب ما اخترتم.",
        "100 نشاط يناسب ما اخترتم.",
    ]  # fmt: skip
    assert [text.split()[1] for text in words["uk"]] == ["подія", "події", "подій", "подія"]
    assert [text.split()[1] for text in words["pl"]] == ["spotkanie", "spotkania", "spotkań", "spotkania"]
    assert [text.split(" se ")[0] for text in words["ro"]] == ["1 activitate", "2 activități", "20 de activități"]
    assert words["tr"] == ["Seçtiğinize uyan 1 etkinlik var.", "Seçtiğinize uyan 2 etkinlik var."]


def test_every_week_is_not_every_one_week():
    often = {}
    for language in ("nl", "ar", "tr", "uk", "pl", "de"):
        with override(language):
            often[language] = [frequency_words("weekly", number) for number in (1, 2, 5)]

    assert often == {
        "nl": ["elke week", "om de 2 weken", "om de 5 weken"],
        "ar": ["كل أسبوع", "كل أسبوعين", "كل 5 أسابيع"],
        "tr": ["her hafta", "2 haftada bir", "5 haftada bir"],
        "uk": ["щотижня", "раз на 2 тижні", "раз на 5 тижнів"],
        "pl": ["co tydzień", "co 2 tygodnie", "co 5 tygodni"],
        "de": ["jede Woche", "alle 2 Wochen", "alle 5 Wochen"],
    }


DAYS = {
    "ar": ("الثلاثاء 10 أكتوبر 2023", "من 9 إلى 15 أكتوبر 2023"),
    "fa": ("سه\u200cشنبه 10 اکتبر 2023", "9 تا 15 اکتبر 2023"),
    "tr": ("10 Ekim 2023 Salı", "9 – 15 Ekim 2023"),
    "uk": ("вівторок, 10 жовтня 2023 року", "9 – 15 жовтня 2023 року"),
    "pl": ("wtorek, 10 października 2023", "9 – 15 października 2023"),
    "ro": ("marți, 10 octombrie 2023", "9 – 15 octombrie 2023"),
    "es": ("martes, 10 de octubre de 2023", "del 9 al 15 de octubre de 2023"),
    "de": ("Dienstag, 10. Oktober 2023", "9. bis 15. Oktober 2023"),
}


@pytest.mark.parametrize("language", DAYS)
def test_days_are_written_as_the_language_writes_them_in_a_sentence(language):
    with override(language):
        day = dt.date(2023, 10, 10)
        assert (day_words(day, year=True), week_words(IsoWeek(2023, 41))) == DAYS[language]
        assert weekday_words(day) in day_words(day)


def test_hours_stay_whole_and_in_our_digits_where_words_run_to_the_left():
    with override("ar"):
        assert (
            hours_words(dt.time(13), dt.time(16, 30)) == 'من <bdi dir="ltr">13:00</bdi> إلى <bdi dir="ltr">16:30</bdi>'
        )
