"""What this room says when it starts: its place in the menu, its block of `/mijn/`, its door at the desk, its words in the history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sites import allowed, blocks, history, menu
from sites.enums import RoleKind
from sites.models import Site, User
from sites.rights import Right, can

from .became import became
from .models import Signal, Theme

VERBS = {
    "add_theme": _("Thema toegevoegd"),
    "rename_theme": _("Thema anders genoemd"),
    "switch_theme": _("Thema aan- of uitgezet"),
    "merge_theme": _("Thema samengevoegd"),
    "supersede_release": _("Cijfers opnieuw gepubliceerd"),
    "set_threshold": _("Drempel van cijfers veranderd"),
    "begin_dossier": _("Dossier begonnen"),
    "change_dossier": _("Dossier veranderd"),
    "take_step": _("Stap gezet"),
    "change_step": _("Stap verbeterd"),
    "answer_step": _("Antwoord gekregen"),
    "publish_step": _("Stap gepubliceerd"),
    "hide_step": _("Stap van de website gehaald"),
    "drop_step": _("Stap teruggenomen"),
    "add_sentence": _("Zin goedgekeurd"),
    "drop_sentence": _("Zin weggehaald"),
    "choose_figures": _("Cijfers gekozen"),
}


def say() -> None:
    """For `AppConfig.ready`."""
    menu.add(menu.Entry(30, _("Signalen"), "signals:signals", Right.READ_SIGNALS, "say"))
    menu.add(menu.Entry(35, _("Dossiers"), "signals:dossiers", Right.READ_DOSSIER_STATUS, "page"))
    # Right under what is to be counted: who comes from an activity does both.
    blocks.add_block(blocks.Block(16, "signals/_mine.html", mine))
    blocks.add_block(blocks.Block(30, "signals/_became.html", became))
    about = _("Wat er doorgegeven is: aanvaarden, herschrijven, weigeren.")
    blocks.add_door(blocks.Door(55, _("Signalen"), about, "signals:waiting", Right.MODERATE_SIGNALS, _how_many_wait))
    history.add_subject("signals.theme", history.Subject("thema", str))
    history.add_subject("signals.threshold", history.Subject("cijfers", str))
    history.add_subject("signals.release", history.Subject("cijfers", str))
    history.add_group("dossier", _("Dossiers"))
    history.add_subject("signals.dossier", history.Subject("dossier", str))
    step = history.Subject("dossier", lambda step: step.dossier.title, ("dossier",))
    history.add_subject("signals.dossierstep", step)
    history.add_subject("signals.dossiersentence", step)
    history.add_words(VERBS, {"chosen": _("hoeveel cijfers")})
    allowed.add_names(_theme_names)


def mine(user: User) -> dict[str, Any] | None:
    """The block of `/mijn/`: who may give a signal; a volunteer tells it to the coordinator."""
    if can(user, Right.LOG_SIGNAL):
        return {"may_log": True}
    return {"may_log": False} if user.has_role(RoleKind.VOLUNTEER) else None


def _how_many_wait(site: Site) -> list[str]:
    """For the desk of who may read them; its door is open to nobody else."""
    number = Signal.objects.at(site).waiting().count()
    text = ngettext("%(number)d signaal wacht op jou.", "%(number)d signalen wachten op jou.", number)
    return [text % {"number": number}] if number else []


def _theme_names() -> Iterable[str]:
    for names in Theme.objects.values_list("names", flat=True):
        yield from names.values()
