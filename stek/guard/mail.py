"""A mail address, also when its signs are written out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .digits import I, Span

_BOX = r"[\w.+%-]{0,63}\w"
_AT = r"(?:\s?@\s?|\s?[(\[{<]\s?(?:at|@|ap(?:en|e)staartje?|arobase|a)\s?[)\]}>]\s?|\s(?:ap(?:en|e)staartje?|arobase|aap)\s)"
_DOT = r"(?:\s?\.\s?|\s?[(\[{<]\s?(?:dot|punt|point)\s?[)\]}>]\s?|\s(?:dot|punt|point)\s)"
_SAID_DOT = r"(?:\s?[(\[{<]\s?(?:dot|punt|point)\s?[)\]}>]\s?|\s(?:dot|punt|point)\s)"
_HOST = r"[a-z0-9][\w-]{0,62}"
_END = r"[a-z]{2,24}(?![\w@])"
_PROVIDERS = (
    r"(?:gmail|hotmail|outlook|telenet|skynet|proximus|yahoo|live|icloud|msn|scarlet|ymail|protonmail|proton|gmx|mail)"
)
_MAILS = [
    re.compile(rf"(?<![\w.]){_BOX}{_AT}{_HOST}(?:\.[\w-]{{1,40}}){{0,3}}{_DOT}{_END}", I),
    re.compile(rf"(?<![\w.]){_BOX}\sat\s{_HOST}(?:{_DOT}[\w-]{{1,40}}){{0,2}}{_SAID_DOT}{_END}", I),
    re.compile(rf"(?<![\w.])[\w+-]{{1,40}}[._\d][\w.+-]{{0,40}}\sat\s{_HOST}\.{_END}", I),
    re.compile(rf"(?<![\w.]){_BOX}{_AT}{_PROVIDERS}\b", I),
]
# What stands for the sign, to know soon that there is none.
_SIGNS = ("@", " at ", "(at", "[at", "{at", "<at", "( at", "[ at", "staart", "arobase", " aap ", "(a)", "[a]", "{a}", "<a>", "( a", "[ a")  # fmt: skip


def email(text: str) -> Iterator[Span]:
    low = text.lower()
    if not any(sign in low for sign in _SIGNS):
        return
    for pattern in _MAILS:
        for found in pattern.finditer(text):
            yield found.span()
