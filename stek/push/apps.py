from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PushConfig(AppConfig):
    name = "stek.push"
    label = "push"
    verbose_name = _("Meldingen")

    def ready(self) -> None:
        """Say to the outbox that there is a channel beside mail."""
        from stek.outbox.beside import Channel, add_channel  # noqa: PLC0415  # models are there only now

        from .actions import write  # noqa: PLC0415
        from .sending import send_due  # noqa: PLC0415

        add_channel(Channel("push", write, send_due))
