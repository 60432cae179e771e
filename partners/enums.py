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


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", _("gepland")
    CANCELLED = "cancelled", _("afgezegd")


class ActionOwner(models.TextChoices):
    """Who does what was agreed, when it is no organisation. Never one person by name: people come and go, roles stay."""

    COORDINATOR = "coordinator", _("de opbouwwerker")
    STEERING = "steering", _("de stuurgroep")
    WORKING = "working", _("de werkgroep")
    PARTICIPATION = "participation", _("de participatiegroep")
    VOLUNTEERS = "volunteers", _("de vrijwilligers")


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


class Tongue(models.TextChoices):
    """A language somebody can help people in; those of the country first. Codes are ISO 639."""

    NL = "nl", _("Nederlands")
    FR = "fr", _("Frans")
    EN = "en", _("Engels")
    VGT = "vgt", _("Vlaamse Gebarentaal")
    AR = "ar", _("Arabisch")
    BER = "ber", _("Berbers")
    BG = "bg", _("Bulgaars")
    FA = "fa", _("Dari of Farsi")
    DE = "de", _("Duits")
    IT = "it", _("Italiaans")
    KU = "ku", _("Koerdisch")
    UK = "uk", _("Oekraïens")
    PS = "ps", _("Pasjtoe")
    PL = "pl", _("Pools")
    PT = "pt", _("Portugees")
    RO = "ro", _("Roemeens")
    RU = "ru", _("Russisch")
    SO = "so", _("Somalisch")
    ES = "es", _("Spaans")
    TI = "ti", _("Tigrinya")
    TR = "tr", _("Turks")


class WelcomeStep(models.TextChoices):
    """What comes before somebody helps by themselves. The law asks that they know of insurance and of keeping silent
    (https://www.vlaanderenvrijwilligt.be/wetgeving/rechten-en-plichten-van-vrijwilligers/informatieplicht-van-de-organisatie/)."""

    TALK = "talk", _("kennismaking")
    AGREEMENT = "agreement", _("afsprakennota gekregen")
    INSURANCE = "insurance", _("uitleg over de verzekering")
    PRIVACY = "privacy", _("belofte om niets door te vertellen")


class Consented(models.TextChoices):
    """What needs a yes, and is over with a no."""

    FIRST_NAME = "first_name", _("anderen mogen mijn voornaam zien")
    CALLS = "calls", _("vraag mij als iemand niet kan")
    PICTURES = "pictures", _("foto’s van mij mogen gebruikt worden")
