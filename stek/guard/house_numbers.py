"""The number of a house with its box, and what tells it from a number that counts, a day, an hour or a year."""

from __future__ import annotations

import re

from .digits import I, Match

# A number, its letter, and another behind a slash or a dash. "2de", "3x", "9u" are none: those letters belong to a count or an hour.
NUMBER = r"\d{1,4}(?!\d)(?!(?-i:ste|de|e|[eè]?me|i[eè]me|er|st|nd|rd|th|x)\b)(?:\s?(?:bis|ter|quater|(?-i:[a-gi-tv-wyzA-Z]))(?![a-z\d'’]))?(?:\s?[/-]\s?\d{1,3}(?-i:[a-gi-tv-z])?)?(?!\d)"
BOX = r"(?:[\s,]{0,2}\(?(?:bus|bte|bo[iî]te|box|b\.|bt\.|app?\.?|flat|apt\.?|appartement|unit)\s?\d{0,4}[a-z]?\d{0,3}(?!\w)\)?)?"
NR = r"(?:,?\s|,\s?)(?:n[r°o0]\.?\s?|n\.?\s|huis\s|deur\s|bel\s|nummer\s|num[eé]ro\s|huisnr\.?\s|huisnummer\s|number\s|no\.\s)?"
OF_A_HOUSE = r"(?:huis)?(?:nummer|nr\.?|n°|n[o0]\.|num[eé]ro|number)\s?"

# Behind a number that counts something else.
_COUNTED = re.compile(
    r"\s?(?:uur|u\b|u\d\d|h\b|h\d\d|[:.]\d\d(?!\d)|,\d|(?:[.:]\d\d)?\s?-\s?\d{1,2}(?:[.:]\d\d)?\s?(?:u|h|uur)\b|euro|€|eur\b|km|m\b|meter|cm|minu|min\b|jaar|ans\b|years?|maand|mois|months?|week|weken|semaines?|dag|jours?|days?|keer|fois|times|%|procent|pour ?cent|x\b"
    r"|mensen|personen|personnes|people|kinderen|enfants|children|gezinnen|familles|famil|plaatsen|places|studenten|bussen|halte|lijn|stuks|leden|graden|huizen|woningen|maisons|houses|auto|van de|op de|(?:op|van|sur|of|à|tot|to) \d|sur|of the|tot\b|soirs?\b|heures?\b|hectare|ton\b"
    r"|bomen|kramen|palen|banken|borden|wagens|fietsen|fietsers|zakken|panden|zaken|klachten|ongevallen|ongelukken|putten|gaten|mannen|vrouwen|buren|gasten|ouders|leerlingen|klassen|scholen|dokters|artsen|verdiepingen|straten|lampen|camera"
    r"|(?:lege|nieuwe|oude|grote|kleine|extra|andere|sociale|vuile|kapotte) \w+(?:en|s)\b|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|janvier|f[eé]vrier|mars|avril|mai|juin|juillet|ao[uû]t|octobre|d[eé]cembre|january|february|march|may|june|july|august|october)",
    I,
)
# Any word in the plural counts: in Dutch and French on an -s or -x, beside "in the street" also on -en.
_PLURAL = re.compile(r"\s[a-zà-ÿ'-]{4,30}[sx]\b")
_NO_PLURAL = re.compile(
    r"\s(?:soms|thuis|steeds|sinds|telkens|trouwens|tevens|links|rechts|langs|ondanks|alles|niets|samen|ofwel|vlaams|dans|sans|mais|depuis|sous|vers|toujours|apr[eè]s|tr[eè]s|puis|jamais|plus|lors|hors|moins|nous|vous|[eé]tages?|needs|has|was|gets|wants|smells|leaks|\w+ée?s|\w+ous|huis|\w+huis)\b", I
)  # fmt: skip
_MANY = re.compile(r"\s[a-zà-ÿ-]{3,30}en\b")
_NO_MANY = re.compile(
    r"\s(?:wonen|hebben|zitten|staan|klagen|willen|kunnen|moeten|mogen|krijgen|wachten|zoeken|horen|slapen|roepen|maken|hangen|liggen|betalen|leven|lopen|komen|gaan|vragen|zeggen|huren|branden|vechten|blaffen|delen|zijn|waren|zouden|worden|werden|blijven|verhuizen|drinken|doen|zien|geven|nemen"
    r"|samen|binnen|buiten|boven|beneden|tegen|tussen|achteraan|alleen|gisteren|morgen|iemand(?:en)?|een|geen|mijnen|onzen|omdat|wegen|bovendien|voordien)\b", I
)  # fmt: skip
_ALONG = re.compile(
    r"\b(?i:in|op|langs|aan|rond|door|voorbij|over) (?:de|het|den|'t|heel de) (?:[A-Z][\w'.-]{1,20}[ -]){0,2}$"
)
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d$")
_LONG_ROAD = re.compile(r"(?:baan|steenweg|stwg|chauss[eé]e|weg|road)\b", I)
_DAY = re.compile(r"(\d{1,2})\s?/\s?(\d{1,2})$")
_HOUR_BEHIND = re.compile(
    r",?\s?(?:van|om|vanaf|tussen|tot|à|de|d[eè]s|from|at|rond)?\s?\d{1,2}\s?(?:u|h|uur|:\d\d|\.\d\d)|,?\s?(?:en|et|and|tot|au|,|-)\s?\d{1,2}/\d{1,2}(?!\d)|/\d",
    I,
)
_FEAST = re.compile(
    r"markt\b|feest|kermis|\bbar\b|zomerbar|fuif|bbq|barbecue|quiz|concert|festival|braderi|brocante|f[eê]te|party|\bcours\b|\bles(?:sen)?\b|vergadering|afspraak|rendez-vous|\b(?:maan|dins|woens|donder|vrij|zater|zon)dag|\b(?:lun|mar|mercre|jeu|vendre|same)di\b|dimanche",
    I,
)


