"""What points at one person by itself: numbers, addresses of mail and of houses, plates, days of birth.

Each function takes plain text (`folding.fold`) and yields where something stands in it. Finding is by own expressions, in which every
repetition is bounded; libraries judge what was found. What is laid out like such a number is one, also with a slip in it: the
reader would still know whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import phonenumbers
from phonenumbers import PhoneNumberType
from stdnum import iban
from stdnum.be import bis, nn

from .findings import Kind
from .words import COMMON, marks

Span = tuple[int, int]
Match = re.Match[str]

I = re.IGNORECASE  # noqa: E741  # read as a flag
GAP = r"[\s.,:/|_*-]{0,3}"  # between two groups of a number

# --- Where to look -----------------------------------------------------------------------------------------------------------------

_CLUSTER = re.compile(r"\d(?:[^\d\n]{0,3}\d){6,60}")


def _clusters(text: str) -> list[Span]:
    """Stretches with seven digits or more close together, and a little around them: a number that is somebody's stands nowhere else."""
    return [(max(0, found.start() - 6), found.end() + 3) for found in _CLUSTER.finditer(text)]


def _in_clusters(pattern: re.Pattern[str], text: str) -> Iterator[Match]:
    for start, end in _clusters(text):
        yield from pattern.finditer(text, start, end)


# --- Letters among digits ---------------------------------------------------------------------------------------------------------

_AMONG_DIGITS = re.compile(
    r"(?<![^\W\d_])[OoIl](?=[ .\-/]?\d{2})|(?<=\d)[OoIl](?=[ .\-/]?\d)|(?<=\d\d)[OoIl](?![^\W_])"
)


def with_digits(text: str) -> str:
    """A letter O or l in the middle of a number is a nought or a one. As long as it was."""
    return _AMONG_DIGITS.sub(lambda found: "0" if found[0] in "Oo" else "1", text)


# --- National register and BIS ----------------------------------------------------------------------------------------------------

_REGISTER = re.compile(rf"(?<!\d)(\d\d){GAP}(\d\d){GAP}(\d\d){GAP}(\d{{3}}){GAP}(\d\d)(?!\d)")
_REGISTER_WORD = re.compile(
    r"rijksreg|\brr[nr]?\b|\brn\b|insz|niss|registre nat|num[eé]ro national|nationa+l (?:registe?r )?num|identiteitskaart|\bbis\b|bis-?num", I
)  # fmt: skip


def national_register(text: str) -> Iterator[Span]:
    for found in _in_clusters(_REGISTER, text):
        digits = "".join(found.groups())
        _year, month, day = (int(part) for part in found.groups()[:3])
        is_day = month % 20 <= 12 and month <= 52 and day <= 31
        gaps = sum(found.end(group) < found.start(group + 1) for group in range(1, 5))
        laid_out = is_day and gaps >= 2 and found[0][8:9] != "/"
        if laid_out or nn.is_valid(digits) or bis.is_valid(digits) or _said_before(text, found.start(), _REGISTER_WORD):
            yield found.span()
    for found in _in_clusters(_SPELT_OUT, text):
        digits = re.sub(r"\D", "", found[0])
        if nn.is_valid(digits) or bis.is_valid(digits):
            yield found.span()


_SPELT_OUT = re.compile(r"(?<!\d)\d(?:[\s.,-]{1,2}\d){10}(?!\d)")


def _said_before(text: str, place: int, words: re.Pattern[str], within: int = 45) -> bool:
    return bool(words.search(text, max(0, place - within), place))


# --- Telephone --------------------------------------------------------------------------------------------------------------------

