"""Number plates of cars, of here and of elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .digits import I, Span
from .words import COMMON, marks

_PLATE_WORD = re.compile(r"nummerplaat|kenteken|\bplaat\b|plaque|immatricul|number ?plate|licen[cs]e plate|\bplate\b|\breg\b|registration", I)  # fmt: skip
_PLATES = [
    re.compile(r"(?<![\w.,-])[1-9QOMTSUWZVH][-./ _]{0,3}([A-Za-z]{3})[-./ _]{0,3}\d{3}(?![\w])"),
    re.compile(r"(?<![\w-])(?:([A-Z]{3})-\d{3}|\d{3}-([A-Z]{3}))(?![\w-])"),
    re.compile(r"(?<![\w-])[A-Z]{2}[- ]\d{3}[- ][A-Z]{2}(?![\w-])"),
    re.compile(
        r"(?<![\w-])(?=[\d-]{0,7}[A-Z])(?=[A-Z-]{0,7}\d)(?:[A-Z]{1,3}|\d{1,3})-(?:[A-Z]{2,3}|\d{2,3})-(?:[A-Z]{1,3}|\d{1,3})(?![\w-])"
    ),
    re.compile(r"(?<![\w-])[A-Z]{1,2}[- ]\d{2,3}[- ][A-Z]{3}(?![\w-])"),
    re.compile(r"(?<![\w-])(?:[A-Z]{2}\d{2} [A-Z]{3}|[A-Z]{2} ?\d{4} ?[A-Z]{2})(?![\w-])"),
]
_VEHICLE = re.compile(
    r"nummerplaat|kenteken|\bplaat\b|plaque|\bplate\b|\bauto\b|\bwagen\b|camionette|bestelwagen|busje|\bmoto\b|voiture|camion|\bcar\b|\bvan\b with|v[eé]hicule",
    I,
)
_LOOSE = re.compile(
    r"(?<![\w-])(?:[a-z]{2}[-. ]\d{3}[-. ][a-z]{2}|[a-z]{2}[-. ]?\d{4}[-. ]?[a-z]{2}|\d{4}[-. ]?[a-z]{3}|\d[-. ]?[a-z]{3}[-. ]?\d{2}|\d{2}[-. ][a-z]{2,3}[-. ]\d{1,2}|[a-z]{2}[-. ]\d{2,3}[-. ][a-z]{1,3}|[a-z]{3}[-. ]?\d{3}|\d{3}[-. ]?[a-z]{3}|\d[-. ]?[a-z]{3}[-. ]?\d{3})(?![\w-])",
    I,
)
_FOREIGN = re.compile(
    r"(?<![\w-])(?:\d\d [A-Z]{1,3} \d{2,4}|[A-Z]{1,3}[- ](?:[A-Z]{1,2}[- ]?\d{2,4}|\d[A-Z0-9]{3,4}))(?![\w-])"
)
_AFTER_WORD = re.compile(r"(?<!\w)(?=[a-z\d. -]{0,9}\d)[a-z\d]{1,4}(?:[-. ]{0,2}[a-z\d]{1,4}){1,3}(?!\w)", I)
# Three letters with three digits that are no plate.
_NO_PLATE = re.compile(r"bus|art|tel|eur|iso|nen|ean|kwh|km|kg|cm|mm|m|h|u|is|in|op|om|en|of|te|se|la|le|du|au|et|un|at|on|to|uur|jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec|mai|oct|may|zip|pdf|cov|kbo|btw|tva|the|een|des|les|par|per|van|jaar|min|dag|ans", I)  # fmt: skip


_PLATE_LIKE = re.compile(r"[A-Z][-./ _]{0,3}\d\d|\d\d[-. ]{0,3}[A-Z]|[a-z]{3}[-./_]?\d{3}(?!\d)|\d[-./ _]{0,3}[A-Z]{3}")


_VEHICLE_WORDS = ("plaat", "kenteken", "auto", "wagen", "camion", "busje", "moto", "voiture", "car", "van with", "hicule", "plaque", "plate", "reg", "immatricul", "licen")  # fmt: skip


def number_plate(text: str) -> Iterator[Span]:
    for pattern in _PLATES if _PLATE_LIKE.search(text) else ():
        for found in pattern.finditer(text):
            letters = re.sub(r"[^A-Za-z]", "", found[0])
            if any(_NO_PLATE.fullmatch(part) for part in re.findall("[A-Za-z]+", found[0])):
                continue
            if not _NO_PLATE.fullmatch(letters) and not (
                " " in found[0] and letters.islower() and marks().get(letters, 0) & COMMON
            ):
                yield found.span()
    low = text.lower()
    if not any(word in low for word in _VEHICLE_WORDS):
        return
    for said in _VEHICLE.finditer(text):
        if foreign := _FOREIGN.search(text, said.end(), said.end() + 45):
            yield foreign.span()
        for found in _LOOSE.finditer(text, max(0, said.start() - 60), said.end() + 60):
            letters = re.sub(r"[^a-z]", "", found[0].lower())
            parts = re.findall("[a-z]+", found[0].lower())
            if not any(_NO_PLATE.fullmatch(part) or marks().get(part, 0) & COMMON for part in [letters, *parts]):
                yield found.span()
    for said in _PLATE_WORD.finditer(text):
        for found in _AFTER_WORD.finditer(text, said.end(), said.end() + 40):
            written = re.sub(r"[^a-z\d]", "", found[0], flags=I)
            is_mixed = re.search(r"\d{2}", written) and re.search("[a-z]", written, I)
            if is_mixed and 5 <= len(written) <= 8 and not re.search(r"(?:^| )[a-z]{4,}(?: |$)", found[0], I):
                yield found.span()
                break
