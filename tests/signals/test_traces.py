"""No signal leads back to who gave it: in no table, key, order, time, log line, session, cookie, cache, task or byte (docs/threat-model.md).

The strongest of these tests give the same signals twice, by other people, at another minute, in another order, through another door, and ask
that all that is left is the same. Each has a fault planted, so that we know it would be seen.
"""

from __future__ import annotations

import io
import logging
import re
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache, caches
from django.core.cache.backends import locmem
from django.db import connection, transaction
from django.test import Client

from signals.actions import holding, moderation, opening
from signals.actions.referring import count_referrals
from signals.actions.releasing import release_due
from signals.actions.seen import also_seen, new_key
from signals.models import Contribution, DossierSentence, Held, Pointing, Referral, Release, ReleasedCell, Signal
from signals.rules import new_code
from signals.weeks import this_week
from sites.enums import RoleKind
from sites.models import ChangeLog, Site
from stek import traces as files
from stek.celery import app as celery_app
from tests.desk import client_of
from tests.factories.partners import make_organisation, make_service
from tests.factories.signals import give, make_held, make_signal, make_worker, theme, told
from tests.factories.sites import make_role, make_site, make_user

from .traces import PUBLISHED, columns, dump, lies, strange_columns, texts_as_they_lie, without_chance

SAID = ["De eerste zin over wachten.", "De tweede zin over brieven.", "De derde zin over bussen."]


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T10:03:21+02:00", tick=False)


# --- The same by somebody else -------------------------------------------------------------------------------------------------------


class Village:
    """Two workers of two organisations and a coordinator, all signed in before anything is said."""

    def __init__(self) -> None:
        self.site: Site = make_site()
        self.organisations = [make_organisation(), make_organisation()]
        workers = [make_worker(self.site, organisation=one) for one in self.organisations]
        coordinator = make_role(RoleKind.COORDINATOR, site=self.site).user
        self.people = [*workers, coordinator]
        self.clients = [client_of(user) for user in self.people]

    def say(self, client: Client, order: list[int], *, prefix: str = "") -> None:
        for number in order:
            data = told(self.site, text=SAID[number], toch="1")
            assert client.post(f"{prefix}/signalen/nieuw/", data).status_code == 200
        assert Held.objects.count() == len(order)

    def forget(self) -> None:
        for model in (Held, Signal, Contribution):
            model.objects.all().delete()


@pytest.fixture
def village(db) -> Village:
    return Village()


def left_by(
    village: Village, time_machine, *, who: int, at: str, order: list[int], prefix: str = ""
) -> dict[str, list[str]]:
    village.forget()
    time_machine.move_to(at, tick=False)
    village.say(village.clients[who], order, prefix=prefix)
    return without_chance(dump())


TUESDAY, SATURDAY = "2023-10-10T10:03:21+02:00", "2023-10-14T21:47:58+02:00"


def test_all_tables_are_the_same_whoever_gave_it_when_and_in_which_order(village, time_machine):
    before = without_chance(dump())

    first = left_by(village, time_machine, who=0, at=TUESDAY, order=[0, 1, 2])
    second = left_by(village, time_machine, who=1, at=SATURDAY, order=[2, 0, 1], prefix="/fr")
    third = left_by(village, time_machine, who=2, at=SATURDAY, order=[1, 2, 0])

    assert first == second == third
    assert {table for table in before if before[table] != first[table]} == {"signals_held", "signals_contribution"}
    assert len(first["signals_held"]) == 3


def test_all_tables_are_the_same_after_opening(village, time_machine):
    found = []
    for who, at in ((0, TUESDAY), (1, SATURDAY)):
        left_by(village, time_machine, who=who, at=at, order=[0, 1, 2])
        time_machine.move_to("2023-10-16T04:15+02:00", tick=False)
        assert opening.open_waiting() == 3
        found.append(without_chance(dump()))

    assert found[0] == found[1]
    assert not found[0]["signals_held"]


def test_changing_and_taking_back_leaves_the_same_as_never_having_said_it(village, time_machine):
    plain = left_by(village, time_machine, who=0, at=TUESDAY, order=[0, 1])
    village.forget()
    client = village.clients[1]
    for text in SAID[:1]:
        give(client, village.site, text=text, toch="1")
    code = give(client, village.site, text=SAID[2], toch="1")
    client.post("/signalen/nieuw/", told(village.site, code=code, text=SAID[1], wijzig="1"))
    code = give(client, village.site, text=SAID[2], toch="1")
    client.post("/signalen/nieuw/intrekken/", {"code": code, "site": village.site.slug})

    assert without_chance(dump()) == plain


