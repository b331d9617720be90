"""Writing, changing and deleting the published copy. Whoever reads from memory reads anew after each of the three."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accountability.commitments.choices import Circle
from accountability.commitments.models import (
    Commitment,
    Progress,
    PublishedCopy,
    PublishedProgress,
)
from accountability.commitments.permissions import keeper_of
from accountability.commitments.texts import Text, level_labels, text_of
from core.content import raise_version
from curriculum.search.words import words_of


def public_name(commitment: Commitment) -> str:
    """The name that stands beside a published copy: the member's chosen name, or the organization with the role's title."""
    if commitment.role is not None:
        return f"{commitment.role.organization.name}, {commitment.role.title}"
    keeper = keeper_of(commitment)
    return keeper.get_full_name() if keeper is not None else ""


def has_name(commitment: Commitment) -> bool:
    """Whether there is a name for it: the organization's, or one that the member chose."""
    return commitment.owner is None or bool(commitment.owner.chosen_name)


def publish(commitment: Commitment) -> PublishedCopy:
    """Write the copy for the circle that the commitment has now. Raises CannotOpen."""
    copy = PublishedCopy(
        commitment=commitment,
        kind=commitment.kind,
        circle=commitment.circle,
        cohort=commitment.cohort,
    )
    _written(copy, text_of(commitment), public_name(commitment))
    copy.save(force_insert=True)
    _read_anew(copy)
    return copy


def rewrite(commitment: Commitment) -> None:
    """Give the copy, if there is one, the words that the commitment has now."""
    copy = PublishedCopy.objects.filter(commitment=commitment).first()
    if copy is not None:
        _written(copy, text_of(commitment), public_name(commitment))
        copy.changed_at = timezone.now()
        copy.save()
        _read_anew(copy)


def withdraw(commitment: Commitment) -> list[Progress]:
    """Delete the copy with all that was published with it; returns the progress that had been."""
    copy = PublishedCopy.objects.filter(commitment=commitment).first()
    if copy is None:
        return []
    published = list(Progress.objects.filter(published__of=copy))
    copy.delete()
    _read_anew(copy)
    return published


def publish_progress(copy: PublishedCopy, progress: Progress) -> None:
    """Show a sentence of progress beside the copy."""
    PublishedProgress.objects.create(
        of=copy,
        progress=progress,
        at=progress.at,
        sentence=str(progress.sentence),
        state=str(progress.state),
    )
    _read_anew(copy)


def with_name(copy: PublishedCopy, name: str) -> None:
    """Give the copy another name, as its owner's or its role's changed."""
    _named(copy, name)
    rows = PublishedCopy.objects.filter(pk=copy.pk)  # it may have been withdrawn meanwhile
    if rows.update(name=copy.name, folded=copy.folded):
        _read_anew(copy)


def _written(copy: PublishedCopy, text: Text, name: str) -> None:
    copy.will, copy.first_step, copy.know = text.will, text.first_step, text.know
    copy.by, copy.levels = text.by, list(text.levels)
    _named(copy, name)


def _named(copy: PublishedCopy, name: str) -> None:
    copy.name = name
    said: list[Any] = [copy.will, copy.first_step, copy.know, copy.by, name]
    words = words_of(" ".join([*said, *level_labels(copy.levels)]))
    copy.folded = f" {' '.join(words)} "


def _read_anew(copy: PublishedCopy) -> None:
    if copy.circle == Circle.PUBLIC:
        raise_version()
