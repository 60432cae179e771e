import io
import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.test import override_settings
from django.urls import path

from stek.log import without_address


def refuse(request):
    raise PermissionDenied("not for you")


def break_down(request):
    raise RuntimeError("broken")


refuse.login_required = break_down.login_required = False
urlpatterns = [path("geweigerd/", refuse), path("stuk/", break_down)]


@pytest.fixture
def lines(monkeypatch):
    """What reaches the handler that writes to stderr."""
    handler = next(h for h in logging.getLogger().handlers if h.filters and type(h) is logging.StreamHandler)
    stream = io.StringIO()
    monkeypatch.setattr(handler, "stream", stream)
    return lambda: stream.getvalue().splitlines()


@override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver"])
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


@override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver"])
def test_a_breakdown_keeps_its_traceback(client, lines):
    client.raise_request_exception = False

    assert client.get("/stuk/").status_code == 500
    assert lines()[-1] == "RuntimeError: broken"


def test_gunicorn_names_no_sender():
    record = logging.LogRecord("gunicorn.error", 30, "", 0, "Invalid request from ip=%s: %s", ("10.1.2.3", "bad"), None)

    assert without_address(record) is True
    assert record.getMessage() == "Invalid request from somebody: bad"
