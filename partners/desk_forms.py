"""What a coordinator fills in about partners."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sites.enums import Precision
from sites.form_fields import DateField, text_field
from sites.forms.base import add_refusal
from sites.forms.guarded import CHANNELS, IS_A_CHANNEL, IS_A_NAME, NAME, GuardedForm
from sites.models import Site
from sites.words import first_of
from stek.time import today

from .enums import BodyKind, OrganisationKind, Satisfaction
from .form_fields import OrganisationField
from .models import Engagement, Organisation
from .querysets import OrganisationQuerySet


def day_field(label: Any, **fields: Any) -> DateField:
    return DateField(label=label, **fields)


def sentence_field(label: Any, **fields: Any) -> forms.CharField:
    """A sentence or two, whole to be seen on a phone."""
    fields = {"max_length": 300, "required": False} | fields
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 2}), **fields)


class DeskForm(GuardedForm, forms.Form):
    def done(self, act: Callable[[dict[str, Any]], Any]) -> bool:
        """Hands what was filled in to an action; what that refuses stands beside the field it is about."""
        if not self.is_valid():
            return False
        try:
            act(self.cleaned_data)
        except ValidationError as refusal:
            add_refusal(self, refusal)
            return False
        return True


class WatchedForm(DeskForm):
    """Says when somebody else changed the row after this form was opened: the second one looks again before it is kept."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = hashlib.blake2b(repr(sorted(self.initial.items())).encode(), digest_size=12).hexdigest()
        self.fields["seen"].initial = self.now

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        seen = said.pop("seen", "")
        if seen and seen != self.now:
            self.data = {**self.data.dict(), self.add_prefix("seen"): self.now}  # type: ignore[attr-defined]
            raise ValidationError(
                [_("Iemand anders veranderde dit terwijl jij bezig was. Kijk na wat moet blijven."), *self._standing()]
            )
        return said

    def _standing(self) -> list[str]:
        """What stands there now and is not what was typed."""
        differing = [
            name for name in self.changed_data if name in self.initial and self.initial[name] not in ("", None)
        ]
        words = _("Nu staat er bij “%(field)s”: %(words)s")
        return [str(words) % {"field": self.fields[name].label, "words": self._said(name)} for name in differing]

    def _said(self, name: str) -> Any:
        """What stands there now, as a reader knows it: a choice by its words and not by its code."""
        value = self.initial[name]
        choices: Any = getattr(self.fields[name], "choices", ())
        return {str(code): label for code, label in choices}.get(str(value), value)


