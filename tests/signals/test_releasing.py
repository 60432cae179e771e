"""A quarter that is over is published once, whole and for good; or not at all."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import replace

import pytest

from signals import disclosure
from signals.actions import moderation, releasing
from signals.actions.releasing import release_due, release_quarter, supersede
from signals.contributors import note_contribution, start_anew
from signals.disclosure import Breach, Fault, Unsafe
from signals.enums import Kind
from signals.figures import Key
from signals.kinds import counted_as
from signals.models import Contribution, Release, ReleasedCell, Signal, Theme, Threshold
from signals.published import periods, published, versions
from signals.quarters import Period, after, before, last_to_release, parse, quarter
from signals.rules import quarters_to_release
from sites.enums import SiteStatus
from sites.models import ChangeLog
from stek.health.models import Heartbeat
from tests.factories.activities import make_activity, make_occurrence, make_series
from tests.factories.signals import make_held, make_refused, make_signal, tell, theme
from tests.factories.sites import make_partnership, make_site

pytestmark = pytest.mark.django_db

Q3, Q4 = quarter(2023, 3), quarter(2023, 4)
MONDAY = "2023-10-09T05:00+02:00"  # the second one after 1 October


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(MONDAY, tick=False)


@pytest.fixture(autouse=True)
def no_margin(monkeypatch):
    """The secret margin hides one split in four; what it does is asked of `protect`."""
    monkeypatch.setattr(releasing, "secret_margin", lambda *what: 0)


@pytest.fixture
def kantine():
    return make_site(slug="kantine", name="Kantine")


@pytest.fixture
def kattegat(kantine):
    return make_site(slug="kattegat", name="Kattegat", partnership=kantine.partnership)


def shown(site, part=Q3) -> dict:
    figures = published(site.partnership, part)
    return {row.code: (row.total, *row.by_site) for row in figures.rows if row.total is not None}


# --- Which quarter, when ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (dt.date(2023, 10, 8), quarter(2023, 2)),
        (dt.date(2023, 10, 9), Q3),
        (dt.date(2024, 1, 7), Q3),
        (dt.date(2024, 1, 8), Q4),
        (dt.date(2021, 1, 10), quarter(2020, 3)),  # 2020 has a week 53
        (dt.date(2021, 1, 11), quarter(2020, 4)),
    ],
)
def test_quarter_is_published_from_the_second_monday_after_it(day, last):
    assert last_to_release(day) == last
    assert quarters_to_release(None, day) == [last]
    assert quarters_to_release(last, day) == []
    assert quarters_to_release(before(before(last)), day) == [before(last), last]
    assert after(before(last)) == last


@pytest.mark.parametrize("code", ["2023-Q4", "2023-H1", "2023-H2", "2023"])
def test_code_of_a_period_is_read_back(code):
    assert str(parse(code)) == code


@pytest.mark.parametrize("code", ["", "2023-Q5", "2023-H3", "23", "2023-Q1 ", "٢٠٢٣"])
def test_anything_else_is_no_period(code):
    with pytest.raises(ValueError, match=r"^.*$"):
        parse(code)


def test_figures_are_published_on_the_day_and_not_before(kantine, kattegat, time_machine):
    tell(Q3, {("papers", kantine): 7, ("papers", kattegat): 5, ("debts", kantine): 6, ("food", kattegat): 4})
    time_machine.move_to("2023-10-08T23:00+02:00", tick=False)
    release_due()  # the quarter before: nothing was told in it
    assert published(kantine.partnership, Q3) is None

    time_machine.move_to(MONDAY, tick=False)
    assert release_due() == 1

    assert shown(kantine) == {"papers": (12, 7, 5), "debts": (6, None, None)}
    assert set(Signal.objects.values_list("counted_year", "counted_quarter")) == {(2023, 3)}
    assert not Contribution.objects.exists()
    assert release_due() == 0


def test_every_theme_and_site_is_in_the_table_also_those_of_which_nothing_was_told(kantine, kattegat):
    make_site(partnership=kantine.partnership, status=SiteStatus.STARTING)
    release_due()

    cells = ReleasedCell.objects.all()
    assert cells.count() == Theme.objects.count() * 3 == 30
    assert not cells.exclude(value=None).exists()


def test_site_that_stopped_is_there_when_it_had_a_date_in_the_quarter(kantine, kattegat):
    gone = make_site(slug="gone", partnership=kantine.partnership, status=SiteStatus.STOPPED)
    older = make_site(slug="older", partnership=kantine.partnership, status=SiteStatus.STOPPED)
    for site, day in ((gone, dt.date(2023, 9, 30)), (older, dt.date(2023, 6, 30))):
        make_occurrence(make_series(make_activity(site)), day=day)

    release_due()

    assert [site["code"] for site in Release.objects.get().sites] == ["kantine", "kattegat", "gone"]


def test_partnership_without_a_site_that_ran_publishes_nothing(kantine):
    make_site(status=SiteStatus.STARTING)

    assert release_due() == 1
    assert Release.objects.get().partnership == kantine.partnership


def test_job_that_is_late_by_a_week_or_three_quarters_makes_up_for_it_in_order(kantine, time_machine):
    assert release_due(dt.date(2023, 7, 31)) == 1
    for part in (Q3, Q4, quarter(2024, 1)):
        tell(part, {("papers", kantine): 5})

    time_machine.move_to("2024-04-18T05:00+02:00", tick=False)
    assert release_due() == 3

    assert [str(row) for row in Release.objects.order_by("pk")] == [
        "2023-Q2 (1)",
        "2023-Q3 (1)",
        "2023-Q4 (1)",
        "2024-Q1 (1)",
    ]
    assert shown(kantine, Period(2023, 3, 4)) == {"papers": (10, 10)}
    assert [str(one) for one in periods(kantine.partnership)] == ["2024-Q1", "2023-H2", "2023-Q4", "2023-Q3", "2023-Q2"]


def test_year_is_published_with_its_last_quarter(kantine, kattegat, time_machine):
    parts = [quarter(2023, number) for number in range(1, 5)]
    for number, part in enumerate(parts):
        tell(part, {("papers", kantine): 5 + number, ("papers", kattegat): 6, ("debts", kantine): 5})
        release_due(part.release_day)

    assert shown(kantine, Period(2023, 1, 2)) == {"papers": (23, 11, 12), "debts": (10, None, None)}
    assert shown(kantine, Period(2023, 1, 4)) == {"papers": (50, 26, 24), "debts": (20, None, None)}


# --- What counts --------------------------------------------------------------------------------------------------------------------


def test_merged_ones_count_in_their_own_quarter(kantine):
    tell(Q3, {("papers", kantine): 4})
    kept = Signal.objects.first()
    make_signal(kantine, theme=kept.theme, year=2023, week=30, merged_into=kept, text="")

    release_due()

    assert shown(kantine) == {"papers": (5, 5)}


def test_what_is_accepted_too_late_counts_in_the_next_and_once(kantine):
    tell(Q3, {("papers", kantine): 5})
    late = make_signal(kantine, theme=theme("papers"), year=2023, week=39, state="opened")
    release_due()
    assert shown(kantine) == {}  # also the flag may be of the one that waits
    moderation.accept(late)
    tell(Q4, {("papers", kantine): 5})

    release_due(Q4.release_day)

    assert shown(kantine, Q4) == {"papers": (6, 6)}
    late.refresh_from_db()
    assert (late.counted_year, late.counted_quarter, late.week) == (2023, 4, 39)


@pytest.mark.parametrize("left_out", ["held", "opened"])
def test_organisation_of_what_is_not_counted_makes_nothing_several(kantine, left_out):
    tell(Q3, {("papers", kantine): 8, ("debts", kantine): 8})
    if left_out == "held":
        make_held(kantine, theme=theme("papers"), year=2023, week=39)
    else:
        make_signal(kantine, theme=theme("papers"), year=2023, week=39, state="opened")
    make_signal(kantine, theme=theme("debts"), year=2023, week=40, state="opened")  # of the next quarter

    release_due()

    assert shown(kantine) == {"debts": (8, 8)}


def contribute(site, who, code="papers"):
    note_contribution(who, partnership=site.partnership_id, quarter=Q3, theme=theme(code))


def flags() -> dict:
    return dict(Contribution.objects.values_list("theme", "several"))


@pytest.mark.parametrize("how", ["refuse", "rewrite", "merge"])
def test_what_falls_away_makes_nothing_several(kantine, how):
    row = make_signal(kantine, theme=theme("papers"), year=2023, week=30)
    other = make_signal(kantine, theme=theme("debts"), year=2023, week=30)
    for who in ("one", "other"):
        contribute(kantine, who)
    assert flags() == {"papers": True}

    if how == "refuse":
        moderation.refuse(row, reason="unclear")
    elif how == "rewrite":
        told = {name: getattr(row, name) for name in moderation.FIELDS} | {"theme": theme("debts")}
        moderation.rewrite(row, **told)
    else:
        moderation.merge(row, into=other)
    assert flags() == {"papers": False}

    contribute(kantine, "one")
    assert flags() == {"papers": False}
    contribute(kantine, "one")
    assert flags() == {"papers": False}
    contribute(kantine, "other")
    assert flags() == {"papers": True}


def test_rewriting_without_another_theme_leaves_who_told_as_it_was(kantine):
    row = make_signal(kantine, theme=theme("papers"), year=2023, week=30)
    contribute(kantine, "one")
    contribute(kantine, "other")

    moderation.rewrite(row, **{name: getattr(row, name) for name in moderation.FIELDS} | {"text": "Anders gezegd."})

    assert flags() == {"papers": True}


def test_token_of_nobody_looks_like_any_other_and_is_made_of_none(kantine):
    start_anew(partnership=kantine.partnership_id, quarter=Q3, theme="papers")
    assert not Contribution.objects.exists()
    contribute(kantine, "one")
    before_it = Contribution.objects.get()

    start_anew(partnership=kantine.partnership_id, quarter=Q3, theme="papers")

    row = Contribution.objects.get()
    assert row.token != before_it.token
    assert len(row.token) == len(before_it.token) == 64


def test_site_that_moved_to_another_address_keeps_its_code(kantine, kattegat):
    tell(Q3, {("papers", kantine): 5, ("papers", kattegat): 5})
    release_due()
    kattegat.slug = kattegat.name = "zeilboot"
    kattegat.save()
    tell(Q4, {("papers", kantine): 5, ("papers", kattegat): 7})

    release_due(Q4.release_day)

    half = published(kantine.partnership, Period(2023, 3, 4))
    assert half.sites == (("kantine", "Kantine"), ("kattegat", "zeilboot"))
    assert half.at("kattegat")["papers"] == 12


def test_words_stay_those_of_the_day(kantine):
    tell(Q3, {("papers", kantine): 5, ("debts", kantine): 6})
    release_due()
    words = [(row.name, row.total) for row in published(kantine.partnership, Q3).rows[:2]]
    Theme.objects.filter(code="papers").update(names={"nl": "Iets anders"})
    Theme.objects.filter(code="debts").update(is_active=False, merged_into=theme("papers"))

    assert [(row.name, row.total) for row in published(kantine.partnership, Q3).rows[:2]] == words
    tell(Q4, {("papers", kantine): 5})
    release_due(Q4.release_day)
    assert published(kantine.partnership, Q4).rows[0].name == "Iets anders"
    assert "debts" not in {row.code for row in published(kantine.partnership, Q4).rows}


def test_partnership_may_ask_for_more(kantine, kattegat):
    Threshold.objects.create(partnership=kantine.partnership, k=8, is_strict=True)
    tell(Q3, {("papers", kantine): 9, ("papers", kattegat): 8, ("debts", kantine): 20, ("food", kantine): 7})

    release_due()

    assert shown(kantine) == {"papers": (17, 9, 8)}
    assert Release.objects.values_list("k", "is_strict").get() == (8, True)


# --- Not at all ---------------------------------------------------------------------------------------------------------------------


def state() -> list:
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (Signal, Contribution, Release, ReleasedCell, Heartbeat)
    ]


def test_unsafe_figures_are_not_published_and_tried_again(kantine, monkeypatch, caplog):
    """The planted fault: a rule that shows a split of which one site is small."""
    other = make_site()
    tell(Q3, {("papers", kantine): 8})
    tell(Q3, {("papers", other): 8})
    breach = Breach(Fault.SMALL)
    whole = releasing.prepare

    def prepare(table, *args, **kwargs):
        if table.sites == ("kantine",):
            raise Unsafe([breach])
        return whole(table, *args, **kwargs)

    monkeypatch.setattr(releasing, "prepare", prepare)
    with caplog.at_level(logging.ERROR):
        assert release_due() == 1

    assert published(kantine.partnership, Q3) is None
    assert published(other.partnership, Q3) is not None
    assert Signal.objects.at(kantine).filter(counted_year=None).count() == 8
    assert Contribution.objects.get().partnership == kantine.partnership_id
    assert not Heartbeat.objects.filter(name="releases").exists()
    (line,) = caplog.records
    assert f" partnership={kantine.partnership_id} kind=signals faults=SMALL" == line.facts  # and no number of signals

    monkeypatch.setattr(releasing, "prepare", whole)
    assert release_due() == 1
    assert shown(kantine) == {"papers": (8, 8)}
    assert Heartbeat.objects.filter(name="releases").exists()


def test_rule_that_leaks_is_stopped_by_the_audit(kantine, kattegat, monkeypatch):
    """The planted fault, in the rules themselves: exact margins with only the small cell hidden."""
    protect = disclosure.protect

    def leaky(table, policy, **kwargs):
        release = protect(table, policy, **kwargs)
        return replace(release, cells=release.cells | {Key(Q3, "papers"): 12, Key(Q3, "papers", "kantine"): 9})

    monkeypatch.setattr(disclosure, "protect", leaky)
    tell(Q3, {("papers", kantine): 9, ("papers", kattegat): 3})
    before_it = state()

    assert release_due() == 0

    assert state() == before_it


def test_killed_in_the_middle_leaves_everything_as_it_was(kantine, monkeypatch):
    tell(Q3, {("papers", kantine): 8})
    before_it = state()

    def killed(*_args):
        assert ReleasedCell.objects.exists()
        raise SystemExit

    counted = replace(counted_as(Kind.SIGNALS), settle=killed)
    monkeypatch.setattr(releasing, "all_counted", lambda: [counted])
    with pytest.raises(SystemExit):
        release_due()

    assert state() == before_it


# --- Openly another version ---------------------------------------------------------------------------------------------------------


def test_next_version_takes_the_place_openly_and_the_former_one_stays(kantine, kattegat):
    tell(Q3, {("papers", kantine): 8, ("papers", kattegat): 6, ("debts", kantine): 9, ("food", kattegat): 9})
    release_due()
    first = Release.objects.get()
    row = Signal.objects.filter(theme__code="debts").first()
    moderation.rewrite(row, **{name: getattr(row, name) for name in moderation.FIELDS} | {"theme": theme("papers")})

    supersede(first, why="Eén signaal stond bij een verkeerd thema.", by=None)

    assert shown(kantine) == {"papers": (15, 9, 6), "food": (9, None, None)}  # what fell is of nobody knows how many
    now, former = published(kantine.partnership, Q3), published(kantine.partnership, Q3, version=1)
    assert (now.version, now.is_newest, now.why) == (2, True, "Eén signaal stond bij een verkeerd thema.")
    assert (former.version, former.is_newest) == (1, False)
    assert {one.code: one.total for one in former.rows if one.total} == {"papers": 14, "debts": 9, "food": 9}
    assert [one.version for one in versions(kantine.partnership, Q3)] == [2, 1]
    assert ChangeLog.objects.get(verb="supersede_release").changes == {"version": [1, 2]}


def test_next_version_of_what_did_not_change_or_is_not_the_newest_or_without_a_reason_is_refused(kantine):
    tell(Q3, {("papers", kantine): 8})
    release_due()
    first = Release.objects.get()
    for release, why in ((first, "Zomaar."), (first, " "), (first, "")):
        with pytest.raises(moderation.ValidationError):
            supersede(release, why=why, by=None)
    Signal.objects.first().delete()
    supersede(first, why="Een signaal was geweigerd.", by=None)
    with pytest.raises(moderation.ValidationError):
        supersede(first, why="Nog eens.", by=None)

    assert Release.objects.count() == 2
    assert shown(kantine) == {}


def test_next_version_of_a_quarter_makes_its_year_anew(kantine, time_machine):
    for part in (Q3, Q4):
        tell(part, {("papers", kantine): 6})
        release_due(part.release_day)
    make_signal(kantine, theme=theme("papers"), year=2023, week=30, counted_year=2023, counted_quarter=3)

    supersede(Release.objects.get(quarter=3), why="Vergeten.", by=None)

    assert shown(kantine, Period(2023, 3, 4)) == {"papers": (13, 13)}
    assert shown(kantine, Q4) == {"papers": (6, 6)}


def test_what_is_published_is_not_changed(kantine):
    release_due()
    for rows in (Release.objects.all(), ReleasedCell.objects.all()):
        with pytest.raises(TypeError):
            rows.update(version=7)
        with pytest.raises(TypeError):
            rows.delete()


def test_refused_rows_and_other_partnerships_count_for_nothing(kantine):
    elsewhere = make_site(partnership=make_partnership())
    tell(Q3, {("papers", elsewhere): 20})
    make_refused(kantine, year=2023, week=30)

    release_quarter(kantine.partnership, counted_as(Kind.SIGNALS), Q3, day=dt.date(2023, 10, 9))

    assert shown(kantine) == {}
    assert Signal.objects.filter(counted_year=None).count() == 20
