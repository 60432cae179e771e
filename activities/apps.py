from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = _("Aanbod")

    def ready(self) -> None:
        from sites.told import listen  # noqa: PLC0415  # models must be there first

        from .actions.touched import tell_calendars_of  # noqa: PLC0415

        listen(tell_calendars_of)
