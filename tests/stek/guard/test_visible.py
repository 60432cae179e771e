"""What nobody sees and says nothing is not kept; what a script or a drawing needs is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stek.guard.folding import INVISIBLE
from stek.guard.visible import visible

pytestmark = pytest.mark.once

SIGNS = [*map(chr, sorted(INVISIBLE)), *"a é1!ه\n\0\x07👩🍳❤"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\ufeffKof\u200bfie\u2060 en\u00ad Formulieren\u200e", "Koffie en Formulieren"),
        ("\u202eeiffoK\u202c", "eiffoK"),
        ("Koffie\u200f, thee\u061c", "Koffie, thee"),
        ("\u2066Koffie\u2069 en \u202athee\u202c", "Koffie en thee"),
        ("een\x07 \x1b[31mwoord\x85", "een [31mwoord"),
        ("Kof\u200cfie\u200d, a\ufe0f", "Koffie, a"),
        ("🏴\U000e0067\U000e0062", "🏴"),
    ],
)
def test_a_sign_that_says_nothing_goes(typed, kept):
    assert visible(typed) == kept


@pytest.mark.parametrize(
    "text",
    [
        "Koffie – €\u00a02",
        "eerste regel\r\n\ttweede",
        "سه\u200cشنبه",
        "قهوة (koffie)\u200f.",
        "👩🏽\u200d🍳 kookt",
        "❤\ufe0f, 1\ufe0f\u20e3",
        "\0",
    ],
)
def test_what_is_needed_stays(text):
    assert visible(text) == text


@given(st.text(alphabet=st.sampled_from(SIGNS)))
def test_visible_is_visible_already(text):
    assert visible(visible(text)) == visible(text)
