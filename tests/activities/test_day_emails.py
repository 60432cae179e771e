"""The letter about days that are shut or open again: what its reader knew, beside how it is when it leaves."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from activities.actions.closure import close, lift
from activities.actions.occurrence import cancel, open_anyway
from activities.closing import dates_in
from activities.models import Series
from sites.models import Closure, Site, User
from stek.outbox.models import Delivery
from stek.outbox.sending import send_due
from tests.factories.partners import make_membership, make_organisation
from tests.factories.sites import make_site, make_user
from tests.offer import TUESDAY, date_of, offer

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]

LATER = dt.timedelta(minutes=6)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TUESDAY, tick=False)


@pytest.fixture
def site() -> Site:
    return make_site(slug="hier", name="Hier")


@pytest.fixture
def coffee(site) -> Series:
    """Every Monday from 10 to 12."""
    return offer(site, organisers=[make_organisation()])


@pytest.fixture
def mira(site, coffee) -> User:
    mira = make_user()
    make_membership(site, user=mira, organisation=coffee.organisers.get().organisation)
    return mira


def shut(site: Site, first: str, last: str = "", reason: str = "Herfst") -> Closure:
    """Close, and tell whom it touches."""
    days = {"first_day": dt.date.fromisoformat(first), "last_day": dt.date.fromisoformat(last or first)}
    told = dates_in([site], *days.values()).told
    return close(by=None, partnership=site.partnership, site=site, reason=reason, tell=told, **days)


def opened(closure: Closure) -> None:
    told = dates_in([closure.site], closure.first_day, closure.last_day, without=closure).told
    lift(closure, by=None, tell=told)


def told(time_machine) -> list[str]:
    """The letters that leave a little later."""
    time_machine.move_to(TUESDAY + LATER, tick=False)
    send_due()
    return [letter.body for letter in mail.outbox]


def test_several_closures_are_one_letter_each_with_its_reason(site, mira, time_machine):
    shut(site, "2023-10-23", "2023-11-05")
    shut(site, "2023-12-04", reason="Schilders")

    (body,) = told(time_machine)

    assert mail.outbox[0].subject == "Hier gaat enkele dagen dicht"
    assert (
        body.split("\n\nWil je")[0]
        .split("Geen berichten")[0]
        .startswith(
            "Dicht: Herfst. Dit gaat dan niet door:\n"
            "- maandag 23 oktober 2023, 10.00 tot 12.00 uur · Koffie, Hier\n"
            "- maandag 30 oktober 2023, 10.00 tot 12.00 uur · Koffie, Hier\n\n"
            "Dicht: Schilders. Dit gaat dan niet door:\n"
            "- maandag 4 december 2023, 10.00 tot 12.00 uur · Koffie, Hier\n\n"
            "Zo staat het nu:\n"
            "http://127.0.0.1:8000/hier/week/2023-W43/"
        )
    )


def test_what_was_called_off_or_opened_before_it_leaves_is_not_in_it(site, coffee, mira, time_machine):
    shut(site, "2023-10-16", "2023-11-05")
    cancel(date_of(coffee, "2023-10-16"), by=None)
    open_anyway(date_of(coffee, "2023-10-23"), by=None)

    (body,) = told(time_machine)

    assert [line for line in body.splitlines() if line.startswith("- ")] == [
        "- maandag 30 oktober 2023, 10.00 tot 12.00 uur · Koffie, Hier"
    ]


def test_what_opens_again_in_time_is_told_to_nobody_and_what_stays_shut_is(site, mira, time_machine):
    closure = shut(site, "2023-10-23", "2023-11-05")
    shut(site, "2023-11-13")
    opened(closure)

    (body,) = told(time_machine)

    assert [line for line in body.splitlines() if line.startswith("- ")] == [
        "- maandag 13 november 2023, 10.00 tot 12.00 uur · Koffie, Hier"
    ]


def test_shut_opened_and_shut_again_is_one_letter(site, mira, time_machine):
    for _time in range(2):
        closure = shut(site, "2023-10-23")
        opened(closure)
    shut(site, "2023-10-23")

    (body,) = told(time_machine)

    assert body.count("- maandag 23 oktober 2023") == 1


def test_who_knew_that_it_was_shut_hears_that_it_is_open(site, mira, time_machine):
    closure = shut(site, "2023-10-23")
    told(time_machine)
    mail.outbox.clear()
    opened(closure)
    time_machine.move_to(TUESDAY + 2 * LATER, tick=False)
    send_due()

    (letter,) = mail.outbox
    assert letter.subject == "Hier gaat toch open"
    assert "Dit gaat toch door:\n- maandag 23 oktober 2023, 10.00 tot 12.00 uur · Koffie, Hier" in letter.body


def test_what_is_past_when_it_leaves_is_told_to_nobody(site, mira, time_machine):
    shut(site, "2023-10-16", "2023-10-22")
    time_machine.move_to(TUESDAY + dt.timedelta(days=13), tick=False)
    send_due()

    assert (mail.outbox, Delivery.objects.get().state) == ([], "dropped")


def test_letter_keeps_keys_and_no_words(site, mira):
    shut(site, "2023-10-23", reason="Herfst")

    delivery = Delivery.objects.get()
    (known,) = delivery.facts.values()
    assert (set(known.values()), all(key.isdecimal() for key in known)) == ({True}, True)
    assert (delivery.user, delivery.site, delivery.about) == (mira, site, f"days:{site.partnership_id}")
