"""Which characters our fonts can draw. PDF/UA refuses a paper with one that none of them has, and a title may hold any."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_ibm_plex_sans_arabic
import fontpkg_noto_sans

FILES = [
    *(Path(fontpkg_noto_sans.__file__).parent / "files").glob("NotoSans[[]*.ttf"),
    Path(fontpkg_ibm_plex_sans_arabic.__file__).parent / "files" / "IBMPlexSansArabic-Regular.ttf",
]
UNSEEN = "\u200c\u200d\u2066\u2067\u2068\u2069\u200e\u200f"  # drawn by nobody, they say how others stand
UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def drawable(value: Any) -> Any:
    """The same data, in which each text holds only what can be drawn: a sign goes, a letter becomes a mark that one is missing."""
    if isinstance(value, str):
        return _text(value) if not value.isascii() or not value.isprintable() else str(value)
    if isinstance(value, Mapping):
        return {str(key): drawable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [drawable(one) for one in value]
    return value


def _text(text: str) -> str:
    return "".join(_cluster(cluster) for cluster in _clusters(unicodedata.normalize("NFC", text)))


def _clusters(text: str) -> Iterator[str]:
    """Each character with the marks on it: one font has to draw them together."""
    cluster = ""
    for character in text:
        if cluster and unicodedata.combining(character):
            cluster += character
        else:
            yield cluster
            cluster = character
    yield cluster


def _cluster(cluster: str) -> str:
    if unicodedata.category(cluster[0] if cluster else " ")[0] == "C":
        return cluster if cluster == "\n" or cluster in UNSEEN else ""
    for known in _known():
        if known.issuperset(cluster):
            return cluster
    if not cluster or unicodedata.category(cluster[0])[0] in "SM":
        return ""
    return cluster[0] if any(cluster[0] in known for known in _known()) else UNKNOWN


@cache
def _known() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(map(chr, _codepoints(path.read_bytes()))) for path in FILES)


def _codepoints(font: bytes) -> Iterator[int]:
    """The characters a font has, of its `cmap` of form 4 or 12 (OpenType 1.9, “cmap”)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(tables))
    cmap = next(offset for tag, _sum, offset, _length in records if tag == b"cmap")
    (encodings,) = struct.unpack_from(">H", font, cmap + 2)
    for number in range(encodings):
        _platform, _encoding, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * number)
        (form,) = struct.unpack_from(">H", font, cmap + offset)
        if form == 12:
            (groups,) = struct.unpack_from(">I", font, cmap + offset + 12)
            for group in range(groups):
                first, last, _glyph = struct.unpack_from(">III", font, cmap + offset + 16 + 12 * group)
                yield from range(first, last + 1)
        elif form == 4:
            (twice,) = struct.unpack_from(">H", font, cmap + offset + 6)
            ends = struct.unpack_from(f">{twice // 2}H", font, cmap + offset + 14)
            starts = struct.unpack_from(f">{twice // 2}H", font, cmap + offset + 16 + twice)
            for first, last in zip(starts, ends, strict=True):
                yield from range(first, min(last, 0xFFFE) + 1)
