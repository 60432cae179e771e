"""Facts and address of a site, stopping and beginning again; a new one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sites.enums import SiteStatus
from sites.models import OTHER_LANGUAGES, Municipality, Partnership, Site

from .base import SeenForm, without_blank
from .guarded import GuardedModelForm

RUNNING = [(status.value, status.label) for status in (SiteStatus.STARTING, SiteStatus.ACTIVE)]


class FactsForm(SeenForm):
    languages = forms.MultipleChoiceField(
        label=_("In welke talen schrijf je ook?"), choices=OTHER_LANGUAGES, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_(
            "Dag, uur, prijs, soort en alle vaste woorden staan er altijd in elke taal. Hier kies je in welke talen jullie ook titels en"
            " berichten schrijven. Zonder vertaling staat er Nederlands."
        ),
    )  # fmt: skip

    class Meta:
        model = Site
        fields = ["name", "kind", "status", "closed_on_holidays", "contact", "languages"]
        widgets = {"kind": forms.RadioSelect, "status": forms.RadioSelect}
        help_texts = {
            "status": _("In opstart: alleen wie een sleutel heeft ziet de plek. Actief: iedereen ziet ze."),
            "closed_on_holidays": _("Geldt vanaf vandaag. Wat voorbij is, blijft zoals het was."),
            "contact": _("Van de plek of een organisatie, nooit van een persoon."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row and self.row.status == SiteStatus.STOPPED:
            del self.fields["status"]
        else:
            self.fields["status"].choices = RUNNING  # type: ignore[attr-defined]

    @property
    def watched(self) -> list[str]:
        """All facts, also the one that cannot be chosen now."""
        return list(self._meta.fields or [])

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name in self.watched}


class AddressForm(forms.Form):
    slug = forms.SlugField(
        label=_("Nieuw adres"), max_length=60, help_text=_("Kleine letters, cijfers en streepjes. Kort is goed.")
    )

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"].lower()


class ReopenForm(forms.Form):
    status = forms.ChoiceField(
        label=_("Hoe begint de plek weer?"), choices=RUNNING, widget=forms.RadioSelect, initial=SiteStatus.ACTIVE
    )


class NewSiteForm(GuardedModelForm):
    partnership = forms.ModelChoiceField(Partnership.objects.order_by("name"), label=_("Samenwerkingsverband"))
    municipality = forms.ModelChoiceField(Municipality.objects.all(), label=_("Gemeente"))

    class Meta:
        model = Site
        fields = ["name", "slug", "municipality", "partnership", "kind", "contact"]
        widgets = {"kind": forms.RadioSelect}
        labels = {"slug": _("Adres op het web")}
        help_texts = {"slug": _("Kort, want het komt op affiches: kleine letters, cijfers en streepjes.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        without_blank(self)

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"].lower()


class MunicipalityForm(GuardedModelForm):
    class Meta:
        model = Municipality
        fields = ["name", "code", "inhabitants", "density"]
        help_texts = {"code": _("Een kort woord voor gegevens, bijvoorbeeld kalmthout.")}


class PartnershipForm(GuardedModelForm):
    class Meta:
        model = Partnership
        fields = ["name", "slug"]
        help_texts = {"slug": _("Een kort woord voor gegevens, bijvoorbeeld noorderkempen.")}
