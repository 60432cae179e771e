from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitesConfig(AppConfig):
    name = "sites"
    verbose_name = _("Plekken en mensen")

    def ready(self) -> None:
        """Say what this room adds to the menu, to `/mijn/` and to the desk, and how a list says that nothing was chosen yet."""
        from django.db.models import fields  # noqa: PLC0415  # Django asks for it here

        from stek.outbox.querysets import show  # noqa: PLC0415  # models are there only now

        from . import allowed, blocks, desk_words, emails, menu, own_data  # noqa: PLC0415
        from .accounts import letters, receivers  # noqa: F401, PLC0415
        from .querysets import messages_looked_after  # noqa: PLC0415
        from .rights import Right  # noqa: PLC0415
        from .views.mine import keys  # noqa: PLC0415

        fields.BLANK_CHOICE_LABEL = _("– kies –")
        menu.add(menu.Entry(10, _("Mijn STEK"), "sites:mine", Right.OWN_DATA, "me"))
        menu.add(menu.Entry(20, _("Beheer"), "sites:desks", Right.MANAGE_PEOPLE, "pen"))
        menu.add(menu.Entry(90, _("Mijn gegevens"), "account_details", Right.OWN_DATA, "lock"))
        blocks.add_block(blocks.Block(90, "sites/_keys.html", keys))
        allowed.add_names(allowed.own_names)
        desk_words.say()
        emails.say()
        letters.say()
        show(messages_looked_after)
        own_data.say()
