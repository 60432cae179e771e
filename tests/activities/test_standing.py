"""What a process remembers of a site: never anything that was taken back."""

from __future__ import annotations

import pytest
from django.db import transaction

from activities.models import Series
from activities.standing import REMEMBERED, _kept, standing
from sites.actions import schedule_changed
from sites.models import Site
from tests.factories.activities import make_activity, make_series
from tests.factories.sites import make_site


@pytest.fixture
def site(transactional_db) -> Site:
    site = make_site()
    make_series(make_activity(site), title="Koffie")
    return site


def rename(site: Site, title: str) -> None:
    Series.objects.update(title=title)
    schedule_changed(site.pk)


def titles(site: Site) -> list[str]:
    """What a request of now is shown."""
    return [offer.title for offer in standing(Site.objects.get(pk=site.pk), "nl").offers.values()]


@pytest.mark.django_db(transaction=True)
def test_what_is_read_in_a_transaction_that_is_taken_back_is_not_remembered(site):
    with transaction.atomic():
        rename(site, "Thee")
        assert titles(site) == ["Thee"]
        transaction.set_rollback(True)
    rename(site, "Soep")

    assert titles(site) == ["Soep"]


@pytest.mark.django_db(transaction=True)
def test_what_is_read_in_a_part_of_a_transaction_that_is_taken_back_is_not_remembered(site):
    with transaction.atomic():
        with transaction.atomic():
            rename(site, "Thee")
            assert titles(site) == ["Thee"]
            transaction.set_rollback(True)
        rename(site, "Soep")
        assert titles(site) == ["Soep"]

    assert titles(site) == ["Soep"]


@pytest.mark.django_db(transaction=True)
def test_what_is_read_in_a_transaction_is_remembered_once_it_is_committed(site, django_assert_num_queries):
    with transaction.atomic():
        rename(site, "Thee")
        titles(site)

    with django_assert_num_queries(1):
        assert titles(site) == ["Thee"]


@pytest.mark.django_db
def test_only_so_much_is_remembered():
    site = make_site()

    for version in range(REMEMBERED + 3):
        site.schedule_version = version
        standing(site, "nl")

    assert [key[1] for key in _kept] == list(range(3, REMEMBERED + 3))
