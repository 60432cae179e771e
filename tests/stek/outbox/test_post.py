"""What is written, what takes the place of what, and when it may leave."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from stek import outbox
from stek.outbox.actions import secret_of
from stek.outbox.enums import State
from stek.outbox.models import Delivery
from stek.time import now
from tests.activities.test_races import at_once
from tests.factories.outbox import make_delivery
from tests.factories.sites import make_site, make_user

from .conftest import NOTICE, REMINDER, SECURITY

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]

BRUSSELS_MORNING = "2023-10-10T09:00+02:00"
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(BRUSSELS_MORNING, tick=False)
    return time_machine


def local(moment: dt.datetime) -> str:
    from stek.time import BRUSSELS, clock_of

    return f"{moment.astimezone(clock_of(BRUSSELS)):%d %H:%M}"


def rows() -> list[tuple]:
    return list(Delivery.objects.order_by("pk").values_list("kind", "about", "state", "facts"))


def test_a_message_is_a_row_of_keys_that_waits(clock):
    site, user = make_site(), make_user()
    make_site()

    row = outbox.post(NOTICE, to=user, about="thing:1", site=site, facts={"thing": 1})

    kept = Delivery.objects.get()
    assert kept == row
    assert (kept.kind, kept.user, kept.site, kept.about, kept.facts) == (NOTICE, user, site, "thing:1", {"thing": 1})
    assert (kept.state, kept.address, kept.secret, kept.tries) == (State.WAITING, "", "", 0)


def test_a_message_goes_with_its_cause(clock):
    with transaction.atomic():
        outbox.post(NOTICE, to=make_user(), about="thing:1")
        transaction.set_rollback(True)

    assert rows() == []


def test_a_kind_that_no_room_knows_cannot_be_written(clock):
    with pytest.raises(LookupError, match="tests/unknown"):
        outbox.post("tests/unknown", to=make_user(), about="thing:1")


@pytest.mark.parametrize(("kind", "period"), [(NOTICE, "2023-W41"), (REMINDER, "")])
def test_a_period_belongs_to_what_is_sent_once(clock, kind, period):
    with pytest.raises(ValueError, match=kind):
        outbox.post(kind, to=make_user(), about="thing:1", period=period)


# --- the newest truth


def test_the_newest_truth_takes_the_place_of_one_that_waits_and_leaves_no_later(clock):
    user, other = make_user(), make_user()
    outbox.post(NOTICE, to=user, about="thing:1", facts={"words": "oud"})
    first_due = Delivery.objects.get().due_at
    outbox.post(NOTICE, to=other, about="thing:1", facts={"words": "van een ander"})
    outbox.post(NOTICE, to=user, about="thing:2", facts={"words": "iets anders"})
    clock.shift(3 * MINUTE)

    outbox.post(NOTICE, to=user, about="thing:1", facts={"words": "nieuw"})

    found = Delivery.objects.order_by("pk").values_list("user", "about", "facts")
    assert list(found) == [
        (user.pk, "thing:1", {"words": "nieuw"}),
        (other.pk, "thing:1", {"words": "van een ander"}),
        (user.pk, "thing:2", {"words": "iets anders"}),
    ]
    assert Delivery.objects.order_by("pk")[0].due_at == first_due


def test_news_that_became_urgent_brings_what_waits_forward(clock):
    user = make_user()
    clock.move_to("2023-10-10T22:00+02:00")
    outbox.post(NOTICE, to=user, about="thing:1", begins_at=now() + 48 * HOUR)
    assert local(Delivery.objects.get().due_at) == "11 08:00"

    outbox.post(NOTICE, to=user, about="thing:1", begins_at=now() + 2 * HOUR)

    assert local(Delivery.objects.get().due_at) == "10 22:00"


@pytest.mark.parametrize("state", sorted(set(State.values) - {State.WAITING}))
def test_what_left_or_is_leaving_is_followed_by_another(clock, state):
    user = make_user()
    make_delivery(user=user, about="thing:1", state=state, claim="a" * 32, lease_until=now())

    outbox.post(NOTICE, to=user, about="thing:1")

    assert sorted(Delivery.objects.values_list("state", flat=True)) == sorted([state, State.WAITING])


def test_two_addresses_of_one_person_are_two_mailboxes(clock):
    user = make_user()
    outbox.post(SECURITY, to=user, about="address", address="oud@example.org")
    outbox.post(SECURITY, to=user, about="address", address="nieuw@example.org")
    outbox.post(SECURITY, to=user, about="address", address="oud@example.org")

    assert list(Delivery.objects.order_by("pk").values_list("address", flat=True)) == [
        "oud@example.org",
        "nieuw@example.org",
    ]


def test_who_has_no_account_gets_the_newest_too(clock):
    for secret in ("eerste", "tweede"):
        outbox.post(NOTICE, address="mira@example.org", language="fr", about="invitation:1", secret=secret)

    (row,) = Delivery.objects.all()
    assert (row.user, row.address, row.language, secret_of(row)) == (None, "mira@example.org", "fr", "tweede")


# --- once


@pytest.mark.parametrize("state", State.values)
def test_what_is_sent_once_is_never_written_twice_whatever_became_of_it(clock, state):
    user = make_user()
    row = outbox.post(REMINDER, to=user, about="shift:1", period="2023-10-12")
    assert row is not None
    Delivery.objects.filter(pk=row.pk).update(state=state, claim="a" * 32, lease_until=now())

    assert outbox.post(REMINDER, to=user, about="shift:1", period="2023-10-12") is None
    assert outbox.post(REMINDER, to=user, about="shift:1", period="2023-10-19") is not None
    assert outbox.post(REMINDER, to=make_user(), about="shift:1", period="2023-10-12") is not None
    assert Delivery.objects.count() == 3


# --- a secret


def test_a_secret_cannot_be_read_in_the_database(clock):
    row = outbox.post(NOTICE, address="mira@example.org", about="invitation:1", secret="geheime-link")
    assert row is not None
    assert secret_of(row) == "geheime-link"

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM outbox_delivery")
        assert "geheime" not in str(cursor.fetchall())


# --- when


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("2023-10-10T09:00", "10 09:05"),
        ("2023-10-10T20:50", "10 20:55"),
        ("2023-10-10T20:56", "11 08:00"),
        ("2023-10-10T23:30", "11 08:00"),
        ("2023-10-10T00:30", "10 08:00"),
        ("2023-10-10T07:50", "10 08:00"),
        ("2023-10-10T07:58", "10 08:03"),
        # the night in which the clock goes back an hour, and the one in which it goes forward
        ("2023-10-28T22:00", "29 08:00"),
        ("2024-03-30T22:00", "31 08:00"),
    ],
)
def test_a_notice_waits_five_minutes_and_for_the_morning(time_machine, written, due):
    from stek.time import BRUSSELS, clock_of

    time_machine.move_to(dt.datetime.fromisoformat(written).replace(tzinfo=clock_of(BRUSSELS)), tick=False)

    row = outbox.post(NOTICE, to=make_user(), about="thing:1", site=make_site())

    assert row is not None
    assert local(row.due_at) == due


def test_the_night_is_that_of_the_site(time_machine):
    time_machine.move_to("2023-10-10T20:30+02:00", tick=False)
    here, far = make_site(), make_site(time_zone="Pacific/Auckland")  # there it is 7.30 in the morning

    due = [outbox.post(NOTICE, to=make_user(), about="thing:1", site=site).due_at - now() for site in (here, far)]

    assert due == [5 * MINUTE, 30 * MINUTE]


@pytest.mark.parametrize(
    ("begins_in", "due"), [(24 * HOUR, "10 22:00"), (24 * HOUR + MINUTE, "11 08:00"), (None, "11 08:00")]
)
def test_what_begins_within_a_day_waits_for_nothing(time_machine, begins_in, due):
    time_machine.move_to("2023-10-10T22:00+02:00", tick=False)

    row = outbox.post(NOTICE, to=make_user(), about="thing:1", begins_at=begins_in and now() + begins_in)

    assert local(row.due_at) == due


def test_security_leaves_at_any_hour(time_machine):
    time_machine.move_to("2023-10-10T03:00+02:00", tick=False)

    row = outbox.post(SECURITY, to=make_user(), about="passkey")

    assert local(row.due_at) == "10 03:00"


# --- two at once


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "rounds", [pytest.param(3, id="3 times"), pytest.param(200, id="200 times", marks=pytest.mark.prove)]
)
def test_two_who_write_the_same_at_once_make_one_row(rounds):
    user = make_user()
    for number in range(rounds):
        about = f"thing:{number}"
        errors = at_once(*[lambda about=about: _write_both(user, about)] * 2)
        assert errors == []
    assert Delivery.objects.filter(kind=NOTICE).count() == rounds
    assert Delivery.objects.filter(kind=REMINDER).count() == rounds


def _write_both(user, about):
    with transaction.atomic():
        outbox.post(NOTICE, to=user, about=about)
        outbox.post(REMINDER, to=user, about=about, period="2023-W41")


# --- what the database itself refuses

BROKEN = {
    "delivery_state_known": {"state": "lost"},
    "delivery_reason_known": {"reason": "because"},
    "delivery_under_way_is_somebodys": {"state": State.SENDING},
    "delivery_keeps_nothing_when_over": {"state": State.SENT, "facts": {"thing": 1}},
    "delivery_waits_for_somebody": {"user": None, "address": ""},
    "delivery_once_has_an_account": {"user": None, "address": "mira@example.org", "period": "2023-W41"},
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_row_is_refused_by_name(name):
    row = make_delivery()
    fields = BROKEN[name]

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Delivery.objects.filter(pk=row.pk).update(**fields)


@pytest.mark.parametrize("kept", [{"facts": {"thing": 1}}, {"secret": "x"}, {"address": "mira@example.org"}])
@pytest.mark.parametrize("state", [State.SENT, State.DROPPED])
def test_nothing_of_a_letter_stays_once_it_is_over(state, kept):
    row = make_delivery(**kept)

    with pytest.raises(IntegrityError, match="delivery_keeps_nothing_when_over"), transaction.atomic():
        Delivery.objects.filter(pk=row.pk).update(state=state)


@pytest.mark.parametrize("recipient", ["user", "address"])
def test_only_one_notice_waits(recipient):
    fields = {"about": "thing:1"} | ({"user": make_user()} if recipient == "user" else {"address": "a@example.org"})
    make_delivery(**fields)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_delivery(**fields)
