"""Who has a key, what it opens and how long; and that somebody was forgotten."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from .enums import RoleKind
from .querysets import RoleQuerySet, UserQuerySet

if TYPE_CHECKING:
    from .models import Site


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, *, name: str = "", language: str = "nl") -> User:
        """A person who can sign in by a code sent to `email`. There are no passwords."""
        user = self.model(email=email.strip().lower(), name=name, language=language)
        user.set_unusable_password()
        user.save()
        return user


class User(AbstractBaseUser):
    """Someone with a key. What the key opens stands in `Role`, never here."""

    # Never written: nobody needs to know when somebody was here.
    last_login = None

    email = models.EmailField(_("e-mailadres"))
    name = models.CharField(_("naam"), max_length=120, blank=True)
    language = models.CharField(_("taal"), max_length=5, default="nl")
    is_active = models.BooleanField(_("actief"), default=True)
    # Says nothing about anybody; it tells who was forgotten when a backup comes back.
    erasure_id = models.UUIDField(default=uuid.uuid4, editable=False)
    # The first night on which this account opened nothing.
    idle_since = models.DateField(null=True, blank=True, editable=False)

    objects = UserManager()

    # What may never enter the change log: it outlives who it is about.
    PERSONAL_FIELDS = frozenset({"email", "name"})
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("persoon")
        verbose_name_plural = _("personen")
        constraints = [
            models.UniqueConstraint(fields=["email"], name="user_email_once"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower_case"),
            models.UniqueConstraint(fields=["erasure_id"], name="user_erasure_id_once"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    # Django's admin asks these; all of them come from the role, at each request.
    @property
    def is_staff(self) -> bool:
        return self.is_active and self.has_role(RoleKind.ADMINISTRATOR)

    @property
    def is_superuser(self) -> bool:
        return self.is_staff

    def has_perm(self, perm: str, obj=None) -> bool:
        return self.is_staff

    def has_perms(self, perm_list, obj=None) -> bool:
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff

    def has_role(self, kind: RoleKind) -> bool:
        """Whether this role is in force today, anywhere."""
        return any(role.kind == kind for role in self.active_roles)

    @property
    def active_roles(self) -> list[Role]:
        """Roles in force today; read once for each user object, which lives one request."""
        if not hasattr(self, "_active_roles"):
            self._active_roles = list(self.roles.active())
        return self._active_roles


class Role(models.Model):
    """A key: one person, one kind, one scope, from a day until a last day (inclusive)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    kind = models.CharField(_("rol"), max_length=20, choices=RoleKind)
    site = models.ForeignKey("sites.Site", models.PROTECT, null=True, blank=True, related_name="roles")
    partnership = models.ForeignKey("sites.Partnership", models.PROTECT, null=True, blank=True, related_name="roles")
    since = models.DateField(_("vanaf"))
    until = models.DateField(_("laatste dag"), null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rol")
        verbose_name_plural = _("rollen")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="role_ends_after_begin"
            ),
            models.CheckConstraint(
                condition=Q(kind=RoleKind.ADMINISTRATOR, site__isnull=True, partnership__isnull=True)
                | Q(kind=RoleKind.STEERING, site__isnull=True, partnership__isnull=False)
                | Q(
                    kind__in=[RoleKind.COORDINATOR, RoleKind.PARTNER_WORKER, RoleKind.VOLUNTEER],
                    site__isnull=False,
                    partnership__isnull=True,
                ),
                name="role_has_the_scope_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.user}"

    @property
    def where(self) -> str:
        """The name of its site or partnership, or that it is of the whole network."""
        return str(self.site or self.partnership or _("alle plekken"))

    def covers(self, site: Site) -> bool:
        """Its own site; a role over a partnership each of its sites; an administrator's all of them."""
        if self.kind == RoleKind.ADMINISTRATOR:
            return True
        return site.pk == self.site_id or site.partnership_id == self.partnership_id


class Erasure(models.Model):
    """Somebody was forgotten. The number was theirs alone and says nothing; a restored backup knows by it whom to forget again."""

    erasure_id = models.UUIDField()
    day = models.DateField()

    class Meta:
        verbose_name = _("vergeten persoon")
        verbose_name_plural = _("vergeten personen")
        constraints = [models.UniqueConstraint(fields=["erasure_id"], name="erasure_once")]

    def __str__(self) -> str:
        return f"{self.erasure_id} {self.day:%Y-%m-%d}"
