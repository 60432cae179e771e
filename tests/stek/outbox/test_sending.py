"""What becomes of a message: sent once, again after a pause, never, or nobody knows."""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stek import outbox
from stek.outbox import sending
from stek.outbox.actions import blank, hold, send_again, with_an_old_address
from stek.outbox.enums import Reason, State
from stek.outbox.kinds import Kind, add_kind
from stek.outbox.models import Delivery, Stop
from stek.outbox.rules import TRIES, pause_after
from stek.outbox.sending import LEASE, Post, claim, recover, send_due
from stek.outbox.smtp import OutcomeUnknown
from stek.time import now, wall_now
from tests.factories.outbox import make_delivery, make_stop
from tests.factories.sites import make_site, make_user

from .conftest import NOTICE, REMINDER, SECURITY

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
A_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)
    return time_machine


def state(row: Delivery) -> tuple[str, str]:
    row.refresh_from_db()
    return row.state, row.reason


def to() -> list[str]:
    return [letter.to[0] for letter in mail.outbox]


@pytest.fixture
def server(monkeypatch):
    """A mail server that says, letter by letter, what this list holds: an error, or None for yes. After that, always yes."""
    answers = []
    original = Post._send

    def send(self, message):
        answer = answers.pop(0) if answers else None
        if answer:
            raise answer
        original(self, message)

    monkeypatch.setattr(Post, "_send", send)
    return answers


REFUSED = smtplib.SMTPRecipientsRefused({"x": (550, b"no such user")})
FULL = smtplib.SMTPRecipientsRefused({"x": (452, b"mailbox full")})


# --- sent


def test_what_is_due_is_sent_once_and_nothing_of_it_stays():
    user = make_user(email="mira@example.org")
    outbox.post(NOTICE, to=user, about="thing:1", facts={"words": "Kom je?"}, secret="x")
    assert (send_due(), mail.outbox) == ({}, [])  # not due yet

    row = Delivery.objects.get()
    for _round in range(2):
        send_due(at=now() + 6 * MINUTE)

    (letter,) = mail.outbox
    assert (letter.to, letter.subject, letter.body) == (
        ["mira@example.org"],
        "Nieuws",
        letter.body,
    )
    assert letter.body.startswith("Dag, Kom je?")
    row.refresh_from_db()
    assert (row.state, row.facts, row.secret, row.address, row.settled_at) == (State.SENT, {}, "", "", now())


def test_the_oldest_goes_first():
    late, early = make_delivery(due_at=now() - MINUTE), make_delivery(due_at=now() - HOUR)

    send_due()

    assert to() == [early.user.email, late.user.email]


def test_a_letter_speaks_the_language_its_reader_has_when_it_leaves():
    user = make_user(language="nl")
    make_delivery(user=user)
    make_delivery(address="gast@example.org", language="en")
    make_delivery(address="andere@example.org", language="xx")
    user.language = "fr"
    user.save()

    send_due()

    assert [(letter.extra_headers["Content-Language"], letter.body.split(",")[0]) for letter in mail.outbox] == [
        ("fr", "Bonjour"),
        ("en", "Hello"),
        ("nl", "Dag"),
    ]


def test_a_letter_goes_to_the_address_somebody_has_when_it_leaves_unless_it_was_given_one():
    user = make_user(email="oud@example.org")
    make_delivery(user=user)
    make_delivery(user=user, address="oud@example.org", kind=SECURITY)
    user.email = "nieuw@example.org"
    user.save()

    send_due()

    assert to() == ["nieuw@example.org", "oud@example.org"]


