"""A house: a street with a number behind it, or before it as in French and English. A street alone is a place, and stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .folding import plain
from .words import PLACE, WORD, marks

I = re.IGNORECASE  # noqa: E741  # read as a flag

# What a Dutch street ends on, written as one word with what is before it; in dialect too.
_DUTCH_ENDS = (
    r"(?:str(?:aa|oa|o)te?n?|straatje|str\.?|laan|loane|lane|steenweg|st(?:n)?wg\.?|stnwg\.?|weg|wegel|plein|pleintje|plaats|plaatsje|lei|dreef|dijk|kaai|kade|pad|padje|baan|markt|gracht|singel"
    r"|ring|hof|hoek|berg|veld|velden|heide|heuvel|kouter|wijk|dorp|gaarde|gang|laantje|bos|akker|akkers|hoeve|molen|kant|eind|einde|park|poort|vest|rei|vaart|donk|beemd|ham|lo|put|straten|brug|blok|dries|kens|ke[rn]k|vliet|oever|wal|rui|steeg|steegje|pand|broek|schoot|horst|vennen|goor|haag|hage|hout|loop|beek|bempt|erf|laar|mortel|zand|meir|linden?|eiken|voort|dam|sluis|tuin|boomgaard|hofje)"
)
# Of these many a word ends on that is no street: they need a capital, or "in de" before them.
_WEAK = re.compile(r"(?:hof|hoek|berg|veld|velden|heide|wijk|dorp|gang|bos|hoeve|molen|kant|einde?|park|poort|ring|plaats|baan|weg|markt|lei|ham|lo|put|brug|blok|kens|ke[rn]k|donk|rei|lane|pad|vaart|heuvel|akkers?|vliet|oever|wal|rui|steeg|pand|broek|schoot|horst|vennen|goor|haag|hage|hout|loop|beek|bempt|erf|laar|mortel|zand|meir|linden?|eiken|voort|dam|sluis|tuin|boomgaard)$", I)  # fmt: skip
_FRENCH = r"(?:rue|avenue|av\.|boulevard|bd|bld|place|pl\.|chauss[eé]e|ch[eé]e|chemin|all[eé]e|impasse|quai|square|clos|sentier|route|ruelle|cit[eé]|drève|venelle|cours|rond-point|faubourg|grand[- ']?rue|grand[- ']?place|vieux chemin)"
_ENGLISH = r"(?:street|road|avenue|lane|square|drive|close|court|way|place|st\.|rd\.|ave\.?)"
_NAMED = r"(?:de la |de l'|du |des |de |d'|le |la |les |l')?[\w'.-]{2,24}(?: (?:de la |de l'|du |des |de |d'|la |le |les |l'|et |sur |lez )?[\w'.-]{2,24}){0,4}?"
_NUMBER = r"\d{1,4}(?!\d)(?:\s?(?:bis|ter|quater|[a-z])(?![a-z\d'’]))?(?:\s?[/-]\s?\d{1,3}[a-z]?)?(?!\d)"
_BOX = r"(?:[\s,]{0,2}(?:bus|bte|bo[iî]te|box|b\.|bt\.|app?\.?|flat|apt\.?|appartement|unit)\s?\d{0,4}[a-z]?\d{0,3}(?!\w))?"
_NR = r"(?:,?\s|,\s?)(?:n[r°o0]\.?\s?|n\.?\s|huis\s|deur\s|bel\s|nummer\s|num[eé]ro\s|huisnr\.?\s|huisnummer\s|number\s|no\.\s)?"
# A number that counts something else.
_COUNTED = re.compile(
    r"\s?(?:uur|u\b|u\d\d|h\b|h\d\d|:\d\d|\.\d\d\b|,\d|euro|€|eur\b|km|m\b|meter|cm|minu|min\b|jaar|ans\b|years?|maand|mois|months?|week|weken|semaines?|dag|jours?|days?|keer|fois|times|%|procent|pour ?cent"
    r"|mensen|personen|personnes|people|kinderen|enfants|children|gezinnen|familles|famil|plaatsen|places|studenten|bussen|halte|lijn|stuks|leden|graden|huizen|woningen|maisons|houses|auto|van de|op de|sur|of the|tot\b"
    r"|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|janvier|f[eé]vrier|mars|avril|mai|juin|juillet|ao[uû]t|octobre|d[eé]cembre|january|february|march|may|june|july|august|october)",
    I,
)

# The number leads: a word and a number behind it, then whether that word is a street, then what belongs to its name before it.
_DUTCH = re.compile(rf"(?<![\w'-])(?P<word>[^\W\d_][\w'.-]{{2,40}}){_NR}(?P<number>{_NUMBER}){_BOX}", I)
_IS_DUTCH = re.compile(rf"[\w'-]{{2,30}}{_DUTCH_ENDS}|markt|dorp|kerkplein", I)
# "Nieuwe Baan 3": written apart, the word before it belongs to the name.
_ENDING = re.compile(
    r"straat|str|stwg|stnwg|laan|steenweg|weg|plein|dreef|dijk|baan|lei|kaai|kade|pad|hof|heide|markt|singel|dries|hoek|berg|akker|molen|bos|park|veld|vest",
    I,
)
_ADJECTIVE = re.compile(
    r"(?:(?i:oude|nieuwe|lange|korte|grote|kleine|hoge|lage|achterste|voorste|groene|witte|rode|zwarte|holle|kromme|brede|eerste|tweede)|[A-Z][\w'-]{2,20}) $"
)
_SHORT = re.compile(r"[A-Z][\w'-]{3,30}l\.")  # Eikenl.
_DUTCH_FIRST = re.compile(
    r"(?:(?i:oude|nieuwe|lange|korte|grote|kleine|hoge|lage|achterste|voorste|sint|koning|koningin|prins|pastoor|dokter|kardinaal|burgemeester|jan)[\s-])?(?:[A-Z][\w'.]{1,20}[\s-]){0,3}$"
)  # fmt: skip
_TOWARDS_TOWN = re.compile(r"\b(?:[\w-]{0,20}steenweg|baan|weg) (?:op|naar|van) $", I)
_FRENCH_STREET = re.compile(rf"(?<!\w){_FRENCH} {_NAMED}{_NR}(?P<number>{_NUMBER}){_BOX}", I)
_GRAND = re.compile(
    rf"(?<![\w-])(?P<street>grand[- ']?(?:rue|place)|vieux[- ](?:chemin|march[eé])){_NR}(?P<number>{_NUMBER}){_BOX}", I
)
_FRENCH_BEFORE = re.compile(rf"(?<![\w.,/-])(?P<number>{_NUMBER}),?\s{{1,2}}{_FRENCH} (?:de la |de l'|du |des |de |d'|la |le )?[\w'.-]{{2,24}}(?: (?:de la |de l'|du |des |de |d')?[A-Z][\w'.-]{{1,24}}){{0,3}}", I)  # fmt: skip
_DUTCH_BEFORE = re.compile(rf"(?<![\w.,/-])(?P<number>{_NUMBER}),?\s{{1,2}}(?:[A-Z][\w'-]{{1,20}} ){{0,2}}[A-Z][\w'-]{{1,30}}(?:straat|laan|steenweg|weg|plein|lei|dreef|dijk|kaai|baan|markt|hof)(?![\w-])")  # fmt: skip
_ENGLISH_STREET = re.compile(rf"(?<![\w.,/-])(?P<number>{_NUMBER}),?\s{{1,2}}(?:the )?(?:[A-Z][\w'.-]{{1,20}} ){{1,3}}{_ENGLISH}(?!\w)", I)  # fmt: skip
# Any name with a number and, behind it, a postcode: what stands on an envelope.
_ENVELOPE = re.compile(rf"(?<![\w-])(?:[A-Z][\w'.-]{{1,24}} ){{0,3}}[A-Z][\w'.-]{{2,24}},? (?P<number>{_NUMBER}){_BOX},?\s{{1,2}}(?:in |te |à )?(?:B-)?[1-9]\d{{3}}(?: ?[A-Z]{{2}})?,? [A-Z][\w-]{{2,20}}")  # fmt: skip
# "woont in Heuvel 12", "rue" left out: who lives somewhere lives in a house.
_LIVES = re.compile(
    rf"\b(?:woon(?:t|de|en|den)?|adres\b(?: is| van \w{{2,12}} is)?|logeert|verblijft|habit(?:e|ait|ent)|demeure|adresse\b(?: est)?|lives?|living|address\b(?: is)?|staying)(?::| in| op| aan| te| à| au| aux| at| on)?(?: de| den| het| 't| la| le| les| the)? "
    rf"(?P<street>(?:[A-Z][\w'.-]{{1,24}} ){{0,2}}[A-Z][\w'.-]{{2,24}}){_NR}(?P<number>{_NUMBER}){_BOX}"
)  # fmt: skip
# "uit de Veldekens 17a": no ending tells, the letter does; or the box.
_UNNAMED = re.compile(
    r"\b(?:in|uit|op|aan|naar|van) (?:de |den |het |'t )?(?P<street>(?!(?:lokaal|zaal|artikel|art|lijn|bus|perron|kamer|klas|groep|blok|fase|trein|spoor|loket|bijlage|punt|wet|categorie|cat|niveau)\b)[^\W\d_][\w'-]{4,30}) "
    r"(?P<number>\d{1,3}(?:[a-f](?!\w)|\s?(?:bus|bte|box)\s?\w{1,4}))", I
)  # fmt: skip
# "op Achterbroek 12, ": a capital in the middle of a sentence, and a number that counts nothing.
_CAPITAL = re.compile(
    r"\b(?:in|op|aan|naar|uit|te|à|at|of|van) (?:de |den |het |'t |la |le )?(?P<street>(?!(?:Lokaal|Zaal|Artikel|Art|Lijn|Bus|Perron|Kamer|Klas|Groep|Blok|Fase|Trein|Spoor|Loket|Bijlage|Punt|Wet|Categorie|Niveau|Windows|Office|Canvas|Een|Covid|Type|Titel|Hoofdstuk|Week|Radio|Studio|Route|Room|Platform|Line|Page|Article|Annexe|Salle|Quai|Ligne|Guichet|Phase)\b)(?:[A-Z][\w'-]{1,20} ){0,2}[A-Z][\w'-]{3,30}) "
    r"(?P<number>\d{1,3}(?:\s?[a-f](?!\w))?(?:[/-]\d{1,3})?)(?!\d)"
)  # fmt: skip
# "Heikant 4a", "Heikant 4, Wortel", "Heikant 4 bus 2": no word of the language, no town, and what follows is that of a house.
_ALONE = re.compile(
    r"(?<![\w'-])(?P<street>(?:[A-Z][\w'-]{1,20} )?[A-Z][\w'-]{3,30}) \d{1,3}(?:[a-f](?!\w)|,? (?:bus|bte|boven|beneden) ?\d{0,3}\b|,? (?:in |te |à )?(?P<town>[A-Z][\w-]{2,24}))"
)
_GOES_ON = re.compile(
    r"\s?(?:$|[,.;:!?)\n]|in [A-Z]|te [A-Z]|en |et |and |maar |want |is |staat |sinds |waar |die |dat )"
)
_STREET = r"[\w'-]{2,30}(?:straat|laan|steenweg|plein|dreef|dijk|lei|baan|kaai|markt|weg)"
_SOLID = re.compile(
    r"(?<![\w-])[\w'-]{2,30}(?:straat|str\.?|laan|steenweg|plein|dreef|dijk)(?:-?\d{1,4}[a-z]?(?!\w)|\s?\(\s?\d{1,4}[a-z]?\s?\)|\s?[-:#]\s?#?\d{1,4}[a-z]?(?=\s?(?:$|[,.;)\n])))", I
)  # fmt: skip
# "in de Kerkstraat woont ze op nummer 12": a few words between, and the number says that it is one of a house.
_OF_A_HOUSE = r"(?:huis)?(?:nummer|nr\.?|n°|n[o0]\.|num[eé]ro|number)\s?"
_LATER = re.compile(
    rf"(?<![\w-])(?:{_STREET}|(?:{_FRENCH}) (?:de la |de l'|du |des |de |d')?[A-Z][\w'-]{{1,24}}|[A-Z][\w'-]{{1,20}} (?:Street|Road|Lane|Avenue))(?![\w-])"
    rf"(?P<between>[^\n.!?\d]{{0,30}}?\b(?:op|aan|met|huis|hoogte van|rechtover|tegenover|naast|au|at|on|le)\s(?:het |'t |den |de |the )?|,? ?(?:'t |het |den )?){_OF_A_HOUSE}\d{{1,4}}(?:\s?[a-z])?(?!\w)", I
)  # fmt: skip
_HOUSE_WORD = re.compile(_OF_A_HOUSE, I)
_OF_A_BUS = re.compile(
    r"\b(?:bus|lijn|ligne|line|halte|arr[eê]t|zaal|lokaal|salle|room|perron|quai|wachtlijst|plaats|tram)\b", I
)
# "au 12 de la rue de la Gare", "op den 12 in de Kerkstraat".
_AT_NUMBER = re.compile(
    rf"\b(?:au \d{{1,4}}(?: ?(?:bis|ter|[a-z]))?,? (?:de la |de l'|du |des |de )?{_FRENCH} (?:de la |de l'|du |des |de |d')?[A-Z][\w'-]{{1,24}}|op den \d{{1,4}} (?:in|van|op) (?:de |het |den )?{_STREET})(?![\w-])", I
)  # fmt: skip
# "chalet 14 op camping …", "residentie …, appartement 12": a dwelling with a number, where several stand together.
_UNIT = (
    r"(?:app(?:artement)?\.?|flat|studio|chalet|caravan|woonwagen|stacaravan|bungalow|huis|villa|emplacement|apartment)"
)
_PARK = r"(?:residentie|r[eé]sidence|camping|chaletpark|vakantiepark|woonwagenpark|woonwagenterrein|appartementsblok|flatgebouw|woonblok|hoogbouw|blok [A-Z\d]{1,2}\b)"
_DWELLING = re.compile(
    rf"(?<![\w-])(?:{_UNIT} (?:nr\.? |nummer |n° ?)?\d{{1,4}}[a-z]?,? (?:in|op|van|dans|of|at|au)(?: de| het| den| la| le| the)? (?:{_PARK}|{_STREET})(?![\w-])(?: [A-Z][\w'-]{{1,20}}){{0,3}}"
    rf"|{_PARK}(?: (?:de |het |les |la |le |den )?[A-Z][\w'-]{{1,20}}){{0,3}},? (?:{_UNIT}|plaats|staanplaats|nr\.?|nummer|n°|num[eé]ro|perceel|bus) ?\d{{1,4}}[a-z]?(?![\w%€]))", I
)  # fmt: skip
# "Hof ten Berg 3", "Ter Heide 12".
_ENGLISH_FIRST = re.compile(
    rf"(?<![\w'-])[A-Z][\w'-]{{2,20}} (?:Street|Road|Lane|Avenue|Square|Drive){_NR}(?P<number>{_NUMBER}){_BOX}"
)
# "Lage Kaart 8", "Vaartkaai Noord 8", "O.L.V.-straat 8".
_TWO_WORDS = re.compile(
    rf"(?<![\w'-])(?P<street>(?:Lage|Hoge|Klein|Kleine|Groot|Grote|Nieuwe|Oude|Lange|Korte|Achterste|Voorste) [A-Z][\w'-]{{3,20}}|{_STREET}[- ](?:[Nn]oord|[Zz]uid|[Oo]ost|[Ww]est)|(?:[A-Z]\.){{1,4}}-?(?:straat|laan|plein)){_NR}(?P<number>{_NUMBER}){_BOX}"
)  # fmt: skip
_MANOR = re.compile(
    rf"(?<![\w'-])(?P<street>(?:Hof (?:ten|ter|te|van|de)|Ter|Ten|Op 't|Op den|Achter 't|'t) [A-Z][\w'-]{{2,20}}){_NR}(?P<number>{_NUMBER}){_BOX}"
)
_NUMBER_OF = re.compile(
    r"\b(?:nummer|nr\.?|huisnummer|deurnummer|num[eé]ro|n°|number|no\.) ?\d{1,4}[a-z]? (?:in|van|uit|op|aan|of|on|de|du|dans)(?: de| den| het| la| le| the| l')? ?(?:rue [\w' -]{3,25}|avenue [\w' -]{3,25}|chauss[eé]e [\w' -]{3,25}|(?:[A-Z][\w'-]{1,20} ){0,2}[\w'-]{3,30}(?:straat|laan|weg|plein|dreef|dijk|lei|baan|markt|hof| street| road| lane| avenue))(?!\w)", I
)  # fmt: skip
_IN_THE = re.compile(r"\b(?:in|op|aan|naar|van|uit|langs|bij|te|achter|voor)(?: de| den| het| 't| d')? ?$", I)


def address(text: str) -> Iterator[tuple[int, int]]:
    for start, end in _around_digits(text):
        yield from _address_in(text, start, end)


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


def _address_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for pattern in (
        _FRENCH_STREET,
        _GRAND,
        _FRENCH_BEFORE,
        _DUTCH_BEFORE,
        _ENGLISH_STREET,
        _ENVELOPE,
        _LIVES,
        _UNNAMED,
    ):
        for found in pattern.finditer(text, start, end):
            if not _is_counted(text, found):
                yield found.start("street") if "street" in pattern.groupindex else found.start(), found.end()
    for found in _ENGLISH_FIRST.finditer(text, start, end) if _ENGLISH_WORD.search(text) else ():
        if not _is_counted(text, found) and _GOES_ON.match(text, found.end()):
            yield found.span()
    for found in (*_MANOR.finditer(text, start, end), *_TWO_WORDS.finditer(text, start, end)):
        if not _is_counted(text, found) and _GOES_ON.match(text, found.end()):
            yield found.span()
    for found in _LATER.finditer(text, start, end) if _HOUSE_WORD.search(text) else ():
        if not _OF_A_BUS.search(found["between"]):
            yield found.span()
    for found in _ALONE.finditer(text, start, end):
        if _is_a_street_alone(found):
            yield found.span()
    for found in _CAPITAL.finditer(text, start, end):
        is_town = marks().get(plain(found["street"]), 0) & PLACE
        if not is_town and not _is_counted(text, found) and _GOES_ON.match(text, found.end()):
            yield found.start("street"), found.end()
    for pattern in (_SOLID, _NUMBER_OF, _AT_NUMBER, *[_DWELLING] * _has_dwelling(text)):
        for found in pattern.finditer(text, start, end):
            yield found.span()
    for found in _DUTCH.finditer(text, start, end):
        first = _dutch_start(text, found)
        if first is not None and not _is_counted(text, found):
            yield first, found.end()


_ENGLISH_WORD = re.compile("Street|Road|Lane|Avenue|Square|Drive")
_PARK_WORDS = [
    "residen",
    "résiden",
    "camping",
    "chalet",
    "caravan",
    "park",
    "terrein",
    "blok",
    "bouw",
    "flat",
    "app",
    "studio",
    "bungalow",
    "huis",
    "villa",
]


def _has_dwelling(text: str) -> bool:
    text = text.lower()
    return any(word in text for word in _PARK_WORDS)


def is_the_end_of_an_address(text: str, end: int) -> bool:
    """In words a number counts more often than it is that of a house: "in de Kerkstraat twee winkels"."""
    return bool(re.compile(r"\s?(?:$|[,.;:!?)\n]|(?:boven|beneden|achteraan|bus|bis|bte|verdiep)\b)").match(text, end))


def _is_a_street_alone(found: re.Match[str]) -> bool:
    known = marks()
    last = known.get(plain(found["street"].split()[-1]), 0)
    if last & WORD or (last & PLACE and not found[0][-1].islower()):
        return False  # a hamlet with "4a" behind it is a street
    return not found["town"] or bool(known.get(plain(found["town"]), 0) & PLACE)


def _is_counted(text: str, found: re.Match[str]) -> bool:
    """The number says how many, or at what hour."""
    return found.end() == found.end("number") and bool(_COUNTED.match(text, found.end("number")))


def _dutch_start(text: str, found: re.Match[str]) -> int | None:
    """Where the name of the street begins; None when the word is none."""
    word, place = found["word"], found.start("word")
    before = text[max(0, place - 60) : place]
    if town := _TOWARDS_TOWN.search(before):
        return place - len(town[0])
    if _ENDING.fullmatch(word) and (adjective := _ADJECTIVE.search(before)):
        return place - len(adjective[0])
    if not _IS_DUTCH.fullmatch(word) and not _SHORT.fullmatch(word):
        return None
    if marks().get(plain(word), 0) & PLACE and not _IS_NUMBERED.search(text, place, found.end()):
        return None  # "in Linkhout 3 winkels"
    first = _DUTCH_FIRST.search(before)
    start = place - len(first[0]) if first else place
    # "De Kerkstraat": an article at the beginning of a sentence is no part of the name.
    article = re.match(r"(?:de|het|in|op|aan|uit|van|naar)\s", text[start:place], I)
    start += len(article[0]) if article else 0
    return start if _is_street(text, word, start, found.end()) else None


_IS_NUMBERED = re.compile(r"\s(?:huis)?(?:nr|n°|nummer|numéro|no)\.?\s?\d", I)
_IN_A_TOWN = re.compile(r",?\s(?:in |te |[1-9]\d{3} )?(?P<town>[A-Z][\w-]{2,24})")


def _is_street(text: str, word: str, start: int, end: int) -> bool:
    if _IS_NUMBERED.search(text, start, end):
        return True
    if not _WEAK.search(word) or re.search(r"(?:straat|laan|steenweg|plein|dreef)$", word, I):
        return True
    if word[0].isupper() and start > 0 and not re.search(r"[.!?\n]\s*$", text[:start]):
        return True
    if (town := _IN_A_TOWN.match(text, end)) and marks().get(plain(town["town"]), 0) & PLACE:
        return True
    if (
        word[0].isupper()
        and len(word) > 6
        and not marks().get(plain(word), 0) & (WORD | PLACE)
        and _GOES_ON.match(text, end)
    ):
        return True
    # In lower case "supermarkt 3" counts something; an address ends its sentence, or goes on with a box or a town.
    if re.search(r"\b(?:grote|oude|kleine|nieuwe) $", text[max(0, start - 8) : start], I) or word.lower().startswith(
        ("grote ", "oude ")
    ):
        return True
    goes_on = _GOES_ON.match(text, end)
    return len(word) > 6 and bool(goes_on and _IN_THE.search(text, max(0, start - 12), start))
