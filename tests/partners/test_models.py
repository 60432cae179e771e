"""Names last until the next one, and sayings of a partner hold for the days they were made for."""

from __future__ import annotations

import datetime as dt

import pytest

from partners.models import Engagement, Organisation
from tests.factories.partners import make_engagement, make_organisation, make_organisation_name
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("1850-01-01", "Opbouwwerk"),
        ("2021-12-31", "Opbouwwerk"),
        ("2022-01-01", "SAAMO Antwerpen"),
        ("2040-01-01", "SAAMO Antwerpen"),
    ],
)
def test_name_on_gives_the_name_in_force_and_the_first_one_before_that(day, name):
    organisation = make_organisation(name="Opbouwwerk")
    make_organisation_name(organisation, name="SAAMO Antwerpen", since=dt.date(2022, 1, 1))

    assert organisation.name_on(dt.date.fromisoformat(day)) == name


def test_an_organisation_without_a_name_is_called_by_its_code():
    organisation = Organisation(code="saamo", kind="community_work")
    organisation.save()

    assert organisation.name_on(dt.date(2023, 1, 1)) == "saamo"


def test_names_fetched_with_the_organisations_cost_no_query_more(django_assert_num_queries):
    for number in range(3):
        make_organisation(name=f"Naam {number}")

    with django_assert_num_queries(2):
        names = [item.name_on(dt.date(2023, 1, 1)) for item in Organisation.objects.with_names()]

    assert sorted(names) == ["Naam 0", "Naam 1", "Naam 2"]


def test_engagements_on_a_day_are_those_between_their_first_and_last_day():
    site, day = make_site(), dt.date(2023, 10, 10)
    before, after = dt.date(2023, 10, 9), dt.date(2023, 10, 11)
    holding = [
        make_engagement(site, since=since, until=until)
        for since, until in [(None, None), (None, day), (day, None), (day, day), (before, after)]
    ]
    for since, until in [(None, before), (before, before), (after, None)]:
        make_engagement(site, since=since, until=until)
    make_engagement(make_site(), since=None)

    assert list(Engagement.objects.at(site).on(day).order_by("pk")) == holding