def is_counted(text: str, found: Match) -> bool:
    """The number says how many, when, or in which year. Not when a box follows: that is a house."""
    if found.end() != found.end("number"):
        return False
    number, end = found["number"], found.end("number")
    if _COUNTED.match(text, end) or number == "24/7":
        return True
    if _YEAR.match(number) and not _LONG_ROAD.search(found[0]):
        return True
    day = _DAY.match(number)
    if day and int(day[1]) <= 31 and int(day[2]) <= 12:
        is_feast = _FEAST.search(text, max(0, found.start() - 40), found.start())
        return bool(is_feast or _HOUR_BEHIND.match(text, end))
    return number.isdigit() and _is_plural(text, found, end)


def _is_plural(text: str, found: Match, end: int) -> bool:
    if _PLURAL.match(text, end) and not _NO_PLURAL.match(text, end):
        return True
    is_along = _ALONG.search(text, max(0, found.start() - 40), found.start())
    return bool(is_along and _MANY.match(text, end) and not _NO_MANY.match(text, end))


# What may follow the number of a house whose street no ending tells: the end, or words that nobody counts.
ENDS_HERE = re.compile(
    r"\s?(?:$|[,.;:!?)\n]|in [A-Z]|te [A-Z]|en (?!\d)|et (?!\d)|and (?!\d)|(?:maar|want|is|staat|staan|sinds|waar|die|dat|heb|hebben|heeft|had|was|waren|wordt|woont|woonde|wonen|zit|ligt|ik|ze|zij|hij|ge|gij|je|we|wij|men|er|daar|al|nog|niet|nie|ook|als|omdat|naar|bij|met|kan|mag|moet|wil|krijgt|kreeg|gaat|komt|blijft"
    r"|boven|beneden|achter|naast|gelijkvloers|achteraan|est|a|sont|depuis|dans|sans|avec|où|qui|mais|has|are|needs|with|without|since|where|but|because|which)\s)"
)
# … and what only a house has: a floor, a door.
STOREY = r"(?:,? \(?(?:boven|beneden|gelijkvloers|glvl|achteraan|achterhuis|(?:\d|eerste|tweede|derde) ?(?:ste|de|e|i?[eè]me|er|st|nd|rd)? ?(?:verd|hoog|[eé]tage|floor|verdiep))(?!\w{4}))"
