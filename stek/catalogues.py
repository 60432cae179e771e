"""Translation catalogues without gettext's programs: extracted by Babel, read, written and compiled by polib.

The source strings are Dutch, so Dutch itself needs no catalogue. The languages of the desk have every string; the others those that
a visitor can meet, which is what stands in `FOR_VISITORS`. Run as `python -P stek/catalogues.py compile` by every `./dev`
command, hence the imports inside: compiling must cost nothing when nothing changed.
"""

import ast
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
# Where words for visitors stand: whole files, or of a file that has others too the names whose words they meet.
FOR_VISITORS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        [
            "activities/actions/reservations.py",
            "activities/activity_page.py",
            "activities/cards.py",
            "activities/feed.py",
            "activities/fixed_offer.py",
            "activities/flyer.py",
            "activities/free_places.py",
            "activities/house.py",
            "activities/views/idea_box.py",
            "activities/lines.py",
            "activities/on_paper.py",
            "activities/opening.py",
            "activities/outing_rules.py",
            "activities/partners_page.py",
            "activities/poster.py",
            "activities/schedule.py",
            "activities/share_text.py",
            "activities/telling.py",
            "activities/views/elsewhere.py",
            "activities/views/joining.py",
            "activities/views/papers.py",
            "activities/views/week.py",
            "activities/wanted.py",
            "activities/words.py",
            "partners/candidate_form.py",
            "signals/dossier_words.py",
            "sites/holidays.py",
            "sites/views/short.py",
            "sites/words.py",
            "stek/errors.py",
            "stek/guard/forms.py",
            "stek/guard/spoken.py",
            "stek/pages.py",
            "stek/paper/__init__.py",
            "templates/_about_links.html",
            "templates/_chooser.html",
            "templates/_read_aloud.html",
            "templates/activities/_front.html",
            "templates/activities/_list_rule.html",
            "templates/activities/_outing_head.html",
            "templates/activities/find_place.html",
            "templates/activities/given_up.html",
            "templates/activities/join.html",
            "templates/activities/open_form.html",
            "templates/activities/own_place.html",
            "templates/activities/place_gone.html",
            "templates/activities/_house.html",
            "templates/activities/_way_there.html",
            "templates/activities/activity.html",
            "templates/activities/embed.html",
            "templates/activities/home.html",
            "templates/activities/idea_box.html",
            "templates/activities/idea_given.html",
            "templates/activities/idea_page.html",
            "templates/activities/partners.html",
            "templates/activities/screen.html",
            "templates/activities/week.html",
            "templates/alone.html",
            "templates/base.html",
            "templates/emails/activities/_outing.txt",
            "templates/emails/activities/outing_changed.subject.txt",
            "templates/emails/activities/outing_changed.txt",
            "templates/emails/activities/own_place.subject.txt",
            "templates/emails/activities/own_place.txt",
            "templates/emails/activities/place_free.subject.txt",
            "templates/emails/activities/place_free.txt",
            "templates/error.html",
            "templates/forms/errors.html",
            "templates/forms/field.html",
            "templates/guard/hint.html",
            "templates/partners/guide.html",
            "templates/partners/become_volunteer.html",
            "templates/partners/offered_help.html",
            "templates/signals/_step.html",
            "templates/signals/raised.html",
            "templates/sites/about.html",
            "templates/sites/milestones.html",
            "templates/sites/privacy.html",
        ],
        (),
    ),
    "activities/change_words.py": ("Line", "_Speaker"),
    "activities/enums.py": ("Part",),
    "activities/actions/ideas.py": ("give_idea",),
    "activities/idea_forms.py": ("BoxForm",),
    "activities/outing_forms.py": ("_mail", "_number", "GroupForm", "JoinForm", "FewerForm", "CodeForm"),
    "stek/retention.py": ("length_words",),
    "partners/actions/candidates.py": ("offer_help",),
    "partners/enums.py": ("OrganisationKind", "Skill"),
    "sites/enums.py": ("Facility", "Function"),
    "sites/templatetags/spoken.py": ("day",),
}
READ_THROUGH = "X-Read-Through-On"  # in the head of a catalogue: the day on which somebody who speaks it read all of it
PLACEHOLDER = re.compile(r"%\(\w+\)\d*[a-z]|%[sd]|\{\w*\}")
# French puts a space before these, at which no line may end.
LOOSE_MARK = re.compile(r" [:;?!»](?!\w)|« ")

type Key = tuple[str | None, str]


