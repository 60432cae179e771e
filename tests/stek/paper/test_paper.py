"""Papers: text stays text, everybody can read them, and no wish for one hangs the server."""

from __future__ import annotations

import threading

import pytest
import typst
from django.conf import settings
from django.utils.translation import override

from sites.words import Dutch
from sites.words import said as sentence
from stek import paper as papers
from stek.paper import PaperBusy, folder, paper
from stek.paper.glyphs import drawable
from stek.paper.pictures import code, icon
from stek.paper.said import said
from tests.pdf import Pdf

pytestmark = pytest.mark.once

HOSTILE = 'Koffie #strong[x] *vet* _schuin_ $x^2$ "q" \\n <b> @noot // weg /* ook */ `ruw` #(1+1)'


def sheet(**more: object) -> dict:
    return {"title": "Blad", "name": "’t Kattegat", "kind": "Dossier", "parts": []} | more


def test_what_looks_like_markup_stays_text():
    made = paper("sheet", sheet(title=HOSTILE, parts=[{"heading": HOSTILE, "text": [HOSTILE]}]), language="nl")

    assert Pdf(made).words == f"’t Kattegat Dossier {HOSTILE} {HOSTILE} {HOSTILE} STEK Bladzijde 1 van 1"


def test_no_template_reads_data_as_markup():
    found = {path.name: path.read_text() for path in folder().glob("*.typ")}

    assert {"house.typ", "sheet.typ"} <= set(found)
    assert [name for name, text in found.items() if "eval(" in text or "@preview" in text] == []


def test_a_paper_is_tagged_named_and_in_its_language():
    made = paper("sheet", sheet(), language="ar")

    assert all(
        mark in made
        for mark in (b"/MarkInfo<</Marked true", b"/Lang(ar)", b"/Title", b"<pdfuaid:part>1</pdfuaid:part>")
    )


def test_a_paper_without_a_name_is_refused():
    with pytest.raises(typst.TypstError, match="title"):
        paper("sheet", sheet(title=""), language="nl")


def test_the_same_data_gives_the_same_bytes():
    assert paper("sheet", sheet(), language="nl") == paper("sheet", sheet(), language="nl")


def test_a_table_keeps_its_order_and_says_its_header_on_each_page():
    rows = [[f"Thema {number}", str(number)] for number in range(60)]
    table = {"header": ["Thema", "Aantal"], "rows": rows}

    made = Pdf(paper("sheet", sheet(parts=[{"table": table}]), language="nl"))

    assert len(made.pages) == 2
    assert made.words.count("Thema Aantal") == 2
    assert " ".join(" ".join(row) for row in rows[:20]) in made.words


def test_text_that_runs_to_the_left_is_read_in_its_order():
    made = paper("sheet", sheet(title="أهلا بكم", parts=[{"text": ["من السابعة إلى التاسعة"]}]), language="ar")

    assert "أهلا بكم من السابعة إلى التاسعة" in Pdf(made).words


def test_of_letters_that_run_to_the_left_only_lam_and_alef_are_drawn_as_one():
    made = paper(
        "sheet", sheet(title="لا شيء إلى غير في بين", parts=[{"text": ["الأسبوع الآن الإيجار"]}]), language="ar"
    )

    assert Pdf(made).drawn_as_one == {"لا", "لأ", "لآ", "لإ"}


def test_a_word_that_is_longer_than_its_line_is_broken():
    word = "arbeidsongeschiktheidsverzekeringsmaatschappij" * 3

    lines = Pdf(paper("sheet", sheet(title="Blad", parts=[{"text": [word]}]), language="nl")).lines

    assert any(line.rstrip("-\u2010\u00ad") != line for line in lines if line.startswith("arbeids"))


def test_letters_that_no_font_has_leave_a_mark_and_signs_go():
    assert drawable(["Koffie ☕\ufe0f", "漢字", "a\x00b", "łąşțї گچپژ أهلاً €", 3, {"a": None}]) == [
        "Koffie ", "��", "ab", "łąşțї گچپژ أهلاً €", 3, {"a": None},
    ]  # fmt: skip
    made = paper("sheet", sheet(title="漢字 ☕ \x00 e\u0301\u0361 ب\u0301"), language="nl")
    assert "��" in Pdf(made).words


def test_words_keep_their_language():
    with override("ar"):
        runs = said(sentence("مع %(who)s", who=Dutch("’t Kattegat & co")))

    assert runs == [{"text": "مع "}, {"text": "’t Kattegat & co", "apart": "yes", "lang": "nl"}]
    assert said("a < b & c") == [{"text": "a < b & c"}]


def test_pictures_are_those_of_the_pages_and_codes_are_the_same_each_time():
    assert 'viewBox="0 0 48 48"' in icon("p-cup")
    assert "var(" not in icon("p-cup") + icon("f-meet")
    assert code("https://stek.example/q/abc/") == code("https://stek.example/q/abc/")


def test_data_without_end_is_refused_before_it_is_set():
    with pytest.raises(ValueError, match="too many"):
        paper("sheet", sheet(lead="x" * papers.LARGEST), language="nl")


def test_who_waits_too_long_is_sent_away_and_the_next_one_is_served(monkeypatch):
    held, done = threading.Event(), threading.Event()
    compile_ = papers._compile

    def slow(*args):
        held.set()
        done.wait(10)
        return compile_(*args)

    monkeypatch.setattr(papers, "_compile", slow)
    monkeypatch.setattr(papers, "WAIT_FOR_PAPER", 0.05)
    monkeypatch.setattr(papers, "WAIT_FOR_ROW", 0.05)
    with pytest.raises(PaperBusy):
        paper("sheet", sheet(), language="nl")
    assert held.is_set()
    with pytest.raises(PaperBusy):  # waits behind the slow one, and leaves the row again
        paper("sheet", sheet(), language="nl")

    done.set()
    monkeypatch.setattr(papers, "_compile", compile_)
    monkeypatch.setattr(papers, "WAIT_FOR_PAPER", 10)
    monkeypatch.setattr(papers, "WAIT_FOR_ROW", 10)
    assert Pdf(paper("sheet", sheet(), language="nl")).pages


def test_fonts_are_those_of_the_packages():
    assert all(str(path).startswith(str(settings.BASE_DIR)) is False or path.is_dir() for path in papers.FONTS)
    assert all(list(path.glob("*.ttf")) for path in papers.FONTS)
