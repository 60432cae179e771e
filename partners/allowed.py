"""Names of organisations, which the guard leaves alone: today's, older ones and other spellings."""

from collections.abc import Iterable

from .models import Alias, OrganisationName


def organisation_names() -> Iterable[str]:
    yield from OrganisationName.objects.values_list("name", flat=True)
    yield from Alias.objects.values_list("name", flat=True)
