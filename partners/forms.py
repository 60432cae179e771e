"""What is asked about people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sites.actions.roles import refuse_end
from sites.enums import RoleKind
from sites.form_fields import DateField
from sites.forms.guarded import NAME, OWN_NAME, GuardedForm
from sites.models import Partnership, Role, Site, User
from sites.rules import (
    GRANTS,
    INVITES,
    OF_A_PARTNERSHIP,
    OF_A_SITE,
    is_last_administrator,
    is_last_coordinator,
    may_invite,
)
from stek.guard.forms import ALL
from stek.time import today

from .enums import BodyKind
from .form_fields import OrganisationField
from .models import Engagement, Organisation, Seat
from .rules import needs_organisation


def kind_choices(kinds: frozenset[RoleKind]) -> list[tuple[str, Any]]:
    """In the order of the enum, with its words."""
    return [(kind.value, kind.label) for kind in RoleKind if kind in kinds]


class PersonForm(GuardedForm, forms.Form):
    """Who: the address is where the letter goes, and later the code to sign in."""

    exempt = {"name": (NAME, OWN_NAME)}

    email = forms.EmailField(label=_("E-mailadres"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    name = forms.CharField(label=_("Naam"), max_length=120, required=False, help_text=_("Zo begint de mail."))
    language = forms.ChoiceField(
        label=_("Taal van de mail"), choices=settings.STEK_DESK_LANGUAGES, initial="nl", widget=forms.RadioSelect
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class InviteForm(PersonForm):
    """To a key of one site."""

    kind = forms.ChoiceField(label=_("Welke sleutel?"), widget=forms.RadioSelect)
    organisation = OrganisationField(
        label=_("Voor welke organisatie?"),
        help_text=_("Alleen voor een werker van een partner."),
        required=False,
        empty_label=_("– kies –"),
    )
    field_order = ["kind", "organisation", "email", "name", "language"]

    def __init__(self, *args: Any, by: User, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = may_invite(by, site=site)
        self.fields["kind"].choices = kind_choices(kinds)  # type: ignore[attr-defined]
        if RoleKind.PARTNER_WORKER not in kinds:
            del self.fields["organisation"]
            return
        engaged = Engagement.objects.at(site).on(today())
        rows = Organisation.objects.filter(pk__in=engaged.values("organisation")).with_names()
        self.fields["organisation"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not needs_organisation(data.get("kind", "")):
            data["organisation"] = None
        elif not data.get("organisation") and "organisation" not in self.errors:
            self.add_error("organisation", _("Kies de organisatie waar deze persoon voor werkt."))
        return data


class ScopeForm(forms.Form):
    """A key of a site or a partnership, whichever its kind asks for."""

    kind = forms.ChoiceField(label=_("Welke sleutel?"), widget=forms.RadioSelect)
    site = forms.ModelChoiceField(
        label=_("Welke plek?"),
        help_text=_("Alleen voor een opbouwwerker."),
        queryset=Site.objects.all(),
        required=False,
        empty_label=_("– kies –"),
    )
    partnership = forms.ModelChoiceField(
        label=_("Welk samenwerkingsverband?"),
        help_text=_("Alleen voor een lid van de stuurgroep."),
        queryset=Partnership.objects.order_by("name"),
        required=False,
        empty_label=_("– kies –"),
    )
    kinds: frozenset[RoleKind] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kind_choices(self.kinds)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for name, kinds in {"site": OF_A_SITE, "partnership": OF_A_PARTNERSHIP}.items():
            if data.get("kind") not in kinds:
                data[name] = None
            elif not data.get(name) and name not in self.errors:
                self.add_error(name, _("Kies waarvoor deze sleutel is."))
        return data


class GrantForm(ScopeForm):
    """To an account that is there."""

    kinds = GRANTS


class NetworkInviteForm(ScopeForm, PersonForm):
    """To a key of any site or partnership."""

    organisation = OrganisationField(
        label=_("Voor welke organisatie?"),
        help_text=_(
            "Alleen voor een lid van de stuurgroep. Geeft de organisatie haar zitje op, dan eindigt ook deze sleutel."
        ),
        required=False,
        empty_label=_("– voor geen –"),
    )
    kinds = INVITES[RoleKind.ADMINISTRATOR]
    field_order = ["kind", "site", "partnership", "organisation", "email", "name", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = Seat.objects.filter(body__kind=BodyKind.STEERING).on(today())
        rows = Organisation.objects.filter(pk__in=seats.values("organisation")).with_names()
        self.fields["organisation"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("kind") != RoleKind.STEERING:
            data["organisation"] = None
        return data


class EndForm(forms.Form):
    """The last day of a key."""

    on = DateField(
        label=_("Laatste dag"),
        help_text=_("Tot en met deze dag kan de persoon nog binnen. Om middernacht gaat de sleutel dicht."),
    )

    def __init__(self, *args: Any, role: Role, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role = role

    def clean_on(self) -> dt.date:
        on = self.cleaned_data["on"]
        try:
            refuse_end(self.role, on)
        except ValidationError as refusal:
            raise ValidationError(refusal.messages) from refusal
        if is_last_coordinator(self.role, on=on):
            text = _("Dan is er geen opbouwwerker meer. Nodig eerst een opvolger uit; zegt die ja, dan kan dit.")
            raise ValidationError(text)
        if is_last_administrator(self.role, on=on):
            text = _("Dan heeft STEK geen beheerder meer. Geef eerst iemand anders die sleutel; daarna kan dit.")
            raise ValidationError(text)
        return on


class SearchForm(GuardedForm, forms.Form):
    exempt = {"words": (ALL, "looks for somebody by name; nothing is kept")}

    words = forms.CharField(label=_("Naam of e-mailadres"), max_length=120, required=False)

    def found(self) -> Q:
        words = self.cleaned_data["words"].strip()
        return Q(name__icontains=words) | Q(email__icontains=words)
