"""A key moment, as exactly as it is known."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sites.enums import Precision
from sites.form_fields import DateField, text_field
from sites.models import Milestone, Site
from sites.words import first_of

from .base import SeenForm


class MilestoneForm(SeenForm):
    precision = forms.TypedChoiceField(
        label=_("Hoe precies weet je wanneer?"), choices=Precision, coerce=int, widget=forms.RadioSelect,
        initial=Precision.DAY,
    )  # fmt: skip

    class Meta:
        model = Milestone
        fields = ["text", "precision", "day", "correction_note"]
        field_classes = {"day": DateField}
        labels = {"text": _("Wat gebeurde er?"), "correction_note": _("Wat is er verbeterd?")}
        help_texts = {
            "day": _("Weet je de dag niet? Kies er dan een in die maand, dat seizoen of dat jaar."),
            "correction_note": _("Bezoekers lezen dit onder het sleutelmoment."),
        }

    def __init__(self, *args: Any, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [code for code, _name in site.text_languages]
        for code, name in site.text_languages:
            label = gettext("Wat er gebeurde, %(language)s") % {"language": name}
            self.fields[f"text_{code}"] = text_field(code, label=label, max_length=300)
            self.initial[f"text_{code}"] = self._translations.get(code, "")
        self.order_fields(["text", "precision", "day", *(f"text_{code}" for code in self.codes), "correction_note"])
        if not self.row:
            del self.fields["correction_note"]

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
        kept = {code: words for code, words in self._translations.items() if code not in self.codes}
        filled = {code: words for code in self.codes if (words := self.cleaned_data[f"text_{code}"])}
        values = plain | {"translations": kept | filled}
        if self.row and self.cleaned_data["correction_note"] != self.row.correction_note:
            values |= {"correction_note": self.cleaned_data["correction_note"], "correction_translations": {}}
        return values

    @property
    def _translations(self) -> dict[str, str]:
        return self.row.translations if self.row else {}
