"""Notes that quote a page quote what stands there."""

from pathlib import Path

import polib
import pytest
from django.conf import settings

from activities.enums import PriceKind
from activities.words import price_words
from stek.catalogues import LOCALE


@pytest.mark.parametrize("note", ["0020-demo-facts.md", "0027-unknown-price.md"])
def test_notes_call_an_unknown_price_as_pages_do(note):
    text = (Path(settings.BASE_DIR) / "docs/decisions" / note).read_text(encoding="utf-8")

    assert f'"{price_words(PriceKind.ASK, None)}"' in " ".join(text.split())


def test_glossary_says_what_the_catalogues_say():
    text = (Path(settings.BASE_DIR) / "docs/languages.md").read_text(encoding="utf-8")
    tables = [block.splitlines() for block in text.split("\n\n") if block.lstrip().startswith("| Nederlands")]
    wrong = []
    for table in tables:
        _dutch, *codes = [cell.strip() for cell in table[0].strip("|").split("|")]
        catalogues = {code: polib.pofile(str(LOCALE / code / "LC_MESSAGES" / "django.po")) for code in codes}
        for row in table[2:]:
            dutch, *words = [cell.strip() for cell in row.strip("|").split("|")]
            told = {code: catalogues[code].find(dutch).msgstr for code in codes}
            wrong += [(code, dutch, word) for code, word in zip(codes, words, strict=True) if told[code] != word]

    assert len(tables) == 2
    assert sum(len(table) - 2 for table in tables) > 60
    assert wrong == []
