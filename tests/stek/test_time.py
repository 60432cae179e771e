import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured

from stek import time
from stek.time import is_shifted, now, today, wall_now

BRUSSELS = ZoneInfo("Europe/Brussels")
STARTED = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.STEK_CLOCK = None
    time._fixed_offset.cache_clear()
    return settings


@pytest.fixture
def restart():
    """A new process remembers nothing but the file."""
    return time._fixed_offset.cache_clear


@time_machine.travel(STARTED, tick=False)
def test_now_without_a_clock_is_real_time():
    assert now() == wall_now() == STARTED
    assert now().tzinfo is UTC
    assert not is_shifted()


@time_machine.travel(datetime(2026, 3, 28, 23, 30, tzinfo=UTC), tick=False)
def test_today_is_the_local_date():
    assert today() == date(2026, 3, 29)
    assert today("UTC") == date(2026, 3, 28)


def test_now_starts_at_the_clock_and_goes_on(clock):
    clock.STEK_CLOCK = "2023-10-10T09:00"
    with time_machine.travel(STARTED, tick=False) as traveller:
        assert now() == datetime(2023, 10, 10, 9, 0, tzinfo=BRUSSELS)
        traveller.shift(timedelta(hours=3))
        assert now() == datetime(2023, 10, 10, 12, 0, tzinfo=BRUSSELS)
        assert wall_now() == STARTED + timedelta(hours=3)
        assert is_shifted()


def test_a_restart_with_the_same_clock_keeps_time_running(clock, restart):
    clock.STEK_CLOCK = "2023-10-10T09:00"
    with time_machine.travel(STARTED, tick=False) as traveller:
        now()
        traveller.shift(timedelta(days=1))
        restart()
        assert now() == datetime(2023, 10, 11, 9, 0, tzinfo=BRUSSELS)


def test_another_clock_starts_again(clock, restart):
    with time_machine.travel(STARTED, tick=False):
        clock.STEK_CLOCK = "2023-10-10T09:00"
        now()
        restart()
        clock.STEK_CLOCK = "2024-02-29T18:30"
        assert now() == datetime(2024, 2, 29, 18, 30, tzinfo=BRUSSELS)


def test_the_word_now_shifts_nothing(clock):
    clock.STEK_CLOCK = "now"
    with time_machine.travel(STARTED, tick=False):
        assert now() == STARTED
        assert not is_shifted()


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"clock": "2023-10-10T09:00"}'])
def test_a_damaged_file_is_made_again(clock, damage):
    clock.STEK_CLOCK = "2023-10-10T09:00"
    (clock.VAR_DIR / "clock.json").write_text(damage)
    with time_machine.travel(STARTED, tick=False):
        assert now() == datetime(2023, 10, 10, 9, 0, tzinfo=BRUSSELS)
    assert json.loads((clock.VAR_DIR / "clock.json").read_text())["clock"] == "2023-10-10T09:00"


@pytest.mark.parametrize("value", ["tomorrow", "2023-10-10T09:00Z", "2023-13-10T09:00"])
def test_a_clock_that_says_no_local_time_is_refused(clock, value):
    clock.STEK_CLOCK = value
    with pytest.raises(ImproperlyConfigured, match="2023-10-10T09:00"):
        now()


def test_processes_that_start_together_share_one_clock(tmp_path):
    code = "import django; django.setup(); from stek import time; print(time._offset().total_seconds())"
    environ = {
        "DJANGO_SETTINGS_MODULE": "stek.settings",
        "STEK_VAR": str(tmp_path),
        "STEK_DEMO": "1",
        "STEK_CLOCK": "2023-10-10T09:00",
    }
    started = [
        subprocess.Popen([sys.executable, "-c", code], env=environ, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    offsets = {process.communicate(timeout=60)[0] for process in started}
    assert len(offsets) == 1
    assert float(offsets.pop()) < 0
