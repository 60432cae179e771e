"""Rows of the partners room. Every function takes what differs and fills in the rest."""

from __future__ import annotations

import datetime as dt
from itertools import count

from partners.enums import ActionOwner, BodyKind, Consented, OrganisationKind, Satisfaction, WelcomeStep
from partners.models import (
    ActionPoint,
    Alias,
    Away,
    Body,
    Candidate,
    CheckIn,
    Consent,
    Decision,
    Engagement,
    Funding,
    Invitation,
    Leaving,
    Meeting,
    Membership,
    Organisation,
    OrganisationName,
    Present,
    Seat,
    Service,
    Volunteer,
    Welcome,
)
from sites.enums import RoleKind
from sites.models import Site, User
from stek.time import now, today, wall_now

from .sites import make_role, make_user

_number = count(1)


def make_organisation(*, name: str = "", **fields) -> Organisation:
    """A partner that has had one `name` since always (by default "Organisatie 1", 2 …)."""
    number = next(_number)
    organisation = Organisation.objects.create(
        **{"code": f"organisatie-{number}", "kind": OrganisationKind.WELFARE} | fields
    )
    make_organisation_name(organisation, name=name or f"Organisatie {number}")
    return organisation


def make_organisation_name(organisation: Organisation, **fields) -> OrganisationName:
    return OrganisationName.objects.create(
        organisation=organisation, **{"name": "Naam", "since": dt.date(1900, 1, 1)} | fields
    )


def make_alias(organisation: Organisation, **fields) -> Alias:
    return Alias.objects.create(organisation=organisation, **{"name": f"Bijnaam {next(_number)}"} | fields)


def make_engagement(site: Site, **fields) -> Engagement:
    if "organisation" not in fields:
        fields["organisation"] = make_organisation()
    return Engagement.objects.create(site=site, **{"since": dt.date(2022, 1, 1)} | fields)


def make_body(site: Site | None = None, **fields) -> Body:
    """A working group of one site; without a site, the steering group of `partnership`."""
    plain = {"kind": BodyKind.WORKING if site else BodyKind.STEERING}
    if site:
        plain["partnership"] = site.partnership
    return Body.objects.create(site=site, **plain | fields)


def make_seat(body: Body, **fields) -> Seat:
    if "organisation" not in fields:
        fields["organisation"] = make_organisation()
    return Seat.objects.create(body=body, **{"since": dt.date(2022, 1, 1)} | fields)


def make_membership(site: Site | None, *, user: User | None = None, **fields) -> Membership:
    if "organisation" not in fields:
        fields["organisation"] = make_organisation()
    return Membership.objects.create(site=site, user=user or make_user(), **{"since": dt.date(2022, 1, 1)} | fields)


def make_invitation(site: Site | None = None, **fields) -> Invitation:
    """An open invitation to be a volunteer, by nobody in particular. Its token is not known: ask the action for one that is."""
    number, now = next(_number), wall_now()
    plain = {"email": f"gast-{number}@example.org", "kind": RoleKind.VOLUNTEER, "token_hash": f"{number:064}"}
    days = {"invited_at": now, "expires_at": now + dt.timedelta(days=14)}
    return Invitation.objects.create(site=site, **plain | days | fields)


def make_leaving(site: Site, **fields) -> Leaving:
    """As a row only: `partners.actions.leaving` ends what ends with it."""
    if "organisation" not in fields:
        fields["organisation"] = make_organisation()
    return Leaving.objects.create(site=site, **{"last_day": dt.date(2023, 12, 31)} | fields)


def make_check_in(engagement: Engagement, **fields) -> CheckIn:
    """A talk of a year after the beginning, with the next one a year later."""
    plain = {"day": dt.date(2023, 1, 1), "next_due": dt.date(2024, 1, 1), "satisfaction": Satisfaction.CONTENT}
    return CheckIn.objects.create(engagement=engagement, **plain | fields)


def make_volunteer(**fields) -> Volunteer:
    """With an account, unless a `site` says that there is none."""
    if "site" in fields:
        plain = {"name": f"Vrijwilliger {next(_number)}", "since": dt.date(2022, 1, 1)}
        return Volunteer.objects.create(**plain | fields)
    return Volunteer.objects.create(**{"user": fields.pop("user", None) or make_user()} | fields)


def make_helper(site: Site, **fields) -> Volunteer:
    """Somebody with a volunteer's key of a site since always."""
    volunteer = make_volunteer(**fields)
    make_role(RoleKind.VOLUNTEER, site=site, user=volunteer.user, since=dt.date(2020, 1, 1))
    return volunteer


def make_away(volunteer: Volunteer, first_day: dt.date, last_day: dt.date | None = None) -> Away:
    return Away.objects.create(volunteer=volunteer, first_day=first_day, last_day=last_day or first_day)


def make_candidate(site: Site, **fields) -> Candidate:
    number = next(_number)
    plain = {"name": f"Gast {number}", "email": f"kandidaat-{number}@example.org", "consent_version": "1"}
    return Candidate.objects.create(site=site, **plain | {"offered_on": today()} | fields)


def make_welcome(volunteer: Volunteer, site: Site, **fields) -> Welcome:
    return Welcome.objects.create(volunteer=volunteer, site=site, **{"step": WelcomeStep.TALK, "day": today()} | fields)


def make_consent(volunteer: Volunteer, **fields) -> Consent:
    plain = {"what": Consented.PICTURES, "version": "1", "given_on": today()}
    return Consent.objects.create(volunteer=volunteer, **plain | fields)


def make_meeting(body: Body, **fields) -> Meeting:
    """On 12 October 2023 at ten, of which nobody was told."""
    plain = {"day": dt.date(2023, 10, 12), "begin": dt.time(10), "end": dt.time(11), "changed_at": now()}
    return Meeting.objects.create(body=body, **plain | fields)


def make_present(meeting: Meeting, organisation: Organisation | None = None) -> Present:
    return Present.objects.create(meeting=meeting, organisation=organisation or make_organisation())


def make_decision(meeting: Meeting, **fields) -> Decision:
    return Decision.objects.create(
        meeting=meeting, **{"text": f"Beslissing {next(_number)}", "written_on": meeting.day} | fields
    )


def make_point(meeting: Meeting, **fields) -> ActionPoint:
    """For the coordinator to do, unless an `organisation` does it."""
    plain = {"text": f"Actiepunt {next(_number)}", "role": "" if "organisation" in fields else ActionOwner.COORDINATOR}
    return ActionPoint.objects.create(meeting=meeting, **plain | fields)


def make_open_group(site: Site) -> Body:
    """A working group of a site in which volunteers sit, and everybody for whom somebody works there."""
    body = make_body(site, with_volunteers=True)
    for organisation in Organisation.objects.filter(memberships__site=site).distinct():
        make_seat(body, organisation=organisation, since=dt.date(2020, 1, 1))
    return body


def make_funding(site: Site | None = None, **fields) -> Funding:
    """For one site; without a site, for all of `partnership`. Until the end of June 2025, unless told otherwise."""
    plain: dict[str, object] = {"source": f"Geldschieter {next(_number)}", "last_day": dt.date(2025, 6, 30)}
    if site:
        plain["partnership"] = site.partnership
    return Funding.objects.create(site=site, **plain | fields)


def make_service(site: Site, **fields) -> Service:
    """A line of the guide of the site's partnership."""
    number = next(_number)
    if "organisation" not in fields:
        fields["organisation"] = make_organisation()
    plain = {"code": f"dienst-{number}", "name": f"Dienst {number}", "what_for": "Hulp met brieven"}
    return Service.objects.create(partnership=site.partnership, **plain | fields)
