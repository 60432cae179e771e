"""One word with a capital, alone: whether it is somebody is said by the lists, how it is spelt and what stands around it."""

from __future__ import annotations

import re

from .context import BEGINNINGS, ENDINGS, KIN, MET, MOSTLY_NAMES, PARTICLES, TITLES, TOWARDS
from .folding import plain
from .sounds import sounds_like_a_name
from .tokens import NAME, Token, has_a_number
from .verbs import ALSO_OF_ORGANISATIONS, HUMAN_VERBS, ONLY_HUMAN_VERBS, PRONOUNS, VERBS
from .words import COMMON, CORE, FAMILY, GIVEN, PLACE, PROPER, WORD, as_set, marks

_LIVES_AT = re.compile(
    r" van (?:het|de|den|'t) (?:\w{1,7}de|\w{1,7}ste|\w{0,8}hoek\w{0,6}|\w{0,8}winkel|overkant|bakker|loket|balie|buren)\b| van (?:hiernaast|hierboven|boven|beneden)\b"
)  # "An van het derde"
_INTO = as_set("in te naar uit nabij rond over at near from to a en dans vers pres de du")  # a town follows


def _is_spoken_of(before: Token | None, behind: Token | None) -> bool:
    return bool((behind and behind.plain in VERBS) or (before and (before.plain in KIN or before.plain in TOWARDS)))


def is_one(text: str, token: Token, before: Token | None, behind: Token | None) -> bool:
    """One word with a capital, alone."""
    if len(token.plain) < 2 or token.plain in PARTICLES or token.plain in TITLES or token.plain in KIN:
        return False
    if before and before.plain in _INTO and token.mark & PLACE and not _LIVES_AT.match(text, token.end):
        return False
    if _COUNTS.match(text, token.end) and not _AGE_BEHIND.match(text, token.end):
        return False
    if is_at_most(text, token):
        return False
    if before and before.plain in _INTO and _PILGRIMS.search(text, max(0, token.start - 40), token.start):
        return False
    if token.mark & NAME and (token.mark & GIVEN or not token.mark & COMMON) and _AGE_BEHIND.match(text, token.end):
        return True
    if before and before.plain == "les" and token.is_unknown and behind and (behind.plain in VERBS or before.begins):
        return True
    if (
        before
        and before.plain in {"de", "les", "the"}
        and token.plain.endswith("s")
        and _is_a_family_together(token, behind)
    ):
        return True
    is_subject = (
        behind is not None
        and not behind.is_capital
        and (behind.plain in VERBS or behind.plain == "uit" or _LIVES_AT.match(text, token.end) is not None)
    ) or (token.is_surely_given and _HAS_SOMEBODY.match(text, token.end) is not None)
    if token.mark & GIVEN:
        return _is_given(text, token, before, behind, is_subject=is_subject)
    if before and before.plain in KIN and not token.begins and not token.mark & PLACE:
        return bool(token.mark & NAME) or not token.mark & WORD
    if token.mark & (WORD | PLACE):
        return False
    if token.mark & FAMILY:
        return _is_family(text, token, before, behind)
    if behind is not None and not behind.is_capital and token.mark & PROPER and _does_as_a_person(text, behind):
        return True
    if token.is_unknown and len(token.plain) > 3 and _is_unknown_somebody(text, token, before, behind):
        return True
    if token.begins:
        return bool(behind and behind.plain in VERBS and sounds_like_a_name(token.plain))
    if token.mark & PROPER:
        return False
    if sounds_like_a_name(token.plain) and _is_spoken_of(before, behind):
        return True
    return bool(behind and _does_as_a_person(text, behind)) or (token.plain.endswith(ENDINGS) and len(token.plain) > 6)


_WITH_A_THING = re.compile(
    r" (?:en|et|and) (?!(?:haar|zijn|z'n|ik|de|den|het|mijn|m'n|ons|onze|sa|son|ses|moi|la|le|her|his|i|the)\b)[a-z]"
)
_AT_MOST = re.compile(r" (?:een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twintig|une?|deux|trois|quatre|cinq|six|dix|vingt|one|two|three|four|five|ten|twenty)\b")  # fmt: skip


def is_at_most(text: str, token: Token) -> bool:
    """ "Max drie per gezin"."""
    return token.plain == "max" and _AT_MOST.match(text, token.end) is not None


_PILGRIMS = re.compile(
    r"\b(?:bedevaart\w{0,3}|pelgrim\w{0,6}|p[eè]lerinage|pilgrimage)\b[^.!?\n]{0,25}$", re.IGNORECASE
)
_COUNTS = re.compile(r" \d")  # "Max 12 personen", "Line 3"
_AGE_BEHIND = re.compile(r",? (?:\()?\d{1,2} (?:jaar|ans|years)\b")  # "Wolf, 8 jaar"
_HAS_SOMEBODY = re.compile(
    r" (?:et (?:sa|son|ses)|en (?:haar|zijn|z'n|d'r)|and (?:her|his)|haar|z'n|d'r) |'s (?:mother|father|son|daughter|wife|husband|child|kids|house|moeder|vader|man|vrouw|zoon|dochter|kind)| (?:thuis|zelf)\b| (?:uit|from|de|du) [A-Z]"
)


