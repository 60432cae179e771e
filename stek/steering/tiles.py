"""The figures that stand on top of a report, each with what it means."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .telling import Tile, Told, average, hours_of


def definitions() -> dict[str, str]:
    """What each figure means, in the active language: the same words on page, paper and sheet."""
    return {
        "people": _(
            "Wie er was, zoals geteld op elke datum. Wie drie keer komt, telt drie keer: het zijn bezoeken, geen personen. Werkers en "
            "vrijwilligers tellen niet mee."
        ),
        "average": _("De getelde bezoeken, gedeeld door het aantal keer dat er geteld is. Zo telt het niet als er eens niet geteld is."),
        "new_faces": _("Van de getelde bezoeken: wie er volgens de teller voor het eerst was."),
        "held": _(
            "Elke datum van het aanbod die doorging. Afgezegde dagen, sluitingen en datums waarbij iemand noteerde dat het niet doorging, "
            "tellen niet mee. Wat na middernacht eindigt, telt één keer, op de dag dat het begon."
        ),
        "off": _("Datums die afgezegd zijn, die op een sluiting of feestdag vielen, of waarbij iemand noteerde dat het niet doorging."),
        "help": _("De duur van elke beurt die voorbij is en doorging, maal het aantal mensen dat ze op zich nam."),
        "short": _("Beurten die doorgingen met minder mensen dan er minstens nodig waren."),
        "functions": _(
            "Hoe vaak er aanbod was voor elke functie. Een activiteit die twee functies dient, telt bij allebei mee: de som is dus groter "
            "dan het totaal. Uren tellen alleen mee als het uur gekend is."
        ),
        "presence": _(
            "Dagen waarop de organisatie aangevinkt is bij een telling; twee activiteiten op één dag zijn één dag. Beloofd is het aantal "
            "dagen per maand uit het engagement, voor elke volle maand waarin dat liep."
        ),
    }  # fmt: skip


def tiles(told: Told) -> list[Tile]:
    """Reach, offer and help of a period; two of them say on how much they rest."""
    said = definitions()
    counted = _("Geteld op %(counted)s van de %(held)s keer.") % {
        "counted": told.now("counted"),
        "held": told.now("held"),
    }
    now, before = (average(told.of_scope["people"][at], told.of_scope["counted"][at]) for at in (-1, -2))
    off = [sum(told.of_scope[name][at] for name in ("cancelled", "shut", "fell")) for at in (-1, -2)]
    help_now, help_before = (hours_of(told.of_scope["help_minutes"][at]) for at in (-1, -2))
    short = _("Van %(shifts)s beurten.") % {"shifts": told.now("shifts")}
    return [
        _tile(told, "people", _("Getelde bezoeken"), told.now("people"), told.before("people"), said["people"], counted),
        _tile(told, "average", _("Mensen per keer"), now, before, said["average"]),
        _tile(told, "new_faces", _("Nieuwe gezichten"), told.now("new_faces"), told.before("new_faces"), said["new_faces"]),
        _tile(told, "held", _("Keer aanbod"), told.now("held"), told.before("held"), said["held"]),
        _tile(told, "off", _("Niet doorgegaan"), off[0], off[1], said["off"]),
        _tile(told, "help", _("Uren van vrijwilligers"), help_now, help_before, said["help"]),
        _tile(told, "short", _("Beurten met te weinig mensen"), told.now("short"), told.before("short"), said["short"], short),
    ]  # fmt: skip


def _tile(
    told: Told, code: str, label: str, now: float | None, before: float | None, definition: str, note: str = ""
) -> Tile:
    return Tile(code, label, now, before, definition, note, told.comparison(now, before))
