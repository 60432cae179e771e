import pytest

from .seen import kinds, seen


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("mevr. janssens kan de brief niet lezen", "janssens"),
        ("Mevrouw Vandenbroeck wacht.", "Vandenbroeck"),
        ("Mme El Khattabi attend.", "El Khattabi"),
        ("Mr Okafor was sent away.", "Okafor"),
        ("meneer van den bossche zei het", "van den bossche"),
        ("Fatima uit de Kerkstraat", "Fatima"),
        ("fatima el amrani wacht op haar papieren", "fatima el amrani"),
        ("Gisteren kwam Zoulikha langs.", "Zoulikha"),
        ("We hielpen Ayşe met haar formulier.", "Ayşe"),
        ("We went with Oleksandra to the bank.", "Oleksandra"),
        ("Le dossier de Mamadou est bloqué.", "Mamadou"),
        ("agnieszka nowak werkt in de serres", "agnieszka nowak"),
        ("mehmet yıldırım kreeg een boete", "mehmet yıldırım"),
        ("De buurvrouw Xhemile kwam mee.", "Xhemile"),
        ("Roos durft niet meer.", "Roos"),
        ("Vraag het aan Mark van hiernaast.", "Mark"),
        ("Meneer De Smet is verhuisd.", "De Smet"),
        ("Jean-Bosco Habimana is er niet.", "Jean-Bosco Habimana"),
        ("Mevrouw Bakker is boos.", "Bakker"),
        ("kees van dijk woont op de camping", "kees van dijk"),
        ("KAREL ZIJN VROUW LIGT OP DE SPOED", "KAREL"),
        ("zeg tegen marleen dat het op is", "marleen"),
        ("la petite samira traduit tout", "samira"),
        ("J. Peeters heeft geen bed", "J. Peeters"),
        ("Bij de Vermeulens thuis is het koud.", "Vermeulens"),
        ("the Okonkwo family lost their flat", "Okonkwo"),
        ("Uwiringiyimana et ses enfants dorment ici.", "Uwiringiyimana"),
        ("mevrouw nshimirimana komt niet meer", "nshimirimana"),
        ("Magda van hiernaast belt elke week", "Magda"),
        ("Tiziri zingt in het koor", "Tiziri"),
        ("Please no more calls to Kaczmarek at work", "Kaczmarek"),
        ("m. wauthier crie sur les jeunes", "wauthier"),
        ("Goossens, een bakker van 88, kan niet bellen", "Goossens"),
        ("Zbyszek repareert fietsen", "Zbyszek"),
    ],
)
def test_a_name_is_seen(text, name):
    assert seen(text) == [("name", name)]


@pytest.mark.parametrize(
    "text",
    [
        "Dan is de winkel open",
        "Toen was er geen zaal",
        "De mevrouw aan het loket was vriendelijk.",
        "Meneer de voorzitter opende de vergadering.",
        "Een roos voor iedereen, en marc kost geld.",
        "Bij Kind en Gezin en het OCMW moet je online zijn.",
        "De Lijn, Fluvius, Itsme en Doccle.",
        "Het loket in Essen, de markt in Kalmthout en een rit naar Brecht.",
        "In het WZC Sint-Jozef en café Rita is er plaats.",
        "Op maandag in mei, of in augustus.",
        "Ze spreken Arabisch, Turks, Tigrinya of Frans.",
        "The lady speaks English and French.",
        "Une rose pour chaque femme, un marché en avril.",
        "Bij Albert Heijn betaal je cash.",
        "Rode Kruis, Rap op Stap en Welzijnsschakels.",
        "KUNNEN ZE NU NIET EENS OPNEMEN",
        "Sint-Vincentius en Saint-Vincent de Paul delen pakketten uit.",
        "À la Sainte-Barbe la salle est pleine.",
        "Frituur Bij Ronny en halte Van Eeden blijven.",
        "Koffie van Max Havelaar, of Max Havelaar-koffie.",
        "Monsieur Tout-le-Monde ne comprend pas sa facture.",
        "Bij Xerfinko zegt ze dat het duurt, Xerfinko vraagt 40 euro.",
        "Madame, Monsieur, elle sera traitée.",
        "Dear Sir or Madam, your application.",
        "A family name is not needed. Our family waits. Every family waits.",
        "Anders kan je niet binnen.",
        "Dirk en Albert Heijn zijn goedkoper.",
        "Elia, Engie en Luminus stuurden een brief.",
        "Max trois sacs par famille, max vijf per gezin.",
        "Bedevaart naar Fatima, of de berg die niet naar Mohammed komt.",
        "Déshabiller Pierre pour habiller Paul, robbing Peter to pay Paul.",
        "Onze pagina heet Buurtkeuken, in Villa Clementina.",
        "Open on Easter Monday, closed on Good Friday.",
        "The lawyer at the House of Justice waits.",
        "Le plan pour une famille nombreuse et een gezin met vier.",
        "Max 12 personen in de zaal.",
    ],
)
def test_a_service_a_place_or_a_word_is_no_name(text):
    assert seen(text) == []


def test_an_organisation_called_after_somebody_is_allowed_by_its_name():
    assert kinds("Vraag het bij Huize Fatima.") == ["name"]
    assert seen("Vraag het bij huize fatima.", allow=frozenset({"Huize Fatima"})) == []
    assert kinds("Vraag het aan Fatima.", allow=frozenset({"Huize Fatima"})) == ["name"]


@pytest.mark.parametrize(
    "text",
    [
        "een vrouw van 84 met MS",
        "de 34-jarige man in een rolstoel",
        "un garçon de 9 ans, aveugle",
        "a 29 year old woman in a wheelchair",
        "ze is 17 en zwanger",
        "de enige Somalische vrouw in het dorp",
        "vrouw van vierentachtig met een kunstbeen",
        "meisje (14) zwanger",
        "une fille de 11 ans sans bras",
        "vader van 24 met elf kinderen",
        "ze is 58 en stokdoof",
        "onze blinde accordeonist (71) mag niet meer spelen",
        "une maman de 19 ans avec des quadruplés",
    ],
)
def test_an_age_with_something_rare_points_at_one_person(text):
    assert kinds(text) == ["rare_trait"]


@pytest.mark.parametrize(
    "text", ["Mijn moeder van 82 vindt geen automaat.", "Kinderen van 6 tot 12 jaar.", "Wie blind is wacht 5 jaar.", "Jongeren met autisme wachten al 3 jaar.", "De enige geldautomaat van het dorp is weg.", "Le seul médecin du village part.", "De kamers voor blinden (12) zijn vol."]
)  # fmt: skip
def test_an_age_or_a_trait_alone_points_at_nobody(text):
    assert seen(text) == []


def test_two_names_are_two_also_when_one_is_rare():
    assert seen("Gülsüm en Khadija doen samen de afwas") == [("name", "Gülsüm"), ("name", "Khadija")]


def test_a_family_name_in_lower_case_beside_a_number_is_seen():
    assert kinds("wachtlijst: verstraete 49.12.16-944.77") == ["name", "national_register"]
