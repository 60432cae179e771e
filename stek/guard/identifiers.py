"""What points at one person by itself: numbers, mail, plates, days of birth. Here those of the state and the bank, and the order of all.

Each function takes plain text (`folding.fold`) and yields where something stands in it. Finding is by own expressions, in which every
repetition is bounded; libraries judge what was found. What is laid out like such a number is one, also with a slip in it: the
reader would still know whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from stdnum import iban
from stdnum.be import bis, nn

from .births import date_of_birth
from .days import DAY, is_day
from .digits import CLUSTER, GAP, I, Span, in_clusters, said_before
from .findings import Kind
from .handles import handle
from .mail import email
from .plates import number_plate
from .telephone import phone

# --- National register and BIS ----------------------------------------------------------------------------------------------------

_REGISTER = re.compile(rf"(?<!\d)(\d\d){GAP}(\d\d){GAP}(\d\d){GAP}(\d{{3}}){GAP}(\d\d)(?!\d)")
_REGISTER_WORD = re.compile(
    r"rijksreg|\brr[nr]?\b|\brn\b|insz|niss|registre nat|num[eé]ro national|nationa+l (?:registe?r )?num|identiteitskaart|\bbis\b|bis-?num", I
)  # fmt: skip


def national_register(text: str) -> Iterator[Span]:
    for found in in_clusters(_REGISTER, text):
        digits = "".join(found.groups())
        _year, month, day = (int(part) for part in found.groups()[:3])
        is_day = month % 20 <= 12 and month <= 52 and day <= 31
        gaps = sum(found.end(group) < found.start(group + 1) for group in range(1, 5))
        laid_out = is_day and gaps >= 2 and found[0][8:9] != "/"
        if laid_out or nn.is_valid(digits) or bis.is_valid(digits) or said_before(text, found.start(), _REGISTER_WORD):
            yield found.span()
    for found in in_clusters(_SPELT_OUT, text):
        digits = re.sub(r"\D", "", found[0])
        if nn.is_valid(digits) or bis.is_valid(digits):
            yield found.span()


_SPELT_OUT = re.compile(r"(?<!\d)\d(?:[\s.,-]{1,2}\d){10}(?!\d)")


# --- Bank account -----------------------------------------------------------------------------------------------------------------

# Countries of such accounts; "op" and "is" before a number are none.
_COUNTRIES = "A[DELTZ]|B[AEGHRY]|C[HRYZ]|D[EKO]|E[EGS]|F[IORK]|G[BEILRT]|H[RU]|I[ELQT]|JO|K[WZ]|L[BCITUVY]|M[CDEKRTU]|N[LO]|P[KLST]|QA|R[OSU]|S[ACDEIKMOTV]|T[LNR]|UA|VA|VG|XK"
_IBAN = re.compile(rf"(?<![\w])(?:{_COUNTRIES}){GAP}\d\d(?:{GAP}[a-z0-9]){{11,30}}(?![a-z0-9])", I)
_IBAN_BE = re.compile(rf"(?<!\w)be{GAP}\d\d(?:{GAP}\d){{12}}(?!\d)", I)
_OLD_ACCOUNT = re.compile(r"(?<![\d.-])\d{3}[ .]?-[ .]?\d{7}[ .]?-[ .]?\d\d(?![\d-])")


# The number on an identity card is laid out in the same way.
_CARD_WORD = re.compile(
    r"identiteitskaart|identity card|carte d'identit|\be-?id\b|kaartnummer|kids-?id|verblijfskaart", I
)


def bank_account(text: str) -> Iterator[Span]:
    for found in in_clusters(_IBAN_BE, text):
        yield found.span()
    for found in in_clusters(_OLD_ACCOUNT, text):
        if not said_before(text, found.start(), _CARD_WORD):
            yield found.span()
    for found in _IBAN.finditer(text) if CLUSTER.search(text) else ():
        # What follows the account may look like a part of it: the longest beginning that is right.
        ends = [found.end(), *(found.start() + gap.start() for gap in re.finditer(r"[^a-z0-9]+", found[0], I))]
        for end in sorted(ends, reverse=True):
            written = re.sub(r"[^a-z0-9]", "", text[found.start() : end], flags=I).upper()
            if _is_account(written):
                yield found.start(), end
                break


# Lengths of accounts where people here have theirs; a wrong check digit is a slip of the pen.
_LENGTHS = {"BE": 16, "NL": 18, "FR": 27, "DE": 22, "LU": 20, "PL": 28, "RO": 24, "BG": 22, "ES": 24, "PT": 25, "IT": 27, "GB": 22, "LT": 20}  # fmt: skip
FEWEST = 10  # digits in an account of anywhere, however many letters it has


def _is_account(written: str) -> bool:
    if len(written) < 15 or sum(map(str.isdigit, written)) < FEWEST:
        return False
    length = _LENGTHS.get(written[:2])
    return bool(iban.is_valid(written)) if length is None else length == len(written)


# --- Any other long number --------------------------------------------------------------------------------------------------------

_RUN = re.compile(r"(?<![\d.,])\d(?:[ .\-/_:]{0,3}\d){8,40}(?![\d])")
_AMOUNT = re.compile(r"^\d{1,3}(?:[. ]\d{3})+$")
_MONEY_AFTER = re.compile(r"^\s?(?:,\d\d\s?)?(?:€|euro?s?\b|eur\b|inwoners|habitants|people|mensen)", I)
_YEARS = re.compile(r"(?:(?:19|20)\d\d[ \-/]{0,3}){2,}")
_HOURS = re.compile(r"(?:\d{1,2}\.\d\d[ \-/]{0,3}){2,}")


def _holds_a_day(written: str) -> bool:
    day = DAY.search(written)
    return day is not None and is_day(day[0])


def number(text: str) -> Iterator[Span]:
    for found in in_clusters(_RUN, text):
        written = found[0]
        is_money = _AMOUNT.match(written) and _MONEY_AFTER.match(text[found.end() : found.end() + 12])
        if is_money or _YEARS.fullmatch(written) or _HOURS.fullmatch(written) or _holds_a_day(written):
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
SHORT: frozenset[Kind] = frozenset(["number_plate", "date_of_birth"])  # may have less than seven digits close together
