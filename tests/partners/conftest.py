import pytest

from tests.factories.partners import make_body
from tests.factories.sites import make_site


@pytest.fixture(autouse=True)
def clock(time_machine):
    """Tuesday 10 October 2023, nine o'clock, until a test moves it."""
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)
    return time_machine


@pytest.fixture
def site():
    return make_site(slug="hier", name="Hier")


@pytest.fixture
def working(site):
    """A working group of the site, in which volunteers sit too."""
    return make_body(site, with_volunteers=True)
