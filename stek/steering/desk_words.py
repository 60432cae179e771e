"""What the steering room says when it starts: its words in the history."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sites import history

VERBS = {
    "freeze_report": _("Verslag vastgezet"),
    "send_digest": _("Brief over een kwartaal gestuurd"),
    "hold_digest": _("Brief over een kwartaal tegengehouden"),
}


def say() -> None:
    """For `AppConfig.ready`."""
    history.add_group("stuurgroep", _("Stuurgroep"))
    history.add_subject("steering.report", history.Subject("stuurgroep", lambda report: report.when.words))
    history.add_subject("steering.digest", history.Subject("stuurgroep", lambda digest: digest.get_kind_display()))
    history.add_words(VERBS, {})