_PHONE = re.compile(r"(?<![\w.,])(?:\(?(?:\+|00)[\s(]{0,2}[1-9]|\(?0)(?:[\s.\-/()]{0,3}\d){7,14}")
_BARE_MOBILE = re.compile(r"(?<![\w.,+])4[5-9]\d(?:[\s.\-/]{0,2}\d){6}(?!\d)")
_PHONE_WORD = re.compile(
    r"\b(?:tel|t[eé]l[eé]phon|telefo|phone|gsm|bel|bell?en|app|whatsapp|call|appel|mobile?|ring|sms)\w{0,6}\W{0,3}", I
)
_DAY_OR_HOUR = re.compile(r"\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d|(?:0\d|1\d|2[0-3])[.](?:00|15|30|45)\s?-")
# Everybody's numbers: free, shared cost, paid. They point at a service.
_OF_SERVICES = frozenset(
    [PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.UAN]
)
# Where people here have their number from, and how many digits it has with its nought.
_NEIGHBOURS = {"BE": (8, 9, 10), "NL": (10,), "FR": (10,), "GB": (10, 11), "DE": (10, 11, 12)}
# As a number of here is written down: it is one, also when nobody gave it out, or a figure is wrong.
_LAID_OUT = re.compile(
    r"\(?0(?:[1-9](?!0{2})[\s./-]{1,2}\d{3}|[1-9]\d[\s./-]{1,2}\d\d|4\d\d[\s./-]{0,2}\d\d)[\s./-]{1,2}\d\d[\s./-]{1,2}\d\d(?!\d)|\(?04[5-9]\d(?:[\s./-]{0,2}\d){6}(?!\d)"
)
_FROM_ABROAD = re.compile(r"\(?(?:\+|00)")
_SERVICE = re.compile(r"(?<![\w.,])0(?:70|78|800|90\d)(?:[\s.\-/]{0,3}\d){4,7}")


def phone(text: str) -> Iterator[Span]:
    for found in _in_clusters(_PHONE, text):
        end, is_service = _line(text, found)
        if end and not is_service:
            # A bracket that is not closed within the number is around more than the number.
            yield found.start() + (found[0][0] == "(" and ")" not in text[found.start() : end]), end
    for found in _in_clusters(_BARE_MOBILE, text):
        is_grouped = re.search(r"^\d{3}[\s./-]{1,2}\d\d", found[0])
        if is_grouped or _said_before(text, found.start(), _PHONE_WORD, 20):
            yield found.span()


def service_numbers(text: str) -> Iterator[Span]:
    """Lines of services, which are no run of digits to warn of either."""
    for found in _in_clusters(_SERVICE, text):
        end, is_service = _line(text, found)
        if is_service:
            yield found.start(), end


def _line(text: str, found: Match) -> tuple[int, bool]:
    """Where the number that begins here ends, and whether it is one of a service; 0 when it is no number."""
    if _DAY_OR_HOUR.match(text, found.start()):
        return 0, False
    if _SERVICE.match(text, found.start()):
        return _ends(text, found)[0], True
    ends = _ends(text, found)
    # Of here as far as it may go, before of elsewhere: "0470 12 34 56 3 keer" is no German number.
    for country in (None,) if _FROM_ABROAD.match(text, found.start()) else _NEIGHBOURS:
        for end in ends:
            kind = _kind_of_line(text[found.start() : end], country)
            if kind is not None:
                return end, kind in _OF_SERVICES
    if laid_out := _LAID_OUT.match(text, found.start()):
        return laid_out.end(), False
    return 0, False


def _ends(text: str, found: Match) -> list[int]:
    """Where the number may end: as far as it goes, then at each gap before that, since what follows may be another number."""
    ends = [found.end()] if not text[found.end() : found.end() + 1].isdigit() else []
    gaps = [found.start() + gap.start() for gap in re.finditer(r"[\s.\-/()]{1,3}", found[0])]
    return ends + [end for end in reversed(gaps) if sum(map(str.isdigit, text[found.start() : end])) >= 8]


def _kind_of_line(written: str, country: str | None) -> int | None:
    """What kind of line it is, in a country or with its code in front; None when it is none."""
    number = re.sub(r"[^\d+]", "", re.sub(r"\(\s?0\s?\)", "", written))
    if number.startswith("00"):
        number = "+" + number[2:]
    if number.startswith("+320"):
        number = "+32" + number[4:]
    if country and len(number) not in _NEIGHBOURS[country]:
        return None
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    kind = phonenumbers.number_type(parsed)
    return None if kind == PhoneNumberType.UNKNOWN else kind


# --- Mail, profiles ---------------------------------------------------------------------------------------------------------------

