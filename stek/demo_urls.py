"""The addresses of a demonstration: all of the project's, and `/demo/`. Chosen by `STEK_DEMO` in the settings."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from activities.views import demo

from .urls import handler400, handler403, handler404, handler500
from .urls import urlpatterns as project

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

# First, because the last of the project's own would read `/demo/` as a site.
urlpatterns = [
    *i18n_patterns(
        path("demo/", demo.demo, name="demo"),
        path("demo/mail/", demo.mail, name="demo_mail"),
        path("demo/als/<slug:word>/", demo.become, name="demo_as"),
        path("demo/als/<slug:word>/<slug:site>/", demo.become, name="demo_as_at"),
        prefix_default_language=False,
    ),
    *project,
]
