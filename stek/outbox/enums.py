"""Words of the outbox; imports nothing of ours, so anyone may import it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a message is on its way. Only `waiting` ever becomes something else by itself."""

    WAITING = "waiting", _("wacht")
    CLAIMED = "claimed", _("wacht")  # a worker has it, and nothing of it has left
    SENDING = "sending", _("vertrekt")  # from here on nobody knows, until the mail server says so
    SENT = "sent", _("verstuurd")
    FAILED = "failed", _("niet gelukt")
    UNCERTAIN = "uncertain", _("onzeker")
    DROPPED = "dropped", _("niet meer nodig")


UNDER_WAY = (State.CLAIMED, State.SENDING)
OVER = (State.SENT, State.DROPPED)
# What somebody may send again by hand, and nothing else ever does.
BY_HAND = (State.FAILED, State.UNCERTAIN)


class Reason(models.TextChoices):
    """Why a message is not sent, or not yet."""

    NONE = "", ""
    UNREACHABLE = "unreachable", _("De mailserver antwoordt niet. We proberen het opnieuw.")
    DEFERRED = "deferred", _("De mailbox neemt nu niets aan. We proberen het opnieuw.")
    REFUSED = "refused", _("De mailserver weigert dit adres of dit bericht.")
    GIVEN_UP = "given_up", _("Het lukte twee dagen lang niet.")
    BROKEN = "broken", _("Wij konden dit bericht niet schrijven.")
    SILENT = "silent", _("De mailserver kreeg het bericht en zei niet of het aankwam.")
    INTERRUPTED = "interrupted", _("Ons programma stopte terwijl het bericht vertrok.")
    UNTRUE = "untrue", _("Wat erin stond, klopt niet meer.")
    NEWER = "newer", _("Er is een nieuwer bericht over hetzelfde.")
    TOO_LATE = "too_late", _("Het zou te laat komen.")
    AT_NIGHT = "at_night", _("Het was nacht, en ’s morgens is het te laat.")
    STOPPED = "stopped", _("De ontvanger wil dit soort berichten niet.")
    CLOSED = "closed", _("Het account van de ontvanger is gesloten.")


class Night(models.TextChoices):
    """What happens to a message that is due between nine in the evening and eight in the morning."""

    WAIT = "wait"
    DROP = "drop"  # a reminder that would come after what it reminds of
    SEND = "send"  # somebody must know at once: the way they sign in has changed
