"""What somebody spells out: numbers in words of Dutch, French and English, and words letter by letter.

"Nul vier zeven drie, vijfenvijftig" is a number as much as "0473 55". Rewritten in figures it is looked at like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .digits import FEWEST, Span
from .folding import plain


@dataclass(frozen=True, slots=True)
class Spelt:
    start: int
    end: int
    digits: str  # or letters; a blank where the writer paused


@dataclass(frozen=True, slots=True)
class Rewritten:
    """`text` says the same shorter; `starts` and `ends` tell for each of its characters where that stood."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    has_letters: bool  # typed one by one
    is_long: bool  # room for a number that is somebody's, or for letters

    def around(self, reach: int) -> Span:
        """From the first to the last character that was rewritten, and a little on both sides."""
        places = [place for place, start in enumerate(self.starts) if self.ends[place] - start != 1]
        return max(0, places[0] - reach), places[-1] + 1 + reach

    def span(self, start: int, end: int) -> Span:
        return self.starts[start], self.ends[end - 1]

    def is_spelt(self, start: int, end: int) -> bool:
        """Whether anything in this part was rewritten: the rest was looked at before."""
        return self.ends[end - 1] - self.starts[start] != end - start


def rewritten(text: str) -> Rewritten | None:
    """None when nothing is spelt out."""
    parts = sorted([*_one_by_one(text), *spelt_numbers(text)], key=lambda part: part.start)
    if not parts:
        return None
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for part in [*parts, Spelt(len(text), len(text), "")]:
        if part.start < done:
            continue
        letters.append(text[done : part.start] + part.digits)
        starts += [*range(done, part.start), *[part.start] * len(part.digits)]
        ends += [*range(done + 1, part.start + 1), *[part.end] * len(part.digits)]
        done = part.end
    has_letters = any(map(str.isalpha, "".join(part.digits for part in parts)))
    is_long = has_letters or any(len(part.digits) >= FEWEST for part in parts)
    return Rewritten("".join(letters), starts, ends, has_letters, is_long)


# --- Letter by letter -------------------------------------------------------------------------------------------------------------

_ONE_BY_ONE = re.compile(r"(?<!\S)(?:[^\s,;] ){6,80}[^\s,;](?![^\s,;:!?)])")


def _one_by_one(text: str) -> Iterator[Spelt]:
    """ "j a n 7 @ …": a blank between any two."""
    for found in _ONE_BY_ONE.finditer(text):
        if any(map(str.isalpha, found[0])):
            yield Spelt(found.start(), found.end(), found[0].replace(" ", ""))


# --- Numbers in words -------------------------------------------------------------------------------------------------------------


def _dutch() -> Iterator[tuple[str, int]]:
    units = ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"]
    below = [
        *units,
        *["tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"],
    ]
    tens = dict(enumerate(["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"], 2))
    words = dict(enumerate(below)) | {ten * 10: word for ten, word in tens.items()}
    words |= {ten * 10 + one: f"{units[one]}en{word}" for ten, word in tens.items() for one in range(1, 10)}
    yield from ((word, value) for value, word in words.items())
    for hundred in range(1, 20):
        name = words[hundred] * (hundred > 1) + "honderd"
        yield name, hundred * 100
        yield from ((name + word, hundred * 100 + value) for value, word in words.items() if value)
    yield from (("negentien" + word, 1900 + value) for value, word in words.items() if 19 < value < 100)
    yield "tweeduizend", 2000
    yield from (("tweeduizend" + joint + word, 2000 + value) for value, word in words.items() if value for joint in ("", "en"))  # fmt: skip


