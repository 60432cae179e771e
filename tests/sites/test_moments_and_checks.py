"""Key moments as exactly as they are known, and the checklist that is kept each time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from sites.actions.check import keep_check
from sites.actions.milestone import add_milestone, change_milestone
from sites.enums import Criterion, Precision, Score
from sites.form_fields import DateField
from sites.models import ChangeLog, Milestone, Site, SiteCheck
from sites.words import first_of, vague_words
from tests.factories.sites import make_check, make_milestone, make_partnership, make_site

ANSWERS = {code: {"score": Score.YES.value, "note": ""} for code in Criterion.values}


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2023-10-10T09:00+02:00", tick=False)


@pytest.mark.parametrize(
    ("day", "precision", "stored", "told"),
    [
        ("2022-03-14", Precision.DAY, "2022-03-14", "14 maart 2022"),
        ("2022-03-14", Precision.MONTH, "2022-03-01", "maart 2022"),
        ("2022-08-31", Precision.SEASON, "2022-06-01", "zomer 2022"),
        ("2022-11-30", Precision.SEASON, "2022-09-01", "najaar 2022"),
        ("2022-12-01", Precision.SEASON, "2022-12-01", "winter 2022"),
        ("2024-02-29", Precision.SEASON, "2023-12-01", "winter 2023"),
        ("2022-08-31", Precision.YEAR, "2022-01-01", "2022"),
    ],
)
def test_any_day_of_a_month_season_or_year_will_do(day, precision, stored, told):
    first = first_of(dt.date.fromisoformat(day), precision)

    assert (str(first), vague_words(first, precision)) == (stored, told)


@pytest.mark.django_db
def test_adding_and_correcting_a_key_moment_shows_at_once():
    site, other = make_site(), make_site()

    moment = add_milestone(
        site, by=None, day=dt.date(2022, 7, 14), precision=Precision.SEASON, text="De deur gaat open"
    )
    change_milestone(
        moment, by=None, precision=Precision.MONTH, day=dt.date(2022, 7, 14), correction_note="Het was juli"
    )

    moment.refresh_from_db()
    assert (str(moment.day), moment.precision, moment.correction_note) == (
        "2022-07-01",
        Precision.MONTH,
        "Het was juli",
    )
    assert dict(Site.objects.values_list("pk", "schedule_version")) == {site.pk: 3, other.pk: 1}
    assert [log.changes for log in ChangeLog.objects.order_by("pk")][1] == {
        "precision": [3, 2], "day": ["2022-06-01", "2022-07-01"], "correction_note": ["", "Het was juli"]
    }  # fmt: skip


@pytest.mark.django_db
def test_a_moment_of_the_partnership_shows_at_each_of_its_sites():
    here, there = make_site(), make_site()
    beside = make_site(partnership=here.partnership)
    moment = make_milestone(partnership=here.partnership)

    change_milestone(moment, by=None, text="Anders")

    assert dict(Site.objects.values_list("pk", "schedule_version")) == {here.pk: 2, beside.pk: 2, there.pk: 1}
    assert set(ChangeLog.objects.values_list("site", flat=True)) == {here.pk, beside.pk}
    with pytest.raises(ValidationError):
        change_milestone(make_milestone(partnership=make_partnership()), by=None, text="Van niemand")
    assert Milestone.objects.filter(text="Van niemand").count() == 0


@pytest.mark.django_db
def test_each_check_is_kept_and_its_words_do_not_enter_the_log():
    site = make_site()
    for day in (dt.date(2022, 10, 10), dt.date(2023, 10, 10)):
        keep_check(
            site, by=None, day=day, answers=ANSWERS | {"useful": {"score": "no", "note": " Te druk "}}, actions="Praten"
        )

    assert [str(check.day) for check in SiteCheck.objects.all()] == ["2023-10-10", "2022-10-10"]
    assert SiteCheck.objects.first().answers["useful"] == {"score": "no", "note": "Te druk"}
    assert [log.changes for log in ChangeLog.objects.order_by("pk")] == [
        {"day": [None, "2022-10-10"]},
        {"day": [None, "2023-10-10"]},
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"day": dt.date(2023, 10, 11)}, "day"),
        ({"day": dt.date(2023, 3, 1)}, "day"),
        ({"answers": {}}, "answers"),
        ({"answers": {"mooi": {"score": "yes"}}}, "__all__"),
        ({"answers": {"useful": {"score": "soms"}}}, "__all__"),
        ({"answers": {"useful": {}}}, "__all__"),
    ],
)
def test_a_check_that_cannot_be_is_refused(fields, field):
    site = make_site()
    make_check(site, day=dt.date(2023, 3, 1))
    make_check(make_site(), day=dt.date(2023, 10, 10))

    with pytest.raises(ValidationError) as refusal:
        keep_check(site, by=None, **{"day": dt.date(2023, 10, 10), "answers": ANSWERS} | fields)

    named = getattr(refusal.value, "error_dict", {"__all__": []})
    assert list(named) == [field]
    assert SiteCheck.objects.at(site).count() == 1


@pytest.mark.parametrize(
    ("typed", "day"), [("2023-10-09", "2023-10-09"), ("9/10/2023", "2023-10-09"), ("09-10-2023", "2023-10-09"), ("9.10.2023", "2023-10-09"), ("29/2/2024", "2024-02-29")]
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(typed, day):
    assert str(DateField().clean(typed)) == day


@pytest.mark.parametrize(
    "typed",
    ["31/2/2023", "29/2/2023", "morgen", "2023-13-01", "0203-10-09", "22023-10-09", "9/10/0203", "10/9", "9999-12-31"],
)
def test_a_day_that_is_none_or_a_slip_is_refused_in_words(typed):
    with pytest.raises(ValidationError) as refusal:
        DateField().clean(typed)

    assert refusal.value.messages[0] in {
        "Deze dag bestaat niet. Schrijf ze zo: 31/12/2023.", "Kijk het jaar na: het ligt tussen 1900 en 2100."
    }  # fmt: skip
