"""The plate of a car of here or elsewhere, and what looks like one."""

import pytest

from .seen import seen


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("zwarte golf nrplaat 1 wmp 352 rijdt te rap", "1 wmp 352"),
        ("nr.plaat 1xbc234", "1xbc234"),
        ("de wagen 1 tas 245 staat fout", "1 tas 245"),  # its letters are a word
        ("1-SON-245 staat fout", "1-SON-245"),
        ("1-X-B-C-2-3-4 staat fout", "1-X-B-C-2-3-4"),
        ("1-XBC\n234 wat een plaat", "1-XBC\n234"),
        ("Wagen 1~XBC~234 staat hier al een maand", "1~XBC~234"),
        ("de moto M-XBC-123 knalt voorbij", "M-XBC-123"),
        ("oude mercedes XRD-914 lekt olie", "XRD-914"),
        ("123-XBC is nog op naam van haar man", "123-XBC"),
        ("kenteken: g 123 bc", "g 123 bc"),
        ("hollandse auto 8-KLM-12", "8-KLM-12"),
        ("poolse camionette wgm 12345", "wgm 12345"),
        ("plaat WGM12345", "WGM12345"),
        ("une camionnette roumaine IS 45 XYZ", "IS 45 XYZ"),
        ("Bulgaarse plaat CB 1234 AB", "CB 1234 AB"),
        ("Duitse auto KLE-AB 123", "KLE-AB 123"),
        ("voiture française 1234 AB 59", "1234 AB 59"),
        ("Franse wagen ab 123 cd", "ab 123 cd"),
        ("van with plate AB12 CDE", "AB12 CDE"),
        ("Turkse auto 34 ABC 123", "34 ABC 123"),
    ],
)
def test_a_plate_is_found_in_any_layout(text, plate):
    assert ("number_plate", plate) in seen(text)


@pytest.mark.parametrize(
    "text",
    [
        "De bus van 13 u 30 en die van 14 h 15, auto onmogelijk.",
        "Auto met 150 000 km en 5 deuren voor 2500 euro.",
        "Garage te huur, 75 eur per maand, 12 maanden.",
        "Camionette huren 45 EUR 100 km.",
        "BMW 318 TDI of Peugeot 206 hdi mogen de LEZ 2025 niet meer in.",
        "De vrachtwagens op de E 313 en de A 12.",
        "Met de auto naar B-2920 Kalmthout.",
        "Bus 430 ipv 431 rijdt niet, auto kan ook niet.",
        "Kamer 2-B-114 en lokaal 1-ABC-2 zijn dicht.",
        "The server said HTTP 200, the car park has 120 spaces.",
        "DVD-123 en COVID-19.",
    ],
)
def test_prices_hours_and_roads_are_no_plate(text):
    assert seen(text) == []
