"""What Django itself reaches for the same columns and the same middleware: the baselines, at most 15 lines each."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template import engines

from activities.models import Occurrence, Shift
from partners.models import Membership
from stek.time import today

PLAIN = engines[
    "django"
].from_string("""<!doctype html><html lang="nl"><title>Week</title><h1>Week</h1><ul>
{% for row in rows %}<li class="act fn-{{ row.meet }}"><svg><use href="/static/stek/icons.svg#p-{{ row.series__activity__type__pictogram }}"/></svg>
<p>{{ row.day }} {{ row.begin }} {{ row.end }} {{ row.part }} {{ row.status }}</p><h4><a href="/x/activiteit/{{ row.series__activity__slug }}/">{{ row.series__title }}</a></h4>
<p>{{ row.note }} {{ row.place__name }} {{ row.series__price_kind }} {{ row.series__organisers__organisation__names__name }}</p></li>{% endfor %}</ul></html>""")
SHIFTS = engines[
    "django"
].from_string("""<!doctype html><html lang="nl"><title>Beurten</title><h1>Beurten</h1><ul>
{% for row in rows %}<li class="shift"><h3><a href="/mijn/beurten/{{ row.uuid }}/">{{ row.occurrence__day }}</a></h3><p>{{ row.occurrence__begin }} {{ row.occurrence__end }}</p>
<p>{{ row.need__task }} <b>{{ row.occurrence__series__title }}</b></p><p>{{ row.occurrence__site__name }} {{ row.occurrence__place__name }} {{ row.taken }} {{ row.need__maximum }}</p>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="{{ token }}"><button type="submit">Neem ik</button></form></li>{% endfor %}</ul></html>""")
ROLLUP = engines["django"].from_string("""<!doctype html><html lang="nl"><title>Cijfers</title><h1>Cijfers</h1><table>
{% for row in rows %}<tr><td>{{ row.site }}</td><td>{{ row.series__activity }}</td><td>{{ row.month }}</td><td>{{ row.held }}</td><td>{{ row.people }}</td><td>{{ row.counted }}</td>
<td>{{ row.there }}</td><td>{{ row.asked }}</td><td>{{ row.taken }}</td></tr>{% endfor %}</table></html>""")
SHIFT_COLUMNS = [
    "uuid", "need__task", "need__task_translations", "need__minimum", "need__maximum", "need__before", "need__after", "need__begin",
    "need__end", "need__until", "occurrence__day", "occurrence__begin", "occurrence__end", "occurrence__begins_at",
    "occurrence__ends_at", "occurrence__status", "occurrence__opened_anyway", "occurrence__place__name", "occurrence__site__name",
    "occurrence__site__time_zone", "occurrence__site__municipality__name", "occurrence__series__title",
    "occurrence__series__is_published", "occurrence__series__is_undone", "occurrence__series__activity__slug",
]  # fmt: skip
COLUMNS = [
    "day",
    "original_date",
    "begin",
    "end",
    "part",
    "begins_at",
    "ends_at",
    "status",
    "opened_anyway",
    "note",
    "place__name",
    "sequence",
    "changed_at",
    "uuid",
    "series__title",
    "series__description",
    "series__audience",
    "series__price_kind",
    "series__price_cents",
    "series__with_volunteers",
    "series__example_fields",
    "series__activity__slug",
    "series__activity__meet",
    "series__activity__learn",
    "series__activity__politicise",
    "series__activity__refer",
    "series__activity__type__pictogram",
    "series__activity__type__names",
    "series__organisers__organisation__names__name",
]


@login_not_required
def bytes_from_cache(request):
    """The limit of a cached page: the same bytes, straight from the cache."""
    return HttpResponse(cache.get("bare"), content_type="text/html; charset=utf-8")


@login_not_required
def one_query(request, site_id, first, last):
    """The limit of a page rendered anew: one query, a plain template, as many rows."""
    rows = Occurrence.objects.filter(site=site_id, day__range=(first, last)).order_by("day", "begin").values(*COLUMNS)
    return HttpResponse(PLAIN.render({"rows": rows}))


def week_with_a_key(request, site, first, last):
    """The same for who is signed in: session and account are read."""
    rows = Occurrence.objects.filter(site=site, day__range=(first, last)).order_by("day", "begin").values(*COLUMNS)
    return HttpResponse(PLAIN.render({"rows": rows, "user": request.user.pk}))


def shifts_with_a_key(request, site, first, last):
    """The limit of a list of shifts: session and account are read, one query, a plain template with as many rows and forms."""
    rows = Shift.objects.filter(occurrence__site=site, occurrence__day__range=(first, last)).order_by("occurrence__day")
    rows = rows.values(*SHIFT_COLUMNS).annotate(taken=Count("sign_ups"))
    token = get_token(request)
    return HttpResponse(SHIFTS.render({"rows": rows, "user": request.user.pk, "token": token}))


def rollup(partnership, first, last):
    """The limit of a report: dates and counts by place, activity and month, in one query."""
    rows = Occurrence.objects.filter(site__partnership__slug=partnership, day__range=(first, last)).order_by()
    months = rows.annotate(month=TruncMonth("day")).values("site", "series__activity", "month")
    return months.annotate(held=Count("pk"), people=Sum("attendance__people"), counted=Count("attendance"))


def whole_rollup(partnership, first, last):
    """The same with presences, shifts and who took them, which no date has more than one of in a benchmark."""
    rows = rollup(partnership, first, last).annotate(there=Count("attendance__presences"))
    return rows.annotate(asked=Count("shifts"), taken=Count("shifts__sign_ups"))


def rollup_with_a_key(request, partnership, first, last):
    """The same for who is signed in: session and account are read, and every row is written."""
    rows = whole_rollup(partnership, first, last)
    return HttpResponse(ROLLUP.render({"rows": rows, "user": request.user.pk}))


def dates_and_people(request, series):
    """What a preview looks at, read once and listed: the dates of an agreement, and who works for those that organise it."""
    dates = Occurrence.objects.filter(series=series, day__gte=today()).order_by("day").values(*COLUMNS)
    people = Membership.objects.filter(organisation__series_organised__series=series).select_related("user")
    names = [row.user.name for row in people]
    return HttpResponse(PLAIN.render({"rows": dates, "user": request.user.pk}) + ", ".join(names))
