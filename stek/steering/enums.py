"""Words of the steering room; imports nothing of ours, so anyone may import it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PeriodKind(models.TextChoices):
    """What a figure is of: each is whole calendar months, so that months add up to all of them."""

    QUARTER = "K", _("kwartaal")
    HALF = "H", _("half jaar")
    YEAR = "J", _("jaar")


MONTHS = {PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}


class LetterKind(models.TextChoices):
    STEERING = "stuurgroep", _("brief aan de stuurgroep")
    PARTNERS = "partners", _("wat werd ervan: brief aan de partners")


class DigestState(models.TextChoices):
    SENT = "sent", _("verstuurd")
    HELD = "held", _("tegengehouden")
