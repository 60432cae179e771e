"""How to get there and what there is: told in the reader's language, with a drawing, and nothing that nobody wrote down."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
import time_machine
from django.conf import settings

from activities.cards import _BADGE_ICONS
from activities.models import ActivityType
from sites.enums import Facility, Function
from sites.models import Place
from tests.desk import at_desk, form_at
from tests.factories.activities import make_activity
from tests.factories.sites import make_home_address, make_municipality, make_place, make_site
from tests.offer import TUESDAY, offer
from tests.reading import read

SYMBOLS = set(re.findall(r'<symbol id="([^"]+)"', (Path(settings.BASE_DIR) / "static/stek/icons.svg").read_text()))
KNOWN = {
    "address": "Kerkstraat 1, Kalmthout", "by_bus": "Bus 776, halte Kerk", "by_ride": "Vraag het aan de balie",
    "ride_service": "Bel 03 123 45 67", "facility_codes": ["step_free", "wifi"], "facilities": "De deur is zwaar.",
}  # fmt: skip


@pytest.fixture
def site(db):
    with time_machine.travel(TUESDAY, tick=False):
        site = make_site(slug="hier", name="Hier", municipality=make_municipality(name="Kalmthout"))
        make_home_address(site, place=make_place(site, name="De zaal"), since=dt.date(2022, 1, 1))
        offer(site, weekday=3, activity=make_activity(site, slug="koffie"))
        yield site


def told(client, address):
    """Question -> answer, under “How do I get there?”."""
    page = read(client.get(address))
    (heading,) = [h2 for h2 in page.all("h2") if h2.text in {"Hoe geraak ik er?", "كيف أصل إلى هناك؟"}] or [None]
    if heading is None:
        return None
    box = heading.up("section", "div")
    return {dt.text: dd.text for dt, dd in zip(box.all("dt"), box.all("dd"), strict=True)}


@pytest.mark.parametrize("address", ["/hier/", "/hier/activiteit/koffie/"])
def test_everything_that_is_known_and_nothing_that_is_not(client, site, address):
    before = told(client, address)
    assert before is None if address == "/hier/" else before["De zaal, Kalmthout"] == "adres nog niet bekend"

    desk = at_desk(site)
    path = f"/beheer/hier/adressen/{Place.objects.get().pk}/"
    assert desk.post(path, form_at(desk, path) | KNOWN).status_code == 302

    after = told(client, address)
    assert {question: after[question] for question in list(after)[-5:]} == {
        "De zaal, Kalmthout": "Kerkstraat 1, Kalmthout Toon op een kaart (andere website)",
        "Met de bus": "Bus 776, halte Kerk",
        "Meerijden": "Vraag het aan de balie",
        "Minder Mobielen Centrale: iemand komt je halen": "Bel 03 123 45 67",
        "Toegang en toilet": "geen trap of drempel gratis wifi De deur is zwaar.",
    }
    assert read(client.get(address)).links()["03 123 45 67"] == "tel:031234567"


def test_what_there_is_is_told_in_arabic_and_what_somebody_wrote_is_marked(client, site):
    Place.objects.update(**KNOWN)

    box = read(client.get("/ar/hier/")).one("main").one("dl")

    assert [li.text for li in box.all("li")] == ["بلا درج ولا عتبة", "واي فاي مجاني"]
    marked = [node.text for node in box if node.attributes.get("lang") == "nl"]
    assert {"Kerkstraat 1, Kalmthout", "Bus 776, halte Kerk", "Bel 03 123 45 67", "De deur is zwaar."} <= set(marked)


def test_what_is_an_example_says_so(client, site):
    Place.objects.update(**KNOWN, example_fields=["by_bus", "facility_codes"])

    answers = told(client, "/hier/")

    assert {question for question, answer in answers.items() if "voorbeeld" in answer} == {
        "Met de bus",
        "Toegang en toilet",
    }


def test_facility_nobody_knows_is_refused(site):
    desk, path = at_desk(site), f"/beheer/hier/adressen/{Place.objects.get().pk}/"

    assert desk.post(path, form_at(desk, path) | {"facility_codes": ["zwembad"]}).status_code == 200
    assert Place.objects.get().facility_codes == []


def test_everything_that_has_a_word_has_a_drawing(client, site):
    """Kinds of activity, functions, facilities, states of a date and what one can choose; each stands beside its word."""
    wished = {f"p-{kind.pictogram}" for kind in ActivityType.objects.all()} | {f"f-{function}" for function in Function}
    wished |= {f"a-{facility}" for facility in Facility} | set(_BADGE_ICONS.values()) | {"no"}

    assert wished - SYMBOLS == set()
    used = set(re.findall(r"icons\.svg#([\w-]+)", client.get("/hier/").content.decode()))
    assert used - SYMBOLS == set()


def test_a_drawing_never_stands_alone(client, site):
    Place.objects.update(**KNOWN)
    page = read(client.get("/ar/hier/?gratis=1"))

    assert [svg for svg in page.all("svg") if "aria-hidden" not in svg.attributes] == []
    alone = [
        svg.parent
        for svg in page.all("svg")
        if svg.parent and not svg.up("li", "a", "button", "p", "div", "span", "header", "summary").text
    ]
    assert [node for node in alone if node.attributes.get("class") != "roofs" and node.tag != "body"] == []
