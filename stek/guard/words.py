"""The lists by which a name is known, read once by each process. `lists/build.py` makes them."""

from __future__ import annotations

import lzma
from functools import lru_cache
from pathlib import Path

LIST = Path(__file__).parent / "lists" / "names.txt.xz"

# What a word may be, all at once.
GIVEN = 1  # a first name
FAMILY = 2  # a family name, or a part of a name of which nobody said which
WORD = 4  # an ordinary word of Dutch, French or English too
COMMON = 8  # one of the ten thousand most used of those
PLACE = 16  # a town or a country
CORE = 32  # a name that is common where the families of the region come from
PROPER = 64  # Dutch writes it with a capital: somebody, a town or a firm


@lru_cache(maxsize=1)
def marks() -> dict[str, int]:
    """Folded word, or two or three words with a blank between -> its marks."""
    known: dict[str, int] = {}
    for line in lzma.decompress(LIST.read_bytes()).decode().split("\n"):
        mark, *words = line.split("\t")
        known |= dict.fromkeys(words, int(mark))
    return known


def as_set(text: str) -> frozenset[str]:
    """Words with a blank between, as a set."""
    return frozenset(text.split())
