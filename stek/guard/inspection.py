"""The one question this leaf answers."""

from __future__ import annotations

from collections.abc import Iterator

from .births import date_of_birth
from .days import may_hold_a_month
from .digits import CLUSTER, with_digits
from .findings import LIMIT, Finding, Kind
from .folding import fold, plain
from .identifiers import NUMBERED, SHORT, WORDED, number
from .names import names
from .numerals import Rewritten, rewritten
from .streets import address, is_the_end_of_an_address, may_hold_a_house
from .telephone import service_numbers
from .traits import rare_trait

Found = tuple[Kind, int, int]


def inspect(text: str, language: str | None = None, *, allow: frozenset[str] = frozenset()) -> list[Finding]:
    """What in a text points at a person, in the order of the text; no two overlap.

    Only the first `LIMIT` characters are looked at: whoever stores a text refuses a longer one. `allow` holds names of services,
    places and houses that are no person, as people write them. `language` is that of the page; people write what they
    want, so every language is looked for, whatever it is.
    """
    folded = fold(text[:LIMIT])
    kept: list[Found] = []
    for kind, start, end in _found(folded.text, allow):
        if all(end <= other_start or other_end <= start for _kind, other_start, other_end in kept):
            kept.append((kind, start, end))
    return sorted(Finding(*folded.span(start, end), kind) for kind, start, end in kept)


def _found(text: str, allow: frozenset[str]) -> Iterator[Found]:
    """The surest first, since the first to claim a place keeps it."""
    has_digits = any(map(str.isdigit, text))
    for kind, find in WORDED:
        for start, end in find(text):
            yield kind, start, end
    again = rewritten(text)
    digits = with_digits(text) if has_digits else text
    if has_digits:
        yield from _numbers(text, digits, allow)
    if again:
        yield from _spelt_out(again)
    if has_digits:
        yield from _long_numbers(digits)
    for start, end in names(text, allow):
        yield "name", start, end
    for start, end in rare_trait(text, has_digits=has_digits):
        yield "rare_trait", start, end


def _numbers(text: str, digits: str, allow: frozenset[str]) -> Iterator[Found]:
    is_long = CLUSTER.search(digits) is not None
    for kind, find in NUMBERED:
        if not is_long and kind not in SHORT:
            continue
        for start, end in find(text if kind == "number_plate" else digits):
            yield kind, start, end
    for start, end in address(text):
        if not _is_allowed(text[start:end], allow):
            yield "address", start, end


def _long_numbers(digits: str) -> Iterator[Found]:
    if not CLUSTER.search(digits):
        return
    lines = list(service_numbers(digits))
    for start, end in number(digits):
        if not any(first <= start < last for first, last in lines):
            yield "number", start, end


REACH = 90  # characters around what was spelt out that may belong to it


def _spelt_out(again: Rewritten) -> Iterator[Found]:
    """Of a text in which somebody spelt something out: what is there now and was not before."""
    first, last = again.around(REACH)
    text = again.text[first:last]
    found: list[Found] = []
    if again.is_long:
        finds = [*WORDED, *NUMBERED] if again.has_letters else [one for one in NUMBERED if one[0] != "number_plate"]
        found += [(kind, *span) for kind, find in finds for span in find(text)]
    elif may_hold_a_month(text.lower()):
        found += [("date_of_birth", *span) for span in date_of_birth(text)]
    found += [("rare_trait", *span) for span in rare_trait(text, has_digits=True)]
    if may_hold_a_house(text):
        found += [("address", *span) for span in address(text) if is_the_end_of_an_address(text, *span)]
    for kind, start, end in found:
        if again.is_spelt(first + start, first + end):
            yield kind, *again.span(first + start, first + end)


def _is_allowed(written: str, allow: frozenset[str]) -> bool:
    """An address of a house of ours, as it stands on the list or the beginning of it."""
    folded = " ".join(plain(written).replace(",", " ").split())
    return any(
        " ".join(plain(phrase).replace(",", " ").split()).startswith(folded)
        for phrase in allow
        if any(map(str.isdigit, phrase))
    )
