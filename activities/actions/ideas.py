"""Ideas: a table is held, its cards are typed in, somebody puts one in the box, and each gets an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from activities.enums import IdeaStatus
from activities.ideas import QUESTIONS, month_of
from activities.models import Activity, Idea, IdeaTable
from sites.actions import log_change, schedule_changed
from sites.actions.rows import begun, take_over
from sites.models import Site, User
from sites.seen import refuse_overtaken
from stek.time import today

TABLE = ("day", *(f"question_{number}" for number in QUESTIONS), "people")
ANSWER = ("text", "votes", "status", "why")
# No box holds so many cards that nobody read: then it is a program, and the first ones are read still.
MOST = 60


@transaction.atomic
def hold_table(site: Site, *, by: User | None, **values: Any) -> IdeaTable:
    """A table of a day with its questions. The same once more is the same table. Raises ValidationError by field."""
    Site.objects.select_for_update().get(pk=site.pk)
    there = IdeaTable.objects.filter(site=site, day=values["day"]).first()
    if there and all(getattr(there, name) == value for name, value in values.items()):
        return there
    if there:
        raise ValidationError({"day": _("Die dag is er al een ideeëntafel.")})
    table = IdeaTable(site=site, **values)
    table.full_clean(exclude=["site"])
    table.save()
    log_change(by=by, verb="hold_table", about=table, site=site, changes=begun(values))
    return table


@transaction.atomic
def change_table(table: IdeaTable, *, by: User | None, seen: str | None = None, **values: Any) -> IdeaTable:
    """Other questions, or another day. Raises `Overtaken`, ValidationError by field: a question with cards stays a question."""
    table = IdeaTable.objects.select_for_update(of=("self",)).select_related("site").get(pk=table.pk)
    refuse_overtaken(table, TABLE, seen)
    cards = Idea.objects.filter(table=table)
    for number in cards.order_by("question").values_list("question", flat=True).distinct():
        if not values.get(f"question_{number}"):
            raise ValidationError({f"question_{number}": _("Er zijn al kaartjes bij deze vraag.")})
    if IdeaTable.objects.filter(site=table.site, day=values["day"]).exclude(pk=table.pk).exists():
        raise ValidationError({"day": _("Die dag is er al een ideeëntafel.")})
    changes = take_over(table, values)
    if changes:
        table.full_clean(exclude=["site"])
        table.save()
        cards.update(since=month_of(table.day))
        schedule_changed(table.site_id)
        log_change(by=by, verb="change_table", about=table, site=table.site, changes=changes)
    return table


@transaction.atomic
def add_cards(table: IdeaTable, cards: Mapping[int, Iterable[str]], *, by: User | None) -> int:
    """Cards by the number of their question; one that lies there already is not put there again. How many are new."""
    table = IdeaTable.objects.select_for_update(of=("self",)).select_related("site").get(pk=table.pk)
    there = set(Idea.objects.filter(table=table).values_list("question", "text"))
    wanted = [(number, text) for number, texts in cards.items() for text in texts if number in table.questions]
    new = [one for one in dict.fromkeys(wanted) if one not in there]
    Idea.objects.bulk_create(
        Idea(
            site=table.site,
            table=table,
            question=number,
            text=text,
            since=month_of(table.day),
            is_example=table.is_example,
        )
        for number, text in new
    )
    if new:
        schedule_changed(table.site_id)
        log_change(by=by, verb="add_cards", about=table, site=table.site, changes={"cards": [None, len(new)]})
    return len(new)


@transaction.atomic
def give_idea(site: Site, text: str, *, language: str) -> Idea:
    """Into the box, by nobody in particular; it waits for the coordinator. The same words twice are one idea.

    Raises ValidationError when too many wait.
    """
    Site.objects.select_for_update().get(pk=site.pk)
    waiting = Idea.objects.filter(site=site, status=IdeaStatus.WAITING)
    there = waiting.filter(text=text).first()
    if there:
        return there
    if waiting.count() >= MOST:
        raise ValidationError(_("Er wachten al veel ideeën. Kom langs en vertel het ons."))
    idea = Idea(
        site=site, text=text, language=language, since=month_of(today(site.time_zone)), status=IdeaStatus.WAITING
    )
    idea.full_clean(exclude=["site"])
    idea.save()
    return idea


@transaction.atomic
def accept_idea(idea: Idea, *, by: User | None) -> Idea:
    """Everyone may read it. Twice changes nothing."""
    idea = _locked(idea)
    if idea.status == IdeaStatus.WAITING:
        _write(idea, by, "accept_idea", take_over(idea, {"status": IdeaStatus.PROPOSED}))
    return idea


@transaction.atomic
def answer_idea(idea: Idea, *, by: User | None, seen: str | None = None, **values: Any) -> Idea:
    """How far it is, how many want it, and why it cannot be. Raises `Overtaken`, ValidationError by field."""
    idea = _locked(idea)
    refuse_overtaken(idea, ANSWER, seen)
    if values.get("status") != IdeaStatus.IMPOSSIBLE:
        values["why"] = ""
    elif not values.get("why"):
        raise ValidationError({"why": _("Zeg waarom het niet kan. Wie het bedacht, leest dit.")})
    changes = take_over(idea, values)
    if changes:
        idea.full_clean(exclude=["site", "table"])
        _write(idea, by, "answer_idea", changes)
    return idea


@transaction.atomic
def becomes(idea: Idea, activity: Activity, *, by: User | None) -> Idea:
    """An activity came of it: chosen, and done once people can come to it."""
    idea = _locked(idea)
    changes = take_over(idea, {"status": IdeaStatus.CHOSEN, "why": "", "activity": activity})
    _write(idea, by, "idea_becomes", {name: changes[name] for name in changes if name != "activity"})
    return idea


@transaction.atomic
def drop_idea(idea: Idea, *, by: User | None) -> None:
    """Not to be kept: typed in by mistake, or nothing to answer. Twice changes nothing."""
    found = Idea.objects.select_for_update(of=("self",)).select_related("site").filter(pk=idea.pk).first()
    if found is not None:
        log_change(by=by, verb="drop_idea", about=found, site=found.site, changes={})
        schedule_changed(found.site_id)
        found.delete()


def _locked(idea: Idea) -> Idea:
    return Idea.objects.select_for_update(of=("self",)).select_related("site").get(pk=idea.pk)


def _write(idea: Idea, by: User | None, verb: str, changes: dict[str, Any]) -> None:
    idea.save()
    schedule_changed(idea.site_id)
    log_change(by=by, verb=verb, about=idea, site=idea.site, changes=changes)


def cards_of(text: str) -> list[str]:
    """One card a line; a dash in front of it is no part of it."""
    lines = (line.strip().lstrip("-–•*").strip() for line in text.splitlines())
    return [line for line in lines if line]
