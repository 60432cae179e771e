"""What the guard can see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["block", "warn"]
Kind = Literal[
    "national_register", "phone", "email", "iban", "number_plate", "date_of_birth", "handle", "address",
    "name", "rare_trait", "number",
]  # fmt: skip

# Longer texts are cut before they are looked at: no field of a page is longer, and time stays bounded.
LIMIT = 1000  # characters

WARNINGS: frozenset[Kind] = frozenset({"name", "rare_trait", "number"})


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing seen. `start` and `end` count characters of the text as it was typed; `end` is the first one after."""

    start: int
    end: int
    kind: Kind

    @property
    def severity(self) -> Severity:
        """Blocked is what points at one person by itself; warned of is what may be a service or a place."""
        return "warn" if self.kind in WARNINGS else "block"