_BOX = r"[\w.+%-]{0,63}\w"
_AT = r"(?:\s?@\s?|\s?[(\[{<]\s?(?:at|@|apenstaartje?|arobase|a)\s?[)\]}>]\s?|\s(?:apenstaartje?|arobase|aap)\s)"
_DOT = r"(?:\s?\.\s?|\s?[(\[{<]\s?(?:dot|punt|point)\s?[)\]}>]\s?|\s(?:dot|punt|point)\s)"
_SAID_DOT = r"(?:\s?[(\[{<]\s?(?:dot|punt|point)\s?[)\]}>]\s?|\s(?:dot|punt|point)\s)"
_HOST = r"[a-z0-9][\w-]{0,62}"
_END = r"[a-z]{2,24}(?![\w@])"
_PROVIDERS = (
    r"(?:gmail|hotmail|outlook|telenet|skynet|proximus|yahoo|live|icloud|msn|scarlet|ymail|protonmail|proton|gmx|mail)"
)
_MAILS = [
    re.compile(rf"(?<![\w.]){_BOX}{_AT}{_HOST}(?:\.[\w-]{{1,40}}){{0,3}}{_DOT}{_END}", I),
    re.compile(rf"(?<![\w.]){_BOX}\sat\s{_HOST}(?:{_DOT}[\w-]{{1,40}}){{0,2}}{_SAID_DOT}{_END}", I),
    re.compile(rf"(?<![\w.])[\w+-]{{1,40}}[._\d][\w.+-]{{0,40}}\sat\s{_HOST}\.{_END}", I),
    re.compile(rf"(?<![\w.]){_BOX}{_AT}{_PROVIDERS}\b", I),
]


_MAIL_SIGN = re.compile(r"@|\bat\b|apenstaart|arobase|\baap\b|[(\[{<]\s?a\s?[)\]}>]", I)


def email(text: str) -> Iterator[Span]:
    if "@" not in text and not _MAIL_SIGN.search(text):
        return
    for pattern in _MAILS:
        for found in pattern.finditer(text):
            yield found.span()


_NETWORKS = r"(?:facebook|fb|instagram|tiktok|twitter|x|linkedin|snapchat|threads|pinterest|youtube|t|wa|m|vk|telegram|discord|ok)"
_PROFILE = re.compile(
    rf"(?<![\w.@-])(?:https?://)?(?:(?:www|m|web|[a-z]{{2}}(?:-[a-z]{{2}})?)\.)?{_NETWORKS}\.(?:com|me|net|be|gg|ru)/[\w@.\-/?=&%+~]{{1,99}}[\w/]", I
)  # fmt: skip
_HANDLE = re.compile(r"(?<![\w@.+/])@[a-z_][\w.]{1,28}\w", I)
_NETWORK_WORD = re.compile(r"\b(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|facebook|fb|telegram|twitter|discord|messenger|skype|linkedin|signal|viber)\b", I)  # fmt: skip
_NICK = re.compile(r"(?<![\w@.])[a-z][a-z0-9]{0,24}[_.\d][\w.]{0,24}\w(?!\w)", I)


def handle(text: str) -> Iterator[Span]:
    for pattern, sign in ((_PROFILE, "/"), (_HANDLE, "@")):
        if sign not in text:
            continue
        for found in pattern.finditer(text):
            # "jan @ gmail.com": mail with a blank before its sign, unless the word before it names the network.
            before = text[max(0, found.start() - 14) : found.start()]
            if (
                pattern is _HANDLE
                and re.search(r"\.[a-z]{2,6}$", found[0], I)
                and re.search(r"\w\s?$", before)
                and not _NETWORK_WORD.search(before)
            ):
                continue
            yield found.span()
    for said in _NETWORK_WORD.finditer(text):
        nick = _NICK.search(text, said.end(), said.end() + 60)
        if nick and not re.search(r"[.!?]\s", text[said.end() : nick.start()]) and re.search(r"[a-z]{2}", nick[0], I):
            between = text[said.end() : nick.start()]
            if "_" in nick[0] or re.search(
                r":|=|\b(?:als|as|is|onder|sous|naam|name|nom|account|compte|profiel|user)\b", between, I
            ):
                yield nick.span()


# --- Bank account -----------------------------------------------------------------------------------------------------------------