@contextmanager
def planted(statements: dict[str, list[str]], undo: dict[str, list[str]]):
    vendor = connection.vendor
    with connection.cursor() as cursor:
        for statement in statements[vendor]:
            cursor.execute(statement)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for statement in undo[vendor]:
                cursor.execute(statement)


MOMENT = {
    "sqlite": [
        "ALTER TABLE signals_held ADD COLUMN at text",
        "CREATE TRIGGER leak AFTER INSERT ON signals_held BEGIN UPDATE signals_held SET at = strftime('%Y-%m-%d %H:%M:%f') WHERE id = new.id; END",
    ],
    "postgresql": ["ALTER TABLE signals_held ADD COLUMN at timestamptz DEFAULT clock_timestamp()"],
}
NO_MOMENT = {
    "sqlite": ["DROP TRIGGER leak", "ALTER TABLE signals_held DROP COLUMN at"],
    "postgresql": ["SET CONSTRAINTS ALL IMMEDIATE", "ALTER TABLE signals_held DROP COLUMN at"],
}


def test_planted_column_with_the_moment_is_seen_by_both_tests(village, time_machine):
    with planted(MOMENT, NO_MOMENT):
        first = left_by(village, time_machine, who=0, at=TUESDAY, order=[0, 1, 2])
        second = left_by(village, time_machine, who=0, at=TUESDAY, order=[0, 1, 2])

        assert first["signals_held"] != second["signals_held"]
        assert len(strange_columns()) == 1
        assert strange_columns()[0].startswith("signals_held.at")
    assert strange_columns() == []


def test_planted_author_in_a_word_of_the_row_is_seen(village, time_machine, monkeypatch):
    """As when somebody wrote the organisation into a column that is there."""
    original = holding.hold

    def hold(site, *, contributor, **told):
        return original(site, contributor=contributor, **told | {"service": contributor})

    monkeypatch.setattr("signals.views.log.hold", hold)

    first = left_by(village, time_machine, who=0, at=TUESDAY, order=[0, 1, 2])
    second = left_by(village, time_machine, who=1, at=TUESDAY, order=[0, 1, 2])

    assert first != second


@pytest.mark.django_db
def test_columns_are_those_written_down_and_none_is_a_time_or_a_person():
    assert strange_columns() == []
    assert all(len(known) > 3 for known in columns().values())
    with connection.cursor() as cursor:
        for table in columns():
            relations = connection.introspection.get_relations(cursor, table)
            assert {relation[1] for relation in relations.values()} <= {
                "sites_site",
                "signals_theme",
                "signals_signal",
            } | ({"sites_partnership", "signals_release"} if table in PUBLISHED else set())


# --- The order of rows ---------------------------------------------------------------------------------------------------------------

ROUNDS = 24


def hold(site: Site, text: str) -> None:
    holding.hold(
        site, code=new_code(), contributor="x", theme=theme(), text=text, barrier="", service="", idea="", is_positive=False, was_asked=False,
    )  # fmt: skip


def times_in_order(site: Site) -> tuple[int, int]:
    """Of `ROUNDS` threes that were given one after the other, how often they lie so while they wait, and after they were opened."""
    waiting = opened = 0
    for _ in range(ROUNDS):
        for text in SAID:
            hold(site, text)
        waiting += texts_as_they_lie("signals_held") == SAID
        Held.objects.update(week=40)
        opening.open_waiting()
        opened += texts_as_they_lie("signals_signal") == SAID
        Signal.objects.all().delete()
    return waiting, opened


@pytest.mark.django_db
def test_order_in_which_rows_lie_is_by_chance():
    """One in six by chance: 15 of 24 happens once in a hundred million times."""
    waiting, opened = times_in_order(make_site())

    assert waiting < 15
    assert opened < 15


@pytest.mark.django_db
def test_rows_that_are_only_added_are_seen_to_lie_in_their_order(monkeypatch):
    """The planted fault: without shuffling every three lies as it came, but for one in a space that PostgreSQL had free before others."""

    def put(model, rows, *, without=()):
        model.objects.bulk_create(row for row in rows if row._state.adding)

    monkeypatch.setattr(holding, "put_anew", put)

    waiting, _opened = times_in_order(make_site())

    assert waiting >= ROUNDS - 3


