"""Streets of French and English, with the number of a house before or behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .digits import I, Match, Span
from .house_numbers import BOX, ENDS_HERE, NR, NUMBER, is_counted

FRENCH = r"(?:rue|r\.(?= )|avenue|av\.|boulevard|boul\.|bd\.?|bld\.?|place|pl\.|chauss[eé]e|ch[eé]e\.?|chemin|all[eé]e|impasse|quai|square|clos|sentier|route|ruelle|cit[eé]|drève|venelle|cours|rond-point|faubourg|grand[- ']?rue|grand[- ']?place|vieux chemin|passage|esplanade|montagne|petite rue)"
_OF = r"(?:de la |de l'|du |des |de |d'|la |le |les |aux? )"
_NAMED = rf"(?:{_OF}|l')?[\w'.-]{{2,24}}(?: (?:{_OF}|l'|et |sur |lez )?[\w'.-]{{2,24}}){{0,4}}?"
# What these hold, to know soon that there is none.
_FRENCH_STEMS = ("rue", "r. ", "avenue", "av.", "boul", "bd", "bld", "place", "pl.", "chauss", "chée", "chee", "chemin", "all", "impasse", "quai", "square", "clos", "sentier", "route", "ruelle", "cit", "drève", "dreve", "venelle", "cours", "rond", "faubourg", "grand", "vieux", "passage", "esplanade", "montagne")  # fmt: skip
_ENGLISH_STEMS = ("street", "road", "avenue", "lane", "square", "drive", "close", "court", "way", "place", "st.", "rd.", "ave")  # fmt: skip
_BEHIND = re.compile(
    rf"(?<!\w)(?P<kind>{FRENCH}) (?P<name>{_NAMED})(?:{NR}|\s?\((?:n°|nr\.?)?\s?)(?P<number>{NUMBER}){BOX}", I
)
_GRAND = re.compile(
    rf"(?<![\w-])(?P<street>grand[- ']?(?:rue|place)|vieux[- ](?:chemin|march[eé])){NR}(?P<number>{NUMBER}){BOX}", I
)
_BEFORE = re.compile(rf"(?<![\w.,/-])(?P<number>{NUMBER}),?\s{{1,2}}(?P<kind>{FRENCH}) (?P<name>(?:de la |de l'|du |des |de |d'|la |le |aux? )?[\w'.-]{{2,24}}(?: (?:de la |de l'|du |des |de |d')?(?-i:[A-Z])[\w'.-]{{1,24}}){{0,3}})", I)  # fmt: skip
# "au 12 de la rue de la Gare".
_AT = re.compile(
    rf"\b(?:au|le|du) \d{{1,4}}(?: ?(?:bis|ter|[a-z]))?,? (?:de la |de l'|du |des |de )(?:{FRENCH}) (?:de la |de l'|du |des |de |d'|aux? )?[A-Z][\w'-]{{1,24}}(?![\w-])",
    I,
)
# Of these many begin something else: "place dans le groupe 3", "cours de français 2".
_WEAK = re.compile(r"(?:place|cours|route|cit[eé]|clos|square|quai|chemin|passage|montagne|esplanade)$", I)
_NAMED_AFTER = re.compile(r"(?:du |de la |des |de l'|aux? )|(?-i:.*[A-Z])", I)
_NO_NAME = re.compile(
    r"\b(?:barr[eé]e?s?|compte|sera|seront|est|sont|niveau|groupe|pour|dans|depuis|avec|sans|complete?|libres?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|vers|chez|ferm[eé]e?s?|le|il|elle|on|qui|que|où|mais|soir|fran[cç]ais|n[eé]erlandais|parking|cr[eè]che|compl[eè]te?|plus|pas|left|for|in|at|to|op|van|en)\b",
    re.IGNORECASE,
)
# A bus or a day has a number before the street as well.
_NO_HOUSE = re.compile(
    r"\b(?:bus|tram|ligne|lijn|line|train|quai|perron|zaal|salle|room|loket|guichet|art(?:icle|ikel)?\.?|page|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:maan|dins|woens|donder|vrij|zater|zon)dag|depuis le|jusqu'au|avant le|apr[eè]s le|pour le|d[eè]s le)\s$",
    I,
)
_ON_THE = re.compile(r"\ble $", I)
_WILL_BE = re.compile(r"(?: [\w'-]{2,24}){0,2}\s(?:sera|seront|est ferm|ferme)|\s?:", I)
_ENGLISH_STREET = re.compile(
    rf"(?<![\w.,/-])(?P<number>{NUMBER}),?\s{{1,2}}(?:the )?(?:(?-i:[A-Z])[\w'.-]{{1,20}} ){{1,3}}(?:street|road|avenue|lane|square|drive|close|court|way|place|st\.|rd\.|ave\.?)(?!\w)",
    I,
)
_SMALL_ENGLISH = re.compile(
    r"\b(?:at|in|on|lives?|living|address(?: is)?|to|from) (?P<number>\d{1,4}[a-z]?),? [a-z]{3,15} (?:street|road|lane|avenue|square|drive)(?=\s?(?:$|[,.;:!?)\n]))"
)
_ENGLISH_BEHIND = re.compile(
    rf"(?<![\w'-])[A-Z][\w'-]{{2,20}} (?:Street|Road|Lane|Avenue|Square|Drive){NR}(?P<number>{NUMBER}){BOX}"
)


def french_or_english(text: str) -> Iterator[Span]:
    """Of a stretch with digits in it."""
    low = text.lower()
    if any(stem in low for stem in _FRENCH_STEMS):
        yield from _french(text)
    if any(stem in low for stem in _ENGLISH_STEMS):
        for found in (*_ENGLISH_STREET.finditer(text), *_SMALL_ENGLISH.finditer(text)):
            if not is_counted(text, found) and not _is_no_house(text, found):
                yield found.start("number"), found.end()
        for found in _ENGLISH_BEHIND.finditer(text):
            if not is_counted(text, found) and ENDS_HERE.match(text, found.end()):
                yield found.span()


def _french(text: str) -> Iterator[Span]:
    for found in _BEHIND.finditer(text):
        if _is_a_street(found) and not is_counted(text, found):
            yield found.span()
    for found in _GRAND.finditer(text):
        if not is_counted(text, found):
            yield found.span()
    for found in _BEFORE.finditer(text):
        if _is_a_street(found) and not _is_no_house(text, found):
            yield found.span()
    for found in _AT.finditer(text):
        yield found.span()


def _is_a_street(found: Match) -> bool:
    if _NO_NAME.search(re.sub(r"^(?:la |le |les )", "", found["name"], flags=I)):
        return False
    is_class = found["kind"].lower() == "cours"
    return not _WEAK.match(found["kind"]) or bool(
        re.search("[A-Z]", found["name"]) if is_class else _NAMED_AFTER.match(found["name"])
    )


def _is_no_house(text: str, found: Match) -> bool:
    before = text[max(0, found.start("number") - 16) : found.start("number")]
    return bool(_NO_HOUSE.search(before) or (_ON_THE.search(before) and _WILL_BE.match(text, found.end())))
