"""What is written in a dossier. Every word of it passes the guard: it goes to a council, and some of it to everybody."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sites.form_fields import DateField
from sites.forms.base import FoldedForm, SeenForm, add_refusal, without_blank
from sites.forms.guarded import GuardedForm
from sites.models import Partnership, Site, User
from stek.time import today

from .dossier_figures import lines_to_choose
from .dossier_rules import AFTER, refuse_odd_answer, where_to_begin
from .enums import Status
from .forms import PlainField
from .models import Dossier, DossierStep

AREA = {"rows": 4}
# What two people at one step are compared by.
WATCHED = ("day", "addressee", "text", "due_on", "answer", "answered_on", "effect")


class KeyField(forms.UUIDField):
    """Made when the form is shown, so that a form that is sent twice is one thing. One that cannot be read is none."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid.uuid4)

    def clean(self, value: Any) -> uuid.UUID | None:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


class DossierForm(SeenForm):
    class Meta:
        model = Dossier
        fields = ["title", "problem", "causes", "affected", "proposals", "addressee"]
        labels = {
            "title": gettext_lazy("Hoe heet het dossier?"),
            "problem": gettext_lazy("Wat loopt er mis?"),
            "causes": gettext_lazy("Hoe komt dat?"),
            "affected": gettext_lazy("Wie raakt het?"),
            "proposals": gettext_lazy("Wat stellen we voor?"),
            "addressee": gettext_lazy("Wie kan er iets aan doen?"),
        }
        help_texts = {
            "title": gettext_lazy("Kort, zodat iedereen weet waarover het gaat. Deze titel komt op de website zodra je een stap publiceert."),
            "problem": gettext_lazy("Vertel over de situatie, zonder wie."),
            "affected": gettext_lazy("Welke groep mensen, nooit wie. Schrijf bijvoorbeeld: “gezinnen zonder auto”."),
            "addressee": gettext_lazy("Een dienst of een bestuur, nooit een persoon. Schrijf bijvoorbeeld: “Gemeente Wuustwezel”."),
        }  # fmt: skip
        widgets = {name: forms.Textarea(attrs=AREA) for name in ("problem", "causes", "affected", "proposals")}


class NewDossierForm(FoldedForm, DossierForm):
    """With of which place it is, and what is needed to begin; the rest can be written later."""

    CAN_WAIT = ("causes", "affected", "proposals", "addressee")
    where = forms.ChoiceField(label=gettext_lazy("Voor welke plek?"), widget=forms.RadioSelect)
    key = KeyField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._scopes = {_code(*scope): scope for scope in where_to_begin(user)}
        where: Any = self.fields["where"]
        where.choices = [(code, _name(*scope)) for code, scope in self._scopes.items()]
        if len(self._scopes) == 1:
            where.widget, where.initial = forms.HiddenInput(), next(iter(self._scopes))
        self.order_fields(["where", "title", "problem", *self.CAN_WAIT])

    @property
    def scope(self) -> tuple[Partnership, Site | None]:
        return self._scopes[self.cleaned_data["where"]]


def _code(partnership: Partnership, site: Site | None) -> str:
    return site.slug if site else f"p{partnership.pk}"


def _name(partnership: Partnership, site: Site | None) -> str:
    return site.name if site else _("Alle plekken van %(name)s") % {"name": partnership.name}


