"""The desk's page of people, and the network's: what it shows to whom, and that sent forms cannot reach further."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partners.actions.invitations import invite
from partners.models import Invitation
from sites.actions.roles import grant_role
from sites.enums import RoleKind
from sites.models import ChangeLog, Role, User
from tests.factories.partners import make_engagement, make_invitation, make_membership, make_organisation
from tests.factories.sites import make_role, make_site, make_user
from tests.reading import read

pytestmark = pytest.mark.django_db

C, P, V, S, A = (
    RoleKind.COORDINATOR,
    RoleKind.PARTNER_WORKER,
    RoleKind.VOLUNTEER,
    RoleKind.STEERING,
    RoleKind.ADMINISTRATOR,
)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


@pytest.fixture
def site():
    return make_site(slug="hier", name="Hier")


@pytest.fixture
def other():
    return make_site(slug="daar", name="Daar")


@pytest.fixture
def jef(site):
    return make_role(C, site=site, user=make_user(name="Jef", email="jef@example.org")).user


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def client(jef):
    return signed_in(jef)


@pytest.fixture
def administrator():
    return make_role(A, user=make_user(name="Ada")).user


INVITE = {"kind": "volunteer", "organisation": "", "email": "mira@example.org", "name": "Mira", "language": "fr"}


# --- who is there


def test_page_groups_keys_by_role_and_leaves_out_what_is_over_or_elsewhere(client, site, other):
    samira = make_role(P, site=site, user=make_user(name="Samira"), until=dt.date(2023, 10, 31)).user
    make_membership(site, user=samira, organisation=make_organisation(name="Ligo"))
    make_membership(other, user=samira, organisation=make_organisation(name="Elders"))
    make_role(V, site=site, user=make_user(name="Vroeger"), until=dt.date(2023, 10, 9))
    make_role(V, site=other, user=make_user(name="Van daar"))

    main = read(client.get("/beheer/hier/mensen/")).one("main")

    assert [heading.text for heading in main.all("h2")] == [
        "Opbouwwerker (1)",
        "Werker van een partner (1)",
        "Nodig iemand uit",
    ]
    assert [heading.text for heading in main.all("h3")] == ["Jef", "Samira"]
    assert "Ligo" in main.text
    assert "tot en met 31 oktober 2023" in main.text
    assert [word for word in ("Vroeger", "Van daar", "Elders") if word in main.text] == []


@pytest.mark.parametrize("number", [1, 100])
def test_page_costs_the_same_for_one_and_a_hundred(client, site, number):
    for _ in range(number):
        membership = make_membership(site)
        make_role(P, site=site, user=membership.user)
        make_invitation(site, kind=P, organisation=membership.organisation)

    with CaptureQueriesContext(connection) as queries:
        assert len(read(client.get("/beheer/hier/mensen/")).all("h3")) == 1 + 2 * number

    assert len(queries) == 11


@pytest.mark.parametrize("number", [1, 45])
def test_network_costs_the_same_for_one_and_many(administrator, site, number):
    for _ in range(number):
        make_role(C, site=site)
        make_invitation(kind=S, partnership=site.partnership)
    client = signed_in(administrator)

    with CaptureQueriesContext(connection) as queries:
        assert len(read(client.get("/beheer/mensen/")).all("h3")) == 1 + 2 * number

    assert len(queries) == 6


def test_desk_says_what_waits_and_when_the_last_coordinator_stops(client, site, jef):
    make_invitation(site)
    Role.objects.filter(user=jef).update(until=dt.date(2023, 12, 31))

    main = read(client.get("/beheer/hier/")).one("main")

    assert "De laatste opbouwwerker stopt op 31 december 2023. Nodig een opvolger uit." in main.text
    assert "1 uitnodiging wacht op antwoord." in main.text


def test_history_names_who_the_reader_may_see_and_nobody_else(client, site, other, jef, administrator):
    grant_role(make_user(name="Mira"), kind=V, site=site, by=jef)
    grant_role(make_user(name="Samira"), kind=C, site=site, by=administrator)
    grant_role(make_user(name="Van daar"), kind=V, site=other, by=administrator)
    invite(by=jef, email="bo@example.org", kind=V, site=site)

    (history,) = read(client.get("/beheer/hier/mensen/")).all("details")

    assert [line.text for line in history.all("li")] == [
        "10 oktober 2023 · Jef Uitgenodigd: bo@example.org, vrijwilliger",
        "10 oktober 2023 · een beheerder Sleutel gegeven: Samira, opbouwwerker",
        "10 oktober 2023 · Jef Sleutel gegeven: Mira, vrijwilliger",
    ]


@pytest.mark.parametrize("number", [1, 8])
def test_history_costs_the_same_for_one_and_many(client, site, jef, number):
    for _ in range(number):
        grant_role(make_user(), kind=V, site=site, by=make_role(C, site=site).user)
        invite(by=jef, email=make_user().email, kind=V, site=site)

    with CaptureQueriesContext(connection) as queries:
        client.get("/beheer/hier/mensen/")

    assert len(queries) == 12


# --- inviting


def test_coordinator_invites_and_sees_who_is_invited(client, site, jef, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/beheer/hier/mensen/", INVITE)

    assert (response.status_code, response["Location"]) == (302, "/beheer/hier/mensen/")
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.kind, invitation.site, invitation.invited_by) == (
        "mira@example.org",
        V,
        site,
        jef,
    )
    assert [letter.to for letter in mail.outbox] == [["mira@example.org"]]
    page = read(client.get("/beheer/hier/mensen/"))
    assert "We stuurden een mail naar mira@example.org." in page.text
    assert "Nog geen antwoord" in page.text


def test_at_night_the_page_says_when_the_mail_leaves(client, site, jef, time_machine):
    time_machine.move_to("2023-10-10T22:00+02:00", tick=False)

    client.post("/beheer/hier/mensen/", INVITE)

    assert "De mail naar mira@example.org vertrekt om 8 uur" in read(client.get("/beheer/hier/mensen/")).text


def test_worker_needs_an_organisation_that_works_here(client, site, other):
    elsewhere = make_engagement(other).organisation
    here = make_engagement(site, organisation=make_organisation(name="Ligo")).organisation

    refused = [
        client.post("/beheer/hier/mensen/", INVITE | {"kind": "partner_worker", "organisation": organisation})
        for organisation in ("", elsewhere.pk)
    ]
    accepted = client.post("/beheer/hier/mensen/", INVITE | {"kind": "partner_worker", "organisation": here.pk})

    assert [list(response.context["form"].errors) for response in refused] == [["organisation"]] * 2
    assert 'value="mira@example.org"' in refused[0].content.decode()
    assert (accepted.status_code, Invitation.objects.get().organisation) == (302, here)


@pytest.mark.parametrize("kind", ["administrator", "steering", "", "wat dan ook"])
def test_kind_that_is_not_in_the_form_is_refused_beside_it(client, kind):
    response = client.post("/beheer/hier/mensen/", INVITE | {"kind": kind})

    assert list(response.context["form"].errors) == ["kind"]
    assert Invitation.objects.count() == 0


def test_fields_that_are_not_in_the_form_change_nothing(client, site, other, jef):
    tampered = {
        "site": other.pk,
        "partnership": other.partnership_id,
        "by": 1,
        "invited_by": 1,
        "user": 1,
        "token_hash": "x",
    }

    client.post("/beheer/hier/mensen/", INVITE | tampered)

    invitation = Invitation.objects.get()
    assert (invitation.site, invitation.partnership, invitation.invited_by) == (site, None, jef)
    assert invitation.token_hash != "x"


def test_administrator_may_ask_a_coordinator_only(administrator, site):
    client = signed_in(administrator)

    page = client.get("/beheer/hier/mensen/")
    refused = client.post("/beheer/hier/mensen/", INVITE)
    accepted = client.post("/beheer/hier/mensen/", INVITE | {"kind": "coordinator"})

    assert page.context["form"].fields["kind"].choices == [("coordinator", "opbouwwerker")]
    assert (list(refused.context["form"].errors), accepted.status_code) == (["kind"], 302)


def test_invitation_is_sent_again_and_taken_back_from_the_list(client, site, jef):
    invitation = invite(by=jef, email="mira@example.org", kind=V, site=site)
    address = f"/beheer/hier/mensen/uitnodiging/{invitation.pk}/"
    before = invitation.token_hash

    client.post(address, {"do": "resend"})
    invitation.refresh_from_db()
    client.post(address, {"do": "withdraw"})

    assert invitation.token_hash != before
    assert "Ingetrokken" in read(client.get(address)).text
    assert "Nog geen antwoord" not in read(client.get("/beheer/hier/mensen/")).text


def test_fourth_letter_of_a_day_is_refused_with_a_sentence(client, site, jef):
    invitation = invite(by=jef, email="mira@example.org", kind=V, site=site)
    for _ in range(3):
        client.post(f"/beheer/hier/mensen/uitnodiging/{invitation.pk}/", {"do": "resend"})

    by_button = client.post(f"/beheer/hier/mensen/uitnodiging/{invitation.pk}/", {"do": "resend"}, follow=True)
    by_form = client.post("/beheer/hier/mensen/", INVITE)

    assert "vandaag al 3 keer" in read(by_button).text
    assert "vandaag al 3 keer" in read(by_form).text


def test_administrator_leaves_a_volunteers_invitation_alone(administrator, site, jef):
    invitation = invite(by=jef, email="mira@example.org", kind=V, site=site)

    response = signed_in(administrator).post(f"/beheer/hier/mensen/uitnodiging/{invitation.pk}/", {"do": "withdraw"})

    invitation.refresh_from_db()
    assert (response.status_code, invitation.withdrawn_at) == (403, None)


# --- a key ends


def test_key_ends_after_a_look_at_what_it_means(client, site):
    mira = make_user(name="Mira")
    role = make_role(V, site=site, user=mira)
    address = f"/beheer/hier/mensen/sleutel/{role.pk}/"

    look = read(client.post(address, {"on": "2023-10-20", "step": "look"})).one("main")
    role.refresh_from_db()
    before = role.until
    response = client.post(address, {"on": "2023-10-20", "step": "end"})

    assert "Laatste dag: vrijdag 20 oktober 2023" in look.text
    assert "Mira kan tot en met vrijdag 20 oktober 2023 nog binnen. Daarna niet meer." in look.text
    assert (before, response["Location"]) == (None, "/beheer/hier/mensen/")
    role.refresh_from_db()
    assert role.until == dt.date(2023, 10, 20)


def test_last_coordinator_reads_beside_the_day_what_to_do_first(client, site, jef):
    role = jef.roles.get()

    for step in ("look", "end"):
        response = client.post(f"/beheer/hier/mensen/sleutel/{role.pk}/", {"on": "2023-12-31", "step": step})
        assert "Nodig eerst een opvolger uit" in response.context["form"].errors["on"][0]
        assert 'value="2023-12-31"' in response.content.decode()

    role.refresh_from_db()
    assert role.until is None


def test_coordinator_with_a_successor_sees_how_many_stay(client, site, jef):
    make_role(C, site=site)
    worker = make_membership(site, organisation=make_organisation(name="Ligo"))
    key = make_role(P, site=site, user=worker.user)

    own = client.post(f"/beheer/hier/mensen/sleutel/{jef.roles.get().pk}/", {"on": "2023-12-31", "step": "look"})
    other = client.post(f"/beheer/hier/mensen/sleutel/{key.pk}/", {"on": "2023-12-31", "step": "look"})

    assert "Daarna is er nog 1 opbouwwerker." in read(own).text
    assert "Ook het werk hier voor Ligo stopt dan." in read(other).text


def test_key_cannot_be_made_another_persons_or_sites(client, site, other, jef):
    stranger = make_role(V, site=other)
    role = make_role(V, site=site)

    client.post(
        f"/beheer/hier/mensen/sleutel/{role.pk}/",
        {
            "on": "2023-10-20",
            "step": "end",
            "role": stranger.pk,
            "user": jef.pk,
            "site": other.pk,
            "kind": "administrator",
        },
    )

    role.refresh_from_db()
    stranger.refresh_from_db()
    assert (role.kind, role.site, role.until, stranger.until) == (V, site, dt.date(2023, 10, 20), None)


# --- the network


def test_administrator_finds_by_name_or_address_and_the_words_stay_out_of_the_address(administrator, site):
    mira = make_role(V, site=site, user=make_user(name="Mira", email="m@example.org")).user
    make_role(V, site=site, user=make_user(name="Samira S.", email="s@elders.example"))
    make_user(name="Jef", email="jef@example.org")
    client = signed_in(administrator)

    found = {
        words: [heading.text for heading in read(client.post("/beheer/mensen/", {"words": words})).all("h3")]
        for words in ("mira", "S@ELDERS", "niemand")
    }

    assert found == {"mira": ["Mira", "Samira S."], "S@ELDERS": ["Samira S."], "niemand": []}
    assert [heading.text for heading in read(client.get("/beheer/mensen/")).all("h3")] == ["Ada"]
    assert f"/beheer/mensen/{mira.pk}/" in read(client.post("/beheer/mensen/", {"words": "m@"})).links().values()


def test_administrator_grants_and_the_coordinators_hear_of_it(
    administrator, site, jef, django_capture_on_commit_callbacks
):
    address = f"/beheer/mensen/{administrator.pk}/"
    form = {"do": "grant", "kind": "coordinator", "site": site.pk, "partnership": ""}

    with django_capture_on_commit_callbacks(execute=True):
        response = signed_in(administrator).post(address, form)

    assert response["Location"] == address
    assert list(Role.objects.filter(user=administrator, site=site).values_list("kind", flat=True)) == [C]
    log = ChangeLog.objects.get()
    assert (log.by, log.verb, log.site) == (administrator, "grant_role", site)
    assert [letter.to for letter in mail.outbox] == [[jef.email]]


@pytest.mark.parametrize(
    ("kind", "scope", "errors"),
    [
        ("volunteer", "site", ["kind"]),
        ("partner_worker", "site", ["kind"]),
        ("coordinator", "partnership", ["site"]),
        ("steering", "site", ["partnership"]),
        ("", "site", ["kind"]),
    ],
)
def test_grant_with_another_kind_or_scope_is_refused_beside_it(administrator, site, kind, scope, errors):
    mira = make_user()
    ids = {"site": site.pk, "partnership": site.partnership_id}

    response = signed_in(administrator).post(
        f"/beheer/mensen/{mira.pk}/", {"do": "grant", "kind": kind, scope: ids[scope]}
    )

    assert list(response.context["form"].errors) == errors
    assert mira.roles.count() == 0


def test_steering_and_administrator_keys_are_granted_with_their_own_scope_only(administrator, site):
    mira = make_user()
    client = signed_in(administrator)

    for kind in ("steering", "administrator"):
        form = {"do": "grant", "kind": kind, "site": site.pk, "partnership": site.partnership_id}
        client.post(f"/beheer/mensen/{mira.pk}/", form)

    scopes = set(mira.roles.values_list("kind", "site", "partnership"))
    assert scopes == {(S, None, site.partnership_id), (A, None, None)}


def test_account_is_closed_and_opened_again(administrator, site):
    mira = make_role(V, site=site).user
    client = signed_in(administrator)

    client.post(f"/beheer/mensen/{mira.pk}/", {"do": "close"})
    closed = User.objects.get(pk=mira.pk).is_active
    client.post(f"/beheer/mensen/{mira.pk}/", {"do": "reopen"})

    assert (closed, User.objects.get(pk=mira.pk).is_active) == (False, True)


def test_account_of_a_last_coordinator_and_the_own_one_stay_open(administrator, jef):
    client = signed_in(administrator)

    last = client.post(f"/beheer/mensen/{jef.pk}/", {"do": "close"}, follow=True)
    own = client.post(f"/beheer/mensen/{administrator.pk}/", {"do": "close"}, follow=True)

    assert "Nodig eerst een opvolger uit" in read(last).text
    assert "Je eigen account kan je hier niet sluiten." in read(own).text
    assert User.objects.filter(is_active=False).count() == 0


def test_administrator_invites_to_a_steering_group_and_ends_its_keys(administrator, site):
    client = signed_in(administrator)
    form = INVITE | {"kind": "steering", "site": "", "partnership": site.partnership_id}
    role = make_role(S, partnership=site.partnership)

    client.post("/beheer/mensen/uitnodigen/", form)
    client.post(f"/beheer/mensen/sleutel/{role.pk}/", {"on": "2023-10-20", "step": "end"})

    assert Invitation.objects.get().partnership == site.partnership
    role.refresh_from_db()
    assert role.until == dt.date(2023, 10, 20)
    assert "mira@example.org" in read(client.get("/beheer/mensen/")).one("main").text
