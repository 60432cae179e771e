import pytest

from tests.serving import served_demo


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The demonstration behind its real web server, once for all journeys of a worker."""
    with served_demo(tmp_path_factory.mktemp("served")) as server:
        yield server
