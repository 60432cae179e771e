"""Where digits stand close together, and what may stand between them: the beginning of every number that is somebody's."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]
Match = re.Match[str]

I = re.IGNORECASE  # noqa: E741  # read as a flag
GAP = r"[\s.,:/|_*-]{0,3}"  # between two groups of a number

CLUSTER = re.compile(r"\d(?:[^\d\n]{0,3}\d){6,60}")


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
    r"(?<![^\W\d_])[OoIl](?=[ .\-/]?\d{2})|(?<=\d)[OoIl](?=[ .\-/]?\d)|(?<=\d\d)[OoIl](?![^\W_])"
)


def with_digits(text: str) -> str:
    """A letter O or l in the middle of a number is a nought or a one. As long as it was."""
    return _AMONG_DIGITS.sub(lambda found: "0" if found[0] in "Oo" else "1", text)
