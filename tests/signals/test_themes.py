"""Areas of life: named in three languages, put aside, made one, with their history."""

from __future__ import annotations

import pytest

from signals.actions import themes as actions
from signals.figures import Policy
from signals.models import Contribution, Held, Refused, Signal, Theme, Threshold
from sites.enums import RoleKind
from sites.models import ChangeLog
from tests.desk import administrator, at_desk, client_of, errors, words
from tests.factories.signals import (
    make_contribution,
    make_held,
    make_refused,
    make_signal,
    make_theme,
    make_worker,
    theme,
)
from tests.factories.sites import make_person, make_site
from tests.reading import read

pytestmark = pytest.mark.django_db
THEMES = "/beheer/netwerk/themas/"
NAMES = {"name_nl": "Vervoer", "name_fr": "Transports", "name_en": "Transport"}


def test_ten_areas_of_life_are_there_in_three_languages():
    rows = Theme.objects.offered()

    assert len(rows) == 10
    assert all(row.names.keys() == {"nl", "fr", "en"} for row in rows)
    client = client_of(make_worker(make_site()))
    for prefix, name in (("", "Energie en water"), ("/fr", "Énergie et eau"), ("/en", "Energy and water")):
        assert name in words(client.get(f"{prefix}/signalen/nieuw/"))


def test_what_keeps_people_out_is_no_theme():
    codes = set(Theme.objects.values_list("code", flat=True))

    assert codes & {"digital", "mobility", "language", "shame_privacy", "money", "admin"} == set()


def test_administrator_adds_one_and_the_history_tells():
    client = administrator()

    client.post(f"{THEMES}nieuw/", NAMES)

    row = Theme.objects.get(code="vervoer")
    assert row.names == {"nl": "Vervoer", "fr": "Transports", "en": "Transport"}
    assert row == list(Theme.objects.offered())[-1]
    page = words(client.get(THEMES))
    assert "Thema toegevoegd: Vervoer" in page
    assert "Vervoer" in words(client_of(make_worker(make_site())).get("/signalen/nieuw/"))


def test_name_is_needed_in_each_language_and_no_other_has_it():
    client = administrator()

    assert errors(client.post(f"{THEMES}nieuw/", {"name_nl": "Vervoer"})).keys() == {"name_fr", "name_en"}
    assert errors(client.post(f"{THEMES}nieuw/", NAMES | {"name_fr": "logement"})) == {
        "name_fr": ["Zo heet al een ander thema."]
    }
    assert Theme.objects.count() == 10


def test_name_changes_and_code_does_not():
    client, row = administrator(), theme("housing")

    client.post(f"{THEMES}{row.pk}/", {"name_nl": "Huis en huur", "name_fr": "Logement", "name_en": "Housing"})

    row.refresh_from_db()
    assert (row.code, row.names["nl"]) == ("housing", "Huis en huur")
    assert "Thema anders genoemd" in words(client.get(f"{THEMES}{row.pk}/"))


def test_put_aside_is_no_longer_offered_and_what_was_told_stays():
    site, client, row = make_site(), administrator(), theme("housing")
    make_signal(site, theme=row, text="Er is geen woning.")

    client.post(f"{THEMES}{row.pk}/aan-of-uit/", {"stand": "uit"})
    worker = client_of(make_worker(site))
    assert "Wonen" not in words(worker.get("/signalen/nieuw/"))
    assert "Er is geen woning." in words(worker.get("/signalen/"))

    client.post(f"{THEMES}{row.pk}/aan-of-uit/", {"stand": "aan"})
    assert "Wonen" in words(worker.get("/signalen/nieuw/"))


def test_last_one_is_not_put_aside():
    Theme.objects.exclude(code="housing").update(is_active=False)

    page = administrator().post(f"{THEMES}{theme().pk}/aan-of-uit/", {"stand": "uit"}, follow=True)

    assert "Dan is er geen thema meer om te kiezen." in page.content.decode()
    assert theme().is_active


