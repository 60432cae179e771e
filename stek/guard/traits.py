"""An age with a rare trait: no name is needed to know, in a village, who that is."""

from __future__ import annotations

import re
from collections.abc import Iterator

I = re.IGNORECASE  # noqa: E741  # read as a flag

_AGE = (
    r"(?:\b(?:man|vrouw|jongen|meisje|dame|heer|kind|zoon|dochter|peuter|kleuter|baby|moeder|vader|oma|opa|weduwe|weduwnaar|bewoner|bewoonster|buurman|buurvrouw|bezoeker|iemand|jongere|persoon|homme|femme|gar[cç]on|fille|dame|monsieur|enfant"
    r"|fils|m[eè]re|p[eè]re|veuve?|b[eé]b[eé]|voisine?|quelqu'un|personne|jeune|man|woman|boy|girl|child|son|daughter|mother|father|widow|widower|baby|somebody|someone|lady|gentleman)\b[\w ,'-]{0,25}?\s(?:van|de|of|aged|,)\s?(?:rond de |bijna |ongeveer |about |almost |pr[eè]s de )?\d{1,3}(?:\s?(?:jaar|jaren|ans|years?|maand\w*|mois))?\b"
    r"|\b\d{1,3}[ -]?jarige?\b|\b\d{1,3}[ -]year[ -]olds?\b|\b\d{1,3}\s(?:jaar(?: oud)?|ans|years? old)\b|\b(?:aged?|[aâ]g[eé]e?s? de) \d{1,3}\b|,\s\d{2}\s(?:intussen|nu|ondertussen|already|now|d[eé]j[aà])\b|,\s\d{2},)"
)
_TRAIT = (
    r"(?:rolstoel|blind|doof|dove|doofstom|slechtziend|gehandicap|handicap|verlamd|beenprothese|prothese|geamputeerd|arm kwijt|been kwijt|hiv|aids|kanker|leukemie|ms\b|als\b(?= en| die| en)|parkinson|huntington|alzheimer|dementie|jongdement|epilepsie|schizofren|psychose|bipolair"
    r"|down(?:syndroom)?\b|syndroom|syndrome|autis|tourette|zeldzame|orphan|spierziekte|mucoviscidose|muco\b|taaislijm|dialyse|transplant|stoma|narcolep|hemofil|sikkelcel|dr[eé]panocyt|albin|dwerg|brandwond|transgender|trans\b|transitie|transman|transvrouw|non-binair|intersek|homo|lesbisch"
    r"|tweeling|drieling|vierling|weduwe|weduwnaar|adopti|geadopteerd|vondeling|ex-gedetineerde|enkelband|gevangenis|veroordeeld|moord|zelfmoord|zelfdoding|verkracht|incest|besneden|uitgehuwelijkt|anorexia|boulimie|verslaafd|hero[iï]ne|oud-burgemeester|burgemeester|gewezen|voormalig|pastoor|non\b|priester|imam"
    r"|kampioen|profvoetbal|olympisch|piloot|enige\b|als enige|seul|only\b|eerste vrouw|circus|kermis|wapen"
    r"|fauteuil roulant|aveugle|sourd|muet|paralys|amput|s[eé]ropositi|vih\b|cancer|leuc[eé]mi|scl[eé]rose|d[eé]mence|[eé]pilep|schizophr|bipolaire|trisomi|maladie rare|mucoviscid|greff|transgenre|lesbienne|jumeaux|jumelles|tripl[eé]s|veuf|veuve|bracelet [eé]lectronique|prison|ancien maire|ancienne? bourgmestre|cur[eé]\b|nain"
    r"|wheelchair|deaf|paraly|one leg|one arm|missing a|leukaemia|leukemia|sclerosis|dementia|rare disease|cystic|transplant|gay\b|lesbian|twins|triplets|widow|ankle (?:tag|bracelet)|convicted|murder|suicide|adopted|former mayor|priest|nun\b|albino|dwarf|kidney|huntington|down's|tattoo|burn(?:s|ed) on|glass eye|glazen oog"
    r")"
)
_NEAR = r"[^.!?\n]{0,60}?"
_TRAITS = [
    re.compile(rf"{_AGE}{_NEAR}\b{_TRAIT}[\w-]{{0,20}}", I),
    re.compile(rf"\b{_TRAIT}[\w-]{{0,20}}{_NEAR}{_AGE}", I),
    # The only one of the village needs no age.
    re.compile(r"\b(?:de|het|als) enige [\w-]{2,25}(?: [\w-]{2,25}){0,3} (?:in|van|uit) (?:de |het |dit |deze |ons |onze )?(?:dorp|straat|gemeente|wijk|parochie|buurt|klas|school)\b", I),
    re.compile(r"\b(?:le|la|l'|les) ?(?:seule?s?|unique) [\w-]{2,25}(?: [\w-]{2,25}){0,3} (?:du|de la|de notre|dans le|dans la) (?:village|rue|commune|quartier|classe|[eé]cole|paroisse)\b", I),
    re.compile(r"\bthe only [\w-]{2,25}(?: [\w-]{2,25}){0,3} (?:in|of|on|from) (?:the |this |our )?(?:village|street|town|parish|class|school|neighbourhood)\b", I),
]  # fmt: skip


def rare_trait(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _TRAITS:
        for found in pattern.finditer(text):
            yield found.span()
