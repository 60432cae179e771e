"""The sections of a report that are about figures: offer, reach, activities, what did not go on, partners, help."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sites.enums import FUNCTION_TERMS
from sites.words import Dutch, said
from stek.charts import Bar, Line, Pair, bars, lines, pairs
from stek.dates import date_words

from .periods import Period
from .telling import Cell, Change, Json, Plain, Section, Told, average, hours_of, in_language, number_words
from .tiles import definitions

# Of fewer counts nothing is said: once is chance.
ENOUGH = 3
# Less than one person on average is no loss to speak of.
A_LOSS = 1.0


def sections(told: Told) -> list[Section]:
    """In the order in which a meeting asks: who came, to what, what failed, with whom."""
    return [reach(told), functions(told), activities(told), off(told), help_given(told), partners(told)]


def reach(told: Told) -> Section:
    """The last four periods beside each other, and month by month for each place."""
    numbers = told.of_scope
    periods = [Period.parse(slug) for slug in told.shot["periods"]]
    rows: list[list[Cell]] = []
    drawn: list[Bar] = []
    for at, period in enumerate(periods):
        assert period is not None
        people, counted, held = (numbers[name][at] for name in ("people", "counted", "held"))
        rows.append([capfirst(period.words), held, counted, people, average(people, counted), numbers["new_faces"][at]])
        note = _("geteld op %(counted)d van de %(held)d keer") % {"counted": counted, "held": held}
        is_before = at < len(periods) - 1
        drawn.append(Bar(capfirst(period.words), people, number_words(people), note=note, is_before=is_before))
    heads = [_("Periode"), _("Keer aanbod"), _("Keer geteld"), _("Bezoeken"), _("Per keer"), _("Nieuwe gezichten")]
    title = _reach_title(told)
    return Section(
        "reach", title, heads, rows if any(row[1] for row in rows) else [],
        definition=" ".join([definitions()["people"], definitions()["average"]]),
        empty=_("Hier komt hoeveel mensen er waren, zodra er aanbod is en iemand telt."),
        chart=bars("reach", title, "; ".join(f"{one.label}: {one.words}, {one.note}" for one in drawn), drawn),
        is_wide=True,
    )  # fmt: skip


def _reach_title(told: Told) -> str:
    numbers = told.of_scope
    now, before = (average(numbers["people"][at], numbers["counted"][at]) for at in (-1, -2))
    if now is None or before is None or told.is_running:
        return Plain(_("Hoeveel mensen er waren"))
    words = {"now": number_words(now), "before": number_words(before), "then": told.before_words()}
    if now == before:
        return _("Even druk als %(then)s: %(now)s mensen per keer") % words
    if now > before:
        return _("Drukker: %(now)s mensen per keer, %(then)s %(before)s") % words
    return _("Rustiger: %(now)s mensen per keer, %(then)s %(before)s") % words


def by_month(told: Told) -> Section:
    """People by month; of two places a line each, of more of them together."""
    months = [dt.date.fromisoformat(f"{month}-01") for month in told.shot["months"]]
    people = {site["slug"]: told.shot["people"][site["slug"]] for site in told.sites}
    names = {site["slug"]: Dutch(site["name"]) for site in told.sites}
    heads = [_("Maand"), *names.values()]
    rows: list[list[Cell]] = [
        [date_words(month, _("F Y")), *(people[slug][at] for slug in names)] for at, month in enumerate(months)
    ]
    if not any(number for values in people.values() for number in values):
        return Section("course", _("Bezoeken per maand"), empty=_("Hier komt een lijn, zodra er geteld is."))
    drawn = [Line(names[slug], people[slug], is_before=bool(at)) for at, slug in enumerate(names)]
    if len(drawn) > 2:
        drawn = [Line(_("samen"), [_together(values) for values in zip(*people.values(), strict=True)])]
    title = _("Bezoeken per maand")
    about = _("Van %(first)s tot %(last)s. Elke maand staat in de tabel.") % {
        "first": date_words(months[0], _("F Y")), "last": date_words(months[-1], _("F Y")),
    }  # fmt: skip
    labels = [_axis(month, at) for at, month in enumerate(months)]
    return Section(
        "course", title, heads, rows, chart=lines("course", title, about, labels, drawn),
        key=[(line.name, "k-line k-second" if line.is_before else "k-line") for line in drawn], is_long=True, says=False,
        notes=[_("In een maand zonder telling is de lijn onderbroken.")] if _has_gap(people) else [],
    )  # fmt: skip


def _together(values: tuple[int | None, ...]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _has_gap(people: dict[str, list[int | None]]) -> bool:
    return any(None in values for values in people.values())


def _axis(month: dt.date, at: int) -> str:
    """Three words at most fit on a telephone: January by its year, the others by their name."""
    if at % 4:
        return ""
    return date_words(month, "M Y") if at == 0 or month.month == 1 else date_words(month, "M")


def functions(told: Told) -> Section:
    """Each function beside the period before, in the one order used everywhere."""
    heads = [_("Functie"), told.now_words(), told.before_words(), _("verschil"), _("uren")]
    rows: list[list[Cell]] = []
    drawn: list[Pair] = []
    for code, term in FUNCTION_TERMS.items():
        now, before = told.now(f"held_{code}"), told.before(f"held_{code}")
        rows.append([str(term), now, before, Change(now - before), _hours(told, code)])
        drawn.append(Pair(str(term), now, number_words(now), before, number_words(before), kind=str(code)))
    title = _function_title(told)
    notes = []
    if unknown := told.now("without_hours"):
        text = ngettext(
            "Van %(number)d keer is het uur niet bekend.", "Van %(number)d keer is het uur niet bekend.", unknown
        )
        notes.append(text % {"number": unknown})
    is_something = any(told.now(name) or told.before(name) for name in ("held",))
    about = "; ".join(f"{one.label}: {one.words}, {told.before_words()} {one.before_words}" for one in drawn)
    return Section(
        "functions", title, heads, rows if is_something else [], definition=definitions()["functions"], notes=notes,
        lead=_("Keer aanbod per functie."), chart=pairs("functions", title, about, drawn),
        key=[(told.now_words(), "k-now"), (told.before_words(), "k-before")],
        empty=_("Hier komt hoe vaak er iets was voor elke functie, zodra er aanbod is."),
    )  # fmt: skip


def _hours(told: Told, code: str) -> float | None:
    """None when of nothing of it the hour is known."""
    minutes = told.now(f"minutes_{code}")
    return None if not minutes and told.now(f"held_{code}") else hours_of(minutes)


def _function_title(told: Told) -> str:
    """What is missing says more than what is most."""
    held = {term: told.now(f"held_{code}") for code, term in FUNCTION_TERMS.items()}
    most = max(held.values())
    if not most:
        return Plain(_("Aanbod per functie"))
    missing = [str(term) for term, number in held.items() if not number]
    if len(missing) == 1:
        return _("Niets voor %(function)s") % {"function": missing[0]}
    first = [str(term) for term, number in held.items() if number == most]
    return _("%(function)s kwam het vaakst voor") % {"function": capfirst(first[0])} if len(first) == 1 else Plain(_("Aanbod per functie"))  # fmt: skip


def activities(told: Told) -> Section:
    """Those that lost most first: that is what is asked. One that was not counted in both periods stands below."""
    found = [(_lost(one), one) for one in told.shot["activities"] if told.here(one["site"]) and _is_shown(one)]
    found.sort(key=lambda pair: (pair[0] is None, pair[0] or 0, pair[1]["titles"]["nl"].casefold()))
    heads = [
        _("Activiteit"), _("Plek"), _("per keer, nu"), _("per keer, %(before)s") % {"before": told.before_words()}, _("verschil"),
        _("bezoeken"), _("geteld"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            in_language(one["titles"]), told.site_name(one["site"]), _per_time(one, -1), _per_time(one, -2),
            Change(change) if change is not None else None, one["numbers"]["people"][-1],
            _("%(counted)d van %(held)d") % {"counted": one["numbers"]["counted"][-1], "held": one["numbers"]["held"][-1]},
        ]
        for change, one in found
    ]  # fmt: skip
    return Section(
        "activities", _activity_title(told, found), heads, rows, definition=definitions()["average"], is_wide=True,
        lead=_("Wat het meest bezoekers verloor, staat bovenaan."),
        notes=[_("Een verschil staat er als er in beide periodes minstens drie keer geteld is.")],
        empty=_("Hier komt hoeveel mensen er per activiteit zijn, zodra er geteld is."),
    )  # fmt: skip


def _is_shown(one: Json) -> bool:
    numbers = one["numbers"]
    return any(numbers[name][at] for name in ("held", "counted") for at in (-1, -2))


def _per_time(one: Json, at: int) -> float | None:
    return average(one["numbers"]["people"][at], one["numbers"]["counted"][at])


def _lost(one: Json) -> float | None:
    """How many more people per time than in the period before, below zero for fewer; None for too few counts."""
    if min(one["numbers"]["counted"][-2:]) < ENOUGH:
        return None
    now, before = _per_time(one, -1), _per_time(one, -2)
    return round(now - before, 1) if now is not None and before is not None else None


def _activity_title(told: Told, found: list[tuple[float | None, Json]]) -> str:
    if not found or found[0][0] is None or told.is_running:
        return Plain(_("Per activiteit"))
    change, one = found[0]
    if change is None or change > -A_LOSS:
        return _("Geen activiteit verloor veel bezoekers")
    words = {
        "title": in_language(one["titles"]),
        "now": number_words(_per_time(one, -1) or 0),
        "before": number_words(_per_time(one, -2) or 0),
    }
    return said(_("%(title)s verloor het meest: van %(before)s naar %(now)s per keer"), **words)


def off(told: Told) -> Section:
    """What did not go on and why, for each place and together."""
    names = ("cancelled", "shut", "fell")
    heads = [_("Plek"), _("afgezegd"), _("dicht"), _("niet doorgegaan"), _("samen"), told.before_words()]
    rows = [[name, *numbers] for name, numbers in _by_place(told, lambda scope: [
        *(told.now(one, scope) for one in names), sum(told.now(one, scope) for one in names), sum(told.before(one, scope) for one in names),
    ])]  # fmt: skip
    number = sum(told.now(one) for one in names)
    text = ngettext("%(number)d keer ging het niet door", "%(number)d keer ging het niet door", number)
    if number:
        title = text % {"number": number}
    else:
        title = _("Alles ging door") if told.now("held") else Plain(_("Niet doorgegaan"))
    return Section(
        "off", title, heads, rows, definition=definitions()["off"],
        notes=[_("“Dicht” is een sluiting of een feestdag. “Niet doorgegaan” noteerde wie telde.")],
    )  # fmt: skip


def _by_place(told: Told, numbers: Callable[[str], list[Cell]]) -> Iterator[tuple[str, list[Cell]]]:
    """A row for each place, and for more than one a last one for all together."""
    for site in told.sites:
        yield Dutch(site["name"]), numbers(site["slug"])
    if len(told.sites) > 1:
        yield _("samen"), numbers("")


def partners(told: Told) -> Section:
    """Days a partner was there beside what it promised, and beside the period before; who was there less than promised first."""
    found = []
    for one in told.shot["partners"]:
        for slug, there in one["sites"].items():
            if told.here(slug):
                promised = there["promised"][-1] if there["promised"] else None
                found.append((one["name"], slug, there["days"][-1], promised, there["days"][-2]))
    found.sort(key=lambda row: (-_short(row[2], row[3]), row[0].casefold(), row[1]))
    rows: list[list[Cell]] = [[Dutch(name), told.site_name(slug), *rest] for name, slug, *rest in found]
    heads = [_("Partner"), _("Plek"), _("dagen"), _("beloofd"), told.before_words()]
    promising = [row for row in found if row[3] is not None]
    return Section(
        "partners", _partner_title(told, promising), heads, rows, definition=definitions()["presence"], is_wide=True,
        notes=[] if promising else [_("Nog geen partner zei hoeveel dagen per maand hij er is. Dat vul je in bij het engagement.")],
        empty=_("Hier komt welke partners er waren, zodra ze bij een telling aangevinkt zijn."),
    )  # fmt: skip


def _partner_title(told: Told, promising: list[tuple[str, str, int, int | None, int]]) -> str:
    """Who is there is ticked at a count: where nobody counted, nobody knows who was."""
    known = [row for row in promising if told.now("counted", row[1])]
    if less := len({name for name, _slug, days, promised, _before in known if _short(days, promised)}):
        text = ngettext(
            "%(number)d partner was er minder dan beloofd", "%(number)d partners waren er minder dan beloofd", less
        )
        title = text % {"number": less}
    elif known and known == promising:
        title = _("Elke partner was er zo vaak als beloofd")
    else:
        title = Plain(_("Partners op de vloer"))
    return Plain(_("Partners op de vloer")) if told.is_running else title


def _short(days: int, promised: int | None) -> int:
    return max(0, (promised or 0) - days)


def help_given(told: Told) -> Section:
    """Hours, shifts, and where somebody was missing."""
    heads = [
        _("Plek"),
        _("uren"),
        _("uren, %(before)s") % {"before": told.before_words()},
        _("beurten"),
        _("met te weinig"),
        _("mensen te weinig"),
    ]
    rows = [[name, *numbers] for name, numbers in _by_place(told, lambda scope: [
        hours_of(told.now("help_minutes", scope)), hours_of(told.before("help_minutes", scope)),
        told.now("shifts", scope), told.now("short", scope), told.now("missing", scope),
    ])]  # fmt: skip
    shifts, short = told.now("shifts"), told.now("short")
    text = ngettext(
        "Bij %(short)d van %(shifts)d beurt was er te weinig volk", "Bij %(short)d van %(shifts)d beurten was er te weinig volk", shifts
    )  # fmt: skip
    title = (
        text % {"short": short, "shifts": shifts}
        if short
        else _("Bij elke beurt waren er genoeg mensen")
        if shifts
        else Plain(_("Vrijwilligers"))
    )
    return Section(
        "help", title, heads, rows if any(told.of_scope["shifts"]) else [],
        definition=" ".join([definitions()["help"], definitions()["short"]]),
        empty=_("Hier komen de uren van vrijwilligers, zodra er beurten voorbij zijn."),
    )  # fmt: skip
