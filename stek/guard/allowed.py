"""Which words of a text are looked at: not those of a service, a place or a saying, nor those a room allows."""

from __future__ import annotations

from functools import lru_cache

from .context import KIN, PARTICLES, SURE_TITLES
from .folding import plain
from .nobodies import NOBODY, PEOPLES, SERVICES
from .tokens import TOKEN, Token
from .verbs import HUMAN_VERBS
from .words import CORE, GIVEN


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
