"""The coordinator's table: accept, say it otherwise, refuse, add to another. Nothing of it in a log."""

from __future__ import annotations

import pytest
from django.core import mail

from signals.actions import moderation
from signals.enums import Reason
from signals.models import Refused, Signal
from sites.enums import RoleKind
from sites.models import ChangeLog
from tests.desk import client_of, errors, words
from tests.factories.signals import make_signal, make_worker, theme
from tests.factories.sites import make_role, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T10:00+02:00", tick=False)


@pytest.fixture
def site():
    return make_site()


@pytest.fixture
def desk(site):
    return client_of(make_role(RoleKind.COORDINATOR, site=site).user)


def at(site, row=None, tail="") -> str:
    return f"/beheer/{site.slug}/signalen/" + (f"{row.pk}/{tail}" if row else "")


def test_what_waits_is_listed_and_told_on_the_desk(site, desk):
    make_signal(site, state="opened", text="De bus rijdt niet meer.", was_asked=True)
    make_signal(make_site(), state="opened", text="Elders.")

    page = words(desk.get(at(site)))

    assert "De bus rijdt niet meer." in page
    assert "Kijk na of hier iemand te herkennen is" in page
    assert "Elders." not in page
    assert "1 signaal wacht op jou." in words(desk.get(f"/beheer/{site.slug}/"))
    administrator = client_of(make_role(RoleKind.ADMINISTRATOR).user)
    assert "signaal wacht" not in words(administrator.get(f"/beheer/{site.slug}/"))


def test_accepted_is_read_by_workers_from_then_on(site, desk):
    row = make_signal(site, state="opened", text="De bus rijdt niet meer.", was_asked=True)
    worker = client_of(make_worker(site))
    assert "De bus" not in words(worker.get("/signalen/"))

    response = desk.post(at(site, row))

    assert response["Location"] == at(site)
    assert "De bus rijdt niet meer." in words(worker.get("/signalen/"))
    row.refresh_from_db()
    assert (row.state, row.was_asked) == ("accepted", False)


def test_said_otherwise_is_accepted_and_the_former_words_are_in_no_row(site, desk):
    row = make_signal(
        site, state="opened", text="De mevrouw met de hond.", service="bij de kerk", idea="x", was_asked=True
    )

    desk.post(
        at(site, row, "herschrijven/"),
        {"theme": theme("debts").pk, "text": "Mensen openen hun brieven niet.", "barrier": "shame"},
    )

    row.refresh_from_db()
    assert (row.text, row.service, row.idea, row.theme.code, row.barrier, row.state) == (
        "Mensen openen hun brieven niet.", "", "", "debts", "shame", "accepted",
    )  # fmt: skip
    assert not row.was_asked


def test_what_points_at_somebody_cannot_be_kept_by_a_coordinator_either(site, desk):
    row = make_signal(site, state="opened", text="Oud.")

    response = desk.post(at(site, row, "herschrijven/"), {"theme": row.theme_id, "text": "Bel 0470 12 34 56."})

    assert errors(response).keys() == {"text"}
    row.refresh_from_db()
    assert row.text == "Oud."


def test_accepted_ones_are_said_otherwise_too_when_a_name_is_found_later(site, desk):
    row = make_signal(site, text="Oud.")
    assert at(site, row) in desk.get(f"/signalen/{row.pk}/").content.decode()

    desk.post(at(site, row, "herschrijven/"), {"theme": row.theme_id, "text": "Nieuw."})

    row.refresh_from_db()
    assert (row.text, row.state) == ("Nieuw.", "accepted")


def test_refused_leaves_a_reason_and_nothing_else(site, desk):
    row = make_signal(site, state="opened", text="Iets over één persoon.", theme=theme("debts"))

    desk.post(at(site, row, "weigeren/"), {"reason": Reason.PERSON})

    assert not Signal.objects.exists()
    assert Refused.objects.values_list("site", "theme__code", "reason", "year", "week").get() == (
        site.pk, "debts", "person", 2023, 41,
    )  # fmt: skip
    page = words(client_of(make_worker(site)).get("/signalen/"))
    assert "Facturen en schulden · oktober 2023" in page
    assert "Vertel wat er misloopt, zonder wie." in page
    assert "Iets over" not in page


