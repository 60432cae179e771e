"""Figures as everybody reads them: the same for every role, from released cells and nothing else."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from signals.actions import releasing
from signals.actions.releasing import release_due, supersede
from signals.models import Release, Signal, Theme
from signals.quarters import quarter
from sites.enums import RoleKind
from sites.models import ChangeLog
from tests.desk import client_of, errors, words
from tests.factories.signals import make_signal, make_worker, tell, theme
from tests.factories.sites import make_partnership, make_role, make_site

pytestmark = pytest.mark.django_db

Q2, Q3 = quarter(2023, 2), quarter(2023, 3)
RAW = ("signals_signal", "signals_held", "signals_refused", "signals_contribution")


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


@pytest.fixture(autouse=True)
def no_margin(monkeypatch):
    monkeypatch.setattr(releasing, "secret_margin", lambda *what: 0)


@pytest.fixture
def kantine():
    return make_site(slug="kantine", name="Kantine", partnership=make_partnership(slug="kempen", name="Kempen"))


@pytest.fixture
def kattegat(kantine):
    return make_site(slug="kattegat", name="Kattegat", partnership=kantine.partnership)


@pytest.fixture
def told(kantine, kattegat):
    """Two quarters: papers with its split, debts without it, food too small, health of one organisation."""
    for part in (Q2, Q3):
        numbers = {
            ("papers", kantine): 7, ("papers", kattegat): 5, ("debts", kantine): 9, ("debts", kattegat): 2,
            ("food", kantine): 4, ("health", kantine): 8,
        }  # fmt: skip
        tell(part, numbers, several=["papers", "debts", "food"])
        release_due(part.release_day)


def rows(page: str) -> dict[str, list[str]]:
    """The table: name -> its cells."""
    found = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page)
    return {re.sub(r"<.*?>", "", name): re.findall(r"<td[^>]*>(.*?)</td>", cells) for name, cells in found}


def test_quarter_is_read_by_everybody_with_one_sign_for_what_is_not_shown(client, told):
    page = client.get("/signalen/cijfers/kempen/2023-Q2/").content.decode()

    found = rows(page)
    assert found.pop("Papieren en overheid") == ["12", "7", "5"]
    assert found.pop("Facturen en schulden") == ["11", "–", "–"]
    assert len(found) == 8
    assert all(cells == ["–", "–", "–"] for cells in found.values())
    assert "Tweede kwartaal van 2023" in page
    assert "Van 3 april tot en met 2 juli 2023" in page
    assert "Het vaakst ging het over Papieren en overheid: 12 keer." in page


def test_small_themes_are_counted_together_from_the_next_quarter_on(client, told):
    page = client.get("/signalen/cijfers/kempen/2023-Q3/").content.decode()

    found = rows(page)
    assert found["Andere thema’s samen"] == ["12", "–", "–"]  # the four and the eight, of which one organisation's
    assert len(found) == 3
    assert "Samen geteld omdat er elk apart te weinig over verteld werd:" in words(client.get("/signalen/cijfers/"))


def test_bars_are_of_what_is_shown_and_of_nothing_else(client, told):
    page = client.get("/signalen/cijfers/kempen/2023-Q2/").content.decode()

    assert re.findall(r'class="c-value"[^>]*>(.*?)<', page) == ["12", "11"]
    assert len(re.findall(r'class="c-bar"', page)) == 2
    assert re.findall(r'class="c-note"[^>]*>(.*?)<', page) == ["Kantine 7 · Kattegat 5", ""]


def test_page_is_the_same_for_every_role_and_reads_no_signal(told, kantine, kattegat):
    readers = [Client(), client_of(make_worker(kantine)), client_of(make_worker(kattegat, checks_people=True))]
    readers += [
        client_of(make_role(kind, **scope).user)
        for kind, scope in (
            (RoleKind.COORDINATOR, {"site": kantine}), (RoleKind.VOLUNTEER, {"site": kattegat}),
            (RoleKind.STEERING, {"partnership": kantine.partnership}), (RoleKind.ADMINISTRATOR, {}),
        )
    ]  # fmt: skip
    for address in ("cijfers/", "cijfers/kempen/", "cijfers/kempen/2023-Q3/", "cijfers/kempen/2023-Q3.csv"):
        with CaptureQueriesContext(connection) as queries:
            pages = [reader.get(f"/signalen/{address}").content for reader in readers]
        assert len(set(pages)) == 1, address
        assert not [query for query in queries if any(table in query["sql"] for table in RAW)]


def test_what_is_told_or_accepted_or_refused_since_changes_no_figure(client, told, kantine):
    addresses = ["/signalen/cijfers/kempen/2023-Q3/", "/signalen/cijfers/kempen/2023-Q3.csv", "/fr/signalen/cijfers/"]
    before = [client.get(address).content for address in addresses]
    for state in ("accepted", "opened"):
        make_signal(kantine, theme=theme("food"), year=2023, week=30, state=state)
    Signal.objects.filter(theme__code="debts").delete()
    Theme.objects.update(names={"nl": "Anders"})

    assert [client.get(address).content for address in addresses] == before


def test_as_many_queries_for_many_quarters_as_for_one(client, kantine, kattegat, django_assert_num_queries):
    release_due(quarter(2022, 4).release_day)
    with CaptureQueriesContext(connection) as few:
        client.get("/signalen/cijfers/kempen/2022-Q4/")
    for part in (quarter(2023, 1), Q2, Q3):
        release_due(part.release_day)

    with django_assert_num_queries(len(few)):
        client.get("/signalen/cijfers/kempen/2023-Q3/")


def test_file_has_the_same_cells_and_no_formula(client, told):
    response = client.get("/signalen/cijfers/kempen/2023-Q2.csv?taal=fr")

    lines = response.content.decode("utf-8-sig").splitlines()
    assert response["Content-Disposition"] == 'attachment; filename="kempen-signals-2023-Q2.csv"'
    assert lines[0].endswith(";Kantine;Kattegat")
    assert lines[1].split(";")[2] == Theme.objects.get(code="papers").names["fr"]
    assert {line.split(";", 2)[1]: line.split(";")[3:] for line in lines[1:3]} == {
        "papers": ["12", "7", "5"], "debts": ["11", "", ""],
    }  # fmt: skip
    assert all(line.endswith(";;;") for line in lines[3:])


def test_name_that_looks_like_a_formula_is_none(client, kantine):
    Theme.objects.filter(code="papers").update(names={"nl": "=1+1"})
    tell(Q3, {("papers", kantine): 7})
    release_due()

    assert "papers;'=1+1;7;7" in client.get("/signalen/cijfers/kempen/2023-Q3.csv").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "kempen/2023-Q4/", "kempen/2023/", "kempen/2023-Q9/", "kempen/2023-Q3/?versie=7", "elders/", "elders/2023-Q3/",
        "kempen/2023-Q4.csv", "kempen/?wat=referrals", "kempen/2023-Q3/?wat=referrals",
    ],
)  # fmt: skip
def test_what_was_not_published_is_not_there(client, told, address):
    assert client.get(f"/signalen/cijfers/{address}").status_code == 404


def test_odd_questions_give_the_page_that_holds(client, told):
    plain = client.get("/signalen/cijfers/kempen/2023-Q3/").content
    for odd in ("?versie=x", "?versie=", "?wat=people", "?versie=١", "?thema=food&plek=kantine"):
        assert client.get(f"/signalen/cijfers/kempen/2023-Q3/{odd}").content == plain


def test_two_partnerships_are_chosen_between_and_never_mixed(client, told):
    other = make_site(partnership=make_partnership(slug="zee", name="Aan zee"))
    tell(Q3, {("papers", other): 6})
    release_due()

    assert "Aan zee" in words(client.get("/signalen/cijfers/"))
    assert rows(client.get("/signalen/cijfers/zee/").content.decode())["Papieren en overheid"] == ["6"]


def test_nothing_shown_says_so(client, kantine):
    assert "Er is nog geen kwartaal gepubliceerd." in words(client.get("/signalen/cijfers/"))
    release_due()

    page = client.get("/signalen/cijfers/")
    assert "Over deze periode tonen we geen enkel getal." in words(page)
    assert "c-bar" not in page.content.decode()


# --- Once more, openly --------------------------------------------------------------------------------------------------------------


def at(site, tail="") -> str:
    return f"/beheer/{site.slug}/signalen/cijfers/{tail}"


def test_coordinator_reads_when_figures_come_and_what_waits_until_then(kantine, kattegat, told):
    desk = client_of(make_role(RoleKind.COORDINATOR, site=kantine).user)
    make_signal(kantine, year=2023, week=40, state="opened")
    make_signal(kattegat, year=2023, week=40, state="opened")

    page = words(desk.get(at(kantine)))

    assert "Vierde kwartaal van 2023: de cijfers verschijnen vanzelf op maandag 8 januari 2024." in page
    assert "1 signaal wacht nog op jou." in page
    assert "Derde kwartaal van 2023" in page


def test_coordinator_publishes_once_more_and_everybody_reads_why(client, kantine, told):
    desk = client_of(make_role(RoleKind.COORDINATOR, site=kantine).user)
    row = Release.objects.get(quarter=3)
    make_signal(kantine, theme=theme("papers"), year=2023, week=30, counted_year=2023, counted_quarter=3)

    assert "Schrijf waarom." in words(desk.post(at(kantine, f"{row.pk}/"), {"why": " "}))
    assert errors(desk.post(at(kantine, f"{row.pk}/"), {"why": "Bel 0470 12 34 56"}))
    response = desk.post(at(kantine, f"{row.pk}/"), {"why": "Een signaal stond er niet bij."})

    assert response["Location"] == at(kantine)
    page = client.get("/signalen/cijfers/kempen/")
    assert "Opnieuw gepubliceerd op 10 oktober 2023. Een signaal stond er niet bij." in words(page)
    assert rows(page.content.decode())["Papieren en overheid"] == ["13", "8", "5"]
    former = client.get("/signalen/cijfers/kempen/2023-Q3/?versie=1")
    assert "Dit is een vroegere versie." in words(former)
    assert rows(former.content.decode())["Papieren en overheid"] == ["12", "7", "5"]
    line = ChangeLog.objects.get(verb="supersede_release")
    assert (line.reason, line.changes, line.site) == ("Een signaal stond er niet bij.", {"version": [1, 2]}, None)
    assert "Er is al een nieuwere versie." in words(desk.post(at(kantine, f"{row.pk}/"), {"why": "Nog eens."}))


def test_other_partnership_has_no_hand_in_it(kantine, told):
    elsewhere = make_site()
    desk = client_of(make_role(RoleKind.COORDINATOR, site=elsewhere).user)
    row = Release.objects.get(quarter=3)

    assert desk.post(at(elsewhere, f"{row.pk}/"), {"why": "Zomaar."}).status_code == 404
    assert desk.post(at(kantine, f"{row.pk}/"), {"why": "Zomaar."}).status_code == 404
    assert Release.objects.count() == 2


# --- For an audit from outside ------------------------------------------------------------------------------------------------------


def all_tables(capsys) -> list[dict]:
    import json

    call_command("released_tables", "--format", "json")
    whole = json.loads(capsys.readouterr().out)
    assert list(whole) == ["tables"]
    return whole["tables"]


def test_every_figure_ever_published_is_given_out_of_all_versions_and_periods(kantine, told, capsys):
    tell(quarter(2023, 1), {("papers", kantine): 1})
    supersede_me = Release.objects.get(quarter=2)
    make_signal(kantine, theme=theme("papers"), year=2023, week=20, counted_year=2023, counted_quarter=2)
    supersede(supersede_me, why="Vergeten.", by=None)
    tell(quarter(2023, 4), {("papers", kantine): 9})
    release_due(dt.date(2024, 1, 8))

    tables = {table["name"]: table for table in all_tables(capsys)}

    assert list(tables) == [
        "kempen signals 2023-Q2, release 2023-Q2 version 1", "kempen signals 2023-Q3, release 2023-Q3 version 1",
        "kempen signals 2023-Q2, release 2023-Q2 version 2", "kempen signals 2023-Q4, release 2023-Q4 version 1",
        "kempen signals 2023-H2, release 2023-Q4 version 1",
    ]  # fmt: skip
    for table in tables.values():
        assert set(table) == {"name", "dims", "cells"}
        assert set(table["dims"]) == {"theme", "site"}
        keys = [tuple(sorted(cell["key"].items())) for cell in table["cells"]]
        assert len(keys) == len(set(keys)) == len(table["dims"]["theme"]) * 3
        assert all(set(cell) == {"key", "value"} and (cell["value"] or 5) >= 5 for cell in table["cells"])
        assert all(set(cell["key"]) in ({"theme"}, {"theme", "site"}) for cell in table["cells"])
    first = {tuple(cell["key"].values()): cell["value"] for cell in tables["kempen signals 2023-Q2, release 2023-Q2 version 1"]["cells"]}  # fmt: skip
    assert (first["papers",], first["papers", "kantine"], first["debts", "kantine"]) == (12, 7, None)


def test_nothing_published_is_an_empty_list(capsys):
    assert all_tables(capsys) == []
