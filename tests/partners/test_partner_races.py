"""Two at once about one organisation: neither fails without a word, and one right set is left."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from partners.actions.engagements import engage
from partners.actions.leaving import leave
from partners.actions.merging import merge
from partners.actions.people import start_membership
from partners.models import Engagement, Leaving, Membership, Organisation
from sites.models import ChangeLog, Role
from tests.activities.test_races import at_once
from tests.factories.partners import make_engagement, make_organisation
from tests.factories.sites import make_site, make_user

pytestmark = pytest.mark.django_db(transaction=True)

LAST = dt.date(2023, 10, 31)
ROUNDS = [pytest.param(1, id="once"), pytest.param(100, id="100 times", marks=pytest.mark.prove)]


@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_merges_of_the_same_pair_both_ways_leave_one(rounds):
    for _ in range(rounds):
        Engagement.objects.all().delete()
        Organisation.objects.all().delete()
        ChangeLog.objects.all().delete()
        one, other = make_organisation(), make_organisation()
        for organisation in (one, other):
            make_engagement(make_site(), organisation=organisation)

        errors = at_once(lambda: merge(one, other, by=None), lambda: merge(other, one, by=None))  # noqa: B023

        assert all(isinstance(error, ValidationError) for error in errors), errors
        assert (
            Organisation.objects.count(),
            Engagement.objects.count(),
            ChangeLog.objects.filter(site=None).count(),
        ) == (1, 2, 1)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_an_engagement_begun_while_the_organisation_is_merged_is_kept_or_refused_in_words(rounds):
    for _ in range(rounds):
        kept, doubled, site = make_organisation(), make_organisation(), make_site()

        errors = at_once(
            lambda: merge(kept, doubled, by=None),  # noqa: B023
            lambda: engage(doubled, site, by=None, since=LAST),  # noqa: B023
        )

        assert all(isinstance(error, ValidationError) for error in errors), errors
        assert Engagement.objects.filter(organisation=kept).count() == 1 - len(errors)
        assert not Organisation.objects.filter(pk=doubled.pk).exists()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_who_begins_at_the_moment_the_organisation_leaves_ends_with_it(rounds):
    for _ in range(rounds):
        site, user, organisation = make_site(), make_user(), make_organisation()
        make_engagement(site, organisation=organisation)

        errors = at_once(
            lambda: leave(organisation, site, on=LAST, by=None),  # noqa: B023
            lambda: start_membership(user, organisation=organisation, site=site, by=None),  # noqa: B023
        )

        assert errors == []
        untils = [model.objects.get(user=user).until for model in (Membership, Role)]
        assert (untils, Leaving.objects.filter(site=site).count()) == ([LAST, LAST], 1)
