"""Where a site lives and where its offer halts: houses, rooms, stops, and from when which one is home."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .enums import Facility, PlaceKind
from .fields import ChosenField, ExampleFields
from .querysets import HomeAddressQuerySet, PlaceQuerySet


class Place(models.Model):
    """A house, a room in it, or a stop of a mobile offer. Empty address = the sources give none."""

    site = models.ForeignKey("sites.Site", models.PROTECT, related_name="places")
    name = models.CharField(_("naam"), max_length=120)
    kind = models.CharField(_("soort"), max_length=10, choices=PlaceKind, default=PlaceKind.HOUSE)
    municipality = models.ForeignKey("sites.Municipality", models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(_("adres"), max_length=200, blank=True)
    by_bus = models.CharField(_("met de bus"), max_length=300, blank=True)
    by_ride = models.CharField(_("meerijden"), max_length=300, blank=True)
    ride_service = models.CharField(_("Minder Mobielen Centrale"), max_length=300, blank=True)
    facility_codes = ChosenField(_("wat er is"), names=Facility.values, called=Facility.choices)
    facilities = models.CharField(_("meer over toegang en toilet"), max_length=300, blank=True)
    example_fields = ExampleFields(
        _("velden die een voorbeeld zijn"),
        names=("address", "by_bus", "by_ride", "ride_service", "facility_codes", "facilities"),
    )

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("adres")
        verbose_name_plural = _("adressen")
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="place_name_once_per_site"),
            models.CheckConstraint(condition=Q(kind__in=PlaceKind.values), name="place_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has(self) -> list[Facility]:
        """What there is, in the one order used everywhere."""
        return [facility for facility in Facility if facility in self.facility_codes]

    @property
    def is_described(self) -> bool:
        """Whether anything is known of how to get there and what there is."""
        return bool(
            self.address or self.by_bus or self.by_ride or self.ride_service or self.facility_codes or self.facilities
        )


class HomeAddress(models.Model):
    """Where a site lives from a day on, until the next one: no gap or overlap can exist."""

    site = models.ForeignKey("sites.Site", models.CASCADE, related_name="home_addresses")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    since = models.DateField(_("vanaf"))
    example_fields = ExampleFields(_("velden die een voorbeeld zijn"), names=("since",))

    objects = HomeAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("thuisadres")
        verbose_name_plural = _("thuisadressen")
        ordering = ["since"]
        constraints = [models.UniqueConstraint(fields=["site", "since"], name="home_address_once_per_day")]

    def __str__(self) -> str:
        return f"{self.place} ({self.since:%Y-%m-%d})"
