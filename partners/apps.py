from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners")

    def ready(self) -> None:
        """Say what this room adds to a site's desk."""
        from sites import blocks  # noqa: PLC0415  # models are there only now
        from sites.rights import Right  # noqa: PLC0415

        from .views.people import how_people_stand  # noqa: PLC0415

        about = _("Wie een sleutel heeft, wie uitgenodigd is, en tot wanneer.")
        blocks.add_door(blocks.Door(60, _("Mensen"), about, "partners:people", Right.MANAGE_PEOPLE, how_people_stand))
