"""Ideas in the order in which people read them, with what came of each. Never writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sites.models import Site

from .enums import IdeaStatus
from .models import Idea

# What came of it first: that is what somebody who gave an idea wants to know.
ORDER = (IdeaStatus.DONE, IdeaStatus.CHOSEN, IdeaStatus.PROPOSED, IdeaStatus.IMPOSSIBLE)


@dataclass(frozen=True, slots=True)
class Group:
    """Ideas that are equally far. `code` is one of `IdeaStatus`."""

    code: str
    ideas: list[Idea] = field(default_factory=list)


def status_of(idea: Idea) -> str:
    """Done too is what people can come to: nobody has to say so by hand. Fetch with `with_outcome()`."""
    is_there = idea.status == IdeaStatus.CHOSEN and getattr(idea, "can_be_come_to", False)
    return IdeaStatus.DONE if is_there else idea.status


def board(ideas: Iterable[Idea]) -> list[Group]:
    """Groups that have an idea, what was done first; within one what most people want first."""
    groups = {code: Group(code) for code in ORDER}
    for idea in ideas:
        if (code := status_of(idea)) in groups:
            groups[code].ideas.append(idea)  # type: ignore[index]
    return [group for group in groups.values() if group.ideas]


def public_board(site: Site) -> list[Group]:
    return board(Idea.objects.at(site).public().with_outcome())
