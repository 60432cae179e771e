"""Ideas of visitors: cards are typed in once, each gets an answer, and an activity comes of some."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from activities.actions.ideas import (
    MOST,
    accept_idea,
    add_cards,
    answer_idea,
    becomes,
    cards_of,
    change_table,
    drop_idea,
    give_idea,
    hold_table,
)
from activities.enums import IdeaStatus
from activities.idea_board import board, public_board
from activities.models import Idea, IdeaTable
from sites.models import ChangeLog, Site
from sites.seen import Overtaken
from tests.factories.activities import make_activity, make_idea, make_idea_table, make_series
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db

ASKED = {"question_1": "Wat?", "question_2": "Wanneer?", "question_3": "", "question_4": "", "people": None}


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


@pytest.fixture
def site():
    return make_site(slug="hier", name="Hier")


def test_table_is_held_once_a_day(site):
    day = dt.date(2023, 10, 3)
    first = hold_table(site, by=None, day=day, **ASKED)

    assert hold_table(site, by=None, day=day, **ASKED) == first
    with pytest.raises(ValidationError) as refusal:
        hold_table(site, by=None, day=day, **ASKED | {"question_1": "Anders?"})
    assert set(refusal.value.message_dict) == {"day"}
    assert IdeaTable.objects.count() == 1


def test_cards_lie_at_their_question_and_each_once(site):
    table = make_idea_table(site)

    numbers = [
        add_cards(table, cards, by=None)
        for cards in ({1: ["Koken", "Naaien", "Koken"], 2: ["Koken"]}, {1: ["Koken", "Zingen"]}, {4: ["Geen vraag"]})
    ]

    assert numbers == [3, 1, 0]
    assert sorted(Idea.objects.values_list("question", "text")) == [
        (1, "Koken"), (1, "Naaien"), (1, "Zingen"), (2, "Koken"),
    ]  # fmt: skip
    assert "Zingen" not in str(list(ChangeLog.objects.values_list("changes", flat=True)))


def test_one_card_a_line_without_its_dash():
    assert cards_of(" - Koken\n\n• Naaien \n–Zingen\n") == ["Koken", "Naaien", "Zingen"]


def test_question_that_has_cards_stays_a_question(site):
    table = make_idea_table(site)
    add_cards(table, {2: ["Dinsdag"]}, by=None)

    with pytest.raises(ValidationError) as refusal:
        change_table(table, by=None, day=table.day, **ASKED | {"question_2": ""})
    changed = change_table(table, by=None, day=table.day, **ASKED | {"question_2": "Op welke dag?"})

    assert set(refusal.value.message_dict) == {"question_2"}
    assert changed.questions == {1: "Wat?", 2: "Op welke dag?"}


def test_idea_from_the_box_waits_has_no_day_and_is_public_once_accepted(site):
    version = Site.objects.get(pk=site.pk).schedule_version
    idea = give_idea(site, "Zwemmen", language="fr")
    again = give_idea(site, "Zwemmen", language="fr")

    assert (idea, idea.since, idea.language, public_board(site)) == (again, dt.date(2023, 10, 1), "fr", [])
    accept_idea(idea, by=None)
    accept_idea(idea, by=None)
    assert [(group.code, group.ideas) for group in public_board(site)] == [("proposed", [idea])]
    assert Site.objects.get(pk=site.pk).schedule_version == version + 1


def test_full_box_takes_no_more(site):
    Idea.objects.bulk_create(
        Idea(site=site, text=f"Idee {number}", since=dt.date(2023, 10, 1), status=IdeaStatus.WAITING)
        for number in range(MOST)
    )

    with pytest.raises(ValidationError):
        give_idea(site, "Nog een", language="nl")
    give_idea(make_site(), "Elders", language="nl")


def test_what_cannot_be_says_why_and_what_can_says_nothing(site):
    idea = make_idea(site)

    with pytest.raises(ValidationError) as refusal:
        answer_idea(idea, by=None, status=IdeaStatus.IMPOSSIBLE, why="")
    assert set(refusal.value.message_dict) == {"why"}
    answer_idea(idea, by=None, status=IdeaStatus.IMPOSSIBLE, why="Te duur")
    assert answer_idea(idea, by=None, status=IdeaStatus.CHOSEN, why="Te duur").why == ""
    with pytest.raises(Overtaken):
        answer_idea(idea, by=None, seen="vroeger", status=IdeaStatus.DONE, why="")


def test_idea_is_done_once_people_can_come_to_what_became_of_it(site):
    idea, activity = make_idea(site), make_activity(site)
    series = make_series(activity, is_published=False)
    becomes(idea, activity, by=None)

    def code() -> list[str]:
        return [group.code for group in public_board(site)]

    draft = code()
    series.is_published = True
    series.save()
    there = code()
    series.is_undone = True
    series.save()

    assert (draft, there, code()) == (["chosen"], ["done"], ["chosen"])


def test_what_was_done_stands_first_and_most_wanted_before_others(site):
    few, many = make_idea(site, votes=1), make_idea(site, votes=9)
    done = make_idea(site, status=IdeaStatus.DONE)
    make_idea(site, status=IdeaStatus.WAITING)
    make_idea(make_site())

    assert [(group.code, group.ideas) for group in board(Idea.objects.at(site).with_outcome())] == [
        ("done", [done]), ("proposed", [many, few]),
    ]  # fmt: skip


def test_dropped_idea_leaves_no_words(site):
    idea = make_idea(site, text="Iets van iemand")

    drop_idea(idea, by=None)
    drop_idea(idea, by=None)

    assert not Idea.objects.exists()
    assert "iemand" not in str(list(ChangeLog.objects.values_list("changes", "reason")))


def test_cards_are_of_the_month_of_their_table_also_when_its_day_is_put_right(site):
    table = hold_table(site, by=None, day=dt.date(2023, 10, 31), **ASKED)
    add_cards(table, {1: ["Koken"]}, by=None)

    change_table(table, by=None, day=dt.date(2023, 11, 1), **ASKED)

    assert Idea.objects.get().since == dt.date(2023, 11, 1)
