"""Notes that quote a page quote what stands there."""

from pathlib import Path

import pytest
from django.conf import settings

from activities.enums import PriceKind
from activities.words import price_words


@pytest.mark.parametrize("note", ["0020-demo-facts.md", "0027-unknown-price.md"])
def test_notes_call_an_unknown_price_as_pages_do(note):
    text = (Path(settings.BASE_DIR) / "docs/decisions" / note).read_text(encoding="utf-8")

    assert f'"{price_words(PriceKind.ASK, None)}"' in " ".join(text.split())
