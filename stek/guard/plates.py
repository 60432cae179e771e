"""Number plates of cars, of here and of elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .digits import I, Span
from .words import COMMON, as_set, marks

_GAP = r"[-./\s_~*:+]{0,3}"
# Laid out like nothing else.
_PLATES = [
    re.compile(rf"(?<![\w.,-])[1-9]{_GAP}(?:[A-Za-z]{{3}}|[A-Z][-. ]?[A-Z][-. ]?[A-Z]){_GAP}\d[-. ]?\d[-. ]?\d(?!\w)"),
    re.compile(
        r"(?<![\w-])(?:[GHMOQSTUVWZ](?:-[A-Z]{3}-| [A-Z]{3} |[A-Z]{3}(?=\d{3}))\d{2,3}|[A-Z]{3}-\d{3}|\d{3}-[A-Z]{3}|[A-Z]{2}[- ]\d{3}[- ][A-Z]{2}|[A-Z]{1,3}-[A-Z]{1,2} ?\d{2,4}"
        r"|[A-Z]{1,2}[- ]\d{2,3}[- ][A-Z]{3}|[A-Z]{2}\d{2} [A-Z]{3}|[A-Z]{2} ?\d{4} ?[A-Z]{2})(?![\w-])"
    ),
]
# Three groups with dashes, of six letters and digits: Dutch, of all times.
_DUTCH = re.compile(
    r"(?<![\w-])(?=[\d-]{0,7}[A-Z])(?=[A-Z-]{0,7}\d)(?:[A-Z]{1,3}|\d{1,3})-(?:[A-Z]{2,3}|\d{2,3})-(?:[A-Z]{1,3}|\d{1,3})(?![\w-])"
)
_PLATE_LIKE = re.compile(
    r"[A-Z][-./\s_~*:+]{0,3}\d[-. ]?\d|\d\d[-. ]{0,3}[A-Z]|[a-z]{3}[-./ _~*:+]{0,3}\d{3}(?!\w)|\d[-./ _~*:+]{0,3}[A-Z]{3}"
)
# Beside a car also without capitals and marks.
_LOOSE = re.compile(
    r"(?<![\w-])(?:[a-z]{2}[-. ]?\d{3}[-. ]?[a-z]{2}|[a-z]{2}[-. ]?\d{4}[-. ]?[a-z]{2}|\d{4}[-. ]?(?:[a-z]{3}|[a-z]{2}[-. ]?\d{2})|\d[-. ]?[a-z]{3}[-. ]?\d{2,3}|\d{2}[-. ][a-z]{1,3}[-. ]\d{1,4}|[a-z]{2}[-. ]\d{2,3}[-. ][a-z]{1,3}|[a-z][-. ]\d{2,3}[-. ][a-z]{2,3}"
    r"|[a-z]{2} \d{6}|[a-z]{1,3}-[a-z]{1,2} \d{1,4}|[a-z]{3}[-. ]?\d{3}|\d{3}[-. ]?[a-z]{3}|[a-z]{2,3}[-. ]?\d{4,5}|\d{5}-[a-z]-\d{1,2})(?![\w-])",
    I,
)
_SOLID = re.compile(
    r"(?<![\w-])(?=[\w-]{5,10}(?![\w-]))(?:[a-z]{1,3}|\d{1,6})(?:-?(?:[a-z]{1,3}|\d{1,6})){1,3}(?![\w-])", I
)
_FOREIGN = re.compile(
    r"(?<![\w-])(?:\d\d [A-Z]{1,3} \d{2,4}|[A-Z]{1,3}[- ](?:[A-Z]{1,2}[- ]?\d{2,4}|\d[A-Z0-9]{3,4}))(?![\w-])"
)
_PLATE_WORD = re.compile(
    r"pla(?:at|ten|atje)\b|plakske|plaket|kenteken|\bnr\.?pl|nummerpl|plaque|\bimmat|licen[cs]e|\bplates?\b|\breg\b|registration",
    I,
)
_CARS = (
    r"auto(?:'?s|ke)?|wagen(?:s|tje|ke)?|\w{0,10}wagen|camionn?ett?e|camion|bus(?:je|ke)|mini-?bus|moto(?:r|rke|ard|cyclette)?|brommer(?:tje|ke)?|bromfiets|scooter|mobylette|quad|tractor|trekker|aanhangwagen|remorque|caravan|mobilhome|camper|oldtimer|taxi|jeep|limousine|bestel|vrachtwagen"
    r"|voiture|bagnole|v[eé]hicule|cars?|(?:the|an?|his|her|their|my|white|black|gr[ea]y|red|blue|green|old|delivery) van|van(?= with)|truck|lorry|motorbike|bmw|vw|volkswagen|golf|polo|passat|audi|mercedes|merc|opel|corsa|astra|zafira|peugeot|renault|clio|kangoo|m[eé]gane|sc[eé]nic|twingo|trafic|citro[eë]n|berlingo|picasso|ford|fiesta|focus|transit|toyota|yaris|dacia|sandero|duster|logan"
    r"|fiat|panda|punto|ducato|skoda|octavia|fabia|seat|ibiza|kia|hyundai|nissan|qashqai|mazda|volvo|tesla|suzuki|honda|mitsubishi|porsche|jaguar|range rover|land rover|mini cooper|sprinter|vito|vespa"
)
_VEHICLE = re.compile(
    rf"{_PLATE_WORD.pattern}|\b(?:{_CARS})\b|\bgeparkeerd|\bparkeert|vluchtmisdrijf|\bgar[eé]e?s?\b|\bstationn|\bparked\b",
    I,
)
# What those words hold, to know soon that there is none.
_PLATE_STEMS = ("plaat", "platen", "plaque", "plate", "plakske", "plaket", "nrpl", "nr.pl", "nummerpl", "kenteken", "immat", "reg.", " reg ", "reg:", "registration", "licen")  # fmt: skip
_CAR_STEMS = (
    "auto", "wagen", "camion", "busje", "buske", "ibus", "i-bus", "moto", "bromm", "bromf", "scooter", "mobylette", "quad", "tractor", "trekker", "remorque", "caravan", "mobilhome", "camper", "oldtimer", "taxi", "jeep", "limousine", "bestel", "vracht", "voiture", "bagnole", "hicule",
    "car", " a van ", "the van", "his van", "her van", "their van", "my van", "white van", "black van", "grey van", "gray van", "red van", "blue van", "green van", "old van", "delivery van", "van with", "truck", "lorry",
    "bmw", "vw", "golf", "polo", "passat", "audi", "merc", "opel", "corsa", "astra", "zafira", "peugeot", "renault", "clio", "kangoo", "megane", "mégane", "scenic", "scénic", "twingo", "trafic", "citro", "berlingo", "picasso", "ford", "fiesta", "focus", "transit", "toyota", "yaris", "dacia", "sandero", "duster", "logan",
    "fiat", "panda", "punto", "ducato", "skoda", "octavia", "fabia", "seat", "ibiza", "kia", "hyundai", "nissan", "qashqai", "mazda", "volvo", "tesla", "suzuki", "honda", "mitsubishi", "porsche", "jaguar", "rover", "cooper", "sprinter", "vito", "vespa", "parke", "vluchtmis", "garé", "gare", "stationn",
)  # fmt: skip
NEAR = 60  # characters between a car and its plate
_AFTER_WORD = re.compile(r"(?<!\w)(?=[a-z\d. -]{0,9}\d)[a-z\d]{1,5}(?:[-. ]{0,2}[a-z\d]{1,4}){1,3}(?!\w)", I)
# Letters beside digits that are no plate.
_NO_PLATE = as_set(
    """aan all als and ans apr are art at au aug bij bmw btw bus but cc cdi cm cov dag dan dat dci de dec des die du dvd ean een en enz epc est et eur feb
    for gtd gti had has hdi hij hun in ipv is iso jaar jan jul jun kbo keer kg km kwh la le led les mai max may mei men mes met min mm mrt nen nog not nov
    nr oct of okt om on ons ont ook op out par pas pax pct pdf per pk pvc que qui se sep ses sms son sur tdi te tel tem the to tot tsi tss tva uit un une
    usb uur van was wat wel wij x you zij zip"""
)


def number_plate(text: str) -> Iterator[Span]:
    if _PLATE_LIKE.search(text):
        for found in _laid_out(text):
            if not _is_no_plate(found[0]):
                yield found.span()
    yield from _beside_a_car(text)


def _laid_out(text: str) -> Iterator[re.Match[str]]:
    for pattern in _PLATES:
        yield from pattern.finditer(text)
    for found in _DUTCH.finditer(text):
        if len(found[0]) == 8:
            yield found


_SURELY = re.compile(r"\d[-._/][A-Za-z]{3}[-._/]\d{3}")  # whatever word its letters make


def _is_no_plate(written: str) -> bool:
    if _SURELY.fullmatch(written):
        return False
    parts = re.findall("[A-Za-z]{2,}", written)
    return any(
        part.lower() in _NO_PLATE or (" " in written and part.islower() and marks().get(part, 0) & COMMON)
        for part in parts
    )


def _beside_a_car(text: str) -> Iterator[Span]:
    low = text.lower()
    has_plate = any(stem in low for stem in _PLATE_STEMS)
    if not has_plate and not any(stem in low for stem in _CAR_STEMS):
        return
    for found in _FOREIGN.finditer(text):
        is_town = re.fullmatch(r"B[- ]\d{4}", found[0])
        if not is_town and _is_loose(found[0]) and _VEHICLE.search(text, max(0, found.start() - NEAR), found.start()):
            yield found.span()
    for found in _LOOSE.finditer(text):
        if _is_loose(found[0]) and _VEHICLE.search(text, max(0, found.start() - NEAR), found.end() + NEAR):
            yield found.span()
    for found in _SOLID.finditer(text):
        if _is_solid(found[0]) and _VEHICLE.search(text, max(0, found.start() - NEAR), found.end() + NEAR):
            yield found.span()
    for said in _PLATE_WORD.finditer(text) if has_plate else ():
        for found in _AFTER_WORD.finditer(text, said.end(), said.end() + 40):
            written = re.sub(r"[^a-z\d]", "", found[0], flags=I)
            is_mixed = re.search(r"\d{2}" if written.islower() else r"\d", written) and re.search("[a-z]", written, I)
            if is_mixed and 5 <= len(written) <= 8 and not re.search(r"(?:^| )[a-z]{4,}(?: |$)", found[0], I):
                yield found.span()
                break


def _is_solid(written: str) -> bool:
    """In one piece, of five to eight letters and digits: no number with its unit, and no form or road."""
    letters, digits = re.findall("[a-z]", written, I), re.findall(r"\d", written)
    fewest = 6 if len(re.findall(r"[a-z]+|\d+", written, I)) < 3 else 5
    if len(letters) < 2 or len(digits) < 2 or not fewest <= len(letters) + len(digits) <= 8:
        return False
    parts = re.findall("[A-Za-z]+", written)
    return not any(part.lower() in _NO_PLATE for part in parts) and not re.fullmatch("[a-z]\\d+[a-z]", written, I)


def _is_loose(written: str) -> bool:
    """Its letters are no word: of two of them few are known, so that the usual ones are told apart by name."""
    if re.search(r" [a-z] |^[A-Za-z]{2,3}[- .](?:19|20)\d\d$", written):
        return False  # "13 u 30", "LEZ 2025"
    parts = re.findall("[a-z]+", written.lower())
    if any(
        part.lower() in _NO_PLATE and not (written.isupper() and len(part) == 2 < len(written) - 4) for part in parts
    ):
        return False
    if re.fullmatch(r"[1-9] [a-z]{3} \d{3}", written):
        return True
    return written.isupper() or not any(
        len(part) > 2 and marks().get(part, 0) & COMMON for part in [*parts, "".join(parts)]
    )
