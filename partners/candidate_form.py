"""What somebody fills in who wants to help: little, and guarded against programs without asking anything of people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sites.forms.guarded import GuardedForm

from .enums import Skill

SALT = "partners.candidate"
# Nobody reads and fills this in within three seconds. A page that stood open since yesterday is shown once more.
QUICKEST, LONGEST = dt.timedelta(seconds=3), dt.timedelta(days=1)
FEWEST_DIGITS = 8


class CandidateForm(GuardedForm, forms.Form):
    """A first name, one way to be reached, what they like, and a yes."""

    name = forms.CharField(
        label=gettext_lazy("Je voornaam"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("Je e-mailadres"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("Een e-mailadres of een telefoonnummer: één van de twee is genoeg."),
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("Je telefoonnummer"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
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
        if phone and sum(one.isdigit() for one in phone) < FEWEST_DIGITS:
            raise forms.ValidationError(_("Dat is geen telefoonnummer. Kijk het na."))
        return phone

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if not ({"email", "phone"} & self.errors.keys()) and not (values.get("email") or values.get("phone")):
            self.add_error("email", _("Vul een e-mailadres of een telefoonnummer in."))
        return values


def stamp(data: Any = None) -> str:
    """When the form was shown first, for the form to bring back; anew when what it brought back is worth nothing."""
    shown = (data or {}).get("shown", "")
    return shown if _age_is_at_most(LONGEST, shown) else _signer().sign("shown")


def why_not_people(data: Any) -> str:
    """Why this was not sent by somebody who read it, in a sentence; empty when it may have been."""
    if data.get("website"):
        return _("We konden dit niet versturen. Kom langs of bel.")  # a field nobody sees
    if not _age_is_at_most(LONGEST, data.get("shown", "")):
        return _("Deze pagina stond lang open. Kijk alles na en verstuur opnieuw.")
    if _age_is_at_most(QUICKEST, data["shown"]):
        return _("Dat ging heel snel. Kijk alles na en verstuur opnieuw.")
    return ""


def _age_is_at_most(length: dt.timedelta, shown: str) -> bool:
    """False, too, for what we did not sign."""
    try:
        _signer().unsign(shown, max_age=length)
    except signing.BadSignature:
        return False
    return True


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=SALT)
