"""Words of the partners room; imports nothing of ours, so anyone may import it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    COMMUNITY_WORK = "community_work", _("opbouwwerk")
    MUNICIPALITY = "municipality", _("gemeente")
    PUBLIC_WELFARE = "public_welfare", _("OCMW")
    MUNICIPAL_SERVICE = "municipal_service", _("dienst van de gemeente")
    WELFARE = "welfare", _("welzijnswerk")
    ADULT_EDUCATION = "adult_education", _("basiseducatie voor volwassenen")
    SOCIAL_GROCERY = "social_grocery", _("sociale kruidenier")
    SECOND_HAND = "second_hand_children", _("tweedehands voor kinderen")
    LEISURE = "volunteers_leisure", _("betaalbare vrije tijd, door vrijwilligers")
    BIKE_LIBRARY = "bike_library", _("fietsbibliotheek voor kinderen")
    CIVIL_SOCIETY = "civil_society", _("vereniging")
    PRIMARY_CARE = "primary_care_zone", _("eerstelijnszone")
    HOUSING = "social_housing_service", _("sociale huisvesting")
    DIGITAL = "digital_inclusion", _("digitale hulp")
    MENTAL_HEALTH = "peer_mental_health", _("ontmoeting bij psychische kwetsbaarheid")
    LOCAL_ASSOCIATION = "welzijnsschakel", _("welzijnsschakel")
    UMBRELLA = "umbrella", _("koepel")
    FARM = "farm", _("landbouwbedrijf")
    HEALTH_INSURANCE = "health_insurance", _("ziekenfonds")
    SUPPORT_CENTRE = "support_centre", _("steunpunt")


# Those that also check on people: what others told them may have consequences. An administrator may say otherwise.
CHECKING_KINDS = frozenset({OrganisationKind.MUNICIPALITY, OrganisationKind.PUBLIC_WELFARE, OrganisationKind.HOUSING})


class BodyKind(models.TextChoices):
    STEERING = "steering", _("stuurgroep")
    WORKING = "working", _("werkgroep")
    PARTICIPATION = "participation", _("participatiegroep")


class Satisfaction(models.IntegerChoices):
    """How content a partner is, in its own words; a higher number is happier."""

    NOT_AT_ALL = 1, _("helemaal niet tevreden")
    NOT = 2, _("niet tevreden")
    SO_SO = 3, _("het gaat")
    CONTENT = 4, _("tevreden")
    VERY = 5, _("heel tevreden")


class Skill(models.TextChoices):
    """What somebody likes to do, and what a task asks for. Light work and heavy work stand in one list, as equals."""

    HOST = "host", _("onthaal")
    COFFEE = "coffee", _("koffie en opruimen")
    KITCHEN = "kitchen", _("koken")
    SHELVES = "shelves", _("rekken vullen")
    COMPUTER = "computer", _("hulp met gsm en computer")
    PAPERS = "papers", _("hulp met papieren")
    LANGUAGE = "language", _("Nederlands oefenen")
    CHILDREN = "children", _("bij de kinderen")
    REPAIR = "repair", _("herstellen")
    DRIVING = "driving", _("rijden en dragen")
    ORGANISE = "organise", _("mee organiseren")
