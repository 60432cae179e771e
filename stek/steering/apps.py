from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SteeringConfig(AppConfig):
    """The room that reads all others, for the steering group."""

    name = "stek.steering"
    verbose_name = _("Stuurgroep")

    def ready(self) -> None:
        """Say what this room adds to the menu, and what other rooms add to a report."""
        from activities.demo import add_part as add_to_demo  # noqa: PLC0415  # models are there only now
        from sites.menu import Entry, add  # noqa: PLC0415  # models are there only now
        from sites.rights import Right  # noqa: PLC0415

        from . import agreed, desk_words, dossiers, letters, moments, money, news, signalled  # noqa: PLC0415
        from .demo import load_report  # noqa: PLC0415
        from .enums import LetterKind  # noqa: PLC0415
        from .snapshot import Part, add_part  # noqa: PLC0415

        add(Entry(40, _("Stuurgroep"), "steering:home", Right.READ_DASHBOARD, "people"))
        add_part(Part("signals", signalled.collect, signalled.tell))
        add_part(Part("dossiers", dossiers.collect, dossiers.tell))
        add_part(Part("points", agreed.collect, agreed.tell))
        add_part(Part("money", money.collect, money.tell))
        add_part(Part("moments", moments.collect, moments.tell))
        news.add_teller(news.moments)
        news.add_teller(dossiers.news)
        news.add_teller(signalled.news)
        news.add_teller(agreed.news, to=[LetterKind.STEERING])
        letters.say()
        add_to_demo(load_report)
        desk_words.say()
