"""What asks for attention at a site, each with the page that solves it: for the coordinator's Monday morning. Never writes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from partners.funding_page import SOON, left_words
from partners.models import ActionPoint, Candidate, Funding, Leaving
from sites.models import Closure, Site
from sites.rules import closed_days
from stek.pages import current_language
from stek.time import today

from .enums import OccurrenceStatus
from .iso_week import IsoWeek
from .models import Idea, Occurrence, Series
from .outing_desk import stuck
from .rooms import clashes
from .roster import understaffed
from .team import team, thanks
from .to_count import missing_at
from .without_organiser import without_organiser
from .words import day_words

# As far as a coordinator plans: this week and the next; who leaves is worth knowing earlier.
AHEAD = dt.timedelta(days=14)
LEAVES_SOON = dt.timedelta(days=60)
# A week without a single count would push everything else off the page.
COUNTS_SHOWN = 4
THANKED_SOON = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that ends in the button that solves it. `kind` is its pictogram."""

    kind: str
    words: str
    button: str
    url: str


# What one kind of thing has to say of a site on its local day.
type Finder = Callable[[Site, dt.date], Iterator[Problem]]


def problems(site: Site) -> list[Problem]:
    """Everything that asks for attention from today on, the most urgent kind first. A dozen queries, however much there is."""
    day = today(site.time_zone)
    return [problem for find in FINDERS for problem in find(site, day)]


def add_finder(finder: Finder) -> None:
    """For `AppConfig.ready`: what a higher room knows that asks for attention. It comes first: somebody waits for an answer there."""
    if finder not in FINDERS:
        FINDERS.insert(0, finder)


def _short_of_people(site: Site, day: dt.date) -> Iterator[Problem]:
    """The first of the coming week; the roster shows the others."""
    short = understaffed(site, day, day + dt.timedelta(days=7))
    if short:
        line = short[0].line
        words = {"number": len(short), "task": line.task, "day": line.day}
        said = ngettext(
            "%(task)s op %(day)s: er is nog iemand nodig.",
            "%(task)s op %(day)s: er is nog iemand nodig, en bij %(number)d beurten in alles.",
            len(short),
        )
        yield Problem("me", said % words, _("Zoek iemand"), short[0].url)


def _not_counted(site: Site, day: dt.date) -> Iterator[Problem]:
    """The oldest first: its week is over soonest. More than a few stand together on the page of counts."""
    missing = missing_at(site)
    for one in missing[:COUNTS_SHOWN]:
        words = {"title": one.title, "day": one.day}
        yield Problem("people", _("%(title)s op %(day)s is nog niet geteld.") % words, _("Tel"), one.url)
    if (more := len(missing) - COUNTS_SHOWN) > 0:
        sentence = ngettext(
            "Nog %(number)d andere datum is niet geteld.", "Nog %(number)d andere datums zijn niet geteld.", more
        )
        url = reverse("activities:counts", args=[site.slug])
        yield Problem("people", sentence % {"number": more}, _("Bekijk wat nog te tellen is"), url)


def _wants_to_help(site: Site, day: dt.date) -> Iterator[Problem]:
    """Whoever waits for an answer does not wait for long."""
    if number := Candidate.objects.filter(site=site).count():
        words = ngettext("%(number)d mens wil komen helpen.", "%(number)d mensen willen komen helpen.", number)
        yield Problem(
            "people", words % {"number": number}, _("Geef antwoord"), reverse("partners:candidates", args=[site.slug])
        )


def _ideas_waiting(site: Site, day: dt.date) -> Iterator[Problem]:
    if number := Idea.objects.at(site).waiting().count():
        words = ngettext(
            "%(number)d idee uit de bus wacht op jou.", "%(number)d ideeën uit de bus wachten op jou.", number
        )
        yield Problem("say", words % {"number": number}, _("Kijk na"), reverse("activities:ideas", args=[site.slug]))


