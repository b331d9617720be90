"""How many signed without their name is counted once a week, so that nobody who watches the page learns when somebody signs.

The rules are those of `core.suppression`, for everybody with an account whose name does not stand there: few are “few”, whoever they
are, and a number moves only when six people differ from the one on show. Whoever was not here then had not signed, so who comes or
leaves is among those six as much as anybody (adr/0015).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from accountability.letter.models import LetterVersion, UnnamedTally
from accounts.models import User
from core.clock import today_here
from core.suppression import Number, Shown, Why
from core.suppression.rules import first_shown, may_replace

A_WEEK = timedelta(days=7)


def next_shown(before: Shown | None, count: int, people: int, on: date) -> Shown:
    """What everybody reads once so many of these people are counted, after what they read before."""
    first = first_shown(count, people)
    if isinstance(before, Number) and not may_replace(before, first, people, 0):
        return before
    return first if isinstance(first, Why) else Number(first, people, on)


def count_unnamed(*, now: datetime) -> int:
    """Count every published version that was not counted within the week; returns how many were."""
    week = today_here(now) - A_WEEK
    due = LetterVersion.objects.published().exclude(tally__counted_on__gt=week)
    return sum(_count(version, today_here(now)) for version in due)


@transaction.atomic
def _count(version: LetterVersion, today: date) -> bool:
    """One version, under its lock: two workers count one week once."""
    LetterVersion.objects.select_for_update(no_key=True).get(pk=version.pk)
    tally = UnnamedTally.objects.filter(version=version).first()
    if tally is not None and tally.counted_on > today - A_WEEK:
        return False
    before = tally.shown if tally else None
    tally = tally or UnnamedTally(version=version)
    tally.show(next_shown(before, *_counts(version), today))
    tally.counted_on = today
    tally.save()
    return True


def _counts(version: LetterVersion) -> tuple[int, int]:
    """How many signed it without their name, and of how many people that could be: all but those whose name stands there.

    Who has left and is not erased yet has no name any more, and still counts.
    """
    signed = version.signatures.for_oneself()  # type: ignore[attr-defined]
    named = signed.filter(name_is_public=True).exclude(member__chosen_name="").values("member")
    others = User.objects.exclude(pk__in=named)
    return signed.filter(member__in=others).count(), others.count()
