"""Two people at one form: the second sees what the first wrote, and loses nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import models


class Overtaken(Exception):  # a thing that happens, not a fault
    """Somebody else changed `row` after this form was opened."""

    def __init__(self, row: models.Model) -> None:
        super().__init__()
        self.row = row


def fingerprint(row: models.Model, names: Iterable[str]) -> str:
    """What these fields say now, as a short word that goes along in the form."""
    fields = {field.name: field for field in row._meta.concrete_fields}
    values = [(name, str(fields[name].value_from_object(row))) for name in sorted(names)]
    return hashlib.blake2b(repr(values).encode(), digest_size=12).hexdigest()


def refuse_overtaken(row: models.Model, names: Iterable[str], seen: str | None) -> None:
    """Raises `Overtaken` when the row, locked and as it is now, is not what was `seen`. None looks at nothing."""
    if seen is not None and seen != fingerprint(row, names):
        raise Overtaken(row)
