"""A dossier in words, for who works with it and for everybody. Every string of this file is read by visitors too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sites.words import Dutch, Said, date_words, said
from stek.time import today

from .dossier_rules import is_late, is_owed
from .enums import Status
from .models import Dossier, DossierStep

# With whom, where that is known; without, the word alone.
WITH = {
    Status.RAISED: gettext_lazy("Aangekaart bij %(who)s"),
    Status.IN_TALKS: gettext_lazy("In gesprek met %(who)s"),
    Status.PROMISED: gettext_lazy("Toegezegd door %(who)s"),
    Status.SOLVED: gettext_lazy("Opgelost, samen met %(who)s"),
    Status.REFUSED: gettext_lazy("Geweigerd door %(who)s"),
}
ALONE = {
    Status.COLLECTED: gettext_lazy("Verzameld wat mensen vertellen"),
    Status.ANALYSED: gettext_lazy("Uitgezocht hoe het komt"),
    Status.RAISED: gettext_lazy("Aangekaart"),
    Status.IN_TALKS: gettext_lazy("In gesprek"),
    Status.PROMISED: gettext_lazy("Toegezegd"),
    Status.SOLVED: gettext_lazy("Opgelost"),
    Status.REFUSED: gettext_lazy("Geweigerd"),
}
# What its badge looks like; the word says the same.
LOOKS = {Status.SOLVED: "b-open", Status.REFUSED: "b-no"}


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step. `row` has its dossier."""

    row: DossierStep
    when: str
    head: str
    text: str
    answer: str
    answered: str
    effect: str
    due: str
    is_late: bool
    is_owed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier in a list, as far as the steps go that its reader may know. `owed` is what is still to come, and by when."""

    row: Dossier
    title: str
    addressee: str
    where: str
    head: str
    status: str
    look: str
    since: str
    owed: str
    is_late: bool
    steps: list[StepLine]


def day_of(day: dt.date) -> str:
    return date_words(day, _("j F Y"))


def headline(status: str, addressee: str) -> str:
    """“Aangekaart bij Gemeente Wuustwezel”."""
    code = Status(status)
    if addressee and code in WITH:
        return said(str(WITH[code]), who=Dutch(addressee))
    return str(ALONE[code])


def due_words(step: DossierStep, dossier: Dossier, day: dt.date) -> str:
    """Empty when nothing is to come."""
    if not is_owed(step, dossier) or step.due_on is None:
        return ""
    words = {"day": day_of(step.due_on)}
    if is_late(step, dossier, day):
        return _("Antwoord te laat: we verwachtten het op %(day)s.") % words
    return _("Antwoord verwacht op %(day)s.") % words


def step_line(step: DossierStep, dossier: Dossier, day: dt.date) -> StepLine:
    return StepLine(
        row=step, when=day_of(step.day), head=headline(step.status, step.addressee), text=Dutch(step.text),
        answer=Dutch(step.answer), answered=day_of(step.answered_on) if step.answered_on else "",
        effect=Dutch(step.effect), due=due_words(step, dossier, day), is_late=is_late(step, dossier, day),
        is_owed=is_owed(step, dossier),
    )  # fmt: skip


def line_of(dossier: Dossier, steps: Iterable[DossierStep], day: dt.date | None = None) -> Line:
    """`steps` are those its reader may know, at least one; how far it is, is what the newest of them says."""
    day = day or today()
    lines = [step_line(step, dossier, day) for step in sorted(steps, key=lambda one: one.position)]
    newest = lines[-1]
    # The one that waits longest is what is said.
    owed = min((one for one in lines if one.is_owed and one.row.due_on), key=lambda one: one.row.due_on, default=None)  # type: ignore[arg-type,return-value]
    status = Status(newest.row.status)
    return Line(
        row=dossier, title=Dutch(dossier.title), addressee=Dutch(dossier.addressee), where=where(dossier),
        head=newest.head, status=str(ALONE[status]), look=LOOKS.get(status, "b-closed"), since=newest.when,
        owed=owed.due if owed else "", is_late=any(one.is_late for one in lines), steps=lines,
    )  # fmt: skip


def where(dossier: Dossier) -> str | Said:
    """The site; or all of them, by the name of what they are together."""
    if dossier.site:
        return Dutch(dossier.site.name)
    return said(_("alle plekken van %(name)s"), name=Dutch(dossier.partnership.name))


def lines_of(dossiers: Iterable[Dossier], *, published_only: bool = False) -> list[Line]:
    """Of dossiers with `steps`, site and partnership fetched along: what waits longest first, then the newest step first."""
    day = today()
    found = []
    for dossier in dossiers:
        steps = [one for one in dossier.steps.all() if one.is_published or not published_only]
        if steps:
            found.append(line_of(dossier, steps, day))
    return sorted(found, key=lambda one: (not one.is_late, -one.steps[-1].row.day.toordinal(), one.row.title))
