"""Words of the offer; imports nothing of ours, so anyone may import it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Frequency(models.TextChoices):
    ONCE = "once", _("één keer")
    WEEKLY = "weekly", _("elke week, of om de zoveel weken")
    MONTHLY = "monthly", _("elke maand")


class Weekday(models.IntegerChoices):
    """As `date.weekday()`: Monday is 0."""

    MONDAY = 0, _("maandag")
    TUESDAY = 1, _("dinsdag")
    WEDNESDAY = 2, _("woensdag")
    THURSDAY = 3, _("donderdag")
    FRIDAY = 4, _("vrijdag")
    SATURDAY = 5, _("zaterdag")
    SUNDAY = 6, _("zondag")


class Nth(models.IntegerChoices):
    """Which one of its weekday in a month. There is no fifth: "last" is what people mean by it."""

    FIRST = 1, _("eerste")
    SECOND = 2, _("tweede")
    THIRD = 3, _("derde")
    FOURTH = 4, _("vierde")
    LAST = -1, _("laatste")


class Part(models.TextChoices):
    """Part of a day, for an hour nobody knows. Its window is for sorting, never shown as an hour."""

    MORNING = "morning", _("voormiddag")
    AFTERNOON = "afternoon", _("namiddag")
    EVENING = "evening", _("avond")


class PriceKind(models.TextChoices):
    FREE = "free", _("gratis")
    FIXED = "fixed", _("vast bedrag")
    GOODS = "goods", _("je betaalt wat je koopt")
    ASK = "ask", _("vraag het ter plaatse")


class OccurrenceStatus(models.TextChoices):
    """What is stored. "Closed", "moved" and "opened" follow from other facts, see `activities.schedule`."""

    PLANNED = "planned", _("gepland")
    CANCELLED = "cancelled", _("gaat niet door")
    WITHDRAWN = "withdrawn", _("niet meer in de reeks")


class DateChange(models.TextChoices):
    ADDED = "added", _("toegevoegd")
    REMOVED = "removed", _("weggelaten")


class PlanStatus(models.TextChoices):
    """How far a plan is. What has begun is an activity."""

    IDEA = "idea", _("idee")
    PLANNED = "planned", _("gepland")
    STARTED = "started", _("begonnen")
    DROPPED = "dropped", _("gaat niet door")


class SignUpState(models.TextChoices):
    TAKEN = "taken", _("neemt de beurt")
    WAITING = "waiting", _("op de wachtlijst")


class ReservationState(models.TextChoices):
    GOING = "going", _("gaat mee")
    WAITING = "waiting", _("op de wachtlijst")


class News(models.TextChoices):
    """What somebody without a mailbox must still be told by the coordinator."""

    NONE = "", _("niets")
    PLACE = "place", _("heeft nu een plaats")
    DATE = "date", _("de datum veranderde")


class Staying(models.TextChoices):
    """What becomes of an activity when the money stops."""

    STAYS = "stays", _("blijft")
    SMALLER = "smaller", _("blijft, maar kleiner")
    STOPS = "stops", _("stopt")
    UNKNOWN = "unknown", _("nog niet bekend")


class IdeaStatus(models.TextChoices):
    """How far an idea is; one from the box waits until the coordinator looked at it."""

    WAITING = "waiting", _("na te kijken")
    PROPOSED = "proposed", _("voorgesteld")
    CHOSEN = "chosen", _("gekozen")
    DONE = "done", _("gedaan")
    IMPOSSIBLE = "impossible", _("niet haalbaar")


class PaperKind(models.TextChoices):
    """What can hang on a wall."""

    OFFER = "offer", _("het vaste aanbod")
    WEEK = "week", _("de flyer van de week")
    POSTER = "poster", _("de affiche van één activiteit")
