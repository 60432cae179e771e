"""Which rows are whose: every list there is, two sites in two partnerships, and everybody who might look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from signals.models import Release, Threshold
from sites.enums import RoleKind, SiteStatus
from sites.models import Municipality, Partnership, Site, User
from tests.factories.activities import (
    make_activity,
    make_attendance,
    make_continuation,
    make_guest,
    make_idea,
    make_idea_table,
    make_need,
    make_occurrence,
    make_organiser,
    make_outing,
    make_plan,
    make_presence,
    make_reservation,
    make_reservation_key,
    make_series,
    make_series_date,
    make_shift,
    make_sign_up,
    make_spot,
    make_standing,
    make_step,
    make_stop,
    make_swap,
    make_text,
)
from tests.factories.outbox import make_delivery
from tests.factories.partners import (
    make_alias,
    make_away,
    make_body,
    make_candidate,
    make_check_in,
    make_consent,
    make_decision,
    make_engagement,
    make_funding,
    make_invitation,
    make_leaving,
    make_meeting,
    make_membership,
    make_organisation,
    make_point,
    make_present,
    make_seat,
    make_service,
    make_volunteer,
    make_welcome,
)
from tests.factories.signals import (
    make_cell,
    make_dossier,
    make_figure,
    make_refused,
    make_release,
    make_sentence,
    make_signal,
    theme,
)
from tests.factories.sites import (
    make_change,
    make_check,
    make_closure,
    make_home_address,
    make_milestone,
    make_municipality,
    make_old_slug,
    make_partnership,
    make_place,
    make_role,
    make_short_link,
    make_site,
    make_user,
)
from tests.factories.steering import make_digest, make_report

pytestmark = pytest.mark.django_db

TODAY = dt.date(2023, 10, 10)
YESTERDAY, TOMORROW = dt.date(2023, 10, 9), dt.date(2023, 10, 11)

# As visible as the site they hang on.
OF_A_SITE = {
    "sites.Municipality", "sites.Partnership", "sites.Site", "sites.OldSlug", "sites.ShortLink", "sites.Place", "sites.HomeAddress",
    "sites.Closure", "sites.Milestone", "partners.Organisation", "partners.OrganisationName", "partners.Alias",
    "partners.Engagement", "partners.Body", "partners.Seat", "partners.Service",
    "activities.Activity", "activities.Series", "activities.SeriesDate", "activities.SeriesOrganiser", "activities.Text",
    "activities.Occurrence", "activities.Stop", "activities.Guest", "activities.ShiftNeed", "activities.Outing",
}  # fmt: skip
# For who helps there or coordinates it; nobody else's business, of whatever role.
OF_HELPERS = {"activities.Shift", "activities.Swap"}
# Names and ideas of visitors: for who coordinates the site, and not for an administrator.
OF_COORDINATORS = {"activities.Reservation", "activities.ReservationKey", "activities.IdeaTable", "activities.Idea"}
# Of the network as a whole.
OF_EVERYONE = {
    "activities.ActivityType", "signals.Theme", "signals.Threshold", "signals.Release", "signals.ReleasedCell",
}  # fmt: skip
# For who works at the site for somebody who does not check people, and who coordinates it. For no administrator.
OF_READERS = {
    "signals.Signal",
    "signals.Refused",
    "signals.DossierStep",
    "signals.DossierSentence",
    "signals.DossierFigure",
}
# For them, and for who steers the partnership: what it is called, to whom it goes, how far it is.
OF_STEERERS = {"signals.Dossier"}
# What groups said and what stays: for who steers the partnership or coordinates the site, and for members of the group.
OF_GROUPS = {
    "partners.Meeting",
    "partners.Present",
    "partners.Decision",
    "partners.ActionPoint",
    "activities.Continuation",
}
# What pays for it: for who steers the partnership or coordinates the site, and for an administrator, who keeps what is of all places.
OF_MONEY = {"partners.Funding"}
# For who coordinates one of the places and who sits over them in a steering group; for no administrator.
OF_STEERING = {"steering.Report", "steering.Digest"}
# About people and how many they were, about who did or found what, or not decided yet.
OF_PEOPLE = {
    "sites.User", "sites.Role", "sites.ChangeLog", "sites.SiteCheck", "outbox.Delivery",
    "partners.Membership", "partners.Invitation", "partners.Leaving", "partners.CheckIn",
    "activities.Plan", "activities.Spot", "activities.Step", "partners.Volunteer", "partners.Away", "partners.Candidate", "partners.Consent", "partners.Welcome", "activities.SignUp", "activities.Standing",
    "activities.Attendance", "activities.Presence",
}  # fmt: skip
# Asked for without `visible_to`, each with its reason.
OF_NOBODY = {
    "health.Heartbeat": "says when the queue was last heard of: no site, no person, and no page lists it",
    "outbox.Stop": "asked for with `of(user)`: what somebody does not want to read is their business",
    "push.Subscription": "asked for with `of(user)`: one's own devices, whatever one's role",
    "push.Push": "words on their way to a device; no page lists it",
    "sites.Erasure": "a random number and a day, of somebody who is not there any more; no page lists it",
    "sites.Session": "asked for with `of(user)`: one's own, whatever one's role",
    "signals.Held": "read by nobody: whoever wrote it has its code, and it opens with others",
    "signals.Referral": "read by nobody: it leaves in a release, or not at all",
    "signals.Pointing": "a token of nobody; no page reads it",
    "signals.Contribution": "a token of nobody; no page reads it",
}


def figures(site: Site) -> list[Model]:
    """What the partnership of a site published: once, whichever of its sites asks."""
    release = Release.objects.filter(partnership=site.partnership).first() or make_release(site)
    cell = release.cells.first() or make_cell(site, release=release)
    return [Threshold.objects.get_or_create(partnership=site.partnership)[0], release, cell]


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


def tables() -> dict[str, type[Model]]:
    """Every table of our own apps."""
    ours = [app for app in apps.get_app_configs() if Path(app.path).is_relative_to(settings.BASE_DIR)]
    return {
        model._meta.label: model
        for app in ours
        if "site-packages" not in app.path
        for model in app.get_models()
    }  # fmt: skip


def lists() -> dict[str, type[Model]]:
    """Every table whose rows are asked for with `visible_to`: all but a few."""
    return {label: model for label, model in tables().items() if label not in OF_NOBODY}


@dataclass
class Corner:
    """A site and one row of every table that hangs on it."""

    site: Site
    rows: dict[str, set] = field(default_factory=dict)

    def __post_init__(self) -> None:
        site, day = self.site, TODAY
        organisation = make_organisation()
        series = make_series(make_activity(site))
        occurrence = make_occurrence(series, day)
        body = make_body(site)
        self.colleague = make_user()
        need = make_need(series)
        shift, helper = make_shift(need, occurrence), make_volunteer(site=site)
        engagement = make_engagement(site, organisation=organisation)
        reservation = make_reservation(make_outing(occurrence, taken=2))
        attendance = make_attendance(occurrence)
        made = [
            site, make_place(site), make_home_address(site), make_closure(site), make_milestone(site), organisation,
            engagement, make_check_in(engagement), make_leaving(site, organisation=organisation), body, make_seat(body, organisation=organisation),
            series.activity, series, make_series_date(series, day), make_organiser(series, organisation),
            make_text(series), occurrence, make_stop(occurrence), make_guest(occurrence, organisation), self.colleague,
            make_role(RoleKind.VOLUNTEER, user=self.colleague, site=site), make_change(site), make_check(site),
            make_membership(site, user=self.colleague, organisation=organisation), series.activity.type,
            site.municipality, site.partnership, make_old_slug(site, f"vroeger-{site.slug}"), make_short_link(site), organisation.names.get(),
            make_alias(organisation), make_invitation(site), make_delivery(site, user=self.colleague),
            make_plan(site), make_spot(site), make_step(series.activity), need, shift, helper, make_away(helper, day),
            place := make_sign_up(shift, volunteer=helper), make_standing(need, volunteer=helper), make_swap(place),
            reservation.outing, reservation, make_reservation_key(reservation),
            attendance, make_presence(attendance, organisation),
            make_signal(site), make_refused(site), theme(), *figures(site),
            meeting := make_meeting(body), make_present(meeting, organisation), make_decision(meeting), make_point(meeting),
            make_funding(site), make_continuation(series.activity), make_idea_table(site), make_idea(site), make_service(site),
            dossier := make_dossier(site), dossier.steps.get(), make_sentence(dossier), make_figure(dossier, figures(site)[2]),
            make_candidate(site), make_welcome(helper, site), make_consent(helper),
            make_report(site.partnership), make_digest(site.partnership, period=site.slug[-7:]),
        ]  # fmt: skip
        for row in made:
            self.rows.setdefault(row._meta.label, set()).add(row.pk)

    def seen_by(self, user) -> set[str]:
        """Tables of which the one row made here is visible; the rows of the person looking are not counted."""
        return {
            label for label, model in lists().items()
            if set(model._default_manager.visible_to(user).values_list("pk", flat=True)) & self.rows[label]
        }  # fmt: skip


ROLES: dict[str, Callable[[Site], dict]] = {
    "volunteer": lambda site: {"kind": RoleKind.VOLUNTEER, "site": site},
    "partner worker": lambda site: {"kind": RoleKind.PARTNER_WORKER, "site": site},
    "worker who checks people": lambda site: {"kind": RoleKind.PARTNER_WORKER, "site": site},
    "coordinator": lambda site: {"kind": RoleKind.COORDINATOR, "site": site},
    "steering": lambda site: {"kind": RoleKind.STEERING, "partnership": site.partnership},
    "administrator": lambda site: {"kind": RoleKind.ADMINISTRATOR},
}
CLOSED = pytest.mark.parametrize("status", [SiteStatus.STARTING, SiteStatus.STOPPED])


def somebody(role: str, site: Site, **fields) -> User:
    user = make_role(**ROLES[role](site), **fields).user
    if "worker" in role:
        organisation = make_organisation(has_control_function=role != "partner worker")
        make_membership(site, user=user, organisation=organisation)
    return user


def test_every_table_is_asked_for_with_visible_to_but_for_a_declared_few():
    assert {
        label for label, model in tables().items() if not hasattr(model._default_manager.all(), "visible_to")
    } == set(OF_NOBODY)  # fmt: skip


def test_the_sweep_knows_every_list():
    found = set(lists())

    assert found, "nothing was swept"
    assert (
        found
        == OF_A_SITE
        | OF_EVERYONE
        | OF_PEOPLE
        | OF_HELPERS
        | OF_COORDINATORS
        | OF_READERS
        | OF_GROUPS
        | OF_MONEY
        | OF_STEERERS
        | OF_STEERING
    )
    assert set(Corner(make_site()).rows) == found, "every list has a row to hide"


def test_every_list_of_rows_that_hang_on_a_site_has_two_sites_to_tell_apart():
    here, there = Corner(make_site()), Corner(make_site())

    shared = {label for label in here.rows if here.rows[label] & there.rows[label]}

    assert shared == {"signals.Theme"}  # the same for everyone


def test_a_stranger_sees_what_is_public_of_active_sites_and_nobody():
    corners = [Corner(make_site()), Corner(make_site())]

    assert [corner.seen_by(AnonymousUser()) for corner in corners] == [OF_A_SITE | OF_EVERYONE] * 2


@CLOSED
def test_a_stranger_sees_nothing_of_a_site_that_is_not_active(status):
    here, there = Corner(make_site(status=status)), Corner(make_site())

    assert (here.seen_by(AnonymousUser()), there.seen_by(AnonymousUser())) == (OF_EVERYONE, OF_A_SITE | OF_EVERYONE)


@CLOSED
@pytest.mark.parametrize(
    ("role", "own"),
    [
        ("volunteer", OF_A_SITE | OF_HELPERS),
        ("partner worker", OF_A_SITE | OF_READERS | OF_STEERERS),
        ("worker who checks people", OF_A_SITE),
        (
            "coordinator",
            OF_A_SITE
            | OF_PEOPLE
            | OF_HELPERS
            | OF_COORDINATORS
            | OF_READERS
            | OF_STEERERS
            | OF_STEERING
            | OF_GROUPS
            | OF_MONEY,
        ),
        ("steering", OF_A_SITE | OF_STEERERS | OF_STEERING | OF_GROUPS | OF_MONEY),
        ("administrator", OF_A_SITE | OF_PEOPLE | OF_HELPERS | OF_MONEY),
    ],
)
def test_a_role_opens_its_own_site_and_no_other(status, role, own):
    here, there = Corner(make_site(status=status)), Corner(make_site(status=status))
    person = somebody(role, here.site)

    elsewhere = own if role == "administrator" else set()
    assert here.seen_by(person) == own | OF_EVERYONE
    assert there.seen_by(person) == elsewhere | OF_EVERYONE


@pytest.mark.parametrize("role", ["volunteer", "partner worker", "coordinator", "steering"])
def test_people_and_changes_of_another_active_site_stay_hidden(role):
    here, there = Corner(make_site()), Corner(make_site())
    beside = Corner(make_site(partnership=here.site.partnership))
    person = somebody(role, here.site)

    assert [corner.seen_by(person) & OF_PEOPLE for corner in (here, beside, there)] == [
        OF_PEOPLE if role == "coordinator" else set(), set(), set()
    ]  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("since", "until", "opens"),
    [
        pytest.param(TODAY, None, True, id="since today"),
        pytest.param(YESTERDAY, TODAY, True, id="until today"),
        pytest.param(YESTERDAY, YESTERDAY, False, id="until yesterday"),
        pytest.param(TOMORROW, None, False, id="from tomorrow"),
    ],
)
def test_a_role_opens_a_site_from_its_first_to_its_last_day(role, since, until, opens):
    here = Corner(make_site(status=SiteStatus.STARTING))
    person = somebody(role, here.site, since=since, until=until)

    seen = here.seen_by(person) - OF_EVERYONE

    assert bool(seen) is opens, seen
    assert (seen >= OF_A_SITE) is opens


@pytest.mark.parametrize("role", ROLES)
def test_a_role_ends_at_midnight_in_an_open_session_too(role, time_machine):
    here = Corner(make_site(status=SiteStatus.STARTING))
    person = somebody(role, here.site, until=TODAY)
    time_machine.move_to("2023-10-10T23:59+02:00", tick=False)
    before = here.seen_by(User.objects.get(pk=person.pk)) - OF_EVERYONE

    time_machine.move_to("2023-10-11T00:00+02:00", tick=False)

    assert before >= OF_A_SITE
    assert here.seen_by(User.objects.get(pk=person.pk)) == OF_EVERYONE


@pytest.mark.parametrize("role", list(ROLES))
def test_a_closed_account_opens_nothing(role):
    here = Corner(make_site(status=SiteStatus.STARTING))
    person = somebody(role, here.site, user=make_user(is_active=False))

    assert here.seen_by(person) == OF_EVERYONE


def test_everyone_sees_their_own_person_roles_and_memberships():
    here = Corner(make_site(status=SiteStatus.STARTING))
    Corner(make_site())

    assert here.seen_by(here.colleague) & OF_PEOPLE == {
        "sites.User", "sites.Role", "partners.Membership", "outbox.Delivery",
    }  # fmt: skip
    assert list(User.objects.visible_to(here.colleague)) == [here.colleague]


@CLOSED
def test_rows_of_a_whole_partnership_are_as_visible_as_one_of_its_sites(status):
    active = make_site()
    make_site(partnership=active.partnership, status=status)
    hidden = make_site(status=status)
    rows = {
        site: {
            row._meta.model: row.pk
            for row in (
                make_closure(partnership=site.partnership),
                make_milestone(partnership=site.partnership),
                make_body(partnership=site.partnership),
            )
        }
        for site in (active, hidden)
    }
    volunteer = somebody("volunteer", hidden)

    for model, pk in rows[active].items():
        assert list(model.objects.visible_to(AnonymousUser()).values_list("pk", flat=True)) == [pk]
    for model, pk in rows[hidden].items():
        assert set(model.objects.visible_to(volunteer).values_list("pk", flat=True)) == {pk, rows[active][model]}


def test_an_organisation_with_a_seat_only_is_as_visible_as_the_partnership():
    seated = make_seat(make_body(partnership=make_site().partnership)).organisation
    make_seat(make_body(partnership=make_site(status=SiteStatus.STARTING).partnership))
    make_organisation()

    assert list(type(seated).objects.visible_to(AnonymousUser())) == [seated]


def test_what_is_not_published_is_seen_by_nobody_on_the_street():
    site = make_site()
    draft = make_series(make_activity(site), is_published=False)
    parts = [make_series_date(draft, TODAY), make_organiser(draft), make_text(draft)]

    for row in [draft, *parts]:
        assert list(type(row).objects.visible_to(AnonymousUser())) == []


def test_a_partnership_without_a_site_is_seen_by_who_steers_it_only():
    empty, other = make_partnership(), make_partnership()
    steering = make_role(RoleKind.STEERING, partnership=empty).user

    assert list(Partnership.objects.visible_to(steering)) == [empty]
    assert list(Partnership.objects.visible_to(AnonymousUser())) == []
    assert set(Partnership.objects.visible_to(somebody("administrator", make_site(partnership=other)))) == {
        empty,
        other,
    }


@CLOSED
def test_a_municipality_is_as_public_as_a_site_or_a_place_of_it(status):
    stop, hidden_stop = make_municipality(), make_municipality()
    here, there = make_site(), make_site(status=status)
    make_place(here, municipality=stop)
    make_place(there, municipality=hidden_stop)

    assert set(Municipality.objects.visible_to(AnonymousUser())) == {here.municipality, stop}
    assert set(Municipality.objects.visible_to(somebody("volunteer", there))) == {
        here.municipality, stop, there.municipality, hidden_stop
    }  # fmt: skip
