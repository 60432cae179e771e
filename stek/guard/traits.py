"""An age with a rare trait: no name is needed to know, in a village, who that is."""

from __future__ import annotations

import re
from collections.abc import Iterator

I = re.IGNORECASE  # noqa: E741  # read as a flag

_NUMBER = re.compile(r"(?<![\d.,/€-])(?:1[01]\d|\d\d?)(?![\d/€%])(?![.,]\d)")
# What stands before the number of an age, and what behind it.
_SOMEBODY = re.compile(
    r"\b(?:man|vrouw|meneer|mijnheer|mevrouw|(?:ex|oud|gewezen)-\w{4,20}|jongen|meisje|dame|heer|kind|zoon|dochter|peuter|kleuter|baby|moeder|vader|oma|opa|bomma|bompa|mama|papa|nonkel|tante|oom|broer|zus|neef|nicht|buur|gast|weduwe|weduwnaar|bewoner|bewoonster|buurman|buurvrouw|bezoeker|iemand|jongere|persoon|tweeling|burgemeester|pastoor"
    r"|homme|femme|gar[cç]on|fille|dame|monsieur|enfant|fils|m[eè]re|p[eè]re|maman|mamie|papy|veuve?|b[eé]b[eé]|voisine?|quelqu'un|personne|jeune|jumeaux|jumelles|leraar|lerares|onderwijzer|student|studente|tiener|woman|boy|girl|child|son|daughter|mother|father|grandma|grandpa|mum|dad|widow|widower|twins?|somebody|someone|lady|gentleman)\b"
    r"[\w '-]{0,25}?(?:\s(?:van|de|of|aged)|,|-|\s\()\s?(?:rond de |bijna |ongeveer |amper |about |almost |pr[eè]s de |[aâ]g[eé]e?s? de |aged )?$", I
)  # fmt: skip
# The last of these: without it nobody is looked for.
_TAIL = re.compile(r"(?:\s(?:van|de|of|aged)|,|-|\s\()\s?(?:[\w' ]{3,12})?$", I)
_IN_BRACKETS = re.compile(r"(?<!en)(?<!s)(?<!x) \($")  # "onze blinde pianist (71)": not more than one
_AGED = re.compile(r"\b(?:aged?|[aâ]g[eé]e?s? de|leeftijd:?) $", I)
_IS_AGED = re.compile(
    r"\b(?:ze|zij|hij|ik|she|he|i|elle|il|je)\s(?:is|ben|was|wordt|am|a|ai)\s(?:pas |al |nu |bijna |amper |only |just |already |almost |turning |d[eé]j[aà] )?$",
    I,
)
_OLD = re.compile(r"[ -]?jarige?\b|j\b|[ -]year[ -]olds?\b|\s(?:jaar oud|years? old)\b", I)
_UNIT = re.compile(r"\s?(?:jaar|jaren|ans|years?)\b", I)
_APART = re.compile(r",\s\d{1,3}\s?(?:jaar|ans|years?)(?=[,.]|\s(?:en|et|and)\b|$)", I)  # "…, 62 jaar, …"
_NO_AGE = re.compile(
    r"\s?(?:euro|€|%|uur\b|u\b|h\b|km|m\b|maand|mois|month|week|weken|semaine|dag|jour|day|kg|keer|fois|times|(?:tot|à|to|-|–)\s?\d|plaats|mensen|personen|kinderen|personnes|enfants|people|children|kamers|chambres|rooms|minu)",
    I,
)
_TRAIT = (
    r"(?:rolstoel|(?:steke|stok|half|kleuren)?blind|(?:stok|half|pot)?doof|dove|doofstom|slechtziend|gehandicap|handicap|verlamd|beenprothese|prothese|geamputeerd|arm kwijt|been kwijt|zonder benen|zonder armen|hiv|aids|kanker|leukemie|ms\b|als\b(?= en| die| en)|parkinson|huntington|alzheimer|dementie|jongdement|epilepsie|schizofren|psychose|bipolair"
    r"|down(?:syndroom)?\b|syndroom|syndrome|autis|tourette|zeldzame|orphan|spierziekte|mucoviscidose|muco\b|taaislijm|dialyse|canule|sonde(?:voeding)?\b|beademing|zuurstoffles|pacemaker|cochleair|tracheo|hazenlip|klompvoet|waterhoofd|open rug|spina bifida|vitiligo|ziekte van \w|verzets(?:man|vrouw|strijd)|oud-strijder|krijgsgevangene|gijzelaar|overlevende|overlever|(?:long|hart|nier|lever|huid)?transplant|stoma|narcolep|hemofil|sikkelcel|dr[eé]panocyt|albin|dwerg|brandwond|transgender|trans\b|transitie|transman|transvrouw|non-binair|intersek|homo|lesbisch"
    r"|tweeling|drieling|vierling|weduwe|weduwnaar|zwanger|tienermoeder|stotter|litteken|glazen oog|kunstbeen|hersenletsel|hersentumor|tumor|coma\b|één been|één arm|één oog|brandwonden|adopti|geadopteerd|vondeling|ex-gedetineerde|enkelband|gevangenis|veroordeeld|moord|zelfmoord|zelfdoding|verkracht|incest|besneden|uitgehuwelijkt|anorexia|boulimie|verslaafd|hero[iï]ne|oud-burgemeester|burgemeester|gewezen|voormalig\w?|ex-\w{4,}|oud-\w{4,}|koster|beiaard|pastoor|non\b|priester|imam"
    r"|smid\b|hoefsmid|molenaar|imker|veearts|dierenarts|missionaris|nonnetje|valkenier|goochelaar|wereldkampioen|getatoe[eë]erd|tatoeage|[eé][eé]n hand|zonder hand|zonder vingers|kunstoog|dwerggroei|lilliputter|vijfling|zesling|stamelt|scheel|kaal door|chemo|palliatief|euthanasie|bestraling|oorlogs\w{3,}|kindsoldaat|mensenhandel|gemarteld|foltering|besnijdenis|draagmoeder|priesteres|rabbijn|burggraaf|baron|barones|gravin|kampioen|kleine gestalte|brandstichting|inbraak|zuurstof\w*|paard en kar|zonder (?:arm|been|hand)\w*|(?:[7-9]|1[0-9]|zeven|acht|negen|tien|elf|twaalf|dertien) kinderen|2 ?meter\b|profvoetbal|olympisch|piloot|circus|kermis|enige \w{3,}|blindengeleide|assistentiehond|chien-guide|chien guide|guide dog"
    r"|progeri|ataxi|lupus|crohn|marfan|\w*dystro[fp]|\w*atro(?:f|ph)i|fibros|sarco[iï]d|por(?:f|ph)yri|myasthen|sclerose|charcot|ehlers|leukod|leucod|neurofibro|achondro|osteogen|thalass|ele(?:f|ph)anti|lepra|l[eè]pre|lepros|\bpolio|guillain|locked-in|a(?:f|ph)asi|mutisme|katatoni|alopeci|siamees|siamese|siamois|quadrupl|quintupl|zesling|zevenling"
    r"|zonder (?:arm|been|hand|tong|stem|voet|vinger|neus|oor|oren|ogen|kaak|gebit|huid|gezicht|schedel)\w*|sans (?:langue|voix|pied|doigt|nez|oreille|m[aâ]choire|visage)|without (?:a |any )?(?:voice|tongue|arm|leg|hand|f[oe]{2}t|finger|nose|ear|jaw)|kunst(?:been|oog|stem|arm|hand|voet|kaak|hart)|halve (?:schedel|long|maag|gezicht)|(?:[eé][eé]n|une?|one) (?:nier|long|rein|poumon|kidney|lung)\b"
    r"|accordeon|accord[eé]on|organist|orgelbouwer|stadsomroeper|mijnwerker|mineur|miner\b|schoorsteenveger|klokkenmaker|kluizenaar|ermite|hermit|astronaut|parachut|paracommando|legionair|l[eé]gionnaire|kolonel|straaljager|kasteelheer|wereldreiziger|fakir|zwaardslikker|seule? \w{3,}|only \w{3,}|fauteuil roulant|aveugle|sourd|muet|paralys|amput|s[eé]ropositi|vih\b|cancer|leuc[eé]mi|scl[eé]rose|d[eé]mence|[eé]pilep|schizophr|bipolaire|trisomi|maladie rare|maladie de \w|canule|respirateur|sonde\b|pacemaker|r[eé]sistante?\b|rescap[eé]|surviv|ancien combattant|b[eé]quille|bec-de-li[eè]vre|mucoviscid|greff|enceinte|proth[eè]se|une jambe|une main|sans (?:bras|jambe|main)\w*|petite taille|incendie|(?:[7-9]|1[0-9]|sept|huit|neuf|dix|onze|douze) enfants|tatou|chimio|palliatif|euthanasie|enfant soldat|tortur|exorcis|baron|comtesse|v[eé]t[eé]rinaire|forgeron|missionnaire|un bras|un œil|un oeil|aveugle|b[eè]gue|cicatrice|br[uû]l[eé]|transgenre|lesbienne|jumeaux|jumelles|tripl[eé]s|veuf|veuve|bracelet [eé]lectronique|prison|ancien(?:ne)? \w{4,}|cur[eé]\b|nain"
    r"|wheelchair|pregnant|prosthe|stutter|brain injury|one eye|dwarf|oxygen|deaf|paraly|one leg|one hand|no (?:arms|legs)|arson|(?:[7-9]|1[0-9]|seven|eight|nine|ten|eleven|twelve) children|chemo|palliative|hospice|child soldier|tortur|blacksmith|missionary|colostomy|one arm|missing a|leukaemia|leukemia|sclerosis|dementia|rare disease|\w+'s disease|feeding tube|ventilator|pacemaker|survivor|veteran|cleft|spina bifida|cystic|transplant|gay\b|lesbian|twins|triplets|widow|ankle (?:tag|bracelet)|convicted|murder|suicide|adopted|former \w{4,}|retired \w{4,}|priest|nun\b|albino|dwarf|kidney|huntington|down's|tattoo|burn(?:s|ed) on|glass eye|glazen oog"
    r")"
)
_RARE = re.compile(rf"(?<![\w]){_TRAIT}[\w-]{{0,20}}", I)
_SENTENCE = re.compile(r"[.!?\n]")
REACH = 60  # characters between an age and what goes with it
# The only one of the village needs no age.
_ONLY = {
    ("enige",): re.compile(r"\b(?:de|het|als) enige [\w-]{2,25}(?: [\w-]{2,25}){0,3} (?:in|van|uit) (?:de |het |dit |deze |ons |onze )?(?:dorp|straat|gemeente|wijk|parochie|buurt|klas|school)\b", I),
    ("seul", "unique"): re.compile(r"\b(?:le|la|l'|les) ?(?:seule?s?|unique) [\w-]{2,25}(?: [\w-]{2,25}){0,3} (?:du|de la|de notre|dans le|dans la) (?:village|rue|commune|quartier|classe|[eé]cole|paroisse)\b", I),
    ("the only",): re.compile(r"\bthe only [\w-]{2,25}(?: [\w-]{2,25}){0,3} (?:in|of|on|from) (?:the |this |our )?(?:village|street|town|parish|class|school|neighbourhood)\b", I),
}  # fmt: skip
# … of these a village has one as well, and that is what a signal is about.
_THING = re.compile(
    r"winkel|\bbus|halte|automaat|\bbank|kantoor|school|caf[eé]|apothe|pharmac|dokter|\barts|huisarts|tandarts|m[eé]decin|dentist|doctor|bakker|slager|kapper|markt|\bplek|\bplaats|\bzaal|lijn\b|cr[eè]che|opvang|plein|\bbib|brievenbus|frituur|\bhuis|toilet|\bclub|dienst|loket|oplossing|manier|weg\b|trein|magasin|guichet|boulanger|boucher|[eé]cole|\barr[eê]t|distributeur|shop|store|stop\b|\bpost|lift|hal\b|bank", I
)  # fmt: skip


