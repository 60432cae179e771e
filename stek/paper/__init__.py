"""Papers: PDFs made of a template in `templates/papers/` and data, in this process, without a font or a tool of the system.

    paper("flyer", {"title": "’t Kattegat", …}, language="ar")

Data goes in as JSON and is shown as text: `#`, `*` and `$` in a title are `#`, `*` and `$` on paper. Each paper must pass
PDF/UA-1, which refuses one without a title, a language or words for its pictures. The same data gives the same bytes.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_ibm_plex_sans_arabic
import fontpkg_noto_sans
import typst
from django.conf import settings
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from .glyphs import drawable
from .pictures import icon

logger = logging.getLogger(__name__)

FONTS = [Path(package.__file__).parent / "files" for package in (fontpkg_noto_sans, fontpkg_ibm_plex_sans_arabic)]
# Characters of JSON. A week of sixty dates with everything said about them takes a tenth of it; what is larger is refused
# before it is set, because nothing can stop a compiler halfway.
LARGEST = 400_000
# One is made at a time in each process. Who asks waits a second for a place in the row and twenty for the paper; the row is short, so
# that papers never take all threads of the web.
ROW = threading.BoundedSemaphore(2)
WAIT_FOR_ROW, WAIT_FOR_PAPER = 1, 20  # seconds


class PaperBusy(Exception):
    """Too many papers are asked for at this moment, or this one takes too long: ask again in a while."""


def paper(name: str, data: Mapping[str, Any], *, language: str) -> bytes:
    """The PDF that `templates/papers/<name>.typ` makes of `data`, which holds at least a `title`; plain values only.

    A working paper of headings, text and tables needs no template of its own: "sheet" says in its head what it takes.

    Raises PaperBusy, ValueError for data that is too large, and typst.TypstError for a template that is wrong.
    """
    with override(language):
        # Translators: at the foot of a printed sheet; {page} and {pages} are numbers.
        words = {"page": _("Bladzijde {page} van {pages}")}
    text = json.dumps(drawable({**data, "words": words, "mark": icon("mark")}), ensure_ascii=False)
    if len(text) > LARGEST:
        raise ValueError(f"{len(text)} characters are too many for a paper")
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    inputs = {"data": text, "language": language, "direction": direction}
    if not ROW.acquire(timeout=WAIT_FOR_ROW):
        raise PaperBusy
    made = _setter().submit(_compile, folder() / f"{name}.typ", inputs)
    made.add_done_callback(lambda _made: ROW.release())  # also of one for which nobody waits any longer
    try:
        return made.result(timeout=WAIT_FOR_PAPER)
    except TimeoutError as late:
        made.cancel()
        raise PaperBusy from late


def folder() -> Path:
    return Path(settings.BASE_DIR) / "templates" / "papers"


def _compile(template: Path, inputs: dict[str, str]) -> bytes:
    made, warnings = _compiler().compile_with_warnings(
        input=template, format="pdf", sys_inputs=inputs, pdf_standards="ua-1", timestamp=0
    )
    for warning in warnings:
        logger.warning("%s: %s", template.name, warning.message)
    if not isinstance(made, bytes):
        raise TypeError("a paper is one file")
    return made


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(FONTS))
    return typst.Compiler(root=folder(), font_paths=fonts, ignore_system_fonts=True)


@cache
def _setter() -> ThreadPoolExecutor:
    """Begun at the first paper: a thread does not survive the fork of a server's process."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="paper")
