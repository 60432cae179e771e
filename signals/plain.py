"""What was typed, without what its writer's keyboard left in it: no sign that nobody sees, one kind of blank, one kind of letter."""

from __future__ import annotations

import re
import unicodedata

from stek.guard.folding import INVISIBLE

_BLANKS = re.compile(r"\s+")
_ODD = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "–": "-", "—": "-", "…": "..."}
_PLAIN = str.maketrans(_ODD)


def plain(text: str) -> str:
    """One line. Signs that some keyboards or programs set and others do not are made the same; letters, accents and words stay."""
    text = unicodedata.normalize("NFKC", text).translate(_PLAIN)
    kept = (one for one in text if ord(one) not in INVISIBLE and (one.isspace() or unicodedata.category(one)[0] != "C"))
    return _BLANKS.sub(" ", "".join(kept)).strip()