def test_a_letter_says_by_its_headers_what_it_is(settings):
    row = make_delivery()
    make_delivery(kind=SECURITY)

    send_due()

    stoppable, security = (letter.extra_headers for letter in mail.outbox)
    assert stoppable["Message-ID"] == f"<{row.uuid}@{settings.STEK_UID_DOMAIN}>"
    assert (stoppable["Auto-Submitted"], security["Auto-Submitted"]) == ("auto-generated",) * 2
    assert stoppable["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "List-Unsubscribe" not in security


# --- not sent, and why


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"facts": {"untrue": True}}, Reason.UNTRUE),
        ({"begins_at": dt.datetime(2023, 10, 10, 7, tzinfo=dt.UTC)}, Reason.TOO_LATE),
    ],
)
def test_what_is_no_longer_true_or_over_is_dropped(fields, reason):
    row = make_delivery(**fields)

    send_due()

    assert (state(row), mail.outbox) == ((State.DROPPED, reason), [])


def test_who_stopped_a_kind_gets_no_more_of_it_and_all_of_the_others():
    user = make_user()
    make_stop(user=user, kind=NOTICE)
    make_stop(user=user, kind=SECURITY)  # cannot be stopped, whatever stands in the table
    stopped = make_delivery(user=user)
    make_delivery(user=user, kind=SECURITY)

    send_due()

    assert (state(stopped), to()) == ((State.DROPPED, Reason.STOPPED), [user.email])


def test_a_closed_account_gets_nothing():
    row = make_delivery(user=make_user(is_active=False))

    send_due()

    assert (state(row), mail.outbox) == ((State.DROPPED, Reason.CLOSED), [])


def test_a_reminder_that_is_due_at_night_is_dropped(clock):
    clock.move_to("2023-10-10T21:00+02:00", tick=False)
    row = make_delivery(kind=REMINDER, begins_at=now() + 3 * HOUR)

    send_due()

    assert state(row) == (State.DROPPED, Reason.AT_NIGHT)


def test_a_try_that_failed_in_the_evening_is_made_again_in_the_morning(clock, server):
    clock.move_to("2023-10-10T20:59+02:00", tick=False)
    row = make_delivery(site=make_site())
    server.append(FULL)
    send_due()
    clock.shift(10 * MINUTE)

    send_due()

    assert state(row) == (State.WAITING, "")
    assert (row.due_at.isoformat(), mail.outbox) == ("2023-10-11T06:00:00+00:00", [])


@pytest.mark.parametrize("error", [KeyError("x"), ValueError("x"), RuntimeError("mira@example.org")])
def test_a_letter_that_cannot_be_written_holds_up_no_other(error, caplog):
    def broken(delivery):
        raise error

    add_kind(Kind("tests/broken", "kapot", broken))
    row, other = make_delivery(kind="tests/broken"), make_delivery()

    send_due()

    assert (state(row), to()) == ((State.FAILED, Reason.BROKEN), [other.user.email])
    assert caplog.messages == [f"A letter could not be written: tests/broken ({type(error).__name__})"]


def test_a_kind_that_no_room_sends_any_more_fails():
    row = make_delivery(kind="tests/of_an_older_release")

    send_due()

    assert state(row) == (State.FAILED, Reason.BROKEN)


# --- what can heal is tried again


HEALS = [
    (FULL, Reason.DEFERRED, 452),
    (smtplib.SMTPDataError(451, b"try later"), Reason.DEFERRED, 451),
    (smtplib.SMTPSenderRefused(450, b"busy", "x"), Reason.DEFERRED, 450),
    (smtplib.SMTPSenderRefused(421, b"closing", "x"), Reason.UNREACHABLE, 421),
    (smtplib.SMTPServerDisconnected("gone"), Reason.UNREACHABLE, None),
    (TimeoutError("nobody"), Reason.UNREACHABLE, None),
    (ConnectionRefusedError("nobody"), Reason.UNREACHABLE, None),
]
FINAL = [
    (REFUSED, State.FAILED, Reason.REFUSED, 550),
    (smtplib.SMTPDataError(554, b"spam"), State.FAILED, Reason.REFUSED, 554),
    (smtplib.SMTPSenderRefused(553, b"no", "x"), State.FAILED, Reason.REFUSED, 553),
    (ValueError("no such address"), State.FAILED, Reason.REFUSED, None),
    (RuntimeError("a mistake of ours"), State.FAILED, Reason.BROKEN, None),
    (OutcomeUnknown("broke"), State.UNCERTAIN, Reason.SILENT, None),
    (smtplib.SMTPDataError(-1, b"\xff"), State.UNCERTAIN, Reason.SILENT, None),
    (smtplib.SMTPDataError(299, b"perhaps"), State.UNCERTAIN, Reason.SILENT, None),
]


