"""Names with a capital, that many other words have too: full names, titled ones, and where a name begins and ends."""

from __future__ import annotations

from .context import (
    BEGINNINGS,
    CALLED_AFTER,
    CALLED_BEHIND,
    HOUSES,
    JOBS,
    KIN,
    NAME_PARTICLES,
    PARTICLES,
    SURE_TITLES,
    TITLES,
    TOWARDS,
)
from .single_names import is_one
from .tokens import NAME, Token, are_joined, near
from .verbs import VERBS
from .words import COMMON, CORE, FAMILY, GIVEN, PLACE, WORD, marks

_NO_FAMILY = CALLED_AFTER | JOBS | {"het", "t"}
_SAINTS = ("sint-", "sinte-", "saint-", "sainte-", "st-", "ste-", "san-", "santa-")
_ONE_OF_MANY = frozenset(["een", "un", "une", "a", "an", "het", "geen", "elke", "the"])  # "wie is een Bob": a thing


def _run(text: str, tokens: list[Token], free: list[bool], place: int) -> int:
    """Where the words with a capital end that begin here; small words count when another capital follows."""
    end = place + 1
    look = end
    while look < len(tokens) and look < place + 8 and free[look] and are_joined(text, tokens[look - 1], tokens[look]):
        if tokens[look].is_capital:
            end = look + 1
        elif tokens[look].plain not in PARTICLES:
            break
        look += 1
    return end


def capital_name(text: str, tokens: list[Token], free: list[bool], place: int) -> tuple[int, int] | None:
    token = tokens[place]
    if not token.is_capital:
        return None
    end = _run(text, tokens, free, place)
    first = place
    before = tokens[place - 1] if place and near(text, tokens[place - 1], token) else None
    titled = before is not None and before.plain in TITLES
    while first < end and tokens[first].plain in TITLES and first + 1 != end:
        titled, first = True, first + 1
    if tokens[first].plain in TITLES and first + 1 == end and not (titled and tokens[first].mark & FAMILY):
        return None  # "Madame, Monsieur"
    behind = tokens[end] if end < len(tokens) and near(text, tokens[end - 1], tokens[end]) else None
    if titled and (tokens[first].plain not in _NO_FAMILY or _is_a_trade_and_a_family(tokens[first], before)):
        return _titled(tokens, first, end)
    if _ends_a_service(text, tokens, free, place):
        return end, end
    if (before and before.plain in CALLED_AFTER and not titled) or tokens[first].plain in CALLED_AFTER:
        return end, end
    is_word = tokens[end - 1].mark & COMMON and (not tokens[end - 1].mark & NAME or tokens[end - 1].begins)
    if (
        behind
        and behind.plain in {"family", "families"}
        and first < end
        and not is_word
        and len(tokens[first].text) > 1
    ):
        return first, end
    if tokens[first].plain.startswith(_SAINTS) or (
        before and (before.plain in _ONE_OF_MANY or before.plain.startswith(_SAINTS))
    ):
        return None
    if (behind and behind.plain in CALLED_BEHIND) or _is_house(tokens[end - 1]):
        return None
    return _free_standing(text, tokens, first, end, before, behind)


def _ends_a_service(text: str, tokens: list[Token], free: list[bool], place: int) -> bool:
    """ "Red Star Line": what goes on behind the name of a service belongs to it."""
    if not place or free[place - 1]:
        return False
    before = tokens[place - 1]
    is_phrase = place > 1 and not free[place - 2] and tokens[place - 2].is_capital
    return before.is_capital and (is_phrase or not before.mark & GIVEN) and are_joined(text, before, tokens[place])


def _is_a_trade_and_a_family(token: Token, before: Token | None) -> bool:
    """ "Mevrouw Bakker", beside "meneer de bakker"."""
    return bool(token.mark & FAMILY and token.mark & CORE and before and before.plain in SURE_TITLES)


def _titled(tokens: list[Token], first: int, end: int) -> tuple[int, int] | None:
    """Behind a title any word with a capital is a name, unless it is an office in capitals or a house."""
    if tokens[first].text.isupper() and len(tokens[first].text) > 3 and not tokens[first].mark & NAME:
        return None
    if "-" in tokens[first].text and tokens[first].plain.endswith(HOUSES):
        return None  # "Zuster Monika-rusthuis"
    return first, end


def _is_house(token: Token) -> bool:
    """ "Gezellelaan": a street or a house, however it begins. Not a family name that happens to end so."""
    return len(token.plain) > 6 and not token.mark & NAME and token.plain.endswith(HOUSES)


