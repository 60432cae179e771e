"""Columns of JSON take one shape only, in the admin and everywhere else."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from sites.fields import ExampleFields, ShapedField, TextsField

ROOMS = ("sites", "partners", "activities", "signals", "health", "steering")
# By actions, from forms that offer the choices; read-only in the admin.
WRITTEN_BY_US = {"activities.Step.before",
    "sites.ChangeLog.changes", "sites.Site.holiday_switches", "sites.SiteCheck.answers",
    "activities.Attendance.sendings", "signals.Referral.sendings", "partners.Leaving.ended", "partners.Leaving.removed",
    "signals.Release.sites", "signals.Release.themes", "steering.Report.figures",
}  # fmt: skip


def columns() -> dict[str, models.JSONField]:
    return {
        f"{model._meta.label}.{field.name}": field
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.JSONField)
    }


def test_every_column_that_somebody_fills_in_has_a_shape():
    free = {name for name, field in columns().items() if not isinstance(field, ShapedField)}

    assert len(columns()) > 8
    assert free == WRITTEN_BY_US


@pytest.mark.parametrize(
    "value", [5, "tekst", True, [], ["fr"], {"fr": 1}, {"fr": None}, {"xx-yy": "tekst"}, {"fr": "a\0b"}]
)
def test_texts_of_another_shape_are_refused_with_a_sentence(value):
    with pytest.raises(ValidationError) as refusal:
        TextsField(blank=True).clean(value, None)

    assert refusal.value.messages == ['Schrijf een tekst per taal: {"fr": "…", "en": "…"}.']


@pytest.mark.parametrize("value", [5, "price", {}, {"price": True}, ["prijs"], [1], [None], [["price"]], ["price", {}]])
def test_examples_of_another_shape_are_refused_with_a_sentence(value):
    with pytest.raises(ValidationError) as refusal:
        ExampleFields(names=("price", "hours")).clean(value, None)

    assert refusal.value.messages == ['Schrijf een lijst met alleen deze namen: ["hours", "price"].']


@pytest.mark.parametrize("value", [None, "", {}])
def test_no_texts_are_none(value):
    assert TextsField(blank=True).clean(value, None) == {}
    with pytest.raises(ValidationError):
        TextsField().clean(value, None)


@pytest.mark.parametrize("value", [None, "", []])
def test_no_examples_are_none(value):
    assert ExampleFields(names=("price",)).clean(value, None) == []


def test_what_is_right_stays_as_it_is():
    assert TextsField().clean({"fr": "Café", "en": ""}, None) == {"fr": "Café", "en": ""}
    assert ExampleFields(names=("price", "hours")).clean(["hours"], None) == ["hours"]
