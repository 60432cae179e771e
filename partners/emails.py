"""Letters about people and organisations, one function for each: which row is written, and what it says when it leaves."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sites.models import Site, User
from stek.outbox import post
from stek.outbox.actions import secret_of
from stek.outbox.kinds import AT_ONCE, Kind, add_kind
from stek.outbox.models import Delivery
from stek.time import today, wall_now

from .models import Candidate, Invitation, Leaving
from .rules import hash_of, is_open

INVITATION, LEAVING, HELP_OFFERED = "partners/invitation", "partners/leaving", "partners/help_offered"


def invitation(invitation: Invitation, token: str) -> None:
    """To who is invited: by whom, for what and where, until when, and the link that only they can use."""
    post(
        INVITATION, address=invitation.email, language=invitation.language, about=f"invitation:{invitation.pk}",
        site=invitation.site, facts={"invitation": invitation.pk}, secret=token,
    )  # fmt: skip


def leaving(leaving: Leaving, *, to: User, last_day: dt.date) -> None:
    """To who loses a key because an organisation leaves: which day is the last one."""
    facts = {"leaving": leaving.pk, "last_day": str(last_day)}
    about = f"organisation:{leaving.organisation_id} site:{leaving.site_id}"
    post(LEAVING, to=to, about=about, site=leaving.site, facts=facts)


def help_offered(site: Site) -> None:
    """To who coordinates a site: somebody wants to help. Who that is stands on the desk and in no letter."""
    for coordinator in User.objects.coordinating(site):
        post(HELP_OFFERED, to=coordinator, about=f"site:{site.pk}", site=site, facts={"site": site.pk})


def say() -> None:
    """For `AppConfig.ready`."""
    # Who invites is often standing beside who is invited.
    add_kind(Kind(INVITATION, _("uitnodiging"), _invitation, wait=AT_ONCE, may_stop=False))
    add_kind(Kind(LEAVING, _("vertrek van een organisatie"), _leaving))
    add_kind(Kind(HELP_OFFERED, _("iemand wil komen helpen"), _help_offered))


def _invitation(delivery: Delivery) -> dict[str, Any] | None:
    rows = Invitation.objects.select_related("site", "partnership", "organisation", "invited_by")
    found, token = rows.filter(pk=delivery.facts["invitation"]).first(), secret_of(delivery)
    if found is None or found.token_hash != hash_of(token) or not is_open(found, wall_now()):
        return None  # answered, withdrawn, or sent again with another link
    return {
        "invitation": found,
        "inviter": found.invited_by.name if found.invited_by else "",
        "organisation": found.organisation.name_on(today()) if found.organisation else "",
        "path": reverse("partners:invitation", args=[token]),
    }


def _leaving(delivery: Delivery) -> dict[str, Any] | None:
    rows = Leaving.objects.select_related("organisation", "site")
    found, user = rows.filter(pk=delivery.facts["leaving"]).first(), delivery.user
    if found is None or user is None:
        return None  # it came back
    return {
        "organisation": found.organisation.name_on(found.last_day),
        "site": found.site.name,
        "last_day": dt.date.fromisoformat(delivery.facts["last_day"]),
        "name": user.name,
    }


def _help_offered(delivery: Delivery) -> dict[str, Any] | None:
    """None when they were answered meanwhile."""
    site = Site.objects.filter(pk=delivery.facts["site"]).first()
    number = Candidate.objects.filter(site=site).count() if site else 0
    if site is None or not number:
        return None
    return {"site": site.name, "number": number, "path": reverse("partners:candidates", args=[site.slug])}
