"""`/q/<code>/`: behind a code on paper, whatever became of the page's address since."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sites.models import ShortLink, Site
from sites.short_links import leads_to
from stek.pages import error_page


@login_not_required
@require_safe
def short_link(request: HttpRequest, code: str) -> HttpResponse:
    """To the page in the language of the paper. Not for good: tomorrow the page may live elsewhere, the code stays."""
    links = ShortLink.objects.filter(code=code.lower(), site__in=Site.objects.public())
    link = links.select_related("site").first()
    if link is None:
        title, text = (
            _("Deze code kennen we niet"),
            _("Scan ze nog eens, of kijk op het blad naar het adres dat erbij staat."),
        )
        return error_page(request, 404, title, text)
    response = HttpResponseRedirect(leads_to(link))
    response["Cache-Control"] = "public, no-cache"
    return response
