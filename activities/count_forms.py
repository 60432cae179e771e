"""The count of one date: numbers, who was there, and how it went."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sites.forms.base import Difference
from sites.forms.guarded import GuardedForm

from .count_rules import Count, count_of, expected, may_be_present, stamp
from .counting import MOST
from .models import Occurrence

NUMBER = {"inputmode": "numeric", "autocomplete": "off"}
OUT_OF_REACH = gettext_lazy("Kies een getal van 0 tot 999.")
ERRORS = {
    "required": gettext_lazy("Vul een getal in. Was er niemand? Dan is het 0."),
    "invalid": gettext_lazy("Vul een getal in, zonder woorden."),
    "min_value": OUT_OF_REACH,
    "max_value": OUT_OF_REACH,
}


def number_field(label: Any, help_text: Any = "", *, required: bool = False) -> forms.IntegerField:
    """From 0 to what a house can hold; typed on the telephone's own pad."""
    widget = forms.NumberInput(attrs=dict(NUMBER))
    bounds: dict[str, Any] = {"min_value": 0, "max_value": MOST, "error_messages": ERRORS}
    return forms.IntegerField(label=label, help_text=help_text, required=required, widget=widget, **bounds)


class CountForm(GuardedForm, forms.Form):
    """`off` in what is sent is the button "ging niet door": then numbers are not asked for."""

    people = number_field(
        gettext_lazy("Hoeveel mensen kwamen er langs?"),
        gettext_lazy("Zonder werkers en vrijwilligers. Tel gerust op het gevoel."),
        required=True,
    )
    new_faces = number_field(gettext_lazy("Hoeveel daarvan voor het eerst?"))
    volunteers = number_field(gettext_lazy("Hoeveel vrijwilligers hielpen er?"))
    present = forms.MultipleChoiceField(
        label=gettext_lazy("Welke organisaties waren er?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=gettext_lazy("Wil je iets onthouden over deze keer?"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "in"}), help_text=gettext_lazy("Over de keer, nooit over een persoon."),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    differences: list[Difference] = []

    def __init__(self, data: Any = None, *, date: Occurrence) -> None:
        kept, planned = count_of(getattr(date, "attendance", None)), expected(date)
        first = kept or Count(present=frozenset(planned))
        super().__init__(
            data,
            initial={
                "people": first.people, "new_faces": first.new_faces, "volunteers": first.volunteers, "note": first.note,
                "present": sorted(map(str, first.present)), "seen": stamp(kept), "key": uuid.uuid4().hex,
            },
        )  # fmt: skip
        organisations = may_be_present(date)
        self.names = {one.pk: one.name_on(date.day) for one in organisations}
        self.fields["present"].choices = [(str(one.pk), self.names[one.pk]) for one in organisations]  # type: ignore[attr-defined]
        self.fields["people"].required = "off" not in self.data
        # Who was to be there stands first; the others are a tap away.
        self.first = len(set(planned)) or len(organisations)
        self.first_ones, self.other_ones = f":{self.first}", f"{self.first}:"

    @property
    def others_are_ticked(self) -> bool:
        later = {str(one) for one in list(self.names)[self.first :]}
        return bool(later & set(map(str, self["present"].value() or [])))

    @property
    def count(self) -> Count:
        """What was filled in."""
        values = self.cleaned_data
        present = frozenset(int(one) for one in values["present"])
        count = Count(True, values["people"], values["new_faces"], values["volunteers"], values["note"], present)
        return Count(took_place=False, note=values["note"]) if "off" in self.data else count

    def show_overtaken(self, row: Any) -> None:
        """Put both versions side by side; what was typed stays, and sending it once more keeps it."""
        theirs, mine = count_of(row), self.count
        assert theirs is not None
        self.differences = [
            Difference(str(label), self._words(name, theirs), self._words(name, mine))
            for name, label in self._labels.items()
            if getattr(theirs, name) != getattr(mine, name)
        ]
        self.data = {**self._sent, "seen": stamp(theirs)}
        self.add_error(None, _("Iemand anders telde intussen ook. Kijk na wat moet blijven."))

    @property
    def _sent(self) -> dict[str, Any]:
        """A field that may stand there several times is a list."""
        return {name: self.data.getlist(name) if name == "present" else self.data[name] for name in self.data}  # type: ignore[attr-defined]

    @property
    def _labels(self) -> dict[str, Any]:
        fields = {name: self.fields[name].label for name in ("people", "new_faces", "volunteers", "present", "note")}
        return {"took_place": _("Ging het door?")} | fields

    def _words(self, name: str, count: Count) -> str:
        value = getattr(count, name)
        if name == "present":
            return ", ".join(self.names.get(one, "…") for one in sorted(value, key=self._place)) or "–"
        if isinstance(value, bool):
            return _("ja") if value else _("nee")
        return "–" if value in (None, "") else str(value)

    def _place(self, key: int) -> int:
        return list(self.names).index(key) if key in self.names else len(self.names)
