"""Workers of organisations, and the keys that come and go with their work; the first key."""

from __future__ import annotations

import datetime as dt
import json
from io import StringIO

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from partners.actions.people import end_key, end_membership, start_membership
from partners.actions.seats import change_seat
from partners.models import Membership
from sites.enums import RoleKind
from sites.models import ChangeLog, Role, User
from tests.activities.test_races import at_once
from tests.factories.partners import make_body, make_organisation, make_seat
from tests.factories.sites import make_partnership, make_person, make_role, make_site, make_user

pytestmark = pytest.mark.django_db

TODAY = dt.date(2023, 10, 10)
DAY = dt.timedelta(days=1)
SOON, LATER = TODAY + 7 * DAY, TODAY + 30 * DAY


def keys(user) -> list[tuple]:
    roles = Role.objects.filter(user=user).order_by("since", "pk")
    return [(role.kind, role.site or role.partnership, role.until) for role in roles]


def verbs() -> list[str]:
    return list(ChangeLog.objects.order_by("pk").values_list("verb", flat=True))


def test_worker_has_the_key_of_the_site_and_of_no_other():
    here, there = make_site(), make_site(partnership=make_partnership())
    coordinator, samira, organisation = make_person(RoleKind.COORDINATOR, site=here), make_user(), make_organisation()

    membership = start_membership(samira, organisation=organisation, site=here, by=coordinator)

    assert keys(samira) == [("partner_worker", here, None)]
    assert (membership.since, membership.until, there.memberships.count()) == (TODAY, None, 0)
    logs = list(ChangeLog.objects.order_by("pk").values_list("verb", "by", "site", "about_model"))
    assert logs == [
        ("start_membership", coordinator.pk, here.pk, "partners.membership"),
        ("grant_role", coordinator.pk, here.pk, "sites.role"),
    ]


def test_starting_twice_changes_nothing():
    site, samira, organisation = make_site(), make_user(), make_organisation()

    first = start_membership(samira, organisation=organisation, site=site, by=None)
    second = start_membership(samira, organisation=organisation, site=site, by=None)

    assert (first, keys(samira)) == (second, [("partner_worker", site, None)])
    assert verbs() == ["start_membership", "grant_role"]


def test_key_stays_until_the_last_of_two_memberships_ends():
    here, there = make_site(), make_site()
    samira = make_user()
    first = start_membership(samira, organisation=make_organisation(), site=here, by=None)
    second = start_membership(samira, organisation=make_organisation(), site=here, by=None)
    start_membership(samira, organisation=first.organisation, site=there, by=None)

    end_membership(first, on=SOON, by=None)
    after_one = keys(samira)
    end_membership(second, on=LATER, by=None)

    assert after_one == [("partner_worker", here, None), ("partner_worker", there, None)]
    assert keys(samira) == [("partner_worker", here, LATER), ("partner_worker", there, None)]


def test_key_stays_as_long_as_the_other_membership_lasts():
    site, samira = make_site(), make_user()
    longer = start_membership(samira, organisation=make_organisation(), site=site, until=LATER, by=None)
    endless = start_membership(samira, organisation=make_organisation(), site=site, by=None)

    end_membership(endless, on=SOON, by=None)

    assert keys(samira) == [("partner_worker", site, LATER)]
    longer.refresh_from_db()
    assert longer.until == LATER


def test_ending_a_membership_twice_or_later_changes_nothing():
    site, samira = make_site(), make_user()
    membership = start_membership(samira, organisation=make_organisation(), site=site, by=None)

    for day in (SOON, SOON, LATER):
        end_membership(membership, on=day, by=None)

    assert keys(samira) == [("partner_worker", site, SOON)]
    assert verbs() == ["start_membership", "grant_role", "end_membership", "end_role"]


def test_membership_cannot_end_in_the_past():
    site, samira = make_site(), make_user()
    membership = start_membership(samira, organisation=make_organisation(), site=site, by=None)

    with pytest.raises(ValidationError):
        end_membership(membership, on=TODAY - DAY, by=None)

    membership.refresh_from_db()
    assert (membership.until, keys(samira)) == (None, [("partner_worker", site, None)])


def test_ending_the_key_ends_the_work_at_that_site():
    here, there = make_site(), make_site()
    samira, organisation = make_user(), make_organisation()
    for site in (here, there):
        start_membership(samira, organisation=organisation, site=site, by=None)

    end_key(Role.objects.get(user=samira, site=here), on=SOON, by=None)

    assert keys(samira) == [("partner_worker", here, SOON), ("partner_worker", there, None)]
    assert dict(Membership.objects.values_list("site", "until")) == {here.pk: SOON, there.pk: None}


def test_seat_in_the_steering_group_gives_its_people_a_key():
    site, other = make_site(), make_site()
    organisation = make_organisation()
    make_seat(make_body(partnership=site.partnership), organisation=organisation)
    make_seat(make_body(partnership=other.partnership), organisation=organisation, until=TODAY - DAY)
    make_seat(make_body(site), organisation=organisation)
    mira = make_user()

    membership = start_membership(mira, organisation=organisation, by=None)
    began = keys(mira)
    end_membership(membership, on=SOON, by=None)

    assert began == [("steering", site.partnership, None)]
    assert keys(mira) == [("steering", site.partnership, SOON)]


