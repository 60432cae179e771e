"""What leaves for a telephone: words that any screen may show, once, beside the mail; and what becomes of devices that do not answer."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from activities.actions.needs import add_need
from activities.actions.shifts import sign_up, volunteer_of
from activities.models import Shift
from activities.shift_letters import remind
from sites.enums import RoleKind
from sites.models import Session
from sites.tasks import purge
from stek.outbox import actions as outbox
from stek.outbox import kinds, post
from stek.outbox.enums import State
from stek.outbox.kinds import AT_ONCE, Kind, Screen, add_kind
from stek.outbox.models import Delivery
from stek.outbox.sending import Post, send_due
from stek.push import sending, wire
from stek.push.models import Push, Subscription
from stek.push.sending import claim
from stek.push.sending import send_due as send_pushes
from stek.time import now, wall_now
from tests.factories.outbox import make_stop
from tests.factories.push import Browser, make_subscription
from tests.factories.sites import make_person, make_site, make_user
from tests.offer import offer
from tests.stek.outbox.conftest import NOTICE, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]
DAY = dt.date(2023, 10, 11)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T17:05+02:00")


@pytest.fixture(autouse=True)
def shown(kinds_of_tests):
    add_kind(Kind(NOTICE, "nieuws", words_of, wait=AT_ONCE, screen=Screen("Er is nieuws.")))


def reminded(**fields):
    """Somebody with a place in a shift tomorrow, of which the reminder is written."""
    site = make_site(name="Kantine Bezemheide")
    user = make_person(RoleKind.VOLUNTEER, site=site, user=make_user(name="Jef Janssens", **fields))
    coffee = offer(site, weekday=2, begin=dt.time(13), end=dt.time(16), first_day=dt.date(2023, 10, 4))
    need = add_need(coffee, by=None, task="Rekken vullen", maximum=2)
    shift = Shift.objects.get(need=need, occurrence__day=DAY)
    sign_up(shift, volunteer_of(user))
    assert remind() == 1
    return user, shift


def told(user, **fields):
    return post(NOTICE, to=user, about="thing:1", **fields)


def test_reminder_says_that_there_is_a_shift_and_nothing_else(push_service, mailoutbox):
    browser = Browser()
    user, shift = reminded()
    make_subscription(user, browser=browser)

    send_due()

    (path, headers, body), row = push_service.asked[0], Delivery.objects.get()
    assert len(push_service.asked) == len(mailoutbox) == 1
    assert browser.read(body) == {
        "text": "Morgen heb je een beurt.", "path": f"/mijn/beurten/{shift.uuid}/", "tag": row.uuid.hex, "lang": "nl",
    }  # fmt: skip
    assert path == browser.endpoint.removeprefix("https://push.example.org")
    assert (headers["Content-Encoding"], headers["Topic"], headers["Urgency"]) == ("aes128gcm", row.uuid.hex, "normal")
    assert 3 * 3600 < int(headers["TTL"]) < 4 * 3600  # until nine in the evening
    assert (row.state, Push.objects.get().path) == (State.SENT, "")


def test_words_are_in_the_language_of_their_reader(push_service):
    browser = Browser()
    user, shift = reminded(language="fr")
    make_subscription(user, browser=browser)

    send_due()

    said = browser.read(push_service.asked[0][2])
    assert (said["lang"], said["path"]) == ("fr", f"/fr/mijn/beurten/{shift.uuid}/")
    assert said["text"] == "Demain, vous avez un tour."


def test_every_kind_of_words_is_fixed_and_names_nothing():
    shown = {kind.name: kind.screen for kind in kinds.kinds() if kind.screen and not kind.name.startswith("tests/")}

    assert len(shown) >= 7
    for screen in shown.values():
        assert "%" not in str(screen.words)
        assert str(screen.words).endswith((".", "?"))
        assert len(str(screen.words)) < 60


def test_everyone_without_a_device_gets_the_mail_alone(push_service, mailoutbox):
    make_subscription()  # of somebody else
    told(make_user())

    send_due()

    assert (len(mailoutbox), push_service.asked, Push.objects.count()) == (1, [], 0)


def test_each_device_gets_it_once_also_when_the_mail_is_tried_and_sent_again(push_service, monkeypatch, mailoutbox):
    user = make_user()
    make_subscription(user)
    make_subscription(user)
    row = told(user)
    with monkeypatch.context() as patch:
        patch.setattr(Post, "open", lambda self: (_ for _ in ()).throw(ConnectionRefusedError()))
        send_due()
    assert (len(push_service.asked), len(mailoutbox)) == (2, 0)

    Delivery.objects.update(retry_at=wall_now())
    send_due()
    Delivery.objects.update(state=State.FAILED)
    assert outbox.send_again(Delivery.objects.get(pk=row.pk))
    send_due()

    assert (len(push_service.asked), len(mailoutbox)) == (2, 2)


@pytest.mark.parametrize("status", [404, 410])
def test_device_that_is_gone_is_forgotten(push_service, status):
    user = make_user()
    make_subscription(user)
    told(user)
    push_service.status = status

    send_due()

    assert (Subscription.objects.count(), Push.objects.count(), Delivery.objects.get().state) == (0, 0, State.SENT)


@pytest.mark.parametrize(
    ("status", "headers", "least"), [(503, {}, 40), (429, {}, 40), (429, {"Retry-After": "600"}, 600)]
)
def test_busy_push_service_is_asked_again_after_a_pause(push_service, status, headers, least):
    user = make_user()
    make_subscription(user)
    told(user)
    push_service.status, push_service.headers = status, headers
    send_due()
    row = Push.objects.get()
    assert (row.tries, row.is_over) == (1, False)
    assert (row.retry_at - wall_now()).total_seconds() >= least - 1

    Push.objects.update(retry_at=wall_now())
    push_service.status = 201
    send_due()

    assert (len(push_service.asked), Push.objects.get().is_over) == (2, True)


def test_push_that_would_come_too_late_is_not_tried_again(push_service):
    user = make_user()
    make_subscription(user)
    told(user)
    push_service.status, push_service.headers = 429, {"Retry-After": "86400"}

    send_due()

    assert (Push.objects.get().is_over, Subscription.objects.count()) == (True, 1)


@pytest.mark.parametrize("status", [400, 401, 403, 413])
def test_refusal_about_us_keeps_the_device_and_says_so_without_its_address(push_service, caplog, status):
    user, browser = make_user(), Browser()
    make_subscription(user, browser=browser)
    told(user)
    push_service.status = status

    send_due()

    assert (Push.objects.get().is_over, Subscription.objects.count()) == (True, 1)
    assert f"refuses what we send: {status}." in caplog.text
    assert browser.endpoint not in caplog.text
    assert "push.example" not in caplog.text


def test_push_service_that_answers_nothing_holds_up_no_letter(monkeypatch, mailoutbox):
    user = make_user()
    make_subscription(user)
    told(user)
    monkeypatch.setattr(wire, "post", lambda *_args, **_more: (_ for _ in ()).throw(TimeoutError()))

    send_due()

    assert (len(mailoutbox), Push.objects.get().tries) == (1, 1)


def test_channel_that_breaks_holds_up_no_letter(monkeypatch, mailoutbox):
    user = make_user()
    make_subscription(user)
    told(user)
    monkeypatch.setattr(sending, "claim", lambda: 1 / 0)

    send_due()

    assert len(mailoutbox) == 1


@pytest.mark.parametrize("who", ["stopped", "closed", "to a former address"])
def test_who_gets_no_such_letter_gets_no_push(push_service, who):
    user = make_user(is_active=who != "closed")
    make_subscription(user)
    if who == "stopped":
        make_stop(user=user, kind=NOTICE)
    told(user, address="vroeger@example.org" if who == "to a former address" else "")

    send_due()

    assert (push_service.asked, Push.objects.count()) == ([], 0)


def test_stop_also_holds_for_a_push_that_waits(push_service):
    user = make_user()
    make_subscription(user)
    told(user)
    push_service.status = 503
    send_due()
    make_stop(user=user, kind=NOTICE)
    Push.objects.update(retry_at=wall_now())

    send_due()

    assert (len(push_service.asked), Push.objects.get().is_over) == (1, True)


def test_nothing_is_sent_without_a_key(push_service, settings):
    settings.STEK_VAPID_PRIVATE_KEY = ""
    user = make_user()
    make_subscription(user)
    told(user)

    send_due()

    assert (push_service.asked, Push.objects.count()) == ([], 0)


def test_push_that_is_claimed_is_nobody_elses_for_a_minute_and_then_it_is_sent(push_service, time_machine):
    user = make_user()
    make_subscription(user)
    row = told(user)
    Push.objects.create(
        delivery=row, subscription=Subscription.objects.get(), path="/mijn/", until=now() + dt.timedelta(hours=1)
    )
    claim()
    assert claim() is None  # and whoever claimed it dies

    time_machine.move_to("2023-10-10T17:07+02:00")
    told_again = send_pushes(now())

    assert (told_again, len(push_service.asked)) == ({"sent": 1}, 1)


def test_session_that_is_ended_takes_its_device_along_and_one_that_is_over_does_not():
    rows = [
        Session.objects.create(
            session_key=key * 32, session_data="", expire_date=wall_now() + dt.timedelta(days=days), since=DAY
        )
        for key, days in (("a", 5), ("b", -1))
    ]
    ended, over = (make_subscription(session_key=row.pk) for row in rows)

    rows[0].delete()
    purge()

    assert list(Subscription.objects.values_list("pk", "session")) == [(over.pk, None)]
    assert ended.pk != over.pk


@pytest.mark.parametrize("changes", [{}, {"is_over": True}], ids=["push_once", "push_keeps_nothing_when_over"])
def test_database_refuses_a_push_twice_and_a_path_of_what_is_over(changes):
    user = make_user()
    device, row = make_subscription(user), told(user)
    words = {"subscription": device, "delivery": row, "path": "/mijn/", "until": now()}
    if not changes:
        Push.objects.create(**words)

    with pytest.raises(IntegrityError), transaction.atomic():
        Push.objects.create(**words | changes)


def test_database_refuses_a_device_twice():
    row = make_subscription()

    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(user=make_user(), handle=row.handle, sealed="", since=DAY, seen=DAY)