@pytest.mark.parametrize(("error", "reason", "answer"), HEALS, ids=lambda value: type(value).__name__)
def test_what_can_heal_waits_a_while_and_is_sent_then(server, clock, error, reason, answer):
    row = make_delivery()
    server.append(error)

    send_due()
    assert (state(row), row.tries, row.answer) == ((State.WAITING, reason), 1, answer)
    assert dt.timedelta(seconds=44) < row.retry_at - wall_now() < dt.timedelta(seconds=76)
    send_due()
    assert mail.outbox == []

    clock.shift(2 * MINUTE)
    send_due()
    assert (state(row), to()) == ((State.SENT, ""), [row.user.email])


@pytest.mark.parametrize(("error", "ends", "reason", "answer"), FINAL, ids=lambda value: type(value).__name__)
def test_what_cannot_heal_is_never_tried_again(server, clock, error, ends, reason, answer):
    row = make_delivery()
    server.append(error)

    for _hour in range(5):
        send_due()
        clock.shift(HOUR)

    assert (state(row), row.answer, mail.outbox) == ((ends, reason), answer, [])


def test_pauses_grow_to_an_hour_and_end_after_two_days(server, clock):
    row = make_delivery(kind=SECURITY)
    server += [FULL] * TRIES
    begun, pauses = wall_now(), []

    while state(row)[0] == State.WAITING:
        send_due()
        row.refresh_from_db()
        pauses.append(row.retry_at - wall_now())
        clock.move_to(max(row.retry_at, wall_now()), tick=False)

    assert (state(row), server) == ((State.FAILED, Reason.GIVEN_UP), [])
    assert pauses[:7] == sorted(pauses[:7])  # twice as long each time is more than chance makes of it
    assert max(pauses) <= 1.25 * HOUR
    assert 1.5 * A_DAY < wall_now() - begun < 2.7 * A_DAY


def test_pauses_differ_so_that_what_failed_together_does_not_come_back_together():
    assert len({pause_after(3) for _try in range(20)}) > 15


def test_a_server_that_nobody_reaches_ends_the_round_and_costs_one_letter_a_pause(server):
    first, second = make_delivery(due_at=now() - HOUR), make_delivery()
    server.append(ConnectionRefusedError())

    told = send_due()

    assert told == {State.WAITING: 1}
    assert [(state(row)[1], row.tries) for row in (first, second)] == [(Reason.UNREACHABLE, 1), ("", 0)]


def test_one_full_mailbox_holds_up_nobody(server):
    full, other = make_delivery(due_at=now() - HOUR), make_delivery()
    server.append(FULL)

    send_due()

    assert (state(full), to()) == ((State.WAITING, Reason.DEFERRED), [other.user.email])


def test_when_the_server_is_back_nobody_waits_on_for_it():
    waiting = make_delivery(reason=Reason.UNREACHABLE, retry_at=wall_now() + HOUR)
    full = make_delivery(reason=Reason.DEFERRED, retry_at=wall_now() + HOUR)
    make_delivery()

    send_due()

    assert (state(waiting), state(full)) == ((State.SENT, ""), (State.WAITING, Reason.DEFERRED))


def test_a_newer_notice_takes_the_place_of_one_that_comes_back(server):
    user = make_user()
    row = make_delivery(user=user, about="thing:1", facts={"words": "oud"})
    taken = claim(now())
    outbox.post(NOTICE, to=user, about="thing:1", facts={"words": "nieuw"})

    sending._again(taken, sending.outcome_of(FULL))

    assert state(row) == (State.DROPPED, Reason.NEWER)
    assert Delivery.objects.waiting().get().facts == {"words": "nieuw"}


