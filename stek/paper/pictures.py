"""Pictures for papers, as SVG: our own pictograms, and codes to scan."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from pathlib import Path

import segno
from django.conf import settings

INK = "#12323c"
SYMBOL = re.compile(r'<symbol id="([^"]+)" viewBox="([^"]+)">(.*?)</symbol>', re.DOTALL)


@lru_cache(maxsize=256)
def icon(name: str, *, ink: str = INK, fill: str = "#ffffff") -> str:
    """One symbol of the sheet the pages use (`static/stek/icons.svg`). Raises KeyError for one that is not there."""
    box, drawing = _symbols()[name]
    painted = drawing.replace("var(--fill)", fill).replace("var(--on)", fill).replace("currentColor", ink)
    if box == "0 0 24 24":  # the small ones are lines; pages give those their width in the stylesheet
        look = f'fill="none" stroke="{ink}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    else:
        look = f'fill="{ink}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" {look}>{painted}</svg>'


@lru_cache(maxsize=1)
def _symbols() -> dict[str, tuple[str, str]]:
    sheet = (Path(settings.BASE_DIR) / "static" / "stek" / "icons.svg").read_text()
    return {name: (box, drawing) for name, box, drawing in SYMBOL.findall(sheet)}


@lru_cache(maxsize=256)
def code(address: str) -> str:
    """A QR code of an address, with the four modules of white around it that a reader needs. A quarter of it may be dirty."""
    picture = io.BytesIO()
    segno.make(address, error="q", micro=False, boost_error=False).save(
        picture, kind="svg", border=4, dark=INK, light="#ffffff", xmldecl=False, nl=False, omitsize=True
    )
    return picture.getvalue().decode()
