"""What is asked about ideas: by the coordinator, and in the box by anybody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sites.form_fields import DateField
from sites.forms.base import SeenForm
from sites.forms.guarded import GuardedForm

from .actions.ideas import ANSWER, TABLE, cards_of
from .enums import IdeaStatus
from .models import Idea, IdeaTable

LONGEST = 200
MOST_CARDS = 60


class TableForm(SeenForm):
    class Meta:
        model = IdeaTable
        fields = list(TABLE)
        field_classes = {"day": DateField}
        labels = {
            "day": _("Welke dag?"),
            "question_1": _("Eerste vraag"),
            "question_2": _("Tweede vraag"),
            "question_3": _("Derde vraag"),
            "question_4": _("Vierde vraag"),
            "people": _("Hoeveel mensen waren er?"),
        }
        help_texts = {"people": _("Een getal. Mag leeg blijven.")}


def first_questions() -> dict[str, str]:
    """The four of the model, to be changed."""
    return {
        "question_1": gettext("Welke activiteiten wil je hier binnen doen?"),
        "question_2": gettext("Welke uitstappen en grote activiteiten wil je?"),
        "question_3": gettext("Wanneer zijn we best open?"),
        "question_4": gettext("Wat maakt dat je je hier welkom voelt?"),
    }


class CardsForm(GuardedForm, forms.Form):
    """One field for each question, one card a line."""

    def __init__(self, *args: Any, table: IdeaTable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        for number, question in table.questions.items():
            self.fields[f"cards_{number}"] = forms.CharField(
                label=question, required=False, max_length=LONGEST * MOST_CARDS,
                help_text=_("Eén kaartje per regel, zonder namen."), widget=forms.Textarea(attrs={"rows": 4}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        for number in self.table.questions:
            if any(len(card) > LONGEST for card in cards_of(self.cleaned_data.get(f"cards_{number}", ""))):
                self.add_error(f"cards_{number}", ValidationError(gettext("Houd elk kaartje korter dan 200 tekens.")))
        return self.cleaned_data

    @property
    def cards(self) -> dict[int, list[str]]:
        return {number: cards_of(self.cleaned_data[f"cards_{number}"]) for number in self.table.questions}


class AnswerForm(SeenForm):
    """What becomes of an idea."""

    status = forms.ChoiceField(
        label=_("Hoever staat het?"),
        choices=[one for one in IdeaStatus.choices if one[0] != IdeaStatus.WAITING], widget=forms.RadioSelect,
    )  # fmt: skip

    class Meta:
        model = Idea
        fields = list(ANSWER)
        labels = {"text": _("Het idee"), "votes": _("Hoeveel mensen willen dit?"), "why": _("Waarom kan het niet?")}
        help_texts = {"why": _("Alleen als het niet kan. Bezoekers lezen dit.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["text", "status", "why", "votes"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("status") == IdeaStatus.IMPOSSIBLE and not values.get("why") and "why" not in self.errors:
            self.add_error("why", gettext("Zeg waarom het niet kan. Wie het bedacht, leest dit."))
        return values


class BoxForm(GuardedForm, forms.Form):
    """One idea, and nothing about who gives it."""

    text = forms.CharField(
        label=_("Jouw idee"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Schrijf in je eigen taal. Schrijf geen namen."),
    )  # fmt: skip
