"""Backup, erase, restore: on the database of the suite, in processes of their own."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import time
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from sites.models import Erasure
from tests.service import Service, Services

NAME, ADDRESS = "Zoëra Vandenonbekende", "zoera.onbekend@example.org"
PEOPLE = f"""
from sites.models import *
from sites.enums import *
from partners.models import *
import datetime as dt
from django.utils import timezone
town = Municipality.objects.create(code="d", name="Dorp")
over = Partnership.objects.create(slug="v", name="Verband")
for slug in ("hier", "daar"):
    site = Site.objects.create(slug=slug, name=slug, partnership=over, municipality=town, kind="new", status="active")
    for number in range(20):
        user = User.objects.create_user(f"{{slug}}-{{number}}@example.org", name=f"Mens {{number}}")
        Role.objects.create(user=user, kind="volunteer", site=site, since=dt.date(2022, 1, 1))
from stek.outbox.models import Delivery
Delivery.objects.create(kind="sites/key_ends", user=user, site=site, about="role:1")
zoera = User.objects.create_user("{ADDRESS}", name="{NAME}")
Delivery.objects.create(kind="partners/invitation", address="{ADDRESS}", about="invitation:1")
Role.objects.create(user=zoera, kind="coordinator", site=site, since=dt.date(2022, 1, 1))
now = timezone.now()
Invitation.objects.create(email="{ADDRESS}", name="{NAME}", kind="volunteer", site=site, invited_at=now, expires_at=now, token_hash="x")
ChangeLog.objects.create(by=zoera, site=site, verb="test", about_model="sites.site", about_id=site.pk, reason="{NAME} zegt het")
Session.objects.create(session_key="k" * 32, session_data="", expire_date=now + dt.timedelta(days=9), user=zoera, since=now.date())
"""
FORGET = f"""
from sites.models import User
from sites.actions.erasing import erase_person
erase_person(User.objects.get(email="{ADDRESS}"), by=None, is_guarded=False)
"""


pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite" and not shutil.which("pg_dump"), reason="pg_dump is not installed here"
)


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    made = Services(tmp_path_factory.mktemp("services"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def loaded(services, django_db_setup) -> Service:
    """With two sites and their people. Only to copy from."""
    service = services.migrated()
    assert good(service.python(PEOPLE)) == ""
    return service


@pytest.fixture(scope="module")
def saved(loaded, tmp_path_factory) -> Path:
    """A backup of it, and so of each copy that was not changed yet."""
    path = tmp_path_factory.mktemp("saved") / "stek.backup"
    good(loaded.manage("backup", path))
    return path


@pytest.fixture
def service(services, loaded) -> Service:
    return services.copy(loaded)


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "stek.backup"


def good(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout


def counts(service: Service) -> dict[str, int]:
    tables = {model._meta.label: model._meta.db_table for model in apps.get_models()}
    return {label: service.rows(table, "COUNT(*)")[0][0] for label, table in tables.items()}


def leaks(service: Service) -> list[str]:
    """Where a word of hers is found: rows, files of the service, bytes of the database, or a dump of it."""
    rows = [str(service.rows(model._meta.db_table)) for model in apps.get_models()]
    found = ["rows"] if any(word in some for some in rows for word in (NAME, ADDRESS)) else []
    words = [NAME.encode(), ADDRESS.encode()]
    files = [path for path in service.var.rglob("*") if path.is_file()]
    found += [path.name for path in files if any(word in path.read_bytes() for word in words)]
    if service.database:
        environment = service.environment()
        dump = subprocess.run(["pg_dump", environment["DATABASE_URL"]], capture_output=True, check=True).stdout
        assert b"hier-1@example.org" in dump
        found += ["dump"] if any(word in dump for word in words) else []
    return found


def test_who_was_forgotten_stays_forgotten_and_all_else_comes_back(services, service, saved):
    before = counts(service)
    assert leaks(service)
    good(service.python(FORGET))
    after = counts(service)

    elsewhere = services.make()
    said = good(elsewhere.manage("restore", saved, "--erasures", service.erasures))

    assert "Of 1 erasures 1 were done again." in said
    # Gone with her: the account, her key, her invitation, her session, the message to her. One line more in the log, for the site she had a key of.
    lost = {label: before[label] - number for label, number in after.items() if number != before[label]}
    assert lost == {
        "sites.User": 1, "sites.Role": 1, "partners.Invitation": 1, "sites.Session": 1, "sites.ChangeLog": -1, "sites.Erasure": -1,
        "outbox.Delivery": 1,
    }  # fmt: skip
    assert counts(elsewhere) == after
    assert leaks(service) == leaks(elsewhere) == []
    assert elsewhere.erasures.read_text() == service.erasures.read_text()
    assert good(elsewhere.manage("migrate", "--check")) == ""


@pytest.mark.prove
def test_backup_of_before_the_restore_can_be_made_and_restored_again(services, service, file, tmp_path):
    good(service.python(FORGET))
    good(service.manage("backup", file))

    elsewhere = services.make()
    good(elsewhere.manage("restore", file, "--erasures", service.erasures))
    again = tmp_path / "again.backup"
    good(elsewhere.manage("backup", again))
    third = services.make()
    good(third.manage("restore", again, "--erasures", elsewhere.erasures))

    assert counts(third) == counts(service)


def test_everybody_is_signed_out_and_what_a_room_asked_for_is_done_before_it_opens(services, service, saved):
    elsewhere = services.make()
    hold = f"""
