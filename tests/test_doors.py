"""Every address of the project, as a stranger finds it. A new address that nobody thought about fails here."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sites.enums import SiteStatus
from sites.models import Role, Session, Site
from tests import addresses
from tests.addresses import Address
from tests.demo import TEN_OCTOBER, W, demonstration
from tests.reading import read

pytestmark = pytest.mark.sampled

# What to fill in for each parameter of an address. An unknown name is a new kind of address: add it with a thought.
NOBODYS = "00000000-0000-4000-8000-000000000000"
EXAMPLES = {
    "slug": W, "activity": "koffie-en-formulieren", "iso": "2023-W41", "date": NOBODYS, "step": NOBODYS, "shift": NOBODYS,
    "meeting": NOBODYS, "minutes": NOBODYS, "swap": NOBODYS, "offered": NOBODYS, "held": NOBODYS, "signal": NOBODYS, "dossier": NOBODYS, "dossier_step": NOBODYS, "sentence": NOBODYS, "partnership": "noorderkempen", "period": "2023-Q3", "when": "2023-K3", "letter": "stuurgroep", "token": "x", "secret": "x", "organiser": "caw-antwerpen", "code": "x", "pk": "1", "app_label": "sites", "content_type_id": "1", "object_id": "1", "url": "nergens",
}  # fmt: skip
DATA = (".csv", ".ics", ".json", ".pdf", ".webmanifest")
CSP = "default-src 'self'; img-src 'self' data:; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
FRAMED = "/inbedden/"  # the one page that another website may show within its own


def policy_of(address: str) -> str:
    return CSP.replace("frame-ancestors 'none'", "frame-ancestors *") if address.endswith(FRAMED) else CSP


# What a browser may send: broken, foreign, or left over from another program on this domain.
_OURS = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME]
STRANGE_COOKIES = [
    *(f"{name}={value}" for name in _OURS for value in ("", "x", "garbage", "x" * 8000, "\xff\xfe", "a" * 31 + "!")),
    "sessionid=garbage", "csrftoken=x", "messages=garbage", "django_language=zz; stek-taal=fr", "=; ;;=;a",
]  # fmt: skip
CACHING = ("ETag", "Vary", "Cache-Control", "Content-Language")
PRIVATE_TABLES = [model._meta.db_table for model in (get_user_model(), Session, Role)]


def filled(some: list[Address]) -> list[str]:
    return [address.fill(**EXAMPLES) for address in some]


ADMIN = filled(addresses.ADMIN)
MACHINES = filled(addresses.MACHINES)
# Seven more languages share every line of the code with Arabic: of those one sweep asks what none may do.
SWEPT = {"nl", "fr", "en", "ar"}
PUBLIC = filled([address for address in addresses.PUBLIC if address.language in SWEPT])
IN_OTHER_LANGUAGES = filled([address for address in addresses.PUBLIC if address.language not in SWEPT])
PAGES = [address for address in PUBLIC if not address.endswith(DATA)]
OF_A_SITE = [address for address in PUBLIC if f"/{W}/" in address]
# Open or closed by themselves: (status for a stranger who looks, status for one who sends an empty form).
OTHERS = {
    "/account/aanmelden/": (200, 200),
    "/account/code/": (302, 302),
    "/uitnodiging/{token}/": (404, 404),
    "/berichten/stop/{token}/": (404, 404),
    "/{slug}/activiteit/{activity}/inschrijven/{date}/": (404, 404),
    "/{slug}/plaats/": (200, 200),
    "/{slug}/plaats/{code}/": (404, 404),
    "/account/tweede-stap/code/": (302, 302),
    "/agenda/{secret}/beurten.ics": (404, 405),
    "/q/{code}/": (404, 405),
    "/{slug}/vrijwilliger-worden/": (200, 200),
    "/{slug}/vrijwilliger-worden/{offered}/": (404, 404),
    "/{slug}/ideeen/geef/": (200, 200),
    "/account/sleutels/aanmelden/": (405, 302),
    "/account/sleutels/aanmelden/vraag/": (405, 200),
    **dict.fromkeys(
        [
            "/account/afmelden/",
            "/account/opnieuw/",
            "/account/sessies/",
            "/account/gegevens/",
            "/account/gegevens/alles/",
            "/account/gegevens/alles.json",
            "/account/gegevens/vergeten/",
            "/account/gegevens/adres/",
            "/account/gegevens/adres/code/",
            "/account/sleutels/",
            "/account/sleutels/nieuw/",
            "/account/sleutels/nieuw/vraag/",
            "/account/sleutels/{pk}/",
            "/account/tweede-stap/",
            "/account/tweede-stap/aan/",
            "/account/tweede-stap/uit/",
            "/account/tweede-stap/reservecodes/",
        ],
        (302, 302),
    ),
}


@pytest.fixture(scope="module")
def loaded_demo(django_db_setup, django_db_blocker):
    with demonstration(django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def demo(loaded_demo, db):
    with time_machine.travel(TEN_OCTOBER, tick=False):
        yield


def test_the_sweep_found_every_kind_of_address():
    assert {"/", "/fr/", "/en/", "/privacy/", f"/{W}/", f"/fr/{W}/week/2023-W41/", f"/{W}/agenda.ics"} <= set(PUBLIC)
    assert len(PAGES) == 15 * 4 + 10 * 3  # ten of them are not for visitors, and there in three languages
    assert len(IN_OTHER_LANGUAGES) == 15 * 7
    assert len([address for address in PUBLIC if address.endswith(DATA)]) == 11
    assert len(ADMIN) > 40
    assert {address.path for address in addresses.OTHERS if address.is_dutch} == set(OTHERS)


@pytest.mark.parametrize("address", OTHERS)
def test_address_of_its_own_kind_answers_a_stranger_as_written_down(address):
    client, path = Client(enforce_csrf_checks=False), address.format(**EXAMPLES)

    assert (client.get(path).status_code, client.post(path).status_code) == OTHERS[address]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_knows_nothing_of_its_reader(address):
    client = Client(
        headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={'a' * 32}; {settings.CSRF_COOKIE_NAME}={'b' * 32}"}
    )

    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)

    assert response.status_code == 200
    assert response.cookies == {}
    assert "cookie" not in response.get("Vary", "").lower()
    private = [q["sql"] for q in queries if any(table in q["sql"] for table in PRIVATE_TABLES)]
    assert private == []


def test_public_address_in_another_language_sets_no_cookie_either(client):
    for address in IN_OTHER_LANGUAGES:
        response = client.get(address)
        assert (response.status_code, response.cookies) == (200, {})
        assert response["Content-Security-Policy"] == policy_of(address)


@pytest.mark.parametrize("address", [*PUBLIC, *MACHINES, "/nergens/"])
def test_cookie_that_is_not_ours_changes_nothing(address, monkeypatch):
    plain = Client().get(address)
    monkeypatch.setattr(SessionBase, "_get_session", lambda *_args, **_kwargs: pytest.fail("the session was opened"))

    for cookie in STRANGE_COOKIES:
        response = Client(headers={"Cookie": cookie}).get(address)
        assert (response.status_code, response.content) == (plain.status_code, plain.content), cookie
        assert response.cookies == {}, cookie
        assert [response.get(name) for name in CACHING] == [plain.get(name) for name in CACHING], cookie
        if plain.has_header("ETag"):
            again = Client(headers={"Cookie": cookie, "If-None-Match": plain["ETag"]}).get(address)
            assert (again.status_code, again.cookies) == (304, {}), cookie


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_may_run_and_load_only_what_is_ours(address):
    response = Client().get(address)

    assert response["Content-Security-Policy"] == policy_of(address)
    assert response.get("X-Frame-Options") == (None if address.endswith(FRAMED) else "DENY")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", PAGES)
def test_page_holds_nothing_inline_and_nothing_from_elsewhere(address):
    page = read(Client().get(address))

    scripts = [node for node in page.all("script") if node.attributes.get("type") != "application/ld+json"]
    assert [node for node in scripts if "src" not in node.attributes or node.children] == []
    assert page.all("style") == []
    inline = [name for node in page for name in node.attributes if name == "style" or name.startswith("on")]
    assert inline == []
    loaded = [
        node.attributes[name]
        for node in page
        for name in ("src", "href", "srcset", "action", "data")
        if name in node.attributes and node.tag != "a"
    ]
    assert loaded
    assert [url for url in loaded if not re.match(r"/(?!/)", url)] == []


@pytest.mark.parametrize("address", PAGES)
def test_page_is_whole_for_those_who_cannot_see_it(address):
    page = read(Client().get(address))

    code = next((code for code, _name in settings.LANGUAGES if address.startswith(f"/{code}/")), "nl")
    assert page.one("html").attributes["lang"] == code
    assert [len(page.all(tag)) for tag in ("h1", "main")] == [1, 1]
    assert len(page.one("head").all("title")) == 1
    assert page.all("a")[0].attributes["href"] == "#" + page.one("main").attributes["id"]
    ids = [node.attributes["id"] for node in page if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    assert [link for link in page.all("a", "button") if not (link.text or link.attributes.get("aria-label"))] == []
    levels = [int(node.tag[1]) for node in page.all("h1", "h2", "h3", "h4", "h5")]
    assert [after for before, after in pairwise(levels) if after > before + 1] == []


@pytest.mark.parametrize("address", [address for address in PAGES if address.startswith("/fr/")])
def test_french_has_a_space_that_does_not_break_before_its_marks(address):
    page = read(Client().get(address))

    skipped = {
        child
        for node in page
        for child in node
        if node.tag in {"script", "code"}
        or "code-lines" in node.attributes.get("class", "")
        or node.attributes.get("lang") == "nl"
    }
    texts = [child for node in page if node not in skipped for child in node.children if isinstance(child, str)]
    texts += [node.attributes[name] for node in page for name in ("aria-label", "content") if name in node.attributes]
    texts = [re.sub(r"https?://\S+", "", text) for text in texts]
    assert [text for text in texts if re.search(r"(^|[\w)»”])[:;?!»]|«[\w ]| [:;?!»]", text.strip("\n "))] == []


def test_every_link_on_every_page_leads_somewhere():
    links = {address: [a.attributes["href"] for a in read(Client().get(address)).all("a")] for address in PAGES}
    ours = {link for found in links.values() for link in found if link.startswith("/")}

    assert all(links.values())
    assert len(ours) > 60
    assert {
        link: status for link in sorted(ours) if (status := Client().get(link, follow=True).status_code) != 200
    } == {}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_is_read_only_and_says_so_on_a_page(address):
    # As a browser does it: with the check of forms on.
    client = Client(enforce_csrf_checks=True)

    for method in ("post", "put", "patch", "delete"):
        response = getattr(client, method)(address)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
        assert len(read(response).all("h1")) == 1
        assert response.cookies == {}


def test_admin_leads_every_stranger_to_the_door_of_everybody():
    answers = {address: Client().get(address) for address in ADMIN}

    places = {address: response.get("Location", "").split("?")[0] for address, response in answers.items()}
    assert places["/admin/login/"] == "/account/aanmelden/"
    assert set(places.values()) == {"/account/aanmelden/", "/admin/login/"}
    assert Client().post("/admin/login/", {"username": "a", "password": "b"}).status_code == 302
    for response in answers.values():
        assert "unsafe-inline" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("status", sorted(set(SiteStatus.values) - {SiteStatus.ACTIVE}))
def test_site_that_does_not_run_has_no_public_address(status):
    Site.objects.filter(slug=W).update(status=status)

    found = {address: Client().get(address).status_code for address in OF_A_SITE}

    assert len(found) == 60
    assert {address: code for address, code in found.items() if code != 404} == {}


def test_health_is_for_machines_and_keeps_nothing():
    response = Client().get("/gezond/")

    assert response["Content-Type"] == "application/json"
    assert "no-store" in response["Cache-Control"]
    assert response.cookies == {}


def test_icon_that_browsers_ask_for_is_ours():
    response = Client().get("/favicon.ico")

    assert (response.status_code, response["Location"][:8]) == (302, "/static/")
