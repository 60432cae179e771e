"""One name, spelt as ears of here write it down."""

from __future__ import annotations

import re

from .words import GIVEN, PLACE, WORD, marks

# Spellings of one sound, as Dutch, French and English ears write down a name from elsewhere.
_SOUNDS = [
    ("ou", "u"), ("oe", "u"), ("oo", "u"), ("u", "ou"), ("ee", "i"), ("y", "i"), ("i", "y"), ("ie", "i"), ("kh", "ch"), ("kh", "h"), ("dj", "j"), ("j", "dj"),
    ("ph", "f"), ("c", "k"), ("k", "c"), ("q", "k"), ("w", "v"), ("v", "w"), ("sj", "sh"), ("sh", "ch"), ("ch", "sh"), ("z", "s"), ("th", "t"), ("dh", "d"), ("gh", "g"), ("aa", "a"),
    ("e", "a"), ("a", "e"), ("o", "u"), ("ij", "i"), ("ai", "ay"), ("ei", "ai"), ("ss", "s"), ("s", "ss"), ("ks", "x"), ("x", "ks"), ("iy", "iya"),
]  # fmt: skip


def sounds_like_a_name(word: str) -> bool:
    """Whether another spelling of the same sounds is a first name, and no word."""
    if len(word) < 5:
        return False
    known = marks()
    spellings = {word.replace(old, new) for old, new in _SOUNDS if old in word}
    spellings |= {re.sub(r"(.)\1", r"\1", spelling) for spelling in [word, *spellings]}
    spellings |= {spelling.rstrip("h") for spelling in list(spellings)} | {
        word + "h",
        word + "e",
        word + "a",
        word.removesuffix("e"),
        word.removeprefix("ta"),
    }
    return any(
        known.get(spelling, 0) & GIVEN and not known[spelling] & (WORD | PLACE)
        for spelling in spellings
        if len(spelling) > 3
    )
