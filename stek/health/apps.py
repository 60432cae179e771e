from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from stek.catalogues import stale


@checks.register(checks.Tags.translation)
def catalogues_are_compiled(**_kwargs: Any) -> list[checks.CheckMessage]:
    """A language without its catalogue is served in Dutch without a word."""
    languages = sorted({source.parts[-3] for source in stale()})
    hint = "Run: python -P stek/catalogues.py compile"
    text = f"Pages in {', '.join(languages)} will be in Dutch, or old: their catalogue is not compiled."
    return [checks.Warning(text, hint=hint, id="stek.W001")] if languages else []


class HealthConfig(AppConfig):
    name = "stek.health"
    label = "health"
    verbose_name = _("Gezondheid")
