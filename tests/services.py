"""Redis and PostgreSQL of a test's own, to stop, freeze and start again: what happens to these happens to nobody else."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import redis

PG_BIN = max(
    Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/nowhere"), key=lambda path: int(path.parent.name)
)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what: Callable[[], object], *, seconds: float = 60) -> None:
    """Until it is true; what it raises counts as not yet."""
    end = time.monotonic() + seconds
    while True:
        try:
            if what():
                return
        except (OSError, psycopg.Error, redis.RedisError):
            pass
        if time.monotonic() > end:
            raise TimeoutError(f"Not within {seconds} seconds.")
        time.sleep(0.1)


class Redis:
    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([*command, "--loglevel", "warning"], cwd="/", stdout=subprocess.DEVNULL)
        wait_for(redis.Redis(port=self.port).ping)

    def signal(self, number: signal.Signals) -> None:
        assert self.process
        self.process.send_signal(number)

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()
        self.process = None


class PostgreSQL:
    """A cluster in a folder under /tmp; as the user postgres where the tests run as root, which it refuses."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.root_url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def create(self) -> None:
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "--username", "postgres", "--auth", "trust", "--no-sync", "--encoding", "UTF8")

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        self._run("pg_ctl", "start", "--wait", "--log", str(self.folder / "log"), "--options", options)

    def stop(self, mode: str = "fast") -> None:
        self._run("pg_ctl", "stop", "--wait", "--mode", mode)

    def database(self, name: str) -> str:
        with psycopg.connect(self.root_url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.root_url.removesuffix("postgres") + name

    def signal(self, number: signal.Signals) -> None:
        """To the postmaster and all that it started."""
        postmaster = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for pid in [postmaster, *map(int, children)]:
            os.kill(pid, number)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(PG_BIN / program), "--pgdata", str(self.folder / "data"), *arguments]
        user = "postgres" if os.getuid() == 0 else None
        subprocess.run(
            command, user=user, group=pwd.getpwnam(user).pw_gid if user else None, cwd="/", check=True, timeout=90,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


@contextmanager
def own_redis() -> Iterator[Redis]:
    server = Redis()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@contextmanager
def own_postgresql() -> Iterator[PostgreSQL]:
    # Not in pytest's folder, into which the user postgres may not look.
    folder = Path(tempfile.mkdtemp(prefix="stek-postgresql-"))
    server = PostgreSQL(folder)
    server.create()
    server.start()
    try:
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            server.signal(signal.SIGCONT)
            server.stop("immediate")
        shutil.rmtree(folder)


def missing() -> str:
    """What this machine lacks for it; empty when nothing."""
    programs = {"redis-server": shutil.which("redis-server"), "postgresql": (PG_BIN / "initdb").exists()}
    return ", ".join(name for name, found in programs.items() if not found)
