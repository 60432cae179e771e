"""How long what is kept: one table, shown at `/privacy/` and carried out by `manage.py purge`.

Settings make the table (`STEK_RETENTION`). Whoever keeps rows says at start-up what of them is over, and a test finds a line
that nobody carries out. A leaf: it knows codes and numbers of days, and no room.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sized
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

DAY = dt.timedelta(days=1)
YEAR = 365 * DAY


@dataclass(frozen=True, slots=True)
class Term:
    """What is kept, for how long, counted from when, and why. Without a length it stays, and `stays` says until when.

    `is_purged`: the command takes it away; otherwise it ends by itself.
    """

    code: str
    what: Promise
    why: Promise
    length: dt.timedelta | None = None
    since: Promise | str = ""
    stays: Promise | str = ""
    is_purged: bool = False

    @property
    def how_long(self) -> str:
        return length_words(self.length) if self.length else str(self.stays)


def table(*, session: int, borrowed: int, code: int, mail_in_files: bool) -> list[Term]:
    """The whole table. Seconds for what has a setting of its own; mails in files are kept only where no mail is sent."""
    lines = [
        Term(
            "offer",
            gettext_lazy("Het programma: wat er was, waar en wanneer"),
            gettext_lazy("Het gaat over geen enkele persoon."),
            stays=gettext_lazy("blijft"),
        ),
        Term(
            "count",
            gettext_lazy("Hoeveel mensen er waren: getallen, nooit namen"),
            gettext_lazy("Zo weten we wanneer mensen komen. Het gaat over geen enkele persoon."),
            stays=gettext_lazy("blijft"),
        ),
        Term(
            "account",
            gettext_lazy("Wie een sleutel heeft van de website: naam, e-mailadres, taal en rol"),
            gettext_lazy("Anders kan je niet binnen."),
            stays=gettext_lazy("zolang je een sleutel hebt, of tot je vraagt om je te vergeten"),
        ),
        Term(
            "idle_account",
            gettext_lazy("Een account dat niets meer opent"),
            gettext_lazy("Soms komt iemand terug. Daarna verwachten we dat niet meer."),
            YEAR,
            gettext_lazy("nadat je laatste sleutel afliep of je account gesloten werd"),
            is_purged=True,
        ),
        Term(
            "session",
            gettext_lazy("Aanmelding: welke dag, niet waar en niet met welk toestel"),
            gettext_lazy("Zo hoef je niet elke keer een code te vragen."),
            dt.timedelta(seconds=session),
            gettext_lazy("vanaf het aanmelden, of tot je afmeldt"),
            is_purged=True,
        ),
        Term(
            "borrowed_session",
            gettext_lazy("Aanmelding op een geleend toestel"),
            gettext_lazy("Na jou gebruikt iemand anders dat toestel."),
            dt.timedelta(seconds=borrowed),
            gettext_lazy("vanaf het aanmelden, of tot je afmeldt"),
        ),
        Term(
            "code",
            gettext_lazy("De code die we mailen om aan te melden"),
            gettext_lazy("Zo zijn we zeker dat jij het bent."),
            dt.timedelta(seconds=code),
            gettext_lazy("nadat we ze stuurden"),
        ),
        Term(
            "invitation",
            gettext_lazy("Een uitnodiging: naam, e-mailadres en rol"),
            gettext_lazy("Wie uitnodigde, ziet zo nog wat ervan kwam."),
            30 * DAY,
            gettext_lazy("nadat je antwoordde, of nadat ze verliep of ingetrokken werd"),
            is_purged=True,
        ),
        Term(
            "candidate",
            gettext_lazy("Wie zegt te willen helpen: voornaam, e-mailadres of telefoon, en wat je graag doet"),
            gettext_lazy("Zo kan de opbouwwerker je bellen of schrijven."),
            60 * DAY,
            gettext_lazy("nadat je het invulde, of tot je antwoord kreeg of het intrekt"),
            is_purged=True,
        ),
        Term(
            "helping",
            gettext_lazy(
                "Hoe je helpt: wat je graag doet, talen, telefoon, vaste plaatsen en hoe je welkom geheten werd"
            ),
            gettext_lazy("Zo vragen we alleen wat bij je past."),
            stays=gettext_lazy("zolang je een account hebt; wat je zelf koos, verander je zelf"),
        ),
        # A year: who helped each summer is found again the summer after.
        Term(
            "helper",
            gettext_lazy("Wie helpt zonder account: naam, telefoon en wat iemand graag doet"),
            gettext_lazy("Zo kan de opbouwwerker bellen en een plaats geven."),
            YEAR,
            gettext_lazy("na de laatste beurt, of de laatste dag; daarna tellen de uren zonder naam"),
            is_purged=True,
        ),
        # As long as the change log: for a question about who was there, an insurance or a thank-you.
        Term(
            "shift",
            gettext_lazy("Welke beurten je deed"),
            gettext_lazy("Zo zie je je uren, en kan de plek je bedanken."),
            3 * YEAR,
            gettext_lazy("na de beurt; daarna tellen de uren zonder naam"),
            is_purged=True,
        ),
        Term(
            "away",
            gettext_lazy("Wanneer je even weg bent, nooit waarom"),
            gettext_lazy("Die dagen vragen we je niets."),
            30 * DAY,
            gettext_lazy("na de laatste dag"),
            is_purged=True,
        ),
        Term(
            "consent",
            gettext_lazy("Waar je ja op zei: voornaam tonen, gevraagd worden, foto’s; welke tekst en sinds wanneer"),
            gettext_lazy("Zo kunnen we tonen dat je ja zei. Je kan het altijd weer uitvinken."),
            YEAR,
            gettext_lazy("nadat je het uitvinkte"),
            is_purged=True,
        ),
        Term(
            "message",
            gettext_lazy("Berichten van ons: welke soort, aan welk account en wanneer, nooit wat erin stond"),
            gettext_lazy("Zo zien we of alles aankwam, en krijg je niets twee keer."),
            90 * DAY,
            gettext_lazy("nadat het verstuurd of niet meer nodig was"),
            is_purged=True,
        ),
        # As long as an invitation is worth something: after that nobody can send it again.
        Term(
            "message_address",
            gettext_lazy("Het e-mailadres bij een bericht dat niet aankwam"),
            gettext_lazy("Zo kan een opbouwwerker het opnieuw sturen."),
            14 * DAY,
            gettext_lazy("nadat het misliep"),
            is_purged=True,
        ),
        # Twice as long as somebody is away in summer, and no longer: a device that nobody opens may be somebody else's by now.
        Term(
            "push_device",
            gettext_lazy("Een toestel dat meldingen krijgt: welke dag, en versleuteld waar de melding heen moet"),
            gettext_lazy("Zo kunnen we je een melding sturen, als je daarom vroeg."),
            60 * DAY,
            gettext_lazy("nadat je je daar het laatst aanmeldde, of tot je afmeldt of ze uitzet"),
            is_purged=True,
        ),
        # The worker on the telephone keeps to this by itself (`sites.phone.KEPT`).
        Term(
            "phone",
            gettext_lazy("Op je eigen telefoon: de beurten die je het laatst zag"),
            gettext_lazy("Zo kan je ze lezen zonder internet. Wij kunnen er niet bij."),
            7 * DAY,
            gettext_lazy("nadat je ze zag, of tot je afmeldt"),
        ),
        # Three years: the steering group looks back over a whole period of support, and a quarrel is about last year at most.
        Term(
            "log",
            gettext_lazy("Wie wat veranderde aan het programma, de plek en de sleutels"),
            gettext_lazy("Loopt er iets mis, dan kunnen we nakijken wat er gebeurde."),
            3 * YEAR,
            gettext_lazy("na de verandering"),
            is_purged=True,
        ),
        # Undoing ends when the first date begins; a month later nobody asks what it was like before.
        Term(
            "step",
            gettext_lazy("Hoe het programma was voor een verandering: woorden, dagen en plaatsen"),
            gettext_lazy("Zo kan een opbouwwerker een verandering ongedaan maken. Het gaat over geen enkele persoon."),
            30 * DAY,
            gettext_lazy("nadat de eerste datum begon die veranderde"),
            is_purged=True,
        ),
        # Long enough to call about a coat that stayed in the bus.
        Term(
            "reservation",
            gettext_lazy(
                "Wie zich inschreef voor een uitstap: voornaam of bijnaam, met hoeveel, en telefoon of e-mail als je dat wou"
            ),
            gettext_lazy("Zo weten we wie er meegaat. Daarna blijft alleen het aantal."),
            7 * DAY,
            gettext_lazy("na de uitstap, of meteen als je afzegt"),
            is_purged=True,
        ),
        # As long as somebody who offers help waits for an answer: a coordinator who did not look in two months does not look.
        Term(
            "waiting_idea",
            gettext_lazy("Een idee uit de ideeënbus dat nog niemand bekeek: de zin, de taal en de maand"),
            gettext_lazy("Zo kan de opbouwwerker het lezen. Niemand anders ziet het, en we weten niet van wie het is."),
            60 * DAY,
            gettext_lazy("na de maand waarin je het gaf"),
            is_purged=True,
        ),
        Term(
            "idea",
            gettext_lazy("Een idee dat bij de andere staat: de zin, de maand en hoeveel stemmen, nooit van wie"),
            gettext_lazy("Zo zie je wat ervan kwam. Het gaat over geen enkele persoon."),
            stays=gettext_lazy("blijft"),
        ),
        # Two years: a dossier takes that long from the first signal to an answer. What is counted stays.
        Term(
            "signal",
            gettext_lazy("Een signaal: wat er misloopt, op welke plek, in welke week. Nooit wie het gaf"),
            gettext_lazy("Zo kaarten we aan wat vaak misloopt. Daarna houden we alleen dat er één was, en waarover."),
            2 * YEAR,
            gettext_lazy("na die week"),
            is_purged=True,
        ),
        Term(
            "held_signal",
            gettext_lazy("Een signaal dat nog dicht is"),
            gettext_lazy(
                "Tot dan kan wie het gaf, het terughalen. Niemand leest het, en het staat in geen reservekopie."
            ),
            stays=gettext_lazy("tot het met andere opengaat, na hoogstens vijf weken"),
        ),
        Term(
            "contribution",
            gettext_lazy("Of in een kwartaal meer dan één organisatie over een thema vertelde, zonder welke"),
            gettext_lazy("Zo tonen we geen cijfer dat van één organisatie komt."),
            stays=gettext_lazy("tot de cijfers van dat kwartaal vrijgegeven zijn"),
        ),
        Term(
            "refused_signal",
            gettext_lazy("Dat een signaal geweigerd is: plek, thema, week en een vaste reden"),
            gettext_lazy("Zo weet wie het gaf waarom. We weten niet wie dat is."),
            90 * DAY,
            gettext_lazy("na die week"),
            is_purged=True,
        ),
        Term(
            "heartbeat",
            gettext_lazy("Wanneer onze computer voor het laatst iets deed"),
            gettext_lazy("Zo merken we dat hij stilvalt. Het gaat over geen enkele persoon."),
            90 * DAY,
            gettext_lazy("na de laatste keer"),
            is_purged=True,
        ),
        Term(
            "erasure",
            gettext_lazy("Dat er iemand vergeten is: een willekeurig nummer en een dag"),
            gettext_lazy("Zo blijft die persoon vergeten, ook als we een reservekopie terugzetten."),
            stays=gettext_lazy("blijft"),
        ),
        # Carried out by `manage.py backup FOLDER`, which takes older ones in that folder away.
        Term(
            "backup",
            gettext_lazy("Reservekopieën van dit alles"),
            gettext_lazy(
                "Na een ongeluk zetten we alles terug. Wie intussen vergeten is, vergeten we dan meteen weer."
            ),
            35 * DAY,
            gettext_lazy("nadat de kopie gemaakt is"),
        ),
    ]
    if mail_in_files:
        lines.append(
            Term(
                "mail_file",
                gettext_lazy("Mails die hier niet vertrekken maar in een bestand komen"),
                gettext_lazy("Zo kan je in een proefopstelling lezen wat er verstuurd zou zijn."),
                14 * DAY,
                gettext_lazy("na het schrijven"),
                is_purged=True,
            )
        )
    return lines


def terms() -> list[Term]:
    """The table as it is set, in its order."""
    return list(settings.STEK_RETENTION)


def find(code: str) -> Term | None:
    """One line; None when the table has none."""
    return next((one for one in terms() if one.code == code), None)


def term(code: str) -> Term:
    """The same; raises LookupError when it is not there."""
    if (found := find(code)) is None:
        raise LookupError(code)
    return found


def length_words(length: dt.timedelta) -> str:
    """“3 jaar”, “30 dagen”, “1 uur”, “15 minuten”: in the largest unit that says it exactly."""
    minutes = int(length.total_seconds() // 60)
    if length >= YEAR and length % YEAR == dt.timedelta(0):
        return ngettext("%(number)s jaar", "%(number)s jaar", length // YEAR) % {"number": length // YEAR}
    if length % DAY == dt.timedelta(0):
        return ngettext("%(number)s dag", "%(number)s dagen", length.days) % {"number": length.days}
    if minutes % 60 == 0:
        return _("%(number)s uur") % {"number": minutes // 60}
    return ngettext("%(number)s minuut", "%(number)s minuten", minutes) % {"number": minutes}


def delete_rows(found: Any) -> None:
    found.delete()


@dataclass(frozen=True, slots=True)
class Purger:
    """Carries out one line of the table. `find` gets its length and only looks; `remove` takes away what was found.

    `keep_up` notes what a later night needs to know; a dry run leaves it out, so it may not change what `find` finds today.
    """

    code: str
    find: Callable[[dt.timedelta], QuerySet | Sized]
    remove: Callable[[Any], object] = delete_rows
    keep_up: Callable[[], object] | None = None


_purgers: dict[str, Purger] = {}


def add_purger(purger: Purger) -> None:
    """For `AppConfig.ready`: one for each line that is purged."""
    _purgers[purger.code] = purger


def purgers() -> dict[str, Purger]:
    return dict(_purgers)


def purge(*, dry_run: bool) -> dict[str, int]:
    """Take away what is over, line by line. Code -> how many; a dry run says the same and touches nothing."""
    counts = {}
    for term in terms():
        if not (term.is_purged and term.length):
            continue
        purger = _purgers[term.code]
        found = purger.find(term.length)
        counts[term.code] = found.count() if isinstance(found, QuerySet) else len(found)
        if dry_run:
            continue
        if counts[term.code]:
            purger.remove(found)
        if purger.keep_up:
            purger.keep_up()
    return counts
