"""Finding an organisation by how it sounds: capitals, accents, apostrophes, spaces and a slip of the pen do not matter.

Done in memory, so that every database finds the same: a network has hundreds of organisations, not millions.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby

from .models import Organisation
from .querysets import OrganisationQuerySet

# How much two keys must have in common to be a slip of the pen: "fietsbib" and "fietsbieb", not "ligo" and "lego".
ALIKE = 0.8
SHORTEST_SLIP = 5


@dataclass(frozen=True, slots=True)
class Found:
    """An organisation with its name today; `also` is the older name or other spelling it was found by, if that was it."""

    organisation: Organisation
    name: str
    also: str


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """What is compared: letters and digits without accents, each once in a row. “’t Winkeltje” and “Twinkeltje” are one."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter, _same in groupby(one for one in letters if one.isalnum()))


def find(organisations: OrganisationQuerySet, query: str, day: dt.date) -> list[Found]:
    """Organisations found by any name they ever had or another spelling, best first; all of them, by name, without words.

    Two queries more than reading the organisations.
    """
    rows = organisations.prefetch_related("names", "aliases")
    if not key(query):
        every = [Found(one, one.name_on(day), "") for one in rows]
        return sorted(every, key=lambda found: (key(found.name), found.organisation.pk))
    scored = [(_best(one, query, day), one) for one in rows]
    found = [(score, Found(one, one.name_on(day), also)) for (score, also), one in scored if score]
    return [
        one for _score, one in sorted(found, key=lambda pair: (-pair[0], key(pair[1].name), pair[1].organisation.pk))
    ]


def _best(organisation: Organisation, query: str, day: dt.date) -> tuple[float, str]:
    """The score of the closest name, and that name when it is not the one of today."""
    now = organisation.name_on(day)
    written = [*(one.name for one in organisation.names.all()), *(one.name for one in organisation.aliases.all())]
    others = [name for name in written if name != now]
    score, name = max(((closeness(query, name), name) for name in [now, *others]), key=lambda pair: pair[0])
    return score, "" if name == now else name


def closeness(query: str, name: str) -> float:
    """How close a name is to what somebody typed: 0 is not, 4 the same."""
    asked, known = key(query), key(name)
    if asked == known:
        return 4
    if known.startswith(asked):
        return 3
    if asked in known or (len(known) >= SHORTEST_SLIP and known in asked):
        return 2
    words = [key(word) for word in query.split() if key(word)]
    if len(words) > 1 and all(word in known for word in words):
        return 1.5
    return _slip(asked, known, name)


def _slip(asked: str, known: str, name: str) -> float:
    if len(asked) < SHORTEST_SLIP:
        return 0
    alike = max(_alike(asked, one) for one in _parts(known, name))
    return alike if alike >= ALIKE else 0


def _parts(known: str, name: str) -> Iterable[str]:
    """The whole name, and each of its words."""
    return [known, *(key(word) for word in name.split())]


def _alike(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0
