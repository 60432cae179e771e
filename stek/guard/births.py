"""The day somebody was born, and not that of a law, a letter or a party."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .days import MONTH, NTH, days, is_day, is_in_figures, is_long_ago, is_whole
from .digits import I, Span
from .folding import plain
from .words import COMMON, FAMILY, GIVEN, PLACE, WORD, marks

# What says that a birth follows; of the first kind nothing else has a day.
_BIRTHDAY = (
    r"geboorte-?(?:datum|dag|jaar)\w{0,2}|\b(?:geb|gb)\.? ?da?t(?:um)?\b\.?|\bgebda?t(?:um)?\b|\bg\.\s?d(?:at)?\b\.?|\bgd\b[.:]?|dates? (?:de )?naiss(?:ance)?\b\.?|\bd\.?d\.?n\b\.?"
    r"|dates? of birth|\bbirth ?da(?:te|y)s?\b|\bd\.?o\.?b(?:\b\.?|(?=\d))|\bb-?day\b|\bdata nasterii\b"
)
_NOT_OF_A_RULE = (
    r"(?! (?:na|voor|vanaf|tussen|sinds|tot|avant|apr[eè]s|à partir|depuis|entre|before|after|since|between|from)\b)"
)
_BORN = (
    rf"\bgeboren\b{_NOT_OF_A_RULE}|\bgeboorte\b(?=\s?:|\s\d|$)|\b(?:(?:geb|gebd|gbd|gebn|gebor)\b\.?|geb(?=\d))(?: ?d[dt]\b\.?)?|(?<!\d)(?<!\d )\bgb\b\.?|\bn[eé](?:\(e\)|[.-]e|e|s|es)?\b(?= (?:le|un|une|en|au|à|a|dans|par|ici|au)\b|[ :,(]{{1,3}}\d)"
    rf"|\bné(?:\(e\)|[.-]e|e)?\b{_NOT_OF_A_RULE}|\bnaiss(?:ance)?\b\.?|\bnatif\b|\bnative\b(?= du)|\bborn\b{_NOT_OF_A_RULE}|\bbirth\b|\bter wereld\b|\blevenslicht\b|\bbevallen\b|\baccouch[eé]e?\b|\bgave birth\b|\bcame into the world\b"
)
_SIGN = r"(?<![nN\d])(?<!\d )°|(?<![\w*])\*|(?<![\w.])[bn]\."
_BIRTH = re.compile(rf"{_BIRTHDAY}|{_BORN}|(?:{_SIGN})(?=\s?(?:\d|te |à |in |op |le |$))", I)
_IS_BIRTHDAY = re.compile(_BIRTHDAY, I)
# Between that and the day: small words, a day of the week, a town.
_JOINS = re.compile(
    r"(?:\W{0,3}(?:op|le|un|une|on|the|(?:het jaar |l'ann[eé]e |the year )?(?:19|20)\d\d(?=,? (?:op|le|on) )|de|den|die|is|est|c'est|was|in|te|à|a|at|of|dag|datum|om|van|du|um|staat|volgens|selon|'s|nachts|morgens|(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|een|en|au"
    r"|moederhuis|ziekenhuis|maternit[eé]|h[oô]pital|hospital|thuis|(?-i:[A-Z])[\w'-]{1,20})\b){0,6}\W{0,4}", I
)  # fmt: skip
# A sentence that goes on to something else.
_TURNS_AWAY = re.compile(
    r"[!?;\n]|\.\s[A-Z]|\b(?:premie|prime|akte|acte|aangifte|attest\w{0,3}|bezoek|afspraak|rendez-vous|appointment|inschrij\w{1,6}|ingeschreven|inscri\w{1,4}|register\w{0,3}|komt|kwam|krijgt|kreeg|moet|moest|mag|wil|kan|gaat|wacht|wachten|vraagt|heeft|had|wordt|doit|peut|attend"
    r"|va|aura|avait|a reçu|must|has|had|needs|can|will|got|waits?|sinds|vanaf|depuis|since|pas|nog|pour|before|voor|na|avant|apr[eè]s|after|until|tot|deadline|uiterlijk)\b",
    re.IGNORECASE,
)
_BIRTH_BEHIND = re.compile(
    r"[\s),(=:-]{0,4}(?:was |is |est |werd )?(?:geboren\b|geboorte(?:datum|dag)|\bgeb\b|n[ée]e?\b(?=[ ,.)]|$)|naissance|born\b|birth|verjaar|jarig)", I
)  # fmt: skip
# A party has these words too, so that only a whole day of long ago is one of birth.
_PARTY = re.compile(r"\bjarig|verjaar\w{0,5}|anniversaire|\bbirthday|\bleeftijd|\b[aâ]ge\b", I)
# "wordt 80 op", "haar 80ste verjaardag is op", "is 18 geworden op" – and the other way round: "wordt op 3 mei 80".
_TURNS = re.compile(
    r"\b(?:(?:wordt?|werd|turns?|turned|turning|will be|aura|f[êe]te(?:ra)? (?:ses|ces)|a eu) \d{1,3}(?: jaar| ans| years)?|(?:zijn|haar|mijn|m'n|z'n|son|his|her|my) \d{1,3}(?:e|ste|de|th|st|nd|rd|[eè]me) (?:verjaardag|anniversaire|birthday)(?: is| valt| est)?|\d{1,3} (?:jaar )?geworden),? (?:op|on|le) (?:de |den |the )?$", I
)  # fmt: skip
_TURNS_THAT_DAY = re.compile(r"\b(?:wordt?|werd|turns?|aura) (?:op|on|le) (?:de |den |the )?$", I)
_AND_SO_MANY = re.compile(r"(?:.* |)(?:[1-9]\d|1[01]\d)(?: jaar| ans| years)?(?=[\s,.;!?)]|$)")
# … which a club has as well.
_CLUB = re.compile(
    r"\b(?:chiro|scouts|ksa|kwb|okra|femma|vzw|asbl|stek|club|ploeg|vereniging|association|school|[eé]cole|fanfare|harmonie|koor|winkel|markt|wijk|dorp|projec?t|projet|werking|kring|bib|caf[eé]|id[eé]e?|initiatief|initiative|plan|tafel|groep|groupe|ocmw|cpas|wet|loi)\b",
    I,
)
_CHILD = (
    r"(?:kleine|kleinste|jongste|oudste|zoon\w{0,4}|dochter\w{0,4}|kind(?:je)?|kleinkind|kleinzoon|kleindochter|meisje|jongen|baby|tweeling|peuter|kleuter|petite?|petit dernier|fils|fille|enfant|a[iî]n[eé]e?|cadette?|benjamine?|b[eé]b[eé]|jumeaux|jumelles"
    r"|youngest|eldest|oldest|son|daughter|child|kid|twins|toddler)"
)
_PERSON_IS_OF = re.compile(
    rf"\b(?:{_CHILD}|man|vrouw|mari|femme|husband|wife)(?:\W{{1,2}}(?:\w{{1,12}}\W){{0,2}}(?:is|est))?\s(?:van|du|de|from|of)\s(?:le |den |de |the )?$",
    I,
)
_ONE_IS_OF = re.compile(
    r"\b(?:ik|hij|zij|ze|ie|il|elle|je|i|he|she)\s(?:is|ben|est|suis|am|was)\s(?:zelf |ook |al |pas )?(?:van|du|from|of)\s(?:le |den |de |the )?$",
    I,
)
_CHILD_BESIDE = re.compile(rf"\b{_CHILD}(?: [A-Z][\w'-]{{1,20}}| \w{{2,12}})?\s?\(\s?$", I)
# "geboren op of na 1 januari 2019": a rule, and nobody's day.
_BEFORE_OR_AFTER = re.compile(
    r"\b(?:na|voor|vóór|vanaf|tussen|sinds|tot|avant|apr[eè]s|partir|depuis|before|after|since|between|from) (?:(?:op|le|the|de|du) )?$",
    I,
)
_GOES_ON_TO = re.compile(r"\s?(?:tot\b|t\.?e\.?m|t/m|-\s?\d|–|jusqu|au \d|to \d|until)", I)
_MANY = re.compile(
    r"\b(?:kinderen|kleuters|jongeren|mensen|personen|wie|iedereen|enfants|personnes|jeunes|ceux|children|people|babies|baby's|b[eé]b[eé]s|everybody|everyone)\b",
    I,
)
# What else has a day of long ago.
_OF_A_RULE = re.compile(
    r"\b(?:wet|wetten|kb|mb|bs|besluit|decreet|ordonnantie|verordening|richtlijn|reglement|omzendbrief|staatsblad|loi|arr[eê]t[eé]|d[eé]cret|r[eè]glement|circulaire|moniteur|law|act|decree|directive|sinds|vanaf|sedert|depuis|since"
    r"|opgericht|gesticht|(?:ge)?open\w{0,3}|opening|fond[eé]e?|ouvert\w?|founded|opened|gebouwd|built|construit\w?|in voege|van kracht|d\.?d|brief|lettre|letter|factuur|facture|invoice|vonnis|jugement|judgment|vervallen|until|tot|jusqu|afspraak|rendez-vous|appointment|aanslag|overleden|gestorven|overlijden|d[eé]c[eé]d[eé]e?|mort\w?|died"
    r"|gehuwd|getrouwd|trouwde\w?|huwelijk|mari[eé]\w{0,2}|mariage|married|wedding|gescheiden|scheiding|divorc\w{1,3}|aangekomen|kwam\w{0,2}|aankomst|arriv\w{2,4}|ingeschreven|inschrijving|inscri\w{1,4}|regist\w{2,6}|contract\w?|contrat|bail|attest\w{0,6}|certifica\w{1,2}|diploma|dipl[oô]me|rijbewijs|permis|licen[cs]e"
    r"|gestopt|begon|begonnen|begin|werk\w{1,3}|woon\w{1,3}|travaill\w{1,4}|habit\w{1,4}|commenc\w{1,4}|works?|worked|lives|lived|began|bij ons|gestart|tussen|between|entre|started|stopped|verhuisd|moved|beslissing|d[eé]cision|decision|aanvraag|demande|application|aangevraagd|foto|photo|krant|editie|verslag|rapport|report|pv|proces-verbaal|ondertekend|sign[eé]e?|signed|datum van|date de la|dated)\b[^\n]{0,30}$", I
)  # fmt: skip
_SOMEBODY = re.compile(
    rf"\b(?:hij|zij|ze|ik|meneer|mijnheer|mevrouw|mevr|mvr|mw|dhr|man|vrouw|dame|heer|moeder|vader|mama|papa|oma|opa|broer|zus|buurman|buurvrouw|bewoner|bewoonster|huurder|klant|pati[eë]nt\w?|persoon|gast|bezoeker|leerling|student\w?|{_CHILD}|cli[eë]nt\w{{0,2}}|naam"
    r"|il|elle|madame|mme|monsieur|mr|nom|m[eè]re|p[eè]re|fr[eè]re|s[oœ]e?ur|voisine?|locataire|r[eé]sidente?|[eé]l[eè]ve|he|she|mrs|ms|name|mother|father|brother|sister|tenant|neighbour|lady|gentleman|resident)\b[^\n]{0,36}$|(?-i:[A-Z][a-z]{2,15}),? ?$", I
)  # fmt: skip
_OF_A_RULE_BEHIND = re.compile(
    r"[\s,:)]{1,3}(?:werd |is |was |a [eé]t[eé] )?(?:(?:ge)?opend?\w{0,2}|opening|ouvert\w{0,2}|gesticht|opgericht|fond[eé]e?|goedgekeurd|gestemd|vot[eé]e?|getrouwd|trouw\w{0,4}|huwelijk|mari\w{1,4}|overle\w{3}|betreff|concern|over de |gestart|begon\w{0,4})", I
)  # fmt: skip
# "mevrouw, 4 mei 1961, wacht".
_BESIDE = re.compile(
    rf"\b(?:meneer|mijnheer|mevrouw|mevr|mvr|mw|dhr|man|vrouw|dame|heer|moeder|vader|cli[eë]nt\w{{0,2}}|klant|bewoner|bewoonster|madame|monsieur|mme|{_CHILD}|homme|femme|woman|lady|client|resident)\.?\s?[,(]\s?$",
    I,
)
# Behind a word for birth also without marks between, with the day in words, or without one.
_BARE = re.compile(
    rf"(?<!\d)(?:\d{{5,8}}|\d\d[ .]\d\d[ .]\d\d|\d{{1,2}}\s?[./-]\s?(?:19|20)\d\d|\d{{1,2}}/\d{{1,2}}(?!/))(?!\d)|\b{NTH}\s(?:of |de )?{MONTH}(?:,?\s(?:19|20)\d\d)?(?!\w)|\b{MONTH}\s(?:19|20)\d\d(?!\d)",
    I,
)
_ALSO_A_MARK = frozenset(["*", "b.", "n.", "B.", "N."])  # before a line of a list as well
REACH = 60  # characters between a word for birth and the day
# What a word for birth holds, to know soon that there is none.
_STEMS = ("geboor", "geboren", "geb.", "geb ", "geb0", "geb1", "geb2", "geb3", "geb:", "geb(", "gebd", "gbd", "gebn", "gebor", " gb", " gd", "g.d", "g. d", "naiss", " né", "(né", "nee le", "nee en", "nee a ", "natif", "native", "nasterii", "d.n", "ddn", "birth", "born", "dob", "d.o.b", "o.b", "b-day", "bday", "wereld", "world", "levensl", "bevallen", "accouch", "°", "*", " b.")  # fmt: skip


def date_of_birth(text: str) -> Iterator[Span]:
    low = f" {text.lower()}"
    has_word = any(stem in low for stem in _STEMS)
    for found in days(text):
        before, after = text[max(0, found.start() - REACH) : found.start()], text[found.end() : found.end() + 20]
        if _GOES_ON_TO.match(after) or _BEFORE_OR_AFTER.search(before) or not is_day(found[0]):
            continue
        if (has_word and _is_of_a_birth(found[0], before, after)) or _is_somebodys(found[0], before, after):
            yield found.span()
    for said in _BIRTH.finditer(text) if has_word else ():
        if said[0] in _ALSO_A_MARK:
            continue
        bare = _BARE.search(text, said.end(), said.end() + 30)
        of_many = _MANY.search(text, max(0, said.start() - 30), said.start())
        if bare and not of_many and _JOINS.fullmatch(text, said.end(), bare.start()):
            yield bare.span()


def _is_of_a_birth(day: str, before: str, after: str) -> bool:
    """A word for birth stands beside it, or further off where only a birth can be meant."""
    if _BIRTH_BEHIND.match(after) and (is_long_ago(day) or not _MANY.search(before)):
        return True
    *_others, said = [None, *_BIRTH.finditer(before)]
    if said and not _CLUB.search(before):
        between = before[said.end() :]
        if _JOINS.fullmatch(between):
            return is_long_ago(day) or said[0] not in _ALSO_A_MARK
        if is_long_ago(day) and _IS_BIRTHDAY.fullmatch(said[0]):
            return True
        if is_whole(day) and not _MANY.search(before):
            return not (_OF_A_RULE if is_long_ago(day) else _TURNS_AWAY).search(between)
    return False


def _is_somebodys(day: str, before: str, after: str) -> bool:
    """No word for birth, and yet: somebody "is of" that day, turns so many on it, or it is too long ago to be anything else."""
    if _TURNS.search(before) or (_TURNS_THAT_DAY.search(before) and _AND_SO_MANY.match(day[-3:] + after)):
        return not _CLUB.search(before)
    if not is_whole(day):
        return False
    if _PERSON_IS_OF.search(before) or _CHILD_BESIDE.search(before):
        return True
    if not is_long_ago(day):
        return False
    if _ONE_IS_OF.search(before) or _PARTY.search(before):
        return True
    if not is_in_figures(day):
        return _BESIDE.search(before) is not None or _is_behind_a_name(before)
    if _OF_A_RULE.search(before) or _OF_A_RULE_BEHIND.match(after):
        return False
    return bool(not before or before.endswith("(") or _SOMEBODY.search(before) or _is_behind_a_name(before))


_NAME_BEFORE = re.compile(r"([^\W\d_]{3,20}),? \(?$")


def _is_behind_a_name(before: str) -> bool:
    """ "Ewa Wrona, 14 februari 1981"; not "Antwerpen, 14 februari 1981"."""
    name = _NAME_BEFORE.search(before)
    mark = marks().get(plain(name[1]), 0) if name else 0
    return bool(mark & (GIVEN | FAMILY)) and not mark & (PLACE | COMMON | WORD)
