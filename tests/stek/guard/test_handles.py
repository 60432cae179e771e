"""The name by which somebody is found on a network, and a message to all."""

import pytest

from .seen import kinds, seen


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("zoek lien_vdb op insta", "lien_vdb"),
        ("insta: lienvdb", "lienvdb"),
        ("ig: lien.vdb", "lien.vdb"),
        ("mijn snap is mimibxl09", "mimibxl09"),
        ("follow @grace.sews.gent for the times", "@grace.sews.gent"),
        ("volg @kaat.bloemt voor de uren", "@kaat.bloemt"),
        ("bereikbaar via t.me/yuriykk", "t.me/yuriykk"),
        ("sur insta c'est lilou.bxl", "lilou.bxl"),
        ("lilou.bxl09 sur snap", "lilou.bxl09"),
        ("son pseudo c'est lilou_bxl09", "lilou_bxl09"),
        ("gebruikersnaam lien_vdb", "lien_vdb"),
        ("user lien_vdb92 on vinted", "lien_vdb92"),
        ("op roblox heet hij kidje2012", "kidje2012"),
        ("ze post als lien_xo op tiktok", "lien_xo"),
        ("gamertag darkwolf99", "darkwolf99"),
        ("skype: live:lienvdb", "live:lienvdb"),
        ("hij streamt op twitch.tv/darkwolf99", "twitch.tv/darkwolf99"),
        ("bsky.app/profile/lien.vdb", "bsky.app/profile/lien.vdb"),
        ("u/lienvdb_92 op reddit", "u/lienvdb_92"),
        ("linkedin: lien-vandenb-4b2", "lien-vandenb-4b2"),
    ],
)
def test_a_name_on_a_network_is_found(text, name):
    assert seen(text) == [("handle", name)]


@pytest.mark.parametrize(
    "text",
    [
        "@allen vergeet de vuilzakken niet",
        "@iedereen koffie om 10u, @bestuur sluit af",
        "@tous merci de ranger",
        "Volg ons op facebook en insta.",
        "facebook: koffie, taart en babbel",
        "insta: fietsbel gevonden",
        "facebook: 1.200 leden, 3 beheerders",
        "Op instagram staat een foto van 14.30 uur.",
        "Ik snap het_niet, ik snap er.niks van.",
        "Gebruikersnaam en wachtwoord vergeten, login met eID.",
        "Telegram is gratis, signal werkt niet op android12.",
        "bestand foto_12.jpg op facebook gezet",
        "login.vdab.be geeft een fout",
        "profiel B1.2 volgens de VDAB",
    ],
)
def test_a_network_or_a_message_to_all_is_nobodys(text):
    assert seen(text) == []


def test_mail_with_a_blank_before_its_sign_is_mail():
    assert kinds("els @voorbeeld.example of info @voorbeeld.example") == ["email", "email"]
