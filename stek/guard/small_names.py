"""Names without a capital, which need company: a title, a family name, a verb that only somebody can do."""

from __future__ import annotations

from .context import (
    BEGINNINGS,
    CALLED_AFTER,
    ENDINGS,
    JOBS,
    KIN,
    LITTLE,
    MOSTLY_NAMES,
    NAME_PARTICLES,
    PARTICLES,
    SURE_TITLES,
    TOLD,
    TOWARDS,
)
from .single_names import is_at_most
from .sounds import sounds_like_a_name
from .tokens import NAME, Token, are_joined, has_a_number, near
from .verbs import PRONOUNS, VERBS
from .words import COMMON, CORE, FAMILY, GIVEN, PLACE, WORD, marks


def small_name(text: str, tokens: list[Token], free: list[bool], place: int) -> tuple[int, int] | None:
    """Names without a capital."""
    token = tokens[place]
    if token.is_capital or len(token.plain) < 2 or is_at_most(text, token):
        return None
    before = tokens[place - 1] if place else None
    is_titled = before and (before.plain in SURE_TITLES or (before.plain == "m" and text[before.end] == "."))
    if before and is_titled and near(text, before, token):
        return None if token.plain in PRONOUNS else _small_titled(text, tokens, free, place)
    if token.plain in PARTICLES or token.plain in CALLED_AFTER:
        return None
    if token.mark & GIVEN or not token.mark & WORD:
        if before and before.plain in CALLED_AFTER:
            return None
        full = (
            _small_full(text, tokens, free, place) if token.mark & GIVEN else _small_unknown(text, tokens, free, place)
        )
        if full or token.mark & GIVEN:
            return full or _small_given(text, tokens, place)
    if token.is_surely_family and token.mark & CORE and len(token.plain) > 4 and has_a_number(text, token):
        return place, place + 1
    if (
        token.is_surely_family
        and before
        and before.plain == "van"
        and place > 1
        and tokens[place - 2].plain in {"die", "dien", "dat"}
    ):
        return place, place + 1
    return None


def _small_given(text: str, tokens: list[Token], place: int) -> tuple[int, int] | None:
    """A first name alone, when something says that it is somebody."""
    token = tokens[place]
    if token.mark & GIVEN and _is_somebodys_somebody(text, tokens, place):
        return place, place + 1
    if _is_told(tokens, place):
        return place, place + 1
    is_kin = bool(place and tokens[place - 1].plain in KIN and token.mark & CORE)
    if not token.is_surely_given or len(token.plain) < (3 if is_kin else 4):
        return None
    before = tokens[place - 1] if place and near(text, tokens[place - 1], token) else None
    behind = tokens[place + 1] if place + 1 < len(tokens) and near(text, token, tokens[place + 1]) else None
    says = behind is not None and (behind.plain in VERBS or behind.plain == "uit")
    if token.begins and says:
        return place, place + 1
    spoken = says or (before is not None and (before.plain in KIN or before.plain in TOWARDS))
    if before is not None and token.mark & CORE and len(token.plain) > 4 and before.plain in LITTLE | VERBS:
        return place, place + 1
    return (place, place + 1) if spoken and (is_kin or token.mark & CORE or len(token.plain) > 4) else None


def _is_somebodys_somebody(text: str, tokens: list[Token], place: int) -> bool:
    """ "jos zijn vrouw", "rosa haar zoon"."""
    if place + 2 >= len(tokens) or (tokens[place].mark & COMMON and tokens[place].plain not in MOSTLY_NAMES):
        return False
    owner, kin = tokens[place + 1], tokens[place + 2]
    return (
        owner.plain in {"zijn", "haar", "z'n", "zn", "d'r", "hun", "zen"}
        and kin.plain in KIN
        and near(text, tokens[place], owner)
        and near(text, owner, kin)
        and not (place and tokens[place - 1].plain in PARTICLES | {"een", "mijn"})
    )


def _is_told(tokens: list[Token], place: int) -> bool:
    """ "zeg tegen els dat", "vraag het aan roos": also for a first name that is a word, of those that mostly are names."""
    token = tokens[place]
    if place < 2 or tokens[place - 1].plain not in TOLD or not token.mark & GIVEN or not token.mark & CORE:
        return False
    if token.mark & COMMON and token.plain not in MOSTLY_NAMES:
        return False
    return any(other.plain in _SAY for other in tokens[max(0, place - 4) : place - 1])


_SAY = frozenset(
    ["zeg", "zegt", "zei", "zeggen", "vraag", "vraagt", "vroeg", "vragen", "vertel", "vertelt", "vertelde", "geef", "geeft", "gaf", "gezegd", "gevraagd", "verteld", "gegeven", "doorgegeven", "melden"]
)  # fmt: skip


