"""What happened between two letters, in sentences of every room: from a day on, up to and without another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from sites.models import Milestone, Partnership
from sites.words import Dutch, vague_words

from .enums import LetterKind
from .models import Digest
from .telling import in_language

# Of a partnership, from a local day up to and without another.
Teller = Callable[[Partnership, dt.date, dt.date], list[str]]

_tellers: list[tuple[Teller, frozenset[str]]] = []


def add_teller(teller: Teller, to: Iterable[str] = LetterKind.values) -> None:
    """For `AppConfig.ready`, in the order of the letter. `to`: the kinds of letter whose readers may know of it."""
    if (entry := (teller, frozenset(to))) not in _tellers:
        _tellers.append(entry)


def news_of(digest: Digest) -> list[str]:
    """Sentences in the active language; none when nothing happened."""
    return [
        line
        for tell, kinds in _tellers
        if digest.kind in kinds
        for line in tell(digest.partnership, digest.since, digest.until)
    ]


def moments(partnership: Partnership, since: dt.date, until: dt.date) -> list[str]:
    """Key moments of these days."""
    rows = Milestone.objects.filter(partnership=partnership, day__gte=since, day__lt=until).select_related("site")
    return [
        _("%(when)s, %(place)s: %(what)s")
        % {
            "when": vague_words(row.day, row.precision),
            "place": Dutch(row.site.name) if row.site else _("alle plekken"),
            "what": in_language({"nl": row.text} | row.translations),
        }
        for row in rows.in_order()
    ]
