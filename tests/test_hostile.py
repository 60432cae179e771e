"""Requests that nobody sends in good faith: refused with a page, one line in the log each, and never a 500."""

from __future__ import annotations

import io
import logging
import re

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.test.client import FakePayload

from sites.models import Site
from tests.demo import TEN_OCTOBER, K, W, demonstration
from tests.reading import read

LONG = "a" * 5000

# Address -> what is right to answer. Every address is sent as these very bytes.
PATHS = {
    # weeks
    f"/{W}/week/2023-W54/": 404,
    f"/{W}/week/2023-W53/": 404,
    f"/{W}/week/2023-W00/": 404,
    f"/{W}/week/0000-W01/": 404,
    f"/{W}/week/0001-W01/": 404,
    f"/{W}/week/9999-W51/": 404,
    f"/{W}/week/9999-W52/": 404,
    f"/{W}/week/2023-W4/": 404,
    f"/{W}/week/2023-W041/": 404,
    f"/{W}/week/-023-W41/": 404,
    f"/{W}/week/2023-w41/": 404,
    f"/{W}/week/%D9%A2%D9%A0%D9%A2%D9%A3-W%D9%A4%D9%A1/": 404,  # 2023-W41 in Arabic digits
    f"/{W}/week/2023-W41%0a/": 404,
    f"/{W}/week/2023-W41/2023-W42/": 404,
    f"/{W}/week/9999-W52.json": 404,
    f"/{W}/week/2023-W54.json": 404,
    f"/{W}/week/{'9' * 4000}-W41/": 404,
    # names
    f"/{LONG}/": 404,
    f"/{LONG}/agenda.ics": 404,
    f"/{W}/activiteit/{LONG}/": 404,
    f"/{W}/activiteit/{'x' * 80}/": 404,
    f"/{W}/activiteit/{'x' * 81}/": 404,
    f"/{W}'%20OR%201=1--/": 404,
    f"/{W}/activiteit/koffie-en-formulieren'/": 404,
    "/%3Cscript%3Ealert(1)%3C/script%3E/": 404,
    "/{{7*7}}/": 404,
    "/%7B%25%20debug%20%25%7D/": 404,
    # bytes
    "/%00/": 404,
    f"/{W}/%00/": 404,
    "/%ff%fe/": 404,
    f"/{W}%c0%af/": 404,
    "/%ed%a0%80/": 404,  # half of a pair
    "/%e2%80%ae/": 404,  # turns the text around
    "/%0d%0aSet-Cookie:%20a=b/": 404,
    "/%F0%9F%8F%A0/": 404,
    # ways out
    "/..%2f..%2fetc/passwd": 404,
    "/../../etc/passwd": 404,
    "/static/..%2f..%2fstek/settings.py": 404,
    "/static/%2e%2e/%2e%2e/stek/settings.py": 404,
    "/static/stek/": 404,
    "/.env": 404,
    "/.git/config": 404,
    "/wp-login.php": 404,
    "//elders.example/": 404,
    "//elders.example/%2e%2e/": 404,
    "/%5Celders.example/": 404,
    "/fr//elders.example/": 404,
    f"/{'a/' * 2000}": 404,
    # languages
    "/nl/": 404,
    "/xx/": 404,
    "/fr/fr/": 404,
    f"/fr/{W}/agenda.ics": 404,
    # what is asked
    f"/{W}/agenda.ics?taal={'x' * 5000}": 200,
    f"/{W}/agenda.ics?taal=%00&taal=%ff": 200,
    f"/{W}/agenda.ics?taal=../../etc/passwd": 200,
    f"/{W}/week/2023-W41.json?taal[]=fr&taal[$ne]=1": 200,
    f"/{W}/?{'&'.join(['a=b'] * 2000)}": 200,
    f"/{W}/?%ff=%fe&next=//elders.example": 200,
    f"/{W}?x=%0d%0aSet-Cookie:a=b": 301,
}
METHODS = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "CONNECT", "BREW"]
HEADERS = {
    "Accept-Language": ["fr;q=1," * 3000, "x" * 9000, "fr;q=" + "9" * 4000, "*;q=nan", "\x7f\x80"],
    "Accept-Encoding": ["gzip;q=" + "1" * 4000, "gzip, " * 2000, "\xff"],
    "Cookie": ["stek=" + "x" * 8000, "=; ;;=;a", "stek-form=\xff\xfe"],
    "If-None-Match": ["*", '"' * 5000, "W/" * 3000, "\xff"],
    "If-Modified-Since": ["gisteren", "Thu, 99 Foo 9999 99:99:99 GMT"],
    "X-Forwarded-For": ["' OR 1=1 --", "\xff" * 500],
    "Referer": ["javascript:alert(1)", "\xff" * 4000],
    "Content-Length": ["-1", "veel", "9" * 30],
    "Range": ["bytes=0-0,-1,99999-"],
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded_demo(django_db_setup, django_db_blocker):
    with demonstration(django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def demo(loaded_demo, db):
    with time_machine.travel(TEN_OCTOBER, tick=False):
        yield


@pytest.fixture
def lines(monkeypatch):
    """What reaches the handler that writes to stderr."""
    handler = next(h for h in logging.getLogger().handlers if h.filters and type(h) is logging.StreamHandler)
    stream = io.StringIO()
    monkeypatch.setattr(handler, "stream", stream)
    return lambda: stream.getvalue().splitlines()


def send(target, method="GET", **environ):
    """As the web server hands it over: the path is decoded byte by byte, whatever the bytes are."""
    path, _, query = target.partition("?")
    raw = re.sub(rb"%([0-9a-fA-F]{2})", lambda match: bytes([int(match[1], 16)]), path.encode())
    plain = RequestFactory()._base_environ()
    request = {
        **plain, "PATH_INFO": raw.decode("latin-1"), "QUERY_STRING": query, "REQUEST_METHOD": method, **environ,
        "wsgi.input": FakePayload(b""),
    }  # fmt: skip
    return Client(enforce_csrf_checks=True, raise_request_exception=True).request(**request)


def is_refused_with_a_page(response):
    """A heading and a way back; nothing that leads to, or comes from, another website."""
    page = read(response)
    links = [node.attributes["href"] for node in page if "href" in node.attributes]
    return (
        len(page.all("h1")) == 1
        and page.one("main").links() != {}
        and [link for link in links if not re.match(r"#|/(?![/\\])", link)] == []
    )


def test_there_are_more_than_forty():
    assert len(PATHS) + len(METHODS) + sum(map(len, HEADERS.values())) > 80


@pytest.mark.parametrize("target", PATHS, ids=lambda target: target[:60])
def test_address_is_answered_as_it_should(target, lines):
    response = send(target)

    assert response.status_code == PATHS[target]
    if response.status_code == 404:
        assert is_refused_with_a_page(response)
    if response.status_code == 301:
        assert "\n" not in response["Location"]
        assert response["Location"].startswith("/")
    assert response.cookies == {}
    assert len(lines()) == (1 if response.status_code == 404 else 0), lines()
    assert [line for line in lines() if re.search(r"[\x00-\x1f\x7f\u202e]", line)] == []


@pytest.mark.parametrize("target", [f"/{W}/", f"/fr/{W}/week/2023-W41/", f"/{W}/agenda.ics", "/privacy/"])
@pytest.mark.parametrize("method", METHODS)
def test_other_methods_are_refused_with_a_page(target, method, lines):
    response = send(target, method)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert is_refused_with_a_page(response) or response.content == b""
    assert len(lines()) == 1


@pytest.mark.parametrize("method", METHODS)
def test_other_methods_on_an_address_that_is_not_there(method, lines):
    response = send("/nergens/", method)

    assert response.status_code in {404, 405}
    assert len(lines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, value) for name, values in HEADERS.items() for value in values],
    ids=lambda word: word[:25],
)
def test_header_changes_nothing(name, value, lines):
    key = name.upper().replace("-", "_")
    environ = {key if key == "CONTENT_LENGTH" else f"HTTP_{key}": value}
    for target in (f"/{W}/", f"/{K}/agenda.ics", f"/{W}/activiteit/koffie-en-formulieren/", "/"):
        response = send(target, **environ)
        assert response.status_code == (304 if (name, value) == ("If-None-Match", "*") and target != "/" else 200)
    assert lines() == []


@pytest.mark.parametrize("host", ["elders.example", "a b", "[::1", "x" * 5000, "127.0.0.1@elders.example", ""])
def test_unknown_host_is_refused_with_a_page_in_one_line(host, lines):
    response = send(f"/{W}/", HTTP_HOST=host, SERVER_NAME="elders.example")

    assert response.status_code == 400
    assert is_refused_with_a_page(response)
    assert len(lines()) == 1


def test_form_that_is_far_too_large_is_not_read(lines):
    body = FakePayload(b"a=b&" * 10)
    response = send(f"/{W}/", "POST", CONTENT_LENGTH="99999999999", CONTENT_TYPE="application/x-www-form-urlencoded")

    assert response.status_code == 413
    assert len(body) == 40
    assert len(lines()) == 1


def test_nothing_that_was_sent_is_kept():
    before = list(Site.objects.values_list())
    for target in PATHS:
        send(target, "POST")

    assert list(Site.objects.values_list()) == before
