"""Number plates of cars, of here and of elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .digits import I, Span
from .words import COMMON, marks

_GAP = r"[-./\s_~*:+]{0,3}"
# Laid out like nothing else.
_PLATES = [
    re.compile(
        rf"(?<![\w.,-])[1-9QOMTSUWZVH]{_GAP}(?:[A-Za-z]{{3}}|[A-Z][-. ]?[A-Z][-. ]?[A-Z]){_GAP}\d[-. ]?\d[-. ]?\d(?!\w)"
    ),
    re.compile(
        r"(?<![\w-])(?:[MOQSGTUWZ][- ]?[A-Z]{3}[- ]\d{2,3}|[A-Z]{3}-\d{3}|\d{3}-[A-Z]{3}|[A-Z]{2}[- ]\d{3}[- ][A-Z]{2}|[A-Z]{1,3}-[A-Z]{1,2} ?\d{2,4}"
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
_PLATE_STEMS = ("plaat", "platen", "plaque", "plate", "plakske", "plaket", "nrpl", "nr.pl", "nummerpl", "kenteken", "immat", "reg.", " reg ", "reg:", "registration", "licen")  # fmt: skip
NEAR = 60  # characters between a car and its plate
_AFTER_WORD = re.compile(r"(?<!\w)(?=[a-z\d. -]{0,9}\d)[a-z\d]{1,5}(?:[-. ]{0,2}[a-z\d]{1,4}){1,3}(?!\w)", I)
# Letters beside digits that are no plate.
_NO_PLATE = re.compile(
    r"bus|art|tel|eur|iso|nen|ean|kwh|km|kg|cm|mm|pk|cc|nr|is|in|op|om|en|of|te|se|la|le|du|au|et|un|at|on|to|uur|jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec|mai|oct|may|zip|pdf|cov|kbo|btw|tva|dvd|usb|led|pvc|pct|epc|bmw|ipv|tss|tem|enz|btw|tdi|hdi|gti|cdi|tsi|dci|gtd|the|een|des|les|par|per|van|jaar|min|dag|ans|de|met|pas|keer|x|for|and|bij|tot|als|dan|wat|die|dat|nog|wel|was|aan|uit|ook|men|wij|zij|hij|ons|hun|sur|une|est|qui|que|ont|son|ses|mes|not|but|you|are|has|had|all|out|max|pax|sms", I
)  # fmt: skip


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


def _is_no_plate(written: str) -> bool:
    parts = re.findall("[A-Za-z]{2,}", written)
    return any(
        _NO_PLATE.fullmatch(part) or (" " in written and part.islower() and marks().get(part, 0) & COMMON)
        for part in parts
    )


def _beside_a_car(text: str) -> Iterator[Span]:
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
    low = text.lower()
    for said in _PLATE_WORD.finditer(text) if any(stem in low for stem in _PLATE_STEMS) else ():
        for found in _AFTER_WORD.finditer(text, said.end(), said.end() + 40):
            written = re.sub(r"[^a-z\d]", "", found[0], flags=I)
            is_mixed = re.search(r"\d{2}" if written.islower() else r"\d", written) and re.search("[a-z]", written, I)
            if is_mixed and 5 <= len(written) <= 8 and not re.search(r"(?:^| )[a-z]{4,}(?: |$)", found[0], I):
                yield found.span()
                break


def _is_solid(written: str) -> bool:
    """In one piece, of five to eight letters and digits: no number with its unit, and no form or road."""
    letters, digits = re.findall("[a-z]", written, I), re.findall(r"\d", written)
    if len(letters) < 2 or len(digits) < 2 or not 5 <= len(letters) + len(digits) <= 8:
        return False
    parts = re.findall("[A-Za-z]+", written)
    return not any(_NO_PLATE.fullmatch(part) for part in parts) and not re.fullmatch("[a-z]\\d+[a-z]", written, I)


def _is_loose(written: str) -> bool:
    """Its letters are no word: of two of them few are known, so that the usual ones are told apart by name."""
    if re.search(r" [a-z] |^[A-Za-z]{2,3}[- .](?:19|20)\d\d$", written):
        return False  # "13 u 30", "LEZ 2025"
    parts = re.findall("[a-z]+", written.lower())
    if any(
        _NO_PLATE.fullmatch(part) and not (written.isupper() and len(part) == 2 < len(written) - 4) for part in parts
    ):
        return False
    if re.fullmatch(r"[1-9] [a-z]{3} \d{3}", written):
        return True
    return written.isupper() or not any(
        len(part) > 2 and marks().get(part, 0) & COMMON for part in [*parts, "".join(parts)]
    )