class StepForm(SeenForm):
    """A step, new or corrected. Of a new one it also knows which step was the newest when the form was opened."""

    key = KeyField()
    after = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = DossierStep
        fields = ["status", "day", "addressee", "text", "due_on"]
        field_classes = {"day": DateField, "due_on": DateField}
        labels = {
            "status": gettext_lazy("Hoe ver staat het nu?"),
            "day": gettext_lazy("Op welke dag?"),
            "addressee": gettext_lazy("Bij wie?"),
            "text": gettext_lazy("Wat deden of vroegen we?"),
            "due_on": gettext_lazy("Wanneer verwachten we een antwoord?"),
        }
        help_texts = {
            "addressee": gettext_lazy("Een dienst of een bestuur, nooit een persoon."),
            "text": gettext_lazy("Als je de stap publiceert, leest iedereen dit."),
            "due_on": gettext_lazy("Is het antwoord er dan niet, dan krijg je een mail en staat het op je beheerpagina."),
        }  # fmt: skip
        widgets = {"status": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, dossier: Dossier, newest: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row:
            for name in ("status", "key", "after"):
                del self.fields[name]
            for name in ("answer", "answered_on", "effect"):
                self.fields[name] = _answer_fields()[name]
                self.initial[name] = getattr(self.row, name)
            return
        status: Any = self.fields["status"]
        status.choices = [(one.value, one.label.capitalize()) for one in AFTER[dossier.status]]
        # Most steps go on: the next state is the likeliest.
        self.initial.setdefault(
            "status", next((one for one in AFTER[dossier.status] if one != dossier.status), dossier.status)
        )
        self.initial.update({"day": today(), "after": newest, "addressee": dossier.addressee})
        without_blank(self)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        _refuse_odd(self, data)
        return data

    @property
    def watched(self) -> list[str]:
        return [*WATCHED] if self.row else [*(self._meta.fields or ())]


def _refuse_odd(form: SeenForm, data: dict[str, Any]) -> None:
    """What does not fit together in a step, beside the field; what the form does not ask is as the row has it."""
    was: dict[str, Any] = {"day": None, "due_on": None, "answer": "", "answered_on": None, "effect": ""}
    row = {name: getattr(form.row, name) if form.row else empty for name, empty in was.items()}
    values: dict[str, Any] = row | {name: data[name] for name in was if name in data}
    if values["day"] is None or form.errors:
        return
    try:
        refuse_odd_answer(**values)
    except ValidationError as refusal:
        add_refusal(form, refusal)


def _answer_fields() -> dict[str, forms.Field]:
    return {
        "answer": forms.CharField(
            label=gettext_lazy("Wat was het antwoord?"), max_length=600, required=False,
            widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("Als de stap gepubliceerd is, leest iedereen dit."),
        ),
        "answered_on": DateField(label=gettext_lazy("Op welke dag kwam het?"), required=False),
        "effect": forms.CharField(
            label=gettext_lazy("Wat veranderde er daardoor?"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
        ),
    }  # fmt: skip


class AnswerForm(SeenForm):
    """The answer to one step, and what that makes of the dossier."""

    status = forms.ChoiceField(label=gettext_lazy("Hoe ver staat het dossier nu?"), widget=forms.RadioSelect)

    class Meta:
        model = DossierStep
        fields = ["answer", "answered_on", "effect"]
        field_classes = {"answered_on": DateField}
        labels = {
            "answer": gettext_lazy("Wat was het antwoord?"),
            "answered_on": gettext_lazy("Op welke dag kwam het?"),
            "effect": gettext_lazy("Wat veranderde er daardoor?"),
        }
        help_texts = {"answer": gettext_lazy("Als de stap gepubliceerd is, leest iedereen dit.")}
        widgets = {"answer": forms.Textarea(attrs={"rows": 3}), "effect": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = self.fields["answered_on"].required = True
        status: Any = self.fields["status"]
        now = Status(dossier.status)
        others = [one for one in AFTER[now] if one != now]
        still = _("Nog altijd: %(status)s") % {"status": now.label}
        status.choices = [(now.value, still), *((one.value, one.label.capitalize()) for one in others)]
        self.initial.update({"status": now.value, "answered_on": self.row.answered_on or today()})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        _refuse_odd(self, data)
        return data

    @property
    def watched(self) -> list[str]:
        return [*WATCHED]

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("answer", "answered_on", "effect")}


class SentenceForm(GuardedForm, forms.Form):
    """A sentence for everybody, and that it may be."""

    text = PlainField(
        label=gettext_lazy("Welke zin toont wat er misloopt?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Schrijf hem zelf, met andere woorden dan wie het vertelde. Zonder wie, wanneer of welk dorp."),
    )  # fmt: skip
    approved = forms.BooleanField(
        label=gettext_lazy("Iedereen mag dit lezen. Ook wie het dorp kent, herkent hierin niemand."),
        error_messages={"required": gettext_lazy("Vink dit aan. Twijfel je? Schrijf dan de zin anders.")},
    )  # fmt: skip


class FiguresForm(FoldedForm, forms.Form):
    """Among what was published: a field for each period, of which the older ones can wait. `seen` is what stood there when it was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = sorted(dossier.figures.values_list("cell", flat=True))
        self.initial["seen"] = ".".join(map(str, chosen))
        choices: dict[str, list[tuple[int, str]]] = {}
        for line in lines_to_choose(dossier):
            name = f"cells-{line.cell.period}"
            self.fields.setdefault(
                name,
                forms.TypedMultipleChoiceField(
                    label=line.period, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
                ),
            )
            choices.setdefault(name, []).append((line.cell.pk, line.label))
        for name, some in choices.items():
            field: Any = self.fields[name]
            field.choices = some
            self.initial[name] = [pk for pk, _label in some if pk in chosen]
        self.CAN_WAIT = tuple(choices)[1:]

    def clean_seen(self) -> set[int]:
        return {int(one) for one in self.cleaned_data["seen"].split(".") if one.isdecimal()}

    @property
    def cells(self) -> list[int]:
        return [pk for name, some in self.cleaned_data.items() if name.startswith("cells-") for pk in some]
