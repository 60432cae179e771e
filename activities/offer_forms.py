"""What is asked of an agreement as a whole: a new activity in one screen, and everything that may change of one there is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import Organisation
from sites.enums import Function
from sites.form_fields import DateField, TimeField, text_field
from sites.forms.base import FoldedForm, SeenForm
from sites.forms.guarded import GuardedForm
from sites.models import Place, Site

from .actions.occurrence import Halt
from .change_forms import ALWAYS, FROM, HoursForm, PlaceField, nth_of
from .enums import Frequency, Nth, PriceKind
from .models import Activity, ActivityType, Occurrence, Series
from .rules import check_hours

OFTEN = [
    ("weekly", gettext_lazy("elke week")),
    ("fortnightly", gettext_lazy("om de twee weken")),
    ("monthly", gettext_lazy("elke maand, op dezelfde dag van de week")),
    ("last", gettext_lazy("elke maand, de laatste keer die dag")),
    ("once", gettext_lazy("één keer")),
]


class OrganisersField(forms.ModelMultipleChoiceField):
    """Who is engaged at the site today, each with the name of today."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Organisation.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
            label=gettext_lazy("Wie organiseert?"), help_text=gettext_lazy("Weet je het nog niet? Laat het leeg. ‘Vandaag’ herinnert je eraan."), **kwargs,
        )  # fmt: skip

    def at(self, site: Site, day: Any) -> None:
        self.day = day
        self.queryset = Organisation.objects.engaged_at(site, day).with_names().order_by("code")

    def label_from_instance(self, obj: Any) -> str:
        return obj.name_on(self.day)


