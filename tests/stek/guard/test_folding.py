import pytest
from hypothesis import given
from hypothesis import strategies as st

from stek.guard.folding import fold, plain


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("04 70", "04 70"),
        ("04\u00a070", "04 70"),
        ("04\u202f70\u2009", "04 70 "),
        ("0\u200b4\ufeff7", "047"),
        ("85–07—30‑", "85-07-30-"),
        ("０４７０", "0470"),
        ("٠٤٧٠", "0470"),
        ("۰۴۷۰", "0470"),
        ("аЬс", "aЬc"),  # two letters of Cyrillic that look like ours, and one that does not
        ("a＠b", "a@b"),
        ("d’Amina", "d'Amina"),
        ("e\u0301", "e"),
        ("ﬁn", "fin"),
        ("Çiğdem Ľ", "Çiğdem Ľ"),
    ],
)
def test_what_looks_the_same_becomes_the_same(typed, folded):
    assert fold(typed).text == folded


@given(st.text(max_size=80))
def test_every_character_knows_where_it_stood(text):
    folded = fold(text)

    assert len(folded.places) == len(folded.text)
    assert list(folded.places) == sorted(folded.places)
    assert all(0 <= place < len(text) for place in folded.places)
    for place, letter in zip(folded.places, folded.text, strict=True):
        if text[place].isascii():
            assert letter == text[place]


@given(st.text(alphabet="ab1-. \u200b\u00a0٣ﬁ", min_size=1, max_size=30), st.data())
def test_a_part_of_the_folded_text_is_found_back_in_what_was_typed(text, data):
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))

    first, last = folded.span(start, end)

    assert 0 <= first < last <= len(text)
    assert folded.text[start:end] in fold(text[first:last]).text


@pytest.mark.parametrize(
    ("word", "listed"), [("Ayşe", "ayse"), ("Yıldız", "yildiz"), ("Łukasz", "lukasz"), ("Ștefania", "stefania"), ("Noël", "noel"), ("Bjørn", "bjorn")]
)  # fmt: skip
def test_a_word_is_looked_up_without_its_accents(word, listed):
    assert plain(word) == listed
