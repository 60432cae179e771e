"""The container image and its three commands, as far as they can be seen without an engine to run containers in."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from stek.env import COMMON_NAMES, OWN_NAMES
from tests.services import free_port, missing, own_postgresql, own_redis, wait_for
from tests.stek.test_settings import PRODUCTION

ROOT = Path(settings.BASE_DIR)
FILE = ROOT / "docker-compose.yml"
COMPOSE = yaml.safe_load(FILE.read_text())
SERVICES = COMPOSE["services"]
OF_THE_IMAGE = ["migrate", "web", "worker", "beat", "backup"]
RUN_ONCE = ["migrate", "backup"]
SECRETS = {
    **{name: value for name, value in PRODUCTION.items() if name != "STEK_ENV"},
    "STEK_BASE_URL": "https://stek.example.be",
    "EMAIL_URL": "smtp://mail.example.be",
    "POSTGRES_PASSWORD": "geheim",
}


def client():
    """The program that reads compose files, by whichever name it is here."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]):
            done = subprocess.run([*command, "version"], capture_output=True, check=False)
            if done.returncode == 0:
                return command
    return None


def test_services_are_those_of_production():
    assert list(SERVICES) == ["migrate", "web", "worker", "beat", "backup", "postgres", "redis"]


@pytest.mark.parametrize("name", [name for name in SERVICES if name not in RUN_ONCE])
def test_service_has_a_check_of_its_health_and_keeps_little_log(name):
    check = SERVICES[name]["healthcheck"]["test"]

    assert check[0] == "CMD"
    assert SERVICES[name]["logging"]["options"] == {"max-size": "10m", "max-file": "5"}
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", OF_THE_IMAGE)
def test_container_of_ours_is_the_one_image_without_rights_and_without_state(name):
    service = SERVICES[name]

    assert (service["image"], service["build"], service["read_only"]) == ("stek", ".", True)
    assert (service["user"], service["cap_drop"]) == ("10001", ["ALL"])
    assert [mount.split(":")[0] for mount in service["tmpfs"]] == ["/run/stek", "/tmp"]  # noqa: S108 (the container's own)


def test_only_the_database_and_who_was_forgotten_are_kept_and_only_the_proxy_reaches_the_web():
    assert {name: service["volumes"] for name, service in SERVICES.items() if "volumes" in service} == {
        "web": ["erasures:/srv/erasures"],
        "worker": ["erasures:/srv/erasures"],
        "backup": ["erasures:/srv/erasures", "${BACKUPS:-./backups}:/srv/backups"],
        "postgres": ["postgres:/var/lib/postgresql/data"],
    }
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "web": ["127.0.0.1:8000:8000"]
    }


def test_three_start_when_the_database_is_ready_and_migrated():
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["depends_on"]["postgres"] == {"condition": "service_healthy"}
    assert [SERVICES[name]["restart"] for name in RUN_ONCE] == ["no", "no"]
    assert SERVICES["backup"]["profiles"] == ["tools"]  # not started with the others


def test_image_passes_settings_that_exist_and_no_secret_of_its_own():
    environment = SERVICES["web"]["environment"]

    assert environment.keys() <= {*COMMON_NAMES, *OWN_NAMES}
    assert environment["STEK_ENV"] == "production"
    secret = {"SECRET_KEY", "EMAIL_URL", "DATABASE_URL"}
    assert [name for name in secret if "${" not in environment[name]] == []


def test_example_of_the_env_file_names_what_is_asked_for_and_gives_no_secret():
    lines = [
        line.partition("=") for line in (ROOT / ".env.example").read_text().splitlines() if line and line[0] != "#"
    ]

    assert {name for name, _, _ in lines} == set(re.findall(r"\$\{(\w+)", FILE.read_text()))
    assert {name: value for name, _, value in lines if name in {"SECRET_KEY", "POSTGRES_PASSWORD"}} == {
        "SECRET_KEY": "",
        "POSTGRES_PASSWORD": "",
    }


def test_dockerfile_calls_the_steps_and_runs_as_nobody():
    lines = (ROOT / "Dockerfile").read_text().splitlines()

    assert [line for line in lines if line.startswith("RUN .ci/")] == [
        "RUN .ci/image-steps install /venv",
        "RUN .ci/image-steps build /venv",
    ]
    assert f"USER {SERVICES['web']['user']}" in lines
    assert not [line for line in lines if "SECRET" in line]
    command = json.loads(next(line for line in lines if line.startswith("CMD")).removeprefix("CMD "))
    assert command == shlex.split(SERVICES["web"]["command"])


@pytest.mark.skipif(
    client() is None, reason="there is no client for compose files (on Debian: apt-get install docker-compose)"
)
def test_compose_file_is_valid_to_the_client_and_refuses_without_secrets(tmp_path):
    def config(environ):
        command = [*client(), "--file", str(FILE), "--project-directory", str(tmp_path), "config", "--quiet"]
        return subprocess.run(
            command, env={"PATH": os.environ["PATH"], **environ}, capture_output=True, text=True, check=False
        )

    assert (config(SECRETS).returncode, config(SECRETS).stderr) == (0, "")
    without = config({name: value for name, value in SECRETS.items() if name != "SECRET_KEY"})
    assert without.returncode != 0
    assert "SECRET_KEY" in without.stderr


