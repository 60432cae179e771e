"""Houses in a street whose name does not say that it is one, and homes among many: a manor, a caravan, a flat in a block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .digits import I, Match, Span
from .folding import plain
from .house_numbers import BOX, ENDS_HERE, NR, NUMBER, STOREY, is_counted
from .nobodies import NOBODY
from .words import PLACE, WORD, marks

# What has a number too.
_NO_STREET = (
    r"(?!(?i:lokaal|zaal|artikel|art|lijn|bus|perron|kamer|klas|groep|blok|fase|trein|spoor|loket|bijlage|punt|wet|categorie|cat|niveau|windows|office|canvas|een|covid|type|titel|hoofdstuk|week|radio|studio|route|room|platform|line|page|article|annexe|salle|quai|ligne|guichet|phase"
    r"|versie|pagina|blad|vak|leerjaar|formulier|optie|vraag|stap|deel|ronde|maat|plaats|nummer|rij|gang|poort|halte|pakket|model|label|verdiep|kavel|tafel|team|ploeg|level|step|part|table|grade|class|balie|afrit|post)\b)"
)
_CAPITALS = r"(?:[A-Z][\w'.-]{1,24} ){0,2}[A-Z][\w'.-]{2,24}"
# Any name with a number and, behind it, a postcode: what stands on an envelope.
_ENVELOPE = re.compile(
    rf"(?<![\w-])(?P<street>(?:[A-Z][\w'.-]{{1,24}} ){{0,3}}[A-Z][\w'.-]{{2,24}}),? (?P<number>{NUMBER}){BOX},?\s{{1,2}}(?:in |te |à )?(?:B-)?[1-9]\d{{3}}(?: ?[A-Z]{{2}})?,? [A-Z][\w-]{{2,20}}"
)
# "woont in Heuvel 12": who lives somewhere lives in a house.
_LIVES = re.compile(
    r"\b(?i:woon(?:t|de|en|den)?|wonende|adres\b(?: is| van \w{2,12} is)?|logeert|verblijft|gedomicilieerd|habit(?:e|ait|ent)|demeure|loge|domicili[eé]e?|adresse\b(?: est)?|lives?|living|address\b(?: is)?|staying)"
    rf"(?i::| in| op| aan| te| à| au| aux| at| on)?(?i:\s(?:de|den|het|'t|la|le|les|the))?\s(?P<street>{_NO_STREET}(?:{_CAPITALS}|(?:op|in) (?:de |het |den |'t )?[a-z][\w'-]{{4,24}}(?=,? \d{{1,4}}[a-z]?\s?(?:$|[,.;!?)\n])))){NR}(?P<number>{NUMBER}){BOX}"
)
# "post voor Vogelzang 14": so does who is sent something.
_SENT = re.compile(
    r"\b(?i:post|brief|brieven|pakjes?|pakket(?:ten)?|levering|leveren|bezorgen|afgeven|domicilie|ingeschreven|verhuisd|woning|pand|huis|huurders?|bewoners?|buren|schimmel|courrier|colis|livrer|delivery|moved)"
    rf"(?i: in| op| aan| te| voor| van| naar| à| au| at| on| to| for| pour| de)?(?i:\s(?:de|den|het|'t))?\s(?P<street>{_NO_STREET}{_CAPITALS}){NR}(?P<number>{NUMBER}){BOX}"
)
# "uit de Veldekens 17a": no ending tells, the letter does; or the box.
_UNNAMED = re.compile(
    rf"\b(?:in|uit|op|aan|naar|van) (?:de |den |het |'t )?(?P<street>{_NO_STREET}[^\W\d_][\w'-]{{4,30}}) (?P<number>\d{{1,3}}(?:(?-i:[a-dfA-F])(?!\w)|\s?(?:bus|bte|box)\s?\w{{1,4}}))",
    I,
)
# "op Achterbroek 12, ": a capital in the middle of a sentence, and a number that counts nothing.
_CAPITAL = re.compile(
    rf"\b(?:in|op|aan|naar|uit|te|à|at|on|van) (?:de |den |het |'t |la |le )?(?P<street>{_NO_STREET}(?:[A-Z][\w'-]{{1,20}} ){{0,2}}[A-Z][\w'-]{{3,30}}) "
    r"(?P<number>\d{1,3}(?:\s?[a-df](?!\w))?(?:[/-]\d{1,3})?)(?!\d)"
)
# "Heikant 4a", "Heikant 4, Wortel", "Heikant 4 bus 2": no word of the language, no town, and what follows is that of a house.
_ALONE = re.compile(
    r"(?<![\w'-])(?P<street>(?:[A-Z][\w'-]{1,20} )?[A-Z][\w'-]{3,30}) \d{1,3}(?:[a-df](?!\w)|,? (?:bus|bte|boven|beneden) ?\d{0,3}\b|,? (?:in |te |à )?(?P<town>[A-Z][\w-]{2,24}))"
)
# "Blauwe Regen 4, 2 hoog".
_STOREYED = re.compile(
    rf"(?<![\w'-])(?P<street>{_NO_STREET}(?:[A-Z][\w'-]{{1,20}} )?[A-Z][\w'-]{{3,30}}),? (?P<number>\d{{1,3}}[a-f]?){STOREY}"
)
_STOREY_WORD = re.compile(r"\d[^\n]{0,12}?(?:boven|beneden|gelijkvl|glvl|achter|hoog|verd|[eé]tage|floor)")
# "Hof ten Berg 3", "Ter Heide 12", "wijk De Heide 4".
_MANOR = re.compile(
    rf"(?<![\w'-])(?P<street>(?:Hof (?:ten|ter|te|van|de)|Ter|Ten|Op 't|Op den|Achter 't|'?[Tt]|(?:[Ww]ijk|[Gg]ehucht|[Hh]ameau|[Ll]ieu-dit)(?: De| Den| Het)?|(?:Achter|Onder|Boven|Over|Voor|Aan) (?:de|den|het|'t)) [A-Z][\w'-]{{2,20}}){NR}(?P<number>{NUMBER}){BOX}"
)
_SMALL_MANOR = re.compile(
    rf"(?<![\w'-])(?P<street>(?:ter|ten) (?!minste|laatste|hoogste|eerste|tweede|derde|einde|slotte|plaatse|waarde|beschikking|attentie|info|name|gevolge|tijde|opzicht|belope|laste|gunste|dele|huize|bedrage)[a-z]{{4,20}}){NR}(?P<number>{NUMBER}){BOX}(?=\s?(?:$|[,.;!?)\n]))"
)
# "Lage Kaart 8".
_LOW_AND_HIGH = re.compile(
    rf"(?<![\w'-])(?P<street>(?:Lage|Hoge|Klein|Kleine|Groot|Grote|Nieuwe|Oude|Lange|Korte|Achterste|Voorste) [A-Z][\w'-]{{3,20}}){NR}(?P<number>{NUMBER}){BOX}"
)
# "chalet 14 op camping …", "residentie …, appartement 12": a dwelling with a number, where several stand together.
_UNIT = (
    r"(?:app(?:artement)?\.?|flat|studio|chalet|caravan|woonwagen|stacaravan|bungalow|huis|villa|emplacement|apartment)"
)
_PARK = r"(?:residentie|r[eé]sidence|camping|chaletpark|vakantiepark|woonwagenpark|woonwagenterrein|appartementsblok|flatgebouw|woonblok|hoogbouw|blok [A-Z\d]{1,2}\b|bloc [A-Z\d]{1,2}\b)"
_STREET = r"[\w'-]{2,30}(?:straat|laan|steenweg|plein|dreef|dijk|lei|baan|kaai|markt|weg)"
_DWELLING = re.compile(
    rf"(?<![\w-])(?:{_UNIT} (?:nr\.? |nummer |n° ?)?\d{{1,4}}[a-z]?,? (?:in|op|van|dans|of|at|au)(?: de| het| den| la| le| the)? (?:{_PARK}|{_STREET})(?![\w-])(?: [A-Z][\w'-]{{1,20}}){{0,3}}"
    rf"|{_PARK}(?: (?:de |het |les |la |le |den |du |des )?[A-Z][\w'-]{{1,20}}){{0,3}},?(?: (?:blok|bloc|b[aâ]t\.?) [A-Z\d]{{1,2}},?)? (?:{_UNIT}|plaats|staanplaats|nr\.?|nummer|n°|num[eé]ro|perceel|bus) ?\d{{1,4}}[a-z]?(?![\w%€]))", I
)  # fmt: skip
_PARK_WORDS = ("residen", "résiden", "camping", "chalet", "caravan", "park", "terrein", "blo", "bouw", "flat", "app", "studio", "bungalow", "huis", "villa")  # fmt: skip


# What those words hold, to know soon that there is none.
_LIVES_STEMS = ("woon", "wonende", "adres", "logeert", "verblijft", "gedomic", "habit", "demeure", "loge", "domicil", "live", "living", "address", "staying")  # fmt: skip
_SENT_STEMS = ("post", "brie", "pak", "lever", "bezorg", "afgeven", "domicilie", "ingeschr", "verhuisd", "woning", "pand", "huis", "huurder", "bewoner", "buren", "schimmel", "courrier", "colis", "livrer", "delivery", "moved")  # fmt: skip
_NUMBERED = re.compile(rf"[A-Z][\w'.-]{{1,30}}{NR}\d")  # fewest of all that a street with a capital has


def dwelling(text: str) -> Iterator[Span]:
    """Of a stretch with digits in it."""
    has_capital = _NUMBERED.search(text) is not None
    low = text.lower()
    lives = [_LIVES] * any(stem in low for stem in _LIVES_STEMS)
    for pattern in (*[_ENVELOPE] * has_capital, *lives, _UNNAMED):
        for found in pattern.finditer(text):
            if not is_counted(text, found):
                yield found.start("street"), found.end()
    sent = [_SENT] * (has_capital and any(stem in low for stem in _SENT_STEMS))
    for pattern in (*sent, *[_MANOR, _LOW_AND_HIGH, _CAPITAL] * has_capital, _SMALL_MANOR):
        for found in pattern.finditer(text):
            if not is_counted(text, found) and ENDS_HERE.match(text, found.end()) and not _is_known(found):
                yield found.start("street"), found.end()
    for found in _STOREYED.finditer(text) if has_capital and _STOREY_WORD.search(text) else ():
        yield found.span()
    for found in _ALONE.finditer(text) if has_capital else ():
        if _is_a_street(found):
            yield found.span()
    if any(word in low for word in _PARK_WORDS):
        for found in _DWELLING.finditer(text):
            yield found.span()


def _is_known(found: Match) -> bool:
    """A town, or a service or a thing with a number: "in Kalmthout 3", "Peugeot 208"."""
    street = plain(found["street"])
    return bool(marks().get(street, 0) & PLACE) or street in NOBODY


def _is_a_street(found: Match) -> bool:
    known = marks()
    last = known.get(plain(found["street"].split()[-1]), 0)
    if last & WORD or (last & PLACE and not found[0][-1].islower()):
        return False  # a hamlet with "4a" behind it is a street
    return not found["town"] or bool(known.get(plain(found["town"]), 0) & PLACE)