from django.core.management import call_command
from stek.backup import add_restorer
from sites.models import User
from django.db import connection
add_restorer(lambda: print("held", User.objects.count(), connection.settings_dict["NAME"]))
call_command("restore", "{saved}", "--erasures", "{service.erasures}")
print("open", connection.settings_dict["NAME"])
"""
    service.erasures.touch()

    held, _said, opened = good(elsewhere.python(hold)).splitlines()

    words, name = held.rsplit(" ", 1)
    assert words == "held 41"
    assert "restoring" in name
    assert Path(opened.removeprefix("open ")).name == elsewhere.name
    assert counts(elsewhere)["sites.Session"] == 0
    # What waited in it never leaves by itself.
    sent = elsewhere.python("""
from stek.outbox.models import Delivery
from stek.outbox.sending import send_due
print(sum(send_due().values()), sorted(Delivery.objects.values_list("state", "reason")))
""")
    assert good(sent).strip() == "0 [('uncertain', 'restored'), ('uncertain', 'restored')]"


def test_killed_in_the_middle_it_never_looks_whole_and_the_next_one_cleans_up(services, service, saved):
    service.erasures.touch()
    elsewhere = services.make()
    kill = f"""
import os, signal
from django.core.management import call_command
from stek.backup import add_restorer
add_restorer(lambda: os.kill(os.getpid(), signal.SIGKILL))
call_command("restore", "{saved}", "--erasures", "{service.erasures}")
"""

    assert elsewhere.python(kill).returncode == -9
    tables = good(elsewhere.python("from django.db import connection; print(connection.introspection.table_names())"))
    assert tables == "[]\n"
    assert stages(services, elsewhere) != []
    services.leave_beside(elsewhere, "_replaced_0123abcd")  # by one killed between the exchange and the end

    good(elsewhere.manage("restore", saved, "--erasures", service.erasures))

    assert stages(services, elsewhere) == []
    assert counts(elsewhere)["sites.User"] == 41


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def stages(services: Services, service: Service) -> list[str]:
    """What stands beside the database."""
    beside = [path.name for path in service.var.iterdir() if "restoring" in path.name]
    return beside + services.databases(f"{service.database}_")


def test_database_that_is_not_empty_is_lost_only_by_its_name(services, loaded, service, saved):
    good(service.python(FORGET))
    other = services.copy(loaded)
    good(other.python("from sites.models import Erasure; import uuid, datetime; "
                      "Erasure.objects.create(erasure_id=uuid.uuid4(), day=datetime.date(2023, 1, 1))"))  # fmt: skip
    words = ("restore", saved, "--erasures", service.erasures)

    refused = [other.manage(*words), other.manage(*words, "--replace", "iets anders")]
    still = counts(other)["sites.User"]
    good(other.manage(*words, "--replace", other.name))

    assert all(f"The database {other.name} is not empty." in one.stderr for one in refused)
    assert (still, counts(other)["sites.User"]) == (41, 40)
    # Who was forgotten in the database that went, is known in the one that came.
    assert counts(other)["sites.Erasure"] == 2
    assert len(other.erasures.read_text().splitlines()) == 2
    assert stages(services, other) == []


def test_service_that_still_runs_is_not_replaced(services, service, saved):
    service.erasures.touch()
    running = service.start(
        "import time; from sites.models import User; print(User.objects.count(), flush=True); time.sleep(100)"
    )
    try:
        assert running.stdout.readline() == "41\n"
        refused = service.manage("restore", saved, "--erasures", service.erasures, "--replace", service.name)
    finally:
        end(running)

    assert "Stop web, worker and beat, then try again. Nothing was restored." in refused.stderr
    assert counts(service)["sites.User"] == 41
    assert stages(services, service) == []


@pytest.mark.prove
def test_backup_is_of_one_moment_whoever_writes_meanwhile(services, service, tmp_path):
    """Each change adds a pair, in one transaction: a backup that holds half of one would have an odd number."""
    writer = service.start(
        "from django.db import transaction; from sites.models import Municipality\n"
        "for number in range(100_000):\n"
        "    with transaction.atomic():\n"
        "        for half in 'ab': Municipality.objects.create(code=f'{half}-{number}', name='x')\n"
        "    if number == 20: print('writing', flush=True)\n"
    )
    try:
        assert writer.stdout.readline() == "writing\n"
        made = [good(service.manage("backup", tmp_path / f"{number}.backup")) for number in range(2)]
    finally:
        end(writer)

    found = []
    for number in range(len(made)):
        elsewhere = services.make()
        good(elsewhere.manage("restore", tmp_path / f"{number}.backup", "--erasures", service.erasures))
        found.append(counts(elsewhere)["sites.Municipality"] - 1)
    assert [number % 2 for number in found] == [0, 0]
    assert 40 < found[0] < found[1]


# --- what is refused, and that nothing changes


@pytest.fixture
def made(file, monkeypatch, tmp_path, transactional_db, settings) -> Path:
    """A backup of the database of the suite itself, with one erasure."""
    settings.STEK_ERASURES = tmp_path / "erasures.txt"
    Erasure.objects.create(erasure_id="0b0e7c3e-9d5f-4b7e-8a43-0c5a3f6a1d11", day="2023-10-10")
    call_command("backup", file)
    return file


@pytest.fixture
def newest(made, settings) -> Path:
    return settings.STEK_ERASURES


def refusal(*words: object, **options: object) -> str:
    with pytest.raises(CommandError) as refused:
        call_command(*map(str, words), **options)
    return str(refused.value)


def change(path: Path, **parts: bytes) -> None:
    """The same zip with other words in some of its parts."""
    with zipfile.ZipFile(path) as file:
        whole = {name: file.read(name) for name in file.namelist()}
    with zipfile.ZipFile(path, "w") as file:
        for name, content in whole.items():
            file.writestr(name, parts.get(name.split(".")[0], content))


def manifest(path: Path, **words: object) -> bytes:
    with zipfile.ZipFile(path) as file:
        return json.dumps(json.loads(file.read("manifest.json")) | words).encode()


def test_backup_is_for_its_owner_only_and_never_written_over(made, tmp_path):
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert "is there already" in refusal("backup", made)
    assert "There is no folder" in refusal("backup", tmp_path / "nergens" / "stek.backup")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["erasures.txt", "stek.backup"]


def test_manifest_says_what_is_in_it(made):
    with zipfile.ZipFile(made) as file:
        words = json.loads(file.read("manifest.json"))
        assert file.read("erasures.txt") == b"0b0e7c3e-9d5f-4b7e-8a43-0c5a3f6a1d11 2023-10-10\n"

    assert (words["format"], words["database"], words["erased"]) == (1, connection.vendor, 1)
    assert {"sites.0001_network_and_keys", "sites.0009_erasure_id_once"} <= set(words["migrations"])


def test_folder_keeps_backups_as_long_as_the_table_says(made, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    for days in (34, 36):
        shutil.copy(made, folder / f"stek-{days}.backup")
        os.utime(folder / f"stek-{days}.backup", (time.time() - days * 86400,) * 2)
    (folder / "iets anders.txt").write_text("blijft")
    os.utime(folder / "iets anders.txt", (0, 0))

    call_command("backup", folder)

    names = sorted(path.name for path in folder.iterdir())
    assert [name[:8] for name in names] == ["iets and", f"stek-{time.strftime('%Y')[:3]}", "stek-34."]


def test_restore_needs_the_newest_list(made, newest, tmp_path):
    empty, half = tmp_path / "leeg.txt", tmp_path / "half.txt"
    empty.touch()
    half.write_text(newest.read_text()[:-3])

    assert "the following arguments are required: --erasures" in refusal("restore", made)
    assert "cannot be read" in refusal("restore", made, erasures=tmp_path / "nergens.txt")
    assert "was cut off" in refusal("restore", made, erasures=half)
    assert "is older than the backup: it misses 1 of 1 erasures" in refusal("restore", made, erasures=empty)


def test_restore_refuses_what_is_no_whole_backup(made, newest, tmp_path):
    whole = made.read_bytes()

    assert "There is no file" in refusal("restore", tmp_path / "nergens", erasures=newest)
    for content in (b"", b"tekst", whole[: len(whole) // 2], whole[:-1], whole[len(whole) // 2 :]):
        made.write_bytes(content)
        assert "is not a whole backup" in refusal("restore", made, erasures=newest)
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 0xFF
    made.write_bytes(flipped)
    assert "is not a whole backup" in refusal("restore", made, erasures=newest)
    made.write_bytes(whole)
    change(made, database=b"iets anders")
    assert "was changed since it was made: database" in refusal("restore", made, erasures=newest)


def test_restore_refuses_another_database_and_a_newer_release(made, newest):
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]

    change(made, manifest=manifest(made, database=other))
    assert f"a backup of {other}" in refusal("restore", made, erasures=newest)
    change(made, manifest=manifest(made, database=connection.vendor, migrations=["sites.9999_later"]))
    assert "a newer release (it knows sites.9999_later)" in refusal("restore", made, erasures=newest)
    change(made, manifest=manifest(made, format=2))
    assert "a newer release, in a format" in refusal("restore", made, erasures=newest)


def test_restore_says_that_nothing_was_restored(made, newest):
    assert refusal("restore", made, erasures=newest).endswith("Nothing was restored.")
    assert Erasure.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite")
def test_damaged_database_in_a_good_file_is_refused(services, service, file):
    good(service.manage("backup", file))
    service.erasures.touch()
    from stek.backup.archive import _sum_of

    broken = file.with_name("broken")
    broken.write_bytes(b"SQLite format 3\x00" + b"\x00" * 5000)
    change(
        file, database=broken.read_bytes(), manifest=manifest(file, sha256=_sums(file) | {"database": _sum_of(broken)})
    )
    elsewhere = services.make()

    refused = elsewhere.manage("restore", file, "--erasures", service.erasures)

    assert "The database in this backup" in refused.stderr
    assert [path.name for path in elsewhere.var.iterdir() if "sqlite" in path.name] == []


def _sums(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as file:
        return json.loads(file.read("manifest.json"))["sha256"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="of PostgreSQL")
def test_programs_that_are_missing_or_older_than_the_server_are_refused(made, newest, monkeypatch, tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))

    missing = refusal("backup", tmp_path / "a.backup")
    for name in ("pg_dump", "pg_restore"):
        (programs / name).write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
        (programs / name).chmod(0o755)
    older = [refusal("backup", tmp_path / "b.backup"), refusal("restore", made, erasures=newest)]

    assert "pg_dump is not installed" in missing
    assert all("(9.6.24) is older than the server" in words for words in older)
    assert not list(tmp_path.glob("?.backup"))


@pytest.mark.skipif(connection.vendor == "sqlite", reason="of PostgreSQL")
def test_role_that_may_not_make_databases_is_told_what_to_ask_for(services, service, saved):
    service.erasures.touch()
    elsewhere = services.make()
    services._server(f"CREATE ROLE {elsewhere.database} LOGIN")
    try:
        url = elsewhere.environment()["DATABASE_URL"].replace("postgres@", f"{elsewhere.database}@")
        refused = elsewhere.manage("restore", saved, "--erasures", service.erasures, DATABASE_URL=url)
    finally:
        services._server(f"DROP ROLE {elsewhere.database}")

    assert f"ALTER ROLE {elsewhere.database} CREATEDB" in refused.stderr
