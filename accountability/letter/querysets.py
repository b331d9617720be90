"""Named filters of the letter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, ProtectedError, Q

from accountability.letter.choices import DRAFT, UNCONFIRMED_KEPT_FOR

VERSIONS_STAY = "A published version of the letter is never deleted."


class LetterVersionQuerySet(models.QuerySet):
    """Filters for versions. (That nothing changes a published one is said by the database itself.)"""

    def published(self) -> LetterVersionQuerySet:
        """Those that everybody reads, the newest first."""
        return self.exclude(number=DRAFT).order_by("-number")

    def drafts(self) -> LetterVersionQuerySet:
        """The one that is being written, or none."""
        return self.filter(number=DRAFT)

    def with_state_of(self, member: Any) -> LetterVersionQuerySet:
        """With whether the member signed this version for themselves, and whether an older one."""
        signature: Any = self.model._meta.get_field("signatures").related_model
        mine = signature.objects.for_oneself().filter(member=member)
        return self.annotate(
            signed_now=Exists(mine.filter(version=OuterRef("pk"))),
            signed_before=Exists(mine.filter(version__number__lt=OuterRef("number"))),
        )

    def delete(self) -> Any:
        """Refused while a published one is among them: what people signed stays."""
        if self.published().exists():
            raise ProtectedError(VERSIONS_STAY, set(self))  # type: ignore[arg-type]
        return super().delete()


class SignatureQuerySet(models.QuerySet):
    """Filters for signatures."""

    def for_oneself(self) -> SignatureQuerySet:
        """Those of people for themselves."""
        return self.filter(organization__isnull=True)

    def for_organizations(self) -> SignatureQuerySet:
        """Those for an organization, confirmed or not."""
        return self.filter(organization__isnull=False)

    def waiting(self) -> SignatureQuerySet:
        """Those for an organization that no second person has confirmed yet."""
        return self.for_organizations().filter(confirmed_at__isnull=True)

    def standing(self) -> SignatureQuerySet:
        """Those that count: of people, and of organizations once they are confirmed."""
        return self.filter(Q(organization__isnull=True) | Q(confirmed_at__isnull=False))

    def named(self) -> SignatureQuerySet:
        """Those whose name everybody reads: of people who said so, and of organizations once they are confirmed."""
        return self.filter(Q(name_is_public=True) | Q(confirmed_at__isnull=False))

    def for_page(self) -> SignatureQuerySet:
        """With the names and the pledges: two queries."""
        return self.select_related("version", "member", "organization").prefetch_related("pledges")

    def long_unconfirmed(self, now: datetime) -> SignatureQuerySet:
        """Those that nobody confirmed while their version was the current one, and for a while after."""
        version: Any = self.model._meta.get_field("version").related_model
        newer = version.objects.published().filter(number__gt=OuterRef("version__number"))
        past = Exists(newer.filter(published_at__lte=now - UNCONFIRMED_KEPT_FOR))
        return self.waiting().filter(past)
