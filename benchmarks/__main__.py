"""`./dev bench [name …]`: every benchmark here that has a `main`, or those named, each in a process of its own.

The beginning of a name will do: `guard` is `guard_findings`.

A process of its own, because each needs its own environment and its own peak of memory.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def benchmarks() -> list[str]:
    """Names of the modules beside this one that define `main`."""
    return [path.stem for path in sorted(FOLDER.glob("*.py")) if path.stem != "__main__" and has_main(path)]


def has_main(path: Path) -> bool:
    nodes = ast.parse(path.read_text()).body
    return any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in nodes)


def main() -> int:
    known = benchmarks()
    asked = {word: [name for name in known if name == word or name.startswith(f"{word}_")] for word in sys.argv[1:]}
    if unknown := [word for word, names in asked.items() if not names]:
        print(f"Unknown: {', '.join(sorted(unknown))}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    failed = []
    for name in [name for names in asked.values() for name in names] or known:
        print(f"\n== {name}", flush=True)
        code = f"from benchmarks.{name} import main; main()"
        if subprocess.run([sys.executable, "-c", code], cwd=FOLDER.parent, check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nFailed: {', '.join(failed)}.", file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
