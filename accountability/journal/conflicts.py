"""Two texts for one entry: which one goes on in the editor. The other is put aside as a draft, so no choice loses a word."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.db import transaction

from accountability.journal.actions import discard_draft, id_for, keep_draft
from accountability.journal.models import Draft, Entry
from accountability.journal.texts import LONGEST_BODY, MOST_TAGS, Text, tags_once
from accountability.journal.writing import Sheet, read

BETWEEN = "\n\n---\n\n"


def others(
    sheet: Sheet, *, seen: int, draft_seen: int, tab: UUID, text: Text
) -> list[Entry | Draft]:
    """What another tab saved since, entry before draft, as far as it says something else."""
    found: list[Entry | Draft] = []
    if sheet.entry is not None and sheet.entry.version != seen:
        found.append(sheet.entry)
    if sheet.draft is not None and sheet.draft.version != draft_seen and sheet.draft.tab != tab:
        found.append(sheet.draft)
    return [row for row in found if read(row) != text]


@transaction.atomic
def keep_mine(
    sheet: Sheet, text: Text, rows: list[Entry | Draft], *, tab: UUID, turn: int = 0
) -> bool:
    """Go on with the typed text. Returns whether another one was put aside."""
    set_aside = [_set_aside(sheet, read(row), tab, row._meta.model_name or "") for row in rows]
    _go_on(sheet, text, tab, turn)
    return any(set_aside)


@transaction.atomic
def take_theirs(
    sheet: Sheet, text: Text, rows: list[Entry | Draft], *, tab: UUID, turn: int = 0
) -> bool:
    """Go on with what the other tab saved. Returns whether the typed text was put aside."""
    if sheet.stored is None:  # thrown away meanwhile
        _go_on(sheet, text, tab, turn)
        return False
    set_aside = [_set_aside(sheet, text, tab, "mine")]
    if sheet.draft is not None and sheet.draft not in rows:
        saved = read(sheet.draft)
        if saved != text:
            set_aside.append(_set_aside(sheet, saved, tab, "draft"))
        if saved is not None:
            discard_draft(by=sheet.member, entry_id=sheet.entry_id)
    return any(set_aside)


@transaction.atomic
def keep_both(
    sheet: Sheet, text: Text, rows: list[Entry | Draft], *, tab: UUID, turn: int = 0
) -> bool:
    """Go on with both, one after the other; what would be too long is put aside. Returns whether something was."""
    aside = False
    for row in rows:
        other = read(row)
        joined = _joined(text, other) if other else None
        if joined is None:
            aside |= _set_aside(sheet, other, tab, row._meta.model_name or "")
        else:
            text = joined
    _go_on(sheet, text, tab, turn)
    return aside


def _joined(mine: Text, other: Text) -> Text | None:
    """Both in one; None when an entry is too short for them."""
    bodies = [words for words in (mine.body, other.body) if words.strip()]
    body, tags = BETWEEN.join(dict.fromkeys(bodies)), tags_once((*mine.tags, *other.tags))
    title_too = other.title if mine.title and other.title not in ("", mine.title) else ""
    if title_too:
        body = body.replace(BETWEEN, f"{BETWEEN}{title_too}\n\n", 1)
    if len(body) > LONGEST_BODY or len(tags) > MOST_TAGS:
        return None
    return Text(
        title=mine.title or other.title,
        body=body,
        tags=tags,
        prompt=mine.prompt or other.prompt,
        about=mine.about or other.about,
    )


def _go_on(sheet: Sheet, text: Text, tab: UUID, turn: int) -> None:
    keep_draft(
        by=sheet.member,
        entry_id=sheet.entry_id,
        text=text,
        seen=sheet.draft_seen,
        of_version=sheet.entry.version if sheet.entry else 0,
        tab=tab,
        turn=turn,
        anyway=True,
    )


def _set_aside(sheet: Sheet, text: Text | None, tab: UUID, name: str) -> bool:
    """Keep a text as a draft of its own; the same press of a button twice keeps it once."""
    if text is None or text.is_empty:
        return False
    aside = id_for(sheet.member, uuid5(tab, name))
    keep_draft(by=sheet.member, entry_id=aside, text=text, seen=0, of_version=0, tab=tab)
    return True
