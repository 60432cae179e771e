"""Who contributed, as far as the figures must know it: whether a theme has signals from more than one organisation in a quarter.

The first one leaves a token, keyed by a secret that is in no database and no dump; a second one replaces it by `several`. Tokens of one
organisation differ by theme and quarter, so two rows cannot be laid side by side. A signal knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.crypto import salted_hmac

from partners.models import Membership
from sites.models import Site, User
from stek.time import today

from .models import Contribution, Theme
from .quarters import Period
from .shuffling import put_anew

# Coordinators pass on what visitors and volunteers tell. All those of a partnership count as one, so that two of them are never taken for two
# organisations.
DESK = "desk"
NOBODY = "nobody"
SALT = "signals.contributors"


def contributor_of(user: User, site: Site) -> str:
    """For whom somebody speaks at a site: the organisation they work for there, otherwise the desk."""
    memberships = Membership.objects.on(today()).filter(user=user, site=site).order_by("organisation")
    organisation = memberships.values_list("organisation", flat=True).first()
    return DESK if organisation is None else f"organisation {organisation}"


def note_contribution(contributor: str, *, partnership: int, quarter: Period, theme: Theme) -> None:
    """Call it in the transaction of the signal, under the lock of the partnership."""
    note(Contribution, {"theme": theme.code}, contributor, partnership=partnership, quarter=quarter, salt=SALT)


def note(
    model: type[Model], about: dict[str, str], contributor: str, *, partnership: int, quarter: Period, salt: str
) -> None:
    """The first one leaves a token in the row of a quarter that is `about` one code, the second makes it several; all rows are put anew."""
    ((field, code),) = about.items()
    of_quarter = {"partnership": partnership, "year": quarter.year, "quarter": quarter.first}
    rows: list[Any] = list(model._default_manager.filter(**of_quarter))
    which = f"{partnership} {quarter.year} {quarter.first} {code}"
    tokens = list(_tokens(f"{which} {contributor}", salt))
    row = next((one for one in rows if getattr(one, field) == code), None)
    if row is None:
        rows.append(model(**of_quarter, **about, token=tokens[0]))
    elif row.token in _tokens(f"{which} {NOBODY}", salt):
        row.token = tokens[0]
    elif not row.several and row.token not in tokens:
        row.several, row.token = True, ""
    put_anew(model, rows)


def start_anew(*, partnership: int, quarter: Period, theme: str) -> None:
    """Something that was told of a theme in a quarter will not be counted in it: whoever told it must not make others “several”.

    Nobody knows who that was. So from now on it is as if one told of it of whom there is no second word yet: only two that tell it after this
    are several. The token is of nobody, and looks like any other. Under the lock of the partnership; where there is no row, none is made.
    """
    rows = list(Contribution.objects.of(partnership, quarter))
    for row in rows:
        if row.theme == theme:
            which = f"{partnership} {quarter.year} {quarter.first} {theme} {NOBODY}"
            row.several, row.token = False, next(_tokens(which, SALT))
            put_anew(Contribution, rows)


def _tokens(who: str, salt: str) -> Iterator[str]:
    """By today's secret, and by those it replaced: the same organisation must not become two by a new secret."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield salted_hmac(salt, who, secret=secret, algorithm="sha256").hexdigest()
