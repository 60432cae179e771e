import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests import databases

# The demonstration of a folder runs on SQLite, whatever the suite runs on.
pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
FAMILY = 5  # web with two of its own, worker and beat
# The demonstration without its data: what is proved here is that its processes start and stop together.
RUNNER = """
import sys
from stek import runner

def migrate(settings):
    import django
    django.setup()
    from django.core.management import call_command
    call_command("migrate", verbosity=0)

runner.prepare = migrate
sys.exit(runner.main())
"""


def dev(*arguments):
    return subprocess.run(["./dev", *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def test_dev_alone_lists_the_commands():
    done = dev()

    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split()[1] for line in done.stdout.splitlines()] == [
        "demo", "test", "check", "prove", "bench", "messages", "audit", "manage",
    ]  # fmt: skip


def test_dev_with_an_unknown_command_lists_them_and_fails():
    done = dev("dmeo")

    assert done.returncode == 2
    assert "Unknown command: dmeo" in done.stderr


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def start(tmp_path, port, django_db_setup):
    """Start the demonstration in a session of its own, so that everything it leaves can be found and ended."""
    if kept := databases.migrated():
        shutil.copyfile(kept, tmp_path / "stek.sqlite3")
    environ = {"STEK_VAR": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1"}
    started = []

    def start(*arguments):
        command = [sys.executable, "-c", RUNNER, "--port", str(port), *arguments]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
        process.communicate(timeout=60)


def wait_until_it_answers(port):
    for _ in range(600):
        try:
            with urlopen(f"http://127.0.0.1:{port}/gezond/", timeout=5) as response:
                return response.status
        except URLError as error:
            if getattr(error, "code", None) == 503:  # up, and waiting for the first heartbeats
                return 503
            time.sleep(0.1)
    return None


def descendants(pid):
    """The processes that this one started, and theirs."""
    table = [
        line.split() for line in subprocess.check_output(["ps", "-eo", "pid=,ppid="], text=True).splitlines() if line
    ]
    found = {pid}
    while more := {int(child) for child, parent in table if int(parent) in found} - found:
        found |= more
    return found - {pid}


def alive(pids):
    left = subprocess.run(["ps", "-o", "pid=,stat=", "-p", ",".join(map(str, pids))], capture_output=True, text=True)
    return [line for line in left.stdout.splitlines() if "Z" not in line.split()[1]]


@pytest.mark.skipif(not shutil.which("ps"), reason="needs ps")
@pytest.mark.parametrize("wish", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.prove)])
def test_demo_runs_once_in_a_folder_and_stops_everything_it_started(start, port, wish):
    demo = start()
    assert wait_until_it_answers(port)
    running = descendants(demo.pid)

    second = start()
    _, refusal = second.communicate(timeout=20)
    assert (second.returncode, refusal) == (1, "The demonstration already runs from this folder.\n")

    demo.send_signal(wish)
    printed, _ = demo.communicate(timeout=20)

    assert demo.returncode == 0
    assert f"http://127.0.0.1:{port}/" in printed
    assert len(running) >= 5  # web with two of its own, worker, beat
    assert alive(running) == []


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("ps"), reason="needs Linux and ps")
def test_demo_killed_outright_leaves_nothing(start, port):
    demo = start()
    assert wait_until_it_answers(port)
    running = descendants(demo.pid)

    demo.kill()
    demo.communicate(timeout=30)  # until the last of them has let go of its output
    for _ in range(100):  # which it does a moment before it is gone
        if not alive(running):
            break
        time.sleep(0.1)

    assert len(running) >= 5
    assert alive(running) == []


def test_demo_on_a_port_in_use_names_the_way_out(start, port):
    with socket.create_server(("127.0.0.1", port)):
        demo = start()
        _, refusal = demo.communicate(timeout=20)

    assert demo.returncode == 1
    assert refusal == f"Port {port} is in use. Choose another one: ./dev demo --port {port + 1}\n"


@pytest.mark.skipif(not shutil.which("ps"), reason="needs ps")
def test_demo_stops_the_rest_when_one_dies(start, port):
    demo = start()
    assert wait_until_it_answers(port)
    running = descendants(demo.pid)
    beat = next(pid for pid in running if b"beat" in Path(f"/proc/{pid}/cmdline").read_bytes())

    os.kill(beat, signal.SIGKILL)
    _, refusal = demo.communicate(timeout=20)

    assert demo.returncode == 1
    assert "The beat stopped by itself" in refusal
    assert alive(running) == []
