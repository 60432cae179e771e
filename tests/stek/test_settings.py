import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from stek.env import COMMON_NAMES, OWN_NAMES, PATIENT_POSTGRES, ConfigurationError

ROOT = Path(__file__).resolve().parents[2]
SECRET = "T7mFq2-kW9zXe4LrY8vNc1Bp6HsJd3GuAo5-iKtMxPfVbQyZwRn0"
PRODUCTION = {"STEK_ENV": "production", "SECRET_KEY": SECRET, "ALLOWED_HOSTS": "stek.example.be,www.stek.example.be"}


@pytest.fixture
def load(monkeypatch, tmp_path):
    """Read the settings as they are for these variables and no others."""

    def load(**environ):
        for name in (*COMMON_NAMES, *OWN_NAMES):
            monkeypatch.delenv(name, raising=False)
        for name, value in {"STEK_VAR": str(tmp_path), **environ}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "stek" / "settings.py"))

    return load


def test_without_a_variable_everything_is_embedded(load, tmp_path):
    settings = load()

    assert settings["DATABASES"]["default"]["NAME"] == tmp_path / "stek.sqlite3"
    assert settings["CACHES"]["default"]["BACKEND"].endswith("LocMemCache")
    assert settings["CELERY_BROKER_URL"] == "filesystem://localhost"
    assert settings["MAILERS"]["default"]["OPTIONS"] == {"file_path": str(tmp_path / "mail")}
    assert (settings["DEBUG"], settings["STEK_DEMO"], settings["STEK_CLOCK"]) == (False, False, None)


def test_addresses_make_it_real(load):
    settings = load(
        DATABASE_URL="postgres://stek:p%40ss@db.example:5433/stek?sslmode=require",
        REDIS_URL="redis://cache.example:6379/2",
        EMAIL_URL="smtp+tls://post:geheim@mail.example",
    )

    database = settings["DATABASES"]["default"]
    assert database["ENGINE"] == "stek.postgresql"
    assert [database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "stek", "stek", "p@ss", "db.example", "5433",
    ]  # fmt: skip
    assert database["OPTIONS"] == {**PATIENT_POSTGRES, "sslmode": "require"}
    assert settings["CACHES"]["default"]["LOCATION"] == "redis://cache.example:6379/2"
    assert settings["CELERY_BROKER_URL"] == "redis://cache.example:6379/2"
    mail = settings["MAILERS"]["default"]["OPTIONS"]
    assert (mail["host"], mail["port"], mail["use_tls"], mail["use_ssl"]) == ("mail.example", 587, True, False)


def test_production_with_what_it_needs_is_strict(load):
    settings = load(**PRODUCTION)

    assert settings["DEBUG"] is False
    assert (
        settings["SESSION_COOKIE_SECURE"] is settings["CSRF_COOKIE_SECURE"] is settings["SECURE_SSL_REDIRECT"] is True
    )
    assert settings["STEK_BASE_URL"] == "https://stek.example.be"
    assert settings["STEK_UID_DOMAIN"] == "stek.example.be"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "insecure-development-only"}, "SECRET_KEY is a default"),
        ({"SECRET_KEY": "x" * 60}, "SECRET_KEY is a default or too easy"),
        ({"SECRET_KEY": SECRET[:30]}, "SECRET_KEY is a default or too easy"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"STEK_DEMO": "1"}, "STEK_DEMO"),
        ({"STEK_CLOCK": "now"}, "STEK_CLOCK"),
        ({"STEK_DEBUG": "1"}, "STEK_DEBUG"),
    ],
)
def test_production_refuses_to_start(load, changes, named):
    with pytest.raises(ConfigurationError, match=named):
        load(**{**PRODUCTION, **changes})


def test_a_clock_outside_the_demonstration_is_refused(load):
    with pytest.raises(ConfigurationError, match="STEK_DEMO=1"):
        load(STEK_CLOCK="2023-10-10T09:00")


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("DATABASE_URI", "DATABASE_URL"),
        ("REDIS_URI", "REDIS_URL"),
        ("SECRETKEY", "SECRET_KEY"),
        ("ALLOWED_HOST", "ALLOWED_HOSTS"),
        ("STEK_DMEO", "STEK_DEMO"),
        ("stek_clock", "STEK_CLOCK"),
    ],
)
def test_a_misspelt_variable_is_named_with_the_right_one(load, misspelt, meant):
    with pytest.raises(ConfigurationError, match=f"{misspelt}: did you mean {meant}"):
        load(**{misspelt: "x"})


def test_an_unknown_variable_of_ours_is_named(load):
    with pytest.raises(ConfigurationError, match="STEK_COFFEE"):
        load(STEK_COFFEE="1")


def test_a_variable_of_another_program_is_left_alone(load):
    assert load(AWS_SECRET_KEY="x")["DEBUG"] is False


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("DATABASE_URL", "mysql://stek:geheim@db.example/stek"),
        ("DATABASE_URL", "postgres://stek:geheim@db.example:54x2/stek"),
        ("DATABASE_URL", "postgres://stek:geheim@[db/stek"),
        ("DATABASE_URL", "postgres://stek:geheim@db.example/"),
        ("DATABASE_URL", "stek:geheim@db.example/stek"),
        ("REDIS_URL", "redis://:geheim@cache.example/first"),
        ("REDIS_URL", "http://:geheim@cache.example/1"),
        ("EMAIL_URL", "smtp://post:geheim@"),
        ("EMAIL_URL", "imap://post:geheim@mail.example"),
        ("STEK_BASE_URL", "https://post:geheim@stek.example"),
    ],
)
def test_an_address_that_cannot_be_used_is_named_without_its_password(load, name, url):
    with pytest.raises(ConfigurationError, match=name) as refusal:
        load(**{name: url})
    assert "geheim" not in str(refusal.value)
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


@pytest.mark.parametrize(("name", "value"), [("STEK_DEMO", "perhaps"), ("STEK_ENV", "prod")])
def test_a_value_that_means_nothing_is_refused(load, name, value):
    with pytest.raises(ConfigurationError, match=name):
        load(**{name: value})


def test_an_empty_variable_counts_as_not_set(load):
    assert load(DATABASE_URL="", REDIS_URL=" ", STEK_DEMO="")["REDIS_URL"] is None


def test_check_deploy_is_clean_in_production(tmp_path):
    # The last one is of the browser tests, and nothing to deploy with.
    left_out = {*COMMON_NAMES, *OWN_NAMES, "DJANGO_ALLOW_ASYNC_UNSAFE"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={**kept, **PRODUCTION, "STEK_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
