"""What somebody typed or pasted, without the signs that nobody sees.

Two names that look alike then are alike, and no sign turns the direction of the words after it. What a script needs stays: joiners between
letters that join (Persian), marks of direction where something runs from right to left, parts of a drawing such as 👩‍🍳.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from .folding import INVISIBLE

_BLANKS = frozenset("\t\n\r")
_JOINERS = frozenset("\u200c\u200d")
_MARKS = frozenset("\u061c\u200e\u200f")  # Arabic letter mark, left to right, right to left
_LOOKS = frozenset("\ufe0e\ufe0f")  # whether a sign is drawn as a letter or in colour
# Letters without capitals, what stands on them, drawings and their shades.
_JOINED = frozenset({"Lo", "Lm", "Mn", "Mc", "So", "Sk"})


def visible(text: str) -> str:
    """The same text without control characters and without invisible ones that do nothing here. Twice is the same as once."""
    if text.isascii() and text.isprintable():
        return text
    text = "".join(one for one in text if not _says_nothing(one))
    turns = any(unicodedata.bidirectional(one) in {"R", "AL"} for one in text if one not in _MARKS)
    kept: list[str] = []
    for one, after in pairwise([*text, ""]):
        before = kept[-1] if kept else ""
        if one in _JOINERS:
            is_needed = (_joins(before) or before in _LOOKS) and _joins(after)
        elif one in _LOOKS:
            is_needed = unicodedata.category(before or " ")[0] in "SPN"  # a sign, also "!" or a number in colour
        else:
            is_needed = turns or one not in _MARKS
        if is_needed:
            kept.append(one)
    return "".join(kept)


def _says_nothing(one: str) -> bool:
    """NUL stays: Django refuses it with a sentence of its own."""
    if unicodedata.category(one) == "Cc":
        return one != "\0" and one not in _BLANKS
    return ord(one) in INVISIBLE and one not in _JOINERS | _MARKS | _LOOKS


def _joins(one: str) -> bool:
    return one != "" and unicodedata.category(one) in _JOINED
