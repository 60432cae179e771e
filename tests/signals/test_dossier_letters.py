"""Letters of this room: an answer that is late, once; and after an activity, to everybody who worked at it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from activities.actions.counts import keep_count
from activities.actions.occurrence import cancel
from activities.count_rules import Count
from signals.actions import dossiers as actions
from signals.after_letters import offer_after
from signals.dossier_letters import remind_of_answers
from sites.enums import RoleKind
from stek.outbox.models import Delivery
from stek.outbox.sending import send_due
from tests.desk import client_of
from tests.factories.partners import make_organisation
from tests.factories.signals import give, make_dossier, make_dossier_step, make_worker
from tests.factories.sites import make_person, make_site
from tests.offer import date_of, offer

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]
DUE = dt.date(2023, 10, 10)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T10:00+02:00", tick=False)
    return time_machine


@pytest.fixture
def site():
    return make_site(name="Hier", slug="hier")


def sent_at(clock, moment: str, write) -> list:
    clock.move_to(moment, tick=False)
    mail.outbox.clear()
    write()
    write()
    send_due()
    return list(mail.outbox)


def test_late_answer_is_told_once_to_who_carries_it_also_by_a_worker_that_was_down(site, clock):
    beside = make_site(partnership=site.partnership)
    mira, zita = (make_person(RoleKind.COORDINATOR, site=one) for one in (site, beside))
    make_worker(site)
    own, of_all = make_dossier(site, title="Brieven"), make_dossier(site, of_all=True, title="De bus")
    step = make_dossier_step(own, due_on=DUE, addressee="Gemeente Hier")
    make_dossier_step(of_all, due_on=dt.date(2023, 10, 30))

    assert sent_at(clock, "2023-10-10T23:00+02:00", remind_of_answers) == []
    (letter,) = sent_at(clock, "2023-10-14T09:00+02:00", remind_of_answers)  # days later
    assert letter.to == [mira.email]
    assert letter.subject == "Nog geen antwoord: Brieven"
    assert "verwachtten we een antwoord op 10 oktober 2023" in letter.body
    assert f"/dossiers/stap/{step.pk}/antwoord/" in letter.body
    assert sent_at(clock, "2023-10-16T09:00+02:00", remind_of_answers) == []
    both = sent_at(clock, "2023-10-31T09:00+01:00", remind_of_answers)
    assert sorted(one.to[0] for one in both) == sorted([mira.email, zita.email])

    actions.change_step(step, by=None, due_on=dt.date(2023, 11, 10))
    assert [one.to for one in sent_at(clock, "2023-11-11T09:00+01:00", remind_of_answers)] == [[mira.email]]


def test_answer_that_came_before_the_letter_left_is_not_asked_for(site, clock):
    mira = make_person(
        RoleKind.COORDINATOR,
        site=site,
    )
    mira.language = "fr"
    mira.save()
    dossier = make_dossier(site)
    step = make_dossier_step(dossier, due_on=DUE)
    clock.move_to("2023-10-11T02:00+02:00", tick=False)
    assert remind_of_answers() == 1  # at night it waits
    actions.answer_step(step, by=None, answer="Ja.", answered_on=DUE)

    assert sent_at(clock, "2023-10-11T09:00+02:00", remind_of_answers) == []
    late = make_dossier_step(dossier, due_on=DUE, day=DUE)
    (letter,) = sent_at(clock, "2023-10-11T09:10+02:00", remind_of_answers)
    assert letter.subject.startswith("Toujours pas de réponse")
    assert f"/fr/dossiers/stap/{late.pk}/antwoord/" in letter.body


@pytest.fixture
def caw():
    return make_organisation(name="CAW", has_control_function=False)


def test_after_the_last_of_the_day_everybody_who_worked_at_it_gets_the_same_letter(site, caw, clock):
    other = make_organisation(name="Ligo", has_control_function=True)
    morning = offer(site, "Koffie", weekday=1, begin=dt.time(9), end=dt.time(11), organisers=[caw])
    offer(site, "Formulieren", weekday=1, begin=dt.time(13), end=dt.time(16), organisers=[caw])
    offer(site, "Lezen", weekday=1, begin=dt.time(9), end=dt.time(11), organisers=[other])
    noor, wout = make_worker(site, organisation=caw), make_worker(site, organisation=other)
    sam = make_worker(site, organisation=caw)
    make_worker(make_site(), organisation=caw)  # works for it elsewhere
    make_person(RoleKind.COORDINATOR, site=site)

    (early,) = sent_at(clock, "2023-10-10T11:10+02:00", offer_after)
    assert early.to == [wout.email]
    assert "Lezen" in early.body
    assert give(client_of(noor), site)  # who gives one and who does not get the same
    keep_count(date_of(morning, "2023-10-10"), Count(people=14), by=None, key="x")
    letters = sent_at(clock, "2023-10-10T16:10+02:00", offer_after)
    assert sorted(letter.to[0] for letter in letters) == sorted([noor.email, sam.email])
    bodies = {letter.body.split("Geen berichten")[0].split("/berichten/stop/")[0] for letter in letters}
    assert len(bodies) == 1
    (body,) = bodies
    assert "Geteld: 14 mensen." in body
    assert body.count("/mijn/tellen/") == 1
    assert "/signalen/nieuw/?plek=hier" in body
    assert sent_at(clock, "2023-10-10T20:00+02:00", offer_after) == []
    assert not Delivery.objects.exclude(facts={}).exists()


def test_what_was_called_off_or_is_long_past_is_not_asked_about(site, caw, clock):
    series = offer(site, "Koffie", weekday=1, begin=dt.time(13), end=dt.time(16), organisers=[caw])
    make_worker(site, organisation=caw)

    cancel(date_of(series, "2023-10-10"), by=None)
    assert sent_at(clock, "2023-10-10T17:00+02:00", offer_after) == []
    assert (
        sent_at(clock, "2023-10-20T10:00+02:00", offer_after) == []
    )  # the one of the 17th: a worker that was down for days
    (next_day,) = sent_at(clock, "2023-10-25T09:00+02:00", offer_after)
    assert "dinsdag 24 oktober" in next_day.subject
