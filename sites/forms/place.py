"""Places of a site, and the house it lives in from a day on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sites.enums import PlaceKind
from sites.form_fields import DateField
from sites.models import HomeAddress, Place, Site

from .base import SeenForm


class PlaceForm(SeenForm):
    class Meta:
        model = Place
        fields = ["name", "kind", "address", "by_bus", "by_ride", "facilities"]
        widgets = {"kind": forms.RadioSelect}
        help_texts = {
            "address": _("Straat, nummer en gemeente. Weet je het niet zeker? Laat het leeg."),
            "by_bus": _("Bijvoorbeeld: bus 435, halte Dorp, 3 minuten te voet."),
            "by_ride": _("Bijvoorbeeld: vraag aan de balie wie kan meerijden."),
            "facilities": _("Bijvoorbeeld: geen drempel, aangepast toilet."),
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
