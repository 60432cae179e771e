"""Nothing about a person is kept that nobody thought about: each foreign key is taken along or says why not, and goes with them."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from sites.models import User
from stek.personal import Somebody, declared, erasers, exporters


def keys_to_a_person() -> dict[str, models.ForeignKey]:
    """ "sites.Role.user" -> the field, of every model there is, those of other people's packages too."""
    return {
        f"{model._meta.label}.{field.name}": field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is User
    }


def test_every_foreign_key_to_a_person_is_taken_along_or_says_why_not():
    covered = [key for exporter in exporters() for key in exporter.covers]

    assert {"sites.Role.user", "partners.Membership.user", "mfa.Authenticator.user"} <= keys_to_a_person().keys()
    assert sorted([*covered, *declared()]) == sorted(keys_to_a_person())
    assert all(len(reason) > 20 for reason in declared().values())


def test_every_foreign_key_goes_with_the_person_or_lets_go_of_them():
    held = {
        name
        for name, field in keys_to_a_person().items()
        if field.remote_field.on_delete.__name__ not in {"CASCADE", "SET_NULL"}
    }

    assert held == set()


def test_every_table_with_a_name_or_an_address_has_who_forgets_it():
    personal = {model._meta.label_lower for model in apps.get_models() if getattr(model, "PERSONAL_FIELDS", None)}
    forgotten = {label for is_after in (False, True) for one in erasers(is_after=is_after) for label in one.covers}

    assert personal - forgotten == {"sites.user"}  # the account itself


@pytest.mark.django_db
def test_every_part_says_what_each_of_its_keys_is():
    user = User.objects.create_user("mira@example.org", name="Mira")

    for exporter in exporters():
        for row in exporter.rows(user):
            assert row.keys() == exporter.labels.keys()
    assert len({exporter.code for exporter in exporters()}) == len(exporters()) > 5


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Mira Peeters belde", True),
        ("mail naar MIRA@example.org.", True),
        ("mira peeters", True),
        ("Mira en Peeters", False),
        ("admira@example.org", False),
        ("", False),
    ],
)
def test_somebody_is_recognised_by_mailbox_and_whole_name(text, is_named):
    assert Somebody(1, "mira@example.org", "Mira Peeters").is_named_in(text) is is_named


def test_name_of_two_letters_or_none_is_looked_for_nowhere():
    assert Somebody(1, "an@example.org", "An").words == ["an@example.org"]
    assert not Somebody(1, "an@example.org", "").is_named_in("an iets")
