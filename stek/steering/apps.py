from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SteeringConfig(AppConfig):
    """The room that reads all others, for the steering group."""

    name = "stek.steering"
    verbose_name = _("Stuurgroep")

    def ready(self) -> None:
        """Say what this room adds to the menu."""
        from sites.menu import Entry, add  # noqa: PLC0415  # models are there only now
        from sites.rights import Right  # noqa: PLC0415

        add(Entry(40, _("Stuurgroep"), "steering:home", Right.READ_DASHBOARD, "people"))
