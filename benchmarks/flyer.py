"""The flyer of a week beside the bare typst compile of the same sheet, in one run: only the ratios carry over to another machine.

Ours: the whole request with nothing kept: reading the week, putting it into words, trying which size stays on one page, setting it,
packing it. Bare: the same words already in JSON, and the one size that fits already known. CPU time of this process, rounds
interleaved; each round has other words, so that nothing of the round before is remembered. It ends with an error above twice the bare
compile.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.week_page import compare, fill, prepare, requester

LIMIT = 2.0
SIZES = (5, 14, 40)
ROUNDS = 15
WAYS = 14  # as many as flyer.typ knows


def main() -> None:
    prepare()
    from django.core.cache import cache

    from activities.models import Series
    from sites.actions import schedule_changed

    get, numbers, worst = requester(), count(), 0.0
    for dates in SIZES:
        site: Any = fill(f"flyer-{dates}", dates)
        path = f"/{site.slug}/week/2023-W06.pdf?taal=fr"

        def change(site: Any = site) -> None:
            """Other words, and nothing kept."""
            Series.objects.filter(activity__site=site).update(description=f"Ronde {next(numbers)}")
            schedule_changed(site.pk)
            cache.clear()

        ours, bare = compare(lambda path=path: get(path), _bare(site), before=change, rounds=ROUNDS)
        worst = max(worst, ours / bare)
        print(f"{dates} dates: {ours:.0f} ms, bare {bare:.0f} ms, ratio {ours / bare:.2f}")
    if worst > LIMIT:
        raise SystemExit(f"{worst:.2f} times the bare compile; the limit is {LIMIT}.")


def _bare(site: Any) -> Any:
    """Sets the same sheet in the one way that fits, of words that are JSON already."""
    import typst

    from activities.flyer import flyer
    from activities.iso_week import IsoWeek
    from activities.schedule import week
    from stek import paper as papers

    with_words: dict[str, Any] = {}
    known = papers.drawable
    papers.drawable = lambda data: with_words.setdefault("data", known(data))  # what `paper` hands over
    papers.paper("flyer", flyer(week(site, IsoWeek(2023, 6), "fr")), language="fr")
    papers.drawable = known

    folder = Path(tempfile.mkdtemp(prefix="stek-bench-")) / "papers"
    shutil.copytree(papers.folder(), folder)
    template, whole = folder / "flyer.typ", (folder / "flyer.typ").read_text()
    fonts = typst.Fonts(include_system_fonts=False, font_paths=list(papers.FONTS))
    compiler = typst.Compiler(root=folder, font_paths=fonts, ignore_system_fonts=True)
    numbers = count()

    def compiled(template: Path, data: dict[str, Any]) -> bytes:
        inputs = {"data": json.dumps(data), "language": "fr", "direction": "ltr"}
        made = compiler.compile(input=template, format="pdf", sys_inputs=inputs, pdf_standards="ua-1", timestamp=0)
        assert isinstance(made, bytes)
        return made

    # Which of the ways fits: the one that gives the very same sheet.
    wanted = compiled(template, with_words["data"])
    for way in range(WAYS):
        template.write_text(whole.replace("#fitted(ways,", f"#fitted((ways.at({way}),),"))
        if compiled(template, with_words["data"]) == wanted:
            break
    else:
        raise SystemExit("no way gives the same sheet")

    def once() -> bytes:
        """Other words each time, of the same length."""
        number = f"Ronde {next(numbers)}"
        data = json.loads(json.dumps(with_words["data"]))
        for day in data["days"]:
            for item in day["items"]:
                item["about"] = [{"text": number}]
        return compiled(template, data)

    return once
