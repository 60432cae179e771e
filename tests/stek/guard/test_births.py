"""A day on which somebody was born, however it is said; and a day of anything else."""

import pytest

from .seen import kinds, seen


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("mevr geb. 12/3/84 zoekt een woning", "12/3/84"),
        ("geb dat 12/03/84 staat op de brief", "12/03/84"),
        ("gb 1975.06.30, nationaliteit onbekend", "1975.06.30"),
        ("geb12/03/84 te Homs", "12/03/84"),
        ("g.d. 12/03/1984", "12/03/1984"),
        ("klant (°12/03/1984) heeft geen inkomen", "12/03/1984"),
        ("º12/03/1984, alleenstaand", "12/03/1984"),
        ("° te Aleppo 12/03/84", "12/03/84"),
        ("de man, * 12/03/1954, wacht", "12/03/1954"),
        ("geboren den 12den maart '84", "12den maart '84"),
        ("geb. 12/III/84", "12/III/84"),
        ("born 84-03-12", "84-03-12"),
        ("geboren op de derde maart 1984", "derde maart 1984"),
        ("born on the third of May 1990", "third of May 1990"),
        ("née le premier janvier 1970", "premier janvier 1970"),
        ("geboren op twaalf maart negentienvierentachtig", "twaalf maart negentienvierentachtig"),
        ("zij is geboren in het moederhuis van Mortsel op 3/4/1961", "3/4/1961"),
        ("ma fille est née un dimanche, le 2/2/2020", "2/2/2020"),
        ("née en juin (19.6.54)", "19.6.54"),
        ("né(e) le 03/05/1990", "03/05/1990"),
        ("DDN 12/03/1984", "12/03/1984"),
        ("geboortedatum staat fout: er staat 13/03/1984", "13/03/1984"),
        ("bevallen op 28/02/2025, nog geen kraamhulp", "28/02/2025"),
        ("de jongste (12/11/2019) mag nog niet naar school", "12/11/2019"),
        ("zij is van den 3e maart '59", "3e maart '59"),
        ("elle est du 3 mai 1990", "3 mai 1990"),
        ("haar 80ste verjaardag is op 14 maart", "14 maart"),
        ("il fêtera ses 90 ans le 14 juillet", "14 juillet"),
        ("ze wordt op 14 maart 80 en is alleen", "14 maart 80"),
        ("bewoner kamer 4, 03.05.1949, dementerend", "03.05.1949"),
        ("mevrouw, 4 mei 1961, wacht", "4 mei 1961"),
        ("birthdate 03-MAY-90", "03-MAY-90"),
    ],
)
def test_a_day_of_birth_is_found_in_any_layout(text, day):
    assert [words for kind, words in seen(text) if kind == "date_of_birth"] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "Wie geboren is tussen 1/1/1990 en 31/12/2000 krijgt korting.",
        "Kinderen geboren vanaf 1 september 2022 mogen instappen.",
        "Kindjes geboren in 2022: 1 maart instapdag.",
        "Geboortepremie aangevraagd op 12/03/2025.",
        "Baby geboren, kraambezoek pas op 12 mei 2025.",
        "Bij de geboorte op 3 mei krijg je een boekje.",
        "Né en 2019, il doit aller à l'école le 1er septembre 2022.",
        "Het project is geboren op 3 mei.",
        "Le projet est né le 3 mai 2012 dans ce quartier.",
        "De chiro wordt 80 op 3 mei.",
        "De Zonnebloem viert 40 jaar op 3 mei.",
        "De STEK is jarig op 3 mei 2025, kom taart eten.",
        "Het loket wordt op 14 maart gesloten.",
        "Zij trouwde op 12/05/1999 en hij werkt hier sinds 12/03/1998.",
        "Hij kwam aan op 12/03/2009.",
        "Elle attend depuis le 12/03/2010.",
        "Vonnis van 03/05/2010, nog altijd niet uitgevoerd.",
        "Op 12/03/2008 werd de zaal gebouwd.",
        "Gelieve a.u.b. 3 maart vrij te houden.",
        "* 14/05/2025: uitstap",
        "Het is 15° op 3 maart.",
        "Open Tue 9-12.30, Thu 14-17.",
    ],
)
def test_a_day_of_a_rule_a_feast_or_a_letter_is_nobodys(text):
    assert seen(text) == []


def test_two_days_are_two():
    assert kinds("vader 12/3/54 en moeder 4/5/57 moeten naar de arts") == ["date_of_birth", "date_of_birth"]
