"""A dossier goes its way: what may come after what, on which day, by whom, and what is left when two people are at it."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError

from signals.actions import dossiers as actions
from signals.dossier_rules import can_work_on, is_late, is_owed, where_to_begin
from signals.dossier_words import lines_of
from signals.enums import Status
from signals.models import Dossier, DossierSentence, DossierStep
from sites.enums import RoleKind
from sites.models import ChangeLog, Site
from sites.seen import Overtaken
from tests.factories.signals import make_dossier, make_dossier_step, make_signal, make_worker
from tests.factories.sites import make_person, make_role, make_site

pytestmark = pytest.mark.django_db
TODAY = dt.date(2023, 10, 10)
WORDS = {"title": "Brieven", "problem": "Niemand begrijpt de brieven."}


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T10:00+02:00", tick=False)
    return time_machine


@pytest.fixture
def site():
    return make_site()


@pytest.fixture
def mira(site):
    return make_person(RoleKind.COORDINATOR, site=site)


def step(dossier, status, day=TODAY, **words):
    return actions.take_step(dossier, by=None, status=status, day=day, **words)


def refused(do) -> dict:
    with pytest.raises(ValidationError) as refusal:
        do()
    return refusal.value.message_dict if hasattr(refusal.value, "error_dict") else {"": refusal.value.messages}


def fields_refused(do) -> list[str]:
    try:
        do()
    except ValidationError as refusal:
        return [*refusal.message_dict]
    return []


def states(dossier) -> list[str]:
    return [one.status for one in DossierStep.objects.filter(dossier=dossier)]


def test_dossier_begins_with_a_first_step_of_today_and_once(site, mira):
    key = uuid.uuid4()

    rows = [actions.begin_dossier(site.partnership, site, by=mira, key=key, **WORDS) for _time in range(2)]

    assert rows[0] == rows[1]
    assert list(Dossier.objects.values_list("pk", "status")) == [(key, "collected")]
    assert list(DossierStep.objects.values_list("position", "status", "day")) == [(1, "collected", TODAY)]


@pytest.mark.parametrize(
    ("status", "may_follow"),
    [
        ("collected", {"collected", "analysed"}),
        ("analysed", {"analysed", "raised"}),
        ("raised", {"raised", "in_talks", "promised", "solved", "refused"}),
        ("promised", {"raised", "in_talks", "promised", "solved", "refused"}),
        ("refused", {"refused", "raised"}),
        ("solved", {"solved", "raised"}),
    ],
)
def test_what_may_come_after_what(site, status, may_follow):
    found = set()
    for one in Status.values:
        dossier = make_dossier(site, status=status)
        wrong = fields_refused(lambda row=dossier, to=one: step(row, to))
        assert wrong in ([], ["status"])
        came = [status] if wrong else [status, one]
        assert (states(dossier), Dossier.objects.get(pk=dossier.pk).status) == (came, came[-1])
        found |= {one} if not wrong else set()

    assert found == may_follow


def test_dossier_is_raised_when_it_says_what_is_asked_of_whom(site):
    dossier = make_dossier(site, status="analysed", proposals="", addressee="")

    assert refused(lambda: step(dossier, "raised")) == {
        "status": ["Vul eerst in het dossier in: wat we voorstellen, aan wie."]
    }
    actions.change_dossier(dossier, by=None, proposals="Open ’s avonds.", addressee="Gemeente Voorbeeld")
    assert step(dossier, "raised").addressee == "Gemeente Voorbeeld"

    above = refused(lambda: actions.change_dossier(dossier, by=None, proposals=""))
    assert above == {"": ["Het dossier is al verder. Vul eerst in het dossier in: wat we voorstellen."]}
    assert Dossier.objects.get().proposals == "Open ’s avonds."


def test_days_do_not_run_backwards_nor_ahead(site):
    dossier = make_dossier(site, status="raised")
    first = dossier.steps.get()
    tomorrow, before = TODAY + dt.timedelta(days=1), TODAY - dt.timedelta(days=9)

    assert refused(lambda: step(dossier, "in_talks", tomorrow)).keys() == {"day"}
    assert refused(lambda: step(dossier, "in_talks", before)).keys() == {"day"}
    actions.change_step(first, by=None, day=before - dt.timedelta(days=1))
    second = step(dossier, "in_talks", before)

    assert refused(lambda: actions.change_step(first, by=None, day=TODAY)).keys() == {"day"}
    assert refused(lambda: actions.change_step(second, by=None, due_on=before - dt.timedelta(days=1))).keys() == {
        "due_on"
    }
    assert refused(lambda: actions.change_step(second, by=None, effect="een loket")).keys() == {"answer"}


def test_the_same_form_twice_is_one_step_and_two_people_see_each_other(site):
    dossier = make_dossier(site, status="raised")
    key = uuid.uuid4()

    for _time in range(2):
        step(dossier, "in_talks", key=key, after=1)
    above = refused(lambda: step(dossier, "promised", key=uuid.uuid4(), after=1))

    assert above == {"": ["Iemand anders zette intussen een stap: in gesprek. Kijk na of de jouwe er nog bij moet."]}
    assert states(dossier) == ["raised", "in_talks"]
    step(dossier, "promised", key=uuid.uuid4(), after=2)
    assert states(dossier) == ["raised", "in_talks", "promised"]


def test_answer_stands_with_its_step_and_takes_the_dossier_further(site):
    dossier = make_dossier(site, status="analysed")
    asked = step(dossier, "raised", due_on=TODAY)

    for _time in range(2):
        actions.answer_step(asked, by=None, answer="Ja.", answered_on=TODAY, effect="Vijf brieven.", status="promised")

    asked.refresh_from_db()
    assert (asked.answer, asked.answered_on, asked.effect) == ("Ja.", TODAY, "Vijf brieven.")
    assert states(dossier) == ["analysed", "raised", "promised"]
    assert DossierStep.objects.last().addressee == "Gemeente Voorbeeld"
    assert refused(lambda: actions.answer_step(asked, by=None, answer="x", answered_on=dt.date(2023, 10, 11))).keys() == {"answered_on"}  # fmt: skip


@pytest.mark.parametrize(
    ("status", "due", "answer", "late"),
    [
        ("raised", dt.date(2023, 10, 9), "", True),
        ("raised", TODAY, "", False),
        ("raised", None, "", False),
        ("raised", dt.date(2023, 10, 9), "Ja.", False),
        ("refused", dt.date(2023, 10, 9), "", False),
    ],
)
def test_answer_is_late_the_day_after_as_long_as_the_dossier_runs(status, due, answer, late):
    dossier = Dossier(status=status)

    assert is_late(DossierStep(due_on=due, answer=answer), dossier, TODAY) is late


def test_only_the_newest_step_is_taken_back_and_never_the_first(site):
    dossier = make_dossier(site, status="analysed")
    first, second = dossier.steps.get(), step(dossier, "raised")

    assert refused(lambda: actions.drop_step(first, by=None)).keys() == {""}
    actions.drop_step(second, by=None)

    assert (states(dossier), Dossier.objects.get().status) == (["analysed"], "analysed")
    assert refused(lambda: actions.drop_step(second, by=None)) == {
        "": ["Deze stap is er niet meer. Iemand anders nam hem terug."]
    }


def test_two_at_one_dossier_or_step_lose_nothing(site):
    dossier = make_dossier(site)

    for change, row in ((actions.change_dossier, dossier), (actions.change_step, dossier.steps.get())):
        with pytest.raises(Overtaken):
            change(row, by=None, seen="iets anders", addressee="Iemand anders")
    assert Dossier.objects.get().addressee == "Gemeente Voorbeeld"


def test_history_says_who_did_what_and_keeps_no_words(site, mira):
    dossier = actions.begin_dossier(site.partnership, None, by=mira, **WORDS)
    actions.change_dossier(dossier, by=mira, problem="Iets van Fatima.")
    taken = actions.take_step(dossier, by=mira, status="collected", day=TODAY, text="Iets van Fatima.")
    actions.publish_step(taken, by=mira, is_published=True)
    actions.publish_step(taken, by=mira, is_published=True)
    actions.add_sentence(dossier, by=mira, text="De deur is dicht.")

    rows = ChangeLog.objects.order_by("pk")
    assert [row.verb for row in rows] == [
        "begin_dossier",
        "change_dossier",
        "take_step",
        "publish_step",
        "add_sentence",
    ]
    assert {(row.by, row.site, row.partnership) for row in rows} == {(mira, None, site.partnership)}
    assert not [row for row in rows if "Fatima" in str(row.changes) or "deur" in str(row.changes)]


def test_sentence_in_somebodys_own_words_is_refused_as_far_as_its_writer_reads_them(site, mira):
    other = make_site(partnership=site.partnership)
    told = "Bij het loket word ik al een jaar van de ene dienst naar de andere gestuurd."
    make_signal(site, text=told)
    make_signal(other, text="De bus komt op zondag nooit meer voorbij het dorp gereden.")
    make_signal(site, text="Er is geen betaalbare woning voor wie alleen woont.")
    dossier = make_dossier(site)

    nearly = told.replace("al een jaar", "een jaar").upper()
    assert refused(lambda: actions.add_sentence(dossier, by=mira, text=nearly)).keys() == {"text"}
    actions.add_sentence(dossier, by=mira, text="De bus komt op zondag nooit meer voorbij het dorp gereden.")
    for _time in range(2):
        actions.add_sentence(dossier, by=mira, text="Iedereen zegt dat ik ergens anders moet zijn.")

    assert DossierSentence.objects.count() == 2
    actions.drop_sentence(DossierSentence.objects.first(), by=mira)
    assert DossierSentence.objects.count() == 1


def test_who_works_on_it_and_where_somebody_may_begin_one(site, mira):
    beside, elsewhere = make_site(partnership=site.partnership, name="Zij"), make_site()
    own, of_all, theirs = make_dossier(site), make_dossier(site, of_all=True), make_dossier(beside)
    zita = make_person(RoleKind.COORDINATOR, site=beside)
    others = [make_worker(site), make_role(RoleKind.STEERING, partnership=site.partnership).user,
        make_person(RoleKind.COORDINATOR, site=elsewhere), make_role(RoleKind.ADMINISTRATOR).user]  # fmt: skip

    assert [can_work_on(mira, one) for one in (own, of_all, theirs)] == [True, True, False]
    assert [can_work_on(zita, one) for one in (own, of_all, theirs)] == [False, True, True]
    assert [can_work_on(user, of_all) for user in others] == [False] * 4
    assert where_to_begin(mira) == [(site.partnership, site), (site.partnership, None)]
    assert where_to_begin(make_person(RoleKind.COORDINATOR, site=elsewhere)) == [(elsewhere.partnership, elsewhere)]


def test_late_step_of_another_dossier_says_nothing_of_this_one(site):
    dossier = make_dossier(site)
    make_dossier_step(make_dossier(site), due_on=TODAY)

    assert list(DossierStep.objects.owed().filter(dossier=dossier)) == []


@pytest.mark.parametrize("ending", [Status.SOLVED, Status.REFUSED])
def test_what_was_asked_before_it_was_over_is_not_owed_when_it_is_raised_elsewhere(site, ending):
    dossier = make_dossier(site, status=Status.ANALYSED)
    due = TODAY - dt.timedelta(days=1)
    first = make_dossier_step(dossier, status=Status.RAISED, due_on=due, day=due, is_published=True)
    make_dossier_step(dossier, status=ending, due_on=TODAY)
    again = make_dossier_step(dossier, status=Status.RAISED, addressee="Elders", due_on=TODAY, is_published=True)
    both = make_dossier_step(dossier, status=Status.IN_TALKS, due_on=TODAY)

    assert [one for one in dossier.steps.all() if is_owed(one, dossier)] == [again, both]
    assert list(DossierStep.objects.owed()) == [again, both]
    (line,) = lines_of(Dossier.objects.with_steps(), published_only=True)
    assert [one.due for one in line.steps] == ["", "Antwoord verwacht op 10 oktober 2023."]
    assert (line.is_late, is_late(first, dossier, TODAY)) == (False, False)


def test_what_everybody_reads_is_made_anew_when_a_step_ends_the_waiting(site):
    dossier = make_dossier(site, status=Status.RAISED)
    dossier.steps.update(is_published=True, published_on=TODAY, due_on=TODAY)
    before = Site.objects.get().schedule_version

    step(dossier, Status.SOLVED)

    assert Site.objects.get().schedule_version > before
