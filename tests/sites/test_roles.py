"""Keys are given and end; the last coordinator of a site stays until there is another."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from partners.forms import EndForm
from sites.actions.accounts import close_account, reopen_account
from sites.actions.roles import end_role, grant_role
from sites.enums import RoleKind, SiteStatus
from sites.models import ChangeLog, Role
from sites.rules import can_end_role, can_invite, is_last_coordinator, may_invite
from tests.activities.test_races import at_once
from tests.factories.sites import make_partnership, make_person, make_role, make_site, make_user

pytestmark = pytest.mark.django_db

C, P, V, S, A = (
    RoleKind.COORDINATOR,
    RoleKind.PARTNER_WORKER,
    RoleKind.VOLUNTEER,
    RoleKind.STEERING,
    RoleKind.ADMINISTRATOR,
)
TODAY = dt.date(2023, 10, 10)
DAY = dt.timedelta(days=1)
SOON, LATER = TODAY + 7 * DAY, TODAY + 30 * DAY


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


def keys(user) -> list[tuple]:
    roles = Role.objects.filter(user=user).order_by("since", "pk")
    return [(role.kind, role.site, role.partnership, role.since, role.until) for role in roles]


def verbs() -> list[str]:
    return list(ChangeLog.objects.order_by("pk").values_list("verb", flat=True))


# --- who may


def test_administrator_invites_coordinators_and_steering_members_everywhere():
    site = make_site()
    administrator = make_person(A)

    assert may_invite(administrator, site=site) == {C}
    assert may_invite(administrator, partnership=site.partnership) == {S}


def test_coordinator_invites_for_the_own_site_only():
    here, there = make_site(), make_site()
    coordinator = make_person(C, site=here)

    assert may_invite(coordinator, site=here) == {C, P, V}
    assert may_invite(coordinator, site=there) == frozenset()
    assert may_invite(coordinator, partnership=here.partnership) == frozenset()


@pytest.mark.parametrize("kind", [P, V])
def test_worker_and_volunteer_invite_nobody(kind):
    site = make_site()

    assert may_invite(make_person(kind, site=site), site=site) == frozenset()


def test_steering_member_stranger_and_closed_account_invite_nobody():
    site = make_site()
    closed = make_role(C, site=site, user=make_user(is_active=False)).user

    for user in (make_person(S, partnership=site.partnership), AnonymousUser(), closed):
        assert not can_invite(user, V, site=site)
        assert may_invite(user, partnership=site.partnership) == frozenset()


def test_who_may_end_a_key():
    here, there = make_site(), make_site()
    volunteer, steering = make_role(V, site=here), make_role(S, partnership=here.partnership)

    may = {
        name: (can_end_role(user, volunteer), can_end_role(user, steering))
        for name, user in {
            "administrator": make_person(A),
            "coordinator": make_person(C, site=here),
            "of another site": make_person(C, site=there),
            "volunteer": volunteer.user,
            "steering": steering.user,
            "stranger": AnonymousUser(),
        }.items()
    }

    assert may == {
        "administrator": (True, True), "coordinator": (True, False), "of another site": (False, False),
        "volunteer": (False, False), "steering": (False, False), "stranger": (False, False),
    }  # fmt: skip


# --- given


def test_granted_from_today_without_an_end():
    here, _there = make_site(), make_site()
    coordinator, person = make_person(C, site=here), make_user()

    role = grant_role(person, kind=V, site=here, by=coordinator)

    assert keys(person) == [(V, here, None, TODAY, None)]
    log = ChangeLog.objects.get()
    assert (log.by, log.site, log.verb, log.about_model, log.about_id) == (
        coordinator, here, "grant_role", "sites.role", str(role.pk)
    )  # fmt: skip
    assert log.changes == {"kind": [None, "volunteer"], "since": [None, "2023-10-10"]}


@pytest.mark.parametrize(
    ("had", "asked", "then"),
    [
        pytest.param([(TODAY - DAY, None)], (TODAY, None), [(TODAY - DAY, None)], id="has it"),
        pytest.param([(TODAY - DAY, None)], (TODAY, SOON), [(TODAY - DAY, None)], id="never shorter"),
        pytest.param([(TODAY - DAY, SOON)], (TODAY, None), [(TODAY - DAY, None)], id="longer"),
        pytest.param([(SOON, None)], (TODAY, None), [(TODAY, None)], id="sooner"),
        pytest.param([(TODAY - 9 * DAY, TODAY - DAY)], (TODAY, None), [(TODAY - 9 * DAY, None)], id="on from yesterday"),
        pytest.param(
            [(TODAY - 9 * DAY, TODAY - 2 * DAY)], (TODAY, None),
            [(TODAY - 9 * DAY, TODAY - 2 * DAY), (TODAY, None)], id="after a free day",
        ),
        pytest.param([(TODAY, SOON), (LATER, None)], (TODAY, None), [(TODAY, None)], id="two become one"),
        pytest.param([(LATER, None)], (TODAY, SOON), [(TODAY, SOON), (LATER, None)], id="apart"),
    ],
)  # fmt: skip
def test_granting_never_shortens_or_doubles(had, asked, then):
    site = make_site()
    person = make_user()
    for since, until in had:
        make_role(V, user=person, site=site, since=since, until=until)

    grant_role(person, kind=V, site=site, since=asked[0], until=asked[1], by=None)

    assert [key[3:] for key in keys(person)] == then


def test_granting_twice_is_written_down_once():
    site, person = make_site(), make_user()

    first = grant_role(person, kind=V, site=site, by=None)
    second = grant_role(person, kind=V, site=site, by=None)

    assert (first, verbs()) == (second, ["grant_role"])


@pytest.mark.parametrize("kind", [C, P, V, S])
def test_key_without_its_scope_is_refused(kind):
    with pytest.raises(ValidationError):
        grant_role(make_user(), kind=kind, by=None)

    assert (Role.objects.count(), ChangeLog.objects.count()) == (0, 0)


def test_coordinators_hear_of_a_key_that_an_administrator_gave(django_capture_on_commit_callbacks):
    here, there = make_site(name="'t Kattegat"), make_site()
    coordinator = make_role(C, site=here, user=make_user(language="fr")).user
    make_role(C, site=there)
    administrator = make_role(A, user=make_user(name="Jef")).user

    with django_capture_on_commit_callbacks(execute=True):
        grant_role(administrator, kind=C, site=here, by=administrator)

    (letter,) = mail.outbox
    assert (letter.to, letter.extra_headers["Content-Language"]) == ([coordinator.email], "fr")
    assert "'t Kattegat" in letter.subject
    assert "Jef" in letter.body
    assert f"/beheer/{here.slug}/mensen/" in letter.body


def test_nobody_is_told_of_a_key_that_a_coordinator_gave_at_the_own_site(django_capture_on_commit_callbacks):
    site = make_site()
    make_role(C, site=site)
    coordinator = make_person(C, site=site)

    with django_capture_on_commit_callbacks(execute=True):
        grant_role(make_user(), kind=V, site=site, by=coordinator)

    assert mail.outbox == []


def test_coordinators_of_its_sites_hear_of_a_key_over_a_partnership(django_capture_on_commit_callbacks):
    partnership = make_partnership(name="Mechelen")
    here = [make_role(C, site=make_site(partnership=partnership)).user for _number in range(2)]
    make_role(C, site=make_site())
    administrator = make_role(A, user=make_user(name="Jef")).user

    with django_capture_on_commit_callbacks(execute=True):
        grant_role(administrator, kind=S, partnership=partnership, by=administrator)

    assert [letter.to for letter in mail.outbox] == [[user.email] for user in here]
    assert mail.outbox[0].subject == "Nieuwe sleutel voor Mechelen"
    assert "een sleutel van Mechelen" in mail.outbox[0].body
    assert "/beheer/" not in mail.outbox[0].body


def test_other_administrators_hear_of_an_administrators_key(django_capture_on_commit_callbacks):
    by, other = make_role(A).user, make_role(A, user=make_user(language="fr")).user
    make_role(A, user=make_user(is_active=False))
    make_role(C, site=make_site())
    person = make_user(name="Mira")

    with django_capture_on_commit_callbacks(execute=True):
        grant_role(person, kind=A, by=by)
        grant_role(person, kind=A, by=by)

    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([other.email], "Nouvelle clé pour tous les lieux")
    assert "Mira" in letter.body
    assert "/beheer/mensen/" in letter.body


# --- ended


def test_key_ends_on_its_last_day_and_its_owner_is_told(django_capture_on_commit_callbacks):
    site = make_site(name="Plek")
    coordinator = make_person(C, site=site)
    role = make_role(V, site=site, user=make_user(name="Mira", email="mira@example.org"))

    with django_capture_on_commit_callbacks(execute=True):
        end_role(role, on=SOON, by=coordinator)

    assert keys(role.user) == [(V, site, None, role.since, SOON)]
    log = ChangeLog.objects.get()
    assert (log.by, log.verb, log.changes) == (coordinator, "end_role", {"until": [None, "2023-10-17"]})
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["mira@example.org"], "Je sleutel van STEK eindigt op 17 oktober")
    assert "Dag Mira," in letter.body
    assert "dinsdag 17 oktober 2023" in letter.body


def test_ending_twice_on_the_same_day_changes_nothing(django_capture_on_commit_callbacks):
    role = make_role(V, site=make_site())

    with django_capture_on_commit_callbacks(execute=True):
        end_role(role, on=SOON, by=None)
        end_role(role, on=SOON, by=None)

    assert (verbs(), len(mail.outbox)) == (["end_role"], 1)


def test_last_day_is_not_before_today_and_not_later_than_it_was():
    role = make_role(V, site=make_site(), until=SOON)

    for day in (TODAY - DAY, SOON + DAY):
        with pytest.raises(ValidationError) as refusal:
            end_role(role, on=day, by=None)
        assert list(refusal.value.message_dict) == ["on"]

    role.refresh_from_db()
    assert (role.until, verbs()) == (SOON, [])


def test_key_that_would_begin_later_never_was():
    role = make_role(V, site=make_site(), since=LATER)

    end_role(role, on=SOON, by=None)

    assert (keys(role.user), verbs()) == ([], ["end_role"])


@pytest.mark.parametrize(
    ("last_day", "zone", "late", "midnight"),
    [
        pytest.param(
            "2023-10-10", "Europe/Brussels", "2023-10-10T23:59:59+02:00", "2023-10-11T00:00+02:00", id="a night"
        ),
        pytest.param(
            "2023-10-29", "Europe/Brussels", "2023-10-29T23:59:59+01:00", "2023-10-30T00:00+01:00", id="autumn"
        ),
        pytest.param(
            "2024-03-31", "Europe/Brussels", "2024-03-31T23:59:59+02:00", "2024-04-01T00:00+02:00", id="spring"
        ),
        # One midnight for all keys, whatever the zone of the site.
        pytest.param("2023-10-10", "Atlantic/Azores", "2023-10-10T23:59:59+02:00", "2023-10-11T00:00+02:00", id="far"),
        pytest.param(
            "2023-10-10", "Pacific/Auckland", "2023-10-10T23:59:59+02:00", "2023-10-11T00:00+02:00", id="east"
        ),
    ],
)
def test_key_opens_until_midnight_of_its_last_day_in_an_open_session(last_day, zone, late, midnight, time_machine):
    site = make_site(time_zone=zone)
    make_role(C, site=site)
    role = make_role(C, site=site)
    client = Client()
    time_machine.move_to(f"{last_day}T09:00+02:00", tick=False)
    client.force_login(role.user)
    end_role(role, on=dt.date.fromisoformat(last_day), by=None)

    time_machine.move_to(late, tick=False)
    before = client.get(f"/beheer/{site.slug}/").status_code
    time_machine.move_to(midnight, tick=False)

    assert (before, client.get(f"/beheer/{site.slug}/").status_code) == (200, 404)


# --- the last coordinator


def cover(site, since=TODAY - DAY, until=None, **fields):
    return make_role(C, site=site, since=since, until=until, **fields)


@pytest.mark.parametrize(
    ("others", "on", "is_last"),
    [
        pytest.param([], SOON, True, id="nobody else"),
        pytest.param([{}], SOON, False, id="somebody else without an end"),
        pytest.param([{"until": SOON - DAY}], SOON, True, id="whose own key ends before"),
        pytest.param([{"until": SOON + DAY}], SOON, True, id="whose own key ends after"),
        pytest.param([{"since": SOON + DAY}], SOON, False, id="who takes over the next day"),
        pytest.param([{"since": SOON + 2 * DAY}], SOON, True, id="who comes a day too late"),
        pytest.param([{"until": LATER}, {"since": LATER + DAY}], SOON, False, id="two after each other"),
        pytest.param([{"user": {"is_active": False}}], SOON, True, id="whose account is closed"),
    ],
)
def test_who_counts_as_cover(others, on, is_last):
    site, elsewhere = make_site(), make_site()
    role = cover(site)
    cover(elsewhere)
    for fields in others:
        user = make_user(**fields.get("user", {}))
        cover(site, **{name: value for name, value in fields.items() if name != "user"}, user=user)

    assert is_last_coordinator(role, on=on) is is_last
    if is_last:
        with pytest.raises(ValidationError, match="Nodig eerst een opvolger uit") as refusal:
            end_role(role, on=on, by=None)
        assert refusal.value.code == "last_coordinator"
    else:
        end_role(role, on=on, by=None)
    role.refresh_from_db()
    assert (role.until, verbs()) == ((None, []) if is_last else (on, ["end_role"]))


def test_other_keys_and_a_site_that_has_stopped_need_no_successor():
    stopped = cover(make_site(status=SiteStatus.STOPPED))

    end_role(stopped, on=SOON, by=None)
    end_role(make_role(V, site=make_site()), on=SOON, by=None)
    make_role(A)
    end_role(make_role(A), on=SOON, by=None)

    assert verbs() == ["end_role"] * 3


def test_site_that_has_stopped_asks_for_no_successor_on_the_page_either():
    role = cover(make_site(status=SiteStatus.STOPPED))

    assert not is_last_coordinator(role, on=SOON)
    assert EndForm({"on": str(SOON)}, role=role).is_valid()


# --- the last administrator


def test_last_administrator_stays_until_there_is_another():
    role = make_role(A, since=TODAY)

    form = EndForm({"on": str(SOON)}, role=role)
    assert "geen beheerder meer" in form.errors["on"][0]
    for change in (lambda: end_role(role, on=SOON, by=role.user), lambda: close_account(role.user, by=None)):
        with pytest.raises(ValidationError, match="Geef eerst iemand anders die sleutel") as refusal:
            change()
        assert refusal.value.code == "last_administrator"
    role.refresh_from_db()
    assert (role.until, role.user.is_active, verbs()) == (None, True, [])

    grant_role(make_user(), kind=A, by=None)
    assert EndForm({"on": str(SOON)}, role=role).is_valid()
    end_role(role, on=SOON, by=role.user)
    close_account(role.user, by=None)
    assert verbs() == ["grant_role", "end_role", "close_account"]


@pytest.mark.parametrize("fields", [{"until": SOON}, {"since": SOON + 2 * DAY}, {"user": {"is_active": False}}])
def test_administrator_who_goes_too_or_comes_too_late_is_no_other(fields):
    role = make_role(A)
    make_role(A, **fields | {"user": make_user(**fields.get("user", {}))})

    with pytest.raises(ValidationError, match="geen beheerder meer"):
        end_role(role, on=SOON - DAY, by=None)


def test_account_of_the_last_coordinator_stays_open():
    site, other = make_site(), make_site()
    user = make_user()
    for one in (site, other):
        cover(one, user=user)
    cover(other)

    with pytest.raises(ValidationError, match=f"Dan heeft {site.name} geen opbouwwerker meer"):
        close_account(user, by=None)

    user.refresh_from_db()
    assert (user.is_active, verbs()) == (True, [])


def test_account_closes_and_opens_again_and_the_session_with_it():
    site = make_site()
    cover(site)
    user = cover(site).user
    client = Client()
    client.force_login(user)

    close_account(user, by=None)
    close_account(user, by=None)
    closed = client.get("/mijn/").status_code
    reopen_account(user, by=None)

    assert (closed, verbs()) == (302, ["close_account", "reopen_account"])
    user.refresh_from_db()
    assert user.is_active


def test_log_of_every_action_holds_no_name_and_no_address(django_capture_on_commit_callbacks):
    site = make_site(partnership=make_partnership())
    cover(site)
    person = make_user(name="Samira", email="samira@example.org")
    administrator = make_role(A, user=make_user(name="Jef", email="jef@example.org")).user

    with django_capture_on_commit_callbacks(execute=True):
        role = grant_role(person, kind=V, site=site, by=administrator, until=SOON)
        grant_role(person, kind=V, site=site, by=administrator)
        end_role(role, on=SOON, by=administrator)
        close_account(person, by=administrator)
        reopen_account(person, by=administrator)

    assert verbs() == ["grant_role", "extend_role", "end_role", "close_account", "reopen_account"]
    text = json.dumps(list(ChangeLog.objects.values("verb", "about_id", "changes", "reason")))
    assert [word for word in ("Samira", "samira@", "Jef", "jef@", "@") if word in text] == []


# --- at once


def test_accept_twice_at_once_makes_one_role(transactional_db):
    site, user = make_site(), make_user()

    errors = at_once(*[lambda: grant_role(user, kind=V, site=site, by=None)] * 4)

    assert (errors, len(keys(user))) == ([], 1)


@pytest.mark.parametrize("_round", range(5))
def test_two_coordinators_who_end_each_other_at_once_leave_one(transactional_db, _round):
    site = make_site()
    one, two = cover(site), cover(site)

    errors = at_once(
        lambda: end_role(two, on=TODAY, by=one.user),
        lambda: end_role(one, on=TODAY, by=two.user),
    )

    assert [type(error) for error in errors] == [ValidationError]
    assert sorted(str(until) for until in Role.objects.values_list("until", flat=True)) == ["2023-10-10", "None"]


def test_one_ends_while_the_other_account_is_closed(transactional_db):
    site = make_site()
    one, two = cover(site), cover(site)

    errors = at_once(lambda: end_role(one, on=TODAY, by=None), lambda: close_account(two.user, by=None))

    assert [type(error) for error in errors] == [ValidationError]


@pytest.mark.parametrize("_round", range(3))
def test_two_administrators_who_close_each_other_at_once_leave_one(transactional_db, _round):
    one, two = make_role(A), make_role(A)

    errors = at_once(lambda: close_account(two.user, by=one.user), lambda: end_role(one, on=TODAY, by=two.user))

    assert [type(error) for error in errors] == [ValidationError]
