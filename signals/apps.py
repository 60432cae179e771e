from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignalsConfig(AppConfig):
    """The room of structural signals."""

    name = "signals"
    verbose_name = _("Signalen")

    def ready(self) -> None:
        """Say what this room adds to the menu, to `/mijn/`, the desk and the history; what is over when, and what is no name."""
        from activities.demo import add_part  # noqa: PLC0415  # models are there only now

        from . import after_letters, counting, desk_words, dossier_letters, own_data, referral_counting  # noqa: PLC0415
        from .demo import load_signals  # noqa: PLC0415
        from .demo.dossiers import load_dossiers  # noqa: PLC0415
        from .demo.referrals import load_referrals  # noqa: PLC0415

        counting.say()
        referral_counting.say()
        desk_words.say()
        dossier_letters.say()
        after_letters.say()
        own_data.say()
        add_part(load_signals)
        add_part(load_referrals)
        add_part(load_dossiers)
