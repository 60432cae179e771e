"""A dossier on paper, for a council: what is wrong, why, what is asked, and the steps that everybody may read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sites.words import Dutch
from stek.pages import current_language
from stek.paper import paper
from stek.paper.said import said
from stek.time import today

from .dossier_figures import chosen_lines
from .dossier_words import Line, day_of, line_of
from .models import Dossier

WORDS = ("problem", "causes", "affected", "proposals")


def dossier_paper(dossier: Dossier) -> bytes:
    """In the active language; what nobody translated stands there in Dutch, and says so to who listens. With `steps` fetched along."""
    line = line_of(dossier, dossier.steps.all())
    parts = [*_words(dossier), *_sentences(dossier)]
    if dossier.is_example:
        parts.insert(0, {"note": _("Dit is een voorbeeld: zo kan het zijn, het is nog niet echt.")})
    data: dict[str, Any] = {
        "title": dossier.title, "heading": said(line.title), "name": said(Dutch(dossier.partnership.name)),
        "kind": _("Dossier"), "parts": parts, "figures": _figures(dossier), "steps": _steps(line),
        "lead": said(line.head), "foot": _("STEK · dossier van %(day)s") % {"day": day_of(today())},
    }  # fmt: skip
    return paper("dossier", data, language=current_language())


def _words(dossier: Dossier) -> list[dict[str, Any]]:
    """What is written; what is not yet, is left out."""
    found = []
    for name in WORDS:
        if text := getattr(dossier, name):
            label = str(dossier._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            paragraphs = [said(Dutch(one)) for one in text.splitlines() if one.strip()]
            found.append({"heading": label[:1].upper() + label[1:], "text": paragraphs})
    return found


def _sentences(dossier: Dossier) -> list[dict[str, Any]]:
    points = [said(Dutch(f"“{one.text}”")) for one in dossier.sentences.all()]
    return [{"heading": _("Wat mensen zeggen"), "points": points}] if points else []


def _figures(dossier: Dossier) -> dict[str, Any] | None:
    """As they were published; what was published anew since says so."""
    lines = chosen_lines(dossier)
    if not lines:
        return None
    mark = "* "
    notes = [_("Zoals ze gepubliceerd werden. Kleine aantallen tonen we niet, zodat niemand te herkennen is.")]
    if any(line.is_replaced for line in lines):
        notes.append(_("* Later opnieuw gepubliceerd. Hier staat het cijfer van toen."))
    rows = [
        [said(line.theme), said(line.where), line.period, f"{mark if line.is_replaced else ''}{line.number}"]
        for line in lines
    ]
    header = [_("Thema"), _("Plek"), _("Wanneer"), _("Signalen")]
    return {"heading": _("Cijfers"), "header": header, "rows": rows, "notes": notes}


def _steps(line: Line) -> dict[str, Any] | None:
    """Only those that were published: a council hands its papers on."""
    rows = [
        [step.when, said(step.head), _told(step.text, step.answer, step.effect)]
        for step in line.steps if step.row.is_published
    ]  # fmt: skip
    if not rows:
        return None
    header = [_("Wanneer"), _("Wat we deden"), _("Wat we vroegen, het antwoord en wat er veranderde")]
    return {"heading": _("Wat al gebeurde"), "header": header, "rows": rows}


def _told(*words: str) -> list[dict[str, str]]:
    """What was asked, what was answered, what changed: a line each."""
    runs: list[dict[str, str]] = []
    for text in filter(None, words):
        runs += ([{"text": "\n"}] if runs else []) + said(text)
    return runs
