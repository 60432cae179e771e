"""How alike two short texts are, in any language and on any database: by the letters they share, three in a row."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log, sqrt

WORD = re.compile(r"[^\W_]+")


def pieces_of(text: str) -> Counter[str]:
    """Three letters in a row, of each word with a blank on both sides; accents and capitals aside."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = WORD.findall("".join(one for one in plain if not unicodedata.combining(one)))
    return Counter(piece for word in words for piece in _threes(f" {word} "))


def _threes(word: str) -> Iterable[str]:
    return (word[start : start + 3] for start in range(max(len(word) - 2, 1)))


def likeness(text: str, others: Sequence[str]) -> list[float]:
    """0 (nothing in common) to 1 (the same), for each of the others.

    Pieces that stand in many of them weigh little, so that "mensen" and "kunnen" make nothing alike.
    """
    counted = [pieces_of(other) for other in others]
    mine = pieces_of(text)
    spread = Counter(piece for pieces in (mine, *counted) for piece in pieces)
    total = len(counted) + 1
    weights = {piece: 1 + log(total / number) for piece, number in spread.items()}
    return [_cosine(mine, pieces, weights) for pieces in counted]


def _cosine(one: Counter[str], other: Counter[str], weights: dict[str, float]) -> float:
    shared = sum(one[piece] * other[piece] * weights[piece] ** 2 for piece in one.keys() & other.keys())
    sizes = [sqrt(sum((number * weights[piece]) ** 2 for piece, number in some.items())) for some in (one, other)]
    return shared / (sizes[0] * sizes[1]) if all(sizes) else 0.0
