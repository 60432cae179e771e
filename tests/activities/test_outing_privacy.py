"""What is kept of who registered, and what is left when it is over: a number."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from activities import outing_letters
from activities.actions.reservations import leave
from activities.models import Outing, Reservation, ReservationKey
from sites.actions.erasing import erase_person
from sites.actions.purging import purge
from sites.enums import RoleKind
from stek.outbox.models import Delivery
from stek.personal import exporters, follow
from stek.retention import term
from tests.factories.sites import make_person, make_site, make_user
from tests.outings import group, outing_at, standing_of

pytestmark = pytest.mark.django_db

SECRETS = ["Fientje", "fien@voorbeeld.example", "470123456"]


@pytest.fixture(autouse=True)
def clock(time_machine, settings, tmp_path):
    settings.STEK_ERASURES = tmp_path / "erasures.txt"
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)
    return time_machine


@pytest.fixture
def site():
    return make_site()


def dump() -> str:
    """Every column of every row of every table."""
    return "\n".join(
        f"{model._meta.label}: {row}" for model in apps.get_models() for row in model._base_manager.values_list()
    )


def seen() -> list[str]:
    return [secret for secret in SECRETS if secret.lower() in dump().lower()]


@pytest.fixture
def outing(site):
    """Ten places, seven people go, four wait; one letter did not arrive."""
    outing = outing_at(site, places=8)
    mine = group(outing, 4, nickname="Fientje", contact="fien@voorbeeld.example")
    group(outing, 3, nickname="Oom Fientje", contact="+32470123456", code="0123456789AB")
    group(outing, 4, nickname="Fientje wacht", contact="wacht.fien@voorbeeld.example")
    outing_letters.own_place(mine)
    Delivery.objects.update(state="failed", address="fien@voorbeeld.example")
    return outing


@pytest.mark.by_worker
def test_a_week_after_the_outing_nothing_but_the_number_is_left(outing, clock):
    assert seen() == SECRETS

    clock.move_to("2023-10-27T03:45+02:00", tick=False)
    purge()
    assert seen() == SECRETS
    clock.move_to("2023-10-28T03:45+02:00", tick=False)
    assert purge()["reservation"] == 3

    assert seen() == []
    assert (Reservation.objects.count(), ReservationKey.objects.count()) == (0, 0)
    assert standing_of(outing) == (7, 4, [])


@pytest.mark.by_worker
def test_what_moved_is_kept_until_a_week_after_its_new_day(outing, clock):
    type(outing.occurrence).objects.update(day=dt.date(2023, 11, 4))
    clock.move_to("2023-11-10T03:45+01:00", tick=False)

    assert purge()["reservation"] == 0


@pytest.mark.by_worker
def test_who_cancels_leaves_nothing_at_once(outing):
    for mine in Reservation.objects.all():
        leave(mine)

    assert seen() == []
    assert standing_of(outing) == (0, 0, [])


def test_the_term_on_the_privacy_page_is_the_one_that_is_carried_out():
    assert term("reservation").length == dt.timedelta(days=7)
    assert term("reservation").is_purged


@pytest.mark.by_worker
def test_who_is_forgotten_is_so_on_every_list_and_the_next_moves_up(outing):
    user = make_user(email="fien@voorbeeld.example", name="Oom Fientje")

    erase_person(user, by=None)

    assert "fien@voorbeeld.example" not in dump().replace("wacht.fien@voorbeeld.example", "")
    assert "Oom Fientje" not in dump()
    # Their group went, the four who waited go along; who was only called so keeps the place without a name.
    assert standing_of(outing) == (7, 0, [(3, "going"), (4, "going")])
    assert list(Reservation.objects.order_by("pk").values_list("nickname", flat=True)) == ["", "Fientje wacht"]


@pytest.mark.by_worker
def test_who_is_forgotten_after_the_outing_still_counts(outing, clock):
    clock.move_to("2023-10-22T09:00+02:00", tick=False)

    erase_person(make_user(email="fien@voorbeeld.example", name="Fien"), by=None)

    assert standing_of(outing)[:2] == (7, 4)
    assert Reservation.objects.filter(contact="fien@voorbeeld.example").count() == 0


def test_somebody_takes_along_what_they_registered_for_and_nobody_elses(outing):
    user = make_user(email="fien@voorbeeld.example")
    (exporter,) = [one for one in exporters() if one.code == "reservations"]

    (row,) = exporter.rows(user)

    assert (row["what"], row["day"], row["nickname"], row["people"]) == ("Uitstap", dt.date(2023, 10, 21), "Fientje", 4)


def test_a_reservation_follows_somebody_to_another_mailbox(outing):
    follow("fien@voorbeeld.example", "nieuw@voorbeeld.example")

    assert Reservation.objects.order_by("pk")[0].contact == "nieuw@voorbeeld.example"


@pytest.mark.parametrize("kind", [None, *RoleKind])
def test_names_are_for_who_coordinates_the_site_and_for_nobody_else(outing, site, kind):
    scope = {"partnership": site.partnership} if kind == RoleKind.STEERING else {"site": site}
    scope = {} if kind == RoleKind.ADMINISTRATOR else scope
    user = make_person(kind, **scope) if kind else AnonymousUser()
    elsewhere = make_person(RoleKind.COORDINATOR, site=make_site())

    number = 3 if kind == RoleKind.COORDINATOR else 0
    assert Reservation.objects.visible_to(user).count() == number
    assert Reservation.objects.visible_to(elsewhere).count() == 0
    assert ReservationKey.objects.visible_to(elsewhere).count() == 0


def test_numbers_are_for_everybody(outing):
    assert Outing.objects.visible_to(AnonymousUser()).count() == 1
