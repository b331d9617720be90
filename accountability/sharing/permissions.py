"""Who may read and take back an excerpt: its author and the others of their open pair, through the day that the author set.

Unlike what a pair writes together, an excerpt is not read for 30 days after: it ends when its author's place is left, and for whoever
leaves the pair (threats A19).
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accountability.buddies.models import Place
from accountability.sharing.models import Excerpt
from accountability.sharing.querysets import ExcerptQuerySet
from core.clock import asked_now


def can_see_excerpt(user: Any, excerpt: Excerpt) -> bool:
    """Whether the member has an open place in its pair, it has not ended, and its author's account is open."""
    if not user.is_authenticated or excerpt.ends_at <= timezone.now():
        return False
    if not excerpt.author.is_active:
        return False
    return Place.objects.open().filter(pair=excerpt.pair_id, member=user).exists()


def excerpts_visible_to(user: Any) -> ExcerptQuerySet:
    """What is shared in the member's open pair now, by others and by themselves."""
    if not user.is_authenticated:
        return Excerpt.objects.none()
    return Excerpt.objects.readable_by(user, asked_now())


def can_take_back_excerpt(user: Any, excerpt: Excerpt) -> bool:
    """Whether it is the member's own, whatever became of the pair."""
    return bool(user.is_authenticated and excerpt.author_id == user.pk)


def excerpts_takeable_by(user: Any) -> ExcerptQuerySet:
    """The member's own."""
    return Excerpt.objects.by(user) if user.is_authenticated else Excerpt.objects.none()
