"""The words of a PDF that we made, in the order in which they stand in it: as much of the format as our papers use.

Words that run to the left are drawn from left to right as well, so they are turned round here, as every reader does.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from itertools import groupby

OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
LITERAL = rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\))*\)"  # pairs of brackets within need no escape
TOKEN = re.compile(
    rb"/(?P<font>\w+) [\d.]+ Tf"
    rb"|1 0 0 -1 (?P<x>[-\d.]+) (?P<y>[-\d.]+) (?P<where>cm|Tm)"
    rb"|(?P<shown>\[(?:" + LITERAL + rb"|[^\]])*\]|" + LITERAL + rb")\s*T[jJ]",
    re.DOTALL,
)
ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Pdf:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.objects = {int(number): body for number, body in OBJECT.findall(content)}

    @property
    def pages(self) -> list[bytes]:
        (pages,) = (
            body for body in self.objects.values() if re.search(rb"/Type/Pages\b", body) and b"/Parent" not in body
        )
        kids = re.search(rb"/Kids\[([^\]]*)\]", pages)
        return [self.objects[int(number)] for number in re.findall(rb"(\d+) 0 R", kids[1])] if kids else []

    @property
    def words(self) -> str:
        """Every word on every page, single spaces between them."""
        return " ".join(" ".join(self.lines).split())

    @property
    def lines(self) -> list[str]:
        """The words of one height after another; two columns of a height are one line where they were drawn one after the other."""
        return [line for page in self.pages for line in self._page(page)]

    @property
    def drawn_as_one(self) -> set[str]:
        """Characters for which there is one drawing: of such a pair many readers turn the order round."""
        fonts = [number for number, body in self.objects.items() if b"/ToUnicode" in body]
        return {text for number in fonts for text in self._letters(number).values() if len(text) > 1}

    def _page(self, page: bytes) -> list[str]:
        fonts = {
            name.decode(): self._letters(int(number))
            for name, number in re.findall(rb"/(\w+) (\d+) 0 R", self._fonts(page))
        }
        contents = re.search(rb"/Contents (\d+) 0 R", page)
        assert contents
        letters: dict[int, str] = {}
        lines: list[tuple[float, list[tuple[float, str]]]] = []
        line = piece = 0.0
        for token in TOKEN.finditer(self._stream(int(contents[1]))):
            if token["font"]:
                letters = fonts[token["font"].decode()]
            elif token["where"] == b"cm":
                line, height = float(token["x"]), float(token["y"])
                if not lines or abs(lines[-1][0] - height) > 0.01:
                    lines.append((height, []))
            elif token["where"]:
                piece = float(token["x"])
            else:
                lines[-1][1].append((line + piece, _shown(token["shown"], letters)))
        return [_line([words for _x, words in sorted(pieces)]) for _height, pieces in lines]

    def _fonts(self, page: bytes) -> bytes:
        resources = re.search(rb"/Resources (?:(\d+) 0 R|<<)", page)
        assert resources
        body = self.objects[int(resources[1])] if resources[1] else page
        fonts = re.search(rb"/Font<<(.*?)>>", body, re.DOTALL)
        return fonts[1] if fonts else b""

    def _letters(self, font: int) -> dict[int, str]:
        """Glyph -> the characters it stands for."""
        found = re.search(rb"/ToUnicode (\d+) 0 R", self.objects[font])
        assert found, "words that cannot be copied"
        table = self._stream(int(found[1]))
        return {
            int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
            for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL)
            for glyph, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block)
        }

    def _stream(self, number: int) -> bytes:
        found = STREAM.search(self.objects[number])
        assert found
        return zlib.decompress(found[1])


def _shown(shown: bytes, letters: dict[int, str]) -> str:
    """What one instruction draws: two bytes a glyph."""
    glyphs = b"".join(_unescaped(literal[1:-1]) for literal in re.findall(LITERAL, shown, re.DOTALL))
    drawn = [letters.get(int.from_bytes(glyphs[at : at + 2]), "") for at in range(0, len(glyphs), 2)]
    return "".join(reversed(drawn) if _runs_left("".join(drawn)) else drawn)


def _line(pieces: list[str]) -> str:
    """Pieces as they stand from left to right, in the order in which they are read: words of Latin letters keep theirs."""
    if not any(map(_runs_left, pieces)):
        return " ".join(pieces)
    read: list[str] = []
    for runs_left, some in groupby(pieces, key=lambda piece: _runs_left(piece) or not piece.strip()):
        words = list(some)
        read = [*(reversed(words) if runs_left else words), *read]
    return " ".join(read)


def _runs_left(words: str) -> bool:
    return any(unicodedata.bidirectional(character) in {"R", "AL"} for character in words)


def _unescaped(literal: bytes) -> bytes:
    return ESCAPED.sub(lambda found: bytes([int(found[1], 8)]) if found[1] else NAMED.get(found[2], found[2]), literal)
