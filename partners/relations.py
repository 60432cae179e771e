"""What hangs on an organisation, told by every room when it starts: so that a rename reaches each page, and a merge each row.

A room above this one cannot be imported here. It says for each of its foreign keys how rows move to another organisation, and
on the public pages of which sites they show. A test holds the list against the tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from .models import Organisation


@dataclass
class Merge:
    """Two rows of one organisation. `absorbed` is filled on the way: (model, id that went) -> id it is part of now."""

    kept: Organisation
    doubled: Organisation
    absorbed: dict[tuple[str, int], int] = field(default_factory=dict)


# Moves the rows of `doubled` to `kept`, and says in numbers or words what moved; empty when nothing did.
Mover = Callable[[Merge], Any]


@dataclass(frozen=True, slots=True)
class Relation:
    """A foreign key to `Organisation`; `site_path` leads from its row to the site that shows it, empty when none does."""

    model: str
    field: str
    move: Mover
    site_path: str = ""
    position: int = 50

    @property
    def name(self) -> str:
        return f"{self.model}.{self.field}"

    def rows_of(self, organisation: Organisation) -> models.QuerySet:
        return apps.get_model(self.model)._default_manager.filter(**{self.field: organisation})


_relations: dict[str, Relation] = {}


def add_relation(relation: Relation) -> None:
    """For `AppConfig.ready`."""
    _relations[relation.name] = relation


def relations() -> list[Relation]:
    """In the order in which a merge takes them."""
    return sorted(_relations.values(), key=lambda one: (one.position, one.name))


def sites_showing(*organisations: Organisation) -> list[int]:
    """Ids, in order, of the sites where organisations are engaged, organise or come along: their pages name them."""
    found: set[int] = set()
    for relation in relations():
        if relation.site_path:
            for organisation in organisations:
                found |= set(relation.rows_of(organisation).values_list(relation.site_path, flat=True))
    return sorted(found)


def move_or_drop(model: str, beside: str) -> Mover:
    """For rows that may stand once beside another (`beside`, a field): moved, or dropped where the kept one is there already."""

    def move(merge: Merge) -> int:
        rows = apps.get_model(model)._default_manager
        there = rows.filter(organisation=merge.kept).values(beside)
        of_doubled = rows.filter(organisation=merge.doubled)
        count = of_doubled.count()
        of_doubled.filter(**{f"{beside}__in": list(there.values_list(beside, flat=True))}).delete()
        of_doubled.update(organisation=merge.kept)
        return count

    return move


def just_move(model: str, name: str = "organisation") -> Mover:
    """For rows without a rule about being there twice."""

    def move(merge: Merge) -> int:
        return apps.get_model(model)._default_manager.filter(**{name: merge.doubled}).update(**{name: merge.kept})

    return move
