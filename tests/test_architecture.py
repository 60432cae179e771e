import pytest
from django.core.management import call_command
from importlinter.cli import lint_imports


def test_no_room_imports_a_room_above_it():
    assert lint_imports(no_cache=True) == 0


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run")
