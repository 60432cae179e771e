"""Words that are there in Dutch only: plain to machines, marked on pages."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import override

from sites.templatetags.spoken import day
from sites.words import Dutch, sentence


@pytest.mark.parametrize(
    ("language", "markup"), [("nl", "Zaal &amp; tuin"), ("fr", '<bdi lang="nl">Zaal &amp; tuin</bdi>')]
)
def test_marked_on_a_page_in_another_language(language, markup):
    with override(language):
        assert format_html("{}", Dutch("Zaal & tuin")) == markup
        assert sentence("In %(place)s & <b>.", place=Dutch("Zaal & tuin")) == f"In {markup} & <b>."


def test_plain_to_machines_and_nothing_where_there_is_nothing():
    with override("fr"):
        assert json.dumps({"place": Dutch("Zaal & tuin")}) == '{"place": "Zaal & tuin"}'
        assert f"{Dutch('Zaal')}" == "Zaal"
        assert format_html("{}", Dutch("")) == ""


def test_first_of_a_month_in_every_language():
    first = dt.date(2022, 1, 1)

    words = {}
    for language in ("nl", "fr", "en"):
        with override(language):
            words[language] = (day(first), day(first, "l j F Y"), day(dt.date(2022, 1, 21)), day(None))

    assert words == {
        "nl": ("1 januari 2022", "zaterdag 1 januari 2022", "21 januari 2022", ""),
        "fr": ("1er janvier 2022", "samedi 1er janvier 2022", "21 janvier 2022", ""),
        "en": ("1 January 2022", "Saturday 1 January 2022", "21 January 2022", ""),
    }


def test_moment_is_told_as_the_local_day():
    assert day(dt.datetime(2022, 1, 31, 23, 30, tzinfo=dt.UTC)) == "1 februari 2022"


def test_no_template_writes_a_date_for_people_without_the_filter():
    texts = {path: path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.*")}

    assert len(texts) > 40
    assert [str(path) for path, text in texts.items() if re.search(r"\|date(?!:'Y-m-d')", text)] == []
