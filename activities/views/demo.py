"""`/demo/`: look through the eyes of an example person. These addresses exist in the demonstration only (`stek/demo_urls.py`)."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from activities.demo.people import EXAMPLES, KANTINE, OF_ONE_SITE, person
from sites.inside import inside
from sites.models import Site
from sites.words import moment_words
from stek.outbox import files


@login_not_required
@require_GET
def demo(request: HttpRequest) -> HttpResponse:
    """Who you can be, by site."""
    sites = Site.objects.filter(slug__in={one.site for one in EXAMPLES}).select_related("municipality")
    groups = [(site, [one for one in EXAMPLES if one.site == site.slug and one.kind in OF_ONE_SITE]) for site in sites]
    everywhere = [one for one in EXAMPLES if one.kind not in OF_ONE_SITE]
    return inside(request, "activities/demo.html", {"groups": groups, "everywhere": everywhere})


@login_not_required
@require_GET
def mail(request: HttpRequest) -> HttpResponse:
    """What the demonstration would have sent."""
    letters = [
        {
            "when": moment_words(letter.when) if letter.when else "",
            "to": letter.to,
            "subject": letter.subject,
            "text": letter.text,
            "language": letter.language,
        }
        for letter in files.letters()
    ]
    return inside(request, "activities/demo_mail.html", {"letters": letters})


@login_not_required
@require_POST
def become(request: HttpRequest, word: str, site: str = KANTINE) -> HttpResponse:
    """Sign in as an example person, without a code."""
    user = person(word, site)
    if user is None:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(request, _("Je kijkt nu mee als %(name)s. Alles hier is een voorbeeld.") % {"name": user.name})
    return HttpResponseRedirect(resolve_url("sites:mine"))
