"""What the guard sees in the corpus and what it does not, and what looking costs. `./dev bench guard`.

The half that rules are tuned on lists its misses; of the other half only figures are printed, so that they stay figures on texts that
nobody who writes a rule has read. `GUARD_SHOW_UNSEEN=1` lists those too: after that the half is seen, and new texts are needed.
Time is CPU time of this process.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable

from benchmarks.guard import Entry, Finding, load

# What `docs/decisions/` and the client ask of texts nobody tuned on, as shares.
HARD = ("national_register", "phone", "email", "iban", "number_plate", "date_of_birth", "handle")
LEAST = {"hard identifiers": 71 / 72, "address": 14 / 15, "name": 35 / 39}
LOWER_FULL, CAPITAL_FIRST = 0.6, 0.8  # of names from elsewhere
HERE = {"flemish", "dutch", "french"}
MOST_WARNED = 6 / 116
# Milliseconds differ from machine to machine, and from hour to hour on a busy one: the limit counts in additions of a plain loop in the same
# run. 50,000 of them take 2 ms where Python 3.12 has a core of its own; 300 ms are 7.5 million.
ADDITIONS = {"p95 of 300 characters": 50_000, "any 1,000 characters": 7_500_000}
LOAD, MEMORY = 1, 60  # s, MB
ROUNDS = 5


def main() -> None:
    from stek.guard import inspect

    failed = measure_load()
    for half in ("tune", "unseen"):
        failed += report(half, inspect)
    failed += measure_time(inspect)
    if failed:
        raise SystemExit("Over the limit: " + ", ".join(failed))


def measure_load() -> list[str]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    from stek.guard import inspect

    inspect("Eén keer om alles te lezen: 0470 12 34 56.")
    seconds = time.process_time() - start
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"lists and libraries read in {seconds:.2f} s, {memory:.0f} MB on top at the highest")
    return [name for name, over in {"load": seconds > LOAD, "memory": memory > MEMORY}.items() if over]


def report(half: str, inspect: Callable) -> list[str]:
    entries = load(half)  # type: ignore[arg-type]
    seen: Counter[str] = Counter()
    there: Counter[str] = Counter()
    misses, alarms = [], []
    for entry in entries:
        found = inspect(entry.text, entry.language)
        for wanted in entry.findings:
            hit = is_seen(entry, wanted, found)
            for group in groups(wanted):
                there[group] += 1
                seen[group] += hit
            if not hit:
                misses.append(f"  missed {wanted.kind}: {wanted.text!r} in {entry.text!r}")
        if entry.clean and found:
            alarms.append((any(one.severity == "block" for one in found), entry, found))
    clean = sum(entry.clean for entry in entries)
    blocked, warned = sum(block for block, *_ in alarms), sum(not block for block, *_ in alarms)
    print(f"\n{half}: {len(entries)} texts")
    for group in sorted(there):
        print(f"  {group:40} {seen[group]:4} of {there[group]:4}")
    print(f"  clean texts blocked {blocked}, warned of {warned}, of {clean}")
    for kind, number in sorted(Counter(one.kind for *_rest, found in alarms for one in found).items()):
        print(f"    {kind:38} {number:4} in clean texts")
    if half == "tune" or os.environ.get("GUARD_SHOW_UNSEEN"):
        print(*misses, sep="\n")
        for _block, entry, found in alarms:
            print(f"  alarm {[(one.kind, entry.text[one.start : one.end]) for one in found]} in {entry.text!r}")
    return [f"{half} {name}" for name in limits(seen, there, blocked, warned, clean)] if half == "unseen" else []


def is_seen(entry: Entry, wanted: Finding, found: Iterable) -> bool:
    start, end = entry.offsets(wanted)
    return any(one.kind == wanted.kind and one.start < end and start < one.end for one in found)


def groups(wanted: Finding) -> list[str]:
    """The rows of the report that this one counts in."""
    rows = [wanted.kind] + (["hard identifiers"] if wanted.kind in HARD else [])
    if wanted.kind == "name":
        letters = "lower case" if wanted.is_lower_case else "capital"
        origin = "from here" if wanted.origin in HERE else "from elsewhere"
        rows += [f"name, {wanted.origin}", f"name, {origin}, {wanted.form}, {letters}"]
    return rows


def limits(seen: Counter[str], there: Counter[str], blocked: int, warned: int, clean: int) -> list[str]:
    least = LEAST | {
        "name, from elsewhere, full, lower case": LOWER_FULL,
        "name, from elsewhere, first, capital": CAPITAL_FIRST,
    }
    # In whole texts: what may be missed of 72 is one, and of 59 it is one too.
    short = [group for group, share in least.items() if there[group] - seen[group] > round((1 - share) * there[group])]
    return short + ["clean blocked"] * bool(blocked) + ["clean warned"] * (warned > MOST_WARNED * clean)


def measure_time(inspect: Callable) -> list[str]:
    texts = [entry.text for entry in load()]
    shuffled = random.Random(4)
    glued = [" ".join(shuffled.sample(texts, 8))[:300] for _ in range(200)]
    costs = [cost(inspect, text) for text in glued]
    taken = sorted(ms for ms, _additions in costs)
    additions = sorted(additions for _ms, additions in costs)
    p95 = int(len(costs) * 0.95)
    worst, what = max((*cost(inspect, text)[::-1], name) for name, text in hostile().items())[::2]
    print(f"\n300 characters: p50 {statistics.median(taken):.2f} ms, p95 {taken[p95]:.2f} ms")
    counted = {"p95 of 300 characters": additions[p95], "any 1,000 characters": worst}
    for name, limit in ADDITIONS.items():
        print(f"  {name}: {counted[name]:,.0f} additions of {limit:,}")
    print(f"  the dearest 1,000 characters: {what}")
    return [name for name, limit in ADDITIONS.items() if counted[name] > limit]


def cost(inspect: Callable, text: str) -> tuple[float, float]:
    """Of one text: ms, and how many additions of a loop that runs just after, so that a busy machine slows both."""
    taken = best(lambda: inspect(text))
    return taken, taken / (best(add_up) / 20_000)


def add_up() -> int:
    total = 0
    for number in range(20_000):
        total += number
    return total


def best(do: Callable[[], object]) -> float:
    """The quickest of a few rounds, in ms: what the work costs when nothing else runs."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        do()
        taken.append((time.process_time() - start) * 1000)
    return min(taken)