@dataclass
class Message:
    """One string of the source: where it stands, in which order it was met, and its plural."""

    plural: str | None
    order: int
    files: set[str] = field(default_factory=set)
    is_for_visitors: bool = False


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
    """Bring each catalogue up to date with the source; new strings arrive empty, dropped ones go, and French marks are bound to their words."""
    found = extract()
    for language in languages():
        path = LOCALE / language / "LC_MESSAGES" / "django.po"
        catalogue = renewed(needed_in(language, found), path, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
        print(f"{language}: {len(catalogue)} strings, {len(catalogue.untranslated_entries())} to translate")  # noqa: T201 (a command)


def check() -> list[str]:
    """What is wrong: strings missing, empty, marked fuzzy, with other placeholders than the source, or set in a way the language is not."""
    import polib  # noqa: PLC0415 (slow import)

    found = extract()
    problems = []
    for language in languages():
        path = LOCALE / language / "LC_MESSAGES" / "django.po"
        entries = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(path))} if path.exists() else {}
        problems += [
            f"{language}: {problem}: {key[1]!r} ({', '.join(sorted(message.files))})"
            for key, message in sorted(needed_in(language, found).items(), key=lambda item: item[1].order)
            if (problem := _problem(entries.get(key), message, language))
        ]
    return problems


def extract() -> dict[Key, Message]:
    """Every string of the source that is marked for translation, by context and text."""
    found: dict[Key, Message] = {}
    for file, context, text, plural, is_for_visitors in _strings():
        message = found.setdefault((context, text), Message(plural, order=len(found)))
        message.plural = message.plural or plural
        message.files.add(file)
        message.is_for_visitors |= is_for_visitors
    return found


def needed_in(language: str, found: dict[Key, Message]) -> dict[Key, Message]:
    """Everything in a language of the desk, what visitors meet in another one."""
    from django.conf import settings  # noqa: PLC0415 (slow import)

    if language in dict(settings.STEK_DESK_LANGUAGES):
        return found
    return {key: message for key, message in found.items() if message.is_for_visitors}


def languages() -> list[str]:
    """The languages that need a catalogue."""
    from django.conf import settings  # noqa: PLC0415 (slow import)

    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def renewed(found: dict[Key, Message], path: Path, language: str) -> "polib.POFile":
    """A catalogue of what was found, with the translations that `path` already has."""
    import polib  # noqa: PLC0415 (slow import)
    from babel.messages.plurals import get_plural  # noqa: PLC0415 (a development tool)

    before = polib.pofile(str(path)) if path.exists() else polib.POFile()
    old = {(e.msgctxt, e.msgid): e for e in before}
    plurals = get_plural(language)
    new = polib.POFile(wrapwidth=100)
    new.metadata = {
        "Project-Id-Version": "STEK",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plurals.plural_forms,
    } | {name: day for name, day in before.metadata.items() if name == READ_THROUGH}
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
        if language == "fr":
            entry.msgstr = _bound(entry.msgstr)
            entry.msgstr_plural = {number: _bound(text) for number, text in entry.msgstr_plural.items()}
        new.append(entry)
    return new


def _strings() -> Iterator[tuple[str, str | None, str, str | None, bool]]:
    """File, context, text and plural of every marked string, and whether visitors meet it; in a steady order."""
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
        lines = _lines_for_visitors(name, source)
        if path.suffix != ".py":
            source = templatize(source, origin=name)
        for line, message, _, context in extract("python", BytesIO(source.encode()), keywords=keywords):
            text, plural = message if isinstance(message, tuple) else (message, None)
            yield name, context, text, plural, name in FOR_VISITORS and (lines is None or line in lines)


def _lines_for_visitors(file: str, source: str) -> set[int] | None:
    """The lines of the names of a file that visitors meet; None for a whole file. Raises LookupError for a name that is not there."""
    names = FOR_VISITORS.get(file)
    if not names:
        return None
    lines: set[int] = set()
    for node in ast.parse(source).body:
        if getattr(node, "name", "") in names and node.end_lineno:
            lines.update(range(node.lineno, node.end_lineno + 1))
            names = tuple(name for name in names if name != getattr(node, "name", ""))
    if names:
        raise LookupError(f"{file} has no {', '.join(names)}: see FOR_VISITORS.")
    return lines


def _files() -> Iterator[Path]:
    for app in CODE:
        yield from (path for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts)
    yield from sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt", ".xml"})


def _problem(entry: "polib.POEntry | None", message: Message, language: str) -> str | None:
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
    if language == "fr" and any(map(LOOSE_MARK.search, translations)):
        return "a mark that may begin a line: U+00A0 before it"
    return None


def _bound(text: str) -> str:
    """French marks kept with the word before them, and the words in quotes with these."""
    return LOOSE_MARK.sub(lambda found: found[0].replace(" ", "\u00a0"), text)


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
