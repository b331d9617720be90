"""A redlining map: our own drawing of the graded areas of a city, and the areas as rows of an equal table."""

from __future__ import annotations

import gzip
import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.privacy import Audience, Field, seen_by


class RedliningMap(models.Model):
    """One city's map, drawn from a GeoJSON file. The drawing is made by us alone and holds no markup from the file.

    It is kept as it is sent, packed by gzip, and read at an address that names its content (`svg_sha256`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    city = models.CharField(_("city"), max_length=120)
    state = models.CharField(_("state"), max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year of the survey"),
        null=True,
        blank=True,
        help_text=_("Empty where no source gives it."),
    )
    invented = models.BooleanField(_("invented town"), default=False)
    credit = models.TextField(_("credit"), blank=True)
    svg_gzip = models.BinaryField()
    svg_sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    source_sha256 = models.CharField(max_length=64, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    counts = models.JSONField(default=dict, editable=False)
    imported_at = models.DateTimeField(auto_now=True)

    class Privacy:
        """Published content."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.PUBLIC, why=_("published content"))
            for name in (
                "id", "slug", "city", "state", "year", "invented", "credit", "svg_gzip", "svg_sha256",
                "source_sha256", "width", "height", "counts", "imported_at",
            )
        }  # fmt: skip

    class Meta:
        verbose_name = _("redlining map")
        verbose_name_plural = _("redlining maps")
        ordering: ClassVar[list[str]] = ["city", "year"]

    def __str__(self) -> str:
        return f"{self.city} {self.year}" if self.year else self.city

    @property
    def svg(self) -> str:
        """The drawing as text."""
        return gzip.decompress(bytes(self.svg_gzip)).decode()

    @property
    def area_count(self) -> int:
        """Number of graded areas."""
        return sum(self.counts.values())


class MapArea(models.Model):
    """One graded area of a map, in reading order."""

    map = models.ForeignKey(RedliningMap, on_delete=models.CASCADE, related_name="areas")
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=40, blank=True)
    grade = models.CharField(max_length=1)
    name = models.CharField(max_length=200, blank=True)
    area_km2 = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    remarks = models.JSONField(default=list, blank=True)

    class Privacy:
        """Published content."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.PUBLIC, why=_("published content"))
            for name in ("id", "map", "position", "label", "grade", "name", "area_km2", "remarks")
        }

    class Meta:
        verbose_name = _("area of a map")
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["map", "position"], name="map_area_position_once"),
            models.CheckConstraint(
                condition=models.Q(grade__in=["A", "B", "C", "D"]), name="map_area_grade_is_a_to_d"
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.name