def test_reason_is_one_of_a_few_and_never_words_of_ones_own(site, desk):
    row = make_signal(site, state="opened")

    for data in ({}, {"reason": "Jan zei het"}):
        assert errors(desk.post(at(site, row, "weigeren/"), data)).keys() == {"reason"}
    assert Signal.objects.filter(pk=row.pk).exists()


def test_merged_counts_with_its_own_week_and_the_other_keeps_its_words(site, desk):
    kept = make_signal(site, text="De wachtlijst is te lang.", week=30, theme=theme("housing"), marks="aa bb")
    row = make_signal(
        site,
        text="Je wacht te lang op de wachtlijst.",
        state="opened",
        week=40,
        theme=theme("energy"),
        service="x",
        idea="y",
        marks="bb cc",
    )
    assert "De wachtlijst is te lang." in words(desk.get(at(site, row)))

    desk.post(at(site, row, "samenvoegen/"), {"met": str(kept.pk)})

    row.refresh_from_db()
    kept.refresh_from_db()
    assert (row.merged_into, row.text, row.service, row.idea, row.marks) == (kept, "", "", "", "")
    assert (row.state, row.week, row.theme.code) == ("accepted", 40, "housing")
    assert (kept.text, kept.week, kept.marks) == ("De wachtlijst is te lang.", 30, "aa bb cc")
    assert "2 keer verteld" in words(client_of(make_worker(site)).get("/signalen/"))


def test_what_had_others_takes_them_along(site):
    first, second = make_signal(site), make_signal(site)
    make_signal(site, text="", merged_into=first)

    moderation.merge(first, into=second)

    assert second.others.count() == 2
    assert not first.others.exists()


@pytest.mark.parametrize("case", ["itself", "another site", "waiting", "merged", "gone", "nothing", "rubbish"])
def test_merging_into_what_cannot_be_is_refused_in_words(site, desk, case):
    row, other = make_signal(site, state="opened", text="Blijft."), make_signal(site)
    into = {
        "itself": lambda: row.pk,
        "another site": lambda: make_signal(make_site()).pk,
        "waiting": lambda: make_signal(site, state="opened").pk,
        "merged": lambda: make_signal(site, text="", merged_into=other).pk,
        "gone": lambda: "00000000-0000-4000-8000-000000000000",
        "nothing": lambda: "",
        "rubbish": lambda: "x'--",
    }[case]()

    page = desk.post(at(site, row, "samenvoegen/"), {"met": str(into)}, follow=True)

    assert "is-error" in page.content.decode()
    row.refresh_from_db()
    assert (row.text, row.merged_into) == ("Blijft.", None)


def test_one_with_others_is_not_refused(site, desk):
    row = make_signal(site)
    make_signal(site, text="", merged_into=row)

    response = desk.post(at(site, row, "weigeren/"), {"reason": Reason.PERSON})

    assert "Bij dit signaal zijn andere gevoegd." in words(response)
    assert Signal.objects.count() == 2


def test_what_somebody_else_decided_meanwhile_is_said(site):
    row = make_signal(site, state="opened")
    stale = Signal.objects.get(pk=row.pk)
    moderation.refuse(row, reason=Reason.UNCLEAR)

    with pytest.raises(moderation.ValidationError, match="Iemand anders besliste dit al"):
        moderation.accept(stale)


def test_no_verb_leaves_a_line_or_a_letter(site, desk):
    rows = [make_signal(site, state="opened") for _ in range(4)]
    kept = make_signal(site)
    changes = ChangeLog.objects.count()

    desk.post(at(site, rows[0]))
    desk.post(at(site, rows[1], "herschrijven/"), {"theme": rows[1].theme_id, "text": "Anders."})
    desk.post(at(site, rows[2], "weigeren/"), {"reason": Reason.UNCLEAR})
    desk.post(at(site, rows[3], "samenvoegen/"), {"met": str(kept.pk)})

    assert (ChangeLog.objects.count(), mail.outbox) == (changes, [])
    assert not Signal.objects.waiting().exists()


def test_list_of_what_waits_costs_as_many_queries_for_one_as_for_twenty(site, desk, django_assert_num_queries):
    make_signal(site, state="opened")
    desk.get(at(site))
    with django_assert_num_queries(5):
        desk.get(at(site))
    for _ in range(20):
        make_signal(site, state="opened", theme=theme("energy"))
    with django_assert_num_queries(5):
        desk.get(at(site))
