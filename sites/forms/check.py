"""The checklist: for each question a score and a note."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sites.enums import QUESTIONS, Criterion, Score
from sites.form_fields import DateField

from .guarded import GuardedForm


class CheckForm(GuardedForm, forms.Form):
    day = DateField(label=_("Op welke dag keek je na?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in Criterion:
            self.fields[f"{criterion}_score"] = forms.ChoiceField(
                label=criterion.label, help_text=QUESTIONS[criterion], choices=Score, widget=forms.RadioSelect
            )
            self.fields[f"{criterion}_note"] = forms.CharField(
                label=_("Wat zie of hoor je?"), max_length=300, required=False
            )
        self.fields["actions"] = forms.CharField(
            label=_("Wat gaan we doen?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("Schrijf over de plek, nooit over een persoon."),
        )  # fmt: skip

    @property
    def answers(self) -> dict[str, dict[str, str]]:
        """By criterion, as `sites.actions.check` takes them."""
        return {
            criterion.value: {
                "score": self.cleaned_data[f"{criterion}_score"],
                "note": self.cleaned_data[f"{criterion}_note"],
            }
            for criterion in Criterion
        }
