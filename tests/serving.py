"""The real web server with the demonstration: processes, files, compression and all."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import psycopg
from django.conf import settings

from stek.push.vapid import new_key
from tests import databases

CLOCK = "2023-10-10T09:00"
WORKER = [
    sys.executable, "-m", "celery", "--quiet", "--app", "stek", "worker", "--pool", "solo", "--loglevel", "ERROR",
    "--without-gossip", "--without-mingle",
]  # fmt: skip
PREPARE = "from django.conf import settings; from stek.runner import prepare; prepare(settings)"


@contextmanager
def served_demo(folder: Path, *, workers: int = 1, kept: Path | None = None, **others: str) -> Iterator[Served]:
    """Gunicorn and a worker as `./dev demo` starts them, on a free port, with a database of its own of the kind the suite runs on.

    `others` are variables of the environment, such as another database. What was made ready is kept in the folder `kept`, and on PostgreSQL in a
    database beside it, for the next who asks.
    """
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "stek.settings",
        "STEK_VAR": str(folder),
        "STEK_DEMO": "1",
        "STEK_CLOCK": CLOCK,
        "STEK_BASE_URL": f"http://127.0.0.1:{port}",
        "STEK_VAPID_PRIVATE_KEY": new_key(),
        **others,
    }
    if "REDIS_URL" not in others:
        _own_queue(environ)
    with _own_database(environ):
        _prepare(folder, environ, kept)
        command = [sys.executable, "-m", "gunicorn", "stek.wsgi", "--config", "python:stek.serving"]
        with (folder / "log").open("wb") as log, (folder / "worker.log").open("wb") as worker_log:
            process = subprocess.Popen(
                [*command, "--workers", str(workers), "--bind", f"127.0.0.1:{port}"],
                cwd=settings.BASE_DIR, env=environ, stdout=log, stderr=log,
            )  # fmt: skip
            worker = subprocess.Popen(
                [*WORKER], cwd=settings.BASE_DIR, env=environ, stdout=worker_log, stderr=worker_log
            )
            try:
                _wait(port, process)
                yield Served(port, folder / "log")
            finally:
                for one in (worker, process):
                    one.send_signal(signal.SIGTERM)
                for one in (worker, process):
                    one.wait(timeout=20)


def _prepare(folder: Path, environ: dict[str, str], kept: Path | None) -> None:
    if kept is None:
        migrated = databases.migrated()
        if migrated and not environ.get("DATABASE_URL") and Path(migrated).exists():
            shutil.copyfile(migrated, folder / "stek.sqlite3")
        prepare = [sys.executable, "-c", PREPARE]
        subprocess.run(prepare, cwd=settings.BASE_DIR, env=environ, check=True, capture_output=True, timeout=300)
        return
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            _prepare(folder, environ, None)
            shutil.copytree(folder, kept)
            if url := environ.get("DATABASE_URL"):
                _copy_in_postgres(urlsplit(url).path.removeprefix("/"), databases.prepared())
            return
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    if url := environ.get("DATABASE_URL"):
        _copy_in_postgres(databases.prepared(), urlsplit(url).path.removeprefix("/"))


def _own_queue(environ: dict[str, str]) -> None:
    """A database of Redis besides those of the suite's own workers: what this web process asks for, this worker must hear."""
    if url := environ.get("REDIS_URL"):
        number = int(environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
        parts = urlsplit(url)
        environ["REDIS_URL"] = parts._replace(
            path=f"/{int(parts.path.removeprefix('/') or 15) - 2 * number - 1}"
        ).geturl()


class Served:
    def __init__(self, port: int, log: Path) -> None:
        self.port, self.log = port, log
        self.address = f"http://127.0.0.1:{port}"

    def lines(self) -> list[str]:
        return self.log.read_text().splitlines()

    def raw(self, request: bytes) -> bytes:
        """What the server sends back to these bytes until it closes the connection."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            received = b""
            try:
                while chunk := connection.recv(65536):
                    received += chunk
            except ConnectionResetError:
                pass  # it hangs up on what it does not want to read to the end
            return received


@contextmanager
def _own_database(environ: dict[str, str]) -> Iterator[None]:
    """A new database beside the one of the tests; SQLite is a file in the folder and needs nothing."""
    if not environ.get("DATABASE_URL"):
        yield
        return
    url = urlsplit(environ["DATABASE_URL"])
    name = f"stek_served_{os.getpid()}"
    environ["DATABASE_URL"] = url._replace(path=f"/{name}").geturl()
    _in_postgres(url, f'CREATE DATABASE "{name}"')
    try:
        yield
    finally:
        _in_postgres(url, f'DROP DATABASE "{name}" WITH (FORCE)')


def _copy_in_postgres(source: str, target: str) -> None:
    url = urlsplit(os.environ["DATABASE_URL"])
    _in_postgres(url, f'DROP DATABASE IF EXISTS "{target}"')
    _in_postgres(url, f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def _in_postgres(url: SplitResult, statement: str) -> None:
    """On a connection of its own each time: a test may have restarted the server in between."""
    with psycopg.connect(url._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(statement)


def _wait(port: int, process: subprocess.Popen) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server did not start.")
