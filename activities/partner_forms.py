"""What a coordinator fills in when an organisation leaves, and about the offer that stays without an organiser."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partners.desk_forms import DeskForm, day_field
from partners.models import Organisation
from sites.models import Site


class LeaveForm(DeskForm):
    on = day_field(
        _("Wat is hun laatste dag?"), help_text=_("Deze dag telt nog mee. Daarna werken hun sleutels niet meer.")
    )
    reason = forms.CharField(label=_("Waarom vertrekken ze?"), max_length=300, required=False)


class _ManyByName(forms.ModelMultipleChoiceField):
    day: dt.date

    def clean(self, value: Any) -> Any:
        """Only what was offered is looked up: a number too large for the database would be an error of the server."""
        assert self.queryset is not None
        offered = {str(pk) for pk in self.queryset.values_list("pk", flat=True)}
        for one in value or []:
            if str(one) not in offered:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": one}
                )
        return super().clean(value)

    def label_from_instance(self, obj: Organisation) -> str:
        return obj.name_on(self.day)


class HandOverForm(DeskForm):
    """`to` offers who is engaged at the site on the day it goes over."""

    day = day_field(_("Vanaf welke dag?"))
    to = _ManyByName(
        label=_("Wie neemt het over?"), queryset=Organisation.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("Waarom verandert het?"), max_length=300, required=False, help_text=_("Bezoekers kunnen dit lezen.")
    )

    def __init__(self, *args: Any, site: Site, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, _ManyByName)
        field.day = day
        field.queryset = Organisation.objects.engaged_at(site, day).with_names()

    @property
    def has_nobody(self) -> bool:
        return not self.fields["to"].choices  # type: ignore[attr-defined]


class StopForm(DeskForm):
    day = day_field(_("Vanaf welke dag gaat het niet meer door?"))
    note = forms.CharField(
        label=_("Waarom stopt het?"), max_length=300, required=False, help_text=_("Bezoekers kunnen dit lezen.")
    )
