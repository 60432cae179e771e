"""Figures in a dossier: chosen among what was published and shown, and as they were published. Nothing here counts anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sites.words import Dutch

from .dossier import Dossier
from .enums import Kind
from .figures import TOGETHER
from .models import Release, ReleasedCell
from .period_words import period_words


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure in words. `is_replaced`: its quarter was published anew since; this one stays as it was."""

    cell: ReleasedCell
    theme: str
    where: str
    period: str
    number: int
    is_replaced: bool

    @property
    def label(self) -> str:
        """“Wonen: 12, alle plekken samen”, under the name of its period."""
        words = {"theme": self.theme, "number": self.number, "where": self.where}
        if self.is_replaced:
            return _("%(theme)s: %(number)d, %(where)s. Later opnieuw gepubliceerd.") % words
        return _("%(theme)s: %(number)d, %(where)s") % words


def shown_cells(dossier: Dossier) -> list[ReleasedCell]:
    """Figures about signals of its partnership that everybody may see; for a dossier of one site its own and those of all together."""
    cells = ReleasedCell.objects.filter(
        release__partnership=dossier.partnership_id, release__kind=Kind.SIGNALS, value__isnull=False
    ).exclude(theme=TOGETHER)
    found = cells.select_related("release")
    return [cell for cell in found if not (dossier.site_id and cell.site) or _site(cell).get("id") == dossier.site_id]


def lines_to_choose(dossier: Dossier) -> list[FigureLine]:
    """What can be chosen now: of each figure the newest version, and what was chosen before; the newest period first."""
    chosen = set(dossier.figures.values_list("cell", flat=True))
    lines = lines_of_cells(dossier, shown_cells(dossier))
    return [line for line in lines if not line.is_replaced or line.cell.pk in chosen]


def chosen_lines(dossier: Dossier) -> list[FigureLine]:
    return lines_of_cells(
        dossier, ReleasedCell.objects.filter(pk__in=dossier.figures.values("cell")).select_related("release")
    )


def lines_of_cells(dossier: Dossier, cells: Iterable[ReleasedCell]) -> list[FigureLine]:
    """The newest period first, then the largest number."""
    releases = Release.objects.filter(partnership=dossier.partnership_id, kind=Kind.SIGNALS)
    newest: dict[tuple[int, int, int], int] = {}
    for year, first, last, release in (
        ReleasedCell.objects.filter(release__in=releases)
        .order_by("release")
        .values_list("year", "first", "last", "release")
        .distinct()
    ):
        newest[year, first, last] = release
    found = [
        FigureLine(
            cell=cell, theme=_theme(cell), where=_where(cell), period=period_words(cell.period), number=cell.value or 0,
            is_replaced=newest[cell.year, cell.first, cell.last] != cell.release_id,
        )
        for cell in cells
    ]  # fmt: skip
    return sorted(
        found, key=lambda one: (-one.cell.year, -one.cell.last, one.cell.first, -one.number, one.theme, one.cell.site)
    )


def _theme(cell: ReleasedCell) -> str:
    """As it was called on the day of its release."""
    names: dict[str, str] = next((one["names"] for one in cell.release.themes if one["code"] == cell.theme), {})
    return names.get(get_language() or "nl") or Dutch(names.get("nl") or cell.theme)


def _where(cell: ReleasedCell) -> str:
    if not cell.site:
        return _("alle plekken samen")
    return Dutch(_site(cell).get("name") or cell.site)


def _site(cell: ReleasedCell) -> dict[str, Any]:
    """What its release calls the site."""
    return next((one for one in cell.release.sites if one["code"] == cell.site), {})
