"""What people fill in about signing in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sites.forms.guarded import NAME, OWN_NAME, GuardedForm
from sites.models import User
from stek.guard.forms import ALL

from .adapter import TOO_OFTEN, WRONG_CODE, hidden

NAME_OF_DEVICE = 60  # characters
# None of these forms writes free text that others read: they are not guarded, each field for its reason.
A_CODE = "a code; wrong ones are not kept"
A_DEVICE = "what somebody calls their own telephone; nobody else reads it"


def code_field(label: Any, help_text: Any) -> forms.CharField:
    """Large digits; the phone shows its keys for numbers, and may fill in what it saw in the mail."""
    attrs = {"class": "code", "inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 20}
    return forms.CharField(label=label, help_text=help_text, widget=forms.TextInput(attrs=attrs))


class SignInForm(forms.Form):
    """Which mailbox. What it answers does not depend on whether there is an account."""

    email = forms.EmailField(
        label=_("Je e-mailadres"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    is_borrowed = forms.BooleanField(
        label=_("Dit is niet mijn eigen toestel. Meld me na een uur vanzelf af."), required=False
    )

    def clean_email(self) -> str:
        """As it was typed, in lower case: who exists and who does not look the same on the next page."""
        return self.cleaned_data["email"].lower()

    def clean(self) -> dict[str, Any]:
        email = self.cleaned_data.get("email")
        if email and not ratelimit.consume(context.request, action="request_login_code", key=hidden(email)):
            raise ValidationError(TOO_OFTEN)
        return self.cleaned_data

    def user(self) -> User | None:
        """Whose mailbox it is; nobody's for an account that is closed."""
        return User.objects.filter(email=self.cleaned_data["email"], is_active=True).first()


class CodeForm(forms.Form):
    """The code from the mail. `expected` is empty when none was sent: then no code is right."""

    exempt = {"code": (ALL, A_CODE)}

    code = code_field(_("De code uit de mail"), _("Acht cijfers."))

    def __init__(self, *args: Any, expected: str, tries: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected, self.tries = expected, tries

    def clean_code(self) -> str:
        # Counted in the cache too: of many forms sent at once each would find the session's own count at nought.
        if not ratelimit.consume(context.request, action="confirm_login_code", key=hidden(self.tries)):
            raise ValidationError(TOO_OFTEN)
        code = self.cleaned_data["code"]
        if not compare_user_code(actual=code, expected=self.expected):
            raise ValidationError(WRONG_CODE)
        return code


class SecondStepForm(AuthenticateForm):
    exempt = {"code": (ALL, A_CODE)}

    code = code_field(
        _("De code uit je app"), _("Zes cijfers. Heb je je app niet bij je? Typ dan een van je reservecodes.")
    )


class SecondProofForm(ReauthenticateForm):
    exempt = {"code": (ALL, A_CODE)}

    code = code_field(
        _("De code uit je app"), _("Zes cijfers. Heb je je app niet bij je? Typ dan een van je reservecodes.")
    )


class AppForm(ActivateTOTPForm):
    exempt = {"code": (ALL, A_CODE)}

    code = code_field(_("De code die de app nu toont"), _("Zes cijfers. Zo weten we dat het gelukt is."))


def _or_refuse(clean: Any) -> Any:
    """What a browser never sends breaks the reading of a passkey in many ways; all of them are a refusal."""
    try:
        return clean()
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise get_adapter().validation_error("incorrect_code") from error


class PasskeyForm(GuardedForm, AddWebAuthnForm):
    """A new passkey. That the device asked for finger, face or number is in what we asked of it, and checked there."""

    exempt = {"name": (NAME, A_DEVICE), "credential": (ALL, A_CODE)}

    name = forms.CharField(
        label=_("Hoe noem je dit toestel?"), max_length=NAME_OF_DEVICE, help_text=_("Bijvoorbeeld: mijn gsm.")
    )
    passwordless = None

    def clean(self) -> dict[str, Any]:
        return _or_refuse(super().clean)


class PasskeyNameForm(GuardedForm, forms.Form):
    exempt = {"name": (NAME, A_DEVICE)}

    name = forms.CharField(label=_("Naam van het toestel"), max_length=NAME_OF_DEVICE)


class PasskeySignInForm(LoginWebAuthnForm):
    def clean_credential(self) -> Any:
        return _or_refuse(super().clean_credential)


class DetailsForm(GuardedForm, forms.Form):
    exempt = {"name": (NAME, OWN_NAME)}

    name = forms.CharField(
        label=_("Je naam"), max_length=120, required=False, help_text=_("Zo spreken we je aan. Een voornaam is genoeg.")
    )
    language = forms.ChoiceField(
        label=_("De taal van onze mails"), choices=settings.STEK_DESK_LANGUAGES, widget=forms.RadioSelect
    )


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Je nieuwe e-mailadres"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class ForgetForm(forms.Form):
    """One tick, so that no slip of the finger does it."""

    is_sure = forms.BooleanField(
        label=_("Ik ben zeker. Dit kan niet ongedaan gemaakt worden."),
        error_messages={"required": _("Vink dit aan als je zeker bent.")},
    )