def test_two_become_one_with_all_that_hangs_on_them():
    site, kept, row = make_site(), theme("housing"), theme("energy")
    for make in (make_signal, make_held, make_refused):
        make(site, theme=row)
    earlier = make_theme(is_active=False, merged_into=row)
    client = administrator()

    client.post(f"{THEMES}{row.pk}/samenvoegen/", {"into": kept.pk})

    row.refresh_from_db()
    earlier.refresh_from_db()
    assert (row.is_active, row.merged_into, earlier.merged_into) == (False, kept, kept)
    assert [model.objects.get().theme for model in (Signal, Held, Refused)] == [kept] * 3
    page = words(client.get(f"{THEMES}{row.pk}/"))
    assert "Samengevoegd met Wonen." in page
    assert "Thema samengevoegd: Energie en water" in page
    assert not read(client.get(f"{THEMES}{row.pk}/")).one("main").all("form")


def test_of_contributions_only_what_is_sure_goes_along():
    site, kept, row = make_site(), theme("housing"), theme("energy")
    make_contribution(site, quarter=1, theme="energy", several=True, token="")
    make_contribution(site, quarter=1, theme="housing")
    make_contribution(site, quarter=2, theme="energy", several=True, token="")
    make_contribution(site, quarter=3, theme="energy")
    make_contribution(site, quarter=3, theme="housing", token="y")
    make_contribution(site, quarter=4, theme="energy")

    actions.merge_theme(row, into=kept, by=None)

    assert {(one.quarter, one.theme, one.several, one.token) for one in Contribution.objects.all()} == {
        (1, "housing", True, ""), (2, "housing", True, ""), (3, "housing", False, "y"),
    }  # fmt: skip


def test_merged_does_not_come_back_and_does_not_take_in_others():
    kept, row = theme("housing"), theme("energy")
    actions.merge_theme(row, into=kept, by=None)

    with pytest.raises(actions.ValidationError, match="Het komt niet terug"):
        actions.switch_theme(row, by=None, is_active=True)
    with pytest.raises(actions.ValidationError, match="Kies een ander thema"):
        actions.merge_theme(theme("debts"), into=row, by=None)
    with pytest.raises(actions.ValidationError, match="Kies een ander thema"):
        actions.merge_theme(kept, into=kept, by=None)


def test_pages_count_no_signals():
    client, site = administrator(), make_site()
    before = words(client.get(THEMES))

    for _ in range(7):
        make_signal(site)

    assert words(client.get(THEMES)) == before


def test_only_administrators_come_here():
    site, row = make_site(), theme()
    others = [
        at_desk(site),
        client_of(make_worker(site)),
        client_of(make_person(RoleKind.STEERING, partnership=site.partnership)),
    ]

    for client in others:
        for path in (
            THEMES,
            f"{THEMES}nieuw/",
            f"{THEMES}{row.pk}/",
            f"{THEMES}{row.pk}/aan-of-uit/",
            f"{THEMES}{row.pk}/samenvoegen/",
        ):
            assert {client.get(path).status_code, client.post(path).status_code} == {403}


def test_each_verb_is_in_the_log_of_the_network():
    client = administrator()
    client.post(f"{THEMES}nieuw/", NAMES)
    row = Theme.objects.get(code="vervoer")
    client.post(f"{THEMES}{row.pk}/", NAMES | {"name_nl": "Bus en trein"})
    client.post(f"{THEMES}{row.pk}/aan-of-uit/", {"stand": "uit"})
    client.post(f"{THEMES}{row.pk}/aan-of-uit/", {"stand": "uit"})
    client.post(f"{THEMES}{row.pk}/samenvoegen/", {"into": theme().pk})

    lines = ChangeLog.objects.filter(about_model="signals.theme").order_by("pk")
    assert list(lines.values_list("verb", flat=True)) == ["add_theme", "rename_theme", "switch_theme", "merge_theme"]
    assert all(line.site is None and line.by for line in lines)


def test_administrator_says_from_which_number_figures_are_shown():
    site, desk = make_site(), administrator()
    address = f"/beheer/netwerk/themas/drempel/{site.partnership.slug}/"
    assert address in desk.get("/beheer/netwerk/themas/").content.decode()

    assert errors(desk.post(address, {"k": "4"}))
    for _ in range(2):
        desk.post(address, {"k": "8", "is_strict": "on"})

    assert Threshold.objects.of(site.partnership) == Policy(8, strict=True)
    assert [line.changes for line in ChangeLog.objects.filter(verb="set_threshold")] == [
        {"k": [5, 8], "is_strict": [False, True]}
    ]
