"""Forms about places: the one for everybody, the coordinator's, and how many places there are."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sites.form_fields import DateField, TimeField
from sites.forms.base import SeenForm
from sites.forms.guarded import ALL, NAME, GuardedForm
from sites.telephone_numbers import number_words, read_number
from stek.time import clock_of

from .free_places import people_words
from .models import Outing, Reservation
from .outing import LARGEST_GROUP, MOST_PLACES


class ContactField(forms.CharField):
    """A telephone number or a mail address, and nothing else: so there is no room for anything about anybody."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 120, "required": False} | kwargs)

    def clean(self, value: Any) -> str:
        """Mail in lower case, a number as +32470123456."""
        text = super().clean(value)
        if not text:
            return ""
        return _mail(text) if "@" in text else _number(text)

    def prepare_value(self, value: Any) -> Any:
        return contact_words(value) if isinstance(value, str) else value


def _mail(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise ValidationError(_("Dit e-mailadres klopt niet. Het ziet eruit als naam@voorbeeld.be.")) from error
    return text.lower()


def _number(text: str) -> str:
    number = read_number(text)
    if not number:
        raise ValidationError(_("Dit is geen telefoonnummer of e-mailadres. Kijk het na, of laat het leeg."))
    return number


def contact_words(contact: str) -> str:
    """As people write it."""
    return contact if "@" in contact or not contact.startswith("+") else number_words(contact)


class GroupForm(GuardedForm, forms.Form):
    """Who, with how many, and how to reach them."""

    nickname = forms.CharField(label=gettext_lazy("Voornaam of bijnaam"), max_length=40)
    people = forms.TypedChoiceField(label=gettext_lazy("Met hoeveel kom je?"), coerce=int)
    contact = ContactField(label=gettext_lazy("Telefoon of e-mail"))
    wants_letter = forms.BooleanField(label=gettext_lazy("Mail me mijn link"), required=False)
    # A first name is welcome, and so is a whole one from who gives it. What else points at a person has no business here.
    exempt = {
        "nickname": (NAME, "what somebody wants to be called that day, asked for as such"),
        "contact": (frozenset({"phone", "email", "number"}), "how to reach them, asked for as such; the field takes nothing else"),
    }  # fmt: skip

    def __init__(self, data: Any = None, *, most: int, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["people"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(number, people_words(number)) for number in range(1, most + 1)]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("wants_letter") and "contact" not in self.errors and "@" not in values.get("contact", ""):
            self.add_error("contact", _("Vul een e-mailadres in als je je link per mail wil."))
        return values

    @property
    def group(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("nickname", "people", "contact")}


class JoinForm(GroupForm):
    """For everybody, without an account. Short: two things to fill in, and one they may leave empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nickname"].help_text = _("Zo roepen we je die dag. Een familienaam is niet nodig.")
        self.fields["people"].help_text = _("Tel jezelf mee, en ook de kinderen.")
        self.fields["contact"].help_text = _(
            "Dan kunnen we je verwittigen als er iets verandert. Zonder kan ook: kijk dan zelf op je link."
        )
        self.fields["nickname"].widget.attrs["autocomplete"] = "given-name"
        self.fields["nickname"].widget.attrs["dir"] = "auto"
        self.fields["contact"].widget.attrs |= {"autocomplete": "off", "dir": "ltr"}
        self.fields["wants_letter"].help_text = _("Met die link kan je afzeggen of met minder komen.")


class ProxyForm(GroupForm):
    """By who coordinates, for somebody at the counter or on the telephone; as large a group as there are places."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].label = _("Met hoeveel?")
        self.fields["wants_letter"].label = _("Mail hun link")


class CorrectForm(GroupForm):
    """What somebody called about."""

    def __init__(self, data: Any = None, *, reservation: Reservation, most: int) -> None:
        initial = {name: getattr(reservation, name) for name in ("nickname", "people", "contact")}
        super().__init__(data, most=most, initial=initial)
        self.fields["people"].label = _("Met hoeveel?")
        # Somebody forgotten has none, and gets none here.
        self.fields["nickname"].required = bool(reservation.nickname)
        del self.fields["wants_letter"]


class FewerForm(forms.Form):
    """With how many they still come."""

    people = forms.TypedChoiceField(label=gettext_lazy("Met hoeveel kom je nog?"), coerce=int)

    def __init__(self, data: Any = None, *, people: int, wanted: int = 0) -> None:
        super().__init__(data, initial={"people": wanted or people - 1})
        field = self.fields["people"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(number, people_words(number)) for number in range(people - 1, 0, -1)]


class CodeForm(GuardedForm, forms.Form):
    """A code from paper."""

    exempt = {
        "code": (ALL, "twelve letters and figures that we gave ourselves; nothing of it is kept or shown to anybody")
    }

    code = forms.CharField(
        label=gettext_lazy("Je code"), max_length=40, help_text=gettext_lazy("Twaalf letters en cijfers."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


class PlacesForm(SeenForm):
    """How many places, how large a group, and from when until when. Hours are those of the site's clock."""

    opens_on = DateField(
        label=gettext_lazy("Inschrijven vanaf welke dag?"), required=False, help_text=gettext_lazy("Leeg: vanaf nu.")
    )  # fmt: skip
    opens_hour = TimeField(label=gettext_lazy("Vanaf hoe laat?"), required=False)
    closes_on = DateField(
        label=gettext_lazy("Inschrijven tot welke dag?"), required=False, help_text=gettext_lazy("Leeg: tot het begint.")
    )  # fmt: skip
    closes_hour = TimeField(label=gettext_lazy("Tot hoe laat?"), required=False)

    class Meta:
        model = Outing
        fields = ("places", "largest_group")
        labels = {"places": gettext_lazy("Hoeveel plaatsen zijn er?")}
        help_texts = {
            "places": gettext_lazy("Zoveel mensen kunnen mee, nooit meer."),
            "largest_group": gettext_lazy(
                "In één inschrijving, langs de website. Jij kan hier wel een grotere groep inschrijven."
            ),
        }

    def __init__(self, data: Any = None, *, instance: Outing | None, zone: str) -> None:
        super().__init__(data, instance=instance)
        self.zone = clock_of(zone)
        for name, most in (("places", MOST_PLACES), ("largest_group", LARGEST_GROUP)):
            limits = {"min": 1, "max": most, "inputmode": "numeric"}
            self.fields[name].widget.attrs.update(limits)
        for end in ("opens", "closes"):
            if instance and (moment := getattr(instance, f"{end}_at")):
                local = moment.astimezone(self.zone)
                self.initial.update({f"{end}_on": local.date(), f"{end}_hour": local.time()})

    def _post_clean(self) -> None:
        """What must hold is asked by the action, which says it in words."""

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        for end in ("opens", "closes"):
            day, hour = values.get(f"{end}_on"), values.get(f"{end}_hour")
            if day and not hour and f"{end}_hour" not in self.errors:
                self.add_error(f"{end}_hour", _("Vul ook het uur in."))
            if hour and not day and f"{end}_on" not in self.errors:
                self.add_error(f"{end}_on", _("Vul ook de dag in."))
            values[f"{end}_at"] = self._moment(day, hour)
        return values

    def _moment(self, day: dt.date | None, hour: dt.time | None) -> dt.datetime | None:
        return dt.datetime.combine(day, hour, tzinfo=self.zone).astimezone(dt.UTC) if day and hour else None

    @property
    def watched(self) -> list[str]:
        return ["places", "largest_group", "opens_at", "closes_at"]
