"""What somebody fills in who wants to help: little, and guarded against programs without asking anything of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sites.forms.guarded import GuardedForm
from sites.telephone_numbers import number_words, read_number
from stek.form_key import Early, Stale, new_key, read_key

from .enums import Skill

ABOUT = "candidate"


class CandidateForm(GuardedForm, forms.Form):
    """A first name, one way to be reached, what they like, and a yes."""

    name = forms.CharField(
        label=gettext_lazy("Je voornaam"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Je e-mailadres"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        help_text=gettext_lazy("Een e-mailadres of een telefoonnummer: één van de twee is genoeg."),
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("Je telefoonnummer"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )  # fmt: skip
    skills = forms.MultipleChoiceField(
        label=gettext_lazy("Wat doe je graag?"), choices=Skill.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Kies wat je wil. Je mag ook niets kiezen."),
    )  # fmt: skip
    consent = forms.BooleanField(
        label=gettext_lazy("Ja, de opbouwwerker mag dit lezen en mij bellen of schrijven."),
        error_messages={"required": gettext_lazy("Zonder je ja kunnen we dit niet bewaren.")},
    )
    exempt = {
        "name": (frozenset({"name"}), "somebody's own first name, asked for as such"),
        "email": (frozenset({"email"}), "somebody's own mailbox, given to be written to"),
        "phone": (frozenset({"phone", "number"}), "somebody's own number, given to be called"),
    }

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"].strip()
        number = read_number(phone)
        if phone and not number:
            raise forms.ValidationError(_("Dat is geen telefoonnummer. Kijk het na."))
        return number and number_words(number)

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if not ({"email", "phone"} & self.errors.keys()) and not (values.get("email") or values.get("phone")):
            self.add_error("email", _("Vul een e-mailadres of een telefoonnummer in."))
        return values


def stamp(data: Any = None) -> str:
    """The key of the form, for it to bring back; a new one when what it brought back is worth nothing."""
    key = (data or {}).get("shown", "")
    try:
        read_key(ABOUT, key)
    except Stale:
        return new_key(ABOUT)
    except Early:
        pass
    return key


def too_often() -> str:
    return _("Dat was te vaak na elkaar. Wacht een kwartier en probeer het dan opnieuw.")


def why_not_people(data: Any) -> str:
    """Why this was not sent by somebody who read it, in a sentence; empty when it may have been."""
    if data.get("website"):
        return _("We konden dit niet versturen. Kom langs of bel.")  # a field nobody sees
    try:
        read_key(ABOUT, data.get("shown", ""))
    except Stale:
        return _("Dit formulier stond lang open. Kijk alles na en verstuur het nog eens.")
    except Early:
        return _("Dat ging heel snel. Kijk alles na en verstuur het nog eens.")
    return ""
