"""The backbone writes the draft together, publishes it as the next version, or throws it away."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accountability.letter import notifications
from accountability.letter.choices import DRAFT
from accountability.letter.models import LetterVersion, Signature
from accountability.letter.permissions import can_write_letter
from accounts.models import User
from core import audit
from core.access import require
from core.content import raise_version
from core.text import CLEANER_VERSION, clean_markdown


class StaleDraft(Exception):
    """Somebody else saved, published or discarded the draft meanwhile. `current` is it as it stands now, None when it is gone."""

    def __init__(self, current: LetterVersion | None) -> None:
        super().__init__("The draft was changed elsewhere since it was opened.")
        self.current = current


class NotReady(Exception):
    """The draft cannot be published as it is. `sentences` say why."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("The draft is not ready.")
        self.sentences = sentences


@transaction.atomic
def save_draft(*, process: str, outcome: str, what_changed: str, seen: str, by: Any) -> LetterVersion:  # fmt: skip
    """Keep the draft; the first save makes it (`seen` is its mark, empty while there is none). Raises StaleDraft when it is not the one that was seen."""
    require(can_write_letter(by))
    draft = LetterVersion.objects.drafts().select_for_update().first()
    _as_seen(draft, seen)
    row = draft or LetterVersion(revision=0)
    row.process, row.outcome, row.what_changed = process, outcome, what_changed
    row.revision, row.written_by, row.written_at = row.revision + 1, by, timezone.now()
    _clean(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # another first save came at the same moment
        raise StaleDraft(LetterVersion.objects.drafts().first()) from None
    return row


@transaction.atomic
def discard_draft(*, seen: str, by: Any) -> None:
    """Throw the draft away. Raises StaleDraft when it is not the one that was seen."""
    require(can_write_letter(by))
    draft = LetterVersion.objects.drafts().select_for_update().first()
    _as_seen(draft, seen)
    if draft is not None:
        draft.delete()


@transaction.atomic
def publish(*, seen: str, by: Any) -> LetterVersion:
    """Publish the draft as the next version and ask who signed an earlier one.

    The version that was current is held meanwhile: whoever signs at this moment signs it before, or is shown the new one.
    Raises StaleDraft, or NotReady.
    """
    require(can_write_letter(by))
    draft = LetterVersion.objects.drafts().select_for_update().first()
    if draft is None:
        raise StaleDraft(None)
    _as_seen(draft, seen)
    current = LetterVersion.objects.published().select_for_update().first()
    sentences = what_is_missing(draft, current)
    if sentences:
        raise NotReady(sentences)
    asked = list(who_is_asked())
    draft.number = (current.number if current else DRAFT) + 1
    draft.published_at = timezone.now()
    draft.save(update_fields=["number", "published_at"])
    notifications.version_published(draft, asked)
    audit.record("letter.published", by=by, subject=draft)
    raise_version()
    return draft


def what_is_missing(draft: LetterVersion, current: LetterVersion | None) -> list[str]:
    """Why the draft cannot be published yet, in sentences; none when it can."""
    sentences = []
    if not draft.process.strip():
        sentences.append(_("The part on the process is empty."))
    if not draft.outcome.strip():
        sentences.append(_("The part on the outcome is empty."))
    if current is not None:
        if not draft.what_changed.strip():
            sentences.append(_("Say what changed, for those who signed the version before."))
        if (draft.process, draft.outcome) == (current.process, current.outcome):
            sentences.append(_("Both parts are word for word as they were published."))
    return sentences


def who_is_asked() -> QuerySet[User]:
    """Whoever signed an earlier version, for themselves or as one of the two for an organization for which they still speak."""
    standing = Signature.objects.standing()
    ours = standing.for_organizations()
    firsts = ours.filter(
        organization=F("member__organization"), member__organization_confirmed_at__isnull=False
    )
    seconds = ours.filter(
        organization=F("confirmed_by__organization"),
        confirmed_by__organization_confirmed_at__isnull=False,
    )
    return User.objects.filter(
        Q(pk__in=standing.for_oneself().values("member"))
        | Q(pk__in=firsts.values("member"))
        | Q(pk__in=seconds.values("confirmed_by")),
        is_active=True,
    )


@transaction.atomic
def clean_again() -> int:
    """Clean what an older cleaner had cleaned, from the text as it was typed; returns how many rows changed."""
    old = LetterVersion.objects.exclude(cleaner_version=CLEANER_VERSION)
    rows = list(old.select_for_update())
    for row in rows:
        _clean(row)
        row.save(update_fields=["process_html", "outcome_html", "cleaner_version"])
    if rows:
        raise_version()
    return len(rows)


def _clean(row: LetterVersion) -> None:
    row.process_html, row.outcome_html = clean_markdown(row.process), clean_markdown(row.outcome)
    row.cleaner_version = CLEANER_VERSION


def _as_seen(draft: LetterVersion | None, seen: str) -> None:
    if (draft.mark if draft else "") != seen:
        raise StaleDraft(draft)
