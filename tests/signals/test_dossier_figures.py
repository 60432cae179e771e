"""Figures in a dossier: among what was published, as it was published, for ever."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from signals.actions import dossiers as actions
from signals.models import ReleasedCell
from sites.enums import RoleKind
from tests.desk import at_desk, client_of, errors, form_at, words
from tests.factories.signals import make_cell, make_dossier, make_release, make_worker
from tests.factories.sites import make_person, make_site
from tests.pdf import Pdf
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T10:00+02:00", tick=False)


@pytest.fixture
def site():
    return make_site(name="Hier", slug="hier")


@pytest.fixture
def release(site):
    beside = make_site(partnership=site.partnership, name="Ernaast", slug="ernaast")
    sites = [{"code": one.slug, "id": one.pk, "name": one.name} for one in (site, beside)]
    return make_release(site, sites=sites)


@pytest.fixture
def cells(site, release) -> dict[str, ReleasedCell]:
    elsewhere = make_site()
    return {
        "all": make_cell(site, release=release, value=31),
        "here": cell_at(release, "hier", 19),
        "beside": cell_at(release, "ernaast", 12),
        "hidden": make_cell(site, release=release, theme="debts", value=None),
        "together": make_cell(site, release=release, theme="andere", value=9),
        "elsewhere": make_cell(elsewhere, value=44),
    }


def cell_at(release, code: str, value: int) -> ReleasedCell:
    return ReleasedCell.objects.create(
        release=release, year=2023, first=3, last=3, theme="housing", site=code, value=value
    )


def replaced(site, release) -> ReleasedCell:
    """The quarter is published anew."""
    anew = make_release(site, version=2, why="Verkeerd geteld.", sites=release.sites)
    return make_cell(site, release=anew, value=27)


def choose(dossier, *cells, **more) -> None:
    actions.choose_figures(dossier, by=None, cells=[cell.pk for cell in cells], **more)


def test_what_can_be_chosen_is_what_everybody_sees(site, cells):
    own, of_all = make_dossier(site), make_dossier(site, of_all=True)
    desk = at_desk(site)

    offered = {dossier: form_labels(desk, dossier) for dossier in (own, of_all)}

    whole, here, beside = (
        f"Wonen: {number}, {where}" for number, where in ((31, "alle plekken samen"), (19, "Hier"), (12, "Ernaast"))
    )
    assert offered == {own: [whole, here], of_all: [whole, here, beside]}
    for name in ("hidden", "together", "beside", "elsewhere"):
        with pytest.raises(ValidationError):
            choose(own, cells[name])
    assert not own.figures.exists()


def form_labels(desk, dossier) -> list[str]:
    page = read(desk.get(f"/dossiers/{dossier.pk}/cijfers/")).one("main")
    return [label.text for label in page.all("label") if label.all("input")]


def test_chosen_figures_stand_in_the_dossier_and_on_paper_and_stay_when_the_quarter_is_published_anew(
    site, release, cells
):
    dossier = make_dossier(site)
    desk, worker = at_desk(site), client_of(make_worker(site))
    path = f"/dossiers/{dossier.pk}/"
    form = form_at(desk, f"{path}cijfers/")

    for _time in range(2):
        desk.post(f"{path}cijfers/", form | {"cells-2023-Q3": [cells["all"].pk, cells["here"].pk]})
    before = words(worker.get(path))
    assert "Cijfers gekozen: Dossier" in words(desk.get(path))
    anew = replaced(site, release)

    assert "Wonen alle plekken samen Derde kwartaal van 2023 31 Wonen Hier Derde kwartaal van 2023 19" in before
    assert "later opnieuw gepubliceerd" not in before
    page = words(worker.get(path))
    assert "Derde kwartaal van 2023 later opnieuw gepubliceerd 31" in page
    assert "gepubliceerd 27" not in page
    paper = Pdf(worker.get(f"{path}?pdf=1").content).words
    assert "* 31" in paper
    assert "Hier staat het cijfer van toen." in paper
    assert any("27, alle plekken" in label for label in form_labels(desk, dossier))
    with pytest.raises((ProtectedError, TypeError)):
        cells["all"].delete()
    choose(dossier, anew)
    assert [figure.cell for figure in dossier.figures.all()] == [anew]


def test_two_who_choose_at_once_see_each_other(site, cells):
    dossier = make_dossier(site)
    desk, path = at_desk(site), f"/dossiers/{dossier.pk}/cijfers/"
    form = form_at(desk, path)
    choose(dossier, cells["here"])

    asked = desk.post(path, form | {"cells-2023-Q3": [cells["all"].pk]})

    assert errors(asked) == {"": ["Iemand anders koos intussen ook cijfers. Kijk na wat moet blijven."]}
    assert [figure.cell for figure in dossier.figures.all()] == [cells["here"]]
    again = read(asked).one("main")
    (seen,) = [one.attributes["value"] for one in again.all("input") if one.attributes.get("name") == "seen"]
    desk.post(path, {"seen": seen, "cells-2023-Q3": [cells["all"].pk]})
    assert [figure.cell for figure in dossier.figures.all()] == [cells["all"]]


def test_coordinator_of_the_site_beside_chooses_nothing(site, cells):
    dossier = make_dossier(site)
    zita = client_of(make_person(RoleKind.COORDINATOR, site=make_site(partnership=site.partnership)))

    assert zita.post(f"/dossiers/{dossier.pk}/cijfers/", {"cells-2023-Q3": [cells["all"].pk]}).status_code == 404
    assert not dossier.figures.exists()