@pytest.mark.django_db
def test_contributions_lie_by_chance_too():
    site, in_order = make_site(), 0
    codes = ["housing", "energy", "debts"]
    for _ in range(ROUNDS):
        for code in codes:
            holding.hold(
                site, code=new_code(), contributor="x", theme=theme(code), text="x", barrier="", service="", idea="", is_positive=False, was_asked=False,
            )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT theme FROM signals_contribution ORDER BY {lies()}")
            in_order += [code for (code,) in cursor.fetchall()] == codes
        Contribution.objects.all().delete()
        Held.objects.all().delete()

    assert in_order < 15


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="transactions have a number there")
def test_rows_that_wait_carry_the_number_of_one_transaction():
    site = make_site()
    for text in SAID:
        hold(site, text)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM signals_held")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_what_waits_and_what_is_counted_is_written_anew_each_night():
    """On PostgreSQL also under another number of a transaction: that of the day lies between those of lines that have their minute."""
    site = make_site()
    hold(site, SAID[0])
    count_referrals(site, {make_service(site): 2}, week=this_week(), contributor="x", key="sleutel")
    before = written()

    assert opening.open_waiting() == 0

    after = written()
    assert [len(rows) for rows in after.values()] == [1, 1, 1, 1]
    assert [table for table in before if before[table] & after[table]] == []
    assert Held.objects.get().text == SAID[0]
    assert Referral.objects.get().number == 2


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="transactions have a number there")
def test_signals_that_were_seen_too_carry_the_number_of_the_night():
    site = make_site()
    rows = [make_signal(site) for _ in range(4)]
    with transaction.atomic():
        Signal.objects.update(idea="")  # as when they were opened
    for row in rows[:2]:
        also_seen(row, key=new_key())
    by_day = numbers_of_signals()

    opening.open_waiting()

    by_night = numbers_of_signals()
    assert len(by_day) == 3
    assert len(by_night) == 1
    assert not by_day & by_night


