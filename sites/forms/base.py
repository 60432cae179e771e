"""What forms of the desk have in common: a refusal of the action beside its field, and two people at one form."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from sites.history import label_of, value_words
from sites.seen import Overtaken, fingerprint

from .guarded import GuardedForm, GuardedModelForm


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that somebody else changed while this form was open."""

    label: str
    theirs: str
    yours: str


class SeenForm(GuardedModelForm):
    """A form on one row, that knows what the row was when the form was opened. The row itself is left as it is."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    differences: list[Difference] = []

    def __init__(self, data: Any = None, *, instance: models.Model | None = None, **kwargs: Any) -> None:
        self.row: Any = instance
        super().__init__(data, instance=copy(instance) if instance else None, **kwargs)
        without_blank(self)
        if instance:
            self.initial["seen"] = fingerprint(instance, self.watched)

    @property
    def watched(self) -> list[str]:
        """The fields that are compared; those of the form, unless it makes them from others."""
        return [name for name in self.fields if name in (self._meta.fields or ())]

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, without what the form needs for itself."""
        return {name: self.cleaned_data[name] for name in self.watched}

    def show_overtaken(self, row: models.Model) -> None:
        """Put both versions side by side; what was typed stays, and sending it once more keeps it."""
        self.differences = [
            Difference(label_of(type(row), name), value_words(type(row), name, now), value_words(type(row), name, mine))
            for name, mine in self.values.items()
            if (now := getattr(row, name)) != mine
        ]
        self.data = {**self.data.dict(), "seen": fingerprint(row, self.watched)}  # type: ignore[attr-defined]  # a QueryDict
        self.add_error(None, _("Iemand anders veranderde dit terwijl jij bezig was. Kijk na wat moet blijven."))


def without_blank(form: forms.BaseForm) -> None:
    """Radio buttons are seen all at once: one that says "choose something" is no choice."""
    for field in form.fields.values():
        if isinstance(field, forms.ChoiceField) and isinstance(field.widget, forms.RadioSelect):
            choices: Any = field.choices
            field.choices = [choice for choice in choices if choice[0] not in ("", None)]


class FoldedForm(forms.BaseForm):
    """A long form of which some fields can wait: these stand under one line to open."""

    CAN_WAIT: tuple[str, ...] = ()

    @property
    def at_first(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in self.CAN_WAIT]

    @property
    def later(self) -> list[forms.BoundField]:
        return [self[name] for name in self.CAN_WAIT if name in self.fields]

    @property
    def is_unfolded(self) -> bool:
        """Whether one of them has a mistake, or says something else than an empty form."""
        return any(one.errors or (one.value() or None) != (one.field.initial or None) for one in self.later)


class ReasonForm(GuardedForm, forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=gettext_lazy("Waarom?"), max_length=300)


@runtime_checkable
class ShowsOvertaken(Protocol):
    """A form that can put what somebody else made of its row beside what was typed."""

    def show_overtaken(self, row: Any) -> None: ...


def attempt(form: forms.BaseForm, do: Callable[[], Any]) -> bool:
    """Do it when the form is in order; what the action refuses stands beside the field, or above the form.

    An action that raises `Overtaken` needs a form that `ShowsOvertaken`.
    """
    if not form.is_valid():
        return False
    try:
        do()
    except Overtaken as overtaken:
        assert isinstance(form, ShowsOvertaken)
        form.show_overtaken(overtaken.row)
        return False
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return False
    return True


def add_refusal(form: forms.BaseForm, refusal: ValidationError) -> None:
    """A refusal that names a field the form does not have stands above it."""
    by_field = refusal.message_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.messages}
    for name, sentences in by_field.items():
        form.add_error(name if name in form.fields else None, sentences)


def left_behind(form: forms.BaseForm) -> list[str]:
    """The languages, by name, whose words stayed as they were in a form that was sent, while the Dutch ones of their field changed.

    The words of a field `text` in French stand in `text_fr`.
    """

    def stayed(name: str) -> bool:
        field = form.fields.get(name)
        return field is not None and name not in form.changed_data and bool(form.get_initial_for_field(field, name))

    codes = [code for code, _name in settings.LANGUAGES if any(stayed(f"{name}_{code}") for name in form.changed_data)]
    return [str(get_language_info(code)["name_translated"]) for code in codes]
