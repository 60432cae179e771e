"""What the guard says: what it saw, why that matters, and how to say the same without a person. Help, never blame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .findings import Finding, Kind

SEEN: Mapping[Kind, Any] = {
    "national_register": gettext_lazy("Hier staat een rijksregisternummer"),
    "phone": gettext_lazy("Hier staat een telefoonnummer"),
    "email": gettext_lazy("Hier staat een mailadres"),
    "iban": gettext_lazy("Hier staat een rekeningnummer"),
    "number_plate": gettext_lazy("Hier staat een nummerplaat"),
    "date_of_birth": gettext_lazy("Hier staat een geboortedatum"),
    "handle": gettext_lazy("Hier staat een profiel op sociale media"),
    "address": gettext_lazy("Hier staat een huisnummer"),
    "name": gettext_lazy("Hier staat misschien een naam"),
    "rare_trait": gettext_lazy("Hier is misschien iemand te herkennen"),
    "number": gettext_lazy("Hier staat een lang nummer"),
}
BETTER: Mapping[Kind, Any] = {
    "national_register": gettext_lazy("Laat het nummer weg. Het verhaal blijft hetzelfde."),
    "phone": gettext_lazy("Laat het nummer weg. Schrijf bijvoorbeeld: “vraag het aan de balie”."),
    "email": gettext_lazy("Laat het adres weg. Schrijf bijvoorbeeld: “vraag het aan de balie”."),
    "iban": gettext_lazy("Laat het nummer weg. Schrijf bijvoorbeeld: “een rekening”."),
    "number_plate": gettext_lazy("Laat de nummerplaat weg. Schrijf bijvoorbeeld: “een auto”."),
    "date_of_birth": gettext_lazy("Laat de datum weg. Schrijf bijvoorbeeld: “iemand van rond de dertig”."),
    "handle": gettext_lazy("Laat het profiel weg. Schrijf bijvoorbeeld: “iemand op sociale media”."),
    "address": gettext_lazy("Laat het huisnummer weg. Schrijf bijvoorbeeld: “in een straat in het dorp”."),
    "name": gettext_lazy("Schrijf bijvoorbeeld: “een bezoeker”, “een buur” of “een medewerker”."),
    "rare_trait": gettext_lazy("Laat de leeftijd weg, of wat deze persoon zo bijzonder maakt."),
    "number": gettext_lazy("Hoort dit nummer bij iemand? Laat het dan weg."),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text as it was typed."""

    text: str
    is_seen: bool


@dataclass(frozen=True, slots=True)
class Hint:
    """All that is said about one text, in the language of the page."""

    seen: list[str]
    pieces: list[Piece]
    why: str
    better: list[str]
    confirm: str
    is_block: bool

    @property
    def sentence(self) -> str:
        """In one line, for beside the field."""
        if self.is_block:
            return _("%(seen)s. Haal dat weg, dan kan je dit bewaren.") % {"seen": ". ".join(self.seen)}
        return _("%(seen)s. Schrijf het anders, of zeg dat het geen persoon is.") % {"seen": ". ".join(self.seen)}


def hint_for(text: str, found: Sequence[Finding]) -> Hint:
    """`found` is not empty. What blocks goes first: the rest is asked about once that is gone."""
    is_block = any(one.severity == "block" for one in found)
    shown = [one for one in found if (one.severity == "block") == is_block]
    kinds = list(dict.fromkeys(one.kind for one in shown))
    return Hint(
        seen=[str(SEEN[kind]) for kind in kinds],
        pieces=_pieces(text, shown),
        why=_("In een dorp herkent men elkaar snel. Daarom bewaren we niets over één persoon."),
        better=[str(BETTER[kind]) for kind in kinds],
        confirm=_("Dit is een dienst of een plek, geen persoon."),
        is_block=is_block,
    )


AROUND = 24  # characters shown on both sides of what was seen


def _pieces(text: str, shown: Sequence[Finding]) -> list[Piece]:
    """What was seen with a little around it, in the order of the text."""
    pieces: list[Piece] = []
    done = max(0, shown[0].start - AROUND)
    if done:
        pieces.append(Piece("…", is_seen=False))
    for one in shown:
        if one.start - done > 2 * AROUND:
            pieces += [Piece(text[done : done + AROUND] + " … ", is_seen=False)]
            done = one.start - AROUND
        pieces += [Piece(text[done : one.start], is_seen=False), Piece(text[one.start : one.end], is_seen=True)]
        done = one.end
    rest = text[done : done + AROUND]
    pieces.append(Piece(rest + ("…" if done + AROUND < len(text) else ""), is_seen=False))
    return [piece for piece in pieces if piece.text]
