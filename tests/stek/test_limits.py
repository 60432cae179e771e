"""Every form has a limit, of size and of number; who comes too often reads so in plain words."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from stek import limits
from stek.limits import BEHIND_THE_DOOR, OPEN, WINDOW, sender
from tests import addresses
from tests.demo import W
from tests.factories.sites import make_user
from tests.reading import read
from tests.test_doors import EXAMPLES

pytestmark = pytest.mark.django_db

FORMS = {
    address.fill(**{name: EXAMPLES.get(name, "1") for name in address.parameters}): address.view
    for address in addresses.ALL
}
OPEN_FORMS = {path for path, view in FORMS.items() if not getattr(view, "login_required", True)}
STRANGER = "192.0.2.77"


@pytest.fixture
def few(monkeypatch):
    """Two of each kind, so that a test need not send a thousand."""
    monkeypatch.setattr(limits, "OPEN", 2)
    monkeypatch.setattr(limits, "BEHIND_THE_DOOR", 2)


def test_sweep_found_open_and_closed_addresses():
    assert len(OPEN_FORMS) > 20
    assert len(FORMS.keys() - OPEN_FORMS) > 60
    assert {"/account/aanmelden/", "/uitnodiging/x/", "/fr/account/code/"} <= OPEN_FORMS
    assert {"/mijn/", f"/beheer/{W}/sleutelmomenten/nieuw/", "/account/gegevens/"} <= FORMS.keys() - OPEN_FORMS


@pytest.mark.parametrize(("name", "paths"), [("OPEN", OPEN_FORMS), ("BEHIND_THE_DOOR", FORMS.keys() - OPEN_FORMS)])
def test_no_address_takes_forms_without_end(name, paths, monkeypatch):
    monkeypatch.setattr(limits, name, 0)
    client = Client(REMOTE_ADDR=STRANGER)

    answers = {path: client.post(path, {"a": "b"}) for path in paths}

    assert {path for path, answer in answers.items() if answer.status_code != 429} == set()
    assert {answer["Retry-After"] for answer in answers.values()} == {str(WINDOW)}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_whatever_is_not_reading_counts(method, few):
    client = Client(REMOTE_ADDR=STRANGER)

    assert [getattr(client, method)("/privacy/").status_code for _ in range(3)] == [405, 405, 429]


def test_reading_is_never_refused(few):
    client = Client(REMOTE_ADDR=STRANGER)
    for _ in range(3):
        client.post("/privacy/")

    assert [client.get("/privacy/").status_code for _ in range(5)] == [200] * 5


@pytest.mark.parametrize(
    ("prefix", "title"), [("", "Even wachten"), ("/fr", "Un instant"), ("/en", "One moment, please")]
)
def test_refusal_is_a_page_in_the_language_of_its_reader(prefix, title, few):
    client = Client(REMOTE_ADDR=STRANGER)
    answers = [client.post(f"{prefix}/account/aanmelden/", {}) for _ in range(3)]

    page = read(answers[2])
    assert page.one("h1").text == title
    assert page.one("html").attributes["lang"] == (prefix.strip("/") or "nl")
    assert page.one("main").links() != {}
    assert "no-store" in answers[2]["Cache-Control"]
    assert answers[2].cookies == {}


def test_limits_are_wide_enough_for_a_full_house():
    assert (OPEN, BEHIND_THE_DOOR) == (120, 1200)
    client = Client(REMOTE_ADDR=STRANGER)
    assert {client.post("/privacy/").status_code for _ in range(OPEN)} == {405}
    assert client.post("/privacy/").status_code == 429


def test_who_is_inside_is_not_held_up_by_strangers_of_the_same_house(few):
    stranger, user = Client(REMOTE_ADDR=STRANGER), Client(REMOTE_ADDR=STRANGER)
    user.force_login(make_user())
    for _ in range(3):
        stranger.post("/account/aanmelden/", {})

    assert user.post("/account/gegevens/", {"name": "Mira", "language": "nl"}).status_code == 302


def test_another_sender_and_another_window_begin_anew(few, time_machine):
    time_machine.move_to("2023-10-10T09:01:00+00:00", tick=False)
    first, second = Client(REMOTE_ADDR=STRANGER), Client(REMOTE_ADDR="192.0.2.78")
    assert [first.post("/privacy/").status_code for _ in range(3)] == [405, 405, 429]
    assert second.post("/privacy/").status_code == 405

    time_machine.shift(WINDOW)
    assert first.post("/privacy/").status_code == 405


def keys():
    store = cache._cache
    return " ".join(store if isinstance(store, dict) else map(str, store.get_client().keys()))


def test_sender_is_no_part_of_what_is_kept_and_looks_different_in_each_window(time_machine):
    client = Client(REMOTE_ADDR=STRANGER)
    time_machine.move_to("2023-10-10T09:01:00+00:00", tick=False)
    client.post("/privacy/")
    first = keys()
    cache.clear()
    time_machine.shift(WINDOW)
    client.post("/privacy/")

    assert ("limit:" in first, "limit:" in keys()) == (True, True)
    assert first != keys()
    assert "192.0.2" not in first + keys()


def test_without_a_cache_nobody_is_refused(few, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    assert [Client().post("/privacy/").status_code for _ in range(4)] == [405] * 4


@pytest.mark.parametrize(
    ("address", "forwarded", "behind_proxy", "expected"),
    [
        ("192.0.2.1", None, False, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", False, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", True, "198.51.100.7"),
        ("192.0.2.1", "10.0.0.1, 198.51.100.7", True, "198.51.100.7"),
        ("192.0.2.1", "", True, "192.0.2.1"),
        ("192.0.2.1", "' OR 1=1 --", True, "somebody"),
        ("2001:db8:1:2:3:4:5:6", None, False, "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", None, False, "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", None, False, "192.0.2.1"),
        ("", None, False, "somebody"),
    ],
)
def test_sender_is_the_address_we_can_believe(address, forwarded, behind_proxy, expected, settings):
    settings.STEK_BEHIND_PROXY = behind_proxy
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}

    assert sender(RequestFactory(headers=headers).post("/", REMOTE_ADDR=address)) == expected


def test_form_that_is_too_large_is_a_page_and_is_not_read(settings):
    body = b"a=" + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    answer = Client().post("/account/aanmelden/", body, content_type="application/x-www-form-urlencoded")

    assert (answer.status_code, read(answer).one("h1").text) == (413, "We konden dit niet bewaren")
    assert answer.wsgi_request._read_started is False


@pytest.mark.parametrize(
    "fields",
    [
        {f"f{n}": "x" for n in range(1100)},
        {"email": ["x@example.org"] * 1100},
    ],
    ids=["names", "values"],
)
def test_form_with_too_many_fields_is_a_page(fields):
    answer = Client().post("/account/aanmelden/", fields)

    assert (answer.status_code, len(read(answer).all("h1"))) == (400, 1)


def test_file_is_refused_with_a_page(tmp_path):
    file = tmp_path / "foto.jpg"
    file.write_bytes(b"x" * 100)
    with file.open("rb") as opened:
        answer = Client().post("/account/aanmelden/", {"email": "x@example.org", "file": opened})

    assert (answer.status_code, len(read(answer).all("h1"))) == (400, 1)
