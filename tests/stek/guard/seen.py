"""What the guard sees in a text, as pairs a test can compare."""

from stek.guard import inspect


def seen(text, **options):
    """(kind, the words as they were typed), in the order of the text."""
    return [(one.kind, text[one.start : one.end]) for one in inspect(text, **options)]


def kinds(text, **options):
    return [kind for kind, _words in seen(text, **options)]
