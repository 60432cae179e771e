"""A text as words, each with what the lists and its place say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .context import KIN, PARTICLES, SENTENCE_BEGINNERS, SURE_TITLES
from .folding import plain
from .nobodies import NOBODY, PEOPLES, SERVICES
from .verbs import HUMAN_VERBS, VERBS
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


@lru_cache(maxsize=16)
def _phrases(allowed: frozenset[str]) -> dict[str, list[tuple[str, ...]]]:
    """First word -> the phrases that begin with it, as folded words, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in allowed:
        words = tuple(plain(word) for word in TOKEN.findall(phrase))
        if words:
            found.setdefault(words[0], []).append(words)
    for phrases in found.values():
        phrases.sort(key=len, reverse=True)
    return found


_NOBODIES = frozenset(phrase for phrase in NOBODY if phrase)


def not_allowed(tokens: list[Token], allowed: frozenset[str]) -> list[bool]:
    """For each word whether it is looked at: not when it belongs to a service, a place or a saying."""
    free = [
        token.plain not in PEOPLES and not (token.plain in SERVICES and _is_service(token, tokens)) for token in tokens
    ]
    for phrases in (_phrases(allowed), _phrases(_NOBODIES)):
        for place, token in enumerate(tokens):
            for words in phrases.get(token.plain, ()):
                if len(words) > 1 and not (place + 1 < len(tokens) and tokens[place + 1].plain.startswith(words[1])):
                    continue  # most phrases end here
                if _is_said(tokens[place : place + len(words)], words) and _holds(tokens, place, words, phrases):
                    free[place : place + len(words)] = [False] * len(words)
                    break
    return _without_their_company(tokens, free)


_TOGETHER = frozenset(["en", "et", "and", "of", "ou", "or", "noch", "ni"])


def _without_their_company(tokens: list[Token], free: list[bool]) -> list[bool]:
    """ "Dirk en Albert Heijn": one first name beside a service is one too."""
    for place, token in enumerate(tokens):
        if token.plain not in _TOGETHER or not 0 < place < len(tokens) - 1:
            continue
        left, right = tokens[place - 1], tokens[place + 1]
        if (
            right.end - left.start > 40
            or not (left.is_capital and right.is_capital)
            or free[place - 1] == free[place + 1]
        ):
            continue
        one = place - 1 if free[place - 1] else place + 1
        beyond = one - 1 if one < place else one + 1
        is_alone = not 0 <= beyond < len(tokens) or not tokens[beyond].is_capital or tokens[beyond].begins
        if tokens[one].mark & GIVEN and is_alone:
            free[one] = False
    return free


def _is_said(tokens: list[Token], words: tuple[str, ...]) -> bool:
    """The words of a phrase stand here; the last may be the beginning of a longer one: "Max Havelaar-koffie"."""
    said = tuple(token.plain for token in tokens)
    return said == words or (len(words) > 1 and said[:-1] == words[:-1] and said[-1].startswith(words[-1] + "-"))


def _is_service(token: Token, tokens: list[Token]) -> bool:
    return any(other.plain.startswith(hint) for other in tokens for hint in SERVICES[token.plain])


def _holds(tokens: list[Token], place: int, words: tuple[str, ...], phrases: dict[str, list[tuple[str, ...]]]) -> bool:
    """One word that is a service, but also a first name with a family name or a title, is somebody after all."""
    if len(words) > 1 or phrases is not _phrases(_NOBODIES) or not tokens[place].mark & GIVEN:
        return True
    before = tokens[place - 1] if place else None
    behind = tokens[place + 1] if place + 1 < len(tokens) else None
    has_family = (
        behind
        and (behind.is_surely_family or (behind.is_capital and behind.plain in PARTICLES))
        and behind.is_capital == tokens[place].is_capital
        and behind.start - tokens[place].end == 1
        and behind.plain not in phrases
    )
    does = bool(
        behind and tokens[place].mark & CORE and tokens[place].begins and behind.plain in HUMAN_VERBS | {"heeft", "had"}
    )
    return not (has_family or does or (before and before.plain in SURE_TITLES | KIN))


def are_joined(text: str, left: Token, right: Token) -> bool:
    """Nothing but a blank, or the dot of an initial, between them."""
    between = text[left.end : right.start]
    return between in {" ", "  ", "-", "'"} or (between in {". ", "."} and len(left.text) <= 2)


def near(text: str, left: Token, right: Token) -> bool:
    between = text[left.end : right.start]
    return len(between) <= 2 and not re.search(
        r"[!?;:\n()]|\.\s?$", between.replace(". ", " ") if len(left.text) <= 5 else between
    )
