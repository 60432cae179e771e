"""Translation catalogues without gettext's programs: extracted by Babel, read, written and compiled by polib.

The source strings are Dutch, so Dutch itself needs no catalogue. Run as `python -P stek/catalogues.py compile` by every `./dev`
command, hence the imports inside: compiling must cost nothing when nothing changed.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
CODE = ("sites", "partners", "activities", "signals", "stek")
PLACEHOLDER = re.compile(r"%\(\w+\)\d*[a-z]|%[sd]|\{\w*\}")

type Key = tuple[str | None, str]


@dataclass
class Message:
    """One string of the source: where it stands, in which order it was met, and its plural."""

    plural: str | None
    order: int
    files: set[str] = field(default_factory=set)


def compile_all() -> None:
    """Write the `.mo` beside every `.po` that is newer."""
    for source in stale():
        import polib  # noqa: PLC0415 (slow import)

        polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))


def stale() -> list[Path]:
    """Each `.po` without a `.mo` that is as new: pages in that language would be in Dutch, or say what they said before."""
    return [
        source
        for source in sorted(LOCALE.rglob("*.po"))
        if not (target := source.with_suffix(".mo")).exists() or target.stat().st_mtime < source.stat().st_mtime
    ]


def update() -> None:
    """Bring each catalogue up to date with the source; new strings arrive empty, dropped ones go."""
    found = extract()
    for language in languages():
        path = LOCALE / language / "LC_MESSAGES" / "django.po"
        catalogue = renewed(found, path, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
        print(f"{language}: {len(catalogue)} strings, {len(catalogue.untranslated_entries())} to translate")  # noqa: T201 (a command)


def check() -> list[str]:
    """What is wrong: strings missing, empty, marked fuzzy, or with other placeholders than the source."""
    import polib  # noqa: PLC0415 (slow import)

    found = extract()
    problems = []
    for language in languages():
        path = LOCALE / language / "LC_MESSAGES" / "django.po"
        entries = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(path))} if path.exists() else {}
        problems += [
            f"{language}: {problem}: {key[1]!r} ({', '.join(sorted(message.files))})"
            for key, message in sorted(found.items(), key=lambda item: item[1].order)
            if (problem := _problem(entries.get(key), message))
        ]
    return problems


def extract() -> dict[Key, Message]:
    """Every string of the source that is marked for translation, by context and text."""
    found: dict[Key, Message] = {}
    for file, context, text, plural in _strings():
        message = found.setdefault((context, text), Message(plural, order=len(found)))
        message.plural = message.plural or plural
        message.files.add(file)
    return found


def languages() -> list[str]:
    """The languages that need a catalogue."""
    from django.conf import settings  # noqa: PLC0415 (slow import)

    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def renewed(found: dict[Key, Message], path: Path, language: str) -> "polib.POFile":
    """A catalogue of what was found, with the translations that `path` already has."""
    import polib  # noqa: PLC0415 (slow import)
    from babel.messages.plurals import get_plural  # noqa: PLC0415 (a development tool)

    old = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(path))} if path.exists() else {}
    plurals = get_plural(language)
    new = polib.POFile(wrapwidth=100)
    new.metadata = {
        "Project-Id-Version": "STEK",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plurals.plural_forms,
    }
    for key, message in sorted(found.items(), key=lambda item: item[1].order):
        known = old.get(key)
        entry = polib.POEntry(msgctxt=key[0], msgid=key[1], occurrences=[(file, "") for file in sorted(message.files)])
        if known:
            entry.flags, entry.tcomment = known.flags, known.tcomment
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = (known and known.msgstr_plural) or dict.fromkeys(range(plurals.num_plurals), "")
        else:
            entry.msgstr = known.msgstr if known else ""
        new.append(entry)
    return new


def _strings() -> Iterator[tuple[str, str | None, str, str | None]]:
    """File, context, text and plural of every marked string, in a steady order."""
    from io import BytesIO  # noqa: PLC0415 (only needed here)

    from babel.messages.extract import DEFAULT_KEYWORDS, extract  # noqa: PLC0415 (a development tool)
    from django.utils.translation import templatize  # noqa: PLC0415 (slow import)

    keywords = dict(DEFAULT_KEYWORDS)
    for name in ("gettext", "ngettext", "pgettext", "npgettext"):
        keywords[f"{name}_lazy"] = DEFAULT_KEYWORDS[name]
    keywords["gettext_noop"] = None

    for path in _files():
        name = path.relative_to(ROOT).as_posix()
        source = path.read_text()
        if path.suffix != ".py":
            source = templatize(source, origin=name)
        for _, message, _, context in extract("python", BytesIO(source.encode()), keywords=keywords):
            text, plural = message if isinstance(message, tuple) else (message, None)
            yield name, context, text, plural


def _files() -> Iterator[Path]:
    for app in CODE:
        yield from (path for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts)
    yield from sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt", ".xml"})


def _problem(entry: "polib.POEntry | None", message: Message) -> str | None:
    if entry is None:
        return "missing"
    if entry.fuzzy:
        return "fuzzy"
    if bool(entry.msgid_plural) != bool(message.plural):
        return "plural differs"
    translations = list(entry.msgstr_plural.values()) if message.plural else [entry.msgstr]
    if not all(translations):
        return "empty"
    allowed = _placeholders(entry.msgid) | _placeholders(message.plural or "")
    # The singular of a plural may leave its number out: "één plaats".
    needed = set() if message.plural else allowed
    if not all(needed <= _placeholders(text) <= allowed for text in translations):
        return "placeholders differ"
    return None


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def main(command: str) -> int:
    if command == "compile":
        compile_all()
    elif command == "update":
        update()
    elif command == "check":
        problems = check()
        print("\n".join(problems), file=sys.stderr)  # noqa: T201 (a command)
        return 1 if problems else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
