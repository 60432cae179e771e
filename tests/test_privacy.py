"""No address or number of a person leaves this project, by a page or by its files."""

from __future__ import annotations

import re
import subprocess

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from sites.enums import RoleKind
from sites.models import Site
from tests.demo import TEN_OCTOBER, K, W, demonstration
from tests.factories.partners import make_membership
from tests.factories.sites import make_person, make_user
from tests.pdf import Pdf

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Belgian numbers as people write them: 03 123 45 67, 0470/12.34.56, +32 (0)3 …
PHONE = re.compile(r"(?<![\w.-])(?:\+32|0032|0)[ ./(0)-]{0,4}[1-9](?:[ ./-]?\d){7,8}(?![\w-])")
SEEDS = settings.BASE_DIR.parent / "shared" / "seeds"


def mails(text):
    """Addresses in a text; a UID of the feed is built like one and is none."""
    uid = re.compile(rf"[0-9a-f-]{{36}}@{re.escape(settings.STEK_UID_DOMAIN)}")
    return MAIL.findall(uid.sub("", text))


def digits(number):
    return re.sub(r"\D", "", number)[-8:]


@pytest.fixture(scope="module")
def loaded_demo(django_db_setup, django_db_blocker):
    with demonstration(django_db_blocker):
        yield


@pytest.fixture
def demo(loaded_demo, db):
    with time_machine.travel(TEN_OCTOBER, tick=False):
        yield


def is_like_another(link: str) -> bool:
    """Papers, calendars and texts to share say what the pages say, and making each in eleven languages and of every week takes long: those
    in Dutch, of one week, and one poster of a place.
    """
    is_another_poster = "/activiteit/" in link and link.endswith(".pdf") and "koffie-en-formulieren" not in link
    return re.search(r"[.](pdf|ics)[?]|/delen/\d", link) is not None or is_another_poster


def public_texts():
    """Address -> text of everything a stranger can reach from the home page, and of some weeks and data."""
    client = Client()
    todo = ["/"]
    for site in (K, W):
        todo += [f"/{site}/week/{week}/" for week in ("2022-W16", "2022-W40", "2023-W06", "2023-W41")]
        todo += [f"/{site}/week/2023-W41.json", f"/{site}/agenda.ics", f"/{site}/agenda.ics?taal=fr"]
        todo += [f"/{site}/delen/2023-W41/", f"/fr/{site}/delen/2023-W41/"]
    seen = {}
    while todo:
        address = todo.pop()
        if address in seen:
            continue
        response = client.get(address)
        is_paper = response["Content-Type"] == "application/pdf"
        seen[address] = Pdf(response.content).words if is_paper else response.content.decode()
        if response["Content-Type"].startswith("text/html"):
            links = re.findall(r'href="(/(?!static|/)[^"#]*)"', seen[address])
            todo += [link for link in links if "/week/" not in link and not is_like_another(link)]
    return seen


@pytest.mark.once
def test_no_public_page_holds_a_mail_address_or_a_phone_number(demo):
    # The very rows that must stay hidden.
    person = make_user(email="geheim.persoon@voorbeeld.be", name="Geheime Persoon")
    site = Site.objects.get(slug=W)
    make_person(RoleKind.COORDINATOR, user=person, site=site)
    make_membership(site, user=person)

    texts = public_texts()

    assert len(texts) > 90
    assert {"/privacy/", f"/fr/{K}/partners/", f"/{W}/agenda.ics"} <= texts.keys()
    assert {address: found for address, text in texts.items() if (found := mails(text) + PHONE.findall(text))} == {}
    assert [address for address, text in texts.items() if "Geheime Persoon" in text] == []


@pytest.mark.parametrize("text", ["jan.peeters@saamo.be", "a+b@c.co.uk"])
def test_mail_addresses_are_recognised(text):
    assert mails(f"Mail naar {text}.") == [text]


@pytest.mark.parametrize(
    "text", ["03 123 45 67", "0470 12 34 56", "0470/12.34.56", "+32 470 12 34 56", "+32 (0)3 123 45 67", "031234567"]
)
def test_phone_numbers_are_recognised(text):
    assert len(PHONE.findall(f"Bel {text} nu")) == 1


@pytest.mark.parametrize("text", ["2023-10-12", "20231012T110000Z", "10.00 tot 12.00 uur", "2023-W41", "0 tot 12"])
def test_dates_and_hours_are_not_phone_numbers(text):
    assert PHONE.findall(f"op {text} nu") == []


def kept_files():
    """Every file of the project that is text, as it stands in the working copy."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=settings.BASE_DIR, capture_output=True, check=True).stdout
    for name in names.decode().split("\0"):
        path = settings.BASE_DIR / name
        if name and path.is_file():
            try:
                yield name, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the sources do not stand beside this copy of the project")
def test_no_file_of_the_project_holds_an_address_or_number_of_the_sources():
    sources = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in SEEDS.glob("*.txt"))
    secret_mails = {mail.lower() for mail in MAIL.findall(sources)}
    secret_numbers = {digits(number) for number in PHONE.findall(sources)}
    assert secret_mails or secret_numbers

    files = dict(kept_files())

    assert len(files) > 100
    # The names of files only: what was found must not stand in a log.
    leaks = {
        name
        for name, text in files.items()
        if secret_mails & {mail.lower() for mail in MAIL.findall(text)}
        or secret_numbers & {digits(number) for number in PHONE.findall(text)}
    }
    assert leaks == set()
