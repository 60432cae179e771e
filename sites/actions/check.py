"""The checklist of the five B's and of the way there: looked at on a day, kept for ever."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sites.enums import Criterion, Score
from sites.models import Site, SiteCheck, User
from sites.words import date_words
from stek.time import today

from .log import log_change
from .rows import begun

# {"reachable": {"score": "partly", "note": "De deur is zwaar."}}
Answers = dict[str, dict[str, str]]


@transaction.atomic
def keep_check(site: Site, *, by: User | None, day: dt.date, answers: Answers, actions: str = "") -> SiteCheck:
    """Keep what people found on a day. Earlier checks stay as they are.

    Raises ValidationError, by field: for a day to come, a day that has a check, and an answer nobody knows.
    """
    if day > today(site.time_zone):
        raise ValidationError({"day": _("Kies vandaag of vroeger.")})
    if SiteCheck.objects.filter(site=site, day=day).exists():
        raise ValidationError({"day": _taken(day)})
    check = SiteCheck(site=site, day=day, answers=known_answers(answers), actions=actions)
    check.full_clean(exclude=["site"])
    try:
        with transaction.atomic():
            check.save()
    except IntegrityError as twice:
        raise ValidationError({"day": _taken(day)}) from twice
    log_change(by=by, verb="keep_check", about=check, site=site, changes=begun({"day": day}))
    return check


def known_answers(answers: Answers) -> Answers:
    """The same answers, in the order of the checklist. Raises ValidationError for a question or a score that is none."""
    strange = set(answers) - set(Criterion.values)
    strange |= {answer.get("score", "") for answer in answers.values()} - set(Score.values)
    if strange:
        raise ValidationError(_("Dit antwoord staat niet op de lijst."))
    return {
        code: {"score": answers[code]["score"], "note": answers[code].get("note", "").strip()}
        for code in Criterion.values
        if code in answers
    }


def _taken(day: dt.date) -> str:
    return _("Op %(day)s is al nagekeken. Kies een andere dag.") % {"day": date_words(day, _("j F Y"))}
