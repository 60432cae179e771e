"""Places of a site, and the house it lives in from a day on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sites.enums import Facility, PlaceKind
from sites.form_fields import DateField
from sites.models import HomeAddress, Place, Site

from .base import SeenForm


class PlaceForm(SeenForm):
    facility_codes = forms.MultipleChoiceField(
        label=_("Wat is er?"), choices=Facility.choices, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Kruis aan wat je zelf gezien hebt. Bezoekers lezen het in hun taal."),
    )  # fmt: skip

    class Meta:
        model = Place
        fields = ["name", "kind", "address", "by_bus", "by_ride", "ride_service", "facility_codes", "facilities"]
        widgets = {"kind": forms.RadioSelect}
        help_texts = {
            "address": _("Straat, nummer en gemeente. Weet je het niet zeker? Laat het leeg."),
            "by_bus": _("Bijvoorbeeld: bus 435, halte Dorp, 3 minuten te voet."),
            "by_ride": _("Bijvoorbeeld: vraag aan de balie wie kan meerijden."),
            "ride_service": _("Voor wie moeilijk ter been is. Bijvoorbeeld: bel twee dagen vooraf naar de dienst."),
            "facilities": _("Bijvoorbeeld: de deur is zwaar, bel even aan."),
        }


class HomeForm(SeenForm):
    class Meta:
        model = HomeAddress
        fields = ["place", "since"]
        field_classes = {"since": DateField}
        labels = {"place": _("Huis"), "since": _("Vanaf welke dag?")}

    def __init__(self, data: Any = None, *, site: Site, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Place.objects.at(site).filter(kind=PlaceKind.HOUSE).order_by("name")
        field.empty_label = _("Kies een huis")
