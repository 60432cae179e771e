"""The page of a period, its files, and what was frozen: the same figures everywhere, for who may read them."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from activities.models import Attendance, Series
from partners.models import OrganisationName
from sites.actions.address import rename_address
from sites.actions.site import stop_site
from sites.enums import RoleKind
from sites.models import ChangeLog, Partnership
from stek.paper import paper
from stek.steering import files
from stek.steering.models import Report
from tests.desk import client_of
from tests.factories.activities import make_attendance
from tests.factories.sites import make_person, make_site
from tests.pdf import Pdf
from tests.reading import Node, read
from tests.rows import day
from tests.steering import by_hand
from tests.steering.world import TEN_OCTOBER, a_summer

pytestmark = pytest.mark.django_db

PAGE = "/stuurgroep/cijfers/kempen/2023-K3/"
K3, K2 = ("2023-07-01", "2023-09-30"), ("2023-04-01", "2023-06-30")


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(TEN_OCTOBER, tick=False)
    return time_machine


@pytest.fixture
def kempen() -> Partnership:
    return a_summer()


@pytest.fixture
def member(kempen) -> Client:
    return client_of(make_person(RoleKind.STEERING, partnership=kempen))


@pytest.fixture
def coordinator(kempen) -> Client:
    return client_of(make_person(RoleKind.COORDINATOR, site=kempen.sites.get(slug="hier")))


def all_named(node: Node, tag: str, name: str) -> list[Node]:
    """Elements with this class or id."""
    return [
        one for one in node.all(tag) if name in {*one.attributes.get("class", "").split(), one.attributes.get("id")}
    ]


def named(node: Node, tag: str, name: str) -> Node:
    (found,) = all_named(node, tag, name)
    return found


def tiles_of(client: Client, path: str) -> dict[str, str]:
    counts = named(read(client.get(path)).one("main"), "ul", "counts")
    return {one.one("h2").text: named(one, "p", "n").text for one in counts.all("li")}


def expected_tiles(site: str = "") -> dict[str, str]:
    numbers = by_hand.numbers("kempen", *K3, site)
    average = numbers["people"] / numbers["counted"]
    return {
        "Getelde bezoeken": str(numbers["people"]),
        "Mensen per keer": f"{average:.1f}".removesuffix(".0").replace(".", ","),
        "Nieuwe gezichten": str(numbers["new_faces"]), "Keer aanbod": str(numbers["held"]),
        "Niet doorgegaan": str(numbers["cancelled"] + numbers["shut"] + numbers["fell"]),
        "Uren van vrijwilligers": f"{numbers['help_minutes'] / 60:.1f}".removesuffix(".0").replace(".", ","),
        "Beurten met te weinig mensen": str(numbers["short"]),
    }  # fmt: skip


@pytest.mark.parametrize("site", ["", "hier", "daar"])
def test_figures_on_the_page_are_those_of_plain_sql(member, site):
    assert tiles_of(member, PAGE + (f"?plek={site}" if site else "")) == expected_tiles(site)


def test_a_place_that_stopped_stays_in_the_figures(kempen, member):
    addresses = [PAGE, f"{PAGE}?plek=hier"]
    before = [tiles_of(member, address) for address in addresses]

    stop_site(kempen.sites.get(slug="hier"), by=None, reason="Het gebouw is verkocht.")

    assert [tiles_of(member, address) for address in addresses] == before


def test_nothing_is_counted_of_a_place_after_it_stopped(kempen, member, clock):
    clock.move_to("2023-08-15T12:00+02:00", tick=False)
    stop_site(kempen.sites.get(slug="hier"), by=None, reason="Het gebouw is verkocht.")
    clock.move_to(TEN_OCTOBER, tick=False)

    until, whole = (by_hand.numbers("kempen", K3[0], last, "hier")["held"] for last in ("2023-08-15", K3[1]))
    assert tiles_of(member, f"{PAGE}?plek=hier")["Keer aanbod"] == str(until)
    assert 0 < until < whole


def test_an_old_address_of_a_place_leads_to_its_figures(kempen, member):
    before = tiles_of(member, f"{PAGE}?plek=hier")

    rename_address(kempen.sites.get(slug="hier"), slug="ginder", by=None)

    assert tiles_of(member, f"{PAGE}?plek=hier") == tiles_of(member, f"{PAGE}?plek=ginder") == before


def test_each_figure_stands_beside_the_one_before_and_says_what_it_means(member):
    page = named(read(member.get(PAGE)).one("main"), "ul", "counts")

    first, _average, _new, held, *_others = page.all("li")
    assert "21 meer dan vorig kwartaal (19)" in first.text
    assert "Geteld op 6 van de 7 keer." in first.text
    assert "Wie drie keer komt, telt drie keer" in first.one("details").text
    assert "5 meer dan vorig kwartaal (2)" in held.text


def test_titles_say_what_stands_out_and_each_drawing_has_its_table(member):
    main = read(member.get(PAGE)).one("main")

    titles = [one.text for one in named(main, "nav", "told-first").all("a")]
    assert titles == [
        "Rustiger: 6,7 mensen per keer, vorig kwartaal 9,5", "Niets voor politiseren", "4 keer ging het niet door",
        "Bij 2 van 3 beurten was er te weinig volk", "2 partners waren er minder dan beloofd",
    ]  # fmt: skip
    drawn = [one for one in main.all("section") if all_named(one, "svg", "chart")]
    assert len(drawn) == 3
    assert all(one.all("table") for one in drawn)


def test_running_period_says_so_and_compares_nothing(member):
    main = read(member.get("/stuurgroep/cijfers/kempen/2023-K4/")).one("main")

    assert "Deze periode loopt nog. Alles telt mee tot en met gisteren." in main.text
    assert "minder dan vorig kwartaal" not in main.text


def test_of_what_nobody_counted_nothing_is_said_on_page_or_in_file(kempen, member, monkeypatch):
    given = []
    monkeypatch.setattr(files, "paper", lambda _name, data, **_words: given.append(data) or b"")
    Attendance.objects.filter(occurrence__day__gte="2023-07-01").delete()

    main = read(member.get(PAGE)).one("main")
    member.get(PAGE + "?als=pdf")

    average = named(main, "ul", "counts").all("li")[1]
    assert named(average, "p", "n").text == "–"
    assert [one.text for one in all_named(average, "p", "then")] == ["niet geteld"]
    assert named(main, "section", "partners-part").one("h2").text == "Partners op de vloer"
    (row,) = (row for row in rows_of(member, PAGE + "?als=csv") if row and row[0] == "Mensen per keer")
    assert row[1:3] == ["", "9,5"]
    assert (given[0]["tiles"][1]["words"], given[0]["tiles"][1]["lines"]) == ("–", ["niet geteld"])


def test_partner_is_only_short_where_somebody_counted(kempen, member):
    Attendance.objects.filter(occurrence__day__gte="2023-07-01", occurrence__site__slug="daar").delete()

    titles = {
        plek: named(read(member.get(f"{PAGE}?plek={plek}")).one("main"), "section", "partners-part").one("h2").text
        for plek in ("hier", "daar")
    }

    assert titles == {"hier": "2 partners waren er minder dan beloofd", "daar": "Partners op de vloer"}


def test_empty_partnership_explains_what_will_come(clock):
    site = make_site(partnership=Partnership.objects.create(slug="leeg", name="Leeg"))
    client = client_of(make_person(RoleKind.COORDINATOR, site=site))

    main = read(client.get("/stuurgroep/cijfers/leeg/2023-K3/")).one("main")

    empty = [one.text for one in all_named(main, "p", "empty")]
    assert "Hier komt hoeveel mensen er waren, zodra er aanbod is en iemand telt." in empty
    assert "Hier komen de uren van vrijwilligers, zodra er beurten voorbij zijn." in empty
    assert "Uit vorig kwartaal is er niets bekend." in main.text
    assert "Alles ging door" not in main.text


def test_who_reads_it(kempen, member, coordinator):
    elsewhere, here = make_site(), kempen.sites.get(slug="hier")
    others = {
        kind: client_of(make_person(kind, **scope)).get(PAGE).status_code
        for kind, scope in (
            (RoleKind.VOLUNTEER, {"site": here}), (RoleKind.PARTNER_WORKER, {"site": here}), (RoleKind.ADMINISTRATOR, {}),
        )
    }  # fmt: skip
    strangers = {
        kind: client_of(make_person(kind, **scope)).get(PAGE).status_code
        for kind, scope in (
            (RoleKind.COORDINATOR, {"site": elsewhere}), (RoleKind.STEERING, {"partnership": elsewhere.partnership}),
        )
    }  # fmt: skip

    assert {client.get(PAGE).status_code for client in (member, coordinator)} == {200}
    assert set(others.values()) == {403}
    assert set(strangers.values()) == {404}


@pytest.mark.parametrize(
    "path",
    [
        "kempen/2024-K1/", "kempen/2004/", "kempen/2023-K9/", "kempen/2023-K3/?plek=elders", "kempen/2023-K3/?als=exe", "onbekend/2023-K3/",
    ],
)  # fmt: skip
def test_what_is_not_there(member, path):
    assert member.get(f"/stuurgroep/cijfers/{path}").status_code == 404


def test_report_that_was_not_frozen_leads_to_the_figures_of_today(member):
    response = member.get(PAGE + "verslag/")

    assert (response.status_code, response["Location"]) == (302, PAGE)


def test_start_leads_to_the_last_quarter_that_is_over(member):
    response = member.get("/stuurgroep/cijfers/")

    assert (response.status_code, response["Location"]) == (302, PAGE)


# --- Files


def rows_of(client: Client, path: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get(path).content.decode("utf-8-sig")), delimiter=";"))


def test_csv_has_the_figures_of_plain_sql(member):
    rows = rows_of(member, PAGE + "?als=csv")

    numbers, before = by_hand.numbers("kempen", *K3), by_hand.numbers("kempen", *K2)
    found = {row[0]: row[1:3] for row in rows if len(row) == 4}
    assert found["Getelde bezoeken"] == [str(numbers["people"]), str(before["people"])]
    assert found["Keer aanbod"] == [str(numbers["held"]), str(before["held"])]
    by_function = {
        row[0]: row[1:3] for row in rows if row and row[0] in {"ontmoeten", "leren", "politiseren", "verwijzen"}
    }
    assert by_function == {
        term: [str(numbers[f"held_{code}"]), str(before[f"held_{code}"])]
        for code, term in (("meet", "ontmoeten"), ("learn", "leren"), ("politicise", "politiseren"), ("refer", "verwijzen"))
    }  # fmt: skip


def test_no_words_become_a_formula_in_any_file(member):
    Series.objects.filter(title="Koffie op donderdag").update(title='=HYPERLINK("http://kwaad.example";"klik")')

    text = member.get(PAGE + "?als=csv").content.decode()
    book = load_workbook(io.BytesIO(member.get(PAGE + "?als=xlsx").content))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "'=HYPERLINK" in text
    assert ";=" not in text
    assert "\n=" not in text
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert any(str(cell.value).startswith("'=HYPERLINK") for cell in cells)
    assert {type(cell.value) for cell in cells if cell.data_type == "n"} <= {int, float}


def test_paper_is_two_pages_with_the_same_figures_in_french_too(member, monkeypatch):
    given = []
    monkeypatch.setattr(
        files, "paper", lambda name, data, language: given.append(data) or paper(name, data, language=language)
    )

    content = member.get("/fr" + PAGE + "?als=pdf").content

    made = Pdf(content)
    assert len(made.pages) <= 2
    assert b"/MarkInfo" in content
    assert [one["words"] for one in given[0]["tiles"]] == list(expected_tiles().values())
    assert given[0]["tiles"][0]["label"] == "Visites comptées"


# --- Frozen


def freeze(client: Client, **fields) -> int:
    return client.post(PAGE + "vastzetten/", fields).status_code


def test_what_was_frozen_stays_and_what_is_corrected_stands_beside_it(kempen, member, coordinator):
    before = tiles_of(member, PAGE)
    assert [freeze(coordinator, meeting_on="2023-10-19"), freeze(coordinator)] == [302, 302]

    Attendance.objects.filter(people=12).update(people=22)
    make_attendance(kempen.sites.get(slug="hier").occurrences.get(day=day("2023-07-31")), people=3)
    OrganisationName.objects.filter(name="SAAMO").update(name="Heel anders")

    main = read(member.get(PAGE + "verslag/")).one("main")
    assert tiles_of(member, PAGE + "verslag/") == before
    assert "Verbeterd na het vastzetten: nu 53." in main.text
    corrections = [
        [cell.text for cell in row.all("th", "td")] for row in named(main, "section", "corrections-part").all("tr")
    ]
    assert ["Getelde bezoeken", "samen", "40", "53"] in corrections
    assert ["Koffie op donderdag: bezoeken", "Hier", "25", "38"] in corrections
    assert "SAAMO" in main.text
    assert "Heel anders" not in main.text
    assert tiles_of(member, PAGE)["Getelde bezoeken"] == "53"
    assert "40" in {cell for row in rows_of(member, PAGE + "verslag/?als=csv") for cell in row}
    report = Report.objects.get()
    assert (report.frozen_on, report.meeting_on, report.version) == (day("2023-10-10"), day("2023-10-19"), 1)
    assert ChangeLog.objects.filter(verb="freeze_report").count() == 1


def test_what_was_frozen_is_found_at_the_new_address_of_a_place(kempen, member, coordinator):
    before = tiles_of(member, PAGE + "?plek=hier")
    assert freeze(coordinator) == 302

    rename_address(kempen.sites.get(slug="hier"), slug="ginder", by=None)

    assert tiles_of(member, PAGE + "verslag/?plek=ginder") == before
    main = read(member.get(PAGE + "verslag/")).one("main")
    assert "Sinds het vastzetten veranderde geen enkel cijfer." in main.text


def test_running_period_is_not_frozen(coordinator):
    response = coordinator.post("/stuurgroep/cijfers/kempen/2023-K4/vastzetten/")

    assert "Deze periode loopt nog. Zet ze vast als ze voorbij is." in read(response).one("main").text
    assert not Report.objects.exists()


def test_meeting_before_the_period_is_refused_and_what_was_typed_stays(coordinator):
    response = coordinator.post(PAGE + "vastzetten/", {"meeting_on": "2023-06-01"})

    assert "Die dag ligt voor deze periode." in read(response).one("main").text
    assert b"2023-06-01" in response.content


def test_only_who_coordinates_freezes(kempen, member):
    other = client_of(make_person(RoleKind.COORDINATOR, site=make_site()))

    assert (freeze(member), freeze(other)) == (403, 404)
    assert not Report.objects.exists()