# --- The steps, and what they make, in an empty folder ----------------------------------------------------------------------------


def copy_of_the_project(folder):
    """What a build would see: the files of the project without those that .dockerignore names."""
    ignored = tuple(f"{name}/" for name in ("tests", "docs", "benchmarks"))
    assert {"tests", "docs", "benchmarks"} <= set((ROOT / ".dockerignore").read_text().split())
    names = subprocess.check_output(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, text=True
    )
    for name in names.split("\0"):
        if name and not name.startswith(ignored) and (ROOT / name).exists():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)


class Container:
    """The place of one: the built project, the environment of a service, memory of its own, and nothing else of this machine."""

    def __init__(self, name, folder, environ, port):
        self.name, self.folder, self.port = name, folder, port
        run = folder / f"run-{name}"
        run.mkdir()
        self.environ = {"PATH": f"{folder / 'venv/bin'}:/usr/bin:/bin", **environ, "STEK_VAR": str(run)}

    def command(self, words):
        """As the compose file has it, on a free port."""
        return [word.replace(":8000", f":{self.port}") for word in words]

    def start(self):
        command = self.command(shlex.split(SERVICES[self.name]["command"]))
        with (self.folder / f"{self.name}.log").open("w") as log:
            return subprocess.Popen(command, cwd=self.folder / "app", env=self.environ, stdout=log, stderr=log)

    def check(self):
        words = self.command(SERVICES[self.name]["healthcheck"]["test"][1:])
        words += ["--port", str(self.port)] if self.name == "web" else []
        return subprocess.run(words, cwd=self.folder / "app", env=self.environ, capture_output=True, check=False)

    def log(self):
        return (self.folder / f"{self.name}.log").read_text()


def health(port):
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", "/gezond/", headers={"Host": "stek.example.be"})
        response = connection.getresponse()
        return response.status, json.load(response)


@pytest.mark.prove
@pytest.mark.skipif(bool(missing()), reason=f"needs {missing()}")
def test_image_is_made_in_an_empty_folder_and_runs_by_the_commands_of_the_compose_file(tmp_path, tell):
    app, venv, static = tmp_path / "app", tmp_path / "venv", tmp_path / "static"
    app.mkdir()
    copy_of_the_project(app)
    bare = {
        name: os.environ[name] for name in ("PATH", "HOME", "PIP_CONFIG_FILE", "PIP_INDEX_URL") if name in os.environ
    }
    bare |= {"PYTHON": getattr(sys, "_base_executable", sys.executable), "STEK_STATIC": str(static)}
    for step in ("install", "build"):
        begun = time.monotonic()
        done = subprocess.run(
            [app / ".ci/image-steps", step, venv], env=bare, cwd="/", capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        tell(f"step {step}: {time.monotonic() - begun:.0f} s")
    assert (static / "staticfiles.json").is_file()
    assert {path.parts[-3] for path in app.glob("locale/*/*/django.mo")} == {"fr", "en"}
    packages = subprocess.check_output(
        [venv / "bin/python", "-m", "pip", "list", "--format=freeze"], text=True, env=bare
    )
    assert not [line for line in packages.splitlines() if re.match(r"pytest|playwright|ruff|mypy", line)]
    before = set(app.rglob("*"))

    with own_postgresql() as postgres, own_redis() as redis:
        port = free_port()
        environ = {
            name: value for name, value in SERVICES["web"]["environment"].items() if "${" not in str(value)
        } | {
            **{name: value for name, value in SECRETS.items() if name != "POSTGRES_PASSWORD"},
            "DATABASE_URL": postgres.database("stek"), "REDIS_URL": redis.url, "STEK_STATIC": str(static),
            "PYTHONDONTWRITEBYTECODE": "1",
            # In the container it is nobody; here it may be root, whom Celery warns at length.
            "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
        }  # fmt: skip
        containers = {name: Container(name, tmp_path, environ, port) for name in OF_THE_IMAGE}
        assert containers["migrate"].start().wait(120) == 0, containers["migrate"].log()
        processes = {name: containers[name].start() for name in ("web", "worker", "beat")}
        begun = time.monotonic()
        try:
            wait_for(lambda: health(port)[0] == 200, seconds=120)
            tell(f"everything well {time.monotonic() - begun:.0f} s after the start:", json.dumps(health(port)[1]))
            for name in ("web", "worker", "beat"):
                wait_for(lambda name=name: containers[name].check().returncode == 0, seconds=90)
                tell("check of", name, "passes; its last line:", *containers[name].log().splitlines()[-1:])
                assert processes[name].poll() is None
        finally:
            for process in processes.values():
                process.terminate()
            codes = {name: process.wait(40) for name, process in processes.items()}
        for name in ("web", "worker", "beat"):
            assert containers[name].check().returncode != 0 or name != "web"
            lines = [line for line in containers[name].log().splitlines() if line]
            # Celery's farewell goes around every log.
            assert [line for line in lines if line[0] != "{" and "Warm shutdown" not in line] == [], name
        tell("asked to stop, they ended with", codes)
    # No state: the project's folder is as it was built.
    assert set(app.rglob("*")) == before
