"""A name is asked for as a name: what else points at somebody does not go along in it."""

from __future__ import annotations

import pytest

from sites.accounts.forms import DetailsForm, PasskeyNameForm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["Zwaantje", "Zwaantje Onbestaanders", "Kapitein Haak", ""])
def test_a_name_is_welcome(name):
    assert DetailsForm({"name": name, "language": "nl"}).is_valid()


@pytest.mark.parametrize("name", ["Zwaantje 0470 12 34 56", "zwaantje@example.org", "Zwaantje 85.07.30-033.28"])
@pytest.mark.parametrize("form", [DetailsForm, PasskeyNameForm])
def test_a_number_or_an_address_is_refused_beside_it(form, name):
    assert list(form({"name": name, "language": "nl"}).errors) == ["name"]
