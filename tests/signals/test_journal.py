"""What PostgreSQL's own journal (WAL) holds of a signal: what was told and the moment, never who told it.

The moment is there by its nature, for as long as the journal is kept or archived (docs/threat-model.md). So it may hold nothing else: no change
that carries a signal touches a table that knows people, and no word in it is one of theirs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from signals.actions import holding
from signals.models import Held, Signal
from sites.enums import RoleKind
from sites.models import ChangeLog, Site
from tests.desk import client_of
from tests.factories.partners import make_organisation, make_service
from tests.factories.signals import give, make_signal, make_worker, told
from tests.factories.sites import make_role, make_site

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite's journal is empty after each signal: test_traces.py"
    ),
]

# Tables that a signal may be written to, what PostgreSQL keeps about tables and their files, and the place it is of, whose rows are locked meanwhile.
OURS = re.compile(r"signals_\w+|pg_[\w.]+|sites_partnership|sites_site")
ADDRESS = "192.0.2.77"
SLOT = f"journal_{os.getpid()}"


@dataclass
class Written:
    """What was written to the journal between two moments, to this database: others of the server share it."""

    content: bytes
    tables: dict[str, set[str]]  # number of a transaction -> tables that it wrote to

    def of_signals(self) -> set[str]:
        """Every table that was written to by a transaction that wrote about signals too."""
        together = [names for names in self.tables.values() if any(name.startswith("signals_") for name in names)]
        return set().union(*together)


@contextmanager
def journal() -> Iterator[Written]:
    """What is written meanwhile; to be read after the block."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_walinspect")
        # So that a checkpoint meanwhile throws nothing of it away; it goes with the connection otherwise.
        cursor.execute(f"SELECT pg_create_physical_replication_slot('{SLOT}', true, true)")
        before = _next_file(cursor)
    found = Written(b"", {})
    yield found
    with connection.cursor() as cursor:
        after = _next_file(cursor)
        whole = _bytes(cursor, before, after)
        for transaction, begin, end, files in _records(cursor, before, after):
            found.content += whole[begin:end]
            found.tables.setdefault(transaction, set()).update(_tables(cursor, files))
        cursor.execute(f"SELECT pg_drop_replication_slot('{SLOT}')")


def _next_file(cursor) -> str:
    """Where the journal goes on, in a file of its own."""
    cursor.execute("SELECT pg_switch_wal()")
    cursor.execute("SELECT pg_current_wal_flush_lsn()::text")
    return cursor.fetchone()[0]


def _bytes(cursor, before: str, after: str) -> bytes:
    """What stands between, from the first byte of the file in which it begins."""
    cursor.execute(
        "SELECT pg_read_binary_file('pg_wal/' || name) FROM pg_ls_waldir()"
        " WHERE name BETWEEN pg_walfile_name(%s::pg_lsn + 1) AND pg_walfile_name(%s::pg_lsn - 1) ORDER BY name",
        [before, after],
    )
    return b"".join(bytes(content) for (content,) in cursor.fetchall())


def _records(cursor, before: str, after: str) -> Iterator[tuple[str, int, int, set[str]]]:
    """Of each record of this database: its transaction, where in the bytes it begins and ends, the files it is about."""
    cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
    ours = re.compile(rf"rel \d+/{cursor.fetchone()[0]}/(\d+)")
    cursor.execute(
        "SELECT xid::text, (start_lsn - lower)::bigint, (end_lsn - lower)::bigint, block_ref FROM pg_get_wal_records_info(%s, %s),"
        " LATERAL (SELECT %s::pg_lsn - ((%s::pg_lsn - '0/0') %% setting::numeric) AS lower FROM pg_settings WHERE name = 'wal_segment_size') file"
        # What a reader tidies up on a page, and hints, change no row.
        " WHERE block_ref IS NOT NULL AND (resource_manager = 'Heap' OR record_type LIKE 'MULTI_INSERT%%' OR (resource_manager = 'Btree' AND record_type LIKE 'INSERT%%'))",
        [before, after, before, before],
    )
    for transaction, begin, end, blocks in cursor.fetchall():
        if files := set(ours.findall(blocks)):
            yield transaction, begin, end, files


