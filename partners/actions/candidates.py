"""Somebody says that they want to help, without an account; a coordinator invites them, puts them in, or says no by other means."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partners import emails
from partners.consents import CANDIDATE_VERSION
from partners.models import Candidate, Invitation, Volunteer
from sites.enums import RoleKind
from sites.models import Site, User
from stek.time import today

from .invitations import invite

# No place has so many people waiting for a call: then it is a program, and the coordinators still see the first ones.
MOST = 40


@transaction.atomic
def offer_help(
    site: Site, *, name: str, email: str = "", phone: str = "", skills: Sequence[str] = (), language: str = "nl"
) -> Candidate:
    """Write down who wants to help; their coordinators hear it, without a name. The same mailbox once more takes the place of before.

    Raises ValidationError when too many wait already, and by field for what cannot be.
    """
    email = email.strip().lower()
    if email:
        Candidate.objects.filter(site=site, email=email).delete()
    if Candidate.objects.filter(site=site).count() >= MOST:
        raise ValidationError(_("Er wachten al veel mensen op een antwoord. Kom langs of bel."))
    candidate = Candidate(
        site=site, name=name.strip(), email=email, phone=phone.strip(), skills=list(skills), language=language,
        consent_version=CANDIDATE_VERSION, offered_on=today(site.time_zone),
    )  # fmt: skip
    candidate.full_clean(exclude=["site"])
    candidate.save()
    emails.help_offered(site)
    return candidate


@transaction.atomic
def invite_candidate(candidate: Candidate, *, by: User) -> Invitation:
    """An invitation as any other takes the place of the offer. Raises ValidationError as `invite` does, and without a mailbox."""
    candidate = Candidate.objects.select_for_update(of=("self",)).select_related("site").get(pk=candidate.pk)
    if not candidate.email:
        raise ValidationError(_("Zonder e-mailadres kan je niet uitnodigen. Bel, en zet deze persoon er zelf bij."))
    invitation = invite(
        by=by, email=candidate.email, kind=RoleKind.VOLUNTEER, site=candidate.site, name=candidate.name,
        language=candidate.language,
    )  # fmt: skip
    candidate.delete()
    return invitation


@transaction.atomic
def take_on(candidate: Candidate) -> Volunteer:
    """They help from today on, without an account; the coordinator acts for them."""
    candidate = Candidate.objects.select_for_update(of=("self",)).select_related("site").get(pk=candidate.pk)
    site = candidate.site
    helper = Volunteer.objects.create(
        site=site, name=candidate.name, phone=candidate.phone, skills=candidate.skills, since=today(site.time_zone)
    )
    candidate.delete()
    return helper


def drop(candidate: Candidate) -> None:
    """The offer is gone, by who made it or who answered it."""
    Candidate.objects.filter(pk=candidate.pk).delete()