def _people_who_help(site: Site, day: dt.date) -> Iterator[Problem]:
    """Who is new and not yet wholly welcomed, and whom to thank this week."""
    members, url = team(site, day), reverse("activities:volunteers", args=[site.slug])
    new = [member for member in members if member.is_new(day) and member.to_do]
    if new:
        words = ngettext(
            "%(name)s is nieuw: er is nog iets te doen.", "%(name)s en nog %(more)d zijn nieuw: er is nog iets te doen.", len(new)
        )  # fmt: skip
        yield Problem("me", words % {"name": new[0].volunteer, "more": len(new) - 1}, _("Heet welkom"), url)
    for one in thanks(members, day, day + THANKED_SOON):
        words = _("%(name)s helpt op %(day)s %(years)d jaar mee. Een bedankje?")
        said = words % {"name": one.member.volunteer, "day": day_words(one.day), "years": one.years}
        yield Problem("me", said, _("Bekijk wie helpt"), url)


def _nobody_organises(site: Site, day: dt.date) -> Iterator[Problem]:
    for orphan in without_organiser(site):
        words = {"title": orphan.series.title, "day": day_words(orphan.since)}
        url = reverse("activities:hand_over", args=[site.slug, orphan.series.pk])
        yield Problem(
            "people", _("%(title)s heeft vanaf %(day)s geen organisator.") % words, _("Kies wie het doet"), url
        )


def _two_in_one_room(site: Site, day: dt.date) -> Iterator[Problem]:
    days = [day + dt.timedelta(days=number) for number in range(AHEAD.days)]
    for clash in clashes(site, days):
        words = _("%(first)s en %(second)s zijn op %(day)s samen in %(room)s.")
        said = words % {
            "first": clash.first["series__title"], "second": clash.second["series__title"],
            "day": day_words(clash.first["day"]), "room": clash.first["place__name"],
        }  # fmt: skip
        url = reverse("activities:change_date", args=[site.slug, clash.second["uuid"]])
        yield Problem("warn", said, _("Kies een ander lokaal"), url)


def _off_together(site: Site, day: dt.date) -> Iterator[Problem]:
    """What goes on, although what it goes together with was called off that day; said on either of the two."""
    dates = Occurrence.objects.filter(
        site=site, day__range=(day, day + AHEAD), series__is_published=True, series__is_undone=False
    )
    on, off = OccurrenceStatus.PLANNED, OccurrenceStatus.CANCELLED
    beside, other = "series__activity__combined_with__series", "series__activity__combined_with__series__occurrences"
    same_day = {f"{beside}__is_published": True, f"{beside}__is_undone": False, f"{other}__day": F("day")}
    goes_on = dates.filter(status=on, **same_day, **{f"{other}__status": off})
    is_off = dates.filter(status=off, **same_day, **{f"{other}__status": on})
    found = [
        *goes_on.order_by("day", "pk").values_list("uuid", "series__title", "day", f"{beside}__title"),
        *is_off.order_by("day", "pk").values_list(f"{other}__uuid", f"{beside}__title", "day", "series__title"),
    ]
    for uuid, title, that_day, other_title in dict.fromkeys(found):
        words = _("%(title)s gaat op %(day)s door, maar %(other)s niet. Ze horen samen.")
        said = words % {"title": title, "day": day_words(that_day), "other": other_title}
        url = reverse("activities:change_date", args=[site.slug, uuid])
        yield Problem("warn", said, _("Bekijk het"), url)


def _waiting_drafts(site: Site, day: dt.date) -> Iterator[Problem]:
    rows = Series.objects.at(site).drafts().select_related("proposed_by").prefetch_related("proposed_by__names")
    for series in rows.order_by("pk"):
        url = reverse("activities:draft", args=[site.slug, series.pk])
        if series.proposed_by:
            words = {"who": series.proposed_by.name_on(day), "title": series.title}
            yield Problem("mail", _("%(who)s stelt %(title)s voor.") % words, _("Bekijk het voorstel"), url)
        else:
            yield Problem("pen", _("%(title)s is nog een ontwerp.") % {"title": series.title}, _("Werk het af"), url)


def _closed_days(site: Site, day: dt.date) -> Iterator[Problem]:
    """Days of the coming weeks on which something falls away because the door is shut."""
    last = day + AHEAD
    shut = closed_days(site, list(Closure.objects.at(site).touching(day, last)), day, last, current_language())
    rows = Occurrence.objects.filter(
        site=site, day__in=shut, opened_anyway=False, series__is_published=True
    ).happening()
    lost = Counter(rows.values_list("day", flat=True))
    for on in sorted(lost):
        words = ngettext(
            "%(day)s is het dicht (%(reason)s): %(number)d activiteit valt weg.",
            "%(day)s is het dicht (%(reason)s): %(number)d activiteiten vallen weg.", lost[on],
        )  # fmt: skip
        said = words % {"day": day_words(on).capitalize(), "reason": shut[on], "number": lost[on]}
        yield Problem(
            "door", said, _("Bekijk die week"), reverse("activities:planner_week", args=[site.slug, IsoWeek.of(on)])
        )


