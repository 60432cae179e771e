"""Being forgotten: what goes, what stays, who cannot, and what is left in files and bytes."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client

from partners.models import Invitation, Leaving, Membership
from sites import erasures
from sites.actions.erasing import erase_again, erase_person
from sites.enums import RoleKind
from sites.models import ChangeLog, Erasure, Role, Session, User
from tests.factories.outbox import make_delivery, make_stop
from tests.factories.partners import make_invitation, make_leaving, make_membership, make_organisation
from tests.factories.sites import make_change, make_role, make_site, make_user

NAME, ADDRESS = "Zoëra Vandenonbekende", "zoera.onbekend@example.org"
NUMBER = "0b0e7c3e-9d5f-4b7e-8a43-0c5a3f6a1d11"
C, V, A = RoleKind.COORDINATOR, RoleKind.VOLUNTEER, RoleKind.ADMINISTRATOR


@pytest.fixture(autouse=True)
def listed(settings, tmp_path) -> Path:
    settings.STEK_ERASURES = tmp_path / "erasures.txt"
    return settings.STEK_ERASURES


@pytest.fixture
def zoera(db) -> User:
    return User.objects.create_user(ADDRESS, name=NAME)


def everything_about(user: User, site) -> None:
    """A row of everything that can hang on a person, at two sites."""
    make_role(V, user=user, site=site)
    make_membership(site, user=user)
    make_invitation(site, email=user.email, name=user.name)
    make_invitation(site, invited_by=user)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    Client().force_login(user)
    make_delivery(site, user=user)
    make_delivery(site, address=user.email.upper(), about="invitation:1")
    make_stop(user=user)
    make_change(site, by=user, reason=f"Omdat {user.name} het zegt")
    make_change(make_site(), by=user, reason="Te weinig volk", changes={"note": ["", "leeg"]})
    make_change(site, reason=f"bel {user.email}", changes={"reason": [None, f"{user.name} is ziek"], "day": ["a", "b"]})


def dump() -> str:
    """Every row of every table of ours and of the packages, as text."""
    return "\n".join(
        serializers.serialize("json", model._base_manager.all(), ensure_ascii=False) for model in apps.get_models()
    )


@pytest.mark.django_db
def test_nothing_in_any_table_tells_of_somebody_who_is_forgotten(zoera):
    everything_about(zoera, make_site())
    assert NAME in dump()
    assert ADDRESS in dump()

    erase_person(zoera, by=zoera)

    assert NAME not in dump()
    assert ADDRESS not in dump()
    assert not User.objects.exists()
    assert [model.objects.count() for model in (Role, Membership, Session, Authenticator)] == [0, 0, 0, 0]


@pytest.mark.django_db
def test_history_keeps_what_was_done_without_who_and_without_their_words(zoera):
    site = make_site()
    everything_about(zoera, site)

    erase_person(zoera, by=zoera)

    lines = list(ChangeLog.objects.order_by("pk").values_list("by", "verb", "reason", "changes"))
    assert lines == [
        (None, "test", "", {}),
        (None, "test", "", {"note": ["", "leeg"]}),
        (None, "test", "", {"reason": [None, None], "day": ["a", "b"]}),
        (None, "erase_person", "", {}),
    ]
    assert ChangeLog.objects.order_by("pk").last().site == site


@pytest.mark.django_db
def test_others_keep_what_is_theirs(zoera):
    site, jef = make_site(), make_user(name="Jef", email="jef@example.org")
    everything_about(jef, site)
    everything_about(zoera, site)
    make_change(site, by=jef, reason="Zoë is er niet bij")

    erase_person(zoera, by=None)

    assert User.objects.get() == jef
    assert [model.objects.count() for model in (Role, Membership, Session, Authenticator)] == [1, 1, 1, 1]
    assert set(Invitation.objects.values_list("email", "invited_by")) >= {(jef.email, None)}
    assert Invitation.objects.count() == 3
    reasons = set(ChangeLog.objects.filter(by=jef).values_list("reason", flat=True))
    assert reasons == {"Omdat Jef het zegt", "Te weinig volk", "Zoë is er niet bij"}


@pytest.mark.django_db
def test_number_and_day_stay_and_nothing_else(zoera, listed, django_capture_on_commit_callbacks, time_machine):
    time_machine.move_to("2023-10-10T23:30+00:00", tick=False)

    with django_capture_on_commit_callbacks() as callbacks:
        erase_person(zoera, by=zoera)
    erasures.catch_up()

    assert len(callbacks) == 1
    assert list(Erasure.objects.values_list("erasure_id", "day")) == [(zoera.erasure_id, dt.date(2023, 10, 11))]
    assert listed.read_text() == f"{zoera.erasure_id} 2023-10-11\n"
    assert listed.stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_numbers_are_random_and_each_somebodys_own():
    numbers = [make_user().erasure_id for _ in range(3)]

    assert len(set(numbers)) == 3
    assert {number.version for number in numbers} == {4}


@pytest.mark.django_db
def test_last_coordinator_and_last_administrator_are_told_what_comes_first():
    site = make_site(name="De Brug")
    mira, ada = make_role(C, site=site).user, make_role(A).user

    with pytest.raises(
        ValidationError, match=r"Dan heeft De Brug geen opbouwwerker meer\. Nodig eerst een opvolger uit"
    ):
        erase_person(mira, by=mira)
    with pytest.raises(ValidationError, match="Dan heeft STEK geen beheerder meer"):
        erase_person(ada, by=ada)

    assert set(User.objects.all()) == {mira, ada}
    make_role(C, site=site)
    erase_person(mira, by=mira)
    assert not User.objects.filter(pk=mira.pk).exists()


@pytest.mark.django_db
def test_refused_erasure_leaves_every_row_as_it_was(zoera, listed):
    from django.db import transaction

    site = make_site()
    everything_about(zoera, site)
    make_role(C, user=zoera, site=site)
    before = dump()

    with pytest.raises(ValidationError), transaction.atomic():
        erase_person(zoera, by=zoera)

    assert dump() == before
    assert not listed.exists()


@pytest.mark.django_db
def test_undone_leaving_brings_nobody_back_who_is_forgotten(zoera):
    site, organisation = make_site(), make_organisation()
    membership = make_membership(site, user=zoera, organisation=organisation)
    other = make_membership(site, organisation=organisation)
    ended = [["partners.Membership", row.pk, None, "2023-12-31"] for row in (membership, other)]
    removed = [
        {"model": "sites.role", "pk": 900 + user.pk, "fields": {"user": user.pk}} for user in (zoera, other.user)
    ]
    leaving = make_leaving(site, organisation=organisation, ended=ended, removed=removed)

    erase_person(zoera, by=None)

    leaving = Leaving.objects.get(pk=leaving.pk)
    assert [row[1] for row in leaving.ended] == [other.pk]
    assert [row["fields"]["user"] for row in leaving.removed] == [other.user_id]


@pytest.mark.django_db
def test_invitations_follow_to_another_mailbox_so_that_none_stays_behind(zoera):
    from sites.accounts.actions import change_address

    make_invitation(make_site(), email=ADDRESS, name=NAME)
    change_address(zoera, email="nieuw@example.org", session_key=None)
    assert Invitation.objects.get().email == "nieuw@example.org"

    erase_person(zoera, by=zoera)

    assert not Invitation.objects.exists()
    assert NAME not in dump()


@pytest.mark.django_db
def test_whoever_comes_back_with_a_backup_is_forgotten_again_whatever_key_they_had(zoera):
    make_role(C, user=zoera, site=make_site())
    stranger, day = uuid.uuid4(), dt.date(2023, 10, 10)

    back = erase_again({zoera.erasure_id: day, stranger: day})

    assert back == 1
    assert not User.objects.exists()
    assert erasures.of_database() == {zoera.erasure_id: day, stranger: day}
    assert erase_again(erasures.of_database()) == 0


# --- the list


def test_list_only_grows_and_says_nobody_twice(db, listed):
    first, second = uuid.UUID(int=1, version=4), uuid.UUID(int=2, version=4)
    Erasure.objects.create(erasure_id=first, day=dt.date(2023, 10, 10))
    assert (erasures.catch_up(), erasures.catch_up()) == (1, 0)
    begin = listed.read_text()
    Erasure.objects.all().delete()
    Erasure.objects.create(erasure_id=second, day=dt.date(2023, 10, 11))

    assert erasures.catch_up() == 1

    assert listed.read_text() == f"{begin}{second} 2023-10-11\n"
    assert list(erasures.read(listed)) == [first, second]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (f"{NUMBER} 2023-10-1", "last line of .* was cut off"),
        (f"{NUMBER}\n", "Line 1 of .* is not a number and a day"),
        (f"{NUMBER} 2023-10-10\nMira 2023-10-10\n", "Line 2 of"),
        ("é\n", "cannot be read"),
    ],
)
def test_list_that_is_not_whole_is_refused(listed, text, refusal):
    listed.write_text(text, encoding="utf-8")

    with pytest.raises(erasures.ListError, match=refusal):
        erasures.read(listed)


def test_list_that_is_not_there_is_refused(listed):
    with pytest.raises(erasures.ListError, match="cannot be read"):
        erasures.read(listed)


def test_full_disk_does_not_undo_what_was_forgotten(db, settings, tmp_path, caplog):
    settings.STEK_ERASURES = tmp_path / "no folder" / "erasures.txt"

    erasures.catch_up_or_say_so()

    assert "The list of erasures could not be written: FileNotFoundError" in caplog.text


# --- files and bytes


def send(folder: Path, body: str, to: str = "iemand@example.org") -> None:
    """Into a file of its own: Django names files by the second, and sometimes gives two letters one name."""
    EmailMessage("Onderwerp", body, to=[to]).send()
    (written,) = folder.glob("*-*.log")
    written.rename(folder / f"{len(list(folder.iterdir()))}.log")


@pytest.mark.django_db(transaction=True)
def test_nothing_in_files_or_bytes_tells_of_somebody_who_is_forgotten(settings, tmp_path, zoera):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(tmp_path / "mail")},
        }
    }
    everything_about(zoera, make_site())
    for _number in range(200):  # so that pages of the file are split
        make_invitation(make_site(), email=ADDRESS, name=NAME)
    send(tmp_path / "mail", "voor jou", to=ADDRESS)
    send(tmp_path / "mail", f"over {NAME}, in een brief aan iemand anders")
    send(tmp_path / "mail", "over niemand")
    assert len(list((tmp_path / "mail").iterdir())) == 3

    erase_person(zoera, by=zoera)

    (left,) = (tmp_path / "mail").iterdir()
    assert "over niemand" in left.read_text()
    assert leaks_in_the_database_file() == []


def leaks_in_the_database_file() -> list[str]:
    """Of SQLite: which file beside the database holds a word of theirs. PostgreSQL's files are not ours to read."""
    if connection.vendor != "sqlite":
        return []
    name = str(connection.settings_dict["NAME"])
    files = [Path(name + suffix) for suffix in ("", "-wal")]
    assert all(path.exists() for path in files)
    words = [NAME.encode(), ADDRESS.encode(), b"Vandenonbekende", b"zoera.onbekend"]
    return [path.name for path in files for word in words if word in path.read_bytes()]