def _small_unknown(text: str, tokens: list[Token], free: list[bool], place: int) -> tuple[int, int] | None:
    """A word that no list has, before a family name that is no word, and something that says it is somebody."""
    token = tokens[place]
    if (
        place + 1 >= len(tokens)
        or len(token.plain) < 4
        or not free[place + 1]
        or not are_joined(text, token, tokens[place + 1])
    ):
        return None
    family = tokens[place + 1]
    before = tokens[place - 1] if place else None
    behind = tokens[place + 2] if place + 2 < len(tokens) else None
    says = bool(before and before.plain in KIN) or bool(behind and behind.plain in VERBS)
    if (
        token.is_unknown
        and token.plain.startswith(BEGINNINGS)
        and behind
        and behind.plain in VERBS
        and not family.mark & WORD
    ):
        return place, place + 2
    known = family.is_surely_family or (token.begins and family.mark & FAMILY and family.mark & CORE)
    if family.is_capital or len(family.plain) < 4:
        return None
    if family.is_unknown and before and before.plain in KIN and behind and behind.plain in VERBS:
        return place, place + 2
    if not known:
        return None
    return (place, place + 2) if says or sounds_like_a_name(token.plain) else None


def _small_titled(text: str, tokens: list[Token], free: list[bool], place: int) -> tuple[int, int] | None:
    """Behind "mevr": a family name with its small words. A word of the language is one only when lists of this country have it."""
    last = place
    while (
        last < len(tokens) - 1
        and tokens[last].plain in PARTICLES
        and last < place + 3
        and are_joined(text, tokens[last], tokens[last + 1])
    ):
        last += 1
    token = tokens[last]
    if tokens[place - 1].plain in _ALSO_OF_MANY and not token.mark & NAME:
        return None  # "une famille nombreuse"
    if not free[last] or token.plain in VERBS or token.plain in JOBS or token.plain in PARTICLES:
        return None
    if last > place and tokens[place].plain not in NAME_PARTICLES - {"van"}:
        joined = " ".join(one.plain for one in tokens[place : last + 1])
        if not (marks().get(joined, 0) & FAMILY or token.is_surely_family):
            return None
    elif (
        (token.mark & COMMON and not (token.mark & CORE and token.mark & FAMILY))
        or (not token.mark & NAME and not _may_be_a_family(token))
        or (token.mark & WORD and not token.mark & CORE)
    ):
        return None
    end = last + 1
    if end < len(tokens) and are_joined(text, token, tokens[end]) and tokens[end].is_surely_family:
        end += 1
    return place, end


_ALSO_OF_MANY = frozenset(["familie", "famille", "fam", "gezin", "weduwe"])


def _may_be_a_family(token: Token) -> bool:
    """Of a word that no list has."""
    return (
        token.plain.endswith(ENDINGS)
        or token.plain.startswith(BEGINNINGS)
        or (token.is_unknown and len(token.plain) > 4)
    )


def _small_full(text: str, tokens: list[Token], free: list[bool], place: int) -> tuple[int, int] | None:
    """ "fatima el amrani", "jan peeters", "grace mukendi wacht"."""
    given = tokens[place]
    last = place + 1
    while (
        last < len(tokens)
        and tokens[last].plain in PARTICLES
        and last < place + 4
        and are_joined(text, tokens[last - 1], tokens[last])
    ):
        last += 1
    if last >= len(tokens) or not free[last] or not are_joined(text, tokens[last - 1], tokens[last]):
        return None
    family = tokens[last]
    small = [one.plain for one in tokens[place + 1 : last]]
    joined = bool(small) and bool(marks().get(" ".join([*small, family.plain]), 0) & FAMILY)
    if joined and len(small) > 1 and given.mark & CORE:
        return place, last + 1  # "joke van der veen": nobody says this of a thing
    if not family.may_be_family or len(family.plain) < 3 or (family.is_capital and not given.is_surely_given):
        return None
    named = joined or (bool(set(small) & (NAME_PARTICLES - {"van", "al"})) and not family.mark & COMMON)
    if given.is_surely_given:
        unknown = family.is_unknown and not small
        sure = bool(family.mark & NAME) and not family.mark & COMMON and (not small or not family.mark & WORD)
        core = bool(family.mark & CORE and family.mark & FAMILY and not small)
        return (
            (place, last + 1)
            if named or sure or core or (unknown and len(given.plain) > 3 and given.mark & CORE)
            else None
        )
    behind = tokens[last + 1] if last + 1 < len(tokens) else None
    if given.mark & CORE and (named or (family.is_surely_family and not small)):
        return place, last + 1
    if (
        given.plain in MOSTLY_NAMES
        and not small
        and family.mark & CORE
        and family.mark & FAMILY
        and len(family.plain) > 4
    ):
        return (place, last + 1) if not family.mark & PLACE or family.plain.endswith("s") else None
    whole = (
        len(given.plain) > 2
        and given.plain not in PARTICLES
        and family.is_unknown
        and not small
        and len(family.plain) > 3
    )
    before = tokens[place - 1] if place else None
    if whole and family.plain.startswith(BEGINNINGS):
        return place, last + 1
    if whole and before and before.plain in KIN and given.mark & CORE:
        return place, last + 1
    if whole and behind and behind.plain in VERBS and (not given.mark & COMMON or (given.begins and given.mark & CORE)):
        return place, last + 1
    return None
