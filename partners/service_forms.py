"""What is asked about a line of the referral guide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sites.form_fields import text_field
from sites.forms.base import SeenForm
from sites.forms.guarded import CHANNELS, IS_A_CHANNEL, IS_A_NAME, NAME
from sites.models import Site

from .actions.services import SERVICE
from .form_fields import OrganisationField
from .models import Organisation, Service


class ServiceForm(SeenForm):
    class Meta:
        model = Service
        fields = ["name", "what_for", "reach", "website"]
        labels = {
            "name": _("Hoe heet de dienst?"),
            "what_for": _("Waarvoor kan je er terecht?"),
            "reach": _("Hoe bereik je ze?"),
        }
        help_texts = {
            "what_for": _("In gewone woorden. Iedereen leest dit."),
            "reach": _("Van de organisatie, nooit van een persoon."),
        }
        widgets = {"what_for": forms.Textarea(attrs={"rows": 3})}

    exempt = {
        "name": (NAME, IS_A_NAME),
        "reach": (CHANNELS, IS_A_CHANNEL),
    }

    def __init__(self, *args: Any, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [code for code, _name in site.text_languages]
        for code, name in site.text_languages:
            label = gettext("Waarvoor, %(language)s") % {"language": name}
            self.fields[f"what_for_{code}"] = text_field(code, label=label, max_length=300, is_long=True)
            self.initial[f"what_for_{code}"] = self._translations.get(code, "")
        if not self.row:
            field = OrganisationField(label=_("Van welke organisatie?"))
            field.queryset = Organisation.objects.at_desk(site).with_names().order_by("code")
            self.fields["organisation"] = field
        self.order_fields(
            ["organisation", "name", "what_for", *(f"what_for_{code}" for code in self.codes), "reach", "website"]
        )

    @property
    def watched(self) -> list[str]:
        return list(SERVICE)

    @property
    def values(self) -> dict[str, Any]:
        plain = {name: self.cleaned_data[name] for name in SERVICE if name != "translations"}
        kept = {code: words for code, words in self._translations.items() if code not in self.codes}
        filled = {code: words for code in self.codes if (words := self.cleaned_data[f"what_for_{code}"])}
        return plain | {"translations": kept | filled}

    @property
    def _translations(self) -> dict[str, str]:
        return self.row.translations if self.row else {}
