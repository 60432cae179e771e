"""Names of persons, also in lower case, by lists and by what stands around a word.

A name that is no word of Dutch, French or English is a name wherever it stands. One that is a word too ("Roos", "Mark", "De Smet")
needs a capital where a sentence has none, a title, a family name beside it, or a verb that only somebody can do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .context import (
    CALLED_AFTER,
    CALLED_BEHIND,
    ENDINGS,
    HOUSES,
    HUMAN_VERBS,
    JOBS,
    KIN,
    MOSTLY_NAMES,
    NAME_PARTICLES,
    NOBODY,
    PARTICLES,
    PEOPLES,
    SENTENCE_BEGINNERS,
    SERVICES,
    SURE_TITLES,
    TITLES,
    TOWARDS,
    VERBS,
)
from .folding import plain
from .words import COMMON, CORE, FAMILY, GIVEN, PLACE, PROPER, WORD, marks

Span = tuple[int, int]
_TOKEN = re.compile(r"[^\W\d_]{1,40}(?:['-][^\W\d_]{1,40}){0,4}")
_NAME = GIVEN | FAMILY
_ENDS_SENTENCE = re.compile(r"(?:^|[.!?…\n\"“”„«»*•>]|\s-)\s*$")
_LIVES_AT = re.compile(
    r" van (?:het|de|den|'t) (?:\w{1,7}de|\w{1,7}ste|hoek|overkant|bakker|winkel|loket|balie)\b| van (?:hiernaast|hierboven|boven|beneden)\b"
)  # "An van het derde"
_SAINTS = ("sint-", "sinte-", "saint-", "sainte-", "st-", "ste-", "san-", "santa-")
_ONE_OF_MANY = frozenset(["een", "un", "une", "a", "an", "het", "geen", "elke", "the"])  # "wie is een Bob": a thing
_INTO = frozenset(
    [
        "in",
        "te",
        "naar",
        "uit",
        "nabij",
        "rond",
        "over",
        "at",
        "near",
        "from",
        "to",
        "a",
        "en",
        "dans",
        "vers",
        "pres",
        "de",
        "du",
    ]
)  # a town follows


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
        return len(self.plain) > 1 and (bool(self.mark & _NAME) or self.is_unknown) and self.plain not in VERBS


def names(text: str, allowed: frozenset[str]) -> Iterator[Span]:
    """Spans of names in plain text, outside what is allowed."""
    tokens = _tokens(text)
    free = _not_allowed(tokens, allowed)
    done = 0
    for place in range(len(tokens)):
        if place < done or not free[place]:
            continue
        # Most words are in lower case, known and no first name; only a title before them would make them one.
        end = _capitals(text, tokens, free, place) or _small(text, tokens, free, place)
        if end:
            first, last = end
            yield tokens[first].start, tokens[last - 1].end
            done = last


def _tokens(text: str) -> list[Token]:
    known = marks()
    found = []
    shouts = _shouts(text)
    for match in _TOKEN.finditer(text):
        word = match[0]
        for begin, part in _parts(word, known) if "'" in word else [(0, word)]:
            start = match.start() + begin
            folded = plain(part)
            mark = known.get(folded, 0) or (_compound(folded, known) if "-" in folded else 0)
            is_capital = (
                (part[0].isupper() or ("-" in part and _has_small_start(part)))
                and not shouts
                and not (part.isupper() and len(part) > 1 and (len(part) < 4 or not mark & _NAME))
            )
            # Within a line a lower-case letter and a blank before it are the usual case, and end no sentence.
            begins = start == 0 or (
                not (text[start - 1] == " " and text[start - 2].isalnum())
                and bool(_ENDS_SENTENCE.search(text, max(0, start - 6), start))
            )
            if begins and folded in SENTENCE_BEGINNERS:
                mark &= ~(_NAME | CORE)
            found.append(Token(part, start, start + len(part), folded, mark, is_capital, begins))
    return found


def _compound(folded: str, known: dict[str, int]) -> int:
    """ "Jean-Bosco": two first names are one, and no word any more."""
    parts = [known.get(part, 0) for part in folded.split("-")]
    if (
        parts[0] & GIVEN
        and all(mark & _NAME for mark in parts)
        and any(mark & CORE or not mark & WORD for mark in parts)
    ):
        return GIVEN | CORE
    return FAMILY if all(mark & FAMILY and not mark & WORD for mark in parts) else 0


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
        words = tuple(plain(word) for word in _TOKEN.findall(phrase))
        if words:
            found.setdefault(words[0], []).append(words)
    for phrases in found.values():
        phrases.sort(key=len, reverse=True)
    return found


_NOBODY = frozenset(phrase for phrase in NOBODY if phrase)


def _not_allowed(tokens: list[Token], allowed: frozenset[str]) -> list[bool]:
    """For each word whether it is looked at: not when it belongs to a service, a place or a saying."""
    free = [token.plain not in PEOPLES and not _is_service(token, tokens) for token in tokens]
    for phrases in (_phrases(allowed), _phrases(_NOBODY)):
        for place, token in enumerate(tokens):
            for words in phrases.get(token.plain, ()):
                if tuple(other.plain for other in tokens[place : place + len(words)]) == words and _holds(
                    tokens, place, words, phrases
                ):
                    free[place : place + len(words)] = [False] * len(words)
                    break
    return free


def _is_service(token: Token, tokens: list[Token]) -> bool:
    hints = SERVICES.get(token.plain)
    return hints is not None and any(other.plain.startswith(hint) for other in tokens for hint in hints)


def _holds(tokens: list[Token], place: int, words: tuple[str, ...], phrases: dict[str, list[tuple[str, ...]]]) -> bool:
    """One word that is a service, but also a first name with a family name or a title, is somebody after all."""
    if len(words) > 1 or phrases is not _phrases(_NOBODY) or not tokens[place].mark & GIVEN:
        return True
    before = tokens[place - 1] if place else None
    behind = tokens[place + 1] if place + 1 < len(tokens) else None
    has_family = (
        behind
        and behind.is_surely_family
        and behind.is_capital == tokens[place].is_capital
        and behind.start - tokens[place].end == 1
    )
    return not (has_family or (before and before.plain in SURE_TITLES))


def _joined(text: str, left: Token, right: Token) -> bool:
    """Nothing but a blank, or the dot of an initial, between them."""
    between = text[left.end : right.start]
    return between in {" ", "  ", "-", "'"} or (between in {". ", "."} and len(left.text) <= 2)


def _run(text: str, tokens: list[Token], free: list[bool], place: int) -> int:
    """Where the words with a capital end that begin here; small words count when another capital follows."""
    end = place + 1
    look = end
    while look < len(tokens) and look < place + 8 and free[look] and _joined(text, tokens[look - 1], tokens[look]):
        if tokens[look].is_capital:
            end = look + 1
        elif tokens[look].plain not in PARTICLES:
            break
        look += 1
    return end


def _capitals(text: str, tokens: list[Token], free: list[bool], place: int) -> tuple[int, int] | None:
    token = tokens[place]
    if not token.is_capital:
        return None
    end = _run(text, tokens, free, place)
    first = place
    before = tokens[place - 1] if place and _near(text, tokens[place - 1], token) else None
    titled = before is not None and before.plain in TITLES
    while first < end and tokens[first].plain in TITLES and first + 1 != end:
        titled, first = True, first + 1
    if tokens[first].plain in TITLES and first + 1 == end and not titled:
        return None
    behind = tokens[end] if end < len(tokens) and _near(text, tokens[end - 1], tokens[end]) else None
    if titled and tokens[first].plain not in CALLED_AFTER | JOBS | {"het", "t"}:
        return _titled(tokens, first, end)
    if (before and before.plain in CALLED_AFTER and not titled) or tokens[first].plain in CALLED_AFTER:
        return None
    if tokens[first].plain.startswith(_SAINTS) or (
        before and (before.plain in _ONE_OF_MANY or before.plain.startswith(_SAINTS))
    ):
        return None
    if (behind and behind.plain in CALLED_BEHIND) or _is_house(tokens[end - 1]):
        return None
    return _free_standing(text, tokens, first, end, before, behind)


def _titled(tokens: list[Token], first: int, end: int) -> tuple[int, int] | None:
    """Behind a title any word with a capital is a name, unless it is an office in capitals."""
    if tokens[first].text.isupper() and len(tokens[first].text) > 3 and not tokens[first].mark & _NAME:
        return None
    return first, end


def _is_house(token: Token) -> bool:
    """ "Gezellelaan": a street or a house, however it begins. Not a family name that happens to end so."""
    return len(token.plain) > 6 and not token.mark & _NAME and token.plain.endswith(HOUSES)


def _near(text: str, left: Token, right: Token) -> bool:
    between = text[left.end : right.start]
    return len(between) <= 2 and not re.search(
        r"[!?;:\n()]|\.\s?$", between.replace(". ", " ") if len(left.text) <= 5 else between
    )


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
    if any(token.mark & COMMON and not token.mark & _NAME and token.plain not in PARTICLES for token in run[1:]):
        return None  # "Rosetta Plan": a word of the language with a capital makes it the name of a thing
    if len(run) > 1:
        return (first, end) if _is_full(run, before, behind) else _one_of(tokens, first, end, before, behind)
    return (first, end) if run and _is_one(text, run[0], before, behind) else None


def _is_ordinary(token: Token, behind: Token) -> bool:
    """A word that begins a sentence, or an article with a capital."""
    if token.mark & GIVEN and token.mark & CORE and behind.is_surely_family and token.plain not in PARTICLES:
        return False
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
        return not any(token.mark & PLACE and not token.mark & _NAME for token in others) or len(words) == 1
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
            and (_is_spoken_of(before, behind))
        )
    return bool(others) and all(token.mark & _NAME for token in others)


def _one_of(
    tokens: list[Token], first: int, end: int, before: Token | None, behind: Token | None
) -> tuple[int, int] | None:
    """A run that is no full name may hold one: "Vraag Hicham", "OCMW Hicham"."""
    for place in range(first, end):
        if tokens[place].is_surely_given and tokens[place].plain not in PARTICLES:
            return place, place + 1
    return None


def _is_spoken_of(before: Token | None, behind: Token | None) -> bool:
    return bool((behind and behind.plain in VERBS) or (before and (before.plain in KIN or before.plain in TOWARDS)))


def _is_one(text: str, token: Token, before: Token | None, behind: Token | None) -> bool:
    """One word with a capital, alone."""
    if len(token.plain) < 2 or token.plain in PARTICLES or token.plain in TITLES or token.plain in KIN:
        return False
    if before and before.plain in _INTO and token.mark & PLACE:
        return False
    is_subject = (
        behind is not None
        and not behind.is_capital
        and (behind.plain in VERBS or behind.plain == "uit" or _LIVES_AT.match(text, token.end) is not None)
    )
    if token.mark & GIVEN:
        return _is_given(token, before, behind, is_subject=is_subject)
    if before and before.plain in KIN and not token.begins and not token.mark & PLACE:
        return bool(token.mark & _NAME) or not token.mark & WORD
    if token.mark & (WORD | PLACE):
        return False
    if token.mark & FAMILY:
        return _is_family(token, before, behind)
    if token.mark & PROPER and behind is not None and not behind.is_capital and behind.plain in HUMAN_VERBS:
        return True
    if token.begins:
        return bool(behind and behind.plain in VERBS and _variant(token.plain))
    if token.mark & PROPER:
        return False
    if _variant(token.plain):
        return True
    return bool(behind and behind.plain in HUMAN_VERBS) or (token.plain.endswith(ENDINGS) and len(token.plain) > 6)


def _is_family(token: Token, before: Token | None, behind: Token | None) -> bool:
    """A family name alone, which a firm may carry too: something must say that it is somebody."""
    if behind is not None and behind.plain in HUMAN_VERBS:
        return True
    if token.begins or not token.mark & CORE or before is None or before.plain in _INTO:
        return False
    return before.plain in TOWARDS or bool(behind and behind.plain in VERBS)


def _is_given(token: Token, before: Token | None, behind: Token | None, *, is_subject: bool) -> bool:
    """A first name, that may be a word, a town or rare."""
    is_core = bool(token.mark & CORE)
    if token.text.isupper() or (before and before.plain in {"in", "te", "uit", "nabij", "near"} and not is_subject):
        return False
    if token.is_surely_given:
        return len(token.plain) > 2 and (is_core or not token.begins or is_subject)
    if token.plain in MOSTLY_NAMES:
        return True
    if token.mark & PLACE and not is_core:
        return bool(before and before.plain in KIN)
    together = behind is not None and behind.plain in {"en", "et", "and"}
    if token.begins:
        return is_core and (is_subject or (together and not token.mark & COMMON))
    return is_core or is_subject or bool(before and before.plain in KIN)


# Spellings of one sound, as Dutch, French and English ears write down a name from elsewhere.
_SOUNDS = [
    ("ou", "u"), ("oe", "u"), ("oo", "u"), ("u", "ou"), ("ee", "i"), ("y", "i"), ("i", "y"), ("ie", "i"), ("kh", "ch"), ("kh", "h"), ("dj", "j"), ("j", "dj"),
    ("ph", "f"), ("c", "k"), ("k", "c"), ("q", "k"), ("w", "v"), ("v", "w"), ("sj", "sh"), ("sh", "ch"), ("ch", "sh"), ("z", "s"), ("th", "t"), ("dh", "d"), ("gh", "g"), ("aa", "a"),
    ("e", "a"), ("a", "e"), ("o", "u"), ("ij", "i"), ("ai", "ay"), ("ei", "ai"), ("ss", "s"), ("s", "ss"), ("ks", "x"), ("x", "ks"), ("iy", "iya"),
]  # fmt: skip


def _variant(word: str) -> bool:
    """Whether another spelling of the same sounds is a first name, and no word."""
    if len(word) < 5:
        return False
    known = marks()
    spellings = {word.replace(old, new) for old, new in _SOUNDS if old in word}
    spellings |= {re.sub(r"(.)\1", r"\1", spelling) for spelling in [word, *spellings]}
    spellings |= {spelling.rstrip("h") for spelling in list(spellings)} | {
        word + "h",
        word + "e",
        word + "a",
        word.removesuffix("e"),
        word.removeprefix("ta"),
    }
    return any(
        known.get(spelling, 0) & GIVEN and not known[spelling] & (WORD | PLACE)
        for spelling in spellings
        if len(spelling) > 3
    )


def _small(text: str, tokens: list[Token], free: list[bool], place: int) -> tuple[int, int] | None:
    """Names without a capital."""
    token = tokens[place]
    if token.is_capital or len(token.plain) < 2:
        return None
    before = tokens[place - 1] if place else None
    if before and before.plain in SURE_TITLES and _near(text, before, token):
        return _small_titled(text, tokens, free, place)
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
    if not token.is_surely_given or len(token.plain) < 4:
        return None
    before = tokens[place - 1] if place and _near(text, tokens[place - 1], token) else None
    behind = tokens[place + 1] if place + 1 < len(tokens) and _near(text, token, tokens[place + 1]) else None
    says = behind is not None and (behind.plain in VERBS or behind.plain == "uit")
    if token.begins and says:
        return place, place + 1
    spoken = says or (before is not None and (before.plain in KIN or before.plain in TOWARDS))
    return (place, place + 1) if spoken and (token.mark & CORE or len(token.plain) > 4) else None


def _small_unknown(text: str, tokens: list[Token], free: list[bool], place: int) -> tuple[int, int] | None:
    """A word that no list has, before a family name that is no word, and something that says it is somebody."""
    token = tokens[place]
    if (
        place + 1 >= len(tokens)
        or len(token.plain) < 4
        or not free[place + 1]
        or not _joined(text, token, tokens[place + 1])
    ):
        return None
    family = tokens[place + 1]
    before = tokens[place - 1] if place else None
    behind = tokens[place + 2] if place + 2 < len(tokens) else None
    says = bool(before and before.plain in KIN) or bool(behind and behind.plain in VERBS)
    known = family.is_surely_family or (token.begins and family.mark & FAMILY and family.mark & CORE)
    if family.is_capital or len(family.plain) < 4:
        return None
    if family.is_unknown and before and before.plain in KIN and behind and behind.plain in VERBS:
        return place, place + 2
    if not known:
        return None
    return (place, place + 2) if says or _variant(token.plain) else None


def _small_titled(text: str, tokens: list[Token], free: list[bool], place: int) -> tuple[int, int] | None:
    """Behind "mevr": a family name with its small words. A word of the language is one only when lists of this country have it."""
    last = place
    while (
        last < len(tokens) - 1
        and tokens[last].plain in PARTICLES
        and last < place + 3
        and _joined(text, tokens[last], tokens[last + 1])
    ):
        last += 1
    token = tokens[last]
    if not free[last] or token.plain in VERBS or token.plain in JOBS or token.plain in PARTICLES:
        return None
    if last > place and tokens[place].plain not in NAME_PARTICLES - {"van"}:
        joined = " ".join(one.plain for one in tokens[place : last + 1])
        if not (marks().get(joined, 0) & FAMILY or token.is_surely_family):
            return None
    elif (
        (token.mark & COMMON and not (token.mark & CORE and token.mark & FAMILY))
        or (not token.mark & _NAME and not token.plain.endswith(ENDINGS))
        or (token.mark & WORD and not token.mark & CORE)
    ):
        return None
    end = last + 1
    if end < len(tokens) and _joined(text, token, tokens[end]) and tokens[end].is_surely_family:
        end += 1
    return place, end


def _small_full(text: str, tokens: list[Token], free: list[bool], place: int) -> tuple[int, int] | None:
    """ "fatima el amrani", "jan peeters", "grace mukendi wacht"."""
    given = tokens[place]
    last = place + 1
    while (
        last < len(tokens)
        and tokens[last].plain in PARTICLES
        and last < place + 4
        and _joined(text, tokens[last - 1], tokens[last])
    ):
        last += 1
    if last >= len(tokens) or not free[last] or not _joined(text, tokens[last - 1], tokens[last]):
        return None
    family = tokens[last]
    if not family.may_be_family or len(family.plain) < 3 or (family.is_capital and not given.is_surely_given):
        return None
    small = [one.plain for one in tokens[place + 1 : last]]
    joined = bool(small) and bool(marks().get(" ".join([*small, family.plain]), 0) & FAMILY)
    named = joined or (bool(set(small) & (NAME_PARTICLES - {"van", "al"})) and not family.mark & COMMON)
    if given.is_surely_given:
        unknown = family.is_unknown and not small
        sure = bool(family.mark & _NAME) and not family.mark & COMMON and (not small or not family.mark & WORD)
        core = bool(family.mark & CORE and family.mark & FAMILY and not small)
        return (
            (place, last + 1)
            if named or sure or core or (unknown and len(given.plain) > 3 and given.mark & CORE)
            else None
        )
    behind = tokens[last + 1] if last + 1 < len(tokens) else None
    if given.mark & CORE and (named or (family.is_surely_family and not small)):
        return place, last + 1
    whole = (
        len(given.plain) > 2
        and given.plain not in PARTICLES
        and family.is_unknown
        and not small
        and len(family.plain) > 3
    )
    if whole and behind and behind.plain in VERBS and (not given.mark & COMMON or (given.begins and given.mark & CORE)):
        return place, last + 1
    return None
