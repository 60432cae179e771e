"""The day somebody was born, and not that of a law, a letter or a party."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .digits import I, Match, Span

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
DAY = re.compile(rf"{_NUMERIC}|{_WORDED[0]}", I)
# Behind a word for birth also without marks between, or without a day.
_BARE = re.compile(
    rf"(?<!\d)(?:\d{{8}}|\d{{6}}|\d\d[ .]\d\d[ .]\d\d|\d{{1,2}}\s?[./-]\s?(?:19|20)\d\d)(?!\d)|\b{_MONTH}\s(?:19|20)\d\d(?!\d)",
    I,
)
_MONTH_FIRST = re.compile(_WORDED[1], I)
_DIGITS = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_BIRTH_BEFORE = re.compile(
    r"(?:\bgeboren\b(?! (?:na|voor|vanaf|tussen|sinds|tot)\b)|\bgeboorte(?:datum|dag)\b|\b(?:geb|gebd|gbd)\b\.?(?: ?d[dt]\b\.?)?|(?<![nN\d])°\s?|\bné(?:e|s|es)?\b(?! (?:avant|apr[eè]s|à partir|depuis|entre)\b)|\bnee? (?=le )|date de naissance|\bnaissance ?:"
    r"|\bborn\b(?! (?:before|after|since|between|from)\b)|\bbirth ?dat|date of birth|\bd\.?o\.?b\b\.?|\bgeb\.?dat\w{0,3})(?:\W{1,3}(?:op|le|un|on|the|de|den|is|est|c'est|was|in|te|à|at|of|dag|datum|um|(?-i:[A-Z])[\w-]{2,20})\b){0,4}\W{0,4}$", I
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
    r"\bgeboren\b(?! (?:na|voor|vanaf|tussen|sinds|tot)\b)|\bgeboortedatum|\b(?:geb|gebd|gbd)\b\.?(?: ?d[dt]\b\.?)?|(?<![nN\d])°(?=\s?\d)|\bnée?\s(?:le|en|au)\b|date de naissance|\bborn\b(?! (?:before|after|since|between|from)\b)|date of birth|\bdob\b",
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
        if (said or is_old) and is_day(found[0]):
            yield found.span()
    for said in _BIRTH_WORD.finditer(text):
        bare = _BARE.search(text, said.end(), said.end() + 30)
        of_many = _MANY.search(text, max(0, said.start() - 30), said.start())
        if bare and not of_many and _JOINS.fullmatch(text, said.end(), bare.start()):
            yield bare.span()


def _days(text: str) -> Iterator[Match]:
    done = 0
    for digits in _DIGITS.finditer(text):
        if digits.start() >= done and (found := DAY.match(text, digits.start()) or _month_first(text, digits.start())):
            done = found.end()
            yield found


def _month_first(text: str, place: int) -> Match | None:
    return next(
        (found for found in _MONTH_FIRST.finditer(text, max(0, place - 12), place + 14) if found.end() > place), None
    )


def is_day(written: str) -> bool:
    numbers = [int(number) for number in re.findall(r"\d+", written)]
    small = [number for number in numbers if number < 100]
    return (
        bool(small)
        and all(number >= 1 for number in small[:1])
        and small[0] <= 99
        and not any(n > 31 for n in small[:-1])
    )