# Countries of such accounts; "op" and "is" before a number are none.
_COUNTRIES = "A[DELTZ]|B[AEGHRY]|C[HRYZ]|D[EKO]|E[EGS]|F[IORK]|G[BEILRT]|H[RU]|I[ELQT]|JO|K[WZ]|L[BCITUVY]|M[CDEKRTU]|N[LO]|P[KLST]|QA|R[OSU]|S[ACDEIKMOTV]|T[LNR]|UA|VA|VG|XK"
_IBAN = re.compile(rf"(?<![\w])(?:{_COUNTRIES}){GAP}\d\d(?:{GAP}[a-z0-9]){{11,30}}(?![a-z0-9])", I)
_IBAN_BE = re.compile(rf"(?<!\w)be{GAP}\d\d(?:{GAP}\d){{12}}(?!\d)", I)
_OLD_ACCOUNT = re.compile(r"(?<![\d.-])\d{3}[ .]?-[ .]?\d{7}[ .]?-[ .]?\d\d(?![\d-])")


def bank_account(text: str) -> Iterator[Span]:
    for pattern in (_IBAN_BE, _OLD_ACCOUNT):
        for found in _in_clusters(pattern, text):
            yield found.span()
    for found in _IBAN.finditer(text) if _CLUSTER.search(text) else ():
        # What follows the account may look like a part of it: the longest beginning that is right.
        ends = [found.end(), *(found.start() + gap.start() for gap in re.finditer(r"[^a-z0-9]+", found[0], I))]
        for end in sorted(ends, reverse=True):
            written = re.sub(r"[^a-z0-9]", "", text[found.start() : end], flags=I).upper()
            if len(written) >= 15 and (iban.is_valid(written) or _is_laid_out(written)):
                yield found.start(), end
                break


# Lengths of accounts where people here have theirs; a wrong check digit is a slip of the pen.
_LENGTHS = {
    "NL": 18,
    "FR": 27,
    "DE": 22,
    "LU": 20,
    "PL": 28,
    "RO": 24,
    "BG": 22,
    "ES": 24,
    "PT": 25,
    "IT": 27,
    "GB": 22,
    "LT": 20,
}


def _is_laid_out(written: str) -> bool:
    return _LENGTHS.get(written[:2]) == len(written) and sum(map(str.isdigit, written)) >= 12


# --- Number plate -----------------------------------------------------------------------------------------------------------------

_PLATE_WORD = re.compile(r"nummerplaat|kenteken|\bplaat\b|plaque|immatricul|number ?plate|licen[cs]e plate|\bplate\b|\breg\b|registration", I)  # fmt: skip
_PLATES = [
    re.compile(r"(?<![\w.,-])[1-9QOMTSUWZVH][-./ ]{0,3}([A-Za-z]{3})[-./ ]{0,3}\d{3}(?![\w])"),
    re.compile(r"(?<![\w-])(?:([A-Z]{3})-\d{3}|\d{3}-([A-Z]{3}))(?![\w-])"),
    re.compile(r"(?<![\w-])[A-Z]{2}[- ]\d{3}[- ][A-Z]{2}(?![\w-])"),
    re.compile(
        r"(?<![\w-])(?=[\d-]{0,7}[A-Z])(?=[A-Z-]{0,7}\d)(?:[A-Z]{1,3}|\d{1,3})-(?:[A-Z]{2,3}|\d{2,3})-(?:[A-Z]{1,3}|\d{1,3})(?![\w-])"
    ),
    re.compile(r"(?<![\w-])[A-Z]{1,2}[- ]\d{2,3}[- ][A-Z]{3}(?![\w-])"),
    re.compile(r"(?<![\w-])(?:[A-Z]{2}\d{2} [A-Z]{3}|[A-Z]{2} ?\d{4} ?[A-Z]{2})(?![\w-])"),
]
_VEHICLE = re.compile(
    r"nummerplaat|kenteken|\bplaat\b|plaque|\bplate\b|\bauto\b|\bwagen\b|camionette|bestelwagen|busje|\bmoto\b|voiture|camion|\bcar\b|\bvan\b with|v[eé]hicule",
    I,
)
_LOOSE = re.compile(r"(?<![\w-])(?:[a-z]{3}[-. ]?\d{3}|\d{3}[-. ]?[a-z]{3}|\d[-. ]?[a-z]{3}[-. ]?\d{3})(?![\w-])", I)
_FOREIGN = re.compile(r"(?<![\w-])[A-Z]{1,3}[- ](?:[A-Z]{1,2}[- ]?\d{2,4}|\d[A-Z0-9]{3,4})(?![\w-])")
_AFTER_WORD = re.compile(r"(?<!\w)(?=[a-z\d. -]{0,9}\d)[a-z\d]{1,4}(?:[-. ]{0,2}[a-z\d]{1,4}){1,3}(?!\w)", I)
# Three letters with three digits that are no plate.
_NO_PLATE = re.compile(r"bus|art|tel|eur|iso|nen|ean|kwh|uur|jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec|mai|oct|may|zip|pdf|cov|kbo|btw|tva|the|een|des|les|par|per|van|jaar|min|dag|ans", I)  # fmt: skip


