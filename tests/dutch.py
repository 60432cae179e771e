"""Dutch that is left where it should not be: on an Arabic page, whose own letters are others, and in what machines read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from stek import catalogues
from tests.reading import Node

LATIN = re.compile(r"[^\W\d_]*[A-Za-zÀ-ɏ][^\W\d_]*")
# Names that stand in Latin letters in every language, of things nobody could find under another one.
NAMES = frozenset({"STEK", "OCMW", "welzijnsschakel", "Minder", "Mobielen", "Centrale"})
ATTRIBUTES = ("alt", "aria-label", "content", "data-done", "data-stop", "placeholder", "title")
PLACEHOLDER = re.compile(r"%\(\w+\)\d*[a-z]|\{\w*\}|<[^>]+>")


def dutch_left(page: Node, *, in_head: Iterable[str] = ()) -> list[str]:
    """Words in Latin letters that are not marked as another language's. The head knows no marks: names may stand `in_head`."""
    known = NAMES | {word for name in in_head for word in LATIN.findall(name)}
    return [
        word
        for text, is_in_head in _texts(page, "")
        for word in LATIN.findall(text)
        if word not in (known if is_in_head else NAMES)
    ]


def _texts(node: Node, language: str) -> Iterator[tuple[str, bool]]:
    language = node.attributes.get("lang", language)
    # A name, a code or an address that is kept apart is in no language.
    if node.tag in {"script", "style"} or (node.tag == "bdi" and "lang" not in node.attributes):
        return
    if language == "ar":
        for name in ATTRIBUTES:
            if name in node.attributes and node.attributes.get("name") not in {"viewport", "robots"}:
                yield node.attributes[name], node.tag == "meta"
        for child in node.children:
            if isinstance(child, str):
                yield child, node.tag == "title"
    for child in node.children:
        if isinstance(child, Node):
            yield from _texts(child, language)


def sentences_left(text: str) -> list[str]:
    """Pieces of our own Dutch sentences, of three words or more, in what is written in another language."""
    return sorted(piece for piece in _pieces() if piece in text)


@cache
def _pieces() -> frozenset[str]:
    found = catalogues.needed_in("ar", catalogues.extract())
    texts = [text for (_context, text), message in found.items() for text in (text, message.plural or "")]
    pieces = {piece.strip(" .,:;?!") for text in texts for piece in PLACEHOLDER.split(text)}
    return {piece for piece in pieces if piece.count(" ") > 1} | {
        "Gaat niet door",
        "Volgende keer",
        "Vroeger op",
        "Te gast",
    }