class OrganisationForm(WatchedForm):
    """Facts of the organisation itself. Who has a control function is an administrator's business."""

    kind = forms.ChoiceField(label=_("Wat voor organisatie is het?"), choices=[("", "—"), *OrganisationKind.choices])
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    contact = forms.CharField(
        label=_("Hoe bereik je ze?"),
        max_length=200,
        required=False,
        help_text=_("Van de organisatie, nooit van een persoon. Bezoekers zien dit."),
    )
    aliases = forms.CharField(
        label=_("Ook geschreven als"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Eén per regel. Zo vindt iedereen de organisatie terug."),
    )
    has_control_function = forms.BooleanField(
        label=_("Heeft een controlefunctie"),
        required=False,
        help_text=_(
            "Zo’n organisatie controleert mensen ook. Haar werkers mogen signalen geven, maar die van anderen niet lezen."
        ),
    )

    exempt = {
        "name": (NAME, IS_A_NAME),
        "aliases": (NAME, IS_A_NAME),
        "contact": (CHANNELS, IS_A_CHANNEL),
    }

    def __init__(self, *args: Any, may_set_control: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_set_control:
            del self.fields["has_control_function"]

    def clean_aliases(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["aliases"].splitlines() if line.strip()]
        if any(len(name) > 120 for name in names):
            raise ValidationError(_("Schrijf elke naam korter."))
        return names


def facts_of(organisation: Organisation) -> dict[str, Any]:
    aliases = "\n".join(sorted(alias.name for alias in organisation.aliases.all()))
    names = ("kind", "website", "contact", "has_control_function")
    return {name: getattr(organisation, name) for name in names} | {"aliases": aliases}


class NewOrganisationForm(OrganisationForm):
    name = forms.CharField(label=_("Hoe heet de organisatie?"), max_length=120)
    field_order = ["name"]


class EngagementForm(WatchedForm):
    """What an organisation brings to a site and gets from it."""

    since = day_field(_("Sinds wanneer?"), required=False, help_text=_("Leeg: niemand weet het nog."))
    since_precision = forms.TypedChoiceField(
        label=_("Hoe precies weet je dat?"), choices=Precision, coerce=int, initial=Precision.DAY, required=False,
        empty_value=None,
    )  # fmt: skip
    is_guest = forms.BooleanField(label=_("Af en toe te gast, zonder vast aanbod"), required=False)
    does = sentence_field(_("Wat doen ze hier?"), help_text=_("Eén zin. Bezoekers lezen dit."))
    contribution = sentence_field(
        _("Wat brengen ze?"), help_text=_("Mensen, tijd, spullen, geld. Alleen in het beheer te lezen.")
    )
    added_value = sentence_field(
        _("Wat hebben ze eraan?"), help_text=_("Wie er niets aan heeft, haakt af. Alleen in het beheer te lezen.")
    )
    days_a_month = forms.IntegerField(
        label=_("Hoeveel dagen per maand zijn ze er?"), required=False, min_value=1, max_value=31,
        help_text=_("Zoals afgesproken. De stuurgroep ziet het naast de dagen dat ze er waren. Leeg: niets afgesproken."),
    )  # fmt: skip

    field_order = ["name", "kind", "since", "since_precision", "is_guest", "does"]

    def __init__(self, *args: Any, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [code for code, _name in site.text_languages]
        for code, name in site.text_languages:
            label = gettext("Wat ze hier doen, %(language)s") % {"language": name}
            self.fields[f"does_{code}"] = text_field(code, label=label, max_length=300)
        self.order_fields([*self.field_order, *(f"does_{code}" for code in self.codes)])

    def clean(self) -> dict[str, Any]:
        """The fields of an engagement: a vague date is its first day, translations are one field."""
        said = super().clean() or self.cleaned_data
        said["since_precision"] = said.get("since_precision") or Precision.DAY
        if said.get("since"):
            said["since"] = first_of(said["since"], said["since_precision"])
        told = {code: said.pop(f"does_{code}", "") for code in self.codes}
        said["does_translations"] = self.initial.get("other_translations", {}) | {c: t for c, t in told.items() if t}
        return said


def words_of(engagement: Engagement, site: Site) -> dict[str, Any]:
    names = ("since", "since_precision", "is_guest", "does", "contribution", "added_value", "days_a_month")
    codes = dict(site.text_languages)
    told = {f"does_{code}": engagement.does_translations.get(code, "") for code in codes}
    others = {code: text for code, text in engagement.does_translations.items() if code not in codes}
    return {name: getattr(engagement, name) for name in names} | told | {"other_translations": others}


class RenameForm(DeskForm):
    name = forms.CharField(label=_("De nieuwe naam"), max_length=120)
    exempt = {"name": (NAME, IS_A_NAME)}

    since = day_field(_("Vanaf welke dag?"), help_text=_("Wat daarvoor was, blijft onder de oude naam staan."))

    def clean_since(self) -> dt.date:
        """Weeks that are past keep the name people knew in those days."""
        since = self.cleaned_data["since"]
        if since < today():
            raise ValidationError(_("Een nieuwe naam begint vandaag of later: oude weken blijven zoals ze waren."))
        return since


class CheckInForm(DeskForm):
    day = day_field(_("Wanneer was het gesprek?"))
    value_gained = sentence_field(_("Wat hebben ze aan de STEK?"))
    value_given = sentence_field(_("Wat brengen ze?"))
    satisfaction = forms.TypedChoiceField(
        label=_("Hoe tevreden zijn ze?"), choices=Satisfaction, coerce=int, widget=forms.RadioSelect
    )
    action = sentence_field(_("Wat spreken jullie af?"))
    next_due = day_field(_("Wanneer praten jullie weer?"), required=False, help_text=_("Leeg: over een jaar."))

    def clean_day(self) -> dt.date:
        day = self.cleaned_data["day"]
        if day > today():
            raise ValidationError(_("Dat gesprek moet nog komen. Schrijf het op als het geweest is."))
        return day


class SeatForm(DeskForm):
    organisation = OrganisationField(label=_("Welke organisatie?"))
    since = day_field(_("Sinds wanneer?"), required=False, help_text=_("Leeg: niemand weet het nog."))

    def __init__(self, *args: Any, organisations: OrganisationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations.with_names()  # type: ignore[attr-defined]


class SeatDaysForm(DeskForm):
    since = day_field(_("Eerste dag"), required=False, help_text=_("Leeg: niemand weet het nog."))
    until = day_field(_("Laatste dag"), required=False, help_text=_("Leeg: ze zitten er nog in."))


class BodyForm(DeskForm):
    kind = forms.ChoiceField(label=_("Welke groep?"), choices=BodyKind, widget=forms.RadioSelect)
    first_met = day_field(_("Eerste keer samen"), required=False)
