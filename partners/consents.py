"""What somebody says yes to, in which words. Another sentence beside a tick is another version: raise it then."""

from __future__ import annotations

from .enums import Consented

# Field of a volunteer -> what it is the tick of, and the version of its sentence.
TICKS: dict[str, tuple[Consented, str]] = {
    "shows_first_name": (Consented.FIRST_NAME, "2026-11"),
    "takes_calls": (Consented.CALLS, "2026-11"),
    "may_be_pictured": (Consented.PICTURES, "2026-11"),
}
# Of the sentence on the page where somebody says that they want to help.
CANDIDATE_VERSION = "2026-11"
