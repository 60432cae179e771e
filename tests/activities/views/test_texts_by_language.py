"""The coordinator chooses in which languages texts are written, writes them, and visitors read them; the rest stays Dutch and says so."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from activities.models import Text
from activities.problems import problems
from partners.models import Engagement
from sites.models import ChangeLog, Milestone, Site
from tests.desk import at_desk, confirm, form_at
from tests.factories.activities import make_activity
from tests.factories.partners import make_engagement, make_organisation
from tests.factories.sites import make_home_address, make_site
from tests.offer import TUESDAY, date_of, offer
from tests.reading import read


@pytest.fixture
def site(db):
    with time_machine.travel(TUESDAY, tick=False):
        site = make_site(slug="hier", name="Hier")
        make_home_address(site, since=dt.date(2022, 1, 1))
        yield site


def boxes(client, path):
    """Name -> attributes, of the fields for words."""
    page = read(client.get(path))
    return {
        node.attributes["name"]: node.attributes
        for node in page.one("main").all("input", "textarea")
        if "lang" in node.attributes
    }


def test_begins_with_french_and_english_and_more_are_chosen_on_the_page_of_the_place(site):
    client, path = at_desk(site), "/beheer/hier/plek/"
    assert form_at(client, path)["languages"] == ["fr", "en"]

    client.post(path, form_at(client, path) | {"languages": ["ar", "uk"]})

    assert Site.objects.get(slug="hier").text_languages == [("ar", "العربية"), ("uk", "Українська")]
    log = ChangeLog.objects.get(verb="change_facts")
    assert log.changes == {"languages": [["fr", "en"], ["ar", "uk"]]}
    assert "Français – English" in read(client.get("/beheer/hier/geschiedenis/")).text


def test_language_nobody_knows_is_refused_beside_its_field_and_what_was_typed_stays(site):
    client, path = at_desk(site), "/beheer/hier/plek/"

    answer = client.post(path, form_at(client, path) | {"languages": ["ar", "xx"], "name": "Nieuwe naam"})

    assert (answer.status_code, Site.objects.get(slug="hier").languages) == (200, ["fr", "en"])
    assert "Nieuwe naam" in answer.content.decode()


def test_forms_ask_words_in_the_languages_of_the_place_each_in_its_own_direction(site):
    Site.objects.update(languages=["ar", "pl"])
    series = offer(site, weekday=3)
    engagement = make_engagement(site, organisation=make_organisation())
    client = at_desk(site)

    assert {
        name: (a["lang"], a.get("dir"))
        for name, a in boxes(client, f"/beheer/hier/planner/afspraak/{series.pk}/woorden/").items()
    } == {
        **{f"{field}_ar": ("ar", "rtl") for field in ("title", "description", "audience")},
        **{f"{field}_pl": ("pl", None) for field in ("title", "description", "audience")},
    }
    for path, names in {
        f"/beheer/hier/planner/datum/{date_of(series, '2023-10-12').uuid}/bericht/": ["note_ar", "note_pl"],
        "/beheer/hier/sleutelmomenten/nieuw/": ["text_ar", "text_pl"],
        f"/beheer/hier/partners/engagement/{engagement.pk}/": ["does_ar", "does_pl"],
    }.items():
        assert list(boxes(client, path)) == names, path


def test_words_of_an_activity_are_read_in_arabic_and_the_rest_is_dutch_and_says_so(client, site):
    Site.objects.update(languages=["ar"])
    series = offer(
        site, "Koffie", weekday=3, description="Drink iets mee.", activity=make_activity(site, slug="koffie")
    )
    desk, path = at_desk(site), f"/beheer/hier/planner/afspraak/{series.pk}/woorden/"

    desk.post(path, form_at(desk, path) | {"title_ar": "قهوة", "reason": "Vertaald"})

    assert Text.objects.get(series=series).language == "ar"
    (line,) = read(client.get("/ar/hier/")).one("main").all("h4")
    assert (line.text, [one for one in line if "lang" in one.attributes]) == ("قهوة", [])
    assert client.get("/fr/hier/").content.decode().count('lang="nl">Koffie<') == 1


def test_who_changes_the_dutch_words_hears_which_translations_stayed_as_they_were(site):
    Site.objects.update(languages=["fr", "en", "ar"])
    series = offer(site, "Koffie", weekday=3, description="Drink iets mee.")
    Text.objects.create(series=series, language="fr", title="Café", description="Buvez un coup.")
    Text.objects.create(series=series, language="en", title="Coffee")
    milestone = Milestone.objects.create(
        site=site, partnership=site.partnership, day=dt.date(2023, 1, 9), text="Open", translations={"ar": "فُتح"}
    )
    organisation = make_organisation()
    engagement = make_engagement(site, organisation=organisation, does="Helpt", does_translations={"fr": "Aide"})
    desk = at_desk(site)

    def told(path: str, **words: str) -> list[str]:
        page = read(desk.post(path, form_at(desk, path) | words, follow=True))
        return [one.text for one in page.all("div") if "told" in one.attributes.get("class", "").split()]

    def asked(languages: str) -> str:
        return f"Het Nederlands veranderde, en dit bleef zoals het was: {languages}. Kijk na of het nog klopt."

    agreement = f"/beheer/hier/planner/afspraak/{series.pk}/woorden/"
    done = "De woorden zijn verbeterd."
    assert told(agreement, title="Thee", reason="Nieuw") == [done, asked("Frans, Engels")]
    assert told(agreement, title="Melk", title_fr="Lait", title_en="Milk", reason="Nieuw") == [done]
    assert told(agreement, description="Kom erbij.", reason="Nieuw") == [done, asked("Frans")]
    assert told(agreement, title_fr="Du lait", reason="Beter Frans") == [done]
    assert told(f"/beheer/hier/sleutelmomenten/{milestone.pk}/", text="De deur gaat open")[1:] == [asked("Arabisch")]
    assert told(f"/beheer/hier/partners/engagement/{engagement.pk}/", does="Leidt")[1:] == [asked("Frans")]


def test_note_of_a_date_is_read_in_the_language_of_the_reader(client, site):
    Site.objects.update(languages=["uk"])
    date = date_of(offer(site, weekday=3), "2023-10-12")
    desk, path = at_desk(site), f"/beheer/hier/planner/datum/{date.uuid}/bericht/"

    confirm(desk, path, form_at(desk, path) | {"note": "Breng een tas mee.", "note_uk": "Візьміть сумку."})

    assert "Візьміть сумку." in read(client.get("/uk/hier/")).text
    assert '<bdi lang="nl">Breng een tas mee.</bdi>' in client.get("/ar/hier/").content.decode()


def test_key_moment_and_what_a_partner_does_keep_translations_of_languages_that_are_not_asked(site):
    milestone = Milestone.objects.create(
        site=site,
        partnership=site.partnership,
        day=dt.date(2023, 1, 9),
        text="De deur gaat open",
        translations={"fr": "On ouvre", "de": "Offen"},
    )
    engagement = make_engagement(
        site, organisation=make_organisation(), does="Helpt", does_translations={"fr": "Aide", "de": "Hilft"}
    )
    Site.objects.update(languages=["fr", "ar"])
    desk = at_desk(site)
    moment = f"/beheer/hier/sleutelmomenten/{milestone.pk}/"
    does = f"/beheer/hier/partners/engagement/{engagement.pk}/"

    desk.post(moment, form_at(desk, moment) | {"text_ar": "فُتح الباب", "text_fr": ""})
    desk.post(does, form_at(desk, does) | {"does_ar": "يساعد"})

    assert Milestone.objects.get().translations == {"de": "Offen", "ar": "فُتح الباب"}
    assert Engagement.objects.get().does_translations == {"fr": "Aide", "de": "Hilft", "ar": "يساعد"}


def test_desk_asks_for_translations_in_the_languages_of_the_place_only(site):
    offer(site, weekday=3)
    Site.objects.update(languages=["ar"])

    (asked,) = [one.words for one in problems(Site.objects.get(slug="hier")) if one.kind == "globe"]

    assert asked == "1 activiteit heeft nog geen tekst in het Arabisch."
