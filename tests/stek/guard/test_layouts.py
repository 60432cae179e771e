"""A number in every dress people give it. The places of what is found are those of the text as typed, whatever is in it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from stek.guard import inspect

settings.register_profile("guard", deadline=None)  # a busy machine is no fault of the guard
settings.load_profile("guard")

GAPS = st.sampled_from(["", " ", ".", "-", "/", " - ", "\u00a0", "\u202f", "\u2009", "\u200b", "–", "\u00a0–\u00a0"])
VISIBLE_GAPS = st.sampled_from([" ", ".", "-", "\u00a0", "\u202f", "–"])
DIGITS = st.sampled_from(["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"])
AROUND = st.sampled_from(
    [("Nummer ", " van de kaart."), ("", ""), ("é\u200b ", "\u200b ü"), ("zie: ", ", dank je"), ("(", ")")]
)


def dressed(groups, gaps, digits):
    text = groups[0] + "".join(gap + group for gap, group in zip(gaps, groups[1:], strict=True))
    return "".join(digits[int(letter)] if letter.isascii() and letter.isdigit() else letter for letter in text)


def the_one(text, kind, words):
    """Asserts that this is found where it stands, and nothing else of its kind."""
    found = [one for one in inspect(text) if one.kind == kind]
    assert [text[one.start : one.end].strip("()\u200b") for one in found] == [words.strip("\u200b")], text


@st.composite
def national_numbers(draw):
    year, month, day = draw(st.integers(0, 99)), draw(st.integers(1, 12)), draw(st.integers(1, 28))
    first = f"{year:02}{month:02}{day:02}{draw(st.integers(1, 997)):03}"
    check = 97 - int(first) % 97
    return [first[:2], first[2:4], first[4:6], first[6:], f"{check:02}"]


@given(national_numbers(), st.lists(GAPS, min_size=4, max_size=4), DIGITS, AROUND)
def test_national_number_in_any_layout(groups, gaps, digits, around):
    words = dressed(groups, gaps, digits)

    the_one(words.join(around), "national_register", words)


@given(
    st.integers(70, 99),
    st.lists(st.integers(0, 99), min_size=3, max_size=3),
    st.lists(GAPS, min_size=3, max_size=3),
    DIGITS,
    AROUND,
)
def test_mobile_number_in_any_layout(prefix, pairs, gaps, digits, around):
    words = dressed([f"04{prefix}", *(f"{pair:02}" for pair in pairs)], gaps, digits)

    the_one(words.join(around), "phone", words)


@given(
    st.integers(0, 10**10 - 1),
    st.lists(VISIBLE_GAPS, min_size=3, max_size=3),
    DIGITS,
    AROUND,
    st.sampled_from(["BE", "be", "ВЕ"]),
)
def test_account_in_any_layout(number, gaps, digits, around, country):
    rest = f"{number:010}"
    rest += f"{number % 97 or 97:02}"
    check = 98 - int(rest + "111400") % 97
    words = country + dressed([f"{check:02}{''}", rest[:4], rest[4:8], rest[8:]], gaps, digits)

    the_one(words.join(around), "iban", words)


@given(st.text(max_size=200))
def test_any_text_at_all_gives_places_inside_it_that_do_not_overlap(text):
    done = 0
    for one in inspect(text):
        assert done <= one.start < one.end <= len(text)
        done = one.end


PIECES = [
    "0", "04", "470", ".", "-", "@", "be", "Fatima", "van", "de", "mevr", "straat", "12", "rue", "é", "1/2/", "jaar", "°", "(", "а", " ", "\u200b",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_pieces_of_what_is_looked_for_in_any_order_break_nothing(pieces):
    text = "".join(pieces)

    assert inspect(text) == inspect(text)
    assert all(text[one.start : one.end].strip() for one in inspect(text))