# --- a worker that dies


def test_what_was_claimed_waits_again_once_its_worker_must_be_dead(clock):
    row = make_delivery()
    claim(now())
    assert (claim(now()), state(row)[0]) == (None, State.CLAIMED)

    clock.shift(LEASE - MINUTE)
    send_due()
    assert mail.outbox == []
    clock.shift(2 * MINUTE)
    send_due()

    assert (state(row), to()) == ((State.SENT, ""), [row.user.email])


def test_what_was_being_sent_is_uncertain_and_never_sent_again_by_itself(clock, caplog):
    row = make_delivery()
    claim(now())
    Delivery.objects.update(state=State.SENDING)
    clock.shift(LEASE + MINUTE)

    for _hour in range(3):
        send_due()
        clock.shift(HOUR)

    assert (state(row), mail.outbox) == ((State.UNCERTAIN, Reason.INTERRUPTED), [])
    assert len(caplog.messages) == 1


def test_who_was_only_slow_still_says_what_became_of_it(clock):
    row = make_delivery()
    taken = claim(now())
    Delivery.objects.update(state=State.SENDING)
    clock.shift(LEASE + MINUTE)
    recover()
    assert state(row)[0] == State.UNCERTAIN

    sending._settle(taken, sending.SENT)

    assert state(row) == (State.SENT, "")


def test_who_was_so_slow_that_another_took_it_sends_nothing(clock):
    row = make_delivery()
    slow = claim(now())
    clock.shift(LEASE + MINUTE)
    recover()
    quick = claim(now())
    assert quick is not None

    with Post() as post:
        sending.send_one(slow, post, now())
        assert (mail.outbox, state(row)[0]) == ([], State.CLAIMED)
        sending.send_one(quick, post, now())

    assert (to(), state(row)[0]) == ([row.user.email], State.SENT)


def test_what_was_forgotten_on_its_way_is_not_sent():
    row = make_delivery()
    taken = claim(now())
    outbox.forget(user_id=row.user_id)

    with Post() as post:
        sending.send_one(taken, post, now())

    assert (mail.outbox, Delivery.objects.count()) == ([], 0)


# --- by hand


@pytest.mark.parametrize("ends", State)
def test_only_what_failed_or_is_uncertain_is_sent_again_by_hand(ends):
    row = make_delivery(state=ends, reason=Reason.SILENT, claim="a" * 32, lease_until=now() + HOUR, tries=7)
    is_again = ends in {State.FAILED, State.UNCERTAIN}

    assert send_again(row) is is_again
    send_due()

    if is_again:
        assert (state(row), row.tries, to()) == ((State.SENT, ""), 0, [row.user.email])
    elif ends != State.WAITING:
        assert (state(row)[0], mail.outbox) == (ends, [])


def test_what_is_sent_again_is_the_same_letter_to_a_mail_program():
    row = make_delivery(state=State.UNCERTAIN)
    send_again(row)
    send_due()

    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<{row.uuid}@")


def test_what_is_older_than_one_that_waits_is_not_sent_again():
    user = make_user()
    row = make_delivery(user=user, about="thing:1", state=State.FAILED)
    make_delivery(user=user, about="thing:1")

    assert send_again(row) is False
    assert state(row) == (State.DROPPED, Reason.NEWER)


def test_an_address_of_who_has_no_account_is_kept_no_longer_than_the_table_says(clock):
    length = 14 * A_DAY
    fields = {"address": "mira@example.org", "secret": "x", "settled_at": now()}
    failed, uncertain = (make_delivery(state=ends, **fields) for ends in (State.FAILED, State.UNCERTAIN))
    waiting = make_delivery(address="jef@example.org", about="thing:2")

    clock.shift(length)
    assert with_an_old_address(length).count() == 0
    clock.shift(MINUTE)
    assert [blank(with_an_old_address(length)) for _time in range(2)] == [2, 0]

    for row in (failed, uncertain, waiting):
        row.refresh_from_db()
    assert [(row.address, row.secret) for row in (failed, uncertain, waiting)] == [
        ("", ""), ("", ""), ("jef@example.org", "")
    ]  # fmt: skip
    assert send_again(failed) is False


