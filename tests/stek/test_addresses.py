"""Addresses behind the door of their first word lead where they led one by one."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import Resolver404, URLResolver, path
from django.urls.resolvers import RegexPattern

from stek.addresses import by_first_word

pytestmark = pytest.mark.once


def view_of(name: str):
    return lambda request, **_: HttpResponse(name)


FLAT = [
    path("<slug:place>/week/<int:week>/", view_of("week"), name="week"),
    path("beheer/<slug:place>/", view_of("desk"), {"size": "large"}, name="desk"),
    path("mijn/", view_of("mine"), name="mine"),
    path("<slug:place>/ideeen/", view_of("ideas"), name="ideas"),
    path("beheer/<slug:place>/ideeen/<int:idea>/", view_of("idea"), name="idea"),
    path("mijn/beurten/", view_of("shifts"), name="shifts"),
    path("", view_of("front"), name="front"),
    path("sw.js", view_of("worker"), name="worker"),
    path("<slug:place>/", view_of("place"), name="place"),
]


def resolver(patterns) -> URLResolver:
    return URLResolver(RegexPattern(r"^"), patterns)


def led(patterns, address: str):
    try:
        match = resolver(patterns).resolve(address)
    except Resolver404:
        return None
    return match.func, match.kwargs, match.route, match.url_name


@pytest.mark.parametrize(
    "address",
    [
        "dorp/week/41/", "beheer/dorp/", "beheer/dorp/ideeen/7/", "mijn/", "mijn/beurten/", "", "sw.js", "dorp/", "dorp/ideeen/",
        "beheer/dorp/ideeen/x/", "mijn/x/", "dorp/week/x/", "beheer/dorp", "x.js",
    ],
)  # fmt: skip
def test_an_address_leads_where_it_led(address):
    assert led(by_first_word(FLAT), address) == led(FLAT, address)


def test_addresses_are_written_as_before():
    grouped, flat = resolver(by_first_word(FLAT)), resolver(FLAT)
    for name, words in {
        "desk": {"place": "dorp"},
        "idea": {"place": "dorp", "idea": 7},
        "mine": {},
        "week": {"place": "dorp", "week": 41},
    }.items():
        assert grouped.reverse(name, **words) == flat.reverse(name, **words)


def test_what_begins_with_another_word_is_passed_at_once():
    assert len(resolver(by_first_word(FLAT)).resolve("dorp/").tried) < len(resolver(FLAT).resolve("dorp/").tried)
