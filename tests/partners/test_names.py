"""A new name holds from a day on; the old one stays on older pages and in the search."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from partners.actions.names import rename, set_aliases
from partners.models import Organisation
from partners.search import find
from sites.models import ChangeLog, Site
from tests.factories.activities import make_guest
from tests.factories.partners import make_alias, make_engagement, make_organisation
from tests.factories.sites import make_site, make_user
from tests.offer import date_of, offer

pytestmark = pytest.mark.django_db

SINCE = dt.date(2023, 10, 16)


def refusal(organisation, **fields) -> dict:
    with pytest.raises(ValidationError) as caught:
        rename(organisation, by=None, **fields)
    return caught.value.message_dict


def page(site: Site, week: str) -> bytes:
    return Client().get(f"/{site.slug}/week/{week}/").content


def test_weeks_before_say_the_old_name_and_later_ones_the_new():
    here, there = make_site(), make_site()
    organisation = make_organisation(name="Kind en Gezin")
    for site in (here, there):
        make_engagement(site, organisation=organisation)
        offer(site, organisers=[organisation])
    old = {(site, week): page(site, week) for site in (here, there) for week in ("2023-W20", "2023-W41")}
    assert b"Kind en Gezin" in old[here, "2023-W41"]

    rename(organisation, name="Opgroeien", since=SINCE, by=None)

    assert {key: page(*key) for key in old} == old
    for site in (here, there):
        assert b"Opgroeien" in page(site, "2023-W42")
        assert b"Kind en Gezin" not in page(site, "2023-W42")


def test_each_site_that_shows_it_is_made_anew_and_reads_it_in_its_log():
    engaged, organised, guested, other = (make_site(name=f"Plek {letter}") for letter in "ABCD")
    organisation, by = make_organisation(name="Oud"), make_user()
    make_engagement(engaged, organisation=organisation)
    offer(organised, organisers=[organisation])
    make_guest(date_of(offer(guested), "2023-10-16"), organisation)
    offer(other)
    ChangeLog.objects.all().delete()
    before = dict(Site.objects.values_list("name", "schedule_version"))

    rename(organisation, name="Nieuw", since=SINCE, by=by)

    after = dict(Site.objects.values_list("name", "schedule_version"))
    assert {name for name in after if after[name] > before[name]} == {"Plek A", "Plek B", "Plek C"}
    assert sorted(ChangeLog.objects.values_list("site__name", "verb", "by")) == [
        (name, "rename", by.pk) for name in ("Plek A", "Plek B", "Plek C")
    ]


def test_two_names_on_one_day_are_an_error_beside_the_day():
    organisation = make_organisation(name="Oud")
    rename(organisation, name="Nieuw", since=SINCE, by=None)

    assert refusal(organisation, name="Nieuwer", since=SINCE) == {
        "since": ["Op die dag begint al de naam “Nieuw”. Kies een andere dag."]
    }
    assert refusal(organisation, name="Nieuw", since=dt.date(2023, 12, 1)) == {"name": ["Zo heet ze dan al."]}
    assert list(refusal(organisation, name="", since=dt.date(2023, 12, 1))) == ["name"]


def test_the_same_said_twice_is_one_name():
    organisation = make_organisation(name="Oud")

    rename(organisation, name="Nieuw", since=SINCE, by=None)
    rename(organisation, name=" Nieuw ", since=SINCE, by=None)

    assert list(organisation.names.values_list("name", flat=True)) == ["Oud", "Nieuw"]
    assert ChangeLog.objects.count() == 1


def test_other_spellings_are_those_given_and_no_more():
    organisation = make_organisation()
    make_alias(organisation, name="Twinkeltje")
    make_alias(organisation, name="weg")

    set_aliases(organisation, ["Twinkeltje", " TWinkeltje ", ""], by=None)

    assert sorted(organisation.aliases.values_list("name", flat=True)) == ["TWinkeltje", "Twinkeltje"]


# --- Search ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def network():
    site = make_site()
    for name in ("’t Winkeltje", "’t Kruideniertje", "Rap op Stap Kalmthout", "Rap op Stap Wuustwezel", "Ligo Kempen",
                 "Fietsbieb", "Bibliothèque Été", "De Vlegels", "CAW Antwerpen"):  # fmt: skip
        make_engagement(site, organisation=make_organisation(name=name))


def found(query: str) -> list[str]:
    return [one.name for one in find(Organisation.objects.all(), query, dt.date(2023, 10, 10))]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("twinkeltje", ["’t Winkeltje"]),
        ("'t winkeltje", ["’t Winkeltje"]),
        ("t' Winkelje", ["’t Winkeltje"]),
        ("WINKELTJE", ["’t Winkeltje"]),
        ("tkruideniertje", ["’t Kruideniertje"]),
        ("kruidenier", ["’t Kruideniertje"]),
        ("rap op stap", ["Rap op Stap Kalmthout", "Rap op Stap Wuustwezel"]),
        ("rapopstap wuustwezel", ["Rap op Stap Wuustwezel"]),
        ("wuustwezl", ["Rap op Stap Wuustwezel"]),
        ("ligo", ["Ligo Kempen"]),
        ("fietsbib", ["Fietsbieb"]),
        ("bibliotheque ete", ["Bibliothèque Été"]),
        ("vlegels", ["De Vlegels"]),
        ("xyz", []),
    ],
)
def test_search_forgives_how_it_is_written(network, query, names):
    assert found(query) == names


def test_search_finds_old_and_future_names_and_other_spellings(network):
    organisation = Organisation.objects.get(names__name="Ligo Kempen")
    rename(organisation, name="Open School", since=SINCE, by=None)
    make_alias(organisation, name="Basiseducatie")

    assert [(one.name, one.also) for query in ("ligo", "open school", "basiseducatie")
            for one in find(Organisation.objects.all(), query, SINCE)] == [
        ("Open School", "Ligo Kempen"), ("Open School", ""), ("Open School", "Basiseducatie"),
    ]  # fmt: skip
    assert found("open school") == ["Ligo Kempen"]


def test_search_without_words_lists_all_by_name(network):
    assert found(" ' ") == found("")
    assert len(found("")) == 9


@pytest.mark.parametrize("number", [1, 100])
def test_search_costs_three_queries_for_any_number(number, django_assert_num_queries):
    for _ in range(number):
        make_organisation()

    with django_assert_num_queries(3):
        find(Organisation.objects.all(), "organisatie", SINCE)