class AgreementForm(HoursForm):
    """What every agreement says: when, how often, where, who, what it costs."""

    often = forms.ChoiceField(
        label=gettext_lazy("Hoe vaak?"), choices=OFTEN, widget=forms.RadioSelect, initial="weekly"
    )
    place = PlaceField()
    organisers = OrganisersField()
    price_kind = forms.ChoiceField(
        label=gettext_lazy("Wat kost het?"), choices=PriceKind.choices, widget=forms.RadioSelect, initial=PriceKind.FREE
    )
    price = forms.DecimalField(
        label=gettext_lazy("Hoeveel euro?"), help_text=gettext_lazy("Alleen bij een vast bedrag."), required=False,
        min_value=0, max_value=999, decimal_places=2, localize=True,
    )  # fmt: skip
    last_day = DateField(
        label=gettext_lazy("Tot wanneer?"), help_text=gettext_lazy("Leeg: tot je het laat stoppen."), required=False
    )
    shares_room = forms.BooleanField(
        label=gettext_lazy("Dit mag samen met iets anders in één lokaal"), required=False
    )  # fmt: skip

    def __init__(self, *args: Any, site: Site, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site = site
        self.fields["place"].at(site)  # type: ignore[attr-defined]
        self.fields["organisers"].at(site, day)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("price_kind") == PriceKind.FIXED and "price" not in self.errors and values.get("price") is None:
            self.add_error("price", _("Vul in hoeveel euro, of kies een andere prijs."))
        self.refuse_hours(values.get("first_day") if values.get("often") == "once" else None, self.site.time_zone)
        return values

    def agreed(self, day: Any, *, is_day_known: bool = True) -> dict[str, Any]:
        """The columns of an agreement whose first or next date is `day`: its weekday, and which one of the month, follow from it."""
        values = self.cleaned_data
        often = values["often"]
        is_fixed = values["price_kind"] == PriceKind.FIXED
        fields = self.hours | {
            "frequency": Frequency.ONCE if often == "once" else Frequency.MONTHLY if often in {"monthly", "last"} else Frequency.WEEKLY,
            "interval": 2 if often == "fortnightly" else 1,
            "weekday": None, "nth": None,
            "place": values["place"], "price_kind": values["price_kind"],
            "price_cents": int(values["price"] * 100) if is_fixed and isinstance(values["price"], Decimal) else None,
            "shares_room": values["shares_room"], "last_day": values["last_day"],
        }  # fmt: skip
        if often != "once" and is_day_known:
            fields["weekday"] = day.weekday()
            if often in {"monthly", "last"}:
                fields["nth"] = Nth.LAST if often == "last" else nth_of(day, Nth.FIRST)
        return fields


class NewOfferForm(FoldedForm, AgreementForm):
    """A new activity in one screen; what is left empty can be filled in later."""

    title = forms.CharField(label=gettext_lazy("Hoe heet het?"), max_length=120)
    type = forms.ModelChoiceField(
        label=gettext_lazy("Wat voor activiteit is het?"), queryset=ActivityType.objects.all(), empty_label=gettext_lazy("– kies –")
    )  # fmt: skip
    functions = forms.MultipleChoiceField(
        label=gettext_lazy("Waarvoor komen mensen?"), choices=Function.choices, widget=forms.CheckboxSelectMultiple
    )
    first_day = DateField(label=gettext_lazy("Wanneer is de eerste keer?"))
    day_unknown = forms.BooleanField(
        label=gettext_lazy("We weten nog niet op welke dag van de week"), required=False,
        help_text=gettext_lazy("Nog geen vaste dag? Dan staat het bij ‘Ook elke week’."),
    )  # fmt: skip
    description = forms.CharField(
        label=gettext_lazy("Wat doe je er?"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    audience = forms.CharField(label=gettext_lazy("Voor wie?"), max_length=200, required=False)
    volunteers_allowed = forms.BooleanField(
        label=gettext_lazy("Vrijwilligers mogen hier helpen"), required=False, initial=True
    )  # fmt: skip
    CAN_WAIT = ("place", "shares_room", "last_day", "description", "audience", "volunteers_allowed")
    field_order = [
        "title", "type", "functions", "often", "first_day", "day_unknown", "begin", "end", "part", "organisers", "price_kind",
        "price", *CAN_WAIT,
    ]  # fmt: skip

    @property
    def begun(self) -> dict[str, Any]:
        """Everything `begin_offer` asks besides who and where."""
        values = self.cleaned_data
        known = not (values["day_unknown"] and values["often"] != "once")
        return self.agreed(values["first_day"], is_day_known=known) | {
            name: values[name]
            for name in (
                "title",
                "type",
                "functions",
                "organisers",
                "first_day",
                "description",
                "audience",
                "volunteers_allowed",
            )
        }


class ProposalForm(NewOfferForm):
    """The same from a partner's worker: the own organisation organises it, and rooms and volunteers are the coordinator's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("organisers", "shares_room", "volunteers_allowed"):
            del self.fields[name]

    @property
    def begun(self) -> dict[str, Any]:
        self.cleaned_data |= {"organisers": [], "shares_room": False, "volunteers_allowed": True}
        return super().begun


class ChangeAgreementForm(AgreementForm):
    """What was agreed, from a day on or always."""

    how_long = forms.ChoiceField(
        label=gettext_lazy("Vanaf wanneer?"), widget=forms.RadioSelect, initial=FROM,
        choices=[(FROM, gettext_lazy("Vanaf een dag")), (ALWAYS, gettext_lazy("Altijd, vanaf nu"))],
    )  # fmt: skip
    since = DateField(
        label=gettext_lazy("Vanaf welke dag?"),
        help_text=gettext_lazy(
            "De eerste keer op de nieuwe manier. Die dag bepaalt ook op welke dag van de week het is."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Waarom?"), help_text=gettext_lazy("Bezoekers lezen dit."), max_length=300
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ["how_long", "since", "often", "begin", "end", "part", "organisers", "price_kind", "price", "place"]

    @staticmethod
    def initial_of(series: Series) -> dict[str, Any]:
        """What the form shows of an agreement before anything is changed."""
        often = {Frequency.ONCE: "once", Frequency.MONTHLY: "last" if series.nth == Nth.LAST else "monthly"}.get(
            Frequency(series.frequency), "fortnightly" if series.interval == 2 else "weekly"
        )
        return {
            "often": often, "begin": series.begin, "end": series.end, "part": series.part, "place": series.place_id,
            "organisers": list(series.organisers.values_list("organisation", flat=True)), "price_kind": series.price_kind,
            "price": Decimal(series.price_cents) / 100 if series.price_cents is not None else None,
            "last_day": series.last_day, "shares_room": series.shares_room,
        }  # fmt: skip


class WordsForm(GuardedForm, forms.Form):
    """Title and text in Dutch and in each other language; a language without a title falls back to Dutch."""

    title = forms.CharField(label=gettext_lazy("Hoe heet het?"), max_length=120)
    description = forms.CharField(
        label=gettext_lazy("Wat doe je er?"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    audience = forms.CharField(label=gettext_lazy("Voor wie?"), max_length=200, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Waarom verbeter je dit?"), max_length=300,
        help_text=gettext_lazy("Dit verandert ook vroegere weken. Een ander uur of een andere plek doe je niet hier."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, series: Series) -> None:
        texts = {text.language: text for text in series.texts.all()}
        initial = {"title": series.title, "description": series.description, "audience": series.audience}
        super().__init__(data, initial=initial)
        self.languages = series.activity.site.text_languages
        for code, name in self.languages:
            text = texts.get(code)
            words = {"language": name}
            for field, label in (
                ("title", _("Hoe het heet, %(language)s")),
                ("description", _("Wat je er doet, %(language)s")),
                ("audience", _("Voor wie, %(language)s")),
            ):
                self.fields[f"{field}_{code}"] = text_field(
                    code, label=label % words, max_length=self.fields[field].max_length,  # type: ignore[attr-defined]
                    initial=getattr(text, field, ""), is_long=field == "description",
                )  # fmt: skip
        self.order_fields(
            ["title", "description", "audience", *(name for name in self.fields if "_" in name), "reason"]
        )

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        for code, _name in self.languages:
            if not values.get(f"title_{code}") and (
                values.get(f"description_{code}") or values.get(f"audience_{code}")
            ):
                self.add_error(f"title_{code}", _("Vul ook in hoe het heet in die taal."))
        return values

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("title", "description", "audience")}

    @property
    def texts(self) -> dict[str, dict[str, str]]:
        return {
            code: {name: self.cleaned_data[f"{name}_{code}"] for name in ("title", "description", "audience")}
            for code, _name in self.languages
        }


class CombinedField(forms.ModelChoiceField):
    """Another activity of the site, by the title it has now."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.title


class IdentityForm(SeenForm):
    """What an activity is, whichever agreement holds."""

    class Meta:
        model = Activity
        fields = (
            "type", "meet", "learn", "politicise", "refer", "volunteers_allowed", "no_volunteers_reason", "combined_with",
        )  # fmt: skip
        field_classes = {"combined_with": CombinedField}
        labels = {"combined_with": gettext_lazy("Hoort samen met")}

    def __init__(self, data: Any = None, *, instance: Activity) -> None:
        super().__init__(data, instance=instance)
        field = self.fields["combined_with"]
        field.empty_label = gettext_lazy("niets anders")  # type: ignore[attr-defined]
        title = (
            Series.objects.published().filter(activity=OuterRef("pk")).order_by("-first_day", "-pk").values("title")[:1]
        )
        rows = Activity.objects.at(instance.site).exclude(pk=instance.pk).annotate(title=Subquery(title))
        field.queryset = rows.filter(title__isnull=False).order_by("title")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if not any(values.get(function) for function in Function.values):
            self.add_error("meet", _("Kies waarvoor mensen komen."))
        return values


class GuestsForm(forms.Form):
    """Who comes along this time only. Everybody whom the network knows may be a guest."""

    guests = OrganisersField()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, day: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["guests"]
        assert isinstance(field, OrganisersField)
        field.day, field.label, field.help_text = day, _("Wie komt er mee?"), ""
        field.queryset = Organisation.objects.with_names().order_by("code")


class RoadForm(GuardedForm, forms.Form):
    """Stops in order; a line left empty is none. Without a stop it is at home."""

    LINES = 4

    note = forms.CharField(label=gettext_lazy("Bericht voor bezoekers"), max_length=300, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, date: Occurrence) -> None:
        self.date = date
        stops = list(date.stops.all())
        initial: dict[str, Any] = {"note": date.note}
        for number, stop in enumerate(stops[: self.LINES], start=1):
            initial |= {f"stop_{number}": stop.place_id, f"begin_{number}": stop.begin, f"end_{number}": stop.end}
        super().__init__(data, initial=initial)
        for number in range(1, self.LINES + 1):
            words = {"number": number}
            self.fields[f"stop_{number}"] = forms.ModelChoiceField(
                label=_("Halte %(number)d") % words, required=False, empty_label=_("geen"),
                queryset=Place.objects.at(date.site).order_by("name"),
            )  # fmt: skip
            self.fields[f"begin_{number}"] = TimeField(label=_("Daar vanaf"), required=False)
            self.fields[f"end_{number}"] = TimeField(label=_("Daar tot"), required=False)
        self.order_fields([*(name for name in self.fields if "_" in name), "note"])

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        for number in range(1, self.LINES + 1):
            begin, end = values.get(f"begin_{number}"), values.get(f"end_{number}")
            names = {"begin": f"begin_{number}", "end": f"end_{number}"}
            if not {*names.values(), f"stop_{number}"} & self.errors.keys():
                self._check(values.get(f"stop_{number}"), begin, end, number, names)
        return values

    def _check(
        self, stop: Place | None, begin: dt.time | None, end: dt.time | None, number: int, names: dict[str, str]
    ) -> None:
        if not stop and (begin or end):
            self.add_error(f"stop_{number}", _("Kies welke halte dit is."))
            return
        try:
            check_hours(self.date.day, begin, end, self.date.site.time_zone)
        except forms.ValidationError as refusal:
            for name, said in refusal.message_dict.items():
                self.add_error(names[name], said)
            return
        if begin and end and end < begin:
            self.add_error(names["end"], _("Kies een einduur na het begin, ten laatste twaalf uur later."))

    @property
    def stops(self) -> list[Halt]:
        values = self.cleaned_data
        return [
            Halt(place, values.get(f"begin_{number}"), values.get(f"end_{number}"))
            for number in range(1, self.LINES + 1)
            if (place := values.get(f"stop_{number}"))
        ]
