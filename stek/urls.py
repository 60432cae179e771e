"""Every address of the project. Data formats, health and the admin take no language prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import include, path

from activities.urls import data_urlpatterns
from signals.urls import data_urlpatterns as figures_urlpatterns
from sites.accounts.views.admin_door import admin_door, no_such_page
from sites.views.phone import worker
from sites.views.short import short_link
from stek.health.views import health
from stek.pages import public_page

handler400 = "stek.errors.bad_request"
handler403 = "stek.errors.forbidden"
handler404 = "stek.errors.not_found"
handler500 = "stek.errors.broken"


@public_page
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it whatever a page says."""
    return HttpResponseRedirect(static("stek/mark.svg"))


urlpatterns = [
    path("gezond/", health, name="health"),
    path("favicon.ico", favicon),
    path("sw.js", worker, name="worker"),
    path("q/<slug:code>/", short_link, name="short_link"),
    # Django's own pages for a password are not reached: nobody has one.
    path("admin/login/", admin_door),
    path("admin/password_change/", no_such_page),
    path("admin/password_change/done/", no_such_page),
    path("admin/", admin.site.urls),
    path("", include(([*figures_urlpatterns, *data_urlpatterns], "data"))),
    *i18n_patterns(
        path("account/", include("sites.accounts.urls")),
        path("", include("stek.outbox.urls")),
        path("", include("stek.steering.urls")),
        path(
            "", include("signals.urls")
        ),  # before the desk of a site: `/beheer/netwerk/` is no site, and before `/<site>/`
        path("", include("partners.urls")),  # before the desk of a site: `/beheer/mensen/` is no site
        path("", include("sites.urls")),
        path("", include("activities.urls")),
        prefix_default_language=False,
    ),
]
