"""Words of the sites room; imports nothing of ours, so anyone may import it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SiteKind(models.TextChoices):
    NEW = "new", _("nieuwe plek")
    EXISTING = "existing", _("bestaande plek")
    MULTIPURPOSE = "multipurpose", _("polyvalente plek")
    MOBILE = "mobile", _("mobiele plek")


class SiteStatus(models.TextChoices):
    STARTING = "starting", _("in opstart")
    ACTIVE = "active", _("actief")
    STOPPED = "stopped", _("gestopt")


class PlaceKind(models.TextChoices):
    HOUSE = "house", _("huis")
    ROOM = "room", _("lokaal")
    STOP = "stop", _("halte")


class RoleKind(models.TextChoices):
    """The five roles; what each may do stands in `sites.rights`."""

    COORDINATOR = "coordinator", _("opbouwwerker")
    PARTNER_WORKER = "partner_worker", _("werker van een partner")
    VOLUNTEER = "volunteer", _("vrijwilliger")
    STEERING = "steering", _("lid van de stuurgroep")
    ADMINISTRATOR = "administrator", _("beheerder")


class Precision(models.IntegerChoices):
    """How exactly a date is known. Higher is coarser, so that `-precision` sorts coarse dates first."""

    DAY = 1, _("dag")
    MONTH = 2, _("maand")
    SEASON = 3, _("seizoen")
    YEAR = 4, _("jaar")


class Function(models.TextChoices):
    """The four functions of a STEK, in the one order used everywhere (S0 is the model)."""

    MEET = "meet", _("Mensen ontmoeten")
    LEARN = "learn", _("Iets leren")
    POLITICISE = "politicise", _("Opkomen voor rechten")
    REFER = "refer", _("Hulp vinden")
