"""What is asked about papers: which one to print, and where one hangs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sites.form_fields import DateField
from sites.forms.base import SeenForm
from sites.models import Site
from stek.time import today

from .enums import Frequency, PaperKind
from .fixed_offer import EARLIEST, LONGEST, Season
from .models import Activity, Spot
from .standing import SOURCE_LANGUAGE, Offer, standing


def titles(site: Site) -> dict[str, str]:
    """Slug -> title of every activity that goes on or is still to come, in the order of the alphabet."""
    day = today(site.time_zone)
    offers = standing(site, SOURCE_LANGUAGE).offers.values()
    told = [o for o in offers if not o.is_undone and o.is_on(day, dt.date.max) and not _is_past(o, day)]
    return dict(sorted(_newest(told).items(), key=lambda one: one[1].casefold()))


def all_titles(site: Site) -> dict[str, str]:
    """The same of every activity there ever was: a poster of one that is over may hang yet."""
    return _newest(standing(site, SOURCE_LANGUAGE).offers.values())


def _newest(offers: Iterable[Offer]) -> dict[str, str]:
    return {offer.slug: offer.title for offer in sorted(offers, key=lambda offer: offer.rule.first_day)}


def _is_past(offer: Offer, day: dt.date) -> bool:
    return offer.rule.frequency == Frequency.ONCE and offer.rule.first_day < day


class ActivityField(forms.ModelChoiceField):
    titles: dict[str, str] = {}

    def label_from_instance(self, obj: Any) -> str:
        return self.titles.get(obj.slug, obj.slug)


class SpotForm(SeenForm):
    """A spot and the paper that belongs there."""

    language = forms.ChoiceField(label=gettext_lazy("In welke taal?"), choices=settings.LANGUAGES, initial="nl")
    activity = ActivityField(
        queryset=Activity.objects.none(), required=False, label=gettext_lazy("Van welke activiteit?"),
        help_text=gettext_lazy("Alleen bij een affiche van één activiteit."), empty_label=gettext_lazy("– geen –"),
    )  # fmt: skip

    class Meta:
        model = Spot
        fields = ("where", "paper", "activity", "language")
        widgets = {"paper": forms.RadioSelect}
        labels = {"where": gettext_lazy("Waar hangt het?"), "paper": gettext_lazy("Wat hangt er?")}
        help_texts = {
            "where": gettext_lazy("In woorden, zoals “bibliotheek, prikbord naast de deur”. Geen naam van een persoon.")
        }

    def __init__(self, data: Any = None, *, site: Site, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["activity"]
        field.titles = all_titles(site)
        known = Q(slug__in=titles(site)) | Q(pk=self.row.activity_id if self.row else None)
        field.queryset = Activity.objects.filter(known, site=site)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        is_poster = values.get("paper") == PaperKind.POSTER
        if is_poster and not values.get("activity") and "activity" not in self.errors:
            self.add_error("activity", _("Kies van welke activiteit de affiche is."))
        if not is_poster:
            values["activity"] = None
        return values


class SeasonForm(forms.Form):
    """The days of a flyer of the fixed offer."""

    van = DateField(label=gettext_lazy("Van"))
    tot = DateField(label=gettext_lazy("Tot en met"))

    def __init__(self, data: Any = None, *, site: Site) -> None:
        usual = Season.from_today(site.time_zone)
        self.today = today(site.time_zone)
        super().__init__(data, initial={"van": usual.first, "tot": usual.last})

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("van"), values.get("tot")
        if first and last and last < first:
            self.add_error("tot", _("De laatste dag komt voor de eerste."))
        elif first and last and last > first + LONGEST:
            self.add_error("tot", _("Kies hoogstens een jaar."))
        elif first and not EARLIEST <= first <= self.today + LONGEST:
            self.add_error("van", _("Zo ver loopt het programma niet."))
        return values
