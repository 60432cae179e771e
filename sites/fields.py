"""Columns of JSON that hold one shape only, so that no page has to ask what somebody typed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _


def refuse_other_than_texts(value: Any) -> None:
    """Validator. Raises ValidationError for anything but texts by the code of their language."""
    if not isinstance(value, dict) or not all(_is_text(code, text) for code, text in value.items()):
        raise ValidationError(_('Schrijf een tekst per taal: {"fr": "…", "en": "…"}.'))


def _is_text(code: str, text: Any) -> bool:
    return code in LANG_INFO and isinstance(text, str) and "\x00" not in text


class ShapedField(models.JSONField):
    """An emptied box is an empty value; an empty value of another shape is refused like a full one."""

    # Django checks none of those in this list.
    empty_values: Any = []

    def to_python(self, value: Any) -> Any:
        return self.get_default() if value is None or value == "" else super().to_python(value)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if not self.blank and not value:
            raise ValidationError(self.error_messages["blank"], code="blank")


class TextsField(ShapedField):
    """Code of a language -> text: `{"fr": "…", "en": "…"}`."""

    default_validators = [refuse_other_than_texts]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)


class ChosenField(ShapedField):
    """Some of these `names`, as a list. `called` is how they are called in the history."""

    def __init__(
        self, *args: Any, names: Collection[str] = (), called: Sequence[tuple[str, Any]] = (), **kwargs: Any
    ) -> None:
        self.names = sorted(names)
        self.called = list(called)
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"names": self.names}

    @property
    def flatchoices(self) -> list[tuple[str, Any]]:
        return self.called

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, list) or not all(isinstance(name, str) and name in self.names for name in value):
            words = {"names": ", ".join(f'"{name}"' for name in self.names)}
            raise ValidationError(_("Schrijf een lijst met alleen deze namen: [%(names)s]."), params=words)


class ExampleFields(ChosenField):
    """Which of these `names` hold an example and not a fact."""
