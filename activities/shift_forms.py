"""Forms about help: what is asked, who helps, and what somebody likes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.enums import Skill, Tongue, WelcomeStep
from partners.models import Volunteer
from sites.form_fields import DateField
from sites.forms.guarded import GuardedForm, GuardedModelForm

from .models import ShiftNeed
from .my_shifts import Line
from .my_swaps import choice_words
from .roster import key_of

NOTHING = "-"


class NeedForm(GuardedModelForm):
    """What is to be done, by how many, and when."""

    class Meta:
        model = ShiftNeed
        fields = ("task", "skill", "minimum", "maximum", "before", "after", "begin", "end")
        widgets = {
            "begin": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "end": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        help_texts = {"task": _("In gewone woorden, bijvoorbeeld: koffie zetten en mensen onthalen.")}

    def __init__(self, data: Any = None, *, has_hours: bool, instance: ShiftNeed | None = None) -> None:
        super().__init__(data, instance=instance)
        # Either the task goes by the hours of its activity, or it says its own.
        for name in ("begin", "end") if has_hours else ("before", "after"):
            del self.fields[name]
        self.fields["skill"].choices = [("", _("voor iedereen")), *Skill.choices]  # type: ignore[attr-defined]
        for name in ("begin", "end"):
            if name in self.fields:
                self.fields[name].required = True

    def _post_clean(self) -> None:
        """What must hold is asked by the action, which says it in words."""


class HelpForm(GuardedModelForm):
    """How somebody helps: their own choice, each of it."""

    skills = forms.MultipleChoiceField(
        label=_("Wat doe je graag?"), choices=Skill.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Kies niets en je ziet alles."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("In welke talen kan je mensen helpen?"), choices=Tongue.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Alleen de opbouwwerker ziet dit. Leeg mag ook."),
    )  # fmt: skip
    exempt = {"phone": (frozenset({"phone", "number"}), "somebody's own number, given to be called")}

    class Meta:
        model = Volunteer
        fields = (
            "skills", "takes_calls", "wants_late_reminder", "shows_first_name", "may_be_pictured", "languages", "phone",
        )  # fmt: skip
        help_texts = {
            "phone": _("Alleen de opbouwwerker ziet dit. Leeg mag ook."),
            "may_be_pictured": _("In het gemeenteblad, op de website of op sociale media van de plek."),
        }


class AwayForm(forms.Form):
    """From a day to a day. Why is not asked."""

    first_day = DateField(label=_("Eerste dag"))
    last_day = DateField(label=_("Laatste dag"))


class WithoutAccountForm(GuardedModelForm):
    """Somebody who helps and has no mailbox: the coordinator acts for them."""

    skills = HelpForm.declared_fields["skills"]
    languages = HelpForm.declared_fields["languages"]
    exempt = {
        "name": (frozenset({"name"}), "the name of who helps, asked for as such"),
        "phone": (frozenset({"phone", "number"}), "the number of who helps, to call them"),
    }

    class Meta:
        model = Volunteer
        fields = ("name", "phone", "skills", "languages", "shows_first_name", "may_be_pictured", "since", "until")
        field_classes = {"since": DateField, "until": DateField}
        help_texts = {"until": _("Leeg: helpt voort. De beurten na die dag zijn weer vrij.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "since"):
            self.fields[name].required = True

    def _post_clean(self) -> None:
        """What must hold is asked by the action."""

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if not name:
            raise forms.ValidationError(_("Vul een naam in."))
        return name

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("since") and values.get("until") and values["until"] < values["since"]:
            self.add_error("until", gettext("De laatste dag ligt voor de eerste dag."))
        return values


class SwapForm(GuardedForm, forms.Form):
    """What somebody wants for their place: nothing, or a place in one of these shifts."""

    wanted = forms.ChoiceField(label=_("Wat wil je in ruil?"), widget=forms.RadioSelect, initial=NOTHING)

    def __init__(self, data: Any = None, *, lines: list[Line]) -> None:
        super().__init__(data)
        self.shifts = {str(line.shift.uuid): line.shift for line in lines}
        choices = [(str(line.shift.uuid), choice_words(line)) for line in lines]
        self.fields["wanted"].choices = [(NOTHING, _("Niets. Wie kan, mag ze overnemen.")), *choices]  # type: ignore[attr-defined]


class WelcomeForm(forms.Form):
    """The days on which each step was done; only those that were changed here are written."""

    def __init__(self, data: Any = None, *, done: dict[str, dt.date]) -> None:
        super().__init__(data, initial=done)
        for step in WelcomeStep:
            self.fields[step.value] = DateField(label=capfirst(step.label), required=False, show_hidden_initial=True)

    @property
    def days(self) -> dict[str, dt.date | None]:
        return {name: self.cleaned_data[name] for name in self.changed_data}


class PeriodForm(forms.Form):
    """From a day to a day, both inclusive, asked for in the address."""

    first = DateField(label=_("Van"))
    last = DateField(label=_("Tot en met"))

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if {"first", "last"} <= values.keys() and values["last"] < values["first"]:
            self.add_error("last", gettext("De laatste dag ligt voor de eerste dag."))
        return values


class ProxyForm(GuardedForm, forms.Form):
    """Who gets the place."""

    volunteer = forms.ChoiceField(label=_("Wie neemt deze beurt?"))

    def __init__(self, data: Any = None, *, helpers: list[Volunteer]) -> None:
        super().__init__(data)
        self.helpers = {key_of(one): one for one in helpers}
        choices = [(key, str(one)) for key, one in self.helpers.items()]
        self.fields["volunteer"].choices = [("", _("– kies –")), *choices]  # type: ignore[attr-defined]
