"""What this room keeps about people: what they may take along, what forgets them, and what is over when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sites.models import Role, User
from stek.personal import Eraser, Exporter, Somebody, add_eraser, add_exporter, add_follower
from stek.retention import Purger, add_purger
from stek.time import today, wall_now

from .models import Away, Candidate, Consent, Invitation, Leaving, Membership, Volunteer, Welcome

# What a volunteer chose by themselves.
CHOICES = {
    "phone": _("telefoon"),
    "skills": _("wat je graag doet"),
    "languages": _("talen waarin je mensen kan helpen"),
    "shows_first_name": _("anderen mogen mijn voornaam zien"),
    "takes_calls": _("vraag mij als iemand niet kan"),
    "wants_late_reminder": _("herinner me ook drie uur vooraf"),
    "may_be_pictured": _("foto’s van mij mogen gebruikt worden"),
}


def say() -> None:
    """For `AppConfig.ready`."""
    labels = {"organisation": _("organisatie"), "where": _("waar"), "since": _("vanaf"), "until": _("laatste dag")}
    covers = ("partners.Membership.user",)
    add_exporter(Exporter("memberships", _("Voor wie je werkt"), labels, _memberships, covers, position=30))
    labels = {"role": _("rol"), "where": _("waar"), "name": _("naam"), "email": _("e-mailadres"),
              "sent": _("gestuurd op"), "answer": _("antwoord")}  # fmt: skip
    add_exporter(Exporter("invitations", _("Uitnodigingen voor jou"), labels, _invitations, position=40))
    labels = {"role": _("rol"), "where": _("waar"), "sent": _("gestuurd op"), "answer": _("antwoord")}
    covers = ("partners.Invitation.invited_by",)
    add_exporter(Exporter("invited", _("Uitnodigingen die jij stuurde"), labels, _invited, covers, position=41))
    covers = ("partners.Volunteer.user",)
    add_exporter(Exporter("volunteer", _("Hoe je helpt"), CHOICES, _volunteer, covers, position=32))
    labels = {"first_day": _("eerste dag"), "last_day": _("laatste dag")}
    add_exporter(Exporter("away", _("Wanneer je weg bent"), labels, _away, position=33))
    labels = {"step": _("stap"), "where": _("waar"), "day": _("dag")}
    add_exporter(Exporter("welcomes", _("Hoe je welkom was"), labels, _welcomes, position=34))
    labels = {
        "what": _("waarvoor"),
        "version": _("versie van de tekst"),
        "given_on": _("gegeven op"),
        "withdrawn_on": _("ingetrokken op"),
    }
    add_exporter(Exporter("consents", _("Waar je ja op zei"), labels, _consents, position=35))
    labels = {
        "name": _("voornaam"),
        "email": _("e-mailadres"),
        "phone": _("telefoon"),
        "where": _("waar"),
        "day": _("dag"),
    }
    add_exporter(Exporter("candidates", _("Waar je wou helpen"), labels, _candidates, position=42))
    add_eraser(Eraser("candidates", _forget_candidates, ("partners.candidate",)))
    add_eraser(Eraser("volunteer", _forget_volunteer, ("partners.volunteer",)))
    add_eraser(Eraser("invitations", _forget_invitations, ("partners.invitation",)))
    add_eraser(Eraser("leavings", _forget_in_leavings))
    add_follower(_follow)
    add_purger(Purger("invitation", _over))
    add_purger(Purger("candidate", lambda length: Candidate.objects.filter(offered_on__lt=today() - length)))
    add_purger(Purger("consent", lambda length: Consent.objects.filter(withdrawn_on__lt=today() - length)))
    add_purger(Purger("away", lambda length: Away.objects.filter(last_day__lt=today() - length)))


def _memberships(user: User) -> list[dict[str, Any]]:
    rows = Membership.objects.filter(user=user).select_related("organisation", "site").order_by("since", "pk")
    return [
        {
            "organisation": row.organisation.name_on(today()),
            "where": str(row.site or _("stuurgroep")),
            "since": row.since,
            "until": row.until,
        }
        for row in rows.prefetch_related("organisation__names")
    ]


def _volunteer(user: User) -> list[dict[str, Any]]:
    return [
        {name: getattr(row, name) for name in CHOICES} | {"skills": row.skill_names, "languages": row.language_names}
        for row in Volunteer.objects.filter(user=user)
    ]


def _welcomes(user: User) -> list[dict[str, Any]]:
    rows = Welcome.objects.filter(volunteer__user=user).select_related("site").order_by("day", "pk")
    return [{"step": str(row.get_step_display()), "where": row.site.name, "day": row.day} for row in rows]


def _consents(user: User) -> list[dict[str, Any]]:
    return [
        {
            "what": str(row.get_what_display()), "version": row.version, "given_on": row.given_on, "withdrawn_on": row.withdrawn_on,
        }
        for row in Consent.objects.filter(volunteer__user=user)
    ]  # fmt: skip


def _candidates(user: User) -> list[dict[str, Any]]:
    """By the mailbox they gave: whoever reads mail there is who wrote it."""
    return [
        {"name": row.name, "email": row.email, "phone": row.phone, "where": row.site.name, "day": row.offered_on}
        for row in Candidate.objects.filter(email=user.email).select_related("site")
    ]


def _forget_candidates(somebody: Somebody) -> None:
    Candidate.objects.filter(email=somebody.address.lower()).delete()


def _away(user: User) -> list[dict[str, Any]]:
    rows = Away.objects.filter(volunteer__user=user)
    return [{"first_day": row.first_day, "last_day": row.last_day} for row in rows]


def _forget_volunteer(somebody: Somebody) -> None:
    """With what hangs on it: days away, standing places. What was done before counts on, from nobody."""
    Volunteer.objects.filter(user=somebody.id).delete()


def _invitations(user: User) -> list[dict[str, Any]]:
    rows = Invitation.objects.filter(email=user.email).select_related("site", "partnership").order_by("invited_at")
    return [_line(row) | {"name": row.name, "email": row.email} for row in rows]


def _invited(user: User) -> list[dict[str, Any]]:
    """Without whom it was for: that is about somebody else."""
    rows = Invitation.objects.filter(invited_by=user).select_related("site", "partnership").order_by("invited_at")
    return [_line(row) for row in rows]


def _line(row: Invitation) -> dict[str, Any]:
    answer = _("ja") if row.accepted_at else _("ingetrokken") if row.withdrawn_at else _("nog geen")
    return {
        "role": str(row.get_kind_display()),
        "where": row.where,
        "sent": row.invited_at.date(),
        "answer": str(answer),
    }


def _forget_invitations(somebody: Somebody) -> None:
    """Those for them go. Those they sent stay, from nobody: whoever was asked did nothing wrong."""
    Invitation.objects.filter(email=somebody.address).delete()
    Invitation.objects.filter(invited_by=somebody.id).update(invited_by=None)


def _forget_in_leavings(somebody: Somebody) -> None:
    """What a leaving would put back when it is undone, without them."""
    keys = {
        model._meta.label: set(model._default_manager.filter(user=somebody.id).values_list("pk", flat=True))
        for model in (Role, Membership)
    }
    for leaving in Leaving.objects.select_for_update().order_by("pk"):
        ended = [row for row in leaving.ended if row[1] not in keys.get(row[0], ())]
        removed = [row for row in leaving.removed if row["fields"].get("user") != somebody.id]
        if (ended, removed) != (leaving.ended, leaving.removed):
            leaving.ended, leaving.removed = ended, removed
            leaving.save(update_fields=["ended", "removed"])


def _follow(former: str, address: str) -> None:
    """An invitation is for a person, and goes along to their new mailbox."""
    Invitation.objects.filter(email=former).update(email=address)


def _over(length: dt.timedelta) -> Any:
    """Answered, withdrawn or late, and that so long ago."""
    limit = wall_now() - length
    ended = Q(accepted_at__lt=limit) | Q(withdrawn_at__lt=limit)
    late = Q(accepted_at=None, withdrawn_at=None, expires_at__lt=limit)
    return Invitation.objects.filter(ended | late)