def _partners_leaving(site: Site, day: dt.date) -> Iterator[Problem]:
    rows = Leaving.objects.at(site).filter(last_day__range=(day, day + LEAVES_SOON)).order_by("last_day", "pk")
    for leaving in rows.select_related("organisation").prefetch_related("organisation__names"):
        words = {"who": leaving.organisation.name_on(day), "day": day_words(leaving.last_day)}
        url = reverse("activities:partners_desk", args=[site.slug])
        yield Problem("people", _("%(who)s vertrekt: %(day)s is de laatste dag.") % words, _("Bekijk de partners"), url)


def _late_points(site: Site, day: dt.date) -> Iterator[Problem]:
    """What was agreed in a group of the site or over it and should be done by now; the oldest, and how many more."""
    late = list(ActionPoint.objects.at_desk(site).late_on(day).whole())
    if late:
        words = {"what": late[0].text, "who": late[0].owner_on(day), "more": len(late) - 1}
        said = ngettext(
            "Nog te doen door %(who)s: %(what)s.",
            "Nog te doen door %(who)s: %(what)s. En nog %(more)d andere afspraken.", len(late),
        )  # fmt: skip
        url = reverse("partners:group_page", args=[late[0].meeting.body_id])
        yield Problem("clock", said % words, _("Bekijk de afspraken"), url)


def _money_ends(site: Site, day: dt.date) -> Iterator[Problem]:
    """Within half a year: long enough to do something about it."""
    for one in Funding.objects.at(site).ending(day, day + SOON):
        assert one.last_day is not None
        words = _("Het geld van %(source)s loopt tot en met %(day)s, %(left)s.")
        said = words % {
            "source": one.source,
            "day": day_words(one.last_day, year=True),
            "left": left_words(day, one.last_day),
        }
        yield Problem("warn", said, _("Bekijk wat blijft"), reverse("partners:fundings", args=[site.slug]))


def _untranslated(site: Site, day: dt.date) -> Iterator[Problem]:
    """One line a language, that leads to the first of them."""
    rows = Series.objects.at(site).published().on(day, dt.date.max).order_by("title", "pk")
    for code, _own_name in site.text_languages:
        missing = list(rows.exclude(texts__language=code).values_list("pk", flat=True))
        if missing:
            words = ngettext(
                "%(number)d activiteit heeft nog geen tekst in het %(language)s.",
                "%(number)d activiteiten hebben nog geen tekst in het %(language)s.", len(missing),
            )  # fmt: skip
            url = reverse("activities:correct_words", args=[site.slug, missing[0]])
            yield Problem(
                "globe",
                words % {"number": len(missing), "language": get_language_info(code)["name_translated"]},
                _("Vertaal de eerste"),
                url,
            )


def _outings(site: Site, day: dt.date) -> Iterator[Problem]:
    """Who registered and is still to be called, and places that stay free because the first in line is with more."""
    for one in stuck(site, day):
        title = {"title": one.date.series.title}
        url = reverse("activities:outing", args=[site.slug, one.date.uuid])
        if one.calls:
            words = ngettext(
                "%(title)s: bel nog %(number)d mens die zich inschreef.",
                "%(title)s: bel nog %(number)d mensen die zich inschreven.", one.calls,
            )  # fmt: skip
            yield Problem("phone", words % (title | {"number": one.calls}), _("Bekijk wie"), url)
        elif one.hint:
            yield Problem("list", f"{title['title']}: {one.hint}", _("Bekijk de lijst"), url)


FINDERS: list[Finder] = [
    _short_of_people, _wants_to_help, _ideas_waiting, _people_who_help, _outings, _not_counted, _nobody_organises, _two_in_one_room, _off_together, _waiting_drafts,
    _closed_days, _partners_leaving, _late_points, _money_ends, _untranslated,
]  # fmt: skip
