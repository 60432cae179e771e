"""STEK on a telephone: what a page says of who may keep it, how it is installed, and who gets words beside the mail where."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from sites.actions.erasing import erase_person
from sites.enums import RoleKind
from sites.models import Session, User
from sites.phone import KEEP, KEPT, READER
from sites.views.phone import _code
from stek.backup import restorers
from stek.push import vapid
from stek.push.models import Subscription
from stek.time import wall_now
from tests.factories.push import Browser, make_subscription
from tests.factories.sites import make_person, make_role, make_site, make_user
from tests.reading import read

pytestmark = pytest.mark.django_db
PHONE, ON, HERE = "/mijn/telefoon/", "/mijn/telefoon/meldingen/", "/mijn/telefoon/hier/"
KEPT_PAGES = ["/mijn/", "/mijn/beurten/", "/mijn/beurten/mijn/", "/fr/mijn/"]
# Forms, secrets, one's data, the desk, and what tells of others.
NEVER = [
    "/signalen/", "/signalen/nieuw/", "/beheer/{slug}/signalen/", PHONE, "/mijn/hulp/", "/mijn/hulp/weg/", "/mijn/agenda/", "/mijn/uren/", "/account/gegevens/", "/account/gegevens/alles/",
    "/account/sessies/", "/account/afmelden/", "/beheer/{slug}/", "/beheer/{slug}/rooster/", "/beheer/{slug}/mensen/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def own_key(settings):
    settings.STEK_VAPID_PRIVATE_KEY = vapid.new_key()


def device(user: User, **session) -> Client:
    client = Client()
    client.force_login(user)
    if session:
        kept = client.session
        kept.update(session)
        kept.save()
    return client


def volunteer(**fields) -> User:
    return make_person(RoleKind.VOLUNTEER, site=make_site(), user=make_user(**fields))


# --- what may be kept ---


@pytest.mark.parametrize("path", KEPT_PAGES)
def test_page_of_shifts_says_whose_it_is_and_for_how_long(path, time_machine):
    user = volunteer()
    response = device(user).get(path)

    left = dt.datetime.fromtimestamp(int(response[KEEP]), dt.UTC) - wall_now()
    assert KEPT - dt.timedelta(seconds=5) < left <= KEPT
    assert re.fullmatch(r"[0-9a-f]{20}", response[READER])
    assert "no-store" in response["Cache-Control"]


def test_page_is_kept_no_longer_than_its_session_lasts():
    client = device(volunteer(), since=(wall_now() - dt.timedelta(days=12)).date().isoformat())

    until = dt.datetime.fromtimestamp(int(client.get("/mijn/")[KEEP]), dt.UTC)

    assert until < wall_now() + dt.timedelta(days=2)


@pytest.mark.parametrize("path", NEVER)
def test_other_pages_behind_a_key_are_never_kept(path):
    site = make_site()
    client = device(make_role(RoleKind.COORDINATOR, site=site).user)

    response = client.get(path.format(slug=site.slug))

    assert (response.status_code, response.has_header(KEEP), response.has_header(READER)) == (200, False, True)


def test_errors_redirects_and_answers_to_forms_are_never_kept():
    client = device(volunteer())

    answers = [client.get("/mijn/beurten/00000000-0000-4000-8000-000000000000/"), Client().get("/mijn/")]
    answers += [client.post("/mijn/agenda/"), client.get("/signalen/nieuw/")]

    assert [(answer.status_code, answer.has_header(KEEP)) for answer in answers] == [
        (404, False), (302, False), (200, False), (403, False),
    ]  # fmt: skip


def test_tag_is_another_one_for_each_session_and_says_nothing_of_who():
    user = volunteer()
    first, second = device(user), device(user)

    tags = [client.get("/mijn/")[READER] for client in (first, first, second)]

    assert tags[0] == tags[1] != tags[2]
    assert first.session.session_key not in tags[0]
    assert Client().get("/account/aanmelden/")[READER] == "-"


def test_borrowed_device_keeps_nothing_and_has_no_worker_and_no_pushes():
    client, browser = device(volunteer(), borrowed=True), Browser()

    page = client.get("/mijn/")
    client.post(ON, browser.form)

    assert not page.has_header(KEEP)
    assert b"data-worker" not in page.content
    assert "geleend toestel" in read(client.get(PHONE)).one("main").text
    assert b"data-push" not in client.get(PHONE).content
    assert Subscription.objects.count() == 0


def test_page_has_its_moment_in_words_for_when_it_is_read_later(time_machine):
    time_machine.move_to("2023-10-10T14:05+02:00", tick=False)
    client = device(volunteer())

    assert "Stand van 10 oktober 2023, 14.05 u." in client.get("/mijn/").content.decode()
    assert "Situation du 10 octobre 2023, 14" in client.get("/fr/mijn/").content.decode()


def test_signing_out_and_being_forgotten_tell_the_browser_to_let_go(mailoutbox):
    client = device(volunteer())

    response = client.post("/account/afmelden/")

    assert response["Clear-Site-Data"] == '"storage"'
    assert not Client().get("/account/aanmelden/").has_header("Clear-Site-Data")


# --- the worker and the manifest ---


def test_worker_is_at_the_root_and_asked_anew_each_time():
    response = Client().get("/sw.js")

    assert (response["Content-Type"], response["Cache-Control"]) == ("text/javascript; charset=utf-8", "no-cache")
    assert "worker-src 'self'" in response["Content-Security-Policy"]
    assert response.cookies == {}


def test_worker_brings_all_that_a_kept_page_asks_for():
    shell = set(json.loads(re.match(r"const STEK = (.*);", _code()).group(1))["shell"])
    client = device(volunteer())
    loaded = {
        node.attributes[name].split("#")[0]
        for path in KEPT_PAGES
        for node in read(client.get(path))
        for name in ("src", "href")
        if name in node.attributes and node.tag != "a" and node.attributes.get("rel") not in {"alternate", "manifest"}
    }

    assert len(loaded) >= 6
    assert loaded - shell == set()
    assert {Client().get(path).status_code for path in shell if not path.startswith("/static/")} == {200}


@pytest.mark.parametrize(
    ("prefix", "language", "name"), [("", "nl", "Mijn STEK"), ("/fr", "fr", "Mon STEK"), ("/en", "en", "My STEK")]
)
def test_manifest_is_in_the_language_of_the_page(prefix, language, name):
    page = read(device(volunteer()).get(f"{prefix}/mijn/"))
    (link,) = [node.attributes["href"] for node in page.all("link") if node.attributes["rel"] == "manifest"]
    response = Client().get(link)

    words = response.json()
    assert response["Content-Type"] == "application/manifest+json"
    assert (words["lang"], words["name"], words["start_url"]) == (language, name, f"{prefix}/mijn/")
    assert (words["id"], words["scope"], words["display"]) == ("/mijn/", "/", "standalone")
    assert [(icon["sizes"], icon.get("purpose")) for icon in words["icons"]] == [
        ("192x192", None), ("512x512", None), ("512x512", "maskable"),
    ]  # fmt: skip
    for icon in words["icons"]:
        picture = (django_settings.BASE_DIR / icon["src"].lstrip("/")).read_bytes()
        side = int(icon["sizes"].split("x")[0])
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        assert [int.from_bytes(picture[at : at + 4]) for at in (16, 20)] == [side, side]


def test_public_pages_have_neither_worker_nor_manifest():
    page = Client().get("/").content

    assert b"manifest" not in page
    assert b"phone" not in page


# --- pushes ---


def headings(client: Client) -> list[str]:
    return [node.text for node in read(client.get(PHONE)).one("main").all("h3")]


def test_device_is_added_once_and_listed_to_its_owner_only():
    user, other, browser = volunteer(), volunteer(), Browser()
    here, there = device(user), device(user)

    for _twice in range(2):
        response = here.post(ON, browser.form, follow=True)

    assert read(response).all("h3")[0].text == "Dit toestel"
    assert (headings(there), headings(device(other))) == (["Een ander toestel"], [])
    row = Subscription.objects.get()
    assert (row.user, row.session_id) == (user, here.session.session_key)


def test_row_does_not_tell_whose_browser_it_is():
    browser = Browser()
    device(volunteer()).post(ON, browser.form)

    row = Subscription.objects.get()

    words = f"{row.handle} {row.sealed}"
    assert "push.example" not in words
    assert not {browser.form["p256dh"], browser.form["auth"], browser.endpoint} & set(words.split())


@pytest.mark.parametrize(
    "changes", [{"endpoint": "https://127.0.0.1/x"}, {"endpoint": ""}, {"auth": "x"}, {"p256dh": "A" * 87}]
)
def test_what_is_no_address_is_refused_in_words(changes):
    response = device(volunteer()).post(ON, Browser().form | changes, follow=True)

    assert "Dat lukte niet" in read(response).text
    assert Subscription.objects.count() == 0


def test_device_is_taken_away_by_its_owner_and_nobody_else():
    user = volunteer()
    row = make_subscription(user)
    off = f"{PHONE}meldingen/{row.pk}/uit/"

    device(volunteer()).post(off)
    device(user).get(off)
    assert Subscription.objects.count() == 1

    device(user).post(off)
    assert Subscription.objects.count() == 0


def test_signing_out_ends_the_device_it_was_asked_on_and_no_other():
    user = volunteer()
    here, there = device(user), device(user)
    kept = Browser()
    here.post(ON, Browser().form)
    there.post(ON, kept.form)

    here.post("/account/afmelden/")

    assert Subscription.objects.get().session_id == there.session.session_key


def test_signing_a_device_out_from_another_ends_its_pushes():
    user = volunteer()
    here, lost = device(user), device(user)
    lost.post(ON, Browser().form)

    here.post("/account/sessies/", {"which": "others"})

    assert Subscription.objects.count() == 0


def test_same_person_who_signs_in_anew_keeps_them_and_somebody_else_ends_them():
    user, other, browser = volunteer(), volunteer(), Browser()
    make_subscription(user, browser=browser)
    again = device(user)

    assert again.post(HERE, {"endpoint": browser.endpoint}).status_code == 204
    assert Subscription.objects.get().session_id == again.session.session_key

    assert device(other).post(HERE, {"endpoint": browser.endpoint}).status_code == 410
    assert Subscription.objects.count() == 0
    assert again.post(HERE, {"endpoint": browser.endpoint}).status_code == 410


def test_device_that_changes_hands_is_its_new_owners():
    user, other, browser = volunteer(), volunteer(), Browser()
    make_subscription(user, browser=browser)

    device(other).post(ON, browser.form)

    assert list(Subscription.objects.values_list("user", flat=True)) == [other.pk]


def test_eleventh_device_takes_the_place_of_the_first():
    user = volunteer()
    rows = [make_subscription(user) for _ in range(11)]

    assert set(Subscription.objects.of(user.pk)) == set(rows[1:])


def test_nothing_is_offered_or_taken_without_a_key(settings):
    settings.STEK_VAPID_PRIVATE_KEY = ""
    client = device(volunteer())

    client.post(ON, Browser().form)

    assert b"data-push" not in client.get(PHONE).content + client.get("/mijn/").content
    assert Subscription.objects.count() == 0


@pytest.mark.parametrize("path", [PHONE, ON, HERE, f"{PHONE}meldingen/1/uit/"])
def test_stranger_is_led_to_the_door(path):
    assert {Client().get(path)["Location"].split("?")[0], Client().post(path)["Location"].split("?")[0]} == {
        reverse("account_login")
    }


def test_devices_are_taken_along_and_forgotten():
    user = volunteer()
    row = make_subscription(user)

    found = device(user).get("/account/gegevens/alles.json").json()["data"]["devices"]
    assert found == [{"since": row.since.isoformat(), "seen": row.seen.isoformat()}]

    make_subscription()
    erase_person(user, by=None)
    assert not Subscription.objects.filter(user=user.pk).exists()
    assert Subscription.objects.count() == 1


def test_backup_that_is_put_back_brings_no_device_back():
    make_subscription()

    for restore in restorers():
        restore()

    assert (Subscription.objects.count(), Session.objects.count()) == (0, 0)


@pytest.mark.parametrize("devices", [1, 3])
def test_page_takes_as_many_queries_for_three_devices_as_for_one(devices, django_assert_num_queries):
    user = volunteer()
    client = device(user)
    for _ in range(devices):
        make_subscription(user)
    client.get(PHONE)

    with django_assert_num_queries(5):
        client.get(PHONE)
