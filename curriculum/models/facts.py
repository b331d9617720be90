"""A fact: one sourced statement. Edited once, shown wherever a lesson cites it."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from core.privacy import Audience, Field, seen_by
from curriculum.search.fields import Words

KEY = r"[A-Z]{2}[0-9]{2,3}"


class Confidence(models.TextChoices):
    """How sure we are; what is not high is marked for the reader."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class Fact(index.Indexed, models.Model):
    """One statement in our own words with its source, how and when it was checked, and how sure we are."""

    key = models.CharField(
        _("key"),
        max_length=5,
        unique=True,
        validators=[RegexValidator(f"^{KEY}$", _("Two letters and a number, like RL04."))],
        help_text=_("Two letters and a number. Lessons cite it like this: [@RL04]."),
    )
    statement = models.TextField(_("statement"), help_text=_("One or two sentences, in our words."))
    statement_es = models.TextField(
        _("statement in Spanish"),
        blank=True,
        help_text=_("The same in Spanish, for lessons in Spanish. Change both together."),
    )
    period = models.CharField(_("year or years it is about"), max_length=40)
    figure = models.CharField(_("figure"), max_length=160, blank=True)
    unit = models.CharField(
        _("unit"), max_length=120, blank=True, help_text=_("What the figure counts, such as loans.")
    )
    figure_es = models.CharField(_("figure in Spanish"), max_length=160, blank=True)
    unit_es = models.CharField(_("unit in Spanish"), max_length=160, blank=True)
    source_author = models.CharField(_("author of the source"), max_length=300, blank=True)
    source_title = models.CharField(_("title of the source"), max_length=400)
    source_publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    source_year = models.CharField(_("year of the source"), max_length=40)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    checked = models.TextField(_("how it was checked"))
    checked_on = models.DateField(_("checked on"))
    check_again_on = models.DateField(_("check again on"))
    confidence = models.CharField(
        _("confidence"), max_length=6, choices=Confidence.choices, default=Confidence.HIGH
    )
    changed_at = models.DateTimeField(auto_now=True)

    search_fields: ClassVar[list[Any]] = [
        Words(name)
        for name in (
            "key", "statement", "statement_es", "period", "figure", "figure_es", "unit", "unit_es", "source_author", "source_title",
            "source_publisher", "source_year",
        )
    ] + [index.AutocompleteField("statement")]  # fmt: skip

    class Privacy:
        """Published content."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.PUBLIC, why=_("published content"))
            for name in (
                "id", "key", "statement", "statement_es", "period", "figure", "figure_es", "unit", "unit_es", "source_author",
                "source_title", "source_publisher", "source_year", "source_url", "checked", "checked_on", "check_again_on",
                "confidence", "changed_at",
            )
        }  # fmt: skip

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering: ClassVar[list[str]] = ["key"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(figure="") | ~models.Q(unit=""),
                name="fact_figure_has_a_unit",
                violation_error_message=_("A figure needs a unit: say what it counts."),
            ),
            models.CheckConstraint(
                condition=~models.Q(source_title=""),
                name="fact_has_a_source",
                violation_error_message=_("A fact needs a source: give at least its title."),
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__in=Confidence.values),
                name="fact_confidence_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(check_again_on__gt=models.F("checked_on")),
                name="fact_is_checked_again_later",
                violation_error_message=_("The next check must come after the last one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.statement[:80]}"

    @property
    def said(self) -> str:
        """The statement in the language of now; in English where there is no other yet."""
        return self._now("statement")

    @property
    def number(self) -> str:
        """The figure in the language of now."""
        return self._now("figure")

    @property
    def counted(self) -> str:
        """What the figure counts, in the language of now."""
        return self._now("unit")

    def _now(self, name: str) -> str:
        translated = getattr(self, f"{name}_es") if get_language() == "es" else ""
        return str(translated or getattr(self, name))

    @property
    def is_overdue(self) -> bool:
        """Whether its next check is past."""
        return self.check_again_on < date.today()

    def used_in(self) -> Any:
        """The published lessons that cite it."""
        from curriculum.models.editions import Citation

        return Citation.objects.filter(fact_key=self.key).select_related("lesson")

    @property
    def check_state(self) -> str:
        """“past” in the editors’ list when its next check is past, else empty."""
        return str(_("past")) if self.is_overdue else ""

    def titles_citing(self) -> str:
        """The titles of the lessons that cite it, in one line; empty when none does."""
        return ", ".join(citation.lesson.title for citation in self.used_in())

    @property
    def used_in_titles(self) -> str:
        """The titles of the lessons that cite it, for the editor's page."""
        return self.titles_citing() or "–"

    def clean(self) -> None:
        """A key that lessons cite stays. Raises ValidationError at `key`."""
        super().clean()
        before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if before is not None and before.key != self.key and before.used_in().exists():
            raise ValidationError(
                {
                    "key": _("Lessons cite this fact as %(key)s, so its key stays.")
                    % {"key": before.key}
                }
            )
