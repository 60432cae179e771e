"""What is asked when the offer changes: when and where one date is held, what was agreed, why."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sites.enums import PlaceKind
from sites.form_fields import DateField, TimeField, text_field
from sites.forms.base import add_refusal
from sites.forms.guarded import GuardedForm
from sites.models import Place, Site
from stek.time import today

from .enums import Frequency, Nth, Part
from .models import Occurrence
from .rules import check_hours

THIS, FROM, ALWAYS = "this", "from", "always"
# What a verb calls its field, and what the form calls it.
RENAMED = {"first_day": "since", "last_day": "since"}


class PlaceField(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Waar?"))
        super().__init__(
            queryset=Place.objects.none(), required=False, empty_label=gettext_lazy("in het huis van de plek"), **kwargs
        )

    def at(self, site: Site) -> None:
        """Only the rooms and houses of this site."""
        self.queryset = Place.objects.at(site).exclude(kind=PlaceKind.STOP).order_by("name")


class HoursForm(GuardedForm, forms.Form):
    """Hours, or a part of the day, or neither: nobody knows yet."""

    begin = TimeField(label=gettext_lazy("Begint om"), required=False)
    end = TimeField(label=gettext_lazy("Eindigt om"), required=False)
    part = forms.ChoiceField(
        label=gettext_lazy("Of een deel van de dag"),
        help_text=gettext_lazy("Als het uur nog niet bekend is."),
        choices=[("", gettext_lazy("niet bekend")), *Part.choices],
        required=False,
    )

    @property
    def hours(self) -> dict[str, Any]:
        """Hours say more than a part of the day."""
        values = self.cleaned_data
        return {"begin": values["begin"], "end": values["end"], "part": "" if values["begin"] else values["part"]}

    def refuse_hours(self, day: dt.date | None, zone: str) -> None:
        """What is wrong with them is said beside them; on a `day`, also of an hour that its clock skips."""
        if {"begin", "end"} & self.errors.keys():
            return
        try:
            check_hours(day, self.cleaned_data["begin"], self.cleaned_data["end"], zone)
        except forms.ValidationError as refusal:
            add_refusal(self, refusal)


class ChangeDateForm(HoursForm):
    """One date elsewhere in the week, or from then on, or always."""

    scope = forms.ChoiceField(label=gettext_lazy("Hoe lang?"), widget=forms.RadioSelect)
    since = DateField(
        label=gettext_lazy("Vanaf welke dag?"),
        help_text=gettext_lazy("Alleen als je ‘vanaf een dag’ kiest. Wat daarvoor is, blijft zoals het was."),
        required=False,
    )
    day = DateField(label=gettext_lazy("Op welke dag?"))
    place = PlaceField()
    reason = forms.CharField(
        label=gettext_lazy("Waarom?"), help_text=gettext_lazy("Bezoekers lezen dit."), max_length=300, required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ["scope", "since", "day", "begin", "end", "part", "place", "reason"]

    def __init__(self, *args: Any, date: Occurrence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.date = date
        self.fields["place"].at(date.site)  # type: ignore[attr-defined]
        if date.series.frequency == Frequency.ONCE:
            del self.fields["scope"], self.fields["since"]
        else:
            # That depends on how long it is for.
            self.fields["reason"].says_optional = False  # type: ignore[attr-defined]
            self.fields["reason"].help_text = _("Bezoekers lezen dit. Voor één keer mag het leeg blijven.")
            self.fields["scope"].choices = [  # type: ignore[attr-defined]
                (THIS, _("Alleen deze keer")), (FROM, _("Vanaf een dag")), (ALWAYS, _("Altijd, vanaf nu")),
            ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if self.how_long == FROM and "since" not in self.errors and not values.get("since"):
            self.add_error("since", _("Kies vanaf welke dag."))
        if self.how_long != THIS and "reason" not in self.errors and not values.get("reason"):
            self.add_error(
                "reason", _("Zeg in enkele woorden waarom. Bezoekers lezen het op de week waarin het verandert.")
            )
        if self.how_long == THIS and "day" not in self.errors and values["day"] < today(self.date.site.time_zone):
            self.add_error("day", _("Wat voorbij is, verandert niet meer. Kies vandaag of later."))
        self.refuse_hours(values.get("day") if self.how_long == THIS else None, self.date.site.time_zone)
        return values

    @property
    def how_long(self) -> str:
        return self.cleaned_data.get("scope", THIS)

    @property
    def agreed(self) -> dict[str, Any]:
        """The columns of an agreement that follow from the day, the hours and the room."""
        day: dt.date = self.cleaned_data["day"]
        series = self.date.series
        fields = self.hours | {"place": self.cleaned_data["place"]}
        if series.weekday is not None or series.frequency == Frequency.WEEKLY:
            fields["weekday"] = day.weekday()
        if series.frequency == Frequency.MONTHLY and series.nth is not None and day != self.date.day:
            fields["nth"] = nth_of(day, series.nth)
        return fields


def nth_of(day: dt.date, before: int) -> int:
    """Which of its weekday in the month a day is: the last stays the last, and a fifth can only be that."""
    nth = (day.day - 1) // 7 + 1
    is_last = (day + dt.timedelta(days=7)).month != day.month
    return Nth.LAST if is_last and (before == Nth.LAST or nth > Nth.FOURTH) else nth


class SureForm(forms.Form):
    """Nothing to fill in: only how things stood when somebody looked."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class NoteForm(GuardedForm, SureForm):
    """Why a date is off, or what else there is to say of it."""

    note = forms.CharField(
        label=gettext_lazy("Bericht voor bezoekers"), max_length=300, required=False,
        help_text=gettext_lazy("Bijvoorbeeld: de zaal is niet vrij. Zeg ook wat mensen wel kunnen doen."),
    )  # fmt: skip


class TranslatedNoteForm(NoteForm):
    """The same in each language; who has none reads it in Dutch."""

    def __init__(self, data: Any = None, *, date: Occurrence) -> None:
        super().__init__(data, initial={"note": date.note})
        self.languages = date.site.text_languages
        label = _("Bericht voor bezoekers, %(language)s")
        self.fields["note"].label = label % {"language": dict(settings.LANGUAGES)[settings.LANGUAGE_CODE]}
        for code, name in self.languages:
            self.fields[f"note_{code}"] = text_field(
                code, label=label % {"language": name}, max_length=300, initial=date.note_translations.get(code, "")
            )

    @property
    def translations(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"note_{code}"] for code, _name in self.languages}


class EndForm(GuardedForm, forms.Form):
    """The last day of an agreement, and why."""

    last_day = DateField(label=gettext_lazy("Laatste dag"), help_text=gettext_lazy("Die dag gaat het nog door."))
    reason = forms.CharField(
        label=gettext_lazy("Waarom?"), help_text=gettext_lazy("Dit blijft in de geschiedenis."), max_length=300
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
