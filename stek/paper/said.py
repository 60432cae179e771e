"""Words of a page on paper: markup becomes runs of text that keep their language."""

from __future__ import annotations

from html.parser import HTMLParser

from django.utils.html import conditional_escape

Run = dict[str, str]


class _Runs(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[Run] = []
        self.open: list[Run] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        run: Run = dict(self.open[-1]) if self.open else {}
        if tag == "bdi" or found.get("lang"):
            run["apart"] = "yes"
        if lang := found.get("lang"):
            run["lang"] = lang
        self.open.append(run)

    def handle_endtag(self, tag: str) -> None:
        if self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.runs.append({"text": data} | (self.open[-1] if self.open else {}))


def said(words: str) -> list[Run]:
    """Words as `#say` of the house's template shows them: `[{"text": "Met "}, {"text": "’t Kattegat", "lang": "nl", "apart": "yes"}]`.

    Plain text stays what it is, `<` and `&` too; of markup (a SafeString, `Said`, `Dutch`) only the language is kept, and what
    stands apart from the direction of the words around it.
    """
    reader = _Runs()
    reader.feed(str(conditional_escape(words)))
    reader.close()
    return reader.runs