def rare_trait(text: str, *, has_digits: bool) -> Iterator[tuple[int, int]]:
    """From the age to the trait, or the other way round."""
    for found in _NUMBER.finditer(text) if has_digits else ():
        start = _start_of_age(text, found)
        if start is None:
            continue
        old = _OLD.match(text, found.end()) or _UNIT.match(text, found.end())
        end = old.end() if old else found.end()
        if trait := _first(text[end : end + REACH]):
            yield start, end + trait.end()
        elif trait := _last(text[max(0, start - REACH) : found.start()]):
            yield min(start, max(0, start - REACH) + trait.start()), end
    low = text.lower()
    for words, pattern in _ONLY.items():
        for found in pattern.finditer(text) if any(word in low for word in words) else ():
            if not _THING.search(found[0]):
                yield found.span()


def _start_of_age(text: str, found: re.Match[str]) -> int | None:
    """Where the words of an age begin; None for a number that is none."""
    if _NO_AGE.match(text, found.end()):
        return None
    begin = max(0, found.start() - 60)
    if (
        said := (
            _TAIL.search(text[max(begin, found.start() - 20) : found.start()])
            and _SOMEBODY.search(text[begin : found.start()])
        )
        or _AGED.search(text[begin : found.start()])
        or _IS_AGED.search(text[begin : found.start()])
    ):
        return begin + said.start()
    if text[found.end() : found.end() + 1] == ")" and _IN_BRACKETS.search(text, begin, found.start()):
        return found.start()
    if found.start() > 1 and _APART.match(text, found.start() - 2):
        return found.start()
    return found.start() if _OLD.match(text, found.end()) else None


def _first(part: str) -> re.Match[str] | None:
    stop = _SENTENCE.search(part)
    return _RARE.search(part, 0, stop.start() if stop else len(part))


def _last(part: str) -> re.Match[str] | None:
    ends = [stop.end() for stop in _SENTENCE.finditer(part)]
    return _RARE.search(part, ends[-1] if ends else 0)
