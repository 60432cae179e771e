"""`/`: every STEK that runs, and what is on today."""

from django.http import HttpRequest, HttpResponse

from activities.today import today_everywhere
from activities.words import day_words
from stek.pages import current_language, page, public_page
from stek.time import today


@public_page
def home(request: HttpRequest) -> HttpResponse:
    context = {"sites": today_everywhere(current_language()), "today_words": day_words(today(), year=False)}
    return page(request, "activities/home.html", context)
