"""What can be said about what hurts. There is no field for a person, and none in which a person may stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sites.forms.guarded import NAME, GuardedForm
from stek.guard.forms import look

from .enums import Barrier, Reason
from .figures import Policy
from .models import Signal, Theme
from .plain import plain

WORDS = ("text", "service", "idea")


class PlainField(forms.CharField):
    """Plain before the guard looks, so that what it sees is what is kept."""

    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value) or "")


class TellForm(GuardedForm, forms.Form):
    """What is told, whoever tells it."""

    theme = forms.ModelChoiceField(
        label=gettext_lazy("Waarover gaat het?"), queryset=Theme.objects.none(), widget=forms.RadioSelect,
        empty_label=None, error_messages={"required": gettext_lazy("Kies waarover het gaat.")},
    )  # fmt: skip
    text = PlainField(
        label=gettext_lazy("Wat gebeurt er?"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Vertel over de situatie, niet over een persoon. Eén zin is genoeg."),
        error_messages={"required": gettext_lazy("Schrijf in één zin wat er gebeurt.")},
    )  # fmt: skip
    barrier = forms.ChoiceField(
        label=gettext_lazy("Wat hield mensen tegen?"), required=False,
        choices=[("", gettext_lazy("– kies –")), *Barrier.choices],
    )  # fmt: skip
    service = PlainField(label=gettext_lazy("Welke dienst of welke regel?"), max_length=120, required=False)
    idea = PlainField(label=gettext_lazy("Wat zou helpen?"), max_length=300, required=False)
    is_positive = forms.BooleanField(label=gettext_lazy("Dit loopt net goed."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = self.initial.get("theme")
        offered = Theme.objects.offered()
        if isinstance(now, Theme) and not now.is_active:
            offered = (offered | Theme.objects.filter(pk=now.pk)).in_order()
        self.fields["theme"].queryset = offered  # type: ignore[attr-defined]
        for name in WORDS:
            # Whoever uses this device next may not be offered what was typed here.
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """A number that is cut in two, half in one field and half in another, is still a number."""
        data = super().clean() or self.cleaned_data
        texts = {name: data[name] for name in WORDS if data.get(name)}
        for name in sorted(_split_over(texts)):
            self.add_error(name, ValidationError(
                _("Samen met een ander veld staat hier een nummer of adres van iemand. Haal het weg."), code="person"
            ))  # fmt: skip
        return data

    @property
    def told(self) -> dict[str, Any]:
        """As the actions take it."""
        names = ("theme", "text", "barrier", "service", "idea", "is_positive")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def was_asked(self) -> bool:
        """Whether somebody ticked that it is no person: the coordinator looks at it once more."""
        return bool(self.confirmed)


EDGE = 40  # characters: more than any number of somebody takes


def _split_over(texts: dict[str, str]) -> set[str]:
    """Names of the fields over which something that blocks is spread, in whatever order and with or without a blank between them."""
    orders = [order for size in (2, 3) for order in permutations(texts, size)]
    return {name for order in orders for between in ("", " ") for name in _spread(order, texts, between)}


def _spread(order: Sequence[str], texts: dict[str, str], between: str) -> set[str]:
    """Of fields laid end to end, those that something which blocks has a part in, when it is in more than one. Only their ends are looked at."""
    whole, parts = "", []
    for place, name in enumerate(order):
        text = texts[name]
        text = text[-EDGE:] if place == 0 else text[:EDGE] if place == len(order) - 1 else text
        whole += between if whole else ""
        parts.append((len(whole), len(whole) + len(text), name))
        whole += text
    found: set[str] = set()
    for one in look(whole, allow=frozenset):
        touched = {name for start, end, name in parts if one.start < end and one.end > start}
        if one.severity == "block" and len(touched) > 1:
            found |= touched
    return found


class SignalForm(TellForm):
    """What is told, and that it may be."""

    consent = forms.BooleanField(
        label=gettext_lazy("Het gaat over een situatie, niet over één persoon. Wie het vertelde, vindt het goed dat ik het doorgeef."),
        error_messages={"required": gettext_lazy("Vink dit aan. Zonder een ja geven we niets door.")},
    )  # fmt: skip


class RewriteForm(TellForm):
    """The same by the coordinator: what points at somebody goes."""

    @classmethod
    def of(cls, signal: Signal, data: Any) -> RewriteForm:
        names = ("theme", "text", "barrier", "service", "idea", "is_positive")
        return cls(data, initial={name: getattr(signal, name) for name in names})


class RefuseForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Waarom?"), choices=Reason.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy("Deze zin staat bij “Signalen”, zonder te zeggen voor wie. Zo weet wie het gaf waarom."),
    )  # fmt: skip


LANGUAGES = {
    "nl": gettext_lazy("In het Nederlands"),
    "fr": gettext_lazy("In het Frans"),
    "en": gettext_lazy("In het Engels"),
}
IS_A_THEME = "an area of life, which may sound like somebody's name"


class ThemeForm(GuardedForm, forms.Form):
    """The names of an area of life, in the languages of the desk."""

    exempt = {f"name_{code}": (NAME, IS_A_THEME) for code in LANGUAGES}

    def __init__(self, *args: Any, theme: Theme | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in LANGUAGES.items():
            self.fields[f"name_{code}"] = PlainField(
                label=label, max_length=60, initial=theme.names.get(code, "") if theme else ""
            )

    @property
    def names(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"name_{code}"] for code in LANGUAGES}


class MergeForm(forms.Form):
    """Into which other theme."""

    into = forms.ModelChoiceField(
        label=gettext_lazy("Met welk thema voeg je het samen?"), queryset=Theme.objects.none(),
        widget=forms.RadioSelect, empty_label=None,
    )  # fmt: skip

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Theme.objects.offered().exclude(pk=theme.pk)  # type: ignore[attr-defined]


class ReplaceForm(GuardedForm, forms.Form):
    """Why figures are published once more: everybody reads it."""

    why = PlainField(
        label=gettext_lazy("Waarom?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Iedereen die de cijfers leest, leest dit ook. Schrijf niet waarover een signaal ging."),
        error_messages={"required": gettext_lazy("Schrijf waarom. Iedereen die de cijfers leest, leest dat ook.")},
    )  # fmt: skip


class ThresholdForm(forms.Form):
    """From which number on figures are shown."""

    k = forms.TypedChoiceField(
        label=gettext_lazy("Toon een getal vanaf"), coerce=int, choices=[(k, str(k)) for k in (5, 6, 8, 10, 15, 20)],
    )  # fmt: skip
    is_strict = forms.BooleanField(
        label=gettext_lazy("Toon een thema alleen als het op elke plek groot genoeg is."), required=False
    )

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"k": policy.k, "is_strict": policy.strict})
        super().__init__(*args, **kwargs)
