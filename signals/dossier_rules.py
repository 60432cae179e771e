"""Questions about dossiers. Never writes."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sites.models import Partnership, Site, User
from sites.querysets import coordinated_sites

from .dossier import Dossier, DossierStep
from .dossier_querysets import OPEN, OVER
from .enums import Status
from .plain import plain
from .similar import likeness

# What may come after what. Until something was asked of somebody there is nothing to promise or refuse; what is over can be asked again.
AFTER: dict[str, tuple[Status, ...]] = {
    Status.COLLECTED: (Status.COLLECTED, Status.ANALYSED),
    Status.ANALYSED: (Status.ANALYSED, Status.RAISED),
    **dict.fromkeys(OPEN, (Status.RAISED, Status.IN_TALKS, Status.PROMISED, Status.SOLVED, Status.REFUSED)),
    Status.SOLVED: (Status.SOLVED, Status.RAISED),
    Status.REFUSED: (Status.REFUSED, Status.RAISED),
}
# What a dossier must say before it can be that far.
NEEDS: dict[str, tuple[str, ...]] = {
    Status.COLLECTED: ("problem",),
    Status.ANALYSED: ("problem", "causes", "affected"),
}
ALL_NEEDED = (*NEEDS[Status.ANALYSED], "proposals", "addressee")
# From here on two sentences are the same words with a comma moved; measured on the demonstration's signals, where two people who said
# the same in their own words stay below 0.7.
SAME_WORDS = 0.85


def needed_for(status: str) -> tuple[str, ...]:
    return NEEDS.get(status, ALL_NEEDED)


def missing_for(status: str, dossier: Dossier) -> list[str]:
    """Names of fields that are empty still, and may not be when a dossier is that far."""
    return [name for name in needed_for(status) if not getattr(dossier, name)]


def refuse_unready(dossier: Dossier, status: str) -> None:
    """Raises ValidationError that says what has to be written first."""
    missing = [str(Dossier._meta.get_field(name).verbose_name) for name in missing_for(status, dossier)]  # type: ignore[union-attr]
    if missing:
        words = {"what": ", ".join(missing)}
        raise ValidationError({"status": _("Vul eerst in het dossier in: %(what)s.") % words})


def refuse_wrong_day(day: dt.date, *, before: dt.date | None, after: dt.date | None, on: dt.date) -> None:
    """Raises ValidationError for a step in the future, or one that does not lie between its neighbours."""
    if day > on:
        raise ValidationError({"day": _("Die dag moet nog komen. Een stap zet je erbij als hij gezet is.")})
    if before and day < before:
        raise ValidationError({"day": _("De vorige stap was later. Kijk de dag na.")})
    if after and day > after:
        raise ValidationError({"day": _("De volgende stap was vroeger. Kijk de dag na.")})


def refuse_odd_answer(
    *, day: dt.date, due_on: dt.date | None, answer: str, answered_on: dt.date | None, effect: str
) -> None:
    """Raises ValidationError by field: nothing is answered before it was asked, and what came of it needs an answer with its day."""
    if due_on and due_on < day:
        raise ValidationError({"due_on": _("Het antwoord kan niet voor de stap komen.")})
    if answer and not answered_on:
        raise ValidationError({"answered_on": _("Zeg op welke dag het antwoord kwam.")})
    if not answer and (answered_on or effect):
        raise ValidationError({"answer": _("Schrijf wat het antwoord was.")})
    if answered_on and answered_on < day:
        raise ValidationError({"answered_on": _("Het antwoord kan niet voor de stap komen.")})


def is_owed(step: DossierStep, dossier: Dossier) -> bool:
    """Whether an answer was to come, and did not yet. What was asked before it was over is not asked any more when it is raised again."""
    if step.due_on is None or step.answer or dossier.status not in OPEN:
        return False
    return not any(one.status in OVER and one.position >= step.position for one in dossier.steps.all())


def is_late(step: DossierStep, dossier: Dossier, day: dt.date) -> bool:
    """The day itself is not too late."""
    return is_owed(step, dossier) and step.due_on is not None and step.due_on < day


def can_work_on(user: User | AnonymousUser, dossier: Dossier) -> bool:
    """Who may change a dossier and take its steps:

    - who coordinates its site; one of a whole partnership: any of its sites.
    """
    return user.is_authenticated and Dossier.objects.worked_on_by(user).filter(pk=dossier.pk).exists()


def where_to_begin(user: User) -> list[tuple[Partnership, Site | None]]:
    """Of which sites, and of which whole partnerships (None), somebody may begin a dossier; the sites first, by name."""
    rows = Site.objects.filter(pk__in=coordinated_sites(user)).select_related("partnership").order_by("name")
    of_one: list[tuple[Partnership, Site | None]] = [(site.partnership, site) for site in rows]
    partnerships = {one.pk: one for one, _site in of_one}
    of_all = [one for one in partnerships.values() if one.sites.count() > 1]
    return [*of_one, *((one, None) for one in of_all)]


def repeats(text: str, told: list[str]) -> bool:
    """Whether a sentence for everybody is what somebody told, word for word or nearly: whoever told it would find their own words."""
    return any(score >= SAME_WORDS for score in likeness(plain(text), told))
