"""Forms about help: what is asked, who helps, and what somebody likes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.enums import Skill
from partners.models import Volunteer
from sites.forms.guarded import GuardedForm, GuardedModelForm

from .models import ShiftNeed
from .my_shifts import Line
from .my_swaps import choice_words

NOTHING = "-"


class Day(forms.DateInput):
    input_type = "date"


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
    exempt = {"phone": (frozenset({"phone", "number"}), "somebody's own number, given to be called")}

    class Meta:
        model = Volunteer
        fields = ("skills", "takes_calls", "wants_late_reminder", "shows_first_name", "phone")
        help_texts = {"phone": _("Alleen de opbouwwerker ziet dit. Leeg mag ook.")}


class AwayForm(forms.Form):
    """From a day to a day. Why is not asked."""

    first_day = forms.DateField(label=_("Eerste dag"), widget=Day(format="%Y-%m-%d"))
    last_day = forms.DateField(label=_("Laatste dag"), widget=Day(format="%Y-%m-%d"))


class WithoutAccountForm(GuardedModelForm):
    """Somebody who helps and has no mailbox: the coordinator acts for them."""

    skills = HelpForm.declared_fields["skills"]
    exempt = {
        "name": (frozenset({"name"}), "the name of who helps, asked for as such"),
        "phone": (frozenset({"phone", "number"}), "the number of who helps, to call them"),
    }

    class Meta:
        model = Volunteer
        fields = ("name", "phone", "skills", "shows_first_name", "until")
        widgets = {"until": Day(format="%Y-%m-%d")}
        help_texts = {"until": _("Leeg: helpt voort. De beurten na die dag zijn weer vrij.")}

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if not name:
            raise forms.ValidationError(_("Vul een naam in."))
        return name


class SwapForm(GuardedForm, forms.Form):
    """What somebody wants for their place: nothing, or a place in one of these shifts."""

    wanted = forms.ChoiceField(label=_("Wat wil je in ruil?"), widget=forms.RadioSelect, initial=NOTHING)

    def __init__(self, data: Any = None, *, lines: list[Line]) -> None:
        super().__init__(data)
        self.shifts = {str(line.shift.uuid): line.shift for line in lines}
        choices = [(str(line.shift.uuid), choice_words(line)) for line in lines]
        self.fields["wanted"].choices = [(NOTHING, _("Niets. Wie kan, mag ze overnemen.")), *choices]  # type: ignore[attr-defined]


class ProxyForm(GuardedForm, forms.Form):
    """Who gets the place."""

    volunteer = forms.ChoiceField(label=_("Wie neemt deze beurt?"))

    def __init__(self, data: Any = None, *, helpers: list[Volunteer]) -> None:
        super().__init__(data)
        self.helpers = {key_of(one): one for one in helpers}
        choices = [(key, str(one)) for key, one in self.helpers.items()]
        self.fields["volunteer"].choices = [("", _("– kies –")), *choices]  # type: ignore[attr-defined]


def key_of(volunteer: Volunteer) -> str:
    """Of who has an account and no row yet there is only the account."""
    return f"u{volunteer.user_id}" if volunteer.user_id else f"v{volunteer.pk}"