# --- forgetting


def test_everything_about_a_person_is_forgotten_and_nothing_about_another():
    user, other = make_user(), make_user()
    for ends in (State.WAITING, State.SENT, State.FAILED, State.UNCERTAIN):
        make_delivery(user=user, state=ends)
    make_delivery(address="Mira@example.org")
    kept = [make_delivery(user=other), make_delivery(address="jef@example.org")]
    make_stop(user=user)
    make_stop(user=other)

    assert outbox.forget(user_id=user.pk, address="mira@EXAMPLE.org ") == 6
    assert outbox.forget() == outbox.forget(user_id=user.pk, address="") == 0

    assert list(Delivery.objects.order_by("pk")) == kept
    assert list(Stop.objects.values_list("user", flat=True)) == [other.pk]


def test_what_is_over_for_long_can_be_asked_and_what_waits_never_is(clock):
    over = (State.SENT, State.DROPPED, State.FAILED, State.UNCERTAIN)
    for ends in over:
        make_delivery(state=ends, settled_at=now() - A_DAY)
        make_delivery(state=ends, settled_at=now())
    make_delivery(due_at=now() - 30 * A_DAY, written_at=now() - 30 * A_DAY)

    found = outbox.over_for(A_DAY / 2)
    assert sorted(found.values_list("state", flat=True)) == sorted(over)
    assert not outbox.over_for(A_DAY).exists()


def test_somebody_can_be_given_what_was_written_to_them():
    user = make_user()
    mine = [make_delivery(user=user), make_delivery(user=user, state=State.SENT)]
    make_delivery()

    assert list(outbox.messages_of(user.pk)) == mine[::-1]


# --- as much work for one as for many


def test_a_letter_costs_as_many_queries_as_the_one_before():
    costs = []
    for number in (2, 12):
        for _row in range(number):
            make_delivery(site=make_site())
        with CaptureQueriesContext(connection) as queries:
            send_due()
        costs.append(len(queries))

    assert (costs[1] - costs[0]) % 10 == 0
    assert (costs[1] - costs[0]) / 10 <= 10


def test_no_address_and_no_answer_of_a_server_is_logged(server, caplog):
    caplog.set_level(logging.DEBUG, logger="stek")
    make_delivery(user=make_user(email="mira@example.org"))
    server.append(smtplib.SMTPRecipientsRefused({"mira@example.org": (550, b"mira@example.org is unknown")}))

    from stek.outbox.tasks import deliver

    deliver()

    assert "mira" not in caplog.text
    assert "1 failed" in caplog.text


def test_what_is_not_done_in_one_round_is_done_in_the_next(monkeypatch):
    woken = []
    monkeypatch.setattr("stek.outbox.queue.wake", lambda: woken.append(1))
    monkeypatch.setattr(send_due, "__kwdefaults__", {"at": None, "seconds": -1})
    from stek.outbox.tasks import deliver

    make_delivery()
    deliver()

    assert (woken, mail.outbox) == ([1], [])


def test_nothing_of_a_database_that_was_put_back_leaves_by_itself(clock):
    lease = {"claim": uuid4(), "lease_until": wall_now()}
    rows = [make_delivery(), make_delivery(state=State.CLAIMED, **lease), make_delivery(state=State.SENDING, **lease)]
    sent = make_delivery(state=State.SENT)

    assert (hold(), hold()) == (3, 0)
    clock.shift(A_DAY)
    send_due()

    assert [state(row) for row in rows] == [(State.UNCERTAIN, Reason.RESTORED)] * 3
    assert (state(sent)[0], mail.outbox) == (State.SENT, [])
    assert send_again(rows[0]) is True
