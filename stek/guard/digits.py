"""Where digits stand close together, and what may stand between them: the beginning of every number that is somebody's."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]
Match = re.Match[str]

I = re.IGNORECASE  # noqa: E741  # read as a flag
GAP = r"[\s.,:/|_*~=+()-]{0,3}"  # between two groups of a number

CLUSTER = re.compile(r"\d(?:\D{0,5}\d){6,60}")


def clusters(text: str) -> list[Span]:
    """Stretches with seven digits or more close together, and a little around them: a number that is somebody's stands nowhere else."""
    return [(max(0, found.start() - 6), found.end() + 3) for found in CLUSTER.finditer(text)]


def in_clusters(pattern: re.Pattern[str], text: str) -> Iterator[Match]:
    for start, end in clusters(text):
        yield from pattern.finditer(text, start, end)


def said_before(text: str, place: int, words: re.Pattern[str], within: int = 45) -> bool:
    return bool(words.search(text, max(0, place - within), place))


# --- Letters among digits ---------------------------------------------------------------------------------------------------------

_AMONG_DIGITS = re.compile(
    r"(?<![^\W\d_])[OoIl](?=[ .\-/]?\d{2})|(?<=\d[ .\-/])[OoIl](?=\d)|(?<!\w)[Oo](?=\d[ .\-/]\d)|(?<=[ .\-/]\d)[OoIl](?![^\W_])|(?<=\d)[OoIl](?=[ .\-/]?\d)|(?<=\d\d)[OoIl](?![^\W_])"
)

_LETTER_BESIDE_DIGIT = re.compile(r"\d[ .\-/]?[OoIl]|[OoIl][ .\-/]?\d")

# What people put between the groups of a number to hide it, or because a keyboard had nothing else.
_ODD_GAP = re.compile(r"(?<=\d)[_*|~\\=+\"#&;:'^<>]{1,3}(?=\d)")
_COMMAS = re.compile(r"(?<![\d,.])(?:0|\+|4[5-9])\d{1,4}(?:\s?[,;:_*|~]\s?\d{1,4}){2,5}(?!\d)")

_BRACKETS = re.compile(r"(?<=\d)(?:[\])}]?\s?[\[({]|[\]}]\s?|[\"']\s?[\"']?)(?=\d\d)")


_ANY_DIGIT = re.compile(r"\d")
FEWEST = 5  # digits of the shortest number that is somebody's: a day of birth with one letter in it


def with_digits(text: str) -> str:
    """A letter O or l in the middle of a number is a nought or a one, and an odd mark in it a dash. As long as it was."""
    if len(_ANY_DIGIT.findall(text)) < FEWEST:
        return text
    text = _ODD_GAP.sub(lambda found: "-" * len(found[0]), text)
    text = _BRACKETS.sub(lambda found: "-" * len(found[0]), text)
    text = _COMMAS.sub(lambda found: re.sub(r"[,;:_*|~]", "-", found[0]), text)
    if not _LETTER_BESIDE_DIGIT.search(text):
        return text
    return _AMONG_DIGITS.sub(lambda found: "0" if found[0] in "Oo" else "1", text)