def test_key_of_the_steering_group_ends_with_the_seat_and_only_there():
    site, other = make_site(), make_site()
    organisation, second = make_organisation(), make_organisation()
    seat = make_seat(make_body(partnership=site.partnership), organisation=organisation)
    make_seat(make_body(partnership=other.partnership), organisation=organisation)
    make_seat(seat.body, organisation=second)
    mira, jef, lies = make_user(), make_user(), make_user()
    for user in (mira, jef):
        start_membership(user, organisation=organisation, by=None)
    start_membership(jef, organisation=second, by=None)
    start_membership(lies, organisation=organisation, partnership=other.partnership, by=None)

    change_seat(seat, by=None, site=site, since=None, until=SOON)

    assert keys(mira) == [("steering", site.partnership, SOON), ("steering", other.partnership, None)]
    assert keys(jef) == [("steering", site.partnership, None), ("steering", other.partnership, None)]
    assert keys(lies) == [("steering", other.partnership, None)]
    assert Membership.objects.filter(until__isnull=False).count() == 0


def test_last_seat_that_ends_ends_the_work_with_it_and_a_past_day_closes_at_midnight():
    site, organisation, mira = make_site(), make_organisation(), make_user()
    seat = make_seat(make_body(partnership=site.partnership), organisation=organisation)
    start_membership(mira, organisation=organisation, since=TODAY - 9 * DAY, by=None)

    change_seat(seat, by=None, site=site, since=None, until=TODAY - DAY)

    assert keys(mira) == [("steering", site.partnership, TODAY)]
    assert Membership.objects.get().until == TODAY - DAY


def test_who_begins_for_a_seat_that_ends_ends_with_it():
    site, organisation, mira = make_site(), make_organisation(), make_user()
    make_seat(make_body(partnership=site.partnership), organisation=organisation, until=SOON)

    start_membership(mira, organisation=organisation, by=None)

    assert keys(mira) == [("steering", site.partnership, SOON)]


def test_log_of_every_action_holds_no_name_and_no_address(django_capture_on_commit_callbacks):
    site, organisation = make_site(), make_organisation()
    samira = make_user(name="Samira", email="samira@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        membership = start_membership(samira, organisation=organisation, site=site, until=SOON, by=samira)
        start_membership(samira, organisation=organisation, site=site, by=samira)
        end_membership(membership, on=LATER, by=samira)
        end_key(Role.objects.get(user=samira), on=SOON, by=samira)
        call_command("grant", "jef@example.org", "volunteer", site=site.slug, name="Jef", stdout=StringIO())

    assert set(verbs()) == {
        "start_membership", "extend_membership", "end_membership", "grant_role", "extend_role", "end_role", "create_account",
    }  # fmt: skip
    text = json.dumps(list(ChangeLog.objects.values("verb", "about_id", "changes", "reason")))
    assert [word for word in ("Samira", "Jef", "@") if word in text] == []


def test_four_starts_at_once_make_one_membership(transactional_db):
    site, samira, organisation = make_site(), make_user(), make_organisation()

    errors = at_once(*[lambda: start_membership(samira, organisation=organisation, site=site, by=None)] * 4)

    assert (errors, Membership.objects.count(), len(keys(samira))) == ([], 1, 1)


# --- the first key


def grant(*arguments: str, **options) -> str:
    out = StringIO()
    call_command("grant", *arguments, stdout=out, **options)
    return out.getvalue()


def test_first_key_makes_an_account_and_says_so():
    said = grant("Mira@Example.org", "administrator", name="Mira")

    mira = User.objects.get()
    assert (mira.email, mira.name, mira.has_usable_password()) == ("mira@example.org", "Mira", False)
    assert [(role.kind, role.since, role.until) for role in mira.roles.all()] == [("administrator", TODAY, None)]
    assert said == (
        "A new account for mira@example.org.\n"
        "mira@example.org has the key: administrator, since 2023-10-10, until ended.\n"
    )
    assert list(ChangeLog.objects.values_list("verb", "by")) == [("grant_role", None), ("create_account", None)]


def test_first_key_twice_changes_nothing():
    site = make_site()
    grant("mira@example.org", "coordinator", site=site.slug)

    said = grant("mira@example.org", "coordinator", site=site.slug)

    assert "has this key already: coordinator" in said
    assert (Role.objects.count(), verbs()) == (1, ["create_account", "grant_role"])


def test_coordinators_of_the_site_hear_of_a_key_by_command(django_capture_on_commit_callbacks):
    here, there = make_site(), make_site()
    coordinator = make_person(RoleKind.COORDINATOR, site=here)
    make_role(RoleKind.COORDINATOR, site=there)

    with django_capture_on_commit_callbacks(execute=True):
        grant("mira@example.org", "coordinator", site=here.slug)

    assert [letter.to for letter in mail.outbox] == [[coordinator.email]]


@pytest.mark.parametrize(
    ("arguments", "options", "problem"),
    [
        (["mira@example.org", "coordinator"], {}, "needs --site"),
        (["mira@example.org", "steering"], {}, "needs --partnership"),
        (["mira@example.org", "administrator"], {"site": "plek"}, "has no --site"),
        (["mira@example.org", "volunteer"], {"site": "nergens"}, "There is no site"),
        (["mira", "administrator"], {}, "not a mail address"),
    ],
)
def test_key_that_cannot_be_is_refused_and_leaves_no_account(arguments, options, problem):
    make_site(slug="plek")

    with pytest.raises(CommandError, match=problem):
        grant(*arguments, **options)

    assert (User.objects.count(), ChangeLog.objects.count()) == (0, 0)
