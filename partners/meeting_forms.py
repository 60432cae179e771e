"""What is asked about a meeting, its minutes, a decision and an action point."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sites.form_fields import DateField, TimeField
from sites.forms.base import ReasonForm, SeenForm
from sites.forms.guarded import NAME

from .actions.agreements import POINT
from .actions.meetings import MINUTES, PLANNED
from .enums import ActionOwner
from .meeting_rules import members_on, owners_of
from .models import ActionPoint, Body, Decision, Meeting, Organisation

MOST = 500


class MeetingForm(SeenForm):
    """When, where and about what."""

    class Meta:
        model = Meeting
        fields = list(PLANNED)
        field_classes = {"day": DateField, "begin": TimeField, "end": TimeField}
        labels = {
            "day": _("Welke dag?"),
            "begin": _("Van"),
            "end": _("Tot"),
            "place": _("Waar?"),
            "theme": _("Waarover?"),
            "agenda": _("Agenda"),
        }
        help_texts = {
            "theme": _("In een paar woorden. Mag leeg blijven."),
            "agenda": _("Eén punt per regel."),
        }
        widgets = {"agenda": forms.Textarea(attrs={"rows": 6})}

    exempt = {"place": (NAME | {"address"}, "the address of a house everybody may enter")}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        begin, end = values.get("begin"), values.get("end")
        if end and "begin" not in self.errors and (begin is None or end <= begin):
            self.add_error("end", gettext("Het einde komt na het begin."))
        return values


class MinutesForm(SeenForm):
    """What was said, and who was there: organisations by name, visitors and volunteers as a number."""

    present = forms.ModelMultipleChoiceField(
        label=_("Welke organisaties waren er?"), queryset=Organisation.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    class Meta:
        model = Meeting
        fields = list(MINUTES)
        labels = {
            "notes": _("Wat is er besproken?"),
            "visitors": _("Hoeveel bezoekers waren er?"),
            "volunteers": _("Hoeveel vrijwilligers waren er?"),
        }
        help_texts = {
            "notes": _("Kort, zonder namen van mensen. Beslissingen en actiepunten schrijf je apart op."),
            "visitors": _("Een getal, nooit een naam."),
        }
        widgets = {"notes": forms.Textarea(attrs={"rows": 10})}

    def __init__(self, *args: Any, instance: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        day = instance.day
        there = Organisation.objects.filter(pk__in=instance.present.values("organisation"))
        seated = {one.pk for one in members_on(instance.body, day)} | {one.pk for one in there}
        field: Any = self.fields["present"]
        field.queryset = Organisation.objects.filter(pk__in=seated).with_names().order_by("code")
        field.label_from_instance = lambda one: one.name_on(day)
        self.initial["present"] = list(there)
        for name in ("visitors", "volunteers"):
            self.fields[name].widget.attrs |= {"min": 0, "max": MOST, "inputmode": "numeric"}
        if not field.queryset:
            del self.fields["present"]
        self.order_fields(["present", "visitors", "volunteers", "notes"])

    @property
    def watched(self) -> list[str]:
        return list(MINUTES)

    @property
    def who_was_there(self) -> list[Organisation]:
        return list(self.cleaned_data.get("present", []))


class CancelForm(ReasonForm):
    """Why it does not go on: who was invited reads this."""


class DecisionForm(SeenForm):
    class Meta:
        model = Decision
        fields = ["text"]
        labels = {"text": _("Wat is er beslist?")}
        help_texts = {"text": _("In één zin. Zo vindt iedereen het later terug.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}


class PointForm(SeenForm):
    """Who does what by when. The owner is a role, or an organisation that sits in the group."""

    owner = forms.ChoiceField(label=_("Wie doet het?"))

    class Meta:
        model = ActionPoint
        fields = ["text", "due_on"]
        field_classes = {"due_on": DateField}
        labels = {"text": _("Wat moet er gebeuren?"), "due_on": _("Tegen wanneer?")}
        help_texts = {"due_on": _("Leeg: tegen de volgende vergadering.")}

    def __init__(
        self, data: Any = None, *, meeting: Meeting, instance: ActionPoint | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, instance=instance, **kwargs)
        self.meeting = meeting
        field: Any = self.fields["owner"]
        field.choices = [("", "—"), *owner_choices(meeting.body, meeting, instance)]
        if instance:
            self.initial["owner"] = f"o{instance.organisation_id}" if instance.organisation_id else instance.role
        self.order_fields(["text", "owner", "due_on"])

    @property
    def watched(self) -> list[str]:
        return list(POINT)

    @property
    def values(self) -> dict[str, Any]:
        owner = self.cleaned_data["owner"]
        is_organisation = owner not in ActionOwner.values
        return {
            "text": self.cleaned_data["text"],
            "due_on": self.cleaned_data["due_on"],
            "role": "" if is_organisation else owner,
            "organisation": Organisation.objects.get(pk=owner[1:]) if is_organisation else None,
        }


def owner_choices(body: Body, meeting: Meeting, point: ActionPoint | None) -> list[tuple[str, Any]]:
    """Roles, then the organisations that sit in the group that day; and the owner that is there already."""
    seated = members_on(body, meeting.day)
    if point and point.organisation and point.organisation not in seated:
        seated = [*seated, point.organisation]
    roles = [(code, ActionOwner(code).label) for code in owners_of(body)]
    organisations = [(f"o{one.pk}", one.name_on(meeting.day)) for one in seated]
    return [(gettext("Een rol"), roles), *([(gettext("Een organisatie"), organisations)] if organisations else [])]
