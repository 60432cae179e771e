"""A house: a street with a number behind it. A street alone is a place, and stays. Here Dutch, and the order of all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .digits import I, Match, Span
from .dwellings import dwelling
from .folding import plain
from .house_numbers import BOX, ENDS_HERE, NR, NUMBER, OF_A_HOUSE, is_counted
from .streets_abroad import FRENCH, french_or_english
from .words import PLACE, WORD, marks

# What a Dutch street ends on, written as one word with what is before it; in dialect too.
_SURE = (
    "straat", "straate", "straatn", "straete", "strate", "straten", "stroat", "stroate", "stroatn", "straatje", "str", "str.", "laan", "laantje", "loane", "lane", "steenweg", "stwg", "stwg.", "stnwg", "stnwg.", "plein", "pleintje",
    "dreef", "dreve", "dijk", "kaai", "kade", "padje", "gracht", "singel", "kouter", "gaarde", "akker", "beemd", "dries", "wegel", "wegeltje", "plaatsje", "steegje", "vest", "hofje", "eind", "straatjen",
)  # fmt: skip
# Of these many a word ends on that is no street: they need a capital, or "in de" before them.
_WEAK = (
    "hof", "hoek", "berg", "veld", "velden", "heide", "wijk", "dorp", "gang", "bos", "hoeve", "molen", "kant", "einde", "park", "poort", "ring", "plaats", "baan", "weg", "markt", "lei", "ham", "lo", "put", "brug", "blok", "kens", "kerk", "kenk",
    "donk", "rei", "pad", "vaart", "heuvel", "akkers", "vliet", "oever", "wal", "rui", "steeg", "pand", "broek", "schoot", "horst", "vennen", "goor", "haag", "hage", "hout", "loop", "beek", "bempt", "erf", "laar", "mortel", "zand", "meir",
    "linde", "linden", "eiken", "voort", "dam", "sluis", "tuin", "boomgaard", "esplanade", "promenade",
)  # fmt: skip
# The number leads: a word and a number behind it, then whether that word is a street, then what belongs to its name before it.
_DUTCH = re.compile(
    rf"(?<![\w'-])(?P<word>[^\W\d_][\w'.-]{{2,40}})(?:{NR}|\s?\((?:n°|nr\.?|nummer)\s?)(?P<number>{NUMBER}){BOX}", I
)
# "Nieuwe Baan 3": written apart, the word before it belongs to the name.
_ENDING = frozenset(
    ["straat", "str", "stwg", "stnwg", "laan", "steenweg", "weg", "plein", "dreef", "dijk", "baan", "lei", "kaai", "kade", "pad", "hof", "heide", "markt", "singel", "dries", "hoek", "berg", "akker", "molen", "bos", "park", "veld", "vest"]
)  # fmt: skip
_ADJECTIVE = re.compile(
    r"(?:(?i:oude|nieuwe|lange|korte|grote|kleine|hoge|lage|achterste|voorste|groene|witte|rode|zwarte|holle|kromme|brede|eerste|tweede)|[A-Z][\w'-]{2,20}) $"
)
_SHORT = re.compile(r"[A-Z][\w'-]{3,30}l\.")  # Eikenl.
_FIRST = re.compile(
    r"(?:(?i:oude|nieuwe|lange|korte|grote|kleine|hoge|lage|achterste|voorste|sint|koning|koningin|prins|pastoor|dokter|kardinaal|burgemeester|jan)[\s-])?(?:[A-Z][\w'.]{1,20}[\s-]){0,3}$"
)  # fmt: skip
_TOWARDS_TOWN = re.compile(r"\b(?:[\w-]{0,20}(?:steenweg|stwg\.?|stnwg\.?|ste?enw\.)|baan|weg) (?:op|naar|van) $", I)
_BEFORE = re.compile(
    rf"(?<![\w.,/-])(?P<number>{NUMBER}),?\s{{1,2}}(?:[A-Z][\w'-]{{1,20}} ){{0,2}}[A-Z][\w'-]{{1,30}}(?:straat|laan|steenweg|weg|plein|lei|dreef|dijk|kaai|baan|markt|hof)(?![\w-])"
)
_A_DAY_BEFORE = re.compile(r"(?:dag|bus|lijn|tram|zaal|lokaal|perron|loket) $")
_STREET = r"[\w'-]{2,30}(?:straat|laan|steenweg|plein|dreef|dijk|lei|baan|kaai|markt|weg)"
_SOLID = re.compile(
    r"(?<![\w-])[\w'-]{2,30}(?:straat|str\.?|laan|steenweg|plein|dreef|dijk)(?:-?\d{1,4}[a-z]?(?!\w)|\s?\(\s?\d{1,4}[a-z]?\s?\)|\s?[-:#]\s?#?\d{1,4}[a-z]?(?=\s?(?:$|[,.;)\n])))", I
)  # fmt: skip
_SOLID_STEMS = ("straat", "str", "laan", "steenweg", "plein", "dreef", "dijk")
# "in de Kerkstraat woont ze op nummer 12": a few words between, and the number says that it is one of a house.
_LATER = re.compile(
    rf"(?<![\w-])(?:{_STREET}|(?:{FRENCH}) (?:de la |de l'|du |des |de |d')?[A-Z][\w'-]{{1,24}}|[A-Z][\w'-]{{1,20}} (?:Street|Road|Lane|Avenue))(?![\w-])"
    rf"(?P<between>[^\n.!?\d]{{0,30}}?\b(?:op|aan|met|huis|hoogte van|t\.h\.v\.|rechtover|tegenover|naast|au|at|on|le)\s(?:het |'t |den |de |the )?|,? ?(?:'t |het |den )?)(?:{OF_A_HOUSE}|(?<=over )|(?<=hoogte van )|(?<=t\.h\.v\. ))\d{{1,4}}(?:\s?[a-z])?(?!\w)(?!\s?(?:meter|m\b|km|jaar|uur))", I
)  # fmt: skip
_HOUSE_WORD = re.compile(rf"{OF_A_HOUSE}|over \d|hoogte van|t\.h\.v", I)
_HOUSE_STEMS = ("nummer", "nr", "n°", "no.", "n0.", "numéro", "numero", "number", "hoogte van", "t.h.v")
_DOOR_STEMS = ("house ", "huis ", "flat ", "door ", "deur", "no ")
_OVER = re.compile(r"over \d")
_OF_A_BUS = re.compile(
    r"\b(?:bus|lijn|ligne|line|halte|arr[eê]t|zaal|lokaal|salle|room|perron|quai|wachtlijst|plaats|tram)\b", I
)
# "op den 12 in de Kerkstraat", "nummer 12 in de Kerkstraat", "house 12 on Kerkkaai".
_AT_NUMBER = re.compile(rf"\bop (?:den |het )?\d{{1,4}} (?:in|van|op) (?:de |het |den ){_STREET}(?![\w-])", I)
_NUMBER_OF = re.compile(
    r"\b(?:nummer|nr\.?|huisnummer|deurnummer|num[eé]ro|n°|number|no\.) ?\d{1,4}[a-z]? (?:in|van|uit|op|aan|of|on|de|du|dans)(?: de| den| het| la| le| the| l')? ?(?:rue [\w' -]{3,25}|avenue [\w' -]{3,25}|chauss[eé]e [\w' -]{3,25})(?!\w)", I
)  # fmt: skip
_HOUSE_OF = re.compile(
    r"\b(?:huisnummer|deurnummer|nummer|nr\.?|num[eé]ro|n°|number|no\.?|house|huis|flat|door) ?\d{1,4}[a-z]? (?:(?:in|van|uit|op|aan|of|on|at)(?: de| den| het| the)? )?(?:[A-Z][\w'-]{1,20} ){0,2}(?P<word>[^\W\d_][\w'-]{3,30})(?: (?:street|road|lane|avenue))?(?![\w-])", I
)  # fmt: skip
# "Vaartkaai Noord 8", "O.L.V.-straat 8".
_TWO_WORDS = re.compile(
    rf"(?<![\w'-])(?P<street>{_STREET}[- ](?:[Nn]oord|[Zz]uid|[Oo]ost|[Ww]est)|(?:[A-Z]\.){{1,4}}-?(?:straat|laan|plein)){NR}(?P<number>{NUMBER}){BOX}"
)
_QUARTERS = ("noord", "zuid", "oost", "west")
_IN_THE = re.compile(r"\b(?:in|op|aan|naar|van|uit|langs|bij|te|achter|voor)(?: de| den| het| 't| d')? ?$", I)


def address(text: str) -> Iterator[Span]:
    for start, end in _around_digits(text):
        part = text[start:end]
        for find in (french_or_english, _dutch, dwelling):
            for first, last in find(part):
                yield start + first, start + last


_DIGITS = re.compile(r"\d{1,4}")
BEFORE, BEHIND = 90, 70  # characters around a number in which its street stands


def _around_digits(text: str) -> list[list[int]]:
    """Stretches with a number in it; most of a text has none."""
    found: list[list[int]] = []
    for number in _DIGITS.finditer(text):
        start, end = max(0, number.start() - BEFORE), min(len(text), number.end() + BEHIND)
        if found and start <= found[-1][1]:
            found[-1][1] = end
        else:
            found.append([start, end])
    return found


def _dutch(text: str) -> Iterator[Span]:
    for found in _BEFORE.finditer(text):
        if not _A_DAY_BEFORE.search(text, max(0, found.start() - 12), found.start()):
            yield found.span()
    low = text.lower()
    has_quarter = ".-" in low or any(quarter in low for quarter in _QUARTERS)
    for found in _TWO_WORDS.finditer(text) if has_quarter else ():
        if not is_counted(text, found) and ENDS_HERE.match(text, found.end()):
            yield found.span()
    has_word = any(stem in low for stem in _HOUSE_STEMS)
    for found in _LATER.finditer(text) if has_word or _OVER.search(low) else ():
        if not _OF_A_BUS.search(found["between"]):
            yield found.span()
    for found in _HOUSE_OF.finditer(text) if has_word or any(stem in low for stem in _DOOR_STEMS) else ():
        word = found["word"]
        if _is_street_word(word) and (not word.lower().endswith(_WEAK) or word[0].isupper()):
            yield found.span()
    solid = [_SOLID] * any(stem in low for stem in _SOLID_STEMS)
    for pattern in (*solid, _AT_NUMBER, *[_NUMBER_OF] * has_word):
        for found in pattern.finditer(text):
            yield found.span()
    for found in _DUTCH.finditer(text):
        first = _start(text, found)
        if first is not None and not is_counted(text, found):
            yield first, found.end()


_STREET_AND_DIGIT = re.compile(
    r"(?:straat|laan|weg|plein|dreef|lei|baan|dijk|str|kaai|hof|markt|rue|avenue|chauss[eé]e|place|boulevard|street|road|lane)(?:\b[^.!?\d]{0,40})?\d|\d,? (?:de la |in de )?(?:rue|avenue|[\w-]+straat|[A-Z]\w+ (?:Street|Road|Lane))", I
)  # fmt: skip


def may_hold_a_house(text: str) -> bool:
    """Sooner known than whether it does."""
    return _STREET_AND_DIGIT.search(text) is not None


def is_the_end_of_an_address(text: str, start: int, end: int) -> bool:
    """In words a number counts more often than it is that of a house: "in de Kerkstraat twee winkels"."""
    return bool(_HOUSE_WORD.search(text, start, end) or _ENDS_THERE.match(text, end))


_ENDS_THERE = re.compile(r"\s?(?:$|[,.;:!?)\n]|(?:boven|beneden|achteraan|bus|bis|bte|verdiep)\b)")


def _start(text: str, found: Match) -> int | None:
    """Where the name of the street begins; None when the word is none."""
    word, place = found["word"], found.start("word")
    before = text[max(0, place - 60) : place]
    if before.endswith((" op ", " naar ", " van ")) and (town := _TOWARDS_TOWN.search(before)):
        return place - len(town[0])
    if word.lower() in _ENDING and (adjective := _ADJECTIVE.search(before)):
        return place - len(adjective[0])
    if not _is_street_word(word) and not _SHORT.fullmatch(word):
        return None
    if marks().get(plain(word), 0) & PLACE and not _IS_NUMBERED.search(text, place, found.end()):
        return None  # "in Linkhout 3 winkels"
    first = _FIRST.search(before)
    start = place - len(first[0]) if first else place
    # "De Kerkstraat": an article at the beginning of a sentence is no part of the name.
    article = re.match(r"(?:de|het|in|op|aan|uit|van|naar)\s", text[start:place], I)
    start += len(article[0]) if article else 0
    return start if _is_street(text, word, start, found.end()) else None


_STREETS = _SURE + _WEAK


def _is_street_word(word: str) -> bool:
    low = word.lower()
    if not low.endswith(_STREETS):
        return False
    return low in _WHOLE or any(low.endswith(end) and len(low) >= len(end) + 2 for end in _STREETS)


_WHOLE = frozenset(["markt", "dorp", "kerkplein"])
_IS_NUMBERED = re.compile(r"\s(?:huis)?(?:nr|n°|nummer|numéro|no)\.?\s?\d", I)
_IN_A_TOWN = re.compile(r",?\s(?:in |te |[1-9]\d{3} )?(?P<town>[A-Z][\w-]{2,24})")


def _is_street(text: str, word: str, start: int, end: int) -> bool:
    if _IS_NUMBERED.search(text, start, end):
        return True
    if word.lower().endswith(_SURE):
        return True
    if word[0].isupper() and start > 0 and not re.search(r"[.!?\n]\s*$", text[:start]):
        return True
    if (town := _IN_A_TOWN.match(text, end)) and marks().get(plain(town["town"]), 0) & PLACE:
        return True
    if (
        word[0].isupper()
        and len(word) > 6
        and not marks().get(plain(word), 0) & (WORD | PLACE)
        and ENDS_HERE.match(text, end)
    ):
        return True
    # In lower case "supermarkt 3" counts something; an address ends its sentence, or goes on with a box or a town.
    if re.search(r"\b(?:grote|oude|kleine|nieuwe) $", text[max(0, start - 8) : start], I) or word.lower().startswith(
        ("grote ", "oude ")
    ):
        return True
    goes_on = ENDS_HERE.match(text, end)
    return len(word) > 6 and bool(goes_on and _IN_THE.search(text, max(0, start - 12), start))
