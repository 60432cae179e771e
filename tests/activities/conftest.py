import pytest
import time_machine
import yaml

from activities.demo import FACTS
from tests.demo import TEN_OCTOBER, demonstration


@pytest.fixture(scope="module")
def loaded_demo(django_db_setup, django_db_blocker):
    with demonstration(django_db_blocker):
        yield


@pytest.fixture
def demo(loaded_demo, db):
    """Two real sites on 10 October 2023, at 9 o'clock."""
    with time_machine.travel(TEN_OCTOBER, tick=False) as clock:
        yield clock


@pytest.fixture
def facts():
    return yaml.safe_load(FACTS.read_text(encoding="utf-8"))
