"""One week of the demonstration's clock, ten minutes at a time: what happens at odd hours is told once, at a decent one, in the reader's language.

What later rooms send belongs in `the_week` too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core import mail

from activities.demo.people import person
from partners.actions.invitations import invite, resend
from partners.actions.leaving import come_back, leave
from partners.models import Organisation
from sites.accounts.letters import tell_of_change
from sites.actions.roles import end_role, grant_role
from sites.enums import RoleKind
from sites.models import Role, Site, User
from stek.outbox.enums import Night, State
from stek.outbox.kinds import kind_of
from stek.outbox.models import Delivery
from stek.outbox.sending import Post
from stek.outbox.tasks import deliver
from stek.time import now
from tests.demo import TEN_OCTOBER, K, W, demonstration

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]

BRUSSELS = ZoneInfo("Europe/Brussels")
STEP, WEEK, DAY = dt.timedelta(minutes=10), dt.timedelta(weeks=1), dt.timedelta(days=1)
EVIDENCE = settings.BASE_DIR / "docs" / "evidence" / "messages-of-a-week.txt"


# When, to whom, of which kind, in which language, and the subject.
type Sent = tuple[dt.datetime, str, str, str, str]


@dataclass(frozen=True)
class Expected:
    """`at` is the local moment it leaves, in steps of ten minutes; up to `latest` where chance decides about a pause."""

    at: str
    to: str
    kind: str
    language: str
    latest: str = ""

    def is_met_by(self, letter: Sent) -> bool:
        moment, to, kind, language, _subject = letter
        in_time = local(self.at) <= moment <= local(self.latest or self.at)
        return in_time and (to, kind, language) == (self.to, self.kind, self.language)


def local(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


@pytest.fixture(scope="module")
def loaded_demo(django_db_setup, django_db_blocker):
    with demonstration(django_db_blocker):
        yield


@pytest.fixture
def people(loaded_demo, db) -> dict[str, User]:
    """Example people, not all of whom read Dutch."""
    found = {
        name: person(word, site)
        for name, word, site in (
            ("Mira", "coordinator", K), ("Samira", "coordinator", W), ("Noor", "partner", K), ("Yusuf", "partner", W),
            ("Jef", "vrijwilliger", K), ("Ana", "vrijwilliger", W), ("Fatma", "stuurgroep", K), ("Bas", "beheerder", K),
        )
    }  # fmt: skip
    for name, language in (("Samira", "fr"), ("Jef", "fr"), ("Noor", "en"), ("Yusuf", "fr"), ("Ana", "en")):
        User.objects.filter(pk=found[name].pk).update(language=language)
    return {name: User.objects.get(pk=user.pk) for name, user in found.items()}


def key(user: User) -> Role:
    return Role.objects.select_related("user", "site", "partnership").get(user=user)


def the_week(people: dict[str, User]) -> tuple[list[tuple[str, Callable]], list[Expected]]:
    """What happens when, and what must have left by when."""
    kantine, kattegat = Site.objects.get(slug=K), Site.objects.get(slug=W)
    caw = Organisation.objects.get(code="caw-antwerpen")
    mira, samira, bas = people["Mira"], people["Samira"], people["Bas"]
    day = dt.date(2023, 10, 31)
    guest: dict = {}

    def ask_guest() -> None:
        guest["row"] = invite(
            by=samira, email="gast@example.org", kind=RoleKind.VOLUNTEER, site=kattegat, language="en"
        )

    def key_back() -> None:
        Role.objects.filter(user=people["Ana"]).update(until=None)

    happenings: list[tuple[str, Callable]] = [
        # Three minutes before nine in the evening: five minutes later it is night.
        ("2023-10-10T20:57", lambda: end_role(key(people["Jef"]), on=day, by=mira)),
        # At night, and another day before the morning: one letter, with the last day that was said.
        ("2023-10-11T22:30", lambda: leave(caw, kantine, on=day, by=mira)),
        ("2023-10-11T23:10", lambda: (come_back(caw, kantine, by=mira), leave(caw, kantine, on=day + DAY, by=mira))),
        # Somebody else may be at it: at once, whatever the hour.
        ("2023-10-12T03:00", lambda: tell_of_change(people["Noor"], "passkey_added")),
        ("2023-10-13T10:00", lambda: invite(
            by=mira, email="buur@example.org", kind=RoleKind.VOLUNTEER, site=kantine, language="fr")),
        ("2023-10-13T23:00", ask_guest),
        ("2023-10-13T23:30", lambda: resend(guest["row"], by=samira)),
        # From Saturday noon the mail server is away for an hour and a half.
        ("2023-10-14T12:00", lambda: grant_role(
            people["Fatma"], kind=RoleKind.VOLUNTEER, site=kattegat, by=bas)),
        # Ended and given back within three minutes: nothing to tell.
        ("2023-10-15T14:00", lambda: end_role(key(people["Ana"]), on=day, by=samira)),
        ("2023-10-15T14:03", key_back),
        # An organisation leaves and comes back in the night: nothing to tell either.
        ("2023-10-15T21:30", lambda: leave(caw, kattegat, on=day, by=samira)),
        ("2023-10-16T06:00", lambda: come_back(caw, kattegat, by=samira)),
        # Two days of one key within five minutes: the last one is told.
        ("2023-10-16T07:56", lambda: end_role(key(people["Yusuf"]), on=day, by=samira)),
        ("2023-10-16T07:59", lambda: end_role(key(people["Yusuf"]), on=day - DAY, by=samira)),
    ]  # fmt: skip
    expected = [
        Expected("2023-10-11T08:00", people["Jef"].email, "sites/key_ends", "fr"),
        Expected("2023-10-12T03:00", people["Noor"].email, "sites/access_changed", "en"),
        Expected("2023-10-12T08:00", people["Noor"].email, "partners/leaving", "en"),
        Expected("2023-10-13T10:00", "buur@example.org", "partners/invitation", "fr"),
        Expected("2023-10-14T08:00", "gast@example.org", "partners/invitation", "en"),
        Expected("2023-10-14T13:30", samira.email, "sites/key_from_outside", "fr", latest="2023-10-14T14:20"),
        Expected("2023-10-16T08:10", people["Yusuf"].email, "sites/key_ends", "fr"),
    ]
    return happenings, expected


@pytest.fixture
def away(monkeypatch) -> None:
    """When nobody reaches the mail server."""
    begins, ends = local("2023-10-14T11:50"), local("2023-10-14T13:30")
    original = Post.open

    def open_or_not(self: Post) -> None:
        if begins <= now() < ends:
            raise ConnectionRefusedError
        original(self)

    monkeypatch.setattr(Post, "open", open_or_not)


@pytest.fixture
def sent(monkeypatch) -> list[Sent]:
    found = []
    original = Post._send

    def note(self: Post, message: mail.EmailMessage) -> None:
        original(self, message)
        uuid = message.extra_headers["Message-ID"].strip("<>").split("@")[0]
        kind = Delivery.objects.get(uuid=uuid).kind
        found.append((now(), message.to[0], kind, message.extra_headers["Content-Language"], message.subject))

    monkeypatch.setattr(Post, "_send", note)
    return found


def moments() -> Iterator[dt.datetime]:
    moment = TEN_OCTOBER
    while moment <= TEN_OCTOBER + WEEK:
        yield moment
        moment += STEP


@pytest.mark.prove
def test_a_week_of_the_demonstration_is_told_once_at_a_decent_hour_in_the_readers_language(
    people, sent, away, time_machine
):
    time_machine.move_to(TEN_OCTOBER, tick=False)
    happenings, expected = the_week(people)
    for moment in moments():
        while happenings and local(happenings[0][0]) <= moment:
            at, happens = happenings.pop(0)
            time_machine.move_to(local(at), tick=False)
            happens()
        time_machine.move_to(moment, tick=False)
        for _beat in range(2):  # two of them, as can happen
            deliver()

    write_down(sent)
    assert happenings == []
    assert len(sent) == len(expected)
    assert [letter for wish, letter in zip(expected, sent, strict=True) if not wish.is_met_by(letter)] == []
    at_night = [one for one in sent if not 8 <= one[0].astimezone(BRUSSELS).hour < 21]
    assert {kind_of(kind).night for _moment, _to, kind, _language, _subject in at_night} == {Night.SEND}
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT, State.DROPPED}


def write_down(sent: list[Sent]) -> None:
    """For who wants to read it: docs/evidence/."""
    lines = [
        f"{moment.astimezone(BRUSSELS):%a %d %b %H:%M}  {language}  {to:46}{kind:26}{subject}"
        for moment, to, kind, language, subject in sent
    ]
    dropped = Delivery.objects.filter(state=State.DROPPED).order_by("pk")
    lines += [
        "",
        "Not sent, and why:",
        *(f"{row.written_at.astimezone(BRUSSELS):%a %d %b %H:%M}      {row.kind:26}{row.reason}" for row in dropped),
    ]
    EVIDENCE.write_text("\n".join(lines) + "\n", encoding="utf-8")