def hostile() -> dict[str, str]:
    """What makes expressions go back and forth, 1,000 characters each."""
    pieces = [
        "0", "0 ", "04", "04 7", "1-", "a@", "a.", "a-", "a'", "@a", "be12 ", "BE 1 ", "Aa ", "A. ", "Van ", "van de ", "de ", "mevr ", "rue de la ", "1 rue de ", "straat 1 ", "Straat ", "12 ", "1.1.", "1/1/", "(0",
        "+32", "00", "a at b ", "insta a", "vrouw van 1 ", "man, 12 ", "12 jaar ", "12-jarige ", "Jan ", "Fatima ", "mohammed ", "\u200b1", "é", "ﬀ", "\U0001d7d8", "(((", "   ", "a_1.", "1 ABC ", "ABC-1", "jan. 1 ", "facebook.com/",
        "geboren 1/1 ", "° 1/", "wordt 1 op ", "née le ", "wagen a 1 ", "1-A-", "plaat 1a ", "x_1 op insta ", "insta: aa ", "@a.b ", "Ter Aa 1 ", "ter aa 1 ", "woont op Aa 1 ", "post voor A 1 ", "residentie A ", "nummer 1 in ", "le 1 rue A ", "1 Aa road ", "a_", "A1 ", "12/3 ", "straat 12 en ", "een twee ", "3 4 mei ",
    ]  # fmt: skip
    chance = random.Random(7)
    mixed = {f"mix {number}": "".join(chance.choice(pieces) for _ in range(500))[:1000] for number in range(30)}
    return {repr(piece): (piece * 1000)[:1000] for piece in pieces} | mixed
