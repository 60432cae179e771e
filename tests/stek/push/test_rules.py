"""Which address a browser may give, where it may lead, and how long words are worth showing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.translation import gettext_lazy

from stek.outbox.enums import Night
from stek.outbox.kinds import Kind, Screen
from stek.push import wire
from stek.push.rules import address_of, is_public, worth_until
from tests.factories.push import Browser

WINTER = "2024-01-10T{}+01:00"


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/cXyz:APA91b-_",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://web.push.apple.com/QGh",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYA%2b",
        "https://push.example.org:443/x",
    ],
)
def test_push_services_of_browsers_are_taken(endpoint):
    browser = Browser(endpoint=endpoint)

    assert address_of(**browser.form) == browser.address


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "http://push.example.org/x",
        "ftp://push.example.org/x",
        "https://push.example.org",
        "https://push.example.org:8443/x",
        "https://localhost/x",
        "https://redis/x",
        "https://127.0.0.1/x",
        "https://2130706433/x",
        "https://[::1]/x",
        "https://me@push.example.org/x",
        "https://push.example.org/x y",
        "https://push.example.org/x\r\nHost: elders",
        "https://push.example.org/é",
        "https://push.example.org/" + "x" * 901,
    ],
)
def test_what_is_no_push_service_is_refused(endpoint):
    with pytest.raises(ValueError, match="no address"):
        address_of(**Browser().form | {"endpoint": endpoint})


@pytest.mark.parametrize("changes", [{"p256dh": "AAAA"}, {"auth": "AAAA"}, {"auth": "!"}, {"p256dh": "BA" + "A" * 85}])
def test_keys_that_are_none_are_refused(changes):
    with pytest.raises(ValueError):  # noqa: PT011  # of our own and of the package for keys
        address_of(**Browser().form | changes)


@pytest.mark.parametrize("number", ["8.8.8.8", "2a00:1450:400e:80f::200a", "::ffff:8.8.8.8"])
def test_internet_is_public(number):
    assert is_public(number)


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255",
        "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_this_house_and_ways_around_to_it_are_not(number):
    assert not is_public(number)


@pytest.mark.parametrize("numbers", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"]])
def test_name_that_leads_into_the_house_is_not_dialled(monkeypatch, numbers):
    found = [(2, 1, 6, "", (number, 443)) for number in numbers]
    monkeypatch.setattr(wire.socket, "getaddrinfo", lambda *_args, **_more: found)
    monkeypatch.setattr(wire.socket, "create_connection", lambda *_args, **_more: pytest.fail("it dialled"))

    with pytest.raises(wire.NotPublic):
        wire.post("https://push.example.org/x", headers={}, body=b"")


@pytest.mark.parametrize(
    ("moment", "begins", "night", "until"),
    [
        pytest.param("12:00", None, Night.WAIT, "16:00", id="as long as its kind says"),
        pytest.param("18:00", None, Night.WAIT, "21:00", id="not into the night"),
        pytest.param("12:00", "13:30", Night.WAIT, "13:30", id="not once it has begun"),
        pytest.param("19:00", "22:30", Night.WAIT, "22:30", id="what is urgent into the night"),
        pytest.param("19:00", None, Night.SEND, "23:00", id="who must know at once"),
    ],
)
def test_words_are_worth_showing_until(moment, begins, night, until):
    kind = Kind(
        "tests/shown", gettext_lazy("nieuws"), lambda row: {}, night=night, screen=Screen(gettext_lazy("Nieuws."))
    )
    moment, until = (dt.datetime.fromisoformat(WINTER.format(one)) for one in (moment, until))
    begins_at = dt.datetime.fromisoformat(WINTER.format(begins)) if begins else None

    assert worth_until(kind, moment=moment, zone="Europe/Brussels", begins_at=begins_at) == until
