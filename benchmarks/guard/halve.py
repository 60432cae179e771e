"""Moves half of the unseen texts to the half that may be read: `python -m benchmarks.guard.halve 78`. Prints figures, never a text.

For after new texts were written. Neighbours in an order by kind, origin, form and language part ways, so that both halves hold as much of
each; a seed decides which of two goes. What moves is given a new id, as the README asks.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter

from . import CORPUS, Entry, load


def main(seed: int) -> None:
    chance = random.Random(seed)
    unseen = load("unseen")
    often = Counter(finding.kind for entry in unseen for finding in entry.findings)
    in_order = sorted(unseen, key=lambda entry: (*rank(entry, often), chance.random()))
    moved = [chance.choice(pair) for pair in zip(in_order[::2], in_order[1::2], strict=False)]
    ids = {entry.id for entry in load()}
    new = {entry.id: new_id(chance, ids) for entry in moved}
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    rows = [row | {"id": new.get(row["id"], row["id"])} for row in rows]
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in sorted(rows, key=lambda row: row["id"])]
    CORPUS.write_text("".join(lines), encoding="utf-8")
    print(f"{len(moved)} of {len(unseen)} texts moved")


def rank(entry: Entry, often: Counter[str]) -> tuple[str, ...]:
    """What a text is there for: the rarest kind it holds."""
    if entry.clean:
        return "clean", "", "", entry.language
    rarest = min(entry.findings, key=lambda finding: often[finding.kind])
    return rarest.kind, rarest.origin or "", rarest.form or "", entry.language


def new_id(chance: random.Random, taken: set[str]) -> str:
    while True:
        drawn = f"{chance.getrandbits(32):08x}"
        if drawn not in taken and Entry(drawn, "nl", "", clean=True, findings=()).half == "tune":
            taken.add(drawn)
            return drawn


if __name__ == "__main__":
    main(int(sys.argv[1]))
