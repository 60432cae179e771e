"""Every address of the project. Data formats, health and the admin take no language prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from activities.urls import data_urlpatterns
from stek.health.views import health

handler400 = "stek.errors.bad_request"
handler403 = "stek.errors.forbidden"
handler404 = "stek.errors.not_found"
handler500 = "stek.errors.broken"

urlpatterns = [
    path("gezond/", health, name="health"),
    path("admin/", admin.site.urls),
    path("", include((data_urlpatterns, "data"))),
    *i18n_patterns(
        path("", include("sites.urls")),
        path("", include("activities.urls")),
        prefix_default_language=False,
    ),
]
