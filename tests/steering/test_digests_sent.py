"""Letters about a quarter by whole workers, beat, a queue and a mail server of their own: killed, twice and on other days, to everybody once."""

from __future__ import annotations

import shutil
import signal
from collections import Counter
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
import time_machine

from partners.models import Organisation
from sites.enums import RoleKind
from sites.models import Partnership, User
from stek.outbox.models import Delivery
from stek.steering.letters import TO_PARTNERS, TO_STEERING
from stek.steering.models import Digest
from tests.factories.partners import make_membership
from tests.factories.sites import make_person, make_role, make_site, make_user
from tests.stek.outbox.mail_server import MailServer, free_port, mail_server
from tests.stek.outbox.test_mail_server import WAIT, time_passes, until, worker
from tests.stek.outbox.test_queue import own_redis
from tests.stek.outbox.worker import THIRD_DIGEST

from .world import TEN_OCTOBER, a_summer

# They leave on the 22nd; nothing ran that day.
A_DAY_LATE, LATER, BACK = "2023-10-23T08:20", "2023-10-24T08:20", "2023-10-22T08:20"
SUBJECTS = {
    TO_STEERING: {"nl": "in cijfers", "fr": "en chiffres", "en": "in figures"},
    TO_PARTNERS: {"nl": "wat werd ervan", "fr": "les suites", "en": "what became of it"},
}


def everybody() -> dict[str, tuple[str, str]]:
    """Address -> the kind of letter and the language, of who gets one. Elsewhere nothing happened: who sits there gets none."""
    with time_machine.travel(TEN_OCTOBER, tick=False):
        kempen = a_summer()
        here = kempen.sites.get(slug="hier")
        saamo = Organisation.objects.get(names__name="SAAMO")
        found = {}
        for number in range(12):
            language = ("nl", "fr", "en")[number % 3]
            member = make_role(RoleKind.STEERING, user=make_user(language=language), partnership=kempen).user
            helper = make_membership(here, user=make_user(language=language), organisation=saamo).user
            make_role(RoleKind.PARTNER_WORKER, user=helper, site=here)
            found |= {member.email: (TO_STEERING, language), helper.email: (TO_PARTNERS, language)}
        empty = make_site()
        make_person(RoleKind.STEERING, partnership=empty.partnership)
        make_role(RoleKind.PARTNER_WORKER, user=make_membership(empty).user, site=empty)
    return found


def parsed(server: MailServer) -> list[EmailMessage]:
    return [message_from_bytes(content, policy=policy.default) for content in server.letters]


def nothing_under_way() -> bool:
    return (
        Digest.objects.count() == 2 * Partnership.objects.count()
        and not Delivery.objects.due().exists()
        and not Delivery.objects.lost().exists()
    )


@pytest.mark.prove
@pytest.mark.skipif(
    not shutil.which("redis-server"), reason="there is no Redis on this machine (apt-get install redis)"
)
@pytest.mark.django_db(transaction=True)
@pytest.mark.by_worker
def test_everybody_gets_each_letter_once_whoever_is_killed_and_whatever_day_it_is(tmp_path):
    expected, port = everybody(), free_port()
    both = {"redis": f"redis://127.0.0.1:{port}/0", "clock": A_DAY_LATE}
    with mail_server() as server, own_redis(tmp_path, port):
        with worker(server.port, tmp_path, way="beat", **both):
            for step in (THIRD_DIGEST, THIRD_DIGEST, "after claim"):
                with worker(server.port, tmp_path, way="celery", step=step, **both) as killed:
                    killed.wait(WAIT)
                    assert killed.returncode == -signal.SIGKILL, killed.stderr.read()
                assert not server.letters
                assert Digest.objects.exists() == (step != THIRD_DIGEST)  # of half a round nothing is kept
            time_passes()
            with (
                worker(server.port, tmp_path, way="celery", **both) as one,
                worker(server.port, tmp_path, way="celery", **both),
            ):
                until(nothing_under_way, one)
        for clock in (LATER, BACK):
            again = both | {"clock": clock}
            with (
                worker(server.port, tmp_path, way="beat", **again) as beat,
                worker(server.port, tmp_path, way="celery", **again) as one,
            ):
                for _task in range(40):  # each of what beat asks for, more than once
                    beat.stdout.readline()
                until(nothing_under_way, one)

    letters = parsed(server)
    assert Counter(letter["To"] for letter in letters) == dict.fromkeys(expected, 1)
    for letter in letters:
        kind, language = expected[letter["To"]]
        text, page = (letter.get_body((part,)).get_content() for part in ("plain", "html"))
        assert SUBJECTS[kind][language] in letter["Subject"]
        assert f'<html lang="{language}">' in page
        assert text.strip()
        assert "<" not in text
    assert User.objects.count() > len(expected)
