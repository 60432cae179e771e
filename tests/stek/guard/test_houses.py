"""A house in a street, and a number in a street that is none."""

import pytest

from .seen import kinds, seen


@pytest.mark.parametrize(
    "text",
    [
        "Kerkstraat 12/3 lekt",
        "Kerkstraat 12, bus 3, 2de verdiep",
        "Kerkstraat (nr 12) lekt",
        "Kerkstr.12",
        "St.-Jozefstr. 4",
        "Stwg op Gent 45",
        "Schaapsdreve 9",
        "Berkendreef nummer drieënveertig maar de bel is stuk",
        "K e r k s t r a a t 1 2",
        "number 9 on the Vlasmarktkaai, open Wednesday",
        "house 12 on Vlasmarktkaai",
        "op 12 in de Kerkstraat",
        "Kerkstraat tegenover 12",
        "die vrouw van Ter Bleke 5 heb ik niet gezien",
        "ter bleke 5",
        "Achter de Kerk 4, achteraan",
        "Post voor\nVogelzang\n14\nkomt terug",
        "ze woont in vogelzang 14",
        "Blauwe Regen 4, 2 hoog",
        "in t Zand 12 zit schimmel",
        "Bd. du Roi 12",
        "r. Haute 12",
        "le 12 de la rue Haute",
        "rue de la Paix nº 12 bte 3",
        "résidence du Parc, bloc B, appartement 3",
        "I live at 12 mill lane.",
    ],
)
def test_a_house_is_found_in_any_layout(text):
    assert kinds(text) == ["address"]


@pytest.mark.parametrize(
    "text",
    [
        "Rommelmarkt Dorpsplein 14/05 van 9u tot 17u.",
        "Zomerbar Kerkplein 14/7 en 15/7.",
        "Afspraak Marktplein 14u, of Kerkplein, 10.30u.",
        "Voetbal op het Oud Plein 14-16u.",
        "Kerkplein 2025: het plan van de gemeente.",
        "In de Kerkstraat 5 bomen omgezaagd, langs de Turnhoutsebaan 12 flitspalen.",
        "op het Kerkplein 20 kramen en in de Veldstraat 8 van de 10 winkels leeg",
        "In de Brugstraat 24/7 lawaai, 2x per jaar onder water.",
        "in de Molenstraat 1ste huis links, 2e maand geen water",
        "Les cours de néerlandais niveau 2 sont complets.",
        "Le cours du 12/5 est annulé, dossier clos le 3/04/2024.",
        "Il reste place dans le groupe 3, 12 places de parking.",
        "Bus 12, place Flagey, 8h30.",
        "Samedi 14 place du Marché, rue Neuve 8h à 18h.",
        "route de Mons 2 accidents, avenue Louise 2 arrêts supprimés",
        "12 people close by, a 20 minute drive, 1 place left",
        "BMW X5 of Peugeot 208, wie kan dat betalen?",
        "ten minste 5, ten laatste 12",
    ],
)
def test_a_count_an_hour_a_day_or_a_year_in_a_street_is_no_house(text):
    assert seen(text) == []


def test_a_box_makes_a_year_a_house():
    assert kinds("Kerkplein 2025 bus 3") == ["address"]
