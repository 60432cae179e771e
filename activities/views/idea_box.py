"""`/<site>/ideeen/`: what became of visitors' ideas, and a box for new ones, without a name, in every language."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.actions.ideas import give_idea
from activities.idea_board import Group, public_board
from activities.idea_forms import BoxForm
from sites.finding import site_form, site_page
from sites.forms.base import add_refusal
from sites.models import Site
from sites.publication import PublicSite, published
from stek import errors
from stek.form_key import Early, Stale, new_key, read_key
from stek.limits import WINDOW, count, sender
from stek.pages import current_language, form_page, render_page
from stek.time import now

ABOUT = "idea"
# From one address in ten minutes: a table of people with one telephone, and no program.
MOST = 12


@site_page
def ideas_page(request: HttpRequest, site: PublicSite) -> HttpResponse:
    """What was done, what was chosen, what lies there, and what cannot be with the reason."""

    def render(whole: Site) -> tuple[str, dt.datetime]:
        groups = [(_heading(group), group) for group in public_board(whole)]
        body = render_page("activities/idea_page.html", f"/{whole.slug}/ideeen/", {"site": whole, "groups": groups})
        return body, now() + dt.timedelta(days=1)

    return published(request, site, "ideas", render)


def _heading(group: Group) -> str:
    return {
        "done": _("Dit is er gekomen"),
        "chosen": _("Hier werken we aan"),
        "proposed": _("Dit stelden mensen voor"),
        "impossible": _("Dit kan niet"),
    }[group.code]


@site_form
def box(request: HttpRequest, site: Site) -> HttpResponse:
    """One field. Nobody signs in for it, and nothing is kept of who sends it."""
    is_post = request.method == "POST"
    form = BoxForm(request.POST if is_post else None)
    key = request.POST.get("sleutel", "")
    if is_post:
        if count("idea", sender(request)) > MOST:
            return errors.too_often(request, seconds=WINDOW)
        key = _read_key(request, form, key)
        if form.is_valid() and _given(site, form):
            return HttpResponseRedirect(reverse("activities:idea_given", args=[site.slug]))
    return form_page(request, "activities/idea_box.html", {"site": site, "form": form, "key": key or new_key(ABOUT)})


def _read_key(request: HttpRequest, form: BoxForm, key: str) -> str:
    """The key for the next try; what is wrong with it stands above the form, and what was typed stays."""
    try:
        read_key(ABOUT, key)
    except Early:
        form.add_error(None, _("Dat ging heel snel. Kijk alles na en verstuur het nog eens."))
    except Stale:
        form.add_error(None, _("Dit formulier stond lang open. Kijk alles na en verstuur het nog eens."))
        key = ""
    if request.POST.get("homepage"):
        form.add_error(None, _("Laat het veld “Laat dit leeg” leeg."))
    return key


def _given(site: Site, form: BoxForm) -> bool:
    try:
        give_idea(site, form.cleaned_data["text"], language=current_language())
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return False
    return True


@site_page
def given(request: HttpRequest, site: PublicSite) -> HttpResponse:
    """Thank you; the same for everybody."""

    def render(whole: Site) -> tuple[str, dt.datetime]:
        body = render_page("activities/idea_given.html", f"/{whole.slug}/ideeen/bedankt/", {"site": whole})
        return body, now() + dt.timedelta(days=1)

    return published(request, site, "idea_given", render)
