"""Named filters of the glossary."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, ProtectedError
from django.utils.translation import get_language

from curriculum.glossary.choices import ProposalStatus

VERSIONS_STAY = "A version of a term is never deleted."


class TermQuerySet(models.QuerySet):
    """Filters for terms."""

    def adopted(self) -> TermQuerySet:
        """Terms whose wording is in force in some language, retired ones too: what readers may know of."""
        worded = self.model._default_manager.filter(in_force__term=OuterRef("pk"))
        return self.filter(Exists(worded))

    def in_use(self) -> TermQuerySet:
        """Adopted terms that are not retired."""
        return self.adopted().filter(retired_at__isnull=True)


class VersionQuerySet(models.QuerySet):
    """Versions of terms, which nothing removes. (That nothing changes them is said by the database itself.)"""

    def delete(self) -> Any:
        """Refused: what was agreed stays, also what is no longer in force."""
        raise ProtectedError(VERSIONS_STAY, set(self))  # type: ignore[arg-type]


class InForceQuerySet(models.QuerySet):
    """Filters for the wordings in force."""

    def for_reader(self) -> InForceQuerySet:
        """The wordings in the language of now; where a term has none, that in which it was written first."""
        now = get_language() or settings.LANGUAGE_CODE
        mine = self.model._default_manager.filter(term=OuterRef("term"), language=now)
        rows = self.select_related("term", "version")
        if now == settings.LANGUAGE_CODE:
            return rows.filter(language=now)
        first = models.Q(language=settings.LANGUAGE_CODE) & ~Exists(mine)
        return rows.filter(models.Q(language=now) | first)


class ProposalQuerySet(models.QuerySet):
    """Filters for proposals."""

    def open(self) -> ProposalQuerySet:
        """Those that wait for a decision."""
        return self.filter(status=ProposalStatus.OPEN)


class CommentQuerySet(models.QuerySet):
    """Filters for comments."""

    def unsettled(self) -> CommentQuerySet:
        """Comments that nobody has settled yet: those who decide are shown them first."""
        return self.filter(settled_at__isnull=True)
