"""The corpus the guard is measured on: sound, large and varied enough, and nobody's data."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest

from benchmarks import guard
from benchmarks.guard import halve, load
from stek.guard.numerals import spelt_numbers

BLOCKED = {"national_register", "phone", "email", "iban", "number_plate", "date_of_birth", "handle", "address"}
WARNED = {"name", "rare_trait", "number"}
MIGRANT = {"turkish", "arabic", "berber", "polish", "romanian", "ukrainian", "african"}
ORIGINS = MIGRANT | {"flemish", "dutch", "french", "other"}
# Names that are also words; a list of names alone does not tell them apart.
WORDS = {"roos", "marc", "de smet", "mark", "bakker", "wolf", "lief", "hope"}


def with_kind(kind, half=None):
    return [entry for entry in load(half) if any(finding.kind == kind for finding in entry.findings)]


def findings(kind, half=None):
    return [finding for entry in load(half) for finding in entry.findings if finding.kind == kind]


def plain(text):
    """Digits as ASCII, compatibility forms undone, nothing invisible."""
    folded = (character for character in unicodedata.normalize("NFKC", text) if unicodedata.category(character) != "Cf")
    return "".join(str(unicodedata.digit(character, character)) for character in folded)


def letters(text):
    return "".join(character for character in plain(text).casefold() if character.isalpha())


def is_oddly_written(text):
    """Holds a sign, blank or digit that is not on a Belgian keyboard."""
    return any(ord(character) > 127 and not character.isalpha() for character in text)


def test_ids_are_random_and_give_the_order():
    ids = [entry.id for entry in load()]

    assert [name for name in ids if not re.fullmatch(r"[0-9a-f]{8}", name)] == []
    assert ids == sorted(set(ids))


def test_halves_make_up_the_whole_and_neither_is_small():
    tune, unseen = load("tune"), load("unseen")

    assert sorted(tune + unseen, key=lambda entry: entry.id) == load()
    assert min(len(tune), len(unseen)) >= 150


def test_a_finding_stands_exactly_once_in_its_text():
    found = {(entry.id, finding.text): entry.text.count(finding.text) for entry in load() for finding in entry.findings}

    assert len(found) > 300
    assert {key: count for key, count in found.items() if count != 1} == {}


def test_offsets_cut_the_finding_out_of_the_text():
    for entry in load():
        for finding in entry.findings:
            start, end = entry.offsets(finding)
            assert entry.text[start:end] == finding.text


def test_clean_is_having_no_finding():
    assert [entry.id for entry in load() if entry.clean == bool(entry.findings)] == []


def test_kind_decides_severity():
    expected = dict.fromkeys(BLOCKED, "block") | dict.fromkeys(WARNED, "warn")

    assert {(finding.kind, finding.severity) for entry in load() for finding in entry.findings} == set(expected.items())


def test_names_and_only_names_have_an_origin_and_a_form():
    everything = [finding for entry in load() for finding in entry.findings]

    assert {finding.origin for finding in everything if finding.kind == "name"} == ORIGINS
    assert {finding.form for finding in everything if finding.kind == "name"} == {"first", "full", "last"}
    assert {(finding.origin, finding.form) for finding in everything if finding.kind != "name"} == {(None, None)}


def test_texts_are_5_to_60_words_in_three_languages_and_mostly_dutch():
    texts = load()
    counted = Counter(entry.language for entry in texts)

    assert [entry.id for entry in texts if not 5 <= len(entry.text.split()) <= 60] == []
    assert counted.keys() == {"nl", "fr", "en"}
    assert counted["nl"] > len(texts) / 2
    assert min(counted.values()) >= 60


def test_no_two_texts_differ_in_signs_and_digits_only():
    folded = Counter(letters(entry.text) for entry in load())

    assert [text for text, times in folded.items() if times > 1] == []


def test_there_are_enough_texts_and_enough_clean_ones():
    assert len(load()) >= 420
    assert len([entry for entry in load() if entry.clean]) >= 190


def test_there_are_enough_hard_identifiers_of_every_kind():
    least = dict.fromkeys(BLOCKED, 9) | {"national_register": 22, "phone": 22, "address": 24}
    hard = [entry for entry in load() if any(finding.severity == "block" for finding in entry.findings)]

    assert len(hard) >= 110
    assert {kind: len(with_kind(kind)) for kind in BLOCKED if len(with_kind(kind)) < least[kind]} == {}


def test_there_are_enough_names_of_every_origin():
    counted = Counter(name.origin for name in findings("name"))

    assert len(with_kind("name")) >= 130
    assert {origin: counted[origin] for origin in ORIGINS if counted[origin] < 12} == {}


def test_names_of_migrants_come_as_lower_case_full_names_and_as_single_first_names():
    names = [name for name in findings("name") if name.origin in MIGRANT]
    full = [name for name in names if name.form == "full" and name.is_lower_case]
    single = [name for name in names if name.form == "first" and name.text[0].isupper()]

    assert len(full) >= 30
    assert len(single) >= 40
    assert {name.origin for name in full} == {name.origin for name in single} == MIGRANT


def test_words_that_are_names_stand_there_as_names():
    assert {name.text.lower() for name in findings("name")} >= WORDS


def test_there_are_enough_rare_traits_and_long_numbers():
    assert len(with_kind("rare_trait")) >= 12
    assert len(with_kind("number")) >= 12
    assert [number.id for number in with_kind("number") if not re.search(r"\d{9}", digits_of(number))] == []


def digits_of(entry):
    return "".join(re.sub(r"\D", "", plain(finding.text)) for finding in entry.findings if finding.kind == "number")


def test_enough_hard_identifiers_are_written_with_odd_signs():
    odd = [finding for kind in BLOCKED for finding in findings(kind) if is_oddly_written(finding.text)]

    assert len(odd) >= 15


@pytest.mark.parametrize("half", ["tune", "unseen"])
def test_each_half_holds_every_kind_every_origin_and_clean_texts(half):
    assert {finding.kind for entry in load(half) for finding in entry.findings} == BLOCKED | WARNED
    assert {name.origin for name in findings("name", half)} == ORIGINS
    assert len([entry for entry in load(half) if entry.clean]) >= 60


def test_no_national_number_can_be_somebodys():
    # The three digits after the date count the people born that day, and stay far below nine hundred but for
    # 1 January, which is given to all whose day is unknown.
    numbers = [figures(finding.text) for finding in findings("national_register")]

    assert {len(number) for number in numbers} == {11}
    assert [number for number in numbers if int(number[6:9]) < 900 or number[2:6] == "0101"] == []


def test_a_national_number_with_a_wrong_checksum_says_so():
    wrong = [
        entry.note
        for entry in with_kind("national_register")
        for finding in entry.findings
        if finding.kind == "national_register" and not has_valid_checksum(figures(finding.text))
    ]

    assert wrong
    assert [note for note in wrong if "wrong checksum" not in note] == []


def figures(text):
    """Its figures, also of a number that somebody wrote in words."""
    text = plain(text)
    return re.sub(r"\D", "", text) or re.sub(r"\D", "", "".join(spelt.digits for spelt in spelt_numbers(text)))


def has_valid_checksum(number):
    # Who was born in 2000 or later has a 2 in front when it is calculated.
    return int(number[9:]) in {97 - int(century + number[:9]) % 97 for century in ("", "2")}


def test_no_mail_address_can_be_delivered():
    # RFC 2606 keeps these names out of use.
    mails = [with_dots(plain(finding.text).lower()) for finding in findings("email")]
    reserved = re.compile(r"(\.(example|test|invalid)|[^.]\bexample\.(com|net|org))$")

    assert [mail for mail in mails if not reserved.search(mail)] == []


def with_dots(mail):
    return re.sub(r"\s?[(\[{]?(?:\.|\b(?:punt|point|dot)\b)[)\]}]?\s?", ".", mail)


def test_half_of_the_unseen_texts_moves_and_no_other_one(monkeypatch, tmp_path):
    before = load()
    copy = tmp_path / "corpus.jsonl"
    copy.write_text(guard.CORPUS.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(guard, "CORPUS", copy)
    monkeypatch.setattr(halve, "CORPUS", copy)

    halve.main(seed=1)

    after = {entry.text: entry for entry in load()}
    moved = [entry for entry in before if after[entry.text].id != entry.id]
    unseen = [entry for entry in before if entry.half == "unseen"]
    assert len(after) == len(before)
    assert len(moved) == len(unseen) // 2
    assert {entry.half for entry in moved} == {"unseen"}
    assert {after[entry.text].half for entry in moved} == {"tune"}
    assert (
        abs(sum(entry.clean for entry in moved) * 2 - sum(entry.clean for entry in unseen)) <= 2
    )  # a pair at each end
