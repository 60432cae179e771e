"""Which dossiers, visible to whom. Whole: who coordinates one of its sites, and who reads signals there as a worker. In part: who steers.

To everybody: the steps that were published.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from sites.models import Partnership, Site
from sites.querysets import PartnershipWideQuerySet, coordinated_sites, steered_partnerships

from .enums import Status
from .querysets import reading_sites

# While these hold, somebody may owe an answer.
OPEN = (Status.RAISED, Status.IN_TALKS, Status.PROMISED)
# Each of these ends what was asked until then, also when it is asked anew afterwards.
OVER = (Status.SOLVED, Status.REFUSED)


def _of_sites(*primary_keys: models.QuerySet, path: str = "") -> Q:
    """Rows of any of these sites, and of a whole partnership they belong to."""
    found = Q(pk__in=[])
    for keys in primary_keys:
        partnerships = Site.objects.filter(pk__in=keys).values("partnership")
        of_all = Q(**{f"{path}site__isnull": True, f"{path}partnership__in": partnerships})
        found |= Q(**{f"{path}site__in": keys}) | of_all
    return found


def _readers(user, path: str = "") -> Q:
    return _of_sites(coordinated_sites(user), reading_sites(user), path=path)


class DossierQuerySet(PartnershipWideQuerySet):
    def visible_to(self, user) -> DossierQuerySet:
        """That it is there, what it is called, to whom it goes and how far it is: for who reads all of it, and who steers."""
        return self.filter(_readers(user) | Q(partnership__in=steered_partnerships(user)))

    def readable_by(self, user) -> DossierQuerySet:
        """Every word of it."""
        return self.filter(_readers(user))

    def worked_on_by(self, user) -> DossierQuerySet:
        """Of one site by who coordinates it; of a whole partnership by who coordinates any of its sites."""
        return self.filter(_of_sites(coordinated_sites(user)))

    def of(self, partnership: Partnership) -> DossierQuerySet:
        return self.filter(partnership=partnership)

    def published(self) -> DossierQuerySet:
        """Those of which at least one step is for everybody."""
        from .dossier import DossierStep  # noqa: PLC0415  # queryset leaf: its models import this module

        return self.filter(pk__in=DossierStep.objects.published().values("dossier"))

    def with_steps(self) -> DossierQuerySet:
        """With all that their words need: two queries, however many there are."""
        return self.select_related("site", "partnership").prefetch_related("steps")


class DossierPartQuerySet(models.QuerySet):
    """Rows that hang on a dossier, for who reads all of it."""

    def visible_to(self, user):
        return self.filter(_readers(user, "dossier__"))


class StepQuerySet(DossierPartQuerySet):
    def visible_to(self, user) -> StepQuerySet:
        """Published ones for everybody."""
        return self.filter(_readers(user, "dossier__") | Q(is_published=True))

    def worked_on_by(self, user) -> StepQuerySet:
        return self.filter(_of_sites(coordinated_sites(user), path="dossier__"))

    def published(self) -> StepQuerySet:
        return self.filter(is_published=True)

    def owed(self) -> StepQuerySet:
        """Those to which an answer was to come by a day, and did not yet: `dossier_rules.is_owed`, for many."""
        from .dossier import DossierStep  # noqa: PLC0415  # queryset leaf: its models import this module

        ended = DossierStep.objects.filter(
            dossier=OuterRef("dossier"), position__gte=OuterRef("position"), status__in=OVER
        )
        return self.filter(~Exists(ended), due_on__isnull=False, answer="", dossier__status__in=OPEN)
