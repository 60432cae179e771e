"""What people see when a page is not there, or when we broke something: plain words and the way back."""

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from stek.pages import error_page

BUSY = 30  # seconds


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404, _("Deze pagina is er niet"), _("Misschien staat er een foutje in het adres."))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 400, _("Dat begrijpen we niet"), _("Er klopt iets niet aan het adres of het formulier."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    links = [(reverse("sites:mine"), _("Naar Mijn STEK"))]
    text = _("Je hebt er geen sleutel van. Denk je van wel? Vraag het aan de opbouwwerker van je plek.")
    return error_page(request, 403, _("Deze pagina is niet voor jou"), text, links=links)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    text = _("Het formulier is te oud, of cookies staan uit. Ga terug en probeer opnieuw.")
    return error_page(request, 403, _("We konden dit niet bewaren"), text)


def too_large(request: HttpRequest) -> HttpResponse:
    text = _("Wat je stuurt is te groot. Maak je tekst korter en probeer opnieuw.")
    return error_page(request, 413, _("We konden dit niet bewaren"), text)


def too_often(request: HttpRequest, *, seconds: int) -> HttpResponse:
    """One too many forms from one address; everybody in the same house has the same one."""
    text = _("Er kwam te veel tegelijk van jullie internetverbinding. Wacht tien minuten en probeer het dan opnieuw.")
    response = error_page(request, 429, _("Even wachten"), text)
    response["Retry-After"] = str(seconds)
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """Called while the exception is handled. A database that is locked, too slow or away is no fault of the page: later it goes."""
    if isinstance(sys.exception(), OperationalError):
        return busy(request)
    text = _("Er ging iets mis bij ons. Het ligt niet aan jou. Probeer het straks opnieuw.")
    return error_page(request, 500, _("Er is iets stuk"), text, number=getattr(request, "number", ""))


def busy(request: HttpRequest) -> HttpResponse:
    text = _("Het is even te druk bij ons. Wacht een halve minuut, ga terug en probeer opnieuw.")
    response = error_page(request, 503, _("Even wachten"), text, number=getattr(request, "number", ""))
    response["Retry-After"] = str(BUSY)
    return response
