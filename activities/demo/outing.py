"""One example outing with places, so that registering can be tried: the outing, its day and everybody on it are made up."""

from __future__ import annotations

import datetime as dt

from activities.actions.offers import begin_offer
from activities.actions.outings import offer_places
from activities.actions.reservations import join
from activities.enums import Frequency, PriceKind
from activities.models import ActivityType, Occurrence, Outing, Text
from sites.models import Site
from stek.time import today

from .people import KATTEGAT

PLACES, AHEAD, SATURDAY = 20, dt.timedelta(days=10), 5
TITLES = {
    "nl": "Voorbeeld: uitstap naar de dierentuin",
    "fr": "Exemple : excursion au zoo",
    "en": "Example: trip to the zoo",
}
WORDS = {
    "nl": "Deze uitstap bestaat niet. Probeer hier hoe inschrijven werkt: we vertrekken en komen aan bij ’t Kattegat.",
    "fr": "Cette excursion n’existe pas. Essayez ici comment s’inscrire : départ et retour à ’t Kattegat.",
    "en": "This trip does not exist. Try here how registering works: we leave from and come back to ’t Kattegat.",
}
# Nickname, with how many, and a mailbox that nobody has.
GROUPS = [("Lien", 2, ""), ("Jos", 4, ""), ("Oma Bea", 3, ""), ("Samir", 5, "samir@voorbeeld.example"), ("Kaat", 2, "")]


def load_outing() -> None:
    """Once, on a Saturday to come: what was changed by hand since stays."""
    site = Site.objects.filter(slug=KATTEGAT).first()
    kind = ActivityType.objects.filter(code="excursion").first()
    if site is None or kind is None or Outing.objects.exists():
        return
    day = today(site.time_zone) + AHEAD
    series = begin_offer(
        site, by=None, type=kind, functions=["meet"], publish=True, title=TITLES["nl"], description=WORDS["nl"],
        frequency=Frequency.ONCE, first_day=day + dt.timedelta(days=(SATURDAY - day.weekday()) % 7), begin=dt.time(9),
        end=dt.time(17), price_kind=PriceKind.FREE, example_fields=["hours", "price"],
    )  # fmt: skip
    Text.objects.bulk_create(
        Text(series=series, language=language, title=TITLES[language], description=WORDS[language])
        for language in ("fr", "en")
    )
    outing = offer_places(Occurrence.objects.get(series=series), by=None, places=PLACES, is_example=True)
    for nickname, people, contact in GROUPS:
        join(outing, nickname=nickname, people=people, contact=contact, by_hand=True)
