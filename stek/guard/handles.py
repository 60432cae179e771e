"""Where somebody is found on a network: a profile, or the name they go by there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .digits import I, Match, Span
from .folding import plain
from .words import COMMON, GIVEN, marks

_SITES = (
    r"(?:(?:facebook|fb|instagram|tiktok|twitter|x|linkedin|snapchat|threads|pinterest|youtube|t|m|wa|vk|telegram|discord|ok|onlyfans|vinted|reddit|tumblr|soundcloud|roblox|steamcommunity|vimeo|tinder|signal|tellonym)\.(?:com|me|net|be|nl|fr|gg|ru)"
    r"|twitch\.tv|bsky\.app|linktr\.ee|discordapp\.com|youtu\.be|ngl\.link|strava\.com)"
)
_PROFILE = re.compile(
    rf"(?<![\w.@-])(?:https?://)?(?:(?:www|m|vm|web|[a-z]{{2}}(?:-[a-z]{{2}})?)\.)?{_SITES}/[\w@.\-/?=&%+~]{{1,99}}[\w/]",
    I,
)
_AT_SIGN = re.compile(r"(?<![\w@.+/])@[a-z_][\w.]{1,28}\w", I)
# "@iedereen": all who read it, or no one of them.
_EVERYBODY = frozenset(
    [
        "allen",
        "all",
        "alle",
        "allemaal",
        "iedereen",
        "everyone",
        "everybody",
        "here",
        "channel",
        "kanaal",
        "tous",
        "toutes",
        "team",
        "groep",
        "group",
        "groupe",
        "bestuur",
        "vrijwilligers",
        "volunteers",
        "benevoles",
        "buren",
        "voisins",
        "neighbours",
        "ouders",
        "parents",
        "leden",
        "membres",
        "members",
        "mensen",
        "people",
        "gens",
        "jongeren",
        "jeunes",
        "kookploeg",
        "poetsploeg",
        "ploeg",
        "equipe",
        "collegas",
        "collega's",
        "collegues",
        "dames",
        "heren",
        "mannen",
        "vrouwen",
        "gasten",
        "bezoekers",
        "admin",
        "admins",
        "beheerders",
        "beheer",
        "moderator",
        "stek",
    ]
)
_NETWORKS = r"(?:insta(?:gram)?|ig|snap(?:chat)?|tik ?tok|facebook|fb|telegram|tg|twitter|discord|messenger|skype|linkedin|signal|viber|whats?app|wechat|threads|bluesky|bereal|twitch|youtube|vinted|tinder|grindr|bumble|onlyfans|reddit|roblox|steam|fortnite|minecraft|psn|play ?station|xbox|kik|tellonym|strava|2dehands|marktplaats)"
_NAMED = r"(?:[- ]?(?:naam|name|nom|account|compte|profiel|profil|profile|tag|id|pagina|handle|pseudo))?"
_NETWORK = re.compile(rf"\b{_NETWORKS}{_NAMED}\b", I)
# What one goes by wherever it is.
_ACCOUNT = re.compile(
    r"\b(?:gebruikers?naam|schermnaam|user ?name|user|nick(?:name)?|pseudo(?:niem|nyme)?|gamertag|handle|login|account(?:naam)?|profiel(?:naam)?|alias|nom d'utilisateur|compte|profil)\b",
    I,
)
_GAP = r"(?:\W{1,4}(?:is|heet|heeft|c'est|est|called|als|as|noemt|noemde|s'appelle|naam|name|nom|da|dat|dus)\b){0,3}\W{1,4}"
# What those words hold, to know soon that there is none.
_NETWORK_STEMS = ("insta", "snap", "tiktok", "tik tok", "facebook", "fb", "telegram", "tg", "twit", "discord", "messenger", "skype", "linkedin", "signal", "viber", "hatsapp", "hatapp", "wechat", "threads", "bluesky", "bereal", "youtube", "vinted", "tinder", "grindr", "bumble", "onlyfans", "reddit", "roblox", "steam", "fortnite", "minecraft", "psn", "playstation", "play station", "xbox", "kik", "tellonym", "strava", "2dehands", "marktplaats")  # fmt: skip
_IG = re.compile(r"\big\b")
_ACCOUNT_STEMS = ("naam", "user", "nick", "pseudo", "gamertag", "handle", "login", "account", "profiel", "alias", "utilisateur", "compte", "profil")  # fmt: skip
# A name with a sign or a figure in it; or any word, where it is said to be one.
_NICK = re.compile(
    r"(?<![\w@.])(?:live:[\w.]{2,30}|[a-z][a-z0-9]{0,24}(?:[_.\d][\w.]{0,24}\w_?(?![\w@])|_(?![\w@])|#\d{4})|[a-z]{2,20}(?:-[a-z0-9]{1,20}){0,3}-[a-z]{0,3}\d\w{0,8}(?![\w@]))|(?<=@ )[a-z]\w{3,24}|(?<=['\"])[a-z]\w{3,24}(?: [A-Z]\w{1,20})?(?=['\"])", I
)  # fmt: skip
_ANY = re.compile(r"[a-z]\w{3,24}(?![\w.'-]*\.[a-z]{2,4}\b)(?![\w'-])", I)
_SAYS_WHICH = re.compile(r"\s?(?:[:=]|->|→|-)\s?@?|(?<=naam)\s|(?<=name)\s|(?<=[( ])\s(?=\w+_?\))", I)
_BEFORE = re.compile(
    r"(?<![\w@.])[a-z][a-z0-9]{1,24}(?:[_.\d][\w.]{0,24}\w|_)(?!\w)(?=\)?,? (?:[\w'-]{2,12} ){0,3}?(?:op|on|sur|via|in) (?:mijn |haar |zijn |de |le |my |the )?$NETWORK\b)".replace("$NETWORK", _NETWORKS), I
)  # fmt: skip
_OF_REDDIT = re.compile(r"(?<!\w)u/[\w-]{3,20}")
NEAR = 60  # characters between a network and the name that somebody has there


def handle(text: str) -> Iterator[Span]:
    if "/" in text:
        for pattern in (_PROFILE, _OF_REDDIT):
            for found in pattern.finditer(text):
                yield found.span()
    if "@" in text:
        for found in _AT_SIGN.finditer(text):
            if not _is_mail(text, found) and not _is_everybody(text, found):
                yield found.span()
    low = text.lower()
    networks = list(_NETWORK.finditer(text)) if any(stem in low for stem in _NETWORK_STEMS) or _IG.search(low) else []
    for said in networks:
        yield from _behind(text, said)
    if networks:
        for found in _BEFORE.finditer(text):
            if _has_shape(found[0]) and not _is_words(found[0]):
                yield found.span()
    for said in _ACCOUNT.finditer(text) if any(stem in low for stem in _ACCOUNT_STEMS) else ():
        gap = _ACCOUNT_GAP.match(text, said.end())
        if gap and (nick := _NICK.match(text, gap.end())) and _has_shape(nick[0]) and not _is_words(nick[0]):
            yield nick.span()


_ACCOUNT_GAP = re.compile(_GAP, I)


def _behind(text: str, said: Match) -> Iterator[Span]:
    """The name of somebody behind the name of a network."""
    nick = _NICK.search(text, said.end(), said.end() + NEAR)
    if nick and _is_a_nick(nick[0], text[said.end() : nick.start()]):
        yield nick.span()
    elif which := _SAYS_WHICH.match(text, said.end()):
        word = _ANY.match(text, which.end())
        if word and _is_made_up(word[0]):
            yield word.span()


def _is_mail(text: str, found: Match) -> bool:
    """ "jan @ voorbeeld.example": mail with a blank before its sign, unless the word before it is one of the language or names a network."""
    if not re.search(r"\.[a-z]{2,10}$", found[0], I):
        return False
    before = re.search(r"([\w.+-]+)\s?$", text[max(0, found.start() - 24) : found.start()])
    if not before or _NETWORK.search(before[0]):
        return False
    mark = marks().get(plain(before[1]), 0)
    return before[1].lower() in _BOXES or not mark & COMMON or bool(mark & GIVEN and before[1][0].isupper())


_BOXES = frozenset(["info", "contact", "mail", "post", "admin", "hallo", "hello", "bonjour", "secretariaat"])


def _is_everybody(text: str, found: Match) -> bool:
    word = plain(found[0][1:])
    if word in _EVERYBODY:
        return True
    mark = marks().get(word, 0)
    return bool(mark & COMMON and not mark & GIVEN) and not _NETWORK.search(text)


def _is_a_nick(nick: str, between: str) -> bool:
    """`between` is what stands from the word for a network to what may be somebody's name there."""
    if re.search(r"[.!?]\s", between) or not _has_shape(nick) or _is_words(nick):
        return False
    return (
        "_" in nick
        or "#" in nick
        or nick.startswith("live:")
        or bool(_GOES_BY.search(between))
        or bool(_RIGHT_BEHIND.fullmatch(between))
    )


