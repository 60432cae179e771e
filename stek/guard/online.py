"""Where somebody is found on the internet: a mail address, a profile, the name they go by on a network."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .digits import I, Span

_BOX = r"[\w.+%-]{0,63}\w"
_AT = r"(?:\s?@\s?|\s?[(\[{<]\s?(?:at|@|ap(?:en|e)staartje?|arobase|a)\s?[)\]}>]\s?|\s(?:ap(?:en|e)staartje?|arobase|aap)\s)"
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


_MAIL_SIGN = re.compile(r"@|\bat\b|ape(?:n)?staart|arobase|\baap\b|[(\[{<]\s?a\s?[)\]}>]", I)


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
_NICK = re.compile(r"(?<![\w@.])[a-z][a-z0-9]{0,24}(?:[_.\d][\w.]{0,24}\w(?!\w)|#\d{4})|(?<=@ )[a-z]\w{3,24}|(?<=['\"])[a-z]\w{3,24}(?=['\"])", I)  # fmt: skip


def handle(text: str) -> Iterator[Span]:
    for pattern, sign in ((_PROFILE, "/"), (_HANDLE, "@")):
        if sign not in text:
            continue
        for found in pattern.finditer(text):
            # "jan @ gmail.com": mail with a blank before its sign, unless the word before it names the network.
            before = text[max(0, found.start() - 14) : found.start()]
            if (
                pattern is _HANDLE
                and re.search(r"\.[a-z]{2,10}$", found[0], I)
                and re.search(r"\w\s?$", before)
                and not _NETWORK_WORD.search(before)
            ):
                continue
            yield found.span()
    for said in _NETWORK_WORD.finditer(text):
        nick = _NICK.search(text, said.end(), said.end() + 60)
        if nick and _is_a_nick(nick[0], text[said.end() : nick.start()]):
            yield nick.span()


def _is_a_nick(nick: str, between: str) -> bool:
    """`between` is what stands from the word for a network to what may be somebody's name there."""
    if re.search(r"[.!?]\s", between) or not re.search(r"[a-z]{2}", nick, I) or _IS_A_SITE.search(nick):
        return False
    return "_" in nick or "#" in nick or bool(_GOES_BY.search(between)) or bool(_RIGHT_BEHIND.fullmatch(between))


_IS_A_SITE = re.compile(r"\.(?:be|com|org|net|eu|nl|fr|vlaanderen|brussels|html?|pdf)$", I)
_GOES_BY = re.compile(
    r":|=|@|\b(?:als|as|is|onder|sous|naam|name|nom|account|compte|profiel|profil|user|heet|noemt|genaamd|called|appelle|zoek|volg|follow|find|cherche)\b", I
)  # fmt: skip
_RIGHT_BEHIND = re.compile(r"\W{1,4}")
