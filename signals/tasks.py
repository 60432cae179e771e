"""Thin doors for the worker: one action each, and no argument that could name anything."""

from celery import shared_task


@shared_task(ignore_result=True)
def open_waiting() -> int:
    """Every night: what waited with others for a week that is over leaves the holding table. How many."""
    from .actions.opening import open_waiting as action  # noqa: PLC0415  # task leaf
    from .actions.referring import forget_sendings  # noqa: PLC0415  # task leaf

    forget_sendings()
    return action()


@shared_task(ignore_result=True)
def release_due() -> int:
    """Every night: quarters whose day has come are published. How many."""
    from .actions.releasing import release_due as action  # noqa: PLC0415  # task leaf

    return action()


@shared_task(ignore_result=True)
def remind_of_answers() -> int:
    """Every hour: letters about answers that did not come by their day. How many were written."""
    from .dossier_letters import remind_of_answers as action  # noqa: PLC0415  # task leaf

    return action()


@shared_task(ignore_result=True)
def offer_after() -> int:
    """Every quarter of an hour: to who worked at an activity that is over, to count and to pass on what was heard. How many were written."""
    from .after_letters import offer_after as action  # noqa: PLC0415  # task leaf

    return action()
