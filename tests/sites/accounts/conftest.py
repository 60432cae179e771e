from __future__ import annotations

import re

import pytest
from django.test import Client

from sites.enums import RoleKind
from sites.models import User
from tests.factories.sites import make_person, make_site


@pytest.fixture
def mira(db) -> User:
    return make_person(
        RoleKind.VOLUNTEER, site=make_site(), user=User.objects.create_user("mira@example.org", name="Mira")
    )


@pytest.fixture
def jef(db) -> User:
    return make_person(
        RoleKind.VOLUNTEER, site=make_site(), user=User.objects.create_user("jef@example.org", name="Jef")
    )


def code_in(letter) -> str:
    """The eight digits of a letter."""
    return re.search(r"\b(\d{4}) (\d{4})\b", letter.body).group(0)


def ask_for_code(client: Client, email: str, **fields):
    return client.post("/account/aanmelden/", {"email": email, **fields})


def sign_in(client: Client, user: User, mailoutbox, **fields):
    """Through the door, as anybody does."""
    ask_for_code(client, user.email, **fields)
    return client.post("/account/code/", {"code": code_in(mailoutbox[-1])})


def errors(response) -> list[str]:
    """What a form says is wrong."""
    return [error for found in response.context["form"].errors.values() for error in found]
