"""What is kept of oneself: read, taken along, and forgotten, on the pages."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from sites.enums import RoleKind
from sites.models import Erasure, User
from stek.time import wall_now
from tests.factories.partners import make_invitation, make_membership, make_organisation
from tests.factories.sites import make_change, make_person, make_role, make_site
from tests.reading import read

from .conftest import sign_in

pytestmark = pytest.mark.django_db
ALL, FILE, FORGET = "/account/gegevens/alles/", "/account/gegevens/alles.json", "/account/gegevens/vergeten/"


@pytest.fixture
def mira_in(client, mira, mailoutbox) -> Client:
    sign_in(client, mira, mailoutbox)
    mailoutbox.clear()
    return client


@pytest.fixture(autouse=True)
def listed(settings, tmp_path):
    settings.STEK_ERASURES = tmp_path / "erasures.txt"
    return settings.STEK_ERASURES


def later():
    return time_machine.travel(wall_now() + dt.timedelta(minutes=16))


# --- taking along


def test_file_holds_everything_of_oneself_and_nothing_of_others(mira_in, mira, jef):
    site = make_site(name="De Brug")
    make_membership(site, user=mira, organisation=make_organisation(name="Ligo"), until=dt.date(2023, 12, 31))
    make_membership(site, user=jef, organisation=make_organisation(name="Van Jef"))
    make_invitation(site, email=mira.email, name="Mira")
    make_invitation(site, email="gast@example.org", name="Een gast", invited_by=mira)
    make_change(site, by=mira, verb="rename", reason="Nieuwe naam")
    make_change(site, by=jef, verb="rename", reason="Van Jef")
    make_change(None, by=jef, verb="close_account", about_model="sites.user", about_id=str(mira.pk), reason="Van Jef")
    Authenticator.objects.create(user=mira, type=Authenticator.Type.TOTP, data={"secret": "GEHEIM"})

    answer = mira_in.get(FILE)

    whole = json.loads(answer.content)
    data = whole["data"]
    assert (whole["format"], whole["version"]) == ("stek-own-data", 1)
    assert answer["Content-Disposition"].startswith('attachment; filename="stek-20')
    assert "no-store" in answer["Cache-Control"]
    assert data["account"] == [
        {"name": "Mira", "email": "mira@example.org", "language": "Nederlands", "account_is_open": True}
    ]
    assert [row["role"] for row in data["roles"]] == ["vrijwilliger"]
    assert data["memberships"] == [
        {"organisation": "Ligo", "where": "De Brug", "since": "2022-01-01", "until": "2023-12-31"}
    ]
    assert [row["email"] for row in data["invitations"]] == ["mira@example.org"]
    assert [row["where"] for row in data["invited"]] == ["De Brug"]
    assert [row["kind"] for row in data["ways_in"]] == ["app voor de tweede stap"]
    assert len(data["sessions"]) == 1
    assert [row["reason"] for row in data["changes"]] == ["Nieuwe naam", ""]
    others = ("Jef", "jef@example.org", "gast@example.org", "Een gast", "GEHEIM")
    assert [word for word in others if word in answer.content.decode()] == []
    assert mira_in.session.session_key not in answer.content.decode()


def test_page_says_the_same_in_the_language_of_its_reader(mira_in, mira):
    for number in range(25):
        make_change(make_site(), by=mira, reason=f"Reden {number}")

    main = read(mira_in.get(f"/fr{ALL}")).one("main")

    assert [heading.text for heading in main.all("h2")][:2] == ["Vous", "Vos clés"]
    assert "mira@example.org" in main.text
    assert "Reden 24" in main.text
    assert "Reden 4 " not in main.text
    assert "Et encore 5 lignes plus anciennes" in main.text


def test_who_has_no_key_any_more_may_still_read_take_along_and_leave(client):
    user = User.objects.create_user("weg@example.org")
    client.force_login(user)

    assert [client.get(path).status_code for path in (ALL, FILE)] == [200, 200]


# --- being forgotten


def test_forgotten_after_a_tick_and_signed_out_everywhere(mira_in, mira, listed, django_capture_on_commit_callbacks):
    other = Client()
    other.force_login(mira)

    unsure = mira_in.post(FORGET, {})
    with django_capture_on_commit_callbacks(execute=True):
        sure = mira_in.post(FORGET, {"is_sure": "on"})

    assert unsure.status_code == 200
    assert "Vink dit aan als je zeker bent." in unsure.text
    assert sure["Location"] == "/account/vergeten/"
    assert not User.objects.filter(email="mira@example.org").exists()
    assert [one.get("/mijn/").status_code for one in (mira_in, other)] == [302, 302]
    assert listed.read_text().startswith(f"{Erasure.objects.get().erasure_id} ")
    last = read(mira_in.get("/account/vergeten/")).one("main")
    assert "Wat we over je bewaarden, is weg." in last.text


def test_forgetting_asks_for_a_code_after_a_quarter_of_an_hour(mira_in):
    with later():
        answers = (mira_in.get(FORGET), mira_in.post(FORGET, {"is_sure": "on"}))

    assert {answer["Location"] for answer in answers} == {"/account/opnieuw/?next=%2Faccount%2Fgegevens%2Fvergeten%2F"}
    assert User.objects.filter(email="mira@example.org").exists()


def test_last_coordinator_reads_what_comes_first(mira_in, mira):
    make_role(RoleKind.COORDINATOR, user=mira, site=make_site(name="De Brug"))

    answer = mira_in.post(FORGET, {"is_sure": "on"})

    assert (
        "Dan heeft De Brug geen opbouwwerker meer. Nodig eerst een opvolger uit; zegt die ja, dan kan dit."
        in answer.text
    )
    assert User.objects.filter(pk=mira.pk).exists()
    assert mira_in.get("/mijn/").status_code == 200


def test_address_that_was_forgotten_can_begin_anew(mira_in, mira):
    mira_in.post(FORGET, {"is_sure": "on"})

    anew = User.objects.create_user("mira@example.org")

    assert anew.erasure_id not in set(Erasure.objects.values_list("erasure_id", flat=True))


# --- by an administrator


@pytest.fixture
def ada_in(client, mailoutbox) -> Client:
    ada = make_person(RoleKind.ADMINISTRATOR, user=User.objects.create_user("ada@example.org", name="Ada"))
    make_role(RoleKind.ADMINISTRATOR)
    sign_in(client, ada, mailoutbox)
    return client


def test_administrator_forgets_who_asked_for_it(ada_in, jef):
    page = ada_in.get(f"/beheer/mensen/{jef.pk}/")
    assert f"/beheer/mensen/{jef.pk}/vergeten/" in page.text

    asked = ada_in.get(f"/beheer/mensen/{jef.pk}/vergeten/")
    answer = ada_in.post(f"/beheer/mensen/{jef.pk}/vergeten/", {"is_sure": "on"})

    assert "jef@example.org" in asked.text
    assert answer["Location"] == "/beheer/mensen/"
    assert not User.objects.filter(pk=jef.pk).exists()
    assert ada_in.get("/mijn/").status_code == 200


def test_administrator_goes_by_the_own_page_and_with_a_code(ada_in, jef):
    ada = User.objects.get(email="ada@example.org")

    own = ada_in.post(f"/beheer/mensen/{ada.pk}/vergeten/", {"is_sure": "on"})
    with later():
        late = ada_in.post(f"/beheer/mensen/{jef.pk}/vergeten/", {"is_sure": "on"})

    assert own["Location"] == FORGET
    assert late["Location"].startswith("/account/opnieuw/")
    assert {ada, jef} <= set(User.objects.all())


def test_coordinator_forgets_nobody(client, jef, mailoutbox):
    site = jef.roles.get().site
    sign_in(
        client, make_person(RoleKind.COORDINATOR, user=User.objects.create_user("c@example.org"), site=site), mailoutbox
    )

    answer = client.post(f"/beheer/mensen/{jef.pk}/vergeten/", {"is_sure": "on"})

    assert answer.status_code == 403
    assert User.objects.filter(pk=jef.pk).exists()
