"""The change log in words, and each verb has its own."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.utils.translation import override

from sites.actions.site import change_facts
from sites.enums import RoleKind, SiteKind
from sites.history import known_verbs, latest
from sites.models import ChangeLog
from tests.factories.sites import make_change, make_person, make_place, make_site

NOBODY = "STEK zelf, of iemand die weg is"
VERB = re.compile(r"""verb=(?:"(\w+)"|"(\w+)" if \w+ else "(\w+)")""")


def verbs_in_the_code() -> set[str]:
    found: set[str] = set()
    for room in ("sites", "partners", "activities", "signals", "stek"):
        for path in (settings.BASE_DIR / room).rglob("*.py"):
            found |= {verb for groups in VERB.findall(path.read_text()) for verb in groups if verb}
    return found


def test_every_verb_of_the_actions_has_words():
    assert {"close", "rename_address", "stop_site"} <= verbs_in_the_code()
    assert verbs_in_the_code() - known_verbs() == set()


@pytest.mark.django_db
def test_a_change_is_told_in_the_language_of_its_reader():
    site = make_site(kind=SiteKind.NEW)
    by = make_person(RoleKind.COORDINATOR, site=site)
    by.name = "Opbouwwerker"
    by.save()
    change_facts(site, by=by, kind=SiteKind.MOBILE, closed_on_holidays=False, contact="balie")

    with override("fr"):
        (line,) = latest(by, site, ["sites.site"])

    assert (line.who, line.verb, line.name) == ("Opbouwwerker", "Données modifiées", site.name)
    # In no order: PostgreSQL keeps none.
    assert {(field.label, field.old, field.new, field.is_hidden) for field in line.fields} == {
        ("type de lieu", "lieu nouveau", "lieu mobile", False),
        ("fermé les jours fériés", "oui", "non", False),
        ("contact", "", "", True),
    }


@pytest.mark.django_db
def test_lines_of_rows_that_are_gone_or_of_tables_that_never_were_are_still_readable():
    site = make_site()
    by = make_person(RoleKind.COORDINATOR, site=site)
    place = make_place(site)
    make_change(
        site, about_model="sites.place", about_id=str(place.pk), verb="remove_place", changes={"name": ["Oud", None]}
    )
    place.delete()
    make_change(site, about_model="elders.niets", verb="onbekend", changes={"iets": "geen paar"})

    lines = latest(by, site, ["sites.place", "elders.niets"])

    assert [(line.verb, line.noun, line.name, line.who) for line in lines] == [
        ("Veranderd", "", "", NOBODY), ("Adres weggehaald", "adres", "", NOBODY)
    ]  # fmt: skip
    assert [field.label for line in lines for field in line.fields] == ["iets", "naam"]


@pytest.mark.django_db
def test_only_the_changes_of_the_site_are_read():
    here, there = make_site(), make_site()
    by = make_person(RoleKind.COORDINATOR, site=here)
    make_change(there)

    assert latest(by, here, ["sites.site"]) == latest(by, there, ["sites.site"]) == []
    assert ChangeLog.objects.count() == 1
