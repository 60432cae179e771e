"""Forms of the offer: the only way in for input."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sites.form_fields import DateField
from sites.forms.base import add_refusal
from sites.forms.guarded import GuardedForm
from sites.models import Site
from sites.rules import check_closure
from stek.time import today


class ClosureForm(GuardedForm, forms.Form):
    """Days on which the door stays shut. `everywhere` is there only for who may close all sites of the partnership."""

    first_day = DateField(label=gettext_lazy("Eerste dag dicht"))
    last_day = DateField(label=gettext_lazy("Laatste dag dicht"), help_text=gettext_lazy("Deze dag telt mee."))
    reason = forms.CharField(
        label=gettext_lazy("Waarom?"),
        max_length=200,
        help_text=gettext_lazy("Bezoekers lezen dit. Bijvoorbeeld: zomervakantie."),
    )
    everywhere = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, site: Site, for_all: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.site = site
        if for_all:
            label = _("Alle plekken van %(name)s gaan dicht") % {"name": site.partnership.name}
            self.fields["everywhere"].label = label
        else:
            del self.fields["everywhere"]

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("first_day") and values.get("last_day"):
            try:
                check_closure(first_day=values["first_day"], last_day=values["last_day"], on=today(self.site.time_zone))
            except forms.ValidationError as refusal:
                add_refusal(self, refusal)
        return values

    @property
    def closed_site(self) -> Site | None:
        """The one site, or None for every site of the partnership."""
        return None if self.cleaned_data.get("everywhere") else self.site
