"""`manage.py grant`: the first key, and the way back in when nobody has one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from sites.actions.log import log_change
from sites.actions.roles import grant_role
from sites.enums import RoleKind
from sites.models import Partnership, Role, Site, User
from sites.rules import OF_A_PARTNERSHIP, OF_A_SITE


class Command(BaseCommand):
    help = "Give somebody a key, from today on. Once more changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=RoleKind.values)
        parser.add_argument("--site", help="slug, for a coordinator, a worker or a volunteer")
        parser.add_argument("--partnership", help="slug, for a member of the steering group")
        parser.add_argument("--name", default="", help="for a new account")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        kind = RoleKind(options["role"])
        site = _found(Site, options["site"], "--site", is_needed=kind in OF_A_SITE)
        partnership = _found(Partnership, options["partnership"], "--partnership", is_needed=kind in OF_A_PARTNERSHIP)
        user = self._account(options["email"].strip().lower(), options["name"])
        had = set(Role.objects.active().filter(user=user).values_list("pk", flat=True))
        role = grant_role(user, kind=kind, site=site, partnership=partnership, by=None)
        where = f" ({site or partnership})" if site or partnership else ""
        said = "has this key already" if role.pk in had else "has the key"
        self.stdout.write(
            f"{user.email} {said}: {kind.value}{where}, since {role.since}, until {role.until or 'ended'}."
        )

    def _account(self, email: str, name: str) -> User:
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError("That is not a mail address.") from error
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create_user(email, name=name)
            log_change(by=None, verb="create_account", about=user, site=None, changes={})
            self.stdout.write(f"A new account for {email}.")
        elif not user.is_active:
            raise CommandError("This account is closed. An administrator can open it again.")
        return user


def _found(model: Any, slug: str | None, option: str, *, is_needed: bool) -> Any:
    """The row of a slug; CommandError when it is missing, not there, or given for a role that has no such scope."""
    if bool(slug) != is_needed:
        raise CommandError(f"This role {'needs' if is_needed else 'has no'} {option}.")
    if not slug:
        return None
    found = model._default_manager.filter(slug=slug).first()
    if found is None:
        known = ", ".join(model._default_manager.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"There is no {option.strip('-')} “{slug}”. Known: {known or 'none'}.")
    return found
