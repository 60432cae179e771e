"""How long: old words go and numbers stay; what waits is in no backup."""

from __future__ import annotations

from pathlib import Path

import pytest
import time_machine

from signals.models import Held, Refused, Signal
from sites.actions.purging import purge
from stek import backup
from tests.factories.signals import make_held, make_refused, make_signal
from tests.factories.sites import make_site


@pytest.fixture
def erasures(settings, tmp_path):
    settings.STEK_ERASURES = tmp_path / "erasures.txt"


@pytest.mark.django_db
def test_words_of_two_years_ago_go_and_their_number_stays(erasures):
    site = make_site()
    with time_machine.travel("2023-10-10T10:00+02:00", tick=False):
        old = make_signal(site, year=2021, week=39, service="x", idea="y", marks="aa")
        waited = make_signal(site, year=2021, week=39, state="opened")
        new = make_signal(site, year=2021, week=40, text="Blijft nog.")
        assert purge(dry_run=True)["signal"] == 2
        assert purge()["signal"] == 2
        assert purge(dry_run=True)["signal"] == 0

    for row in (old, waited, new):
        row.refresh_from_db()
    assert (old.text, old.service, old.idea, old.marks, old.theme.code, old.week) == ("", "", "", "", "housing", 39)
    assert (waited.text, new.text) == ("", "Blijft nog.")
    assert Signal.objects.count() == 3


@pytest.mark.django_db
def test_refusals_go_after_ninety_days(erasures):
    site = make_site()
    with time_machine.travel("2023-10-10T10:00+02:00", tick=False):
        make_refused(site, week=27)
        make_refused(site, week=29)
        purge()

    assert [row.week for row in Refused.objects.all()] == [29]


@pytest.mark.django_db(transaction=True)
def test_what_waits_is_in_no_backup_and_what_was_opened_is(tmp_path):
    site = make_site()
    make_held(site, text="Dit wacht: kwikzilverzuil")
    make_signal(site, text="Dit is open: barnsteenkleur")
    copy = tmp_path / "copy"

    backup.database().dump(copy)

    assert backup.left_out() == ["signals_held"]
    content = written_out(copy)
    assert b"barnsteenkleur" in content
    assert b"kwikzilverzuil" not in content
    assert Held.objects.count() == 1


def written_out(copy: Path) -> bytes:
    """PostgreSQL packs what it writes."""
    import subprocess

    content = copy.read_bytes()
    if not content.startswith(b"PGDMP"):
        return content
    return subprocess.run(["pg_restore", "--file=-", copy], check=True, capture_output=True).stdout
