"""The table of `/privacy/` is what the nightly purge carries out."""

from __future__ import annotations

import datetime as dt
import os
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override

from activities.ideas import month_of
from activities.models import Idea
from partners.models import Away, Candidate, Consent, Invitation
from sites.actions.accounts import note_idle_accounts
from sites.enums import RoleKind
from sites.models import ChangeLog, Erasure, Session, User
from sites.tasks import purge as task
from stek.celery import app
from stek.health.models import Heartbeat
from stek.outbox.enums import State
from stek.outbox.models import Delivery
from stek.push.models import Subscription
from stek.retention import DAY, length_words, purgers, term, terms
from stek.time import now, today, wall_now
from tests.factories.activities import make_idea
from tests.factories.outbox import make_delivery
from tests.factories.partners import make_away, make_candidate, make_consent, make_invitation, make_volunteer
from tests.factories.push import make_subscription
from tests.factories.sites import make_change, make_role, make_site, make_user
from tests.reading import read

pytestmark = pytest.mark.django_db
YEARS = 3 * 365


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.STEK_ERASURES = tmp_path / "erasures.txt"
    settings.MAILERS = {"default": settings.MAILERS["default"] | {"OPTIONS": {"file_path": str(tmp_path / "mail")}}}
    (tmp_path / "mail").mkdir()
    return tmp_path


def ago(days: float) -> dt.datetime:
    return wall_now() - dt.timedelta(days=days)


def just_over_and_not_yet(folder) -> None:
    """Of each line of the table one that is kept too long by a day, and one that may stay for another."""
    site = make_site()
    kept = make_role(RoleKind.VOLUNTEER, site=site, user=make_user(name="kept too")).user
    helper = make_volunteer(site=site, name="kept", since=today())
    for days, name in ((1, "over"), (-1, "kept")):
        Session.objects.create(session_key=name, session_data="", expire_date=ago(days), since=today())
        make_change(site, at=ago(YEARS + days), reason=name)
        Heartbeat.objects.create(name=name, at=ago(90 + days))
        make_invitation(site, name=f"{name} accepted", accepted_at=ago(30 + days))
        make_invitation(site, name=f"{name} withdrawn", withdrawn_at=ago(30 + days))
        make_invitation(site, name=f"{name} late", expires_at=ago(30 + days))
        make_candidate(site, name=name, offered_on=today() - (60 + days) * DAY)
        make_away(helper, today() - (40 + days) * DAY, today() - (30 + days) * DAY)
        withdrawn = today() - (365 + days) * DAY
        make_consent(helper, version=name, given_on=withdrawn, withdrawn_on=withdrawn)
        make_delivery(about=f"{name} sent", state=State.SENT, settled_at=now() - (90 + days) * DAY, user=kept)
        at = now() - (14 + days) * DAY
        make_delivery(about=f"{name} failed", state=State.FAILED, settled_at=at, address="nu@example.org", user=None)
        device = make_subscription(kept)
        Subscription.objects.filter(pk=device.pk).update(seen=ago(60 + days).date(), handle=name)
        make_user(name=name, idle_since=today() - (365 + days) * DAY)
        # Of the month in which the term began, and of the one before, which was over by then.
        began = month_of(today() - 60 * DAY)
        make_idea(site, text=f"{name} waits", since=month_of(began - DAY) if days > 0 else began, status="waiting")
        make_idea(site, text=f"{name} is read", since=dt.date(2019, 1, 1))
        path = folder / "mail" / f"{name}.log"
        path.write_text("brief")
        os.utime(path, (ago(14 + days).timestamp(),) * 2)


def everything(folder) -> dict[str, object]:
    rows = {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in apps.get_models()}
    return rows | {"files": sorted(path.name for path in folder.rglob("*"))}


def purge(*words: str) -> list[str]:
    out = StringIO()
    call_command("purge", *words, stdout=out)
    return out.getvalue().splitlines()


def test_dry_run_says_the_same_numbers_and_touches_nothing(files):
    just_over_and_not_yet(files)
    before = everything(files)

    dry = purge("--dry-run")

    assert everything(files) == before
    assert dry == [
        "idle_account: 1",
        "session: 1",
        "invitation: 3",
        "candidate: 1",
        "helper: 0",
        "shift: 0",
        "away: 1",
        "consent: 1",
        "message: 1",
        "message_address: 1",
        "push_device: 1",
        "log: 1",
        "step: 0",
        "reservation: 0",
        "waiting_idea: 1",
        "signal: 0",
        "refused_signal: 0",
        "heartbeat: 1",
        "mail_file: 1",
    ]
    assert purge() == dry
    assert set(purge()) == {f"{line.split(':')[0]}: 0" for line in dry}


