"""Somebody says that they want to help, without an account; a coordinator invites them, puts them in, or says no by other means."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
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
    """Write down who wants to help; their coordinators hear it, without a name. The same mailbox or number once more takes the place of before.

    Raises ValidationError when too many wait already, and by field for what cannot be.
    """
    email, phone = email.strip().lower(), phone.strip()
    before = Candidate.objects.filter(site=site)
    (before.filter(email=email) if email else before.filter(email="", phone=phone)).delete()
    if Candidate.objects.filter(site=site).count() >= MOST:
        raise ValidationError(_("Er wachten al veel mensen op een antwoord. Kom langs of bel."))
    candidate = Candidate(
        site=site, name=name.strip(), email=email, phone=phone, skills=list(skills), language=language,
        consent_version=CANDIDATE_VERSION, offered_on=today(site.time_zone),
    )  # fmt: skip
    candidate.full_clean(exclude=["site"])
    candidate.save()
    emails.help_offered(site)
    return candidate


@transaction.atomic
def invite_candidate(candidate: Candidate, *, by: User) -> Invitation | None:
    """An invitation as any other takes the place of the offer; None when it was answered already. Raises ValidationError as `invite` does, and
    without a mailbox."""
    found = _locked(candidate)
    if found is None:
        return None
    if not found.email:
        raise ValidationError(_("Zonder e-mailadres kan je niet uitnodigen. Bel, en zet deze persoon er zelf bij."))
    invitation = invite(
        by=by, email=found.email, kind=RoleKind.VOLUNTEER, site=found.site, name=found.name, language=_of_desk(found),
    )  # fmt: skip
    found.delete()
    return invitation


@transaction.atomic
def take_on(candidate: Candidate) -> Volunteer | None:
    """They help from today on, without an account; the coordinator acts for them. None when that was answered already."""
    found = _locked(candidate)
    if found is None:
        return None
    helper = Volunteer.objects.create(
        site=found.site, name=found.name, phone=found.phone, skills=found.skills, since=today(found.site.time_zone)
    )
    found.delete()
    return helper


def _of_desk(candidate: Candidate) -> str:
    """Their language, where who helps finds pages in it; else Dutch, which is what is spoken there."""
    return candidate.language if candidate.language in dict(settings.STEK_DESK_LANGUAGES) else settings.LANGUAGE_CODE


def _locked(candidate: Candidate) -> Candidate | None:
    """As they are now; two coordinators, or two taps, answer once."""
    return Candidate.objects.select_for_update(of=("self",)).select_related("site").filter(pk=candidate.pk).first()


def drop(candidate: Candidate) -> None:
    """The offer is gone, by who made it or who answered it."""
    Candidate.objects.filter(pk=candidate.pk).delete()