_PLATE_LIKE = re.compile(r"[A-Z][-. ]{0,3}\d\d|\d\d[-. ]{0,3}[A-Z]|[a-z]{3}[-.]?\d{3}(?!\d)|\d[-. ]{0,3}[A-Z]{3}")


def number_plate(text: str) -> Iterator[Span]:
    for pattern in _PLATES if _PLATE_LIKE.search(text) else ():
        for found in pattern.finditer(text):
            letters = re.sub(r"[^A-Za-z]", "", found[0])
            if any(_NO_PLATE.fullmatch(part) for part in re.findall("[A-Za-z]+", found[0])):
                continue
            if not _NO_PLATE.fullmatch(letters) and not (
                " " in found[0] and letters.islower() and marks().get(letters, 0) & COMMON
            ):
                yield found.span()
    for said in _VEHICLE.finditer(text):
        if foreign := _FOREIGN.search(text, said.end(), said.end() + 45):
            yield foreign.span()
        for found in _LOOSE.finditer(text, max(0, said.start() - 60), said.end() + 60):
            letters = re.sub(r"[^a-z]", "", found[0].lower())
            if not _NO_PLATE.fullmatch(letters) and not marks().get(letters, 0) & COMMON:
                yield found.span()
    for said in _PLATE_WORD.finditer(text):
        for found in _AFTER_WORD.finditer(text, said.end(), said.end() + 40):
            written = re.sub(r"[^a-z\d]", "", found[0], flags=I)
            is_mixed = re.search(r"\d{2}", written) and re.search("[a-z]", written, I)
            if is_mixed and 5 <= len(written) <= 8 and not re.search(r"(?:^| )[a-z]{4,}(?: |$)", found[0], I):
                yield found.span()
                break


# --- Day of birth -----------------------------------------------------------------------------------------------------------------

