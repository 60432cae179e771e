"""The flyer of a week beside the bare typst compile, in one run: only the ratios carry over to another machine.

Ours: the whole request with nothing kept: reading the week, putting it into words, setting it, packing it. Bare: typst alone, the same
template and the same words already in JSON. CPU time of this process, rounds interleaved; each round has other words, so that typst
remembers nothing of the round before. It ends with an error above twice the bare compile.

Beside it stands, without a limit, what looking for the largest size that stays on one page costs: the same sheet in the one size that fits.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
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

    from activities.models import Text
    from sites.actions import schedule_changed

    get, numbers, worst = requester(), count(1000), 0.0
    for dates in SIZES:
        site: Any = fill(f"flyer-{dates}", dates)
        path = f"/{site.slug}/week/2023-W06.pdf?taal=fr"

        def change(site: Any = site) -> None:
            """Other words, and nothing kept."""
            Text.objects.filter(series__activity__site=site).update(title=f"Activité {next(numbers)}")
            schedule_changed(site.pk)
            cache.clear()

        whole, one_way = _bare(site)
        ours, bare = compare(lambda path=path: get(path), whole, before=change, rounds=ROUNDS)
        _again, least = compare(whole, one_way, rounds=ROUNDS)
        worst = max(worst, ours / bare)
        print(
            f"{dates} dates: {ours:.0f} ms, bare {bare:.0f} ms, ratio {ours / bare:.2f}; in the one size {least:.0f} ms"
        )
    if worst > LIMIT:
        raise SystemExit(f"{worst:.2f} times the bare compile; the limit is {LIMIT}.")


def _bare(site: Any) -> tuple[Callable[[], bytes], Callable[[], bytes]]:
    """Set the sheet of words that are JSON already: as it is, and in the one size that fits."""
    import typst

    from activities.flyer import flyer
    from activities.iso_week import IsoWeek
    from activities.schedule import week
    from stek import paper as papers

    folder = Path(tempfile.mkdtemp(prefix="stek-bench-")) / "papers"
    shutil.copytree(papers.folder(), folder)
    fonts = typst.Fonts(include_system_fonts=False, font_paths=list(papers.FONTS))
    compiler = typst.Compiler(root=folder, font_paths=fonts, ignore_system_fonts=True)
    told = flyer(week(site, IsoWeek(2023, 6), "fr"))
    data = papers.drawable({**told, "words": {"page": "{page}/{pages}"}, "mark": papers.icon("mark")})
    numbers = count(1000)

    def compiled(template: str) -> bytes:
        inputs = {"data": json.dumps(data), "language": "fr", "direction": "ltr"}
        made = compiler.compile(
            input=folder / template, format="pdf", sys_inputs=inputs, pdf_standards="ua-1", timestamp=0
        )
        assert isinstance(made, bytes)
        return made

    def with_other_words(template: str) -> bytes:
        title = [{"text": f"Activité {next(numbers)}"}]
        for day in data["days"]:
            for item in day["items"]:
                item["title"] = title
        return compiled(template)

    source, wanted = (folder / "flyer.typ").read_text(), compiled("flyer.typ")
    for way in range(WAYS):
        (folder / "one.typ").write_text(source.replace("#fitted(ways,", f"#fitted((ways.at({way}),),"))
        if compiled("one.typ") == wanted:
            break
    else:
        raise SystemExit("no size gives the same sheet")
    return lambda: with_other_words("flyer.typ"), lambda: with_other_words("one.typ")
