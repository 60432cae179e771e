"""The same text in plain letters, digits, dashes and blanks, with the way back to where each character stood.

People write a number with blanks that do not show, with dashes from a word processor, with digits of another script or with
letters that only look like ours. One expression for each layout is enough once those are gone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

# Characters nobody sees: soft hyphen, joiners, marks of direction, variation selectors, byte order mark. They carry nothing.
INVISIBLE = frozenset(
    [0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x3164, 0xFEFF, 0xFFA0,
     *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), *range(0xE0000, 0xE0080)]
)  # fmt: skip
DASHES = "‐‑‒–—―−⁃﹘﹣－˗➖ー⸺"
DOTS = "․。．｡・·•∙⋅"  # where a dot may be meant
# Letters of Cyrillic, Greek and Armenian that look like one of ours.
LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕһԁԛԝвкмнтгАВЕКМНОРСТУХІЈЅԚԜαεινορτυχκΑΒΕΖΗΙΚΜΝΟΡΤΥΧօսոɑɡıℓ＠﹫",
    "aeopcyxijshdqwbkmhtrABEKMHOPCTYXIJSQWaeivoptuxkABEZHIKMNOPTYXounagil@@",
)
DEGREES = "º˚ᵒ"  # the sign for a birth, as a keyboard has it
APOSTROPHES = "’‘ʼ`´′＇"


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is plain; `places[i]` is where its character i stands in what was typed."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the plain text, which is not empty, stands in what was typed."""
        return self.places[start], self.places[end - 1] + 1


_STRANGE = re.compile(r"[^\x00-\x7f]")


def fold(text: str) -> Folded:
    """Keeps case and letters with accents: those count for names. What carries nothing is left out."""
    if text.isascii():
        return Folded(text, range(len(text)))
    parts: list[str] = []
    places: list[int] = []
    done = 0
    for strange in _STRANGE.finditer(text):
        place = strange.start()
        letters = _folded(text[place])
        parts += [text[done:place], letters]
        places.extend(range(done, place))
        places.extend([place] * len(letters))
        done = place + 1
    parts.append(text[done:])
    places.extend(range(done, len(text)))
    return Folded("".join(parts), places)


@lru_cache(maxsize=2048)
def _folded(character: str) -> str:
    """One character, not of ASCII, as none, one or more plain ones."""
    if ord(character) in INVISIBLE:
        return ""
    if character in DASHES:
        return "-"
    if character in DOTS:
        return "."
    if character in DEGREES:
        return "°"
    if character in APOSTROPHES:
        return "'"
    if character.isspace() or unicodedata.category(character) in {"Zs", "Zl", "Zp"}:
        return " "
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    swapped = character.translate(LOOK_ALIKES)
    if swapped != character:
        return swapped
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return ""  # an accent typed apart; dots that a script puts on its letters
    narrow = unicodedata.normalize("NFKC", character)
    if narrow != character and (narrow.isascii() or len(narrow) == 1):
        return narrow.translate(LOOK_ALIKES)
    return character


# Letters that are no letter with an accent, as a keyboard without them writes them.
PLAIN = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ħ": "h",
        "ŧ": "t",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "ð": "d",
        "þ": "th",
        "ə": "e",
    }
)


def plain(word: str) -> str:
    """A word as the lists hold it: lower case, without accents. Keeps nothing: it may be somebody's name."""
    word = word.lower()
    if word.isascii():
        return word
    word = word.translate(_STRAIGHT).translate(PLAIN)
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


_STRAIGHT = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
