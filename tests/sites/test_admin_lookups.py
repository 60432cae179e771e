"""Whatever stands in an address of the admin, the answer is a page or the way back to one."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.db import models
from django.test import Client
from django.utils.http import urlencode

from sites.enums import RoleKind
from tests.factories.sites import make_milestone, make_role, make_site

# Outside a transaction, as in real life: PostgreSQL takes no more questions in one in which a question was wrong.
pytestmark = pytest.mark.django_db(transaction=True)

ODD = ["99999", "-1", "9" * 30, "[x", "\x00"]
LOOKUPS = {
    models.DateTimeField: ["", "__year"],
    models.DateField: ["", "__year", "__year__gte", "__month", "__isnull", "__range"],
    models.CharField: ["", "__regex"],
    models.IntegerField: ["", "__in"],
    models.ForeignKey: ["", "__id__exact"],
    models.BooleanField: [""],
}


@pytest.fixture
def client():
    client = Client()
    client.force_login(make_role(RoleKind.ADMINISTRATOR).user)
    make_milestone(make_site())
    return client


def kind_of(field: models.Field) -> type[models.Field] | None:
    return next((kind for kind in LOOKUPS if isinstance(field, kind)), None)


FIRST_OF_ITS_KIND = {
    kind_of(field): field for model in reversed(admin.site._registry) for field in reversed(model._meta.fields)
}.values()
FIRST = next(iter(admin.site._registry))


def questions(model: type[models.Model]) -> list[str]:
    """Everything odd of the first field of each kind there is, and of the first list; one odd thing of each other one."""
    found = [{"all": ""}]
    for number, name in enumerate(["q", "p", "o"]):
        found += [
            {name: odd} for odd in (ODD if model is FIRST else [ODD[(number + len(model._meta.fields)) % len(ODD)]])
        ]
    for number, field in enumerate(model._meta.fields):
        if field in FIRST_OF_ITS_KIND:
            found += [{f"{field.name}{lookup}": odd} for lookup in LOOKUPS.get(kind_of(field), [""]) for odd in ODD]
        else:
            found.append({field.name: ODD[number % len(ODD)]})
    return [urlencode(question) for question in found]


def test_a_field_of_every_kind_is_asked_everything():
    asked = [question for model in admin.site._registry for question in questions(model)]
    for kind, lookups in LOOKUPS.items():
        field = next(field for field in FIRST_OF_ITS_KIND if kind_of(field) is kind)
        for lookup in lookups:
            assert all(urlencode({f"{field.name}{lookup}": odd}) in asked for odd in ODD)


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model._meta.label_lower)
def test_no_question_breaks_a_list(client, model):
    address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    client.raise_request_exception = False

    broken = [question for question in questions(model) if client.get(f"{address}?{question}").status_code >= 500]

    assert broken == []


@pytest.mark.parametrize("key", ["0", "x", "9" * 30, "_00", "-1"])
def test_no_key_breaks_a_form(client, key):
    for model in admin.site._registry:
        for page in ("change", "delete", "history"):
            response = client.get(f"/admin/{model._meta.app_label}/{model._meta.model_name}/{key}/{page}/")
            assert response.status_code in {302, 403, 404}
