"""Choices of this room. Imports nothing of ours."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Barrier(models.TextChoices):
    """What kept people out: read beside a signal, never counted in public."""

    DIGITAL = "digital", _("het moet digitaal")
    ADMINISTRATIVE = "administrative", _("moeilijke brieven of formulieren")
    RIGHT_UNKNOWN = "right_unknown", _("niet weten dat het recht er is")
    MONEY = "money", _("te duur")
    MOBILITY = "mobility", _("te ver of geen vervoer")
    HOURS = "hours", _("de uren passen niet")
    SENT_AROUND = "sent_around", _("van dienst naar dienst gestuurd")
    MISSING_SERVICE = "missing_service", _("de dienst is er niet")
    FEWER_COUNTERS = "fewer_counters", _("minder loketten")
    LANGUAGE = "language", _("taal")
    SHAME = "shame", _("schaamte, iedereen kent iedereen")


class State(models.TextChoices):
    """Of a signal that left the holding table."""

    OPENED = "opened", _("wacht op nazicht")
    ACCEPTED = "accepted", _("aanvaard")


class Kind(models.TextChoices):
    """What is counted by theme and site, and published by the quarter."""

    SIGNALS = "signals", _("signalen")
    REFERRALS = "referrals", _("doorverwijzingen")


class Reason(models.TextChoices):
    """Why a signal was refused: these and no others, since whoever gave it reads them without being addressed."""

    PERSON = "person", _("Het ging over één persoon.")
    UNCLEAR = "unclear", _("Het was niet duidelijk wat er misloopt.")
    NOT_STRUCTURAL = "not_structural", _("Het was een vraag of klacht voor één dienst, geen signaal.")
    CONSENT = "consent", _("We twijfelden of wie het vertelde, akkoord was.")
    HURTFUL = "hurtful", _("De woorden konden iemand kwetsen.")


# What helps whoever gave it to say it differently next time.
BETTER: dict[str, object] = {
    Reason.PERSON: _("Vertel wat er misloopt, zonder wie. Schrijf bijvoorbeeld: “mensen die …”."),
    Reason.UNCLEAR: _("Vertel in één zin wat mensen willen, en wat hen tegenhoudt."),
    Reason.NOT_STRUCTURAL: _("Help die ene vraag verder in de STEK. Komt ze vaker terug? Geef ze dan opnieuw door."),
    Reason.CONSENT: _("Vraag eerst of je het mag doorgeven."),
    Reason.HURTFUL: _("Vertel wat er gebeurde, zonder oordeel over mensen."),
}


class Status(models.TextChoices):
    """How far a dossier is. The first three come in this order; from there on an answer decides."""

    COLLECTED = "collected", _("verzameld")
    ANALYSED = "analysed", _("geanalyseerd")
    RAISED = "raised", _("aangekaart")
    IN_TALKS = "in_talks", _("in gesprek")
    PROMISED = "promised", _("toegezegd")
    SOLVED = "solved", _("opgelost")
    REFUSED = "refused", _("geweigerd")
