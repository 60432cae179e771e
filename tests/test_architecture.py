import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command

# In a process of its own: the linter switches off every logger there is, and later tests would find none.
LINT = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"


def test_no_room_imports_a_room_above_it():
    done = subprocess.run(
        [sys.executable, "-c", LINT], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False, timeout=60
    )

    assert done.returncode == 0, done.stdout


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run")
