"""How referrals are counted for the release: by service and site, each week in one quarter (`referral_numbers.py`)."""

from __future__ import annotations

from collections.abc import Sequence

from sites.models import Partnership, Site

from . import referral_numbers
from .enums import Kind
from .kinds import Count, Counted, add_counted
from .quarters import Period


def say() -> None:
    """For `AppConfig.ready`."""
    settle = referral_numbers.forget_pointings
    add_counted(Counted(Kind.REFERRALS, words=referral_numbers.names, take=take, recount=recount, settle=settle))


def take(partnership: Partnership, quarter: Period, sites: Sequence[Site]) -> Count:
    """A week can be counted in until the Sunday after it, and its quarter is published after that: nothing comes too late.

    A place that is not in the table of the quarter counts in a later one, or never."""
    numbers = referral_numbers.take(partnership, quarter, sites)
    return Count(numbers, referral_numbers.several(partnership, quarter), _is_example(partnership, quarter))


def recount(partnership: Partnership, quarter: Period) -> Count:
    """The same weeks. Which organisations pointed is known no more."""
    numbers = referral_numbers.recount(partnership, quarter)
    return Count(numbers, frozenset(), _is_example(partnership, quarter))


def _is_example(partnership: Partnership, quarter: Period) -> bool:
    return referral_numbers.taken(partnership, quarter).filter(is_example=True).exists()
