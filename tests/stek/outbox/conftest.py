"""Kinds of messages that only tests know, so that each of their traits is looked at by itself."""

from __future__ import annotations

import copy

import pytest
from django.conf import settings as django_settings

from stek.outbox import kinds
from stek.outbox.enums import Night
from stek.outbox.kinds import AT_ONCE, Kind, add_kind

NOTICE, REMINDER, SECURITY = "tests/notice", "tests/reminder", "tests/security"


def words_of(delivery):
    """The facts as they are; nothing when they say that they are not true any more."""
    return None if delivery.facts.get("untrue") else {"subject": "Nieuws", "words": "", **delivery.facts}


@pytest.fixture(autouse=True)
def kinds_of_tests(monkeypatch, settings):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    add_kind(Kind(NOTICE, "nieuws", words_of))
    add_kind(Kind(REMINDER, "een herinnering", words_of, once=True, wait=AT_ONCE, night=Night.DROP))
    add_kind(Kind(SECURITY, "veiligheid", words_of, wait=AT_ONCE, night=Night.SEND, may_stop=False))
    templates = copy.deepcopy(django_settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], django_settings.BASE_DIR / "tests" / "templates"]
    settings.TEMPLATES = templates
