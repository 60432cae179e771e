"""One line for each thing, and nothing in it about who asked or what they typed."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import IntegrityError
from django.test import Client, override_settings
from django.urls import path

from stek.log import JsonLine, doing, without_sender
from stek.urls import handler400, handler403, handler404, handler500  # noqa: F401 (a URL configuration's own names)
from stek.urls import urlpatterns as project
from tests.stek.test_settings import PRODUCTION

NUMBER = "0123456789abcdef0123456789abcdef"
# What a visitor brings along. Each stands in a place of its own, so that a leak says where it came from.
PLANTED = {
    "path": "geheim.pad@voorbeeld.be",
    "query": "geheim.vraag@voorbeeld.be",
    "form": "geheim.formulier@voorbeeld.be",
    "header": "geheim.kop@voorbeeld.be",
    "browser": "GeheimeBladeraar/1.0",
    "address": "192.0.2.77",
    "forwarded": "198.51.100.99",
    "cookie": "geheim-koekje",
    "error": "Key (email)=(geheim.rij@voorbeeld.be) already exists.",
}


def refuse(request, **_):
    raise PermissionDenied(PLANTED["error"])


def suspect(request, **_):
    raise SuspiciousOperation(PLANTED["error"])


def break_down(request, **_):
    raise RuntimeError(f"broken by {request.POST} {PLANTED['error']}") from IntegrityError(PLANTED["error"])


def say(request, **_):
    logging.getLogger("sites.test").warning("typed: %s from %s", PLANTED["form"], PLANTED["address"])
    logging.getLogger("elsewhere").warning("typed: %s", PLANTED["form"])
    logging.getLogger("elsewhere").warning(f"typed: {PLANTED['form']}")  # noqa: G004 (as others do)
    raise PermissionDenied


for view in (refuse, suspect, break_down, say):
    view.login_required = False
urlpatterns = [
    path("geweigerd/", refuse),
    path("stuk/", break_down),
    path("uitnodiging/<str:token>/", refuse),
    path("verdacht/<str:token>/", suspect),
    path("gezegd/", say),
    *project,
]


@pytest.fixture
def handler():
    return next(h for h in logging.getLogger().handlers if h.filters and type(h) is logging.StreamHandler)


@pytest.fixture
def lines(monkeypatch, handler):
    """What reaches the handler that writes to stderr."""
    stream = io.StringIO()
    monkeypatch.setattr(handler, "stream", stream)
    return lambda: stream.getvalue().splitlines()


@pytest.fixture
def facts(monkeypatch, handler, lines):
    """The same as production writes it, read back."""
    monkeypatch.setattr(handler, "formatter", JsonLine())
    return lambda: [json.loads(line) for line in lines()]


@pytest.fixture(autouse=True)
def addresses_of_this_file():
    with override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver"]):
        yield


def send(address, *, method="post", **headers):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True, REMOTE_ADDR=PLANTED["address"])
    client.cookies["stek"] = PLANTED["cookie"]
    sent = {
        "User-Agent": PLANTED["browser"], "Referer": PLANTED["header"], "X-Forwarded-For": PLANTED["forwarded"],
        "Accept-Language": PLANTED["header"], "X-Request-ID": PLANTED["header"], **headers,
    }  # fmt: skip
    return getattr(client, method)(f"{address}?mail={PLANTED['query']}", {"mail": PLANTED["form"]}, headers=sent)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "method", "headers", "expected"),
    [
        ("/nergens/{path}/", "get", {}, (404, "GET", "unknown")),
        ("/een-dorp/activiteit/geheim/", "get", {}, (404, "GET", "<slug:slug>/activiteit/<slug:activity>/")),
        ("/geweigerd/", "get", {}, (403, "GET", "geweigerd/")),
        ("/uitnodiging/{path}/", "get", {}, (403, "GET", "uitnodiging/<str:token>/")),
        ("/uitnodiging/{path}/", "post", {}, (403, "POST", "uitnodiging/<str:token>/")),
        ("/account/aanmelden/", "post", {"Origin": "https://geheim.kop@voorbeeld.be"}, (403, "POST", "account/aanmelden/")),
        ("/verdacht/{path}/", "get", {}, (400, "GET", "verdacht/<str:token>/")),
        ("/stuk/", "get", {}, (500, "GET", "stuk/")),
        ("/geweigerd/", "get", {"Host": "geheim.kop.voorbeeld.be"}, (400, "GET", "unknown")),
        ("/gezegd/", "get", {}, (403, "GET", "gezegd/")),
    ],
)  # fmt: skip
def test_line_about_a_request_tells_which_page_and_nothing_that_somebody_brought(
    address, method, headers, expected, facts, lines
):
    response = send(address.format(**PLANTED), method=method, **headers)

    last = facts()[-1]
    assert (last["status"], last["method"], last["page"]) == expected
    assert (response.status_code, response["X-Request-ID"]) == (last["status"], last["request"])
    assert {fact["request"] for fact in facts()} == {response["X-Request-ID"]}
    whole = "\n".join(lines())
    assert [name for name, word in PLANTED.items() if word in whole] == []
    assert [word for word in ("geheim", "Geheim", "voorbeeld", "192.0", "198.51", "already") if word in whole] == []


def test_line_is_one_object_with_known_keys(facts, lines):
    send("/stuk/", method="get")

    (fact,) = facts()
    assert set(fact) == {
        "time", "level", "logger", "message", "request", "status", "method", "page", "error", "causes",
    }  # fmt: skip
    assert (fact["level"], fact["logger"], fact["message"]) == ("error", "django.request", "Internal Server Error")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", fact["time"])  # to the second


def test_breakdown_tells_where_and_of_which_kind(facts):
    send("/stuk/", method="get")

    (fact,) = facts()
    assert fact["error"] == "RuntimeError"
    assert [cause["kind"] for cause in fact["causes"]] == ["RuntimeError", "IntegrityError"]
    assert re.fullmatch(r".*/test_log\.py:\d+ break_down", fact["causes"][0]["at"][-1])


def test_what_others_say_is_kept_without_what_they_fill_in(facts):
    send("/gezegd/", method="get")

    assert [fact["message"] for fact in facts()] == ["typed: … from …", "typed: %s", "typed: …", "Forbidden"]


def test_method_that_does_not_exist_is_not_repeated(facts):
    Client().generic("GEHEIM@VOORBEELD.BE", "/geweigerd/")

    assert facts()[-1]["method"] == "other"


@pytest.mark.parametrize(
    ("given", "behind_proxy", "is_taken"),
    [
        (NUMBER, True, True),
        ("01234567-89ab-cdef-0123-456789abcdef", True, True),
        (NUMBER, False, False),
        (NUMBER.upper(), True, False),
        (NUMBER + "\n", True, False),
        (NUMBER[:-1], True, False),
        ("jan.peeters@voorbeeld.be", True, False),
        ("a" * 5000, True, False),
        ("", True, False),
    ],
)
def test_number_of_a_request_is_our_proxys_or_our_own(given, behind_proxy, is_taken, settings):
    settings.STEK_BEHIND_PROXY = behind_proxy

    answers = [Client().get("/geweigerd/", headers={"X-Request-ID": given}) for _ in range(2)]

    numbers = [answer["X-Request-ID"] for answer in answers]
    assert [number == given for number in numbers] == [is_taken] * 2
    assert is_taken or len(set(numbers)) == 2
    assert all(re.fullmatch(r"[0-9a-f]{32}|[0-9a-f-]{36}", number) for number in numbers)


def test_page_of_a_breakdown_tells_the_number_of_its_request():
    response = send("/stuk/", method="get")

    assert f"Zeg dan dit nummer erbij: {response['X-Request-ID']}" in response.text


def test_number_is_forgotten_when_the_request_is_over():
    send("/geweigerd/", method="get")

    assert doing.get() is None


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("/geweigerd/?mail=iemand@voorbeeld.be", {}, 403),
        ("/nergens/%0a/", {}, 404),
        ("/geweigerd/", {"Host": "elders.example"}, 400),
    ],
)
def test_a_refused_request_is_one_line_without_its_question(client, lines, address, headers, status):
    assert client.get(address, headers=headers).status_code == status

    assert len(lines()) == 1
    assert "voorbeeld.be" not in lines()[0]


def test_outside_production_a_breakdown_keeps_its_traceback(client, lines):
    client.raise_request_exception = False

    assert client.get("/stuk/").status_code == 500
    assert lines()[-1].startswith("RuntimeError: broken")


def test_outside_production_a_line_reads_as_a_sentence_with_its_facts(lines):
    logging.getLogger("stek.celery").info("task ended", extra={"facts": {"task": "a.b", "count": 3}})

    assert lines()[0].endswith("INFO stek.celery: task ended task=a.b count=3")


def test_gunicorn_names_no_sender_and_repeats_no_request():
    said = "Invalid request from ip=10.1.2.3: Invalid HTTP request line: 'GET /geheim\nx'"
    record = logging.LogRecord("gunicorn.error", 30, "", 0, said, (), None)

    assert without_sender(record) is True
    assert record.getMessage() == "Invalid request"


TASKS = """
import django; django.setup()
from celery import shared_task
from stek.celery import app
app.conf.task_always_eager = False

