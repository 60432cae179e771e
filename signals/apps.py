from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignalsConfig(AppConfig):
    """The room of structural signals; its tables come with the pages that read them."""

    name = "signals"
    verbose_name = _("Signalen")
