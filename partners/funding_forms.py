"""What is asked about money."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sites.enums import Precision
from sites.form_fields import DateField
from sites.forms.base import SeenForm
from sites.forms.guarded import IS_A_NAME, NAME
from sites.words import first_of

from .actions.funding import FUNDING
from .desk_forms import DeskForm, day_field, sentence_field
from .models import Funding

LEAST_FTE, MOST_FTE = Decimal("0.01"), 20


class FundingForm(SeenForm):
    first_precision = forms.TypedChoiceField(
        label=_("Hoe precies weet je wanneer het begon?"), choices=Precision, coerce=int, widget=forms.RadioSelect,
        initial=Precision.DAY,
    )  # fmt: skip

    class Meta:
        model = Funding
        fields = list(FUNDING)
        field_classes = {"first_day": DateField, "last_day": DateField, "approved_on": DateField}
        labels = {
            "source": _("Van wie komt het geld?"),
            "first_day": _("Eerste dag"),
            "last_day": _("Laatste dag"),
            "fte": _("Voor hoeveel voltijdse banen?"),
            "approved_on": _("Goedgekeurd op"),
            "note": _("Wat hoort erbij?"),
        }
        help_texts = {
            "first_day": _("Leeg: niemand weet het nog."),
            "last_day": _("Deze dag telt nog mee. Leeg: niemand weet het nog."),
            "fte": _("Bijvoorbeeld 0,4. Mag leeg blijven."),
        }

    exempt = {"source": (NAME, IS_A_NAME)}

    def __init__(self, *args: Any, may_choose_all: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fte"].validators.append(MinValueValidator(LEAST_FTE))
        self.fields["fte"].widget.attrs |= {"min": 0, "max": MOST_FTE, "step": "0.05"}
        if may_choose_all:
            self.fields["for_all"] = forms.BooleanField(label=_("Voor alle plekken samen"), required=False)
        self.order_fields(
            ["source", "for_all", "first_precision", "first_day", "last_day", "fte", "approved_on", "note"]
        )

    def clean(self) -> dict[str, Any]:
        """Any day of the month, season or year that is meant will do."""
        values = super().clean() or self.cleaned_data
        if values.get("first_day") and values.get("first_precision"):
            values["first_day"] = first_of(values["first_day"], values["first_precision"])
        if values.get("first_day") and values.get("last_day") and values["last_day"] < values["first_day"]:
            self.add_error("last_day", gettext("De laatste dag ligt voor de eerste dag."))
        return values

    @property
    def watched(self) -> list[str]:
        return list(FUNDING)


class ExtendForm(DeskForm):
    """It goes on: until when, and who said so when."""

    last_day = day_field(_("Nieuwe laatste dag"), help_text=_("Deze dag telt nog mee."))
    source = forms.CharField(
        label=_("Van wie komt het geld?"),
        max_length=120,
        required=False,
        help_text=_("Leeg: van dezelfde als daarvoor."),
    )
    approved_on = day_field(_("Goedgekeurd op"), required=False)
    note = sentence_field(_("Wat hoort erbij?"))

    exempt = {"source": (NAME, IS_A_NAME)}
