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
    models.DateField: ["", "__year", "__year__gte", "__month", "__isnull", "__range"],
    models.DateTimeField: ["", "__year"],
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


def questions(model: type[models.Model]) -> list[str]:
    """Everything odd of one field of each kind, one odd thing of the others."""
    found = [*({"q": odd} for odd in ODD), *({"p": odd} for odd in ODD), *({"o": odd} for odd in ODD), {"all": ""}]
    asked = set()
    for number, field in enumerate(model._meta.fields):
        kind = next((kind for kind in LOOKUPS if isinstance(field, kind)), None)
        lookups = LOOKUPS.get(kind, [""])[: 1 if kind in asked else None]
        odd_things = [ODD[number % len(ODD)]] if kind in asked else ODD
        found += [{f"{field.name}{lookup}": odd} for lookup in lookups for odd in odd_things]
        asked.add(kind)
    return [urlencode(question) for question in found]


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
