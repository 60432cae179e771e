"""Words that are there in Dutch only: plain to machines, marked on pages."""

from __future__ import annotations

import json

import pytest
from django.utils.html import format_html
from django.utils.translation import override

from sites.words import Dutch, sentence


@pytest.mark.parametrize(
    ("language", "markup"), [("nl", "Zaal &amp; tuin"), ("fr", '<span lang="nl">Zaal &amp; tuin</span>')]
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
