"""Personal data in free text: what it looks like, and how to say the same without a person.

`inspect` is pure: no network, no state, nothing is logged. Any room may ask it.
"""

from .findings import LIMIT, Finding, Kind, Severity
from .inspection import inspect

__all__ = ["LIMIT", "Finding", "Kind", "Severity", "inspect"]
