"""Letters about people and organisations, one function for each."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import override

from stek.outbox import send
from stek.time import today

from .models import Invitation


def invitation(invitation: Invitation, token: str) -> None:
    """To who is invited: by whom, for what and where, until when, and the link that only they can use."""
    with override(invitation.language):
        path = reverse("partners:invitation", args=[token])
    organisation = invitation.organisation
    context = {
        "invitation": invitation,
        "inviter": invitation.invited_by.name if invitation.invited_by else "",
        "organisation": organisation.name_on(today()) if organisation else "",
        "path": path,
    }
    send("partners/invitation", to=invitation.email, language=invitation.language, context=context)
