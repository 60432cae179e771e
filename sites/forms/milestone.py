"""A key moment, as exactly as it is known."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sites.enums import Precision
from sites.form_fields import DateField
from sites.models import Milestone
from sites.words import first_of

from .base import SeenForm

LANGUAGES = {"fr": _("In het Frans"), "en": _("In het Engels")}


class MilestoneForm(SeenForm):
    precision = forms.TypedChoiceField(
        label=_("Hoe precies weet je wanneer?"), choices=Precision, coerce=int, widget=forms.RadioSelect,
        initial=Precision.DAY,
    )  # fmt: skip
    text_fr = forms.CharField(label=LANGUAGES["fr"], max_length=300, required=False)
    text_en = forms.CharField(label=LANGUAGES["en"], max_length=300, required=False)

    class Meta:
        model = Milestone
        fields = ["text", "precision", "day", "correction_note"]
        field_classes = {"day": DateField}
        labels = {"text": _("Wat gebeurde er?"), "correction_note": _("Wat is er verbeterd?")}
        help_texts = {
            "day": _("Weet je de dag niet? Kies er dan een in die maand, dat seizoen of dat jaar."),
            "correction_note": _("Bezoekers lezen dit onder het sleutelmoment."),
        }

    field_order = ["text", "precision", "day", "text_fr", "text_en", "correction_note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.row:
            del self.fields["correction_note"]
            return
        for code in LANGUAGES:
            self.initial[f"text_{code}"] = self.row.translations.get(code, "")

    def clean(self) -> dict[str, Any]:
        """Any day of the month, season or year that is meant will do."""
        values = super().clean() or self.cleaned_data
        if values.get("day") and values.get("precision"):
            values["day"] = first_of(values["day"], values["precision"])
        return values

    @property
    def watched(self) -> list[str]:
        return ["day", "precision", "text", "translations", "correction_note", "correction_translations"]

    @property
    def values(self) -> dict[str, Any]:
        """With the translations as the row keeps them; an old translation of a note that changed goes."""
        plain = {name: self.cleaned_data[name] for name in ("text", "precision", "day")}
        kept = {code: words for code, words in self._translations.items() if code not in LANGUAGES}
        filled = {code: words for code in LANGUAGES if (words := self.cleaned_data[f"text_{code}"])}
        values = plain | {"translations": kept | filled}
        if self.row and self.cleaned_data["correction_note"] != self.row.correction_note:
            values |= {"correction_note": self.cleaned_data["correction_note"], "correction_translations": {}}
        return values

    @property
    def _translations(self) -> dict[str, str]:
        return self.row.translations if self.row else {}