_MONTH = (
    r"(?:jan(?:uari?|vier|uary)?|fe[bv](?:ruari|rier|ruary)?|f[eé]vr?(?:ier)?|maart|mrt|mars|mar(?:ch)?|apr(?:il)?|avr(?:il)?|mei|mai|may|ju[nl]i?|juin|juil(?:let)?"
    r"|june|july|aug(?:ustus|ust)?|ao[uû]t|sept?(?:ember|embre)?|okt(?:ober)?|oct(?:obre|ober)?|nov(?:ember|embre)?|d[eé]c(?:ember|embre)?)\.?"
)
_YEAR = r"(?:(?:18|19|20)\d\d|'?\d\d)"
_NUMERIC = rf"(?<!\d)(?:\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?{_YEAR}|\d{{1,2}} \d{{1,2}} (?:19|20)\d\d|(?:19|20)\d\d[./-]\d{{1,2}}[./-]\d{{1,2}})(?!\d)"  # fmt: skip
_WORDED = (
    rf"(?<!\d)\d{{1,2}}(?:e|er|ste|de|st|nd|rd|th)?\s?(?:of |de )?-?{_MONTH}(?:,?[\s-]{{1,2}}{_YEAR})?(?!\w)",
    rf"\b{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s{_YEAR}(?!\d)",
)
_DAY = re.compile(rf"{_NUMERIC}|{_WORDED[0]}", I)
# Behind a word for birth also without marks between, or without a day.
_BARE = re.compile(
    rf"(?<!\d)(?:\d{{8}}|\d{{6}}|\d\d[ .]\d\d[ .]\d\d|\d{{1,2}}\s?[./-]\s?(?:19|20)\d\d)(?!\d)|\b{_MONTH}\s(?:19|20)\d\d(?!\d)",
    I,
)
_MONTH_FIRST = re.compile(_WORDED[1], I)
_DIGITS = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_BIRTH_BEFORE = re.compile(
    r"(?:\bgeboren\b(?! (?:na|voor|vanaf|tussen|sinds|tot)\b)|\bgeboorte(?:datum|dag)\b|\bgeb\b\.?|(?<![nN\d])°\s?|\bné(?:e|s|es)?\b(?! (?:avant|apr[eè]s|à partir|depuis|entre)\b)|\bnee? (?=le )|date de naissance|\bnaissance ?:"
    r"|\bborn\b(?! (?:before|after|since|between|from)\b)|\bbirth ?dat|date of birth|\bd\.?o\.?b\b\.?|\bgeb\.?dat)(?:\W{1,3}(?:op|le|un|on|the|de|den|is|est|c'est|was|in|te|à|at|of|dag|datum|um|(?-i:[A-Z])[\w-]{2,20})\b){0,4}\W{0,4}$", I
)  # fmt: skip
# A party has these words too, so that only a whole date is a day of birth.
_PARTY_BEFORE = re.compile(r"(?:\bjarig|verjaar\w{0,5}|anniversaire|\bbirthday)[^\n]{0,28}$", I)
_TURNS = re.compile(
    r"\b(?:wordt?|werd|turns?|turning|aura|fête ses|a eu) \d{1,3}(?: jaar| ans| years)?,? (?:op|on|le) $", I
)
_JOINS = re.compile(r"(?:\W{0,3}(?:op|le|un|on|the|de|den|is|est|was|in|en|au|at|datum)\b){0,3}\W{0,4}", I)
_MANY = re.compile(
    r"\b(?:kinderen|kleuters|jongeren|mensen|personen|wie|enfants|personnes|jeunes|children|people|babies|baby's|b[eé]b[eé]s)\b",
    I,
)
_BIRTH_WORD = re.compile(
    r"\bgeboren\b(?! (?:na|voor|vanaf|tussen|sinds|tot)\b)|\bgeboortedatum|\bgeb\b\.?|(?<![nN\d])°(?=\s?\d)|\bnée?\s(?:le|en|au)\b|date de naissance|\bborn\b(?! (?:before|after|since|between|from)\b)|date of birth|\bdob\b",
    I,
)
_PERSON_IS_OF = re.compile(
    r"\b(?:kleine|zoon\w{0,3}|dochter\w{0,3}|kind(?:je)?|meisje|jongen|baby|ik|man|vrouw|fils|fille|enfant|b[eé]b[eé]|son|daughter|child)"
    r"(?:\W{1,2}(?:\w{1,12}\W){0,2}(?:is|ben|est|suis))?\s(?:van|du|de|from|of)\s(?:le\s)?$", I
)  # fmt: skip
# "geboren op of na 1 januari 2019": a rule, and nobody's day.
_BEFORE_OR_AFTER = re.compile(
    r"\b(?:na|voor|vóór|vanaf|tussen|sinds|tot|avant|apr[eè]s|partir|depuis|before|after|since|between|from) (?:(?:op|le|the|de|du) )?$",
    I,
)
_GOES_ON_TO = re.compile(r"\s?(?:tot\b|t\.?e\.?m|t/m|-\s?\d|–|jusqu|au \d|to \d|until)", I)
_YEARLY = re.compile(r"\d{4}|[./-]\d\d$")
_BIRTH_AFTER = re.compile(r"^[\s),]{0,3}(?:gebo(?:ren|orte)|\bgeb\b|naissance|born|birth|verjaar)", I)
_OF_A_RULE = re.compile(
    r"\b(?:wet|wetten|kb|mb|besluit|decreet|ordonnantie|verordening|richtlijn|reglement|omzendbrief|loi|arr[eê]t[eé]|d[eé]cret|r[eè]glement|circulaire|law|act|decree|directive|sinds|vanaf|sedert|depuis|since"
    r"|opgericht|gesticht|in voege|van kracht|brief|lettre|letter|factuur|facture|vervallen|until|tot|jusqu|afspraak|rendez-vous|appointment|aanslag|overleden)\b[^\n]{0,30}$", I
)  # fmt: skip
_SOMEBODY = re.compile(
    r"\b(?:hij|zij|ze|ik|meneer|mevrouw|mevr|man|vrouw|kind|zoon|zoontje|dochter|dochtertje|jongen|meisje|baby|cli[eë]nt\w{0,2}|naam|il|elle|fils|fille|enfant|madame|mme|monsieur|nom|he|she|son|daughter|child|mr|mrs|ms|name)\b[^\n]{0,30}$|(?-i:[A-Z][a-z]{2,15}),? ?$", I
)  # fmt: skip
_LONG_AGO = re.compile(r"(?<!\d)(?:19[2-9]\d|200\d|201[0-2])(?!\d)")


