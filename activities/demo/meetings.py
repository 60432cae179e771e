"""Two years of example meetings: what groups decided, and who would do what by when. Some of it is late, as in life."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from partners.enums import ActionOwner
from partners.models import ActionPoint, Body, Decision, Meeting, Organisation, Present
from stek.time import clock_of, today

FACTS = Path(__file__).parent.parent / "data" / "meetings.yaml"


def load_meetings(path: Path = FACTS) -> None:
    """Once: what was changed by hand since stays."""
    if Meeting.objects.exists():
        return
    organisations = {row.code: row for row in Organisation.objects.all()}
    for group in yaml.safe_load(path.read_text()):
        body = Body.objects.filter(kind=group["group"], site__slug=group.get("site")).first()
        if group["group"] == "steering":
            body = Body.objects.filter(kind="steering", partnership__sites__slug="kantine-bezemheide").first()
        if body is not None:
            for entry in group["meetings"]:
                _load(body, entry, organisations)


def _load(body: Body, entry: dict[str, Any], organisations: dict[str, Organisation]) -> None:
    day = entry["day"]
    begin, end = (dt.time(hour) for hour in entry["hours"])
    moment = dt.datetime.combine(min(day, today()), dt.time(8), tzinfo=clock_of("Europe/Brussels"))
    meeting = Meeting.objects.create(
        body=body, day=day, begin=begin, end=end, place=entry.get("place", ""), theme=entry.get("theme", ""),
        agenda="\n".join(entry.get("agenda", [])), notes=entry.get("notes", ""), visitors=entry.get("visitors"),
        volunteers=entry.get("volunteers"), called_on=entry.get("called"), changed_at=moment, is_example=True,
    )  # fmt: skip
    Present.objects.bulk_create(
        Present(meeting=meeting, organisation=organisations[code]) for code in entry.get("present", [])
    )
    Decision.objects.bulk_create(
        Decision(meeting=meeting, text=text, written_on=day) for text in entry.get("decisions", [])
    )
    ActionPoint.objects.bulk_create(_point(meeting, one, organisations) for one in entry.get("points", []))


def _point(meeting: Meeting, one: dict[str, Any], organisations: dict[str, Organisation]) -> ActionPoint:
    is_role = one["owner"] in ActionOwner.values
    return ActionPoint(
        meeting=meeting, text=one["text"], role=one["owner"] if is_role else "",
        organisation=None if is_role else organisations[one["owner"]], due_on=one.get("due"), done_on=one.get("done"),
    )  # fmt: skip
