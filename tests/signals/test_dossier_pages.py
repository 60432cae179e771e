"""The pages of dossiers: who opens what, one form a page, nothing typed is lost, and everybody reads what was published only."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from signals.actions import dossiers as actions
from signals.models import Dossier, DossierSentence, DossierStep
from sites.enums import RoleKind, SiteStatus
from sites.models import User
from tests.desk import client_of, errors, filled, form_at, words
from tests.factories.signals import give, make_dossier, make_dossier_step, make_sentence, make_worker, told
from tests.factories.sites import make_person, make_role, make_site, make_user
from tests.pdf import Pdf
from tests.reading import read

pytestmark = pytest.mark.django_db
LIST = "/dossiers/"
TODAY = dt.date(2023, 10, 10)
SECRET = "Dit staat alleen in het dossier."


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T10:00+02:00", tick=False)
    return time_machine


@pytest.fixture
def site():
    return make_site(name="Hier", slug="hier", status=SiteStatus.ACTIVE)


@pytest.fixture
def desk(site) -> Client:
    return client_of(make_person(RoleKind.COORDINATOR, site=site))


@pytest.fixture
def dossier(site) -> Dossier:
    """Raised a month ago, and that is published; what it says inside is not."""
    row = make_dossier(site, title="Brieven in gewone taal", problem=SECRET, status="analysed")
    DossierStep.objects.update(day=TODAY - dt.timedelta(days=60), text=SECRET)
    make_dossier_step(
        row, day=TODAY - dt.timedelta(days=30), due_on=TODAY - dt.timedelta(days=1), is_published=True,
        addressee="Gemeente Hier", text="We vroegen kortere brieven.",
    )  # fmt: skip
    return row


def at(row, tail="") -> str:
    return f"{LIST}{row.pk}/{tail}"


STEERING = "steering"
PEOPLE = {
    "worker": (200, 200, True),
    STEERING: (200, 200, False),
    "worker who checks people": (403, 404, False),
    "worker of nobody known": (403, 404, False),
    "worker of the site beside": (200, 404, False),
    "coordinator of another partnership": (200, 404, False),
    "volunteer": (403, 403, False),
    "administrator": (403, 403, False),
    "nobody in particular": (403, 403, False),
}


def somebody(who: str, site) -> User:
    beside, elsewhere = make_site(partnership=site.partnership), make_site()
    return {
        "worker": lambda: make_worker(site),
        STEERING: lambda: make_role(RoleKind.STEERING, partnership=site.partnership).user,
        "worker who checks people": lambda: make_worker(site, checks_people=True),
        "worker of nobody known": lambda: make_person(RoleKind.PARTNER_WORKER, site=site),
        "worker of the site beside": lambda: make_worker(beside),
        "coordinator of another partnership": lambda: make_person(RoleKind.COORDINATOR, site=elsewhere),
        "volunteer": lambda: make_person(RoleKind.VOLUNTEER, site=site),
        "administrator": lambda: make_role(RoleKind.ADMINISTRATOR).user,
        "nobody in particular": make_user,
    }[who]()


@pytest.mark.parametrize("who", PEOPLE)
def test_who_opens_a_dossier_and_reads_how_much(who, site, dossier):
    client = client_of(somebody(who, site))
    listed, opened, whole = PEOPLE[who]
    make_sentence(dossier, text="De brief blijft dicht.")

    pages = [client.get(LIST), client.get(at(dossier))]

    assert [page.status_code for page in pages] == [listed, opened]
    assert (SECRET in pages[1].content.decode()) is whole
    is_known = opened == 200
    assert ["Brieven in gewone taal" in page.content.decode() for page in pages] == [is_known, is_known]
    if is_known:
        for page in pages:
            assert "Gemeente Hier" in words(page)
            assert "Antwoord te laat: we verwachtten het op 9 oktober 2023." in words(page)
        assert "We vroegen kortere brieven." in words(pages[1])
    (step,) = dossier.steps.filter(is_published=True)
    for path in (at(dossier, "veranderen/"), at(dossier, "stap-erbij/"), at(dossier, "zin-erbij/"), f"{LIST}stap/{step.pk}/",
        f"{LIST}stap/{step.pk}/antwoord/", f"{LIST}stap/{step.pk}/website/", f"{LIST}stap/{step.pk}/terug/"):  # fmt: skip
        for answer in (client.get(path), client.post(path, {"stand": "uit"})):
            assert answer.status_code in {403, 404}, path
    assert Dossier.objects.get().status == "raised"
    assert DossierStep.objects.filter(is_published=True).count() == 1


def test_worker_who_checks_people_reads_why_and_what_is_for_everybody(site, dossier):
    client = client_of(make_worker(site, checks_people=True))

    page = client.get(LIST)

    assert "organisatie die mensen ook controleert" in words(page)
    assert "/hier/aangekaart/" in read(page).one("main").links().values()
    assert "Brieven in gewone taal" in words(client.get("/hier/aangekaart/"))
    mine = words(client.get("/mijn/"))
    assert (
        "Wat er van vroegere signalen werd Brieven in gewone taal Aangekaart bij Gemeente Hier, 10 september 2023."
        in mine
    )
    assert SECRET not in mine


def test_dossier_from_its_first_words_to_its_answer(site, desk):
    """As a browser without a script does it."""
    form = form_at(desk, f"{LIST}nieuw/")
    refused = desk.post(f"{LIST}nieuw/", form | {"title": "Brieven", "problem": "Bel 0470 12 34 56."})
    assert errors(refused).keys() == {"problem"}
    assert filled(read(refused))["title"] == "Brieven"
    sent = form | {"title": "Brieven", "problem": "Niemand begrijpt de brieven."}
    there = {desk.post(f"{LIST}nieuw/", sent)["Location"] for _time in range(2)}
    row = Dossier.objects.get()
    assert there == {at(row)}
    assert (row.site, row.status) == (site, "collected")

    desk.post(at(row, "veranderen/"), form_at(desk, at(row, "veranderen/")) | {
        "causes": "Te veel regels.", "affected": "Wie weinig leest.", "proposals": "Kortere brieven.", "addressee": "Gemeente Hier",
    })  # fmt: skip
    for _time in range(2):
        desk.post(
            at(row, "stap-erbij/"), form_at(desk, at(row, "stap-erbij/")) | {"due_on": "2023-10-20" if _time else ""}
        )
    assert [one.status for one in row.steps.all()] == ["collected", "analysed", "raised"]
    asked = row.steps.last()
    assert (asked.addressee, str(asked.due_on)) == ("Gemeente Hier", "2023-10-20")

    odd = desk.post(f"{LIST}stap/{asked.pk}/antwoord/", form_at(desk, f"{LIST}stap/{asked.pk}/antwoord/") | {"answered_on": "2023-10-09", "answer": "Ja."})  # fmt: skip
    assert errors(odd).keys() == {"answered_on"}
    desk.post(f"{LIST}stap/{asked.pk}/antwoord/", form_at(desk, f"{LIST}stap/{asked.pk}/antwoord/") | {"answer": "Ja.", "status": "promised"})  # fmt: skip
    page = words(desk.get(at(row)))
    assert "Antwoord op 10 oktober 2023: Ja." in page
    assert "Toegezegd door Gemeente Hier" in page
    assert "Antwoord verwacht" not in page

    last = row.steps.last()
    assert f"/dossiers/stap/{last.pk}/terug/" in desk.get(f"{LIST}stap/{last.pk}/").content.decode()
    desk.post(f"{LIST}stap/{last.pk}/terug/")
    assert Dossier.objects.get().status == "raised"


def test_two_at_one_form_see_both_versions_and_two_steps_at_once_are_asked_about(desk, dossier):
    form = form_at(desk, at(dossier, "veranderen/"))
    step = form_at(desk, at(dossier, "stap-erbij/"))
    actions.change_dossier(dossier, by=None, causes="Wat de ander schreef.")
    actions.take_step(dossier, by=None, status="in_talks", day=TODAY)

    conflict = desk.post(at(dossier, "veranderen/"), form | {"causes": "Wat ik schreef."})
    assert conflict.status_code == 409
    assert "Wat de ander schreef." in words(conflict)
    desk.post(at(dossier, "veranderen/"), filled(read(conflict)))
    assert Dossier.objects.get().causes == "Wat ik schreef."

    asked = desk.post(at(dossier, "stap-erbij/"), step | {"text": "Gebeld."})
    assert "Iemand anders zette intussen een stap: in gesprek." in words(asked)
    assert filled(read(asked))["text"] == "Gebeld."
    desk.post(at(dossier, "stap-erbij/"), filled(read(asked)))
    assert [one.text for one in dossier.steps.all()][-2:] == ["", "Gebeld."]


def test_everybody_reads_published_steps_and_approved_sentences_only(site, desk, dossier):
    beside = make_site(partnership=site.partnership, slug="ernaast", status=SiteStatus.ACTIVE)
    make_dossier(make_site(slug="elders", status=SiteStatus.ACTIVE), title="Van elders")
    hidden = make_dossier(site, title="Nog van niemand")
    make_sentence(hidden, text="Deze zin wacht nog.")
    stranger = Client()
    assert "De brief blijft dicht." not in words(stranger.get("/hier/aangekaart/"))
    desk.post(at(dossier, "zin-erbij/"), {"text": "De brief blijft dicht."})
    assert not DossierSentence.objects.filter(dossier=dossier).exists()  # it was not said that everybody may
    desk.post(at(dossier, "zin-erbij/"), {"text": "De brief blijft dicht.", "approved": "on"})
    actions.take_step(dossier, by=None, status="in_talks", day=TODAY, text="Nog geheim.")

    for slug in ("hier", "ernaast"):
        page = words(stranger.get(f"/{slug}/aangekaart/"))
        assert "Brieven in gewone taal Aangekaart 10 september 2023 Aangekaart bij Gemeente Hier" in page
        assert "We vroegen kortere brieven." in page
        assert "De brief blijft dicht." in page
        for secret in (
            SECRET,
            "Nog geheim.",
            "In gesprek",
            "Nog van niemand",
            "Deze zin wacht nog.",
            "Van elders",
            "Open ’s avonds",
        ):
            assert secret not in page
    (asked,) = dossier.steps.filter(is_published=True)
    desk.post(f"{LIST}stap/{asked.pk}/website/", {"stand": "uit"})
    assert "Brieven" not in words(stranger.get("/ernaast/aangekaart/"))
    sentence = DossierSentence.objects.get(dossier=dossier)
    desk.post(f"{LIST}zin/{sentence.pk}/weg/")
    assert not DossierSentence.objects.filter(dossier=dossier).exists()
    assert beside.status == "active"


def test_in_french_the_page_is_french_and_what_nobody_translated_is_marked(site, dossier):
    page = read(Client().get("/fr/hier/aangekaart/"))

    assert "Ce que nous avons signalé" in page.one("h1").text
    marked = [node.text for node in page.all("bdi") if node.attributes.get("lang") == "nl"]
    assert {"Brieven in gewone taal", "Gemeente Hier", "We vroegen kortere brieven."} <= set(marked)
    desk = client_of(make_person(RoleKind.COORDINATOR, site=site))
    assert "Réponse en retard" in words(desk.get(f"/fr/dossiers/{dossier.pk}/"))


def test_desk_says_which_answer_is_late_until_it_is_there(site, desk, dossier):
    (step,) = dossier.steps.filter(is_published=True)

    page = desk.get("/beheer/hier/")

    line = (
        "Dossier “Brieven in gewone taal”: het antwoord van Gemeente Hier is te laat, het kwam niet op 9 oktober 2023."
    )
    assert line in words(page)
    assert f"/dossiers/stap/{step.pk}/antwoord/" in page.content.decode()
    actions.answer_step(step, by=None, answer="Ja.", answered_on=TODAY)
    assert "Dossier “" not in words(desk.get("/beheer/hier/"))


def test_who_gave_a_signal_reads_what_became_of_earlier_ones_whatever_it_was(site, dossier):
    worker, other = (client_of(make_worker(site, checks_people=one)) for one in (False, True))

    for client in (worker, other):
        page = client.post("/signalen/nieuw/", told(site))
        assert "Wat er van vroegere signalen werd Brieven in gewone taal Aangekaart bij Gemeente Hier" in words(page)
        assert "?" not in "".join(url for url in read(page).one("main").links().values() if "plek" not in url)
    assert give(worker, site)


@pytest.mark.once
def test_council_gets_it_on_paper_in_two_languages_with_what_was_published(site, desk, dossier):
    make_sentence(dossier, text="De brief blijft dicht.")
    actions.take_step(dossier, by=None, status="in_talks", day=TODAY, text="Nog geheim.")
    links = read(desk.get(at(dossier))).one("main").links()
    assert [links[name] for name in ("PDF, Nederlands", "PDF, Français")] == [
        at(dossier, "?pdf=1"),
        "/fr" + at(dossier, "?pdf=1"),
    ]

    for url, some in (
        (at(dossier, "?pdf=1"), ["Wat er misloopt", "Antwoord"]),
        ("/fr" + at(dossier, "?pdf=1"), ["Ce qui ne va pas"]),
    ):
        made = desk.get(url)
        assert made["Content-Type"] == "application/pdf"
        assert b"<pdfuaid:part>1</pdfuaid:part>" in made.content
        page = Pdf(made.content).words
        for there in (SECRET, "Gemeente Hier", "We vroegen kortere brieven.", "De brief blijft dicht.", *some[:1]):
            assert there in page
        assert "Nog geheim." not in page
    steering = client_of(make_role(RoleKind.STEERING, partnership=site.partnership).user)
    assert steering.get(at(dossier, "?pdf=1")).status_code == 403


def test_a_list_costs_the_same_with_one_dossier_and_with_many(site, desk):
    make_dossier(site)
    counts = []
    for _time in range(2):
        desk.get(LIST)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get(LIST)
        counts.append(len(queries))
        for _more in range(3):
            make_dossier_step(make_dossier(site, of_all=True))
    assert counts[0] == counts[1]
