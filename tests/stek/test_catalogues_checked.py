"""A set-up without compiled catalogues is told so, and how to mend it."""

from __future__ import annotations

import os

import pytest

from stek import catalogues
from stek.health.apps import catalogues_are_compiled

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\nmsgid "week"\nmsgstr "semaine"\n'


@pytest.fixture
def french(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    path = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO)
    return path


def test_a_catalogue_that_is_not_compiled_is_a_warning_that_names_the_command(french):
    (warning,) = catalogues_are_compiled()

    assert (warning.id, "fr" in warning.msg) == ("stek.W001", True)
    assert "stek/catalogues.py compile" in warning.hint


def test_compiled_is_well_until_it_changes(french):
    catalogues.compile_all()
    assert catalogues_are_compiled() == []

    later = french.with_suffix(".mo").stat().st_mtime + 60
    os.utime(french, (later, later))
    assert [warning.id for warning in catalogues_are_compiled()] == ["stek.W001"]