def _free_standing(
    text: str, tokens: list[Token], first: int, end: int, before: Token | None, behind: Token | None
) -> tuple[int, int] | None:
    """A run without a title: with a family name, or one word alone."""
    while end - first > 1 and _is_ordinary(tokens[first], tokens[first + 1]):
        first, before = first + 1, tokens[first]
        while first < end and tokens[first].plain in PARTICLES and not tokens[first].is_capital:
            before, first = tokens[first], first + 1
    while end - first > 1 and tokens[end - 1].mark & COMMON and not tokens[end - 1].mark & (GIVEN | FAMILY):
        end -= 1
    run = tokens[first:end]
    if (
        not run
        or run[0].plain.startswith(_SAINTS)
        or run[0].plain in CALLED_AFTER
        or _is_of_a_thing(before, first, tokens)
    ):
        return None
    if any(token.mark & COMMON and not token.mark & NAME and token.plain not in PARTICLES for token in run[1:]):
        return None  # "Rosetta Plan": a word of the language with a capital makes it the name of a thing
    if len(run) > 1:
        return (first, end) if _is_full(run, before, behind) else _one_of(tokens, first, end, before, behind)
    return (first, end) if run and is_one(text, run[0], before, behind) else None


def _is_of_a_thing(before: Token | None, first: int, tokens: list[Token]) -> bool:
    """ "House of Justice", "Saint-Vincent de Paul": what stands before the small word has a capital and is no person."""
    if before is None or first < 2 or before.plain not in _OF:
        return False
    owner = tokens[first - 2]
    if owner.plain in CALLED_AFTER and before.plain in _AT:
        return True  # "frituur Bij Ronny"
    return owner.plain.startswith(_SAINTS) or (
        owner.is_capital and not owner.begins and bool(owner.mark & COMMON) and not owner.mark & GIVEN
    )


_AT = frozenset(["bij", "chez", "de", "den", "het", "la", "le", "'t", "in"])
_OF = _AT | {"of", "du", "van", "der", "des", "for", "voor"}


def _is_ordinary(token: Token, behind: Token) -> bool:
    """A word that begins a sentence, or an article with a capital."""
    if token.mark & GIVEN and token.mark & CORE and behind.is_surely_family and token.plain not in PARTICLES:
        return False
    if len(token.text) == 1 and token.plain not in "aouiy" and behind.mark & FAMILY:
        return False  # an initial
    if token.begins and token.is_unknown and not behind.is_capital and not token.plain.startswith(BEGINNINGS):
        return True  # "Merkkledij van Nike"
    if token.plain in NAME_PARTICLES and not token.begins:
        return False
    if token.begins and token.plain in PARTICLES | TOWARDS:
        return True
    if token.mark & GIVEN and not (token.begins and token.mark & COMMON and not token.mark & CORE):
        return False
    return (
        bool(token.mark & COMMON)
        if token.begins
        else bool(token.mark & COMMON and not token.mark & FAMILY and token.plain not in PARTICLES)
    )


def _is_full(run: list[Token], before: Token | None, behind: Token | None) -> bool:
    words = [token for token in run if token.plain not in PARTICLES and len(token.plain) > 1]
    if len(run[0].text) == 1 and words and run[-1].mark & FAMILY and not run[-1].mark & (PLACE | WORD):
        return True  # "J. Peeters"
    given = [token for token in words if token.mark & GIVEN]
    if not words:
        return False
    if len(words) < len(run) and not given:
        # A small word with a capital and a family name: "El Idrissi", "De Smet".
        begins = run[0].plain in NAME_PARTICLES and not run[0].begins
        known = any(token.mark & FAMILY for token in words) and not any(token.mark & PLACE for token in words)
        joined = marks().get(" ".join(token.plain for token in run), 0)
        return (
            (begins and not any(token.mark & PLACE for token in words))
            or bool(joined & FAMILY and not run[0].begins)
            or (known and not run[0].begins and not words[0].mark & COMMON)
        )
    if not given:
        sure = [token for token in words if token.is_surely_family]
        if words[0].may_be_given and len(words) > 1 and words[-1].mark & FAMILY and words[-1].mark & CORE:
            return True
        return len(sure) >= 2 or bool(sure and before and before.plain in KIN)
    others = [token for token in words if token is not given[0]]
    if any(token.is_surely_given for token in given):
        return not any(token.mark & PLACE and not token.mark & NAME for token in others) or len(words) == 1
    if (
        any(token.is_surely_family or (token.is_unknown and len(token.plain) > 2) for token in others)
        and given[0].mark & CORE
    ):
        return True
    if all(token.mark & COMMON for token in words):
        return bool(
            given[0].mark & CORE
            and others
            and all(token.mark & FAMILY for token in others)
            and _is_surely_spoken_of(before, behind)
        )
    return bool(others) and all(token.mark & NAME for token in others)


def _one_of(
    tokens: list[Token], first: int, end: int, before: Token | None, behind: Token | None
) -> tuple[int, int] | None:
    """A run that is no full name may hold one: "Vraag Hicham", "OCMW Hicham"."""
    for place in range(first, end):
        if tokens[place].is_surely_given and tokens[place].plain not in PARTICLES:
            return place, place + 1
    return None


_TO_SOMEBODY = frozenset(
    ["met", "tegen", "aan", "dag", "hallo", "beste", "lieve", "avec", "cher", "chere", "with", "dear"]
)


def _is_surely_spoken_of(before: Token | None, behind: Token | None) -> bool:
    """For words of the language: "voor Roos en Bakker" may be anything."""
    if behind and behind.plain in VERBS:
        return True
    return before is not None and (before.plain in KIN or before.plain in _TO_SOMEBODY)
