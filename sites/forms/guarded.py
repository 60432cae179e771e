"""Forms whose free text is looked at before it is kept. Every form of the project with free text is one; a test walks them all."""

from __future__ import annotations

from django import forms

from sites.allowed import allowed_names
from stek.guard.findings import Kind
from stek.guard.forms import ALL, Exempt, Guarded

CHANNELS: frozenset[Kind] = frozenset({"phone", "email", "handle", "address", "number"})
NAME: frozenset[Kind] = frozenset({"name"})
IS_A_NAME = "the name of a thing, which may be called after somebody, and is itself on the list of what is allowed"
IS_A_CHANNEL = "how a place or an organisation is reached; names and personal numbers are still refused"
IS_A_CODE = "a code that the application itself knows"
OWN_NAME = "somebody's own name, asked for as such"

# By model: which kinds are welcome in which field, and why. What is not here is free text.
EXEMPT: dict[str, Exempt] = {
    "sites.user": {"name": (NAME, OWN_NAME), "language": (ALL, IS_A_CODE)},
    "sites.municipality": {"name": (NAME, IS_A_NAME)},
    "sites.partnership": {"name": (NAME, IS_A_NAME)},
    "sites.site": {
        "name": (NAME, IS_A_NAME),
        "contact": (CHANNELS, IS_A_CHANNEL),
        "time_zone": (ALL, IS_A_CODE),
        "languages": (ALL, IS_A_CODE),
        "example_fields": (ALL, IS_A_CODE),
    },
    "sites.place": {
        "name": (NAME, IS_A_NAME),
        "ride_service": (CHANNELS, IS_A_CHANNEL),
        "facility_codes": (ALL, IS_A_CODE),
        "address": (NAME | {"address"}, "the address of a house everybody may enter"),
        "example_fields": (ALL, IS_A_CODE),
    },
    "sites.homeaddress": {"example_fields": (ALL, IS_A_CODE)},
    "partners.organisation": {"contact": (CHANNELS, IS_A_CHANNEL)},
    "partners.organisationname": {"name": (NAME, IS_A_NAME)},
    "partners.alias": {"name": (NAME, IS_A_NAME)},
    "partners.engagement": {"example_fields": (ALL, IS_A_CODE)},
    "activities.activitytype": {"names": (NAME, IS_A_NAME)},
    "activities.series": {"example_fields": (ALL, IS_A_CODE)},
    "activities.text": {"language": (ALL, IS_A_CODE)},
}


class GuardedForm(Guarded):
    """Mixin, before the form: what of the network may be written is known."""

    def allowed(self) -> frozenset[str]:
        return allowed_names()


class GuardedModelForm(GuardedForm, forms.ModelForm):
    """With what is welcome in the fields of its model."""

    def welcome_in(self, name: str) -> frozenset[Kind] | str:
        of_model = EXEMPT.get(self._meta.model._meta.label_lower, {})
        return (self.exempt.get(name) or of_model.get(name) or (frozenset(), ""))[0]
