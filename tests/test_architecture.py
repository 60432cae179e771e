import re
import subprocess
import sys
from collections import Counter

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


# Those that are no modules and may stand on one page: they share one scope, and a name said twice stops the second one.
TOGETHER = ["stek/phone.js", "stek/guard.js", "stek/forget.js", "stek/passkeys.js"]
DECLARED = re.compile(r"^(?:const|let|class|(?:async )?function) (?:(\w+)|\{ ([\w, ]+) \})", re.MULTILINE)


def test_scripts_that_may_stand_on_one_page_share_no_name():
    names = Counter(
        name
        for script in TOGETHER
        for one, several in DECLARED.findall((settings.BASE_DIR / "static" / script).read_text(encoding="utf-8"))
        for name in (one, *several.split(", "))
        if name
    )

    assert len(names) > 20
    assert [name for name, number in names.items() if number > 1] == []
