"""What somebody fills in to prepare a meeting."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partners.desk_forms import DeskForm, day_field


class FreezeForm(DeskForm):
    meeting_on = day_field(
        _("Voor welke vergadering?"), required=False, help_text=_("De dag waarop de stuurgroep samenkomt. Leeg: nog niet bekend.")
    )  # fmt: skip
