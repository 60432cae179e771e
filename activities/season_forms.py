"""What is asked for a season: agreements to copy, a partner's dates, plans."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sites.enums import Function
from sites.form_fields import DateField
from sites.forms.base import SeenForm
from sites.forms.guarded import GuardedForm
from sites.models import Site

from .enums import PriceKind
from .importing import LineError, Wanted, read_lines
from .models import ActivityType, Plan, Series
from .offer_forms import OrganisersField


class SeasonField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return obj.title


class CopySeasonForm(forms.Form):
    """Agreements of a season, again as drafts some weeks later."""

    series = SeasonField(
        queryset=Series.objects.none(), widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Wat komt terug?")
    )
    weeks = forms.IntegerField(
        label=gettext_lazy("Hoeveel weken later?"), min_value=1, max_value=104, initial=52,
        help_text=gettext_lazy("52 weken is een jaar: de dag van de week blijft dezelfde."),
    )  # fmt: skip
    last_day = DateField(
        label=gettext_lazy("Tot wanneer?"), required=False,
        help_text=gettext_lazy("Leeg: even veel later dan de vorige keer, of tot je het laat stoppen."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, site: Site) -> None:
        super().__init__(data)
        rows = Series.objects.at(site).published().filter(followed_by=None).order_by("title", "pk")
        self.fields["series"].queryset = rows  # type: ignore[attr-defined]


class ImportForm(GuardedForm, forms.Form):
    """Dates in lines, pasted from a partner's mail or spreadsheet. Files are never uploaded."""

    title = forms.CharField(
        label=gettext_lazy("Hoe heet het?"), max_length=120, required=False,
        help_text=gettext_lazy("Voor regels die zelf geen naam hebben."),
    )  # fmt: skip
    type = forms.ModelChoiceField(
        label=gettext_lazy("Wat voor activiteit is het?"), queryset=ActivityType.objects.all(), empty_label=gettext_lazy("– kies –")
    )  # fmt: skip
    functions = forms.MultipleChoiceField(
        label=gettext_lazy("Waarvoor komen mensen?"), choices=Function.choices, widget=forms.CheckboxSelectMultiple
    )
    organisers = OrganisersField()
    price_kind = forms.ChoiceField(
        label=gettext_lazy("Wat kost het?"), widget=forms.RadioSelect, initial=PriceKind.FREE,
        choices=[choice for choice in PriceKind.choices if choice[0] != PriceKind.FIXED],
    )  # fmt: skip
    lines = forms.CharField(
        label=gettext_lazy("Datums"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=gettext_lazy("Eén per regel: dag; begin; einde; naam. Bijvoorbeeld: 12/10/2023; 13:30; 16:00; Naaicafé"),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, site: Site, day: Any) -> None:
        super().__init__(data)
        self.site = site
        self.fields["organisers"].at(site, day)  # type: ignore[attr-defined]
        self.wanted: list[Wanted] = []
        self.line_errors: list[LineError] = []

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if "lines" in values:
            self.wanted, self.line_errors = read_lines(values["lines"], self.site, title=values.get("title", ""))
            words = _("Regel %(number)d: %(words)s")
            for error in self.line_errors:
                self.add_error("lines", words % {"number": error.number, "words": error.words})
            if not self.wanted and not self.line_errors:
                self.add_error("lines", _("Er staat nog geen datum."))
        return values


class PlanForm(SeenForm):
    """Something that may come."""

    class Meta:
        model = Plan
        fields = ("title", "with_whom", "status", "note")
        widgets = {"status": forms.RadioSelect}
