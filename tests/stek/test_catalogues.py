import polib
import pytest

from stek import catalogues

TEMPLATE = """{% load i18n %}
<h1>{% translate "Welkom" %}</h1>{% include "x.html" with title=_("Vandaag") %}
{% blocktranslate count n=places trimmed %}
  Nog één plaats
{% plural %}
  Nog {{ n }} plaatsen
{% endblocktranslate %}
"""
CODE = """
from django.utils.translation import gettext as _, pgettext
_("Gesloten op %(day)s")
pgettext("maand", "mei")
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of one template and one module."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "rules.py").write_text(CODE)
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(catalogues, "languages", lambda: ["fr"])
    return tmp_path


@pytest.fixture
def path(project):
    return project / "locale" / "fr" / "LC_MESSAGES" / "django.po"


@pytest.fixture
def translated(path):
    """The catalogue, complete."""
    catalogues.update()
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: "Encore une place", 1: "Encore %(n)s places"}
        else:
            entry.msgstr = entry.msgid
    catalogue.save()
    return catalogue


def test_extract_finds_strings_of_templates_and_code(project):
    assert {key: message.plural for key, message in catalogues.extract().items()} == {
        (None, "Gesloten op %(day)s"): None,
        ("maand", "mei"): None,
        (None, "Welkom"): None,
        (None, "Vandaag"): None,
        (None, "Nog één plaats"): "Nog %(n)s plaatsen",
    }


def test_check_without_a_catalogue_names_every_string(project):
    problems = catalogues.check()

    assert len(problems) == 5
    assert "fr: missing: 'Welkom' (templates/page.html)" in problems


def test_check_of_a_complete_catalogue_finds_nothing(translated):
    assert catalogues.check() == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"msgstr": ""}, "empty"),
        ({"flags": ["fuzzy"]}, "fuzzy"),
        ({"msgstr": "Fermé le %(jour)s"}, "placeholders differ"),
        ({"msgstr": "Fermé"}, "placeholders differ"),
        ({"msgstr": "Fermé : %(day)s"}, "a mark that may begin a line: U+00A0 before it"),
    ],
)
def test_check_names_what_is_wrong(translated, change, problem):
    entry = translated.find("Gesloten op %(day)s")
    for name, value in change.items():
        setattr(entry, name, value)
    translated.save()

    assert catalogues.check() == [f"fr: {problem}: 'Gesloten op %(day)s' (sites/rules.py)"]


def test_update_keeps_translations_adds_new_strings_and_drops_old_ones(project, path, translated):
    (project / "sites" / "rules.py").write_text('from django.utils.translation import gettext as _\n_("Nieuw")\n')

    catalogues.update()

    assert {entry.msgid: entry.translated() for entry in polib.pofile(str(path))} == {
        "Nieuw": False,
        "Welkom": True,
        "Vandaag": True,
        "Nog één plaats": True,
    }


def test_update_binds_french_marks_to_their_words(translated, path):
    translated.find("Gesloten op %(day)s").msgstr = "« Fermé » : %(day)s !"
    translated.save()

    catalogues.update()

    assert polib.pofile(str(path)).find("Gesloten op %(day)s").msgstr == "«\u00a0Fermé\u00a0»\u00a0: %(day)s\u00a0!"


def test_compile_makes_what_is_missing_or_older(path, translated):
    catalogues.compile_all()
    compiled = path.with_suffix(".mo")
    assert polib.mofile(str(compiled)).find("Welkom").msgstr == "Welkom"

    before = compiled.stat().st_mtime_ns
    catalogues.compile_all()
    assert compiled.stat().st_mtime_ns == before
