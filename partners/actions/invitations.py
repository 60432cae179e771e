"""Somebody is asked to take a key, and says yes. The token stands in the mail and nowhere else."""

from __future__ import annotations

import datetime as dt
import secrets

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from partners import emails
from partners.models import Invitation, Organisation
from partners.rules import RESENDS_A_DAY, VALID, can_invite, can_resend, hash_of, is_open, needs_organisation
from sites.actions.log import log_change
from sites.actions.roles import grant_role
from sites.enums import RoleKind
from sites.models import Partnership, Site, User
from stek.time import wall_now

from .people import start_membership


@transaction.atomic
def invite(
    *,
    by: User,
    email: str,
    kind: str,
    site: Site | None = None,
    partnership: Partnership | None = None,
    organisation: Organisation | None = None,
    language: str = "nl",
    name: str = "",
) -> Invitation:
    """Ask somebody by mail. Who was asked for the same key already, and has not answered, gets the letter once more.

    Raises ValidationError for a key that `by` may not give, for a worker without an organisation, and for a fourth letter in a day.
    """
    if not can_invite(by, kind, site=site, partnership=partnership):
        raise ValidationError({"kind": _("Voor deze sleutel kan je niemand uitnodigen.")})
    if needs_organisation(kind) != (organisation is not None):
        raise ValidationError({"organisation": _("Kies de organisatie waar deze persoon voor werkt.")})
    # Two who ask the same person at once take turns: one row, and the second sends it again.
    _lock(site or partnership)
    scope = {"kind": kind, "site": site, "partnership": partnership, "organisation": organisation}
    words = {"email": email.strip().lower(), "language": language, "name": " ".join(name.split())}
    waiting = Invitation.objects.waiting().filter(email=words["email"], **scope).select_for_update().first()
    if waiting is not None:
        waiting.language, waiting.name = language, words["name"] or waiting.name
        return _send_again(waiting, by=by)
    invitation = Invitation(**scope, **words)
    token = _renew(invitation, by)
    invitation.full_clean(exclude=["site", "partnership", "organisation", "invited_by"])
    invitation.save()
    log_change(by=by, verb="invite", about=invitation, site=site, changes={"kind": [None, kind]})
    emails.invitation(invitation, token)
    return invitation


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> Invitation:
    """A new letter with a new link; the old link is dead from now on. Who sends it is who invites.

    Raises ValidationError when it was answered meanwhile, and for a fourth letter in a day.
    """
    return _send_again(_locked(invitation.pk), by=by)


def _send_again(invitation: Invitation, *, by: User) -> Invitation:
    now = wall_now()
    if invitation.is_answered:
        raise ValidationError(_("Deze uitnodiging is al beantwoord of ingetrokken."))
    if not can_resend(invitation, now):
        text = _("Deze uitnodiging is vandaag al %(number)s keer opnieuw gestuurd. Probeer het morgen nog eens.")
        raise ValidationError(text % {"number": RESENDS_A_DAY})
    invitation.resent = invitation.resent + 1 if invitation.resent_on == now.date() else 1
    invitation.resent_on = now.date()
    token = _renew(invitation, by)
    invitation.save()
    log_change(by=by, verb="resend_invitation", about=invitation, site=invitation.site, changes={})
    emails.invitation(invitation, token)
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> None:
    """The link is dead from now on. Withdrawing twice changes nothing; raises ValidationError for one that was accepted."""
    invitation = _locked(invitation.pk)
    if invitation.accepted_at:
        raise ValidationError(_("Deze uitnodiging is al aanvaard. Je kan de sleutel zelf laten eindigen."))
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = wall_now()
        invitation.save(update_fields=["withdrawn_at"])
        log_change(by=by, verb="withdraw_invitation", about=invitation, site=invitation.site, changes={})


@transaction.atomic
def accept(invitation: Invitation, *, user: User) -> bool:
    """Take the key. True when somebody has it through this invitation, now or since an earlier click.

    False, and nothing changes, for who was not invited, and for an invitation that is late, withdrawn, or of somebody who may not
    invite any more. What a person has already is never shortened or doubled.
    """
    invitation = _locked(invitation.pk)
    if not user.is_active or user.email != invitation.email:
        return False
    if invitation.accepted_at:
        return True
    if not is_open(invitation, wall_now()):
        return False
    invitation.accepted_at = wall_now()
    invitation.save(update_fields=["accepted_at"])
    log_change(by=user, verb="accept_invitation", about=invitation, site=invitation.site, changes={})
    _give(invitation, user)
    return True


def _give(invitation: Invitation, user: User) -> None:
    by = invitation.invited_by
    if invitation.organisation:
        start_membership(user, organisation=invitation.organisation, site=invitation.site, by=by)
        return
    kind = RoleKind(invitation.kind)
    grant_role(user, kind=kind, site=invitation.site, partnership=invitation.partnership, by=by)


def account_for(invitation: Invitation) -> User:
    """The account of who is invited; a new one, which opens nothing yet, when there is none."""
    with transaction.atomic():
        # Two clicks at once make one account.
        invitation = _locked(invitation.pk)
        found = User.objects.filter(email=invitation.email).first()
        return found or User.objects.create_user(invitation.email, name=invitation.name, language=invitation.language)


def _locked(pk: int) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",))
    return rows.select_related("site", "partnership", "organisation", "invited_by").get(pk=pk)


def _lock(scope: models.Model | None) -> None:
    assert scope is not None
    type(scope)._default_manager.select_for_update(no_key=True).get(pk=scope.pk)


def _renew(invitation: Invitation, by: User) -> str:
    """A new token for another two weeks; only its hash stays."""
    token = secrets.token_urlsafe(32)
    now: dt.datetime = wall_now()
    invitation.token_hash, invitation.invited_by = hash_of(token), by
    invitation.invited_at, invitation.expires_at = now, now + VALID
    return token
