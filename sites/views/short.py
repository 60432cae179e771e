"""`/q/<code>/`: behind a code on paper, whatever became of the page's address since."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from sites.models import ShortLink, Site
from sites.short_links import leads_to
from stek.pages import error_page


@login_not_required
@require_safe
def short_link(request: HttpRequest, code: str) -> HttpResponse:
    """To the page in the language of the paper. Not for good: tomorrow the page may live elsewhere, the code stays."""
    links = ShortLink.objects.filter(code=code.lower()).select_related("site")
    link = links.filter(site__in=Site.objects.public()).first()
    if link is None and (of_no_place := links.first()):
        return _of_no_place_now(request, of_no_place.language)
    if link is None:
        title, text = (
            _("Deze code kennen we niet"),
            _("Scan ze nog eens, of kijk op het blad naar het adres dat erbij staat."),
        )
        return error_page(request, 404, title, text)
    response = HttpResponseRedirect(leads_to(link))
    response["Cache-Control"] = "public, no-cache"
    return response


def _of_no_place_now(request: HttpRequest, language: str) -> HttpResponse:
    """The code is right and scanning it again does not help. Which place it is of is not said."""
    with override(language):
        title = _("Deze plek staat nu niet op de website")
        text = _("Misschien is ze gestopt, of nog niet begonnen. Kijk welke plekken er nu wel zijn.")
        response = error_page(request, 404, title, text)
    response["Content-Language"] = language
    return response