def date_of_birth(text: str) -> Iterator[Span]:
    for found in _days(text):
        before, after = text[max(0, found.start() - 60) : found.start()], text[found.end() : found.end() + 20]
        is_party = _LONG_AGO.search(found[0]) and _PARTY_BEFORE.search(before)
        if _GOES_ON_TO.match(after) or _BEFORE_OR_AFTER.search(before):
            continue
        said = (
            is_party
            or _TURNS.search(before)
            or _BIRTH_BEFORE.search(before)
            or _BIRTH_AFTER.search(after)
            or (_YEARLY.search(found[0]) and _PERSON_IS_OF.search(before))
        )
        # A whole day in figures of that long ago is seldom anything else, unless it is the day of a law or a letter.
        is_somebody = found.start() == 0 or before.endswith("(") or _SOMEBODY.search(before)
        is_old = (
            is_somebody
            and re.search(r"\d\s?[./-]\s?\d", found[0])
            and _LONG_AGO.search(found[0])
            and not _OF_A_RULE.search(before)
        )
        if (said or is_old) and _is_day(found[0]):
            yield found.span()
    for said in _BIRTH_WORD.finditer(text):
        bare = _BARE.search(text, said.end(), said.end() + 30)
        of_many = _MANY.search(text, max(0, said.start() - 30), said.start())
        if bare and not of_many and _JOINS.fullmatch(text, said.end(), bare.start()):
            yield bare.span()


def _days(text: str) -> Iterator[Match]:
    done = 0
    for digits in _DIGITS.finditer(text):
        if digits.start() >= done and (found := _DAY.match(text, digits.start()) or _month_first(text, digits.start())):
            done = found.end()
            yield found


def _month_first(text: str, place: int) -> Match | None:
    return next(
        (found for found in _MONTH_FIRST.finditer(text, max(0, place - 12), place + 14) if found.end() > place), None
    )


def _is_day(written: str) -> bool:
    numbers = [int(number) for number in re.findall(r"\d+", written)]
    small = [number for number in numbers if number < 100]
    return (
        bool(small)
        and all(number >= 1 for number in small[:1])
        and small[0] <= 99
        and not any(n > 31 for n in small[:-1])
    )


# --- Any other long number --------------------------------------------------------------------------------------------------------

_RUN = re.compile(r"(?<![\d.,])\d(?:[ .\-/]{0,2}\d){8,40}(?![\d])")
_AMOUNT = re.compile(r"^\d{1,3}(?:[. ]\d{3})+$")
_MONEY_AFTER = re.compile(r"^\s?(?:,\d\d\s?)?(?:€|euro?s?\b|eur\b|inwoners|habitants|people|mensen)", I)
_YEARS = re.compile(r"(?:(?:19|20)\d\d[ \-/]{0,3}){2,}")
_HOURS = re.compile(r"(?:\d{1,2}\.\d\d[ \-/]{0,3}){2,}")


def number(text: str) -> Iterator[Span]:
    for found in _in_clusters(_RUN, text):
        written = found[0]
        is_money = _AMOUNT.match(written) and _MONEY_AFTER.match(text[found.end() : found.end() + 12])
        if is_money or _YEARS.fullmatch(written) or _HOURS.fullmatch(written) or _DAY.search(written):
            continue
        yield found.span()


Find = Callable[[str], Iterator[Span]]
# The first to claim a place keeps it: a telephone number is a run of digits too. Without a digit in the text only `WORDED` can be there.
WORDED: list[tuple[Kind, Find]] = [("handle", handle), ("email", email)]
NUMBERED: list[tuple[Kind, Find]] = [
    ("iban", bank_account),
    ("national_register", national_register),
    ("phone", phone),
    ("number_plate", number_plate),
    ("date_of_birth", date_of_birth),
]
