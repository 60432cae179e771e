"""`/demo/mail/`: what the demonstration would have sent. There in demo mode only."""

from __future__ import annotations

import importlib
import os
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import clear_url_caches

from stek.outbox import files
from stek.outbox.actions import KEEP_ADDRESS
from stek.outbox.tasks import blank_addresses
from stek.time import wall_now
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    """Mail goes to files, as without EMAIL_URL."""
    options = {"file_path": str(tmp_path / "mail")}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": options}}
    return tmp_path / "mail"


@pytest.fixture
def demo(settings, folder):
    settings.STEK_DEMO = True
    settings.ROOT_URLCONF = "stek.demo_urls"
    importlib.import_module("stek.demo_urls")
    clear_url_caches()
    yield folder
    clear_url_caches()


def send(subject: str, body: str = "Dag,\n\nKom je? http://127.0.0.1:8000/kattegat/\n", **headers) -> None:
    EmailMessage(subject, body, to=["mira@voorbeeld.example"], headers=headers).send()


def age(folder: Path, moment: float) -> None:
    """What was sent so far was sent at a moment; a file of its own, for a folder names files by the second."""
    (path,) = folder.glob("*")
    os.utime(path.rename(folder / "oud.log"), (moment, moment))


def test_the_newest_letter_stands_first_with_links_to_click(demo):
    send("Eerste")
    age(demo, 0)
    send("Tweede: één & al", **{"Content-Language": "fr"})

    page = read(Client().get("/demo/mail/"))

    articles = page.one("main").all("article")
    assert [article.one("h2").text for article in articles] == ["Tweede: één & al", "Eerste"]
    assert [article.attributes.get("lang") for article in articles] == ["fr", None]
    assert "http://127.0.0.1:8000/kattegat/" in page.one("main").links().values()
    assert "mira@voorbeeld.example" in articles[0].text


def test_markup_in_a_letter_stays_text(demo):
    send("<b>x</b>", "<script>alert(1)</script>")

    content = Client().get("/demo/mail/").content.decode()

    assert "<script>alert" not in content
    assert "<b>x</b>" not in content


def test_without_a_letter_the_page_says_how_to_get_one(demo):
    assert "Er is nog geen mail." in read(Client().get("/demo/mail/")).one("main").text


def test_the_page_of_example_people_leads_to_it(demo):
    assert "/demo/mail/" in read(Client().get("/demo/")).one("main").links().values()


def test_it_is_not_there_outside_the_demonstration(folder):
    send("Geheim")

    assert Client().get("/demo/mail/").status_code == 404


def test_mail_in_files_is_gone_after_two_weeks(folder):
    send("Oud")
    age(folder, (wall_now() - KEEP_ADDRESS).timestamp() - 60)
    send("Nieuw")

    blank_addresses()

    assert [letter.subject for letter in files.letters()] == ["Nieuw"]


def test_mail_that_really_leaves_is_read_nowhere(settings, tmp_path):
    settings.MAILERS = {"default": {"BACKEND": "stek.outbox.smtp.EmailBackend", "OPTIONS": {"host": "127.0.0.1"}}}

    assert (files.folder(), files.letters(), files.clear(wall_now())) == (None, [], 0)
