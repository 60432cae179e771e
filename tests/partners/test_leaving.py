"""An organisation leaves one site on a day, and comes back as if it never had."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client
from django.urls import path

import stek.urls
from partners.actions.leaving import come_back, leave
from partners.actions.people import end_key, end_membership, start_membership
from partners.leaving import what_ends
from partners.models import Engagement, Leaving, Membership, Organisation, Seat
from partners.rules import is_open
from sites.enums import RoleKind
from sites.inside import opened_by
from sites.models import ChangeLog, Role, Site, User
from sites.rights import Right
from stek.time import wall_now
from tests.factories.partners import (
    make_body,
    make_engagement,
    make_invitation,
    make_leaving,
    make_membership,
    make_organisation,
    make_seat,
)
from tests.factories.sites import make_partnership, make_person, make_role, make_site, make_user

pytestmark = pytest.mark.django_db

# The project's addresses, and one page that a worker's key opens.
urlpatterns = [path("signaal/", opened_by(Right.LOG_SIGNAL)(lambda request: HttpResponse())), *stek.urls.urlpatterns]

TODAY, LAST = dt.date(2023, 10, 10), dt.date(2023, 10, 31)


@pytest.fixture
def sites() -> tuple[Site, Site]:
    """Two sites of one partnership."""
    partnership = make_partnership()
    return make_site(partnership=partnership, name="Plek A"), make_site(partnership=partnership, name="Plek B")


@pytest.fixture
def caw(sites) -> Organisation:
    """Works at both."""
    organisation = make_organisation(name="CAW")
    for site in sites:
        make_engagement(site, organisation=organisation)
    return organisation


def worker(organisation: Organisation, site: Site, *, user: User | None = None, role: bool = True, **fields) -> User:
    membership = make_membership(site, organisation=organisation, user=user, **fields)
    if role:
        make_role(RoleKind.PARTNER_WORKER, user=membership.user, site=site)
    return membership.user


def untils(model, **which) -> list:
    return list(model.objects.filter(**which).order_by("pk").values_list("until", flat=True))


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (Engagement, Seat, Membership, Role)]


def refusal(function, *args, **fields) -> dict:
    with pytest.raises(ValidationError) as caught:
        function(*args, **fields)
    return caught.value.message_dict


def test_leaving_ends_engagement_seat_membership_and_key_at_that_site_only(sites, caw):
    here, there = sites
    by = make_user()
    user = worker(caw, here)
    worker(caw, there, user=user)
    make_seat(make_body(here), organisation=caw)
    make_seat(make_body(there), organisation=caw)

    leave(caw, here, on=LAST, by=by, reason="geen tijd meer")

    for model in (Engagement, Membership, Role):
        assert (untils(model, site=here), untils(model, site=there)) == ([LAST], [None]), model
    assert (untils(Seat, body__site=here), untils(Seat, body__site=there)) == ([LAST], [None])
    log = ChangeLog.objects.get()
    assert (log.by, log.site, log.verb, log.reason) == (by, here, "leave", "geen tijd meer")
    assert log.changes["last_day"] == [None, "2023-10-31"]
    versions = [Site.objects.get(pk=site.pk).schedule_version for site in sites]
    assert versions == [2, 1]


def test_another_organisation_keeps_all_it_has(sites, caw):
    here, _there = sites
    other = make_organisation()
    make_engagement(here, organisation=other)
    worker(other, here)
    make_seat(make_body(here), organisation=other)
    before = everything()

    leave(caw, here, on=LAST, by=None)

    changed = [[row for row in after if row not in rows] for rows, after in zip(before, everything(), strict=True)]
    assert [len(rows) for rows in changed] == [1, 0, 0, 0]


def test_steering_seat_stays_until_the_last_site_of_the_partnership(sites, caw):
    here, there = sites
    elsewhere = make_site()
    make_engagement(elsewhere, organisation=caw)
    make_seat(make_body(partnership=here.partnership), organisation=caw)
    make_seat(make_body(partnership=elsewhere.partnership), organisation=caw)

    leave(caw, here, on=LAST, by=None)
    assert untils(Seat) == [None, None]

    leave(caw, there, on=LAST, by=None)
    assert untils(Seat) == [LAST, None]


def test_who_sits_in_the_steering_group_for_it_leaves_with_the_seat(sites, caw):
    here, there = sites
    user, both = make_user(), make_user()
    other = make_organisation()
    body = make_body(partnership=here.partnership)
    for organisation in (caw, other):
        make_seat(body, organisation=organisation)
        make_membership(None, organisation=organisation, user=both)
    make_membership(None, organisation=caw, user=user)
    for one in (user, both):
        make_role(RoleKind.STEERING, user=one, partnership=here.partnership)
    before = everything()

    leave(caw, here, on=LAST, by=None)
    assert untils(Role) == [None, None]
    leave(caw, there, on=LAST, by=None)

    assert (untils(Role, user=user), untils(Role, user=both)) == ([LAST], [None])
    assert (untils(Membership, organisation=caw), untils(Membership, organisation=other)) == ([LAST, LAST], [None])
    come_back(caw, there, by=None)
    come_back(caw, here, by=None)
    assert everything() == before


def test_key_stays_with_who_works_there_for_another_organisation_too(sites, caw):
    here, _there = sites
    other = make_organisation()
    both = worker(caw, here)
    worker(other, here, user=both, role=False)
    until_december = worker(caw, here)
    worker(other, here, user=until_december, role=False, until=dt.date(2023, 12, 31))
    after_a_gap = worker(caw, here)
    worker(other, here, user=after_a_gap, role=False, since=dt.date(2023, 11, 15))

    leave(caw, here, on=LAST, by=None)

    assert [untils(Role, user=user) for user in (both, until_december, after_a_gap)] == [
        [None], [dt.date(2023, 12, 31)], [LAST]
    ]  # fmt: skip


def test_coordinator_and_volunteer_keys_are_not_the_organisations(sites, caw):
    here, _there = sites
    user = worker(caw, here)
    for kind in (RoleKind.COORDINATOR, RoleKind.VOLUNTEER):
        make_role(kind, user=user, site=here)

    leave(caw, here, on=LAST, by=None)

    assert dict(Role.objects.values_list("kind", "until")) == {
        "partner_worker": LAST, "coordinator": None, "volunteer": None
    }  # fmt: skip


def test_what_had_ended_before_keeps_its_day_and_what_had_not_begun_goes(sites, caw):
    here, _there = sites
    early = dt.date(2023, 6, 30)
    worker(caw, here, until=early, role=False)
    worker(caw, here, since=dt.date(2023, 12, 1), role=False)
    make_seat(make_body(here), organisation=caw, until=early)

    leave(caw, here, on=LAST, by=None)

    assert (untils(Membership), untils(Seat)) == ([early], [early])


def test_coming_back_restores_exactly_what_leaving_ended(sites, caw):
    here, _there = sites
    worker(caw, here)
    worker(caw, here, until=dt.date(2023, 6, 30), role=False)
    user = worker(caw, here, since=dt.date(2023, 12, 1), role=False)
    make_role(RoleKind.PARTNER_WORKER, user=user, site=here, since=dt.date(2023, 12, 1), until=dt.date(2024, 5, 1))
    make_seat(make_body(here), organisation=caw)
    make_seat(make_body(here), organisation=caw, until=dt.date(2023, 6, 30))
    before = everything()

    leave(caw, here, on=LAST, by=None)
    assert everything() != before
    assert come_back(caw, here, by=None)

    assert everything() == before
    assert not Leaving.objects.exists()
    assert list(ChangeLog.objects.values_list("verb", flat=True)) == ["come_back", "leave"]


def test_coming_back_leaves_alone_what_somebody_changed_meanwhile(sites, caw):
    here, _there = sites
    seat = make_seat(make_body(here), organisation=caw)
    leave(caw, here, on=LAST, by=None)
    Seat.objects.filter(pk=seat.pk).update(until=TODAY)

    come_back(caw, here, by=None)

    assert (untils(Seat), untils(Engagement, site=here)) == ([TODAY], [None])


def test_coming_back_does_not_give_back_a_key_ended_by_hand_on_that_day(sites, caw):
    here, _there = sites
    users = [worker(caw, here) for _ in range(3)]
    leave(caw, here, on=LAST, by=None)
    end_key(Role.objects.get(user=users[0]), on=LAST, by=None)
    end_membership(Membership.objects.get(user=users[1]), on=LAST, by=None)

    come_back(caw, here, by=None)

    for model in (Membership, Role):
        assert [untils(model, user=user) for user in users] == [[LAST], [LAST], [None]], model


def test_coming_back_does_not_give_back_a_seat_in_the_steering_group_ended_by_hand(sites, caw):
    here, there = sites
    make_seat(make_body(partnership=here.partnership), organisation=caw)
    membership = make_membership(None, organisation=caw)
    make_role(RoleKind.STEERING, user=membership.user, partnership=here.partnership)
    for site in sites:
        leave(caw, site, on=LAST, by=None)
    membership.refresh_from_db()
    end_membership(membership, on=LAST, by=None)

    come_back(caw, there, by=None)

    assert (untils(Seat), untils(Membership), untils(Role)) == ([None], [LAST], [LAST])


def test_coming_back_after_the_last_day_begins_today(sites, caw, clock):
    here, _there = sites
    user = worker(caw, here)
    ends_in_between = worker(caw, here, until=dt.date(2023, 11, 3), role=False)
    begins_in_between = worker(caw, here, since=dt.date(2023, 11, 2), role=False)
    make_seat(make_body(here), organisation=caw)
    leave(caw, here, on=LAST, by=None)
    clock.move_to("2023-11-15T09:00+01:00", tick=False)
    ended, now = (dt.date(2022, 1, 1), LAST), (dt.date(2023, 11, 15), None)

    assert come_back(caw, here, by=None)

    def days(model, **which):
        return list(model.objects.filter(**which).order_by("since").values_list("since", "until"))

    assert days(Engagement, site=here) == days(Seat) == days(Membership, user=user) == [ended, now]
    assert days(Role, user=user) == [ended, now]
    assert days(Membership, user=ends_in_between) == [ended]
    assert days(Membership, user=begins_in_between) == [now]
    assert come_back(caw, here, by=None) is False

    leave(caw, here, on=dt.date(2023, 11, 20), by=None)
    assert untils(Role, user=user) == [LAST, dt.date(2023, 11, 20)]


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("back", [0, 1])
@pytest.mark.parametrize("late", [False, True])
def test_key_goes_on_with_one_organisation_while_another_is_leaving(sites, caw, clock, first, back, late):
    here, _there = sites
    other = make_organisation()
    make_engagement(here, organisation=other)
    user = worker(caw, here)
    worker(other, here, user=user, role=False)
    leaving = [(caw, LAST), (other, dt.date(2023, 11, 15))]
    for organisation, day in leaving if first == 0 else reversed(leaving):
        leave(organisation, here, on=day, by=None)
    if late:
        clock.move_to("2023-12-01T09:00+01:00", tick=False)

    come_back(leaving[back][0], here, by=None)
    assert untils(Role, user=user)[-1] is None
    come_back(leaving[1 - back][0], here, by=None)

    old = [dt.date(2023, 11, 15)] if late else []
    assert untils(Role, user=user) == [*old, None]
    assert untils(Membership, user=user).count(None) == 2


def test_coming_back_without_having_left_changes_nothing(sites, caw):
    here, there = sites
    leave(caw, there, on=LAST, by=None)

    assert come_back(caw, here, by=None) is False
    assert untils(Engagement, site=there) == [LAST]


def test_a_person_who_is_gone_does_not_come_back(sites, caw):
    here, _there = sites
    user = worker(caw, here, since=dt.date(2023, 12, 1), role=False)
    leave(caw, here, on=LAST, by=None)
    user.delete()

    assert come_back(caw, here, by=None)
    assert not Membership.objects.exists()


def test_leaving_twice_is_leaving_once(sites, caw):
    here, _there = sites

    first, second = (leave(caw, here, on=LAST, by=None) for _ in range(2))

    assert first == second
    assert ChangeLog.objects.count() == 1
    assert refusal(leave, caw, here, on=TODAY, by=None) == {
        "on": ["Deze organisatie vertrekt al. Maak dat eerst ongedaan."]
    }


@pytest.mark.parametrize(
    ("on", "message"),
    [
        (dt.date(2023, 10, 8), "Wat voorbij is, verandert niet meer. Kies gisteren of later."),
        (dt.date(2024, 2, 1), "Deze organisatie werkt hier dan niet."),
    ],
)
def test_leaving_is_refused_on_a_day_that_cannot_be(sites, caw, on, message):
    here, _there = sites
    Engagement.objects.filter(site=here).update(until=dt.date(2023, 12, 31))

    assert refusal(leave, caw, here, on=on, by=None) == {"on": [message]}
    assert not Leaving.objects.exists()


def test_who_returned_under_a_new_engagement_cannot_be_brought_back(sites, caw):
    here, _there = sites
    leave(caw, here, on=LAST, by=None)
    make_engagement(here, organisation=caw, since=dt.date(2024, 1, 1))

    assert come_back(caw, here, by=None) is False


def test_a_leaving_that_did_not_hold_stands_in_nobodys_way(sites, caw, clock):
    here, _there = sites
    user = worker(caw, here)
    make_leaving(here, organisation=caw, last_day=TODAY)
    invited_by = make_person(RoleKind.COORDINATOR, site=here)
    invitation = make_invitation(here, kind=RoleKind.PARTNER_WORKER, organisation=caw, invited_by=invited_by)

    assert come_back(caw, here, by=None) is False
    leave(caw, here, on=TODAY, by=None)
    assert (untils(Engagement, site=here), untils(Role, user=user)) == ([TODAY], [TODAY])

    come_back(caw, here, by=None)
    make_leaving(here, organisation=caw, last_day=TODAY)
    clock.move_to("2023-10-12T09:00+02:00", tick=False)
    assert is_open(invitation, wall_now())


def test_worker_signed_in_is_out_at_midnight(sites, caw, clock, settings):
    settings.ROOT_URLCONF = __name__
    here, there = sites
    user, colleague = worker(caw, here), worker(caw, there)
    client, beside = Client(), Client()
    client.force_login(user)
    beside.force_login(colleague)
    leave(caw, here, on=TODAY, by=None)

    clock.move_to("2023-10-10T23:59+02:00", tick=False)
    # A worker may know that there is a desk, and no more than that.
    assert [client.get(path).status_code for path in ("/signaal/", f"/beheer/{here.slug}/")] == [200, 403]
    clock.move_to("2023-10-11T00:00+02:00", tick=False)
    assert [client.get(path).status_code for path in ("/signaal/", f"/beheer/{here.slug}/")] == [403, 404]
    assert beside.get("/signaal/").status_code == 200

    come_back(caw, here, by=None)
    assert client.get("/signaal/").status_code == 200


def test_workers_are_told_in_their_language(sites, caw, django_capture_on_commit_callbacks):
    here, there = sites
    for language in ("nl", "fr", "en"):
        worker(caw, here, user=make_user(email=f"{language}@example.org", language=language))
    worker(caw, there)
    worker(caw, here, until=dt.date(2023, 6, 30), role=False)

    with django_capture_on_commit_callbacks(execute=True):
        leave(caw, here, on=LAST, by=None)

    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {"nl@example.org", "fr@example.org", "en@example.org"}
    days = {"nl": "31 oktober 2023", "fr": "31 octobre 2023", "en": "31 October 2023"}
    for language, day in days.items():
        letter = letters[f"{language}@example.org"]
        assert day in letter.subject
        assert day in letter.body
        assert "CAW" in letter.body
    assert len({letter.subject for letter in mail.outbox}) == 3


def test_who_begins_for_an_organisation_that_is_leaving_ends_with_it(sites, caw):
    here, there = sites
    leave(caw, here, on=LAST, by=None)

    memberships = [start_membership(make_user(), organisation=caw, site=site, by=None) for site in sites]

    assert [membership.until for membership in memberships] == [LAST, None]
    assert (untils(Role, site=here), untils(Role, site=there)) == ([LAST], [None])


def test_an_invitation_for_an_organisation_that_left_is_no_longer_open(sites, caw, clock):
    here, _there = sites
    invitations = [
        make_invitation(
            site,
            kind=RoleKind.PARTNER_WORKER,
            organisation=caw,
            invited_by=make_person(RoleKind.COORDINATOR, site=site),
        )
        for site in sites
    ]
    leave(caw, here, on=TODAY, by=None)
    assert [is_open(one, wall_now()) for one in invitations] == [True, True]

    clock.move_to("2023-10-11T09:00+02:00", tick=False)
    assert [is_open(one, wall_now()) for one in invitations] == [False, True]
    with pytest.raises(ValidationError):
        start_membership(make_user(), organisation=caw, site=here, by=None)


def test_preview_says_what_leaving_does(sites, caw):
    here, _there = sites
    user = worker(caw, here, user=make_user(name="Werker Een"))
    make_seat(make_body(here), organisation=caw)

    ending = what_ends(caw, here, LAST)

    assert [len(rows) for rows in (ending.engagements, ending.seats, ending.memberships, ending.removed)] == [
        1,
        1,
        1,
        0,
    ]
    assert ending.people == [str(user)]
    assert untils(Engagement) == [None, None]
