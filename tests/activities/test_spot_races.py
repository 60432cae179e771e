"""Two coordinators, or one who presses twice: a spot is written down once, an address is of one place, and nobody reads an error page."""

from __future__ import annotations

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from activities.actions.spots import give_up_spot, hang, keep_spot
from activities.models import Spot
from sites.actions import rename_address
from sites.models import ChangeLog, Site
from tests.activities.test_races import at_once
from tests.factories.activities import make_activity, make_spot
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = [pytest.param(10, id="10 times"), pytest.param(100, id="100 times", marks=pytest.mark.prove)]


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


def refused(errors: list[BaseException]) -> int:
    """How many were refused in words; anything else fails."""
    assert [error for error in errors if not isinstance(error, ValidationError)] == []
    return len(errors)


@pytest.mark.parametrize("rounds", ROUNDS)
@pytest.mark.parametrize("paper", ["offer", "poster"])
def test_four_write_down_the_same_spot(rounds, paper):
    site = make_site()
    activity = make_activity(site) if paper == "poster" else None
    fields = {"paper": paper, "activity": activity, "language": "nl"}
    for number in range(rounds):
        where = f"Muur {number}"
        errors = at_once(*(partial(keep_spot, Spot(site=site), by=None, where=where, **fields) for _ in range(4)))

        assert refused(errors) == 3
        assert Spot.objects.filter(where=where).count() == 1
    assert ChangeLog.objects.filter(verb="keep_spot").count() == rounds


@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_spots_are_given_the_same_words(rounds):
    site = make_site()
    for number in range(rounds):
        spots = [make_spot(site, where=f"{name} {number}") for name in "AB"]

        errors = at_once(*(partial(keep_spot, spot, by=None, where=f"C {number}") for spot in spots))

        assert refused(errors) == 1


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_paper_is_hung_and_its_spot_given_up(rounds):
    site = make_site()
    for number in range(rounds):
        spot = make_spot(site, where=f"Muur {number}")

        away, hung = partial(give_up_spot, spot, by=None), partial(hang, spot, by=None)

        errors = at_once(hung, away, hung, away, partial(keep_spot, spot, by=None, where="Elders"))

        refused(errors)
        assert not Spot.objects.filter(pk=spot.pk).exists()
        gone = ChangeLog.objects.filter(verb="give_up_spot", about_id=str(spot.pk))
        assert gone.count() == 1


@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_places_take_the_same_address(rounds):
    sites = [make_site(slug="een"), make_site(slug="twee")]
    for number in range(rounds):
        errors = at_once(*(partial(rename_address, site, slug=f"nieuw-{number}", by=None) for site in sites))

        assert refused(errors) == 1
        assert Site.objects.filter(slug=f"nieuw-{number}").count() == 1
