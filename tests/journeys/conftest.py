import pytest

from tests.serving import served_demo


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The demonstration behind its real web server, once for all journeys of a worker."""
    with served_demo(tmp_path_factory.mktemp("served")) as server:
        yield server


@pytest.fixture
def open_window(new_context, served):
    """Make a window on the demonstration. At the end it may not have complained, and a content policy never."""
    complaints = []

    def open_window(**options):
        window = new_context(base_url=served.address, **options).new_page()
        window.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        window.on("pageerror", lambda error: complaints.append(str(error)))
        window.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
        window.set_default_timeout(10_000)
        return window

    yield open_window
    # A page that is not there is one, also for the browser.
    assert [one for one in complaints if "404" not in one] == []
