"""The rights table against every address behind a right: each role, own and other site, looking and sending."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from activities.iso_week import IsoWeek
from activities.models import Outing, Shift
from partners.models import Organisation
from sites.enums import RoleKind
from sites.models import Role, Site, User
from sites.rights import OWN_RIGHTS, RIGHTS, Right
from stek.steering.enums import PeriodKind
from stek.steering.periods import last_closed
from stek.time import today
from tests.addresses import BEHIND_A_RIGHT, Address
from tests.factories.activities import (
    make_activity,
    make_idea,
    make_idea_table,
    make_need,
    make_occurrence,
    make_outing,
    make_plan,
    make_reservation,
    make_series,
    make_shift,
    make_sign_up,
    make_spot,
    make_step,
    make_swap,
)
from tests.factories.outbox import make_delivery
from tests.factories.partners import (
    make_away,
    make_body,
    make_candidate,
    make_decision,
    make_engagement,
    make_funding,
    make_invitation,
    make_meeting,
    make_membership,
    make_open_group,
    make_organisation,
    make_point,
    make_seat,
    make_service,
    make_volunteer,
)
from tests.factories.push import make_subscription
from tests.factories.signals import make_dossier, make_release, make_sentence, make_signal, make_theme
from tests.factories.sites import (
    make_check,
    make_closure,
    make_home_address,
    make_milestone,
    make_partnership,
    make_place,
    make_role,
    make_site,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sampled]

LONG_AGO, FAR_AWAY, YESTERDAY = dt.date(2020, 1, 1), dt.date(2090, 1, 1), dt.timedelta(days=1)

# What to fill in for each parameter of an address besides `slug`: a row of that site. A new kind of row needs a line here.
ROWS: dict[str, Callable[[Site], object]] = {
    "person": lambda site: make_role(RoleKind.VOLUNTEER, site=site).user.pk,
    "role": lambda site: make_role(RoleKind.VOLUNTEER, site=site).pk,
    "invitation": lambda site: make_invitation(site).pk,
    "organisation": lambda site: make_engagement(site).organisation.pk,
    "engagement": lambda site: make_engagement(site).pk,
    "body": lambda site: make_body(site).pk,
    "seat": lambda site: make_seat(make_body(site)).pk,
    "agreement": lambda site: make_series(make_activity(site)).pk,
    "kept": lambda site: make_organisation().pk,
    "place": lambda site: make_place(site).pk,
    "address": lambda site: make_home_address(site, since=FAR_AWAY).pk,
    "closure": lambda site: make_closure(site, first_day=FAR_AWAY, last_day=FAR_AWAY).pk,
    "milestone": lambda site: make_milestone(site).pk,
    "check": lambda site: make_check(site).pk,
    "date": lambda site: make_occurrence(make_series(make_activity(site)), FAR_AWAY).uuid,
    "offer": lambda site: make_activity(site).pk,
    "draft": lambda site: make_series(make_activity(site), is_published=False).pk,
    "plan": lambda site: make_plan(site).pk,
    "spot": lambda site: make_spot(site).pk,
    "step": lambda site: make_step(make_activity(site)).uuid,
    "delivery": lambda site: make_delivery(site, state="failed").pk,
    "shift": lambda site: shift_at(site).uuid,
    "need": lambda site: shift_at(site).need.pk,
    "swap": lambda site: make_swap(make_sign_up(shift_at(site))).uuid,
    "taken": lambda site: make_sign_up(shift_at(site)).pk,
    "helper": lambda site: make_volunteer(site=site).pk,
    "device": lambda site: make_subscription(make_role(RoleKind.VOLUNTEER, site=site).user).pk,
    "reservation": lambda site: make_reservation(outing_at(site)).pk,
    "held": lambda site: make_occurrence(make_series(make_activity(site)), today() - YESTERDAY).uuid,
    "whom": lambda site: f"v{make_volunteer(site=site).pk}",
    "candidate": lambda site: make_candidate(site).pk,
    "away": lambda site: make_away(make_volunteer(), FAR_AWAY).pk,
    "group": lambda site: make_open_group(site).pk,
    "convened": lambda site: make_open_group(site).pk,
    "meeting": lambda site: make_meeting(make_open_group(site)).uuid,
    "minutes": lambda site: make_meeting(make_open_group(site), day=FAR_AWAY).uuid,
    "decision": lambda site: make_decision(make_meeting(make_open_group(site))).pk,
    "point": lambda site: make_point(make_meeting(make_open_group(site))).pk,
    "task": lambda site: make_point(make_meeting(make_open_group(site)), organisation=worked_for(site)).pk,
    "service": lambda site: make_service(site).pk,
    "table": lambda site: make_idea_table(site).pk,
    "idea": lambda site: make_idea(site).pk,
    "funding": lambda site: make_funding(site).pk,
    "days": lambda site: make_away(make_volunteer(), FAR_AWAY).pk,
    "signal": lambda site: make_signal(site).pk,
    "theme": lambda site: make_theme().pk,
    "release": lambda site: make_release(site).pk,
    "partnership": lambda site: site.partnership.slug,
    "dossier": lambda site: make_dossier(site).pk,
    "dossier_step": lambda site: make_dossier(site).steps.get().pk,
    "sentence": lambda site: make_sentence(make_dossier(site)).pk,
}
# Rows that are there for some roles at their site only, also for who opens the address at all: who helps or coordinates; who
# counts, which of workers is who works for the organisation.
HELPERS = {RoleKind.VOLUNTEER, RoleKind.COORDINATOR, RoleKind.ADMINISTRATOR}
OF_SOME = {
    "shift": HELPERS,
    "swap": HELPERS,
    "held": {RoleKind.COORDINATOR},
    # A group of a site; the steering group keeps its own.
    "convened": {RoleKind.COORDINATOR},
    "minutes": {RoleKind.COORDINATOR},
    "decision": {RoleKind.COORDINATOR},
    "point": {RoleKind.COORDINATOR},
    "task": {RoleKind.PARTNER_WORKER, RoleKind.COORDINATOR},
    "days": set(),  # of whose they are
}


def worked_for(site: Site) -> Organisation:
    """Whom somebody works for here; they say themselves that it is done."""
    return Organisation.objects.filter(memberships__site=site).first() or make_organisation()


def shift_at(site: Site) -> Shift:
    need = make_need(make_series(make_activity(site)))
    return make_shift(need, make_occurrence(need.series, FAR_AWAY))


def outing_at(site: Site) -> Outing:
    return make_outing(make_occurrence(make_series(make_activity(site)), FAR_AWAY), taken=2)


# Which row of the table opens which addresses, by their beginning; the longest one that fits counts. Written down here and not
# read from the views: a view that asks for less than it should would otherwise be tested against its own mistake.
OPENS = {
    "/mijn/": Right.OWN_DATA,
    "/mijn/tellen/": Right.PROPOSE_OFFER,
    "/beheer/": Right.MANAGE_PEOPLE,
    "/beheer/mensen/": Right.MANAGE_NETWORK,
    "/beheer/berichten/": Right.READ_MESSAGES,
    "/beheer/{slug}/berichten/": Right.READ_MESSAGES,
    "/taal-hulp/": Right.OWN_DATA,
    "/beheer/netwerk/": Right.MANAGE_NETWORK,
    "/beheer/{slug}/plek/verwijderen/": Right.MANAGE_NETWORK,
    "/beheer/{slug}/planner/": Right.MANAGE_OFFER,
    "/beheer/{slug}/planner/voorstel/": Right.PROPOSE_OFFER,
    "/beheer/{slug}/plannen/": Right.MANAGE_OFFER,
    "/beheer/{slug}/affiches/": Right.MANAGE_OFFER,
    "/beheer/{slug}/inschrijvingen/": Right.MANAGE_RESERVATIONS,
    "/beheer/{slug}/rooster/": Right.MANAGE_ROSTER,
    "/beheer/{slug}/vrijwilligers/": Right.MANAGE_ROSTER,
    "/beheer/{slug}/tellingen/": Right.MANAGE_OFFER,
    "/beheer/{slug}/signalen/": Right.MODERATE_SIGNALS,
    "/beheer/{slug}/ideeen/": Right.MANAGE_OFFER,
    "/beheer/{slug}/wegwijzer/": Right.MANAGE_OFFER,
    "/signalen/doorverwezen/": Right.LOG_SIGNAL,
    "/beheer/{slug}/geld/": Right.MANAGE_FUNDING,
    "/stuurgroep/beslissingen/": Right.READ_MEETINGS,
    "/stuurgroep/actiepunt/": Right.READ_MEETINGS,
    "/stuurgroep/actiepunt/{point}/": Right.KEEP_MEETINGS,
    "/stuurgroep/beslissing/": Right.KEEP_MEETINGS,
    "/stuurgroep/groep/": Right.READ_MEETINGS,
    "/stuurgroep/groep/{convened}/": Right.KEEP_MEETINGS,
    "/stuurgroep/vergadering/": Right.READ_MEETINGS,
    "/stuurgroep/vergadering/{minutes}/": Right.KEEP_MEETINGS,
    "/signalen/": Right.READ_SIGNALS,
    "/signalen/nieuw/": Right.LOG_SIGNAL,
    "/stuurgroep/": Right.READ_DASHBOARD,
    "/stuurgroep/brief/": Right.PREPARE_REPORT,
    "/stuurgroep/cijfers/{partnership}/{when}/vastzetten/": Right.PREPARE_REPORT,
    "/dossiers/": Right.READ_DOSSIER_STATUS,
    **dict.fromkeys(
        [
            "/dossiers/nieuw/",
            "/dossiers/{dossier}/veranderen/",
            "/dossiers/{dossier}/stap-erbij/",
            "/dossiers/{dossier}/zin-erbij/",
            "/dossiers/{dossier}/cijfers/",
            "/dossiers/zin/",
            "/dossiers/stap/",
        ],
        Right.WORK_ON_DOSSIERS,
    ),
}
# Parameters that are no row: the same at every site.
PLAIN: dict[str, Callable[[], object]] = {
    "iso": lambda: IsoWeek.of(today()),
    "when": lambda: last_closed(today(), PeriodKind.QUARTER),
    "letter": lambda: "stuurgroep",
}

ADDRESSES = [address for address in BEHIND_A_RIGHT if address.is_dutch]
OF_A_SITE = [address for address in ADDRESSES if address.is_of_site]
OF_A_ROW = [address for address in OF_A_SITE if set(address.parameters) & set(ROWS)]


def key(kind: RoleKind, site: Site) -> User:
    """Somebody with one role, at a site or over its partnership."""
    scope: dict[str, object] = {"site": site}
    if kind == RoleKind.STEERING:
        scope = {"partnership": site.partnership}
    if kind == RoleKind.ADMINISTRATOR:
        scope = {}
    user = make_role(kind, since=LONG_AGO, **scope).user
    if kind == RoleKind.PARTNER_WORKER:
        make_membership(site, user=user, since=LONG_AGO)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def answers(client: Client, path: str) -> set[int]:
    """To looking and to sending an empty form."""
    return {client.get(path).status_code, client.post(path).status_code}


def filled(address: Address, site: Site, rows_of: Site | None = None) -> str:
    plain = {name: PLAIN[name]() for name in address.parameters if name in PLAIN}
    rows = {name: ROWS[name](rows_of or site) for name in address.parameters if name not in {"slug", *PLAIN}}
    return address.fill(slug=site.slug, **plain, **rows)


def by_path(address: Address) -> str:
    return address.path


def test_the_walk_finds_addresses_of_every_kind():
    assert len(ADDRESSES) > 2
    assert OF_A_SITE
    assert {address.path for address in ADDRESSES} >= {"/mijn/", "/beheer/", "/beheer/{slug}/"}


@pytest.mark.parametrize("address", ADDRESSES, ids=by_path)
def test_address_asks_for_the_right_that_was_decided(address):
    beginning = max((one for one in OPENS if address.path.startswith(one)), key=len)

    assert address.right == OPENS[beginning]
    assert address.is_of_site == address.path.startswith("/beheer/{slug}/")


@pytest.mark.parametrize("address", ADDRESSES, ids=by_path)
def test_stranger_is_led_to_the_door(address):
    path = filled(address, make_site())

    for response in (Client().get(path), Client().post(path)):
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/account/aanmelden/")


def told_to_each(keys: dict[RoleKind, User], path: str) -> dict[RoleKind, set[int]]:
    """What an address answers to each of them; what one of them did is undone before the next."""
    found = {}
    for kind, user in keys.items():
        with transaction.atomic():
            found[kind] = answers(signed_in(user), path)
            transaction.set_rollback(True)
        cache.clear()
    return found


def is_open(found: set[int]) -> bool:
    return found & {403, 404, 500} == set()


@pytest.mark.parametrize("address", ADDRESSES, ids=by_path)
def test_role_opens_what_the_table_says_at_its_own_site(address):
    site = make_site()
    make_site(partnership=site.partnership)  # so that a list of one is not left out
    keys = {kind: key(kind, site) for kind in RoleKind}

    told = told_to_each(keys, filled(address, site))

    allowed = RIGHTS[address.right]
    at_row = {kind for kind in allowed if all(kind in OF_SOME.get(name, RoleKind) for name in address.parameters)}
    assert {kind: found for kind, found in told.items() if kind not in allowed and found != {403}} == {}
    assert {kind: found for kind, found in told.items() if kind in allowed - at_row and found != {404}} == {}
    assert {kind: found for kind, found in told.items() if kind in at_row and not is_open(found)} == {}


@pytest.mark.parametrize("address", OF_A_SITE, ids=by_path)
def test_page_of_another_site_is_not_there(address):
    own, other = make_site(), make_site()
    keys = {kind: key(kind, own) for kind in RoleKind}

    told = told_to_each(keys, filled(address, other))

    of_administrator = told.pop(RoleKind.ADMINISTRATOR)
    assert {kind: found for kind, found in told.items() if found != {404}} == {}
    if RoleKind.ADMINISTRATOR in RIGHTS[address.right]:
        assert is_open(of_administrator)
    else:
        assert of_administrator == {403}


@pytest.mark.parametrize("address", OF_A_ROW, ids=by_path)
def test_row_of_another_site_is_not_there_under_the_own_address(address):
    own, other = make_site(), make_site()
    keys = {kind: key(kind, own) for kind in RoleKind}

    told = told_to_each(keys, filled(address, own, rows_of=other))

    allowed = RIGHTS[address.right]
    assert told == {kind: {404} if kind in allowed else {403} for kind in RoleKind}


@pytest.mark.parametrize("address", ADDRESSES, ids=by_path)
def test_role_that_ended_yesterday_opens_nothing_but_what_is_kept_of_oneself(address):
    site = make_site()
    role = make_role(RoleKind.COORDINATOR, since=LONG_AGO, site=site)
    client = signed_in(role.user)
    Role.objects.filter(pk=role.pk).update(until=today() - YESTERDAY)

    found = answers(client, filled(address, site))

    if address.right in OWN_RIGHTS:
        assert found == {404} if OF_SOME.keys() & set(address.parameters) else found & {403, 404, 500} == set()
    else:
        assert found == ({404} if address.is_of_site else {403})


def test_two_roles_at_two_sites_open_each_its_own():
    worker_at, coordinator_at = make_site(), make_site(partnership=make_partnership())
    user = make_user()
    make_role(RoleKind.PARTNER_WORKER, user=user, site=worker_at)
    make_role(RoleKind.COORDINATOR, user=user, site=coordinator_at)
    client = signed_in(user)

    desks = {site.slug: client.get(f"/beheer/{site.slug}/").status_code for site in (worker_at, coordinator_at)}

    assert desks == {worker_at.slug: 403, coordinator_at.slug: 200}


def test_table_is_what_the_walk_reads():
    assert {address.right for address in ADDRESSES} <= set(Right)