def numbers_of_signals() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT xmin::text FROM signals_signal")
        return {number for (number,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="a row of SQLite stays where it is")
def test_a_signal_that_was_seen_too_lies_where_it_lay_after_the_night():
    """An update moves it to the end of the table, and of a dump."""
    site = make_site()
    rows = sorted((make_signal(site, text=f"zin {number}") for number in range(8)), key=lambda row: row.pk)
    also_seen(rows[0], key=new_key())
    assert texts_as_they_lie("signals_signal")[-1] == rows[0].text

    opening.open_waiting()

    assert texts_as_they_lie("signals_signal") == [row.text for row in rows]


def written() -> dict[str, set[str]]:
    """Of each table that is written when something is told: the keys of its rows, and where there is one the number of the transaction."""
    found, what = {}, "id" if connection.vendor == "sqlite" else "xmin::text"
    with connection.cursor() as cursor:
        for table in ("signals_held", "signals_contribution", "signals_referral", "signals_pointing"):
            cursor.execute(f"SELECT {what} FROM {table}")
            found[table] = {value for (value,) in cursor.fetchall()}
    return found


@pytest.mark.django_db
def test_no_number_counts_up():
    """A counter would tell how many there were and in which order."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_sequence")
            assert {name for (name,) in cursor.fetchall()} & columns().keys() <= PUBLISHED
        else:
            assert [
                connection.introspection.get_sequences(cursor, table) for table in columns().keys() - PUBLISHED
            ] == [[]] * 4


# --- Log, queue, mail, cache, cookies ------------------------------------------------------------------------------------------------


@pytest.fixture
def lines(monkeypatch):
    handler = next(one for one in logging.getLogger().handlers if one.filters and type(one) is logging.StreamHandler)
    stream = io.StringIO()
    monkeypatch.setattr(handler, "stream", stream)
    return stream


def everything_that_can_be_done(village: Village) -> list[int]:
    """Every answer that the pages of giving have: also refusals, tokens that are missing, an address that is not there."""
    site, client = village.site, village.clients[0]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    row = make_signal(site, text="Een zin die er al staat.")
    code = give(client, site, text=SAID[0])
    log, again, back, seen = (
        "/signalen/nieuw/", "/signalen/nieuw/veranderen/", "/signalen/nieuw/intrekken/", f"/signalen/{row.pk}/ook-gezien/",
    )  # fmt: skip
    return [
        client.get(log).status_code,
        client.post(log, {}).status_code,
        client.post(log, told(site, text="Bel 0470 12 34 56 maar")).status_code,
        client.post(log, told(site) | {"site": "elders"}).status_code,
        client.post(again, {"code": code}).status_code,
        client.post(back, {"code": code}).status_code,
        client.post(seen).status_code,
        strict.post(log, told(site)).status_code,
        strict.post(seen).status_code,
        client_of(make_user()).post(log, told(site)).status_code,
        Client().post(log, told(site)).status_code,
    ]


def test_no_line_in_the_log_no_task_no_mail_no_change(village, lines, monkeypatch):
    sent = []
    monkeypatch.setattr(celery_app, "send_task", lambda *args, **kwargs: sent.append(args))
    changes = ChangeLog.objects.count()

    statuses = everything_that_can_be_done(village)

    assert {200, 302, 403, 404} <= set(statuses)
    assert lines.getvalue() == ""
    assert (sent, mail.outbox, ChangeLog.objects.count()) == ([], [], changes)


def test_other_pages_still_have_their_line(village, lines):
    village.clients[0].get("/beheer/")

    assert "Forbidden" in lines.getvalue()


def kept_by_the_cache() -> dict[str, tuple[object, float]]:
    """Key -> value and the moment it ends, of everything there is."""
    if settings.REDIS_URL:
        client = caches["default"]._cache.get_client()
        names = client.keys()
        return {key.decode(): (client.get(key), client.expiretime(key)) for key in names}
    kept = locmem._caches["stek"]
    return {key: (cache.get(key.split(":", 2)[2]), locmem._expire_info["stek"][key]) for key in kept}


def test_cache_holds_hashes_and_numbers_that_end_on_the_hour(village):
    village.say(village.clients[0], [0, 1, 2])

    kept = kept_by_the_cache()
    ours = {key: ends for key, (_value, ends) in kept.items() if ":signals:" in key}
    assert len(ours) == 1
    assert all(re.fullmatch(r":1:(?:signals|limit):[0-9a-f]{64}", key) for key in kept)
    assert all(str(value).strip("b'").isdigit() for value, _ends in kept.values())
    if not settings.REDIS_URL:  # Redis has a clock of its own, which does not stand still
        assert [ends % 3600 for ends in ours.values()] == [0]


def test_who_holds_the_secret_and_the_cache_finds_nobody(village):
    from django.utils.crypto import salted_hmac

    village.say(village.clients[0], [0])

    (key,) = [key for key in kept_by_the_cache() if ":signals:" in key]
    tries = {
        salted_hmac(salt, f"{hour}{blank}{user.pk}", algorithm="sha256").hexdigest()
        for user in village.people for hour in ("", 1696924800 // 3600) for blank in ("", " ") for salt in ("signals", "signals.limits")
    }  # fmt: skip
    assert key.rpartition(":")[2] not in tries


def test_giving_sets_no_cookie_and_writes_no_session(village):
    client = village.clients[0]
    before = {name: morsel.value for name, morsel in client.cookies.items()}
    sessions = dump()["sites_session"]

    village.say(client, [0, 1])

    after = {name: morsel.value for name, morsel in client.cookies.items() if name != settings.CSRF_COOKIE_NAME}
    assert after == {name: value for name, value in before.items() if name != settings.CSRF_COOKIE_NAME}
    assert dump()["sites_session"] == sessions


@pytest.mark.django_db
def test_marks_of_who_saw_it_too_are_sorted_and_differ_by_signal():
    site = make_site()
    rows, keys = [make_signal(site), make_signal(site)], [new_key() for _ in range(5)]
    for row in rows:
        for key in keys:
            assert also_seen(row, key=key)
            assert not also_seen(row, key=key)

    marks = [Signal.objects.get(pk=row.pk).marks.split() for row in rows]
    assert [some == sorted(some) for some in marks] == [True, True]
    assert [len(some) for some in marks] == [5, 5]
    assert not set(marks[0]) & set(marks[1])


# --- Bytes ---------------------------------------------------------------------------------------------------------------------------

SECRET = "Een woord dat nergens mag blijven: kwikzilverzuil"


def bytes_on_disk() -> dict[str, bytes]:
    """What the files of the database hold of these tables."""
    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        return {
            path.name: path.read_bytes() for path in name.parent.glob(f"{name.name}*") if not path.name.endswith("-shm")
        }
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        for table in columns():
            cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath(%s))", [table])
            found[table] = bytes(cursor.fetchone()[0])
    return found


def where(word: str) -> list[str]:
    return [name for name, content in bytes_on_disk().items() if word.encode() in content]


def left(word: str, caplog) -> list[str]:
    """Where a word still is. PostgreSQL keeps it a while when it is looking through this database itself: then the log says so, and the night does it."""
    end = time.monotonic() + 60
    while (found := where(word)) and "the next night" in caplog.text and time.monotonic() < end:
        files.wipe_database()
    return found


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_or_said_otherwise_lies_in_no_file(caplog):
    site = make_site()
    client = client_of(make_worker(site))
    code = give(client, site, text=SECRET)
    assert where("kwikzilverzuil")

    client.post("/signalen/nieuw/", told(site, code=code, text="Iets anders.", wijzig="1"))
    assert left("kwikzilverzuil", caplog) == []

    code = give(client, site, text=SECRET, toch="1")
    client.post("/signalen/nieuw/intrekken/", {"code": code, "site": site.slug})
    assert left("kwikzilverzuil", caplog) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", ["herschrijven", "weigeren"])
def test_what_a_coordinator_took_out_lies_in_no_file(verb, caplog):
    site = make_site()
    client = client_of(make_role(RoleKind.COORDINATOR, site=site).user)
    row = make_signal(site, state="opened", text=SECRET, service="kwikzilverzuil")
    assert where("kwikzilverzuil")

    data = {"theme": row.theme_id, "text": "Iets anders.", "reason": "person"}
    assert client.post(f"/beheer/{site.slug}/signalen/{row.pk}/{verb}/", data).status_code == 302

    assert left("kwikzilverzuil", caplog) == []


@pytest.mark.django_db(transaction=True)
def test_after_opening_no_file_knows_the_code_or_how_it_lay_before(caplog):
    site = make_site()
    codes = [make_held(site, text=text, week=40) for text in SAID]
    assert where(codes[0].code_hash)

    opening.open_waiting()

    assert [left(row.code_hash, caplog) for row in codes] == [[], [], []]
    assert [left(row.pk.hex, caplog) for row in codes] == [[], [], []]
    assert where(SAID[0])


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the journal of SQLite")
def test_journal_of_sqlite_is_empty_after_each_signal():
    site = make_site()
    client = client_of(make_worker(site))
    journal = Path(f"{connection.settings_dict['NAME']}-wal")

    give(client, site)

    assert journal.stat().st_size == 0


@pytest.mark.django_db
def test_database_that_is_busy_is_said_and_left_for_the_night(caplog):
    assert not files.wipe(["signals_signal"])  # within a transaction it cannot be done

    assert "the next night" in caplog.text


def test_all_tables_are_the_same_after_a_quarter_was_published(village, time_machine):
    """What is left of who contributed goes with it; the figures are the same whoever told it."""
    found = []
    for who, at in ((0, TUESDAY), (1, SATURDAY)):
        left_by(village, time_machine, who=who, at=at, order=[0, 1, 2])
        time_machine.move_to("2023-10-16T04:15+02:00", tick=False)
        opening.open_waiting()
        for row in Signal.objects.all():
            moderation.accept(row)
        time_machine.move_to("2024-01-08T04:45+01:00", tick=False)
        assert release_due() == 1
        assert Contribution.objects.count() == 0
        found.append(without_counters(dump()))
        for model in (ReleasedCell, Release):
            model.objects.all()._raw_delete(connection.alias)

    assert found[0] == found[1]


def without_counters(tables: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same without the numbers of rows that everybody may read, and without the minute of the round itself."""
    blank = without_chance(tables)
    for table in PUBLISHED | {"health_heartbeat"}:
        rows = [row for row in blank[table] if "releases" not in row]
        blank[table] = sorted(re.sub(r", \d+\)$", ")", re.sub(r"^\(\d+, ", "(", row)) for row in rows)
    return blank


def test_what_is_written_anew_at_once_is_written_anew_at_night_too():
    tables = [Held, Signal, Contribution, Pointing, DossierSentence]

    assert files._tables >= {model._meta.db_table for model in tables}