def _is_a_family_together(token: Token, behind: Token | None) -> bool:
    """ "bij de Janssens thuis", "de Vermeulens hebben"."""
    one = marks().get(token.plain[:-1], 0)
    is_family = token.is_surely_family or bool(one & FAMILY and not one & (WORD | PLACE))
    return is_family and behind is not None and (behind.plain in VERBS or behind.plain in {"thuis", "zelf"})


def _is_unknown_somebody(text: str, token: Token, before: Token | None, behind: Token | None) -> bool:
    """A word no list has: how it begins, what it does or whom it has says that it is a name."""
    if token.plain.startswith(BEGINNINGS) and not token.mark & PROPER:
        return True
    if behind is not None and behind.plain in ONLY_HUMAN_VERBS and _does(text, behind):
        return True
    return bool(_HAS_SOMEBODY.match(text, token.end)) and not (before and before.plain in _INTO)


_OTHER_SUBJECT = re.compile(rf"\s(?:{'|'.join(sorted(PRONOUNS))})\b", re.IGNORECASE)


def _does(text: str, verb: Token) -> bool:
    """What only somebody does, and nobody else is said to do it: "bij Xyz zegt ze"."""
    return verb.plain in HUMAN_VERBS and not _OTHER_SUBJECT.match(text, verb.end)


def _does_as_a_person(text: str, verb: Token) -> bool:
    """The same, of a word that may be the name of a house or a firm: "Xyz vraagt 30 euro"."""
    return verb.plain not in ALSO_OF_ORGANISATIONS and _does(text, verb)


def _is_family(text: str, token: Token, before: Token | None, behind: Token | None) -> bool:
    """A family name alone, which a firm may carry too: something must say that it is somebody."""
    if behind is not None and behind.plain in HUMAN_VERBS:
        return True
    if _APPOSED.match(text, token.end) or has_a_number(text, token):
        return True
    if (
        token.is_surely_family
        and token.plain.endswith(ENDINGS)
        and (not token.begins or (behind and behind.plain in VERBS))
    ):
        return True
    if _SOUNDS_FLEMISH.search(token.plain) and token.mark & CORE:
        if token.begins:
            return behind is not None and behind.plain in VERBS and not behind.is_capital
        return before is None or before.plain not in _INTO
    if token.begins or not token.mark & CORE or before is None or before.plain in _INTO:
        return False
    return before.plain in TOWARDS or bool(behind and behind.plain in VERBS)


# "Goossens, een mijnwerker van 88".
_APPOSED = re.compile(r", (?:een|un|une|an?) (?:[\w'-]{2,20} ){1,2}(?:van|de|of|aged) \d{1,2}\b")
_SOUNDS_FLEMISH = re.compile(
    r"^(?:van|ver|de)[a-z]{5,}|(?:ssens|elsen|mans|aerts|ckx|inck|quin|oers|eyns|huys|broeck|bergh|donck|voorde)$"
)


def _is_given(text: str, token: Token, before: Token | None, behind: Token | None, *, is_subject: bool) -> bool:
    """A first name, that may be a word, a town or rare."""
    is_core = bool(token.mark & CORE)
    if token.text.isupper() or (before and before.plain in {"in", "te", "uit", "nabij", "near"} and not is_subject):
        return False
    if token.is_surely_given:
        return len(token.plain) > 2 and (is_core or not token.begins or is_subject or _is_one_of_two(text, token))
    if token.begins and token.mark & COMMON and _WITH_A_THING.match(text, token.end):
        return False
    if token.plain in MOSTLY_NAMES or (before and behind and before.plain in TOWARDS and behind.plain in MET):
        return True
    if token.mark & PLACE and not is_core:
        return bool(before and before.plain in KIN)
    together = behind is not None and behind.plain in {"en", "et", "and"}
    if token.begins:
        return is_core and (is_subject or (together and not token.mark & COMMON))
    return is_core or is_subject or bool(before and before.plain in KIN)


_SECOND = re.compile(r" (?:en|et|and|&) ([^\W\d_]{3,20})")


def _is_one_of_two(text: str, token: Token) -> bool:
    """ "Gülsüm en Khadija"."""
    second = _SECOND.match(text, token.end)
    mark = marks().get(plain(second[1]), 0) if second and second[1][0].isupper() else 0
    return bool(mark & GIVEN) and not mark & (WORD | PLACE)
