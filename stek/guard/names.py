"""Names of persons, also in lower case, by lists and by what stands around a word.

A name that is no word of Dutch, French or English is a name wherever it stands. One that is a word too ("Roos", "Mark", "De Smet")
needs a capital where a sentence has none, a title, a family name beside it, or a verb that only somebody can do.
"""

from __future__ import annotations

from collections.abc import Iterator

from .allowed import not_allowed
from .capital_names import capital_name
from .context import SURE_TITLES
from .small_names import small_name
from .tokens import NAME, Span, Token, tokens_of
from .words import WORD


def names(text: str, allowed: frozenset[str]) -> Iterator[Span]:
    """Spans of names in plain text, outside what is allowed."""
    tokens = tokens_of(text)
    free = not_allowed(tokens, allowed)
    done = 0
    for place in range(len(tokens)):
        if place < done or not free[place]:
            continue
        if _is_plain(tokens, place):
            continue
        end = capital_name(text, tokens, free, place) or small_name(text, tokens, free, place)
        if end:
            first, done = end
            if first < done:  # nothing between: what stands there is nobody
                yield tokens[first].start, tokens[done - 1].end


def _is_plain(tokens: list[Token], place: int) -> bool:
    """Most words are in lower case, known and no name; only a title before them would make them one."""
    token = tokens[place]
    if token.is_capital or token.mark & NAME or not token.mark & WORD:
        return False
    return not (place and tokens[place - 1].plain in SURE_TITLES)
