"""Terms, their versions, which of them is in force, and the words that lead to each."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from core.privacy import Audience, Field, seen_by
from curriculum.glossary.choices import WordKind
from curriculum.glossary.models.wording import Wording, words_seen_by
from curriculum.glossary.querysets import (
    VERSIONS_STAY,
    InForceQuerySet,
    TermQuerySet,
    VersionQuerySet,
)
from curriculum.search.fields import Words

PUBLIC = seen_by(Audience.PUBLIC, why=_("the shared language is public"))


class Term(index.Indexed, models.Model):
    """One entry of the shared language. What it says stands in its versions; a term without one is only proposed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    # The name by which it was proposed; readers see that of the wording in force.
    label = models.CharField(_("term"), max_length=120)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)
    replaced_by = models.ForeignKey(
        "self", verbose_name=_("replaced by"), null=True, blank=True, editable=False,
        on_delete=models.PROTECT, related_name="replaces",
    )  # fmt: skip

    objects = TermQuerySet.as_manager()

    search_fields: ClassVar[list[Any]] = [
        Words("name_words", boost=2), Words("all_words"), index.AutocompleteField("label"),
    ]  # fmt: skip

    class Privacy:
        """The shared language is public; a term that is only proposed is known to members."""

        fields: ClassVar[dict[str, Field]] = dict.fromkeys(
            ("id", "slug", "label", "created_at", "retired_at", "replaced_by"), PUBLIC
        )

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering: ClassVar[list[str]] = ["label"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(retired_at__isnull=False),
                name="only_a_retired_term_is_replaced",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                name="a_term_is_not_replaced_by_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def name_words(self) -> str:
        """Its names in all languages, for the index of the search."""
        return "\n".join(row.version.name for row in self._in_force())

    @property
    def all_words(self) -> str:
        """What its wordings in force say, for the index of the search."""
        parts = (
            (v.definition, v.example, v.not_to_be_confused_with, " ".join(v.aliases))
            for v in (row.version for row in self._in_force())
        )
        return "\n".join(text for words in parts for text in words)

    def _in_force(self) -> Any:
        return self.in_force.select_related("version")


class TermVersion(Wording):
    """A wording as a body adopted it. Written once by `actions.adopt_proposal`; the database itself refuses a change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()  # of the term in this language
    decision = models.OneToOneField(
        "glossary.Decision", on_delete=models.PROTECT, related_name="version"
    )

    objects = VersionQuerySet.as_manager()

    class Privacy:
        """Public, as is how it came about."""

        fields: ClassVar[dict[str, Field]] = {
            **words_seen_by(Audience.PUBLIC, why=_("the shared language is public")),
            **dict.fromkeys(("id", "term", "number", "decision"), PUBLIC),
        }

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering: ClassVar[list[str]] = ["term", "language", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["term", "language", "number"], name="version_number_once_a_language"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_begin_with_one"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language} {self.number})"

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """What was agreed stays, also what is no longer in force."""
        raise ProtectedError(VERSIONS_STAY, {self})


class InForce(models.Model):
    """Which version of a term readers see in a language."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="in_force")
    language = models.CharField(max_length=12)
    version = models.OneToOneField(TermVersion, on_delete=models.PROTECT, related_name="in_force")

    objects = InForceQuerySet.as_manager()

    class Privacy:
        """Public."""

        fields: ClassVar[dict[str, Field]] = dict.fromkeys(
            ("id", "term", "language", "version"), PUBLIC
        )

    class Meta:
        verbose_name = _("wording in force")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["term", "language"], name="one_wording_in_force_a_language"
            )
        ]

    def __str__(self) -> str:
        return str(self.version)


class Relation(models.Model):
    """That a term is broader than another, or related to it; follows from the wordings in force."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="related_from")
    is_broader = models.BooleanField()  # `other` is broader than `term`; else they are related

    class Privacy:
        """Public."""

        fields: ClassVar[dict[str, Field]] = dict.fromkeys(
            ("id", "term", "other", "is_broader"), PUBLIC
        )

    class Meta:
        verbose_name = _("relation of two terms")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["term", "other", "is_broader"], name="relation_once"),
            models.CheckConstraint(condition=~Q(term=F("other")), name="no_relation_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.term} – {self.other}"


class TermWord(models.Model):
    """A word that leads to a term in a language: its name, another word for it, a form. One word leads to one term."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(max_length=12)
    kind = models.CharField(max_length=5, choices=WordKind.choices)
    text = models.CharField(max_length=120)
    folded = models.CharField(max_length=120)  # as `words.folded_word` makes it
    # The address of an alias, which redirects; empty for the others.
    slug = models.CharField(max_length=120, blank=True, db_index=True)
    case_matters = models.BooleanField(default=False)

    class Privacy:
        """Public."""

        fields: ClassVar[dict[str, Field]] = dict.fromkeys(
            ("id", "term", "language", "kind", "text", "folded", "slug", "case_matters"), PUBLIC
        )

    class Meta:
        verbose_name = _("word that leads to a term")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["language", "folded"], name="one_word_leads_to_one_term"
            )
        ]

    def __str__(self) -> str:
        return self.text
