"""What is blocked, and what looks like it and is nobody's."""

import pytest

from stek.guard import inspect

from .seen import kinds, seen


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("national_register", "93.05.18-223.61"),
        ("national_register", "93051822361"),
        ("national_register", "93 05 18 223 62"),  # a wrong checksum in the right layout
        ("national_register", "930518-223.61"),
        ("national_register", "9 3 0 5 1 8 2 2 3 6 1"),
        ("phone", "0470 12 34 56"),
        ("phone", "0470/123.456"),
        ("phone", "03 123 45 67"),  # given to nobody, but laid out like a number
        ("phone", "+32 (0)470 12 34 56"),
        ("phone", "0032470123456"),
        ("phone", "O47O 12 34 56"),
        ("phone", "06 12 34 56 78"),
        ("email", "els.iemand@voorbeeld.example"),
        ("email", "els.iemand(at)voorbeeld.example"),
        ("email", "els at voorbeeld punt example"),
        ("email", "els [at] voorbeeld [dot] example"),
        ("iban", "BE68 5390 0754 7034"),
        ("iban", "be68539007547035"),  # a wrong check digit
        ("iban", "NL91 ABNA 0417 1643 00"),
        ("number_plate", "1-ABC-123"),
        ("number_plate", "1abc123"),
        ("number_plate", "ABC-123"),
        ("handle", "@een_bezoeker"),
        ("handle", "instagram.com/een.bezoeker"),
        ("address", "Kerkstraat 12"),
        ("address", "Dorpsstraat 5 bus 2"),
        ("address", "Nieuwe Baan 3"),
        ("address", "Grand-Place 3"),
        ("address", "rue du Moulin 8"),
        ("address", "14 rue du Moulin"),
        ("address", "7 Mill Lane"),
        ("number", "281 920 357"),
    ],
)
def test_it_is_found_where_it_stands(kind, words):
    assert seen(f"Ze schreef {words}, en verder niets.") == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    ["Geboren op 12/03/1987.", "geb. 3 mei 1960", "née le 4 août 1978", "born May 3, 1990", "de kleine is van 27 november 2019", "date de naissance : 01-02-90"],
)  # fmt: skip
def test_a_day_is_a_day_of_birth_when_it_is_said_to_be(text):
    assert kinds(text) == ["date_of_birth"]


@pytest.mark.parametrize(
    "text",
    [
        "Bel 112, 101, 107, 1207, 1712 of 1722.",
        "De infolijn is 0800 12 345 of 078 15 15 15, de betaallijn 0903 12 345.",
        "Op 12 mei 2024 om 14.30 uur, tot 17.00 uur.",
        "Van 1/09/2024 tot 30/06/2025, 9.00 - 12.00 en 13.30 - 16.00.",
        "Wet van 26 mei 2002, artikel 57 §2, BS 31/07/2002.",
        "Kinderen geboren na 1 januari 2019 krijgen groeipakket.",
        "De steun is 1.288,46 euro, of 1 250 000 000 euro voor het hele land.",
        "Bus 435 en lijn 12, perron 3, de E19 en de N133.",
        "100 % van de 45 gezinnen wacht 12 maanden.",
        "Kom @ 10u naar de Kerkstraat.",
        "In de Dorpsstraat 3 keer gevallen, op de markt 40 kramen.",
        "Verordening (EU) 2016/679 en KB 2002/1.",
        "Geen enkel nummer.",
        "",
    ],
)
def test_what_is_nobodys_is_left_alone(text):
    assert seen(text) == []


def test_what_follows_a_number_is_no_part_of_it():
    assert seen("Bel 0470 12 34 56 3 keer") == [("phone", "0470 12 34 56")]
    assert seen("BE68 5390 0754 7034 12 euro") == [("iban", "BE68 5390 0754 7034")]


def test_only_the_beginning_of_a_text_is_looked_at():
    assert seen("a" * 990 + " 0470 12 34 56") == []
    assert kinds("a" * 980 + " 0470 12 34 56") == ["phone"]


def test_an_address_of_a_house_of_ours_may_be_written():
    allow = frozenset({"Dorpsstraat 5, 2920 Kalmthout"})

    assert seen("We verhuizen naar de Dorpsstraat 5.", allow=allow) == []
    assert kinds("We verhuizen naar de Dorpsstraat 6.", allow=allow) == ["address"]


def test_severity_says_what_blocks_and_what_is_asked_about():
    found = inspect("Fatima, 0470 12 34 56, kaart 281920357, een 34-jarige blinde man.")

    assert {(one.kind, one.severity) for one in found} == {
        ("name", "warn"), ("phone", "block"), ("number", "warn"), ("rare_trait", "warn"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bel 0472_91_33_10 of 0472*91*33*10", "phone"),
        ("gsm 0472, 91, 33, 10", "phone"),
        ("gsm 0472 [91] [33] [10]", "phone"),
        ("tel. 667 12 14", "phone"),
        ("880312\n997-28", "national_register"),
        ("gebd. 12-03-88", "date_of_birth"),
        ("insta, lien.vdb", "handle"),
        ("discord lien#1234", "handle"),
        ("de witte wagen 1_ABC_234", "number_plate"),
        ("wagen zk-123-vx", "number_plate"),
        ("mededeling +++123/4567/89012+++", "number"),
    ],
)
def test_odd_marks_between_the_groups_hide_nothing(text, kind):
    assert set(kinds(text)) == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "In de Molenlaan woont ze op nummer 14.",
        "Molenlaan nr. 14 boven",
        "Molenlaan #14",
        "Lage Kaart 14",
        "Molenlaan Noord 14",
        "deurnummer 14 in de Molenlaan",
        "op den 14 in de Molenlaan",
        "au 14 de la rue Haute",
        "rue Haute, au numéro 14",
        "14bis, rue Haute",
        "hoek Molenlaan/Kerkstraat 14",
        "Molenlaan 14 bus 3",
        "Antwerpse stwg 14",
        "Hof ten Eynde 14",
        "chalet 14 op camping De Heuvel",
        "résidence Les Tilleuls, appartement 4",
    ],
)
def test_a_house_in_another_layout_is_an_address(text):
    assert kinds(text) == ["address"]


@pytest.mark.parametrize(
    "text",
    [
        "De lessen zijn op 04/10, 11/10, 18/10 en 25/10.",
        "Tussen 04.00 en 05.30, 06.15 en 07.45.",
        "In de Molenlaan staan 14 huizen, bus 14 stopt er om 14 uur.",
        "Een camping met 14 plaatsen en een blok van 3 uur.",
        "In de wagen is 100 km per uur te snel.",
    ],
)
def test_days_hours_and_counts_are_no_number_of_somebody(text):
    assert seen(text) == []


def test_a_number_that_begins_like_a_service_breaks_nothing():
    assert kinds("Nummer 07010100126 van de kaart.") == ["national_register"]


def test_the_number_of_an_identity_card_is_no_account():
    assert kinds("identiteitskaart 592-6038174-25 gevonden") == ["number"]
    assert kinds("te storten op 592-6038174-25") == ["iban"]
