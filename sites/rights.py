"""Who may do what: the table of `docs/architecture.md` as data. Pages, menus and tests read it; `can` asks it.

A right says which roles open a door at all. Which rows are behind it is `visible_to`; an exception for one row is a
predicate in the room that knows the row (`partners.rules` for control functions).
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from .enums import RoleKind
from .models import Site, User

C, P, V, S, A = (
    RoleKind.COORDINATOR,
    RoleKind.PARTNER_WORKER,
    RoleKind.VOLUNTEER,
    RoleKind.STEERING,
    RoleKind.ADMINISTRATOR,
)
EVERYONE = frozenset(RoleKind)


class Right(models.TextChoices):
    """One row of the table, in a sentence."""

    READ_PUBLIC = "read_public", _("openbare pagina’s lezen")
    OWN_DATA = "own_data", _("eigen beurten en gegevens zien")
    READ_ROSTER = "read_roster", _("zien wie er helpt")
    MANAGE_ROSTER = "manage_roster", _("alle beurten beheren")
    PROPOSE_OFFER = "propose_offer", _("aanbod van de eigen organisatie voorstellen en tellen")
    MANAGE_OFFER = "manage_offer", _("het hele aanbod beheren")
    MANAGE_RESERVATIONS = "manage_reservations", _("zien wie zich inschreef, en inschrijvingen beheren")
    LOG_SIGNAL = "log_signal", _("een signaal geven")
    MODERATE_SIGNALS = "moderate_signals", _("wachtende signalen nakijken")
    READ_SIGNALS = "read_signals", _("aanvaarde signalen van de plek lezen")
    READ_RELEASED = "read_released", _("vrijgegeven cijfers en gepubliceerde stappen lezen")
    READ_DOSSIER_STATUS = "read_dossier_status", _("titel, bestemming en toestand van dossiers zien")
    READ_DOSSIERS = "read_dossiers", _("dossiers in opbouw lezen")
    WORK_ON_DOSSIERS = "work_on_dossiers", _("aan dossiers werken")
    READ_DASHBOARD = "read_dashboard", _("dashboard, verslag en vergaderingen lezen")
    READ_MEETINGS = "read_meetings", _("vergaderingen van de eigen groepen lezen")
    KEEP_MEETINGS = "keep_meetings", _("vergaderingen beleggen en verslag houden")
    MANAGE_FUNDING = "manage_funding", _("bijhouden wat de plek betaalt, en wat blijft")
    PREPARE_REPORT = "prepare_report", _("een verslag vastzetten en de brief aan de stuurgroep sturen")
    READ_MESSAGES = "read_messages", _("zien welke mails vertrokken, en ze opnieuw sturen")
    MANAGE_PEOPLE = "manage_people", _("mensen, uitnodigingen, sluitingen en adressen beheren")
    MANAGE_NETWORK = "manage_network", _("accounts, plekken, thema’s en samenwerkingsverbanden beheren")


RIGHTS: dict[Right, frozenset[RoleKind]] = {
    Right.READ_PUBLIC: EVERYONE,
    Right.OWN_DATA: EVERYONE,
    Right.READ_ROSTER: frozenset({V, P, C}),
    Right.MANAGE_ROSTER: frozenset({C}),
    Right.PROPOSE_OFFER: frozenset({P, C}),
    Right.MANAGE_OFFER: frozenset({C}),
    Right.MANAGE_RESERVATIONS: frozenset({C}),
    Right.LOG_SIGNAL: frozenset({P, C}),
    Right.MODERATE_SIGNALS: frozenset({C}),
    Right.READ_SIGNALS: frozenset({P, C}),
    Right.READ_RELEASED: EVERYONE,
    Right.READ_DOSSIER_STATUS: frozenset({P, S, C}),
    Right.READ_DOSSIERS: frozenset({P, C}),
    Right.WORK_ON_DOSSIERS: frozenset({C}),
    Right.READ_DASHBOARD: frozenset({S, C}),
    # Which of them: `Body.objects.followed_by`; who keeps those of which group: `partners.meeting_rules.can_keep`.
    Right.READ_MEETINGS: frozenset({V, P, S, C}),
    Right.KEEP_MEETINGS: frozenset({S, C}),
    Right.MANAGE_FUNDING: frozenset({C, A}),
    Right.PREPARE_REPORT: frozenset({C}),
    Right.READ_MESSAGES: frozenset({C, A}),
    Right.MANAGE_PEOPLE: frozenset({C, A}),
    Right.MANAGE_NETWORK: frozenset({A}),
}

# What nobody needs a key for.
OPEN_RIGHTS = frozenset({Right.READ_PUBLIC})
# What an open account is enough for: who has no key any more may still see, take along and erase what is kept of them.
OWN_RIGHTS = frozenset({Right.OWN_DATA})


def can(user: User | AnonymousUser, right: Right, site: Site | None = None) -> bool:
    """Whether a right is open to somebody today, at one site or (`site=None`) anywhere; never for a closed account.

    A role over a partnership counts at each of its sites, an administrator's everywhere.
    """
    if right in OPEN_RIGHTS:
        return True
    if not (isinstance(user, User) and user.is_active):
        return False
    if right in OWN_RIGHTS:
        return True
    return any(role.kind in RIGHTS[right] and (site is None or role.covers(site)) for role in user.active_roles)
