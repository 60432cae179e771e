"""What a key opens, in one sentence for who is invited."""

from django.utils.translation import gettext_lazy as _

from sites.enums import RoleKind

OPENS = {
    RoleKind.COORDINATOR: _("Je beheert de plek: wat er te doen is, wie er werkt en wie er helpt."),
    RoleKind.PARTNER_WORKER: _("Je ziet wat er op de plek te doen is, en regelt mee wat jouw organisatie er doet."),
    RoleKind.VOLUNTEER: _("Je ziet wanneer je helpt, en met wie."),
    RoleKind.STEERING: _("Je leest de cijfers en de verslagen van de plekken samen."),
    RoleKind.ADMINISTRATOR: _("Je beheert het hele netwerk."),
}


def masked(email: str) -> str:
    """Enough of an address for its owner to know it, too little for anybody else: “mi…@example.org”."""
    name, _at, host = email.partition("@")
    return f"{name[:2]}…\N{WORD JOINER}@{host}"  # one word: no line ends in it