def _tables(cursor, files: set[str]) -> set[str]:
    """A file that is gone was of a table that was written anew since."""
    cursor.execute(
        "SELECT COALESCE(indrelid::regclass::text, relname) FROM pg_class LEFT JOIN pg_index ON indexrelid = pg_class.oid"
        " WHERE relfilenode = ANY(%s::oid[])",
        [sorted(files)],
    )
    return {name for (name,) in cursor.fetchall()}


class House:
    """Who may give a signal, signed in before anything is said."""

    def __init__(self) -> None:
        self.site: Site = make_site()
        self.worker = make_worker(self.site, organisation=make_organisation(name="Kwikzilverhuis"))
        self.coordinator = make_role(RoleKind.COORDINATOR, site=self.site).user
        self.clients = [client_of(self.worker), client_of(self.coordinator)]
        self.service = make_service(self.site)
        self.signal = make_signal(self.site, text="Een zin die er al staat.")
        for client in self.clients:
            client.defaults["REMOTE_ADDR"] = ADDRESS
            client.get("/signalen/nieuw/")

    def words(self) -> set[bytes]:
        """What would lead to one of them."""
        of_people = {word for user in (self.worker, self.coordinator) for word in (user.email, user.name) if word}
        sessions = {client.cookies[settings.SESSION_COOKIE_NAME].value for client in self.clients}
        return {word.encode() for word in of_people | sessions | {ADDRESS, "Kwikzilverhuis"}}


@pytest.fixture
def house(time_machine) -> House:
    time_machine.move_to("2023-10-10T10:03:21+02:00", tick=False)
    return House()


def through_every_door(house: House) -> list[str]:
    """A worker, the coordinator for somebody who came, the link of a letter; one that is changed, one taken back, one seen too, and a stranger."""
    worker, coordinator = house.clients
    codes = [
        give(worker, house.site, text="Een worker zag een loket dat dicht was."),
        give(coordinator, house.site, text="Wie kwam vertelde het de coordinator.", toch="1"),
        give(worker, house.site, text="Dit kwam na de koffie.", week="2023-W41"),
        give(worker, house.site, text="Dit wordt nog anders."),
        give(worker, house.site, text="Dit wordt niets."),
    ]
    data = told(house.site, code=codes[3], text="Dit werd anders.", wijzig="1")
    answers = [
        worker.post("/signalen/nieuw/", data),
        worker.post("/signalen/nieuw/intrekken/", {"code": codes[4], "site": house.site.slug}),
        worker.post(f"/signalen/{house.signal.pk}/ook-gezien/"),
        Client(REMOTE_ADDR=ADDRESS).post("/signalen/nieuw/", told(house.site)),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 302]
    assert Held.objects.count() == 4
    assert Signal.objects.get(pk=house.signal.pk).marks
    return codes


def test_journal_holds_what_was_told_and_nobody_who_told_it(house):
    with journal() as written:
        codes = through_every_door(house)

    assert b"Een worker zag een loket" in written.content
    assert [word for word in house.words() | {code.encode() for code in codes} if word in written.content] == []
    # What waits was written anew when one was taken back: its former file has no name any more.
    assert {"signals_contribution", "signals_signal"} <= written.of_signals()
    assert [name for name in written.of_signals() if not OURS.fullmatch(name)] == []


def test_change_log_in_the_same_transaction_is_seen(house, monkeypatch):
    """The planted fault: somebody writes down who did it, beside what was told."""
    original = holding.note_contribution

    def note(*args, **kwargs):
        ChangeLog.objects.create(by=house.worker, site=house.site, verb="hold", about_id=house.worker.email)
        return original(*args, **kwargs)

    monkeypatch.setattr(holding, "note_contribution", note)

    with journal() as written:
        give(house.clients[0], house.site)

    assert house.worker.email.encode() in written.content
    assert "sites_changelog" in written.of_signals()
