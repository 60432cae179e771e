"""A text as words, each with what the lists and its place say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .context import PARTICLES, SENTENCE_BEGINNERS
from .folding import plain
from .verbs import VERBS
from .words import COMMON, CORE, FAMILY, GIVEN, PLACE, PROPER, WORD, marks

Span = tuple[int, int]
TOKEN = re.compile(r"[^\W\d_]{1,40}(?:['-][^\W\d_]{1,40}){0,4}")
NAME = GIVEN | FAMILY
_ENDS_SENTENCE = re.compile(r"(?:^|[.!?…\n\"“”„«»*•>]|\s-)\s*$")


@dataclass(slots=True)
class Token:
    text: str
    start: int
    end: int
    plain: str
    mark: int
    is_capital: bool
    begins: bool  # a sentence, so that its capital says nothing

    @property
    def is_surely_given(self) -> bool:
        return bool(self.mark & GIVEN) and not self.mark & (WORD | PLACE)

    @property
    def is_surely_family(self) -> bool:
        return bool(self.mark & FAMILY) and not self.mark & (WORD | PLACE)

    @property
    def is_unknown(self) -> bool:
        """No word that the lists know, or a proper name of which they do not say whose."""
        return not self.mark & ~PROPER

    @property
    def may_be_given(self) -> bool:
        """Fit to stand before a family name that is surely one."""
        return bool(self.mark & (GIVEN | PROPER)) and not self.mark & PLACE

    @property
    def may_be_family(self) -> bool:
        """What can stand behind a first name: any name, and any word that is none of the language."""
        return len(self.plain) > 1 and (bool(self.mark & NAME) or self.is_unknown) and self.plain not in VERBS


def tokens_of(text: str) -> list[Token]:
    known = marks()
    found = []
    shouts = _shouts(text)
    for match in TOKEN.finditer(text):
        word, start = match[0], match.start()
        if word.isascii() and word.islower() and word.isalpha():
            # Most words are of this kind.
            mark, begins = known.get(word, 0), _begins(text, start)
            if begins and word in SENTENCE_BEGINNERS:
                mark &= ~(NAME | CORE)
            found.append(Token(word, start, match.end(), word, mark, False, begins))
            continue
        for begin, part in _parts(word, known) if "'" in word else [(0, word)]:
            found.append(_token(text, start + begin, part, known, shouts=shouts))
    return found


def _token(text: str, start: int, part: str, known: dict[str, int], *, shouts: bool) -> Token:
    folded = plain(part)
    mark = known.get(folded, 0) or (_compound(folded, known) if "-" in folded else 0)
    is_capital = not shouts and (part[0].isupper() or ("-" in part and _has_small_start(part)))
    if is_capital and len(part) > 1 and part.isupper() and (len(part) < 4 or not mark & NAME):
        # An abbreviation, unless it is a part of "VAN DEN BERGH".
        is_capital = folded in PARTICLES and _UPPER_BEHIND.match(text, start + len(part)) is not None
    begins = _begins(text, start)
    if begins and folded in SENTENCE_BEGINNERS:
        mark &= ~(NAME | CORE)
    if not mark and is_capital and _is_compound(folded, known):
        mark = WORD
    if "-" in part and _is_a_thing(part, known):
        mark, is_capital = WORD | COMMON, False
    return Token(part, start, start + len(part), folded, mark, is_capital, begins)


def _begins(text: str, start: int) -> bool:
    """Within a line a letter and a blank before it are the usual case, and end no sentence."""
    if start == 0:
        return True
    if text[start - 1] == " " and text[start - 2].isalnum():
        return False
    return _ENDS_SENTENCE.search(text, max(0, start - 6), start) is not None


_UPPER_BEHIND = re.compile(r" (?:[A-Z]{2,5} )?[A-Z]{4,20}\b")


def _compound(folded: str, known: dict[str, int]) -> int:
    """ "Jean-Bosco": two first names are one, and no word any more."""
    parts = [known.get(part, 0) for part in folded.split("-")]
    if (
        parts[0] & GIVEN
        and all(mark & NAME for mark in parts)
        and any(mark & CORE or not mark & WORD for mark in parts)
    ):
        return GIVEN | CORE
    return FAMILY if all(mark & FAMILY and not mark & WORD for mark in parts) else 0


FEWEST = 4  # letters of a word in a compound


def _is_compound(folded: str, known: dict[str, int]) -> bool:
    """ "Buurtkeuken": two usual words written as one, and no name."""
    return any(
        known.get(folded[:place], 0) & COMMON
        and not known[folded[:place]] & GIVEN
        and (
            known.get(folded[place:], 0) & COMMON or known.get(folded[place + 1 :] * (folded[place] == "s"), 0) & COMMON
        )
        for place in range(FEWEST, len(folded) - FEWEST + 1)
    )


def _is_a_thing(part: str, known: dict[str, int]) -> bool:
    """ "Alzheimer-patiënten": a word of the language behind the name makes it one too. Also "Tout-le-Monde"."""
    pieces = part.split("-")
    last = known.get(plain(pieces[-1]), 0)
    if pieces[-1].islower() and len(pieces[-1]) > 3 and part[0].isupper():
        return bool(last & WORD) and not last & GIVEN
    return len(pieces) > 2 and all(known.get(plain(piece), 0) & COMMON or piece in PARTICLES for piece in pieces)


def _has_small_start(part: str) -> bool:
    """ "al-Sayed": the small word in front is a part of the name."""
    first, _dash, rest = part.partition("-")
    return rest[:1].isupper() and first in PARTICLES


def _parts(word: str, known: dict[str, int]) -> list[tuple[int, str]]:
    """French glues small words to a name: "d'Amina", "qu'Omar". A possessive is no part of it: "Amina's", "Tom's"."""
    if "'" in word:
        before, after = word.split("'", 1)
        if after in {"s", "S"} or after.lower() in {"s", "n", "t", "k", "ke"}:
            return [(0, before)]
        if plain(before) in {
            "d",
            "l",
            "qu",
            "n",
            "s",
            "j",
            "m",
            "c",
            "t",
            "jusqu",
            "lorsqu",
            "puisqu",
        } and not known.get(plain(word)):
            return [(0, before), (len(before) + 1, after)]
    return [(0, word)]


def _shouts(text: str) -> bool:
    """All in capitals: then they say nothing."""
    if not text[:40].isupper() and sum(map(str.isupper, text)) * 2 < len(text):
        return False
    words = re.findall(r"[^\W\d_]{4,40}", text)
    return bool(words) and sum(word.isupper() for word in words) * 3 > len(words) * 2


def are_joined(text: str, left: Token, right: Token) -> bool:
    """Nothing but a blank, or the dot of an initial, between them."""
    between = text[left.end : right.start]
    return between in {" ", "  ", "-", "'"} or (between in {". ", "."} and len(left.text) <= 2)


def near(text: str, left: Token, right: Token) -> bool:
    between = text[left.end : right.start]
    return len(between) <= 2 and not re.search(
        r"[!?;:\n()]|\.\s?$", between.replace(". ", " ") if len(left.text) <= 5 else between
    )


_A_NUMBER = re.compile(r",? \(?(?:\d[ ./-]{0,2}){6,12}(?!\w)")


def has_a_number(text: str, token: Token) -> bool:
    """ "verstraete 49.12.16-…": what stands before such a number is whose it is."""
    return _A_NUMBER.match(text, token.end) is not None
