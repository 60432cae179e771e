"""`/beheer/berichten/`: which kind, when, to whom and what became of it; whose site it is decides, and no text is ever there."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from sites.enums import RoleKind
from sites.messages import PAGE
from sites.models import ChangeLog, Site
from stek.outbox.enums import Reason, State
from stek.outbox.models import Delivery
from stek.time import now
from tests.desk import at_desk, client_of, words
from tests.factories.outbox import make_delivery
from tests.factories.sites import make_person, make_role, make_site, make_user
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.by_worker]

ENDS = "sites/key_ends"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


@pytest.fixture
def here() -> Site:
    return make_site(name="'t Kattegat")


@pytest.fixture
def there() -> Site:
    return make_site(name="Elders")


def volunteer(site: Site, name: str):
    return make_role(
        RoleKind.VOLUNTEER, site=site, user=make_user(name=name, email=f"{name.lower()}.{site.pk}@example.org")
    ).user


def lines(response) -> list[str]:
    return [" ".join(item.text.split()) for item in read(response).one("main").all("li") if item.all("h2")]


def test_a_coordinator_reads_kind_day_and_name_of_the_own_site_only(here, there):
    failed = {"state": State.FAILED, "reason": Reason.REFUSED, "settled_at": now()}
    make_delivery(here, user=volunteer(here, "Mira"), kind=ENDS, facts={"words": "geheim"}, **failed)
    make_delivery(there, user=volunteer(there, "Jef"), kind=ENDS, **failed)
    client = at_desk(here)

    for path in (f"/beheer/{here.slug}/berichten/", "/beheer/berichten/"):
        (line,) = lines(client.get(path))
        assert line.startswith("Je sleutel eindigt aan Mira · 10 oktober 2023, 9.00")
        assert "niet gelukt De mailserver weigert dit adres of dit bericht." in line
    assert "Jef" not in words(client.get("/beheer/berichten/"))
    assert client.get(f"/beheer/{there.slug}/berichten/").status_code == 404


def test_an_administrator_reads_those_of_every_site_and_of_none(here, there):
    for site in (here, there, None):
        make_delivery(site, kind=ENDS)
    client = client_of(make_person(RoleKind.ADMINISTRATOR))

    assert len(lines(client.get("/beheer/berichten/"))) == 3
    assert len(lines(client.get(f"/beheer/{here.slug}/berichten/"))) == 1


def test_who_may_not_be_known_by_name_is_somebody_and_an_address_is_never_shown(here):
    make_delivery(here, user=make_user(name="Geheime Naam", email="geheim@example.org"), kind=ENDS)
    make_delivery(here, address="gast@example.org", kind="partners/invitation")
    make_delivery(here, user=volunteer(here, ""), kind=ENDS)

    response = at_desk(here).get(f"/beheer/{here.slug}/berichten/")

    assert [line.split(" · ")[0] for line in lines(response)] == [
        "Je sleutel eindigt aan iemand zonder naam",
        "Een uitnodiging aan wie nog geen account heeft",
        "Je sleutel eindigt aan iemand",
    ]
    assert b"@example.org" not in response.content
    assert "Geheime" not in words(response)


def test_states_are_counted_and_filtered(here, there):
    for state, number in ((State.SENT, 3), (State.FAILED, 1), (State.UNCERTAIN, 1), (State.WAITING, 2)):
        for _row in range(number):
            make_delivery(here, state=state)
            make_delivery(there, state=state)
    client = at_desk(here)
    path = f"/beheer/{here.slug}/berichten/"

    pills = [link for link in read(client.get(path)).one("main").links().values() if "toestand" in link]
    text = words(client.get(path))
    for pill in ("Vraagt aandacht (2)", "Wacht nog (2)", "Verstuurd (3)", "Niet meer nodig (0)"):
        assert pill in text
    assert [len(lines(client.get(path + pill))) for pill in pills] == [2, 2, 3, 0]
    assert [client.get(f"{path}?toestand=x").status_code, client.get(f"{path}?voor=-1").status_code] == [404, 404]


def test_many_are_read_page_by_page_with_as_many_queries_as_few(here, django_assert_num_queries):
    client = at_desk(here)
    path = f"/beheer/{here.slug}/berichten/"
    make_delivery(here)
    client.get(path)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for _row in range(PAGE):
        make_delivery(here, user=volunteer(here, "Ana") if not _row else None)

    with django_assert_num_queries(len(few)):
        first = client.get(path)
    older = [link for link in read(first).one("main").links().values() if "voor=" in link]
    assert (len(lines(first)), [len(lines(client.get(path + link))) for link in older]) == (PAGE, [1])


# --- again


@pytest.mark.parametrize("state", [State.FAILED, State.UNCERTAIN])
def test_what_needs_a_decision_is_sent_again_after_a_question(here, state):
    row = make_delivery(
        here, user=volunteer(here, "Mira"), kind="sites/access_changed", facts={"what": "new_codes"}, state=state
    )
    client = at_desk(here)
    path = f"/beheer/{here.slug}/berichten/{row.pk}/"
    assert f'href="{path}"' in client.get(f"/beheer/{here.slug}/berichten/").content.decode()

    question = client.get(path)
    assert ("Misschien kwam het toch aan." in words(question)) is (state == State.UNCERTAIN)
    row.refresh_from_db()
    assert row.state == state
    answer = client.post(path)

    assert answer["Location"] == f"/beheer/{here.slug}/berichten/"
    from stek.outbox.sending import send_due

    send_due()
    assert [letter.to for letter in mail.outbox] == [[f"mira.{here.pk}@example.org"]]
    log = ChangeLog.objects.get()
    assert (log.verb, log.about_model, log.about_id, log.site) == (
        "send_message_again", "outbox.delivery", str(row.pk), here
    )  # fmt: skip


def test_what_left_meanwhile_is_refused_and_said(here):
    row = make_delivery(here, state=State.SENT)

    answer = at_desk(here).post(f"/beheer/{here.slug}/berichten/{row.pk}/")

    assert answer.status_code == 200
    assert "Dit bericht kan je niet opnieuw sturen." in words(answer)
    assert ChangeLog.objects.count() == 0


def test_an_administrator_sends_any_of_them_again(there):
    row = make_delivery(there, state=State.FAILED)
    client = client_of(make_person(RoleKind.ADMINISTRATOR))

    assert client.post(f"/beheer/berichten/{row.pk}/")["Location"] == "/beheer/berichten/"

    assert Delivery.objects.get().state == State.WAITING


@pytest.mark.parametrize("kind", [RoleKind.VOLUNTEER, RoleKind.PARTNER_WORKER, RoleKind.COORDINATOR])
def test_nobody_sends_one_of_another_site_again(here, there, kind):
    row = make_delivery(there, state=State.FAILED)
    client = client_of(make_person(kind, site=here))

    found = {
        client.post(path).status_code
        for path in (f"/beheer/berichten/{row.pk}/", f"/beheer/{here.slug}/berichten/{row.pk}/")
    }

    assert found == ({404} if kind == RoleKind.COORDINATOR else {403})
    assert Delivery.objects.get().state == State.FAILED


def test_the_desk_says_when_a_message_asks_for_attention(here, there):
    client = at_desk(here)
    make_delivery(there, state=State.FAILED)
    assert "vraagt aandacht" not in words(client.get(f"/beheer/{here.slug}/"))

    make_delivery(here, state=State.UNCERTAIN)

    assert "1 bericht vraagt aandacht." in words(client.get(f"/beheer/{here.slug}/"))


def test_a_site_that_was_told_of_can_still_be_removed(here):
    from sites.rules import has_history

    make_delivery(here)

    assert has_history(here) is False


def test_a_stranger_is_led_to_the_door(here):
    assert Client().get("/beheer/berichten/").status_code == 302