def _has_shape(nick: str) -> bool:
    return bool(re.search(r"[a-z]{2}", nick, I)) and not _IS_A_SITE.search(nick) and not _IS_A_CODE.fullmatch(nick)


def _is_words(nick: str) -> bool:
    """Words of the language with a mark between them: somebody left out a blank."""
    parts = re.findall(r"[^\W\d_]+", nick)
    return not re.search(r"\d", nick) and len(parts) > 1 and all(marks().get(plain(part), 0) & COMMON for part in parts)


def _is_made_up(word: str) -> bool:
    """No word of any language ends so: "lienvdb", "mimibxl"."""
    return word.islower() and plain(word) not in marks() and bool(_TAIL.search(word)) and not _USUAL_TAIL.search(word)


_TAIL = re.compile(r"[bcdfghjklmnpqrstvwxz]{3}$|(.)\1$")
_USUAL_TAIL = re.compile(
    r"(?:cht|ght|[bfgklmnprsw]st|[lnr][gkpdtf][st]?|[lnmr][dgkmnpt]s|[lr]m[st]|mpt?s?|[cn]ks|sch|tch|[nr]ch|[dlnrwx]ths?|r[ln]s?|ts|ll|ss|ff|nn|tt|ee|oo|zz)$"
)
_IS_A_SITE = re.compile(r"\.(?:be|com|org|net|eu|nl|fr|vlaanderen|brussels|html?|pdf|jpe?g|png|docx?|xlsx?|mp[34])$", I)
_IS_A_CODE = re.compile(r"(?:covid|week|versie|version|art|nr|no|v|c|e|b|blok|punt|deel|stap|niveau|level|ios|windows|android|galaxy|iphone)[\d.]+\w?|\d+\w{1,2}", I)  # fmt: skip
_GOES_BY = re.compile(
    r":|=|@|\b(?:als|as|is|onder|sous|naam|name|nom|account|compte|profiel|profil|user|heet|noemt|genaamd|called|appelle|zoek|volg|follow|find|cherche|c'est|verkoopt|vend|sells|post|stuurt)\b", I
)  # fmt: skip
_RIGHT_BEHIND = re.compile(r"\W{1,4}")
