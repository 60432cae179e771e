import pytest

from stek.guard.numerals import rewritten

from .seen import kinds, seen


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nul vier acht vijf, dubbel nul, twaalf", "0485 00 12"),
        ("zéro quatre cent soixante-douze, quatre-vingt-onze, vingt et un", "0472 91 21"),
        ("oh four seven two, ninety-one, double three", "0472 91 33"),
        ("op twaalf mei negentienhonderdachtentachtig", "op 12 mei 1988"),
        ("in tweeduizenddrie, nulnul acht", "in 2003 008"),
        ("nul vier 72 91 33 10", "0472913310"),
        ("zie l i e n . v b, dank je", "zie lien.vb, dank je"),
    ],
)
def test_what_is_spelt_out_is_read_in_figures(text, says):
    assert rewritten(text).text == says


@pytest.mark.parametrize("text", ["een man en een vrouw", "one of us", "", "Geen cijfers, geen letters."])
def test_an_article_is_no_number(text):
    assert rewritten(text) is None


def test_a_number_in_words_is_found_where_it_stands():
    words = "nul vier zeven twee, eenennegentig, drieëndertig, tien"

    assert seen(f"Haar gsm is {words}, na zes uur.") == [("phone", words)]
    assert seen("ik ben van vier mei negentienhonderdtachtig") == [
        ("date_of_birth", "vier mei negentienhonderdtachtig")
    ]
    assert kinds("Ze woont in de Molenlaan veertien.") == ["address"]
    assert kinds("op f a c e b o o k . c o m / l i e n v") == ["handle"]


@pytest.mark.parametrize(
    "text",
    [
        "Eén, twee, drie, vier, vijf, zes, zeven, acht, negen, tien: wie niet weg is, is gezien.",
        "In de Molenlaan twee winkels gesloten, drie te koop.",
        "Van nul tot achttien jaar, negen op de tien.",
        "Un deux trois, nous irons au bois.",
    ],
)
def test_counting_is_nobodys_number(text):
    assert seen(text) == []
