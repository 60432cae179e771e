"""The words of the partners room in the history."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sites import history

from .meeting_words import group_name
from .models import Engagement, Leaving, Meeting, Seat

VERBS = {
    "add_organisation": _("Organisatie toegevoegd"),
    "change_organisation": _("Organisatie veranderd"),
    "rename": _("Andere naam voor een organisatie"),
    "set_aliases": _("Andere schrijfwijzen"),
    "merge": _("Twee organisaties samengevoegd"),
    "engage": _("Partner erbij"),
    "change_engagement": _("Gegevens van een partner veranderd"),
    "check_in": _("Gesprek met een partner"),
    "leave": _("Partner vertrekt"),
    "come_back": _("Partner blijft toch"),
    "start_body": _("Groep begonnen"),
    "give_seat": _("Nieuw in een groep"),
    "change_seat": _("Plaats in een groep veranderd"),
    "plan_meeting": _("Vergadering gepland"),
    "change_meeting": _("Vergadering aangepast"),
    "call_meeting": _("Uitnodigingen voor een vergadering"),
    "cancel_meeting": _("Vergadering afgezegd"),
    "keep_minutes": _("Verslag geschreven"),
    "decide": _("Beslissing opgeschreven"),
    "correct_decision": _("Beslissing verbeterd"),
    "agree": _("Actiepunt afgesproken"),
    "change_point": _("Actiepunt aangepast"),
    "finish_point": _("Actiepunt klaar"),
    "reopen_point": _("Actiepunt weer te doen"),
    "promise": _("Geld toegevoegd"),
    "correct_funding": _("Gegevens over geld verbeterd"),
    "extend_funding": _("Geld verlengd"),
    "add_service": _("Dienst in de wegwijzer"),
    "change_service": _("Dienst in de wegwijzer veranderd"),
    "offer_service": _("Dienst aan of uit in de wegwijzer"),
    "take_back": _("Weggehaald uit een verslag"),
    "invite": _("Uitgenodigd"),
    "resend_invitation": _("Uitnodiging opnieuw gestuurd"),
    "withdraw_invitation": _("Uitnodiging ingetrokken"),
    "accept_invitation": _("Ja gezegd"),
    "start_membership": _("Werker van een partner begonnen"),
    "extend_membership": _("Werker van een partner verlengd"),
    "end_membership": _("Werker van een partner gestopt"),
}
KEYS = {
    "aliases": _("andere schrijfwijzen"),
    "name": _("naam"),
    "since": _("vanaf"),
    "ended": _("wat dan eindigt"),
    "engagements": _("engagementen"),
    "seats": _("zitjes"),
    "memberships": _("werkers"),
    "roles": _("sleutels"),
    "not_begun": _("wat nog moest beginnen"),
    "doubled": _("dubbel"),
    "kept": _("blijft"),
    "moved": _("verhuisd naar wat blijft"),
}


def say() -> None:
    """For `AppConfig.ready`."""
    history.add_group("partners", _("Partners"))
    history.add_group("groepen", _("Vergaderingen"))
    # Whom it is about, the history does not say: it outlives them.
    history.add_subject("partners.invitation", history.Subject("mensen", lambda row: row.get_kind_display()))
    history.add_subject("partners.membership", history.Subject("mensen", lambda row: ""))
    history.add_subject("partners.organisation", history.Subject("partners", str))
    history.add_subject("partners.organisationname", history.Subject("partners", str))
    history.add_subject("partners.alias", history.Subject("partners", str))
    history.add_subject("partners.body", history.Subject("partners", lambda body: body.get_kind_display()))
    for label in ("engagement", "seat", "leaving"):
        history.add_subject(f"partners.{label}", history.Subject("partners", _host, ("organisation",)))
    history.add_subject(
        "partners.checkin",
        history.Subject("partners", lambda talk: _host(talk.engagement), ("engagement__organisation",)),
    )
    history.add_subject("partners.funding", history.Subject("groepen", str, ("site", "partnership")))
    history.add_subject("partners.service", history.Subject("partners", str))
    # What was said stands on the page of the meeting; the history says that something was.
    history.add_subject("partners.meeting", history.Subject("groepen", group_of, ("body__site", "body__partnership")))
    for label in ("decision", "actionpoint"):
        related = ("meeting__body__site", "meeting__body__partnership")
        history.add_subject(f"partners.{label}", history.Subject("groepen", lambda row: group_of(row.meeting), related))
    history.add_words(VERBS, KEYS)


def group_of(meeting: Meeting) -> str:
    return group_name(meeting.body)


def _host(row: Engagement | Leaving | Seat) -> str:
    return str(row.organisation)
