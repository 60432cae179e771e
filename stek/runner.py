"""`./dev demo`: prepares the demonstration, then keeps its web server, worker and beat running until Ctrl-C.

None of the three outlives this process: whichever stops first, and however this one is asked to stop, the others are stopped too.
On Linux also when it is killed outright.
"""

import argparse
import ctypes
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

HOST = "127.0.0.1"
PATIENCE = 8  # seconds a service gets to finish what it is doing
PR_SET_PDEATHSIG = 1  # of <sys/prctl.h>


class Stop(Exception):
    """Somebody asked us to stop."""


def main() -> int:
    arguments = _arguments()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        return run(arguments.port, fresh=arguments.fresh)
    except Stop:
        return 0


def run(port: int, *, fresh: bool) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stek.settings")
    os.environ.setdefault("STEK_BASE_URL", f"http://{HOST}:{port}")
    from django.conf import settings  # noqa: PLC0415 (reads the environment, just set)

    with (settings.VAR_DIR / "demo.lock").open("w") as lock:
        if not _locked(lock):
            return _refuse("The demonstration already runs from this folder.")
        if _taken(port):
            return _refuse(f"Port {port} is in use. Choose another one: ./dev demo --port {port + 1}")
        if fresh:
            wipe(settings)
        prepare(settings)
        os.environ.setdefault("STEK_VAPID_PRIVATE_KEY", _push_key(settings.VAR_DIR / "push.key"))
        return serve(port)


def wipe(settings: Any) -> None:
    """Remove the demonstration's database, clock, queue and mail."""
    if settings.DATABASES["default"] is not settings.SQLITE:
        sys.exit("--fresh removes the SQLite database of the demonstration; unset DATABASE_URL.")
    var = settings.VAR_DIR
    for pattern in ("stek.sqlite3*", "clock.*", "beat*", "demo.stamp", "push.key"):
        for path in var.glob(pattern):
            path.unlink()
    for folder in ("broker", "mail"):
        shutil.rmtree(var / folder, ignore_errors=True)
    for folder in ("messages", "control"):
        (var / "broker" / folder).mkdir(parents=True)


def prepare(settings: Any) -> None:
    """Migrate; load the data and collect the static files if what they are made of has changed."""
    import django  # noqa: PLC0415 (slow import)
    from django.core.management import call_command  # noqa: PLC0415 (slow import)

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)

    apps = [settings.BASE_DIR / name for name in ("sites", "partners", "activities", "signals", "stek")]
    _once(
        settings.VAR_DIR / "demo.stamp",
        _fingerprint(apps, settings.STEK_CLOCK, str(settings.DATABASES["default"]["NAME"])),
        lambda: call_command("demo"),
    )
    _once(
        settings.VAR_DIR / "static.stamp",
        _fingerprint([settings.BASE_DIR / "static", settings.BASE_DIR / "requirements.lock"]),
        lambda: call_command("collectstatic", interactive=False, clear=True, verbosity=0),
    )


def _push_key(file: Path) -> str:
    """The demonstration's own, made once: a browser that asked for pushes knows no other."""
    from stek.push.vapid import new_key  # noqa: PLC0415 (slow import)

    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(new_key())
    return file.read_text()


def serve(port: int) -> int:
    """Run the three services until one ends or somebody asks to stop. 1 when one ended by itself, else 0."""
    # Celery warns at length about running as root, which a demonstration in a container often does.
    quiet = "-Wignore:You're running the worker with superuser privileges"
    celery = [sys.executable, quiet, "-m", "celery", "--quiet", "--app", "stek"]
    config = ["--config", "python:stek.serving"]
    commands = {
        "web": [sys.executable, "-m", "gunicorn", "stek.wsgi", *config, "--bind", f"{HOST}:{port}"],
        "worker": [*celery, "worker", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"],
        "beat": [*celery, "beat", "--loglevel", "WARNING"],
    }
    services: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands.items():
            # A session of its own: Ctrl-C in the terminal then reaches this process only, which stops them in order.
            services[name] = subprocess.Popen(  # noqa: S603 (our own words)
                command, start_new_session=True, preexec_fn=_end_with_parent if sys.platform == "linux" else None
            )
        announced = False
        while not (ended := [name for name, service in services.items() if service.poll() is not None]):
            if not announced and _answers(port):
                print(f"STEK: http://{HOST}:{port}/ (Ctrl-C stops it)", flush=True)  # noqa: T201 (the answer)
                announced = True
            time.sleep(0.1 if not announced else 0.5)
        return _refuse(f"The {ended[0]} stopped by itself; stopping the rest.")
    except Stop:
        return 0
    finally:
        stop(services.values())


def _end_with_parent() -> None:
    """Runs in a service before it begins: the kernel asks it to stop when this process is gone, however that went."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop(services: Iterable[subprocess.Popen[bytes]]) -> None:
    """End the services with everything they started; after this no process is left."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # impatience must not leave half of them running
    for service in services:
        service.terminate()
    deadline = time.monotonic() + PATIENCE
    for service in services:
        with suppress(subprocess.TimeoutExpired):  # then it is ended below with its whole group
            service.wait(max(0.1, deadline - time.monotonic()))
    for service in services:
        try:
            os.killpg(service.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
        service.wait()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev demo", description="The application with the demonstration's data.")
    parser.add_argument("--port", type=int, default=8000, help="where to listen (default: 8000)")
    parser.add_argument("--fresh", action="store_true", help="start again from nothing")
    return parser.parse_args()


def _stop(*_: Any) -> None:
    raise Stop


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)  # noqa: T201 (the answer)
    return 1


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def _answers(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


def _once(stamp: Path, fingerprint: str, work: Any) -> None:
    """Do the work, unless the stamp says that it was done for the same fingerprint."""
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    work()
    stamp.write_text(fingerprint)


def _fingerprint(sources: Iterable[Path], *words: str | None) -> str:
    """What tells whether one of these files changed: names, sizes and times of change."""
    digest = hashlib.sha256(repr(words).encode())
    for source in sources:
        for path in sorted([source, *source.rglob("*")]):
            if path.is_file() and "__pycache__" not in path.parts:
                stat = path.stat()
                digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
