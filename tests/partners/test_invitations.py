"""From the mail to the key: in time, once, and only for who was asked."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from partners.actions.invitations import accept, account_for, invite, resend, withdraw
from partners.actions.seats import change_seat
from partners.models import Invitation, Membership
from partners.rules import hash_of
from sites.actions.accounts import close_account
from sites.actions.roles import end_role
from sites.enums import RoleKind
from sites.models import ChangeLog, Role, User
from tests.activities.test_races import at_once
from tests.factories.partners import make_body, make_engagement, make_organisation, make_seat
from tests.factories.sites import make_person, make_role, make_site, make_user
from tests.reading import read
from tests.sites.accounts.conftest import code_in

pytestmark = pytest.mark.django_db

C, P, V, S, A = (
    RoleKind.COORDINATOR,
    RoleKind.PARTNER_WORKER,
    RoleKind.VOLUNTEER,
    RoleKind.STEERING,
    RoleKind.ADMINISTRATOR,
)
MIRA = "mira@example.org"
LINK = re.compile(r"http://127\.0\.0\.1:8000(/\S+)")


@pytest.fixture
def site():
    make_site()
    return make_site(name="'t Kattegat")


@pytest.fixture
def jef(site):
    """The coordinator of the site."""
    return make_role(C, site=site, user=make_user(name="Jef")).user


@pytest.fixture
def letters(django_capture_on_commit_callbacks):
    """Run an action and get the letters it sent."""

    def sent(action):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            action()
        return list(mail.outbox)

    return sent


def link_in(letter) -> str:
    (link,) = LINK.findall(letter.body)
    return link


@pytest.fixture
def link(letters, site, jef):
    """The link in the mail to Mira, who is asked to volunteer."""
    (letter,) = letters(lambda: invite(by=jef, email=MIRA, kind=V, site=site, name="Mira"))
    return link_in(letter)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def keys_of(email: str) -> list[tuple]:
    return list(Role.objects.filter(user__email=email).values_list("kind", "site", "partnership", "until"))


def verbs() -> list[str]:
    return list(ChangeLog.objects.order_by("pk").values_list("verb", flat=True))


# --- the letter


@pytest.mark.parametrize(
    ("language", "prefix", "subject"),
    [
        ("nl", "/uitnodiging/", "Doe je mee bij 't Kattegat?"),
        ("fr", "/fr/uitnodiging/", "Participez-vous à 't Kattegat ?"),
        ("en", "/en/uitnodiging/", "Will you join 't Kattegat?"),
    ],
)
def test_letter_is_in_the_language_of_who_is_invited(letters, site, jef, language, prefix, subject):
    (letter,) = letters(lambda: invite(by=jef, email=" Mira@Example.org ", kind=V, site=site, language=language))

    assert (letter.to, letter.subject, letter.extra_headers["Content-Language"]) == ([MIRA], subject, language)
    assert link_in(letter).startswith(prefix)
    assert "Jef" in letter.body
    assert "&#x27;" not in letter.subject + letter.body


def test_token_is_nowhere_but_in_the_letter(link):
    token = link.split("/")[-2]

    row = Invitation.objects.get()
    kept = json.dumps([str(value) for value in Invitation.objects.values_list().get()])
    logged = json.dumps(list(ChangeLog.objects.values("changes", "reason", "about_id")))
    assert (token in kept, token in logged) == (False, False)
    assert row.token_hash == hash_of(token)
    assert len(token) >= 43


@pytest.mark.parametrize(
    ("who", "kind"),
    [("coordinator", S), ("coordinator", A), ("administrator", P), ("administrator", V), ("administrator", A), ("volunteer", V)],
)  # fmt: skip
def test_nobody_invites_to_a_key_that_is_not_theirs_to_give(site, jef, who, kind):
    by = {"coordinator": jef, "administrator": make_person(A), "volunteer": make_person(V, site=site)}[who]

    with pytest.raises(ValidationError):
        invite(by=by, email=MIRA, kind=kind, site=site)

    assert (Invitation.objects.count(), verbs()) == (0, [])


def test_worker_without_organisation_and_volunteer_with_one_are_refused(site, jef):
    for kind, organisation in ((P, None), (V, make_organisation())):
        with pytest.raises(ValidationError):
            invite(by=jef, email=MIRA, kind=kind, site=site, organisation=organisation)


# --- yes


def test_volunteer_signs_in_with_the_code_from_the_invited_mailbox_and_says_yes(link, site, letters):
    client = Client(enforce_csrf_checks=False)
    page = read(client.get(link))
    assert "Jef nodigt je uit. Je rol: vrijwilliger." in page.one("main").text

    response = client.post(link, {"do": "join"})

    assert response["Location"] == f"/account/code/?next={link.replace('/', '%2F')}"
    assert (User.objects.get(email=MIRA).name, keys_of(MIRA)) == ("Mira", [])
    assert mail.outbox[-1].to == [MIRA]
    response = client.post("/account/code/", {"code": code_in(mail.outbox[-1]), "next": link})
    assert response["Location"] == link
    assert "Je bent aangemeld als Mira." in read(client.get(link)).one("main").text
    response = client.post(link, {"do": "join"})
    assert response["Location"] == "/mijn/"
    assert keys_of(MIRA) == [(V, site.pk, None, None)]
    assert "Welkom bij 't Kattegat!" in read(client.get("/mijn/")).one("body").text


def test_worker_gets_membership_and_key(site, jef):
    organisation = make_organisation()
    make_engagement(site, organisation=organisation)
    invitation = invite(by=jef, email=MIRA, kind=P, site=site, organisation=organisation)

    assert accept(invitation, user=account_for(invitation))

    assert keys_of(MIRA) == [(P, site.pk, None, None)]
    assert list(Membership.objects.values_list("organisation", "site")) == [(organisation.pk, site.pk)]


def test_administrator_invites_to_the_steering_group_and_a_coordinator(site, letters, jef):
    administrator = make_person(A)
    steering = invite(by=administrator, email=MIRA, kind=S, partnership=site.partnership)
    coordinating = invite(by=administrator, email=MIRA, kind=C, site=site)
    mira = account_for(steering)

    sent = letters(lambda: [accept(one, user=mira) for one in (steering, coordinating)])

    assert keys_of(MIRA) == [(S, None, site.partnership.pk, None), (C, site.pk, None, None)]
    assert [letter.to for letter in sent] == [[jef.email]] * 2  # of each key: one over all places, one here


def test_steering_member_sits_there_for_an_organisation_with_a_seat_and_has_that_key_only(site, letters):
    administrator, caw, guest = make_person(A), make_organisation(name="CAW"), make_organisation()
    seat = make_seat(make_body(partnership=site.partnership), organisation=caw)
    make_seat(make_body(partnership=make_site().partnership), organisation=caw)
    asked = {"by": administrator, "email": MIRA, "kind": S, "partnership": site.partnership}
    with pytest.raises(ValidationError) as refusal:
        invite(**asked, organisation=guest)
    assert list(refusal.value.message_dict) == ["organisation"]

    (letter,) = letters(lambda: invite(**asked, organisation=caw))
    invitation = Invitation.objects.get()
    accept(invitation, user=account_for(invitation))

    assert "Je zit er voor CAW." in letter.body
    assert keys_of(MIRA) == [(S, None, site.partnership.pk, None)]
    change_seat(seat, by=None, site=site, since=None, until=dt.date(2023, 12, 31))
    assert keys_of(MIRA) == [(S, None, site.partnership.pk, dt.date(2023, 12, 31))]


def test_link_for_a_seat_that_has_ended_is_dead(site, letters, time_machine):
    caw = make_organisation()
    seat = make_seat(make_body(partnership=site.partnership), organisation=caw)
    invitation = invite(by=make_person(A), email=MIRA, kind=S, partnership=site.partnership, organisation=caw)
    change_seat(seat, by=None, site=site, since=None, until=dt.date(2023, 10, 10))

    time_machine.move_to("2023-10-11T00:00+02:00", tick=False)

    assert accept(invitation, user=account_for(invitation)) is False
    assert keys_of(MIRA) == []


def test_yes_twice_is_harmless_and_leads_home(link, site):
    mira = make_user(email=MIRA)
    client = signed_in(mira)

    answers = [client.post(link), client.post(link), client.get(link)]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/mijn/")] * 3
    assert keys_of(MIRA) == [(V, site.pk, None, None)]
    assert verbs() == ["invite", "accept_invitation", "grant_role"]


def test_yes_never_shortens_or_doubles_what_somebody_has(link, site):
    mira = make_role(V, site=site, user=make_user(email=MIRA)).user
    make_role(C, site=site, user=mira)

    signed_in(mira).post(link)

    assert sorted(keys_of(MIRA)) == [(C, site.pk, None, None), (V, site.pk, None, None)]


def test_two_clicks_at_once_make_one_account_and_one_key(transactional_db, site, jef):
    invitation = invite(by=jef, email=MIRA, kind=V, site=site)

    errors = at_once(*[lambda: accept(invitation, user=account_for(invitation))] * 4)

    assert (errors, keys_of(MIRA)) == ([], [(V, site.pk, None, None)])
    assert verbs() == ["invite", "accept_invitation", "grant_role"]


# --- no


def dead(client: Client, link: str) -> None:
    """Looking and sending find the page that says what to do, and nothing is given."""
    before = Role.objects.count()
    for response in (client.get(link), client.post(link, {"do": "join"})):
        assert response.status_code == 410
        assert read(response).one("h1").text == "Deze uitnodiging werkt niet (meer)"
        assert "opnieuw te sturen" in read(response).one("main").text
    assert Role.objects.count() == before


def test_link_works_for_two_weeks(link, time_machine):
    time_machine.move_to("2023-10-24T08:59:59+02:00", tick=False)
    assert Client().get(link).status_code == 200

    time_machine.move_to("2023-10-24T09:00:00+02:00", tick=False)

    dead(Client(), link)
    dead(signed_in(make_user(email=MIRA)), link)


def test_link_that_was_withdrawn_or_that_nobody_sent_is_dead(link, jef):
    invitation = Invitation.objects.get()
    withdraw(invitation, by=jef)
    withdraw(invitation, by=jef)

    dead(Client(), link)
    unknown = Client().get("/uitnodiging/nooit-verstuurd/")
    assert (unknown.status_code, read(unknown).one("h1").text) == (404, "Deze uitnodiging werkt niet (meer)")
    assert verbs() == ["invite", "withdraw_invitation"]


def test_used_link_is_dead_for_everybody_else(link):
    signed_in(make_user(email=MIRA)).post(link)

    dead(Client(), link)
    dead(signed_in(make_user(email="samira@example.org")), link)


def test_link_of_somebody_who_may_not_invite_any_more_is_dead(link, site, jef, time_machine):
    make_role(C, site=site)
    end_role(jef.roles.get(), on=dt.date(2023, 10, 10), by=None)
    assert Client().get(link).status_code == 200

    time_machine.move_to("2023-10-11T00:00+02:00", tick=False)

    dead(signed_in(make_user(email=MIRA)), link)


def test_account_that_was_closed_is_not_opened_by_an_invitation(link):
    mira = make_user(email=MIRA)
    close_account(mira, by=None)

    response = Client().post(link, {"do": "join"})

    assert (response.status_code, keys_of(MIRA)) == (410, [])


def test_forwarded_link_is_worth_nothing_to_somebody_else(link, letters):
    samira = make_user(email="samira@example.org", name="Samira")
    client = signed_in(samira)

    page = read(client.get(link))
    client.post(link, {"do": "join", "email": "samira@example.org"})

    assert (
        "Je bent nu aangemeld als Samira. Deze uitnodiging is voor iemand anders: mi…\u2060@example.org." in page.text
    )
    assert MIRA not in page.text
    assert (keys_of("samira@example.org"), keys_of(MIRA)) == ([], [])
    response = client.post(link, {"do": "sign_out"})
    assert response["Location"] == link
    assert "Je bent nu aangemeld" not in read(client.get(link)).text


def test_stranger_with_the_link_causes_a_code_to_the_invited_mailbox_only(link, letters, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "partners.views.invitation.LoginCodeVerificationProcess.initiate", lambda **about: asked.append(about["email"])
    )

    Client().post(
        link, {"do": "join", "email": "samira@example.org", "user": "1", "site": "9", "kind": "administrator"}
    )

    assert (asked, list(User.objects.filter(email__contains="samira"))) == ([MIRA], [])


def test_codes_are_not_sent_without_end(link, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "partners.views.invitation.LoginCodeVerificationProcess.initiate", lambda **about: asked.append(about["email"])
    )

    answers = [Client().post(link, {"do": "join"}).status_code for _ in range(8)]

    assert answers[-1] == 429
    assert len(asked) < 8


# --- again


def test_sent_again_has_a_new_link_and_the_old_one_is_dead(link, letters, jef, time_machine):
    time_machine.move_to("2023-10-20T09:00+02:00", tick=False)
    (letter,) = letters(lambda: resend(Invitation.objects.get(), by=jef))

    new = link_in(letter)

    assert new != link
    assert Client().get(link).status_code == 404
    assert Client().get(new).status_code == 200
    assert str(Invitation.objects.get().expires_at) == "2023-11-03 08:00:00+00:00"[:10] + " 07:00:00+00:00"


def test_sent_again_three_times_a_day_at_most(link, jef, time_machine):
    invitation = Invitation.objects.get()
    for _ in range(3):
        resend(invitation, by=jef)

    with pytest.raises(ValidationError, match="vandaag al 3 keer"):
        resend(invitation, by=jef)

    time_machine.move_to("2023-10-11T09:00+02:00", tick=False)
    resend(invitation, by=jef)
    assert verbs() == ["invite", *["resend_invitation"] * 4]


def test_inviting_the_same_person_to_the_same_key_sends_it_again(link, site, jef, letters):
    other = invite(by=jef, email=MIRA, kind=C, site=site)

    _to_the_other_key, letter = letters(lambda: invite(by=jef, email=MIRA, kind=V, site=site, language="fr"))

    assert Invitation.objects.count() == 2
    assert Client().get(link).status_code == 404
    assert letter.extra_headers["Content-Language"] == "fr"
    other.refresh_from_db()
    assert other.resent == 0


def test_answered_invitation_is_not_sent_again_or_withdrawn(link, jef):
    invitation = Invitation.objects.get()
    accept(invitation, user=make_user(email=MIRA))

    for verb in (resend, withdraw):
        with pytest.raises(ValidationError):
            verb(invitation, by=jef)


# --- what stays


def test_log_of_every_action_holds_no_name_no_address_and_no_token(link, jef):
    invitation = Invitation.objects.get()
    resend(invitation, by=jef)
    withdraw(invite(by=jef, email="samira@example.org", name="Samira", kind=V, site=invitation.site), by=jef)
    accept(invitation, user=account_for(invitation))

    assert set(verbs()) == {"invite", "resend_invitation", "withdraw_invitation", "accept_invitation", "grant_role"}
    text = json.dumps(list(ChangeLog.objects.values("verb", "about_id", "changes", "reason")))
    assert [word for word in ("Mira", "Samira", "Jef", "@", invitation.token_hash) if word in text] == []


def test_page_is_kept_nowhere_and_its_address_does_not_travel(link):
    for response in (Client().get(link), Client().get("/uitnodiging/onbekend/")):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "strict-origin"
        assert read(response).all("meta")[-1].attributes == {"name": "robots", "content": "noindex"}
