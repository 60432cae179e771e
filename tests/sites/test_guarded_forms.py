"""Every form of the project looks at its free text, or says field by field why not. A new form that nobody thought about fails here."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.test import RequestFactory

from sites.allowed import allowed_names
from sites.forms.guarded import EXEMPT
from stek.guard.forms import ALL, Guarded, is_free_text, look
from tests.factories.activities import make_activity, make_series
from tests.factories.partners import make_organisation
from tests.factories.sites import make_place, make_site, make_user

ROOMS = ("stek", "sites", "partners", "activities", "signals")


def forms_of_the_project():
    """Every class of form that a module of ours defines."""
    for room in ROOMS:
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            if ".migrations" not in module.name and not module.name.endswith(("demo_urls", "lists.build", "wsgi")):
                importlib.import_module(module.name)
    todo, found = [forms.BaseForm], set()
    while todo:
        for kind in todo.pop().__subclasses__():
            todo.append(kind)
            if kind.__module__.split(".")[0] in ROOMS:
                found.add(kind)
    return sorted(found, key=lambda kind: (kind.__module__, kind.__name__))


def forms_of_the_admin():
    request = RequestFactory().get("/admin/")
    request.user = make_user()
    for row_admin in admin.site._registry.values():
        if type(row_admin).has_change_permission is not admin.ModelAdmin.has_change_permission:
            continue  # read only
        yield row_admin.get_form(request)
        for inline in row_admin.get_inline_instances(request):
            yield inline.get_formset(request).form


def unguarded(kind):
    """Names of free text that this form neither looks at nor gives a reason for."""
    fields = {**getattr(kind, "base_fields", {})}
    free = {name for name, field in fields.items() if is_free_text(field)}
    model = getattr(getattr(kind, "_meta", None), "model", None)
    exempt = {**getattr(kind, "exempt", {}), **(EXEMPT.get(model._meta.label_lower, {}) if model else {})}
    without_reason = {name for name, (_kinds, reason) in exempt.items() if not reason}
    if issubclass(kind, Guarded):
        return sorted(free & without_reason)
    return sorted(name for name in free if exempt.get(name, (None, ""))[0] != ALL or name in without_reason)


def test_every_form_guards_its_free_text_or_says_why_not():
    kinds = forms_of_the_project()
    left = {f"{kind.__module__}.{kind.__name__}": names for kind in kinds if (names := unguarded(kind))}

    assert len(kinds) > 30
    assert sum(issubclass(kind, Guarded) for kind in kinds) > 20
    assert left == {}


def test_a_form_without_the_guard_would_be_noticed():
    class Careless(forms.Form):
        note = forms.CharField()
        code = forms.SlugField()

    assert unguarded(Careless) == ["note"]


@pytest.mark.django_db
def test_every_form_of_the_admin_guards_its_free_text_too():
    kinds = list(forms_of_the_admin())
    left = {f"{kind._meta.model._meta.label} {kind.__name__}": names for kind in kinds if (names := unguarded(kind))}

    assert len(kinds) > 12
    assert left == {}


@pytest.mark.django_db
def test_what_is_exempt_exists():
    for label, fields in EXEMPT.items():
        names = {field.name for field in apps.get_model(label)._meta.get_fields()}
        assert set(fields) <= names, label


@pytest.mark.django_db
def test_names_of_every_room_are_allowed_in_as_many_queries_however_many_there_are(django_assert_num_queries):
    site = make_site(name="Huize Fatima")
    make_place(site, name="Zaal Roos", address="Dorpsstraat 5")
    make_organisation(name="Vzw Amina")
    make_series(make_activity(site), title="Naaien met Zeynep")

    with django_assert_num_queries(10):
        few = allowed_names()
    for number in range(5):
        make_organisation(name=f"Vzw {number}")
    with django_assert_num_queries(10):
        allowed_names()

    assert {"Huize Fatima", "Zaal Roos", "Dorpsstraat 5", "Vzw Amina", "Naaien met Zeynep"} <= few


def test_a_long_text_is_looked_at_to_its_end():
    text = "woord " * 400 + "0470 12 34 56"

    assert [(one.kind, text[one.start : one.end]) for one in look(text, allow=frozenset)] == [
        ("phone", "0470 12 34 56")
    ]