# As they are said here and there, and when somebody types what they hear.
_AS_HEARD = {"null": 0, "noul": 0, "nulle": 0, "ien": 1, "iene": 1, "ene": 1, "twie": 2, "twei": 2, "drij": 3, "dree": 3, "vir": 4, "vief": 5, "vaaf": 5, "zeve": 7, "zeuve": 7, "zeuven": 7, "achte": 8, "nege": 9, "neege": 9, "tiene": 10, "viertig": 40, "tachentig": 80, "zeuventig": 70}  # fmt: skip
WHOLE = {**_AS_HEARD, **dict(_dutch())}  # nothing can be added to these
# What is said behind a ten or a hundred belongs to it: "soixante-trois", "forty two".
SMALL = {
    word: value
    for words in (
        "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    )
    for value, word in enumerate(words.split())
}
TENS = {
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80, "octante": 80, "nonante": 90,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
HUNDRED = frozenset(["cent", "hundred"])
DOUBLE = frozenset(["dubbel", "dubbele", "double"])
# An article or an exclamation, unless another number stands beside it.
_ALSO_A_WORD = frozenset(
    [
        "een",
        "ene",
        "ien",
        "iene",
        "null",
        "nulle",
        "vir",
        "twei",
        "un",
        "one",
        "six",
        "double",
        "dubbel",
        "dubbele",
        "cent",
        "oh",
        "o",
    ]
)
_OH = frozenset(["oh", "o"])
_JOINS = frozenset(["et", "and", "en", "dan", "then", "puis", "streepje", "tiret", "dash", "spatie", "slash"])
_GLUED = re.compile(r"(?:nul|een|twee|drie|vier|vijf|zes|zeven|acht|negen){2,10}")
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_PAUSE = re.compile(r"[\s,.;:/-]{0,3}")
_IS_WORD = WHOLE.keys() | SMALL.keys() | TENS.keys() | HUNDRED | DOUBLE | _OH | {"vingts"}


def spelt_numbers(text: str) -> Iterator[Spelt]:
    """Every number in words, those said one after the other together; with the figures that stand among them."""
    run: list[re.Match[str]] = []
    low = text.lower()
    if not _may_hold_one(low):
        return
    for token in _TOKEN.finditer(low if len(low) == len(text) else text):
        word = token[0]
        if len(word) < 2 and not run and not word.isdigit():
            continue
        if not word.isascii():
            word = plain(word)
        is_number = word.isdigit() or word in _IS_WORD or (len(word) > 5 and _GLUED.fullmatch(word) is not None)
        is_joint = bool(run) and word in _JOINS
        if run and not ((is_number or is_joint) and _PAUSE.fullmatch(text, run[-1].end(), token.start())):
            yield from _said(text, run)
            run = []
        if is_number or (is_joint and run):
            run.append(token)
    yield from _said(text, run)


_SURE = _IS_WORD - _ALSO_A_WORD
_ANY_GLUED = re.compile(rf"\b{_GLUED.pattern}\b")


def _may_hold_one(low: str) -> bool:
    """Whether a word stands there that is a number and nothing else; most texts have none."""
    words = _TOKEN.findall(low)
    if not low.isascii():
        words += [plain(word) for word in words if not word.isascii()]
    return not _SURE.isdisjoint(words) or "04" in low or _ANY_GLUED.search(low) is not None


def _said(text: str, run: list[re.Match[str]]) -> Iterator[Spelt]:
    while run and plain(run[-1][0]) in _JOINS:
        run = run[:-1]
    words = [plain(token[0]) for token in run]
    is_listed = words[:1] and re.fullmatch(r"04[5-9]\d", words[0]) and len(words) > 4  # "0473 en 55 en 08 en 19"
    if is_listed or any(word not in _ALSO_A_WORD and not word.isdigit() and word not in _JOINS for word in words):
        yield Spelt(run[0].start(), run[-1].end(), _figures(text, run))


def _figures(text: str, run: list[re.Match[str]]) -> str:
    """As somebody would note it down who listens."""
    said: list[str] = []
    value, room, times = None, 0, 1  # the number being said, how much may be added to it, how often

    def note() -> None:
        nonlocal value, room
        if value is not None:
            said.append(str(value))
        value, room = None, 0

    for place, token in enumerate(run):
        word = plain(token[0])
        pauses = place > 0 and bool(re.search(r"[,.;:/]", text[run[place - 1].end() : token.start()]))
        if pauses:
            note()
            said.append(" ")
        if word in _JOINS:
            continue
        if word in DOUBLE:
            times = 2
        elif word in HUNDRED:
            value, room = (value or 1) * 100, 100
            continue
        elif word.startswith("vingt") and value is not None and value % 100 == 4:
            value, room = value + 76, 20  # "quatre-vingt-treize"
        elif word not in WHOLE and _GLUED.fullmatch(word):
            note()
            said += [str(WHOLE[one]) for one in re.findall("nul|een|twee|drie|vier|vijf|zes|zeven|acht|negen", word)]
        elif word.isdigit() or word in WHOLE:
            note()
            said.append(word if word.isdigit() else str(WHOLE[word]) * times)
            times = 1
        else:
            number = 0 if word in _OH else SMALL.get(word, TENS.get(word, 0))
            if value is not None and 0 < number < room:
                # "cent quatre": what is said may still become "cent quatre-vingts".
                value += number
                room = (
                    20
                    if word == "soixante"
                    else 10
                    if word in TENS or (number == 10 and value % 100 in {70, 90})
                    else 0
                )
            else:
                note()
                if times > 1:
                    said.append(str(number) * times)
                else:
                    value, room = number, 20 if word in {"soixante", "vingts"} else 10 if word in TENS else 0
            times = 1
    note()
    digits = re.sub(r" {2,}", " ", "".join(said)).strip()
    # "Vier zeven drie …": a mobile number whose nought goes without saying.
    return "0" + digits if re.fullmatch(r"4[5-9]\d(?: ?\d){6}", digits) else digits
