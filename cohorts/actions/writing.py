"""What every text written in a cohort has in common: cleaned when it is written, never overwritten from a forgotten tab."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils import timezone

from cohorts.models import Announcement, Reply, Written
from core.text import CLEANER_VERSION, clean_markdown

MOST_AT_ONCE = 500


class StaleEdit(Exception):
    """The text was changed elsewhere since it was opened. `current` is the row as it stands now."""

    def __init__(self, current: Written) -> None:
        super().__init__("The text was changed elsewhere since it was opened.")
        self.current = current


def cleaned(text: str) -> dict[str, Any]:
    """The fields of a text as it was typed."""
    return {
        "text": text,
        "text_html": clean_markdown(text),
        "cleaner_version": CLEANER_VERSION,
    }


def rewrite(row: Any, *, text: str, seen_revision: int) -> None:
    """Give the row another text. Raises StaleEdit when it has had another since `seen_revision`."""
    as_seen = type(row).objects.filter(pk=row.pk, revision=seen_revision)
    changed = as_seen.update(**cleaned(text), edited_at=timezone.now(), revision=F("revision") + 1)
    row.refresh_from_db()
    if not changed:
        raise StaleEdit(row)


def clean_again() -> int:
    """Clean what an older cleaner had cleaned, from the text as it was typed; returns how many rows changed."""
    return sum(_clean_again(model) for model in (Announcement, Reply))


def _clean_again(model: Any) -> int:
    old = model.objects.exclude(cleaner_version=CLEANER_VERSION)[:MOST_AT_ONCE]
    for row in old:
        model.objects.filter(pk=row.pk, revision=row.revision).update(**cleaned(row.text))
    return len(old)
