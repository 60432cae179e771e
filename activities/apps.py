from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = _("Aanbod")

    def ready(self) -> None:
        """Say what this room adds to `/mijn/`."""
        from sites import blocks  # noqa: PLC0415  # models are there only now

        from .own_dates import own_dates  # noqa: PLC0415

        blocks.add_block(blocks.Block(20, "activities/_own_dates.html", own_dates))