@shared_task(name="stek.count")
def count(word): return 7

@shared_task(name="stek.fail")
def fail(word): raise ValueError(word)

app.loader.import_default_modules()
from celery.app.trace import build_tracer
for task in (count, fail):
    build_tracer(task.name, task, app=app)("an-id", ["geheim@voorbeeld.be"], {})
"""


def test_task_is_one_line_with_its_duration_and_count_and_without_its_arguments(tmp_path):
    kept = {name: os.environ[name] for name in ("PATH", "DATABASE_URL", "REDIS_URL") if name in os.environ}
    environ = {**kept, **PRODUCTION, "STEK_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "stek.settings"}

    done = subprocess.run(
        [sys.executable, "-c", TASKS], cwd=settings.BASE_DIR, env=environ, capture_output=True, text=True, check=True
    )

    ended = [fact for line in done.stderr.splitlines() if (fact := json.loads(line))["logger"] == "stek.celery"]
    assert [(fact["task"], fact["outcome"], fact.get("count")) for fact in ended] == [
        ("stek.count", "success", 7),
        ("stek.fail", "failure", None),
    ]
    assert all(fact["seconds"] >= 0 for fact in ended)
    assert set(ended[0]) == {"time", "level", "logger", "message", "task", "outcome", "seconds", "count"}
    assert "geheim" not in done.stderr
