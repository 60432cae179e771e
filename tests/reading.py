"""A page as its reader meets it: headings, lists and words, whatever the markup around them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
INLINE = frozenset(["a", "b", "bdi", "em", "i", "s", "span", "strong"])  # no space between these and their neighbours
SILENT = frozenset({"script", "style", "title", "svg"})


@dataclass(eq=False)
class Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: Node | None = field(default=None, repr=False)
    children: list[Node | str] = field(default_factory=list, repr=False)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", self._raw()).strip()

    def _raw(self) -> str:
        if self.tag in SILENT:
            return ""
        inner = "".join(child if isinstance(child, str) else child._raw() for child in self.children)
        return inner if self.tag in INLINE else f" {inner} "

    def __iter__(self) -> Iterator[Node]:
        """Itself and everything in it, in the order of the document."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child

    def all(self, *tags: str) -> list[Node]:
        return [node for node in self if node.tag in tags]

    def one(self, tag: str) -> Node:
        (found,) = self.all(tag)
        return found

    def up(self, *tags: str) -> Node:
        """The nearest of these tags around it."""
        node = self.parent
        while node and node.tag not in tags:
            node = node.parent
        assert node, f"<{self.tag}> stands in none of {tags}"
        return node

    def links(self) -> dict[str, str]:
        """Words -> address."""
        return {link.text: link.attributes["href"] for link in self.all("a")}


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.at = Node("")

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag, attrs):
        self.at.children.append(Node(tag, {name: value or "" for name, value in attrs}, self.at))

    def handle_endtag(self, tag):
        assert self.at.tag == tag, f"</{tag}> closes <{self.at.tag}>"
        self.at = self.at.parent

    def handle_data(self, data):
        self.at.children.append(data)


def read(response) -> Node:
    """The page in a response; fails for tags that do not match."""
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    builder = _Builder()
    builder.feed(response.content.decode())
    builder.close()
    assert builder.at is builder.root
    return builder.root


@dataclass(frozen=True)
class Card:
    """One activity in a week: the heading it stands under, its title, all its words."""

    under: str
    title: str
    text: str
    node: Node = field(compare=False, repr=False)


def cards(page: Node) -> list[Card]:
    """Activities of a week page, in order. Titles are the fourth headings, days the third, other lists the second."""
    found, under = [], ""
    for node in page.one("main"):
        if node.tag in {"h2", "h3"}:
            under = node.text
        elif node.tag == "h4":
            item = node.up("li")
            found.append(Card(under, node.text, item.text, item))
    return found


def titles(page: Node) -> dict[str, list[str]]:
    """Heading -> activities under it."""
    found: dict[str, list[str]] = {}
    for card in cards(page):
        found.setdefault(card.under, []).append(card.title)
    return found


def wall(page: Node) -> str:
    """What the front of the house says."""
    return page.all("header")[0].text


def json_ld(page: Node) -> dict:
    (script,) = [node for node in page.all("script") if node.attributes.get("type") == "application/ld+json"]
    return json.loads("".join(child for child in script.children if isinstance(child, str)))