def test_purge_takes_what_is_over_and_leaves_what_is_not(files):
    just_over_and_not_yet(files)

    purge()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["kept"]
    assert set(ChangeLog.objects.values_list("reason", flat=True)) == {"kept", ""}  # and that somebody was forgotten
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"kept", "purge"}
    assert set(Invitation.objects.values_list("name", flat=True)) == {"kept accepted", "kept withdrawn", "kept late"}
    assert set(User.objects.values_list("name", flat=True)) == {"kept", "kept too"}
    assert list(Candidate.objects.values_list("name", flat=True)) == ["kept"]
    assert list(Consent.objects.values_list("version", flat=True)) == ["kept"]
    assert list(Away.objects.values_list("last_day", flat=True)) == [today() - 29 * DAY]
    assert set(Idea.objects.values_list("text", flat=True)) == {"kept waits", "over is read", "kept is read"}
    messages = {"kept sent": "", "over failed": "", "kept failed": "nu@example.org"}
    assert dict(Delivery.objects.values_list("about", "address")) == messages
    assert list(Subscription.objects.values_list("handle", flat=True)) == ["kept"]
    assert Erasure.objects.count() == 1
    assert sorted(path.name for path in files.rglob("*")) == ["erasures.txt", "kept.log", "mail"]


def test_every_line_that_is_purged_has_who_does_it_and_the_other_way_round():
    assert {one.code for one in terms() if one.is_purged} <= purgers().keys()
    assert purgers().keys() <= {one.code for one in terms()} | {"mail_file"}
    assert all(one.length or not one.is_purged for one in terms())
    assert all(bool(one.length) != bool(one.stays) for one in terms())


def test_beat_does_it_every_night(files):
    just_over_and_not_yet(files)
    entries = [entry["task"] for entry in app.conf.beat_schedule.values()]

    task()

    assert "sites.tasks.purge" in entries
    assert "sites.tasks.purge" in app.tasks
    assert not Session.objects.filter(session_key="over").exists()


# --- accounts that open nothing


def idle() -> set[str]:
    return set(User.objects.filter(idle_since__isnull=False).values_list("name", flat=True))


def test_account_is_idle_from_the_first_night_without_a_key(time_machine):
    time_machine.move_to("2023-10-10T03:45+02:00", tick=False)
    site = make_site()
    make_role(RoleKind.VOLUNTEER, site=site, user=make_user(name="nu"))
    make_role(RoleKind.VOLUNTEER, site=site, user=make_user(name="straks"), since=dt.date(2024, 1, 1))
    make_role(RoleKind.VOLUNTEER, site=site, user=make_user(name="laatste dag"), until=dt.date(2023, 10, 10))
    make_role(RoleKind.VOLUNTEER, site=site, user=make_user(name="voorbij"), until=dt.date(2023, 10, 9))
    make_role(RoleKind.VOLUNTEER, site=site, user=make_user(name="gesloten", is_active=False))
    make_user(name="nooit")

    note_idle_accounts()
    assert idle() == {"voorbij", "gesloten", "nooit"}
    time_machine.move_to("2023-10-11T03:45+02:00", tick=False)
    note_idle_accounts()

    assert idle() == {"voorbij", "gesloten", "nooit", "laatste dag"}
    assert User.objects.get(name="voorbij").idle_since == dt.date(2023, 10, 10)


def test_new_key_begins_the_year_afresh_and_is_never_too_late():
    user = make_user(name="terug", idle_since=today() - 400 * DAY)
    make_role(RoleKind.VOLUNTEER, site=make_site(), user=user)

    assert purge()[0] == "idle_account: 0"

    assert idle() == set()
    assert User.objects.get() == user


# --- what the page says


def test_page_shows_each_line_of_the_table_in_three_languages():
    for prefix, language in (("", "nl"), ("/fr", "fr"), ("/en", "en")):
        table = read(Client().get(f"{prefix}/privacy/")).one("table")
        with override(language):
            wanted = [(f"{one.what}. {one.why}", f"{one.how_long} {one.since}".strip()) for one in terms()]
        rows = [tuple(cell.text.replace("\xa0", " ") for cell in row.all("td")) for row in table.all("tr")[1:]]
        assert rows == [tuple(" ".join(text.replace("\xa0", " ").split()) for text in pair) for pair in wanted]


def test_another_term_in_the_settings_is_another_text(settings):
    from dataclasses import replace

    settings.STEK_RETENTION = [replace(term("log"), length=10 * DAY)]
    make_change(None, at=ago(11))

    cells = [cell.text for cell in read(Client().get("/privacy/")).one("table").all("td")]

    assert cells[1] == "10 dagen na de verandering"
    assert purge() == ["log: 1"]


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (dt.timedelta(minutes=15), "15 minuten"),
        (dt.timedelta(minutes=1), "1 minuut"),
        (dt.timedelta(hours=1), "1 uur"),
        (dt.timedelta(minutes=90), "90 minuten"),
        (dt.timedelta(days=1), "1 dag"),
        (dt.timedelta(days=14), "14 dagen"),
        (dt.timedelta(days=365), "1 jaar"),
        (dt.timedelta(days=400), "400 dagen"),
        (dt.timedelta(days=1095), "3 jaar"),
    ],
)
def test_length_in_words(length, words):
    assert length_words(length) == words
