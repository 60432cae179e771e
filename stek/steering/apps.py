from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SteeringConfig(AppConfig):
    """The room that reads all others, for the steering group."""

    name = "stek.steering"
    verbose_name = _("Stuurgroep")
