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


class Facility(models.TextChoices):
    """What there is at a place, as far as somebody looked; the drawing is `a-` and its code."""

    STEP_FREE = "step_free", _("geen trap of drempel")
    WHEELCHAIR_TOILET = "wheelchair_toilet", _("toilet voor rolstoelen")
    TOILET = "toilet", _("toilet")
    CHANGING_TABLE = "changing_table", _("luiertafel")
    CHILDREN = "children", _("speelhoek voor kinderen")
    QUIET = "quiet", _("rustige hoek")
    HEARING_LOOP = "hearing_loop", _("ringleiding voor hoorapparaten")
    WIFI = "wifi", _("gratis wifi")
    BIKES = "bikes", _("fietsenstalling")
    PARKING = "parking", _("parkeerplaats")


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


# What the model calls them, which is how they are called at the desk.
FUNCTION_TERMS = {
    Function.MEET: _("ontmoeten"),
    Function.LEARN: _("leren"),
    Function.POLITICISE: _("politiseren"),
    Function.REFER: _("verwijzen"),
}


class Criterion(models.TextChoices):
    """What a site is looked at for: the five B's, then what the way there asks (S0:590, S1:1160)."""

    REACHABLE = "reachable", _("Bereikbaar")
    AVAILABLE = "available", _("Beschikbaar")
    UNDERSTANDABLE = "understandable", _("Begrijpbaar")
    AFFORDABLE = "affordable", _("Betaalbaar")
    USEFUL = "useful", _("Bruikbaar")
    WITHOUT_CAR = "without_car", _("Zonder eigen vervoer")
    PUBLIC_TRANSPORT = "public_transport", _("Openbaar vervoer")
    RHYTHM = "rhythm", _("Dag van de bezoeker")
    RIDES = "rides", _("Samen rijden")
    RIDE_SERVICE = "ride_service", _("Minder Mobielen Centrale")


# The question behind each of them, in plain words of our own.
QUESTIONS = {
    Criterion.REACHABLE: _("Raken mensen hier vlot binnen, ook wie zich ergens snel te veel voelt?"),
    Criterion.AVAILABLE: _("Is er genoeg te doen, en voor ieder wat?"),
    Criterion.UNDERSTANDABLE: _("Begrijpen bezoekers wat we doen, hoe en waarom?"),
    Criterion.AFFORDABLE: _("Kan iedereen het betalen, en vraagt het niet te veel van mensen?"),
    Criterion.USEFUL: _("Past het aanbod bij wat mensen nodig hebben en hoe ze leven?"),
    Criterion.WITHOUT_CAR: _("Raakt wie geen eigen vervoer heeft tot hier?"),
    Criterion.PUBLIC_TRANSPORT: _("Passen onze uren bij de bus of trein die er rijdt?"),
    Criterion.RHYTHM: _("Passen onze uren bij de dag van bezoekers, bijvoorbeeld bij de schooluren?"),
    Criterion.RIDES: _("Is er hulp voor wie niet tot hier raakt: samen rijden, iemand ophalen?"),
    Criterion.RIDE_SERVICE: _("Kunnen bezoekers de Minder Mobielen Centrale gebruiken?"),
}


class Score(models.TextChoices):
    YES = "yes", _("ja")
    PARTLY = "partly", _("een beetje")
    NO = "no", _("nee")
    UNKNOWN = "unknown", _("weten we nog niet")
