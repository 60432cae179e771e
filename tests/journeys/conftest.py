import os

import pytest

from tests.serving import served_demo


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The demonstration behind its real web server, once for all journeys of a worker."""
    own = tmp_path_factory.getbasetemp()
    of_all_workers = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with served_demo(tmp_path_factory.mktemp("served"), kept=of_all_workers / "prepared") as server:
        yield server


def listen(window, complaints):
    """Write down what the browser complains about; a content policy that was broken is among it."""

    def failed(request):
        # A visitor who clicks on before everything is there breaks off the rest.
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"{request.failure}: {request.url}")

    window.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    window.on("pageerror", lambda error: complaints.append(str(error)))
    window.on("requestfailed", failed)
    window.set_default_timeout(10_000)


def serious(complaints):
    """A page that is not there is a complaint of the browser's too, and a worker that a test keeps out one of Playwright's."""
    return [one for one in complaints if "404" not in one and "blocked by Playwright" not in one]


@pytest.fixture
def open_window(new_context, served):
    """Make a window of its own on the demonstration, which at the end may not have complained."""
    complaints = []

    def open_window(**options):
        window = new_context(base_url=served.address, **options).new_page()
        listen(window, complaints)
        return window

    yield open_window
    assert serious(complaints) == []


@pytest.fixture(scope="module")
def shared_window(browser, served):
    window = browser.new_context(base_url=served.address).new_page()
    complaints = []
    listen(window, complaints)
    yield window, complaints
    window.context.close()


@pytest.fixture
def window(shared_window):
    """One window for many pages, which saves most of the time of a sweep. The size of a phone, in the light."""
    window, complaints = shared_window
    complaints.clear()
    window.set_viewport_size({"width": 390, "height": 844})
    window.emulate_media(media="screen", color_scheme="light")
    yield window
    assert serious(complaints) == []
