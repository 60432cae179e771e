"""The guard on forms: what points at a person is refused beside its field, what may be a service is asked about once.

A form that takes this mixin guards every field of free text it has. What it does not guard it names, with the reason.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from .findings import LIMIT, Finding, Kind
from .inspection import inspect
from .spoken import Hint, hint_for
from .visible import visible

# Fields of Django that hold text of one shape only: an address, a number, a choice.
SHAPED = (
    forms.EmailField,
    forms.URLField,
    forms.SlugField,
    forms.RegexField,
    forms.UUIDField,
    forms.GenericIPAddressField,
)
ALL = "all"  # of a field that is not guarded: no kind is looked for
Exempt = Mapping[str, tuple[frozenset[Kind] | str, str]]


def is_free_text(field: forms.Field) -> bool:
    """Whether somebody may write in it what they want."""
    if isinstance(field, SHAPED) or field.disabled or field.widget.is_hidden:
        return False
    return isinstance(field, (forms.CharField, forms.JSONField))


class Guarded(forms.BaseForm):
    """Mixin, before the form. `exempt` says of a field which kinds are welcome in it, and why; `ALL` for every kind."""

    exempt: ClassVar[Exempt] = {}
    # The ticks that were set, so that a page between this form and what it does sends them along (`forms/hidden.html`).
    confirmed: Sequence[Tick] = ()

    def __getitem__(self, name: str) -> forms.BoundField:
        """Shown so that the script on the page knows it, also when a form made the field late.

        What is too long a browser would cut without a word; so it may be typed and pasted, and is refused with its number of characters.
        """
        field = self.fields.get(name)
        if isinstance(field, forms.CharField):
            field.widget.attrs.pop("maxlength", None)
        if field and is_free_text(field) and self.welcome_in(name) != ALL:
            field.widget.attrs["data-guard"] = " ".join(sorted(self.welcome_in(name)))
        return super().__getitem__(name)

    def welcome_in(self, name: str) -> frozenset[Kind] | str:
        """The kinds that may stand in this field."""
        return self.exempt.get(name, (frozenset(), ""))[0]

    def allowed(self) -> frozenset[str]:
        """Names of services, places and houses. Asked only when something was found."""
        return frozenset()

    def _widget_data_value(self, widget: forms.Widget, html_name: str) -> Any:
        """Of every field, guarded or not: what is kept, compared and shown again is what its writer sees."""
        value = super()._widget_data_value(widget, html_name)  # type: ignore[misc]
        return visible(value) if isinstance(value, str) else value

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, field in list(self.fields.items()):
            welcome = self.welcome_in(name)
            if is_free_text(field) and welcome != ALL and name in self.cleaned_data:
                self._guard(name, written_in(self.cleaned_data[name]), welcome)

    def _guard(self, name: str, text: str, welcome: Iterable[str]) -> None:
        found = look(text, allow=self.allowed, welcome=welcome)
        if text == written_in(self.get_initial_for_field(self.fields[name], name)):
            found = [one for one in found if one.severity == "block"]  # what stood there was asked about before
        if not found:
            return
        hint = hint_for(text, found)
        tick = None if hint.is_block else Tick(f"{self.add_prefix(name)}{TICK}", proof_of(text, found))
        is_confirmed = tick is not None and self.data.get(tick.name) == tick.value
        if tick and is_confirmed:
            self.confirmed = [*self.confirmed, tick]
        _hang(self.fields[name].widget, hint, tick, is_ticked=is_confirmed)
        if not is_confirmed:
            self.add_error(name, ValidationError(hint.sentence, code="person" if hint.is_block else "maybe_person"))


def written_in(value: Any) -> str:
    """All text of a value: itself, or the texts within a list or a dictionary."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "\n".join(written_in(part) for part in value.values())
    if isinstance(value, (list, tuple)):
        return "\n".join(written_in(part) for part in value)
    return ""


def look(text: str, *, allow: Callable[[], frozenset[str]], welcome: Iterable[str] = ()) -> list[Finding]:
    """The findings in all of a text, however long, without the kinds that are welcome. The list of what is allowed is made only if needed."""
    found = _look(text, frozenset())
    if any(one.kind in {"name", "address"} for one in found):
        found = _look(text, allow())
    return [one for one in found if one.kind not in welcome]


def _look(text: str, allow: frozenset[str]) -> list[Finding]:
    """In pieces that overlap, for the few fields that hold more than `inspect` looks at."""
    found: set[Finding] = set()
    for start in range(0, max(len(text), 1), LIMIT - OVERLAP):
        piece = inspect(text[start : start + LIMIT], get_language(), allow=allow)
        found |= {Finding(one.start + start, one.end + start, one.kind) for one in piece}
        if start + LIMIT >= len(text):
            break
    return sorted(found)


OVERLAP = 120  # characters: longer than anything that is found

# --- The tick -------------------------------------------------------------------------------------------------------------------------

TICK = "-geen-persoon"


class Tick:
    """What says "this is a service, no person". Its value holds for the words that were shown and for no others."""

    def __init__(self, name: str, value: str) -> None:
        self.name, self.value = name, value


def proof_of(text: str, found: Iterable[Finding]) -> str:
    """Of the letters and digits that were seen: another apostrophe or blank is not another word."""
    words = "\n".join(sorted({f"{one.kind} {_letters(text[one.start : one.end])}" for one in found}))
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.blake2s).hexdigest()[:32]


def _letters(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())


def render_hint(hint: Hint, tick: Tick | None, *, is_ticked: bool = False) -> SafeString:
    return mark_safe(render_to_string("guard/hint.html", {"hint": hint, "tick": tick, "is_ticked": is_ticked}))  # noqa: S308  # our template escapes


def _hang(widget: forms.Widget, hint: Hint, tick: Tick | None, *, is_ticked: bool) -> None:
    """Under this one widget: so it stands beside its field on our pages and in Django's admin alike."""
    plain = widget.render
    below = render_hint(hint, tick, is_ticked=is_ticked)

    def render(*args: Any, **kwargs: Any) -> SafeString:
        return plain(*args, **kwargs) + below

    widget.render = render  # type: ignore[method-assign]
