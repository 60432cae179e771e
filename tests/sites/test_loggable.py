"""Nothing is written down that nobody thought about: every field of every model is classified, and the log keeps to it [ACC-06]."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from sites.actions import log_change
from sites.loggable import KEPT_OUT, LOGGABLE, MADE_UP, loggable
from sites.models import ChangeLog
from tests.factories.sites import make_site, make_user

ROOMS = ("outbox", "push", "sites", "partners", "activities", "signals", "steering")


def models_of_the_rooms() -> dict[str, type[models.Model]]:
    return {model._meta.label_lower: model for room in ROOMS for model in apps.get_app_config(room).get_models()}


def fields(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields if field.name != "id"}


def classes(model: type[models.Model]) -> list[frozenset[str]]:
    label = model._meta.label_lower
    nothing: frozenset[str] = frozenset()
    return [getattr(model, "PERSONAL_FIELDS", nothing), LOGGABLE.get(label, nothing), KEPT_OUT.get(label, nothing)]


def test_the_sweep_knows_the_rooms():
    assert {"sites.user", "sites.site", "partners.organisation", "activities.occurrence"} <= set(models_of_the_rooms())


@pytest.mark.parametrize("label", sorted(models_of_the_rooms()))
def test_every_field_is_personal_loggable_or_kept_out_and_only_one_of_them(label):
    model = models_of_the_rooms()[label]
    named = [name for names in classes(model) for name in names]

    assert sorted(named) == sorted(fields(model))


def test_nothing_is_classified_that_is_not_there():
    assert LOGGABLE.keys() | KEPT_OUT.keys() | MADE_UP.keys() <= models_of_the_rooms().keys()
    for label, names in MADE_UP.items():
        assert names & fields(models_of_the_rooms()[label]) == set()


@pytest.mark.django_db
def test_personal_and_kept_out_words_are_logged_as_changed_without_words():
    user, site = make_user(name="Geheime Naam"), make_site()

    log_change(
        by=None,
        verb="test",
        about=user,
        site=None,
        changes={"name": ["Geheime Naam", "Ander"], "language": ["nl", "fr"]},
    )
    log_change(by=None, verb="test", about=site, site=site, changes={"contact": ["oud", "nieuw"], "name": ["A", "B"]})

    assert list(ChangeLog.objects.order_by("pk").values_list("changes", flat=True)) == [
        {"name": [None, None], "language": ["nl", "fr"]},
        {"contact": [None, None], "name": ["A", "B"]},
    ]


@pytest.mark.django_db
def test_what_nobody_thought_about_is_not_written_down():
    assert loggable(make_site(), {"iets_nieuws": ["oud", "nieuw"]}) == {"iets_nieuws": [None, None]}


@pytest.mark.django_db
def test_log_holds_a_person_by_key_only():
    from sites.actions.rows import as_logged

    user = make_user(name="Geheime Naam")

    assert as_logged(user) == user.pk
