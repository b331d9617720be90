"""Opens what a site has kept, through the app's own code: `python -m faults.reader` beside the site, one question a line.

A process of its own per site, because each site has its own settings; it lives as long as the site does, because loading the
apps takes seconds. Questions and answers are lines of JSON; what it says holds markers, and no sentence of anybody.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

MARKER = re.compile(r"F\d{10}X\d{4}", re.IGNORECASE)


def main() -> None:
    """Answer until the questions end."""
    import django

    django.setup()
    from django.db import connections

    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"said": QUESTIONS[asked["ask"]](**asked.get("with", {}))}
        except Exception as problem:  # said to the one who asked, who judges it
            answer = {"problem": f"{type(problem).__name__}: {problem}"[:400]}
        finally:
            connections.close_all()
        print(json.dumps(answer), flush=True)


def rows() -> list[dict[str, Any]]:
    """Every row that bears a marker: kind of act, marker, and what is missing of it (empty: it is whole)."""
    return [
        {"kind": kind, "marker": marker.upper(), "missing": missing}
        for kind, find in FOUND.items()
        for marker, missing in find()
    ]


def _entries() -> Iterator[tuple[str, str]]:
    from accountability.journal.actions import shown_html
    from accountability.journal.models import Entry

    for row in Entry.objects.all():
        yield from _twice(row.body, shown_html(row), row.title)


def _commitments() -> Iterator[tuple[str, str]]:
    from accountability.commitments.models import Commitment
    from accountability.commitments.texts import text_of

    for row in Commitment.objects.all():
        text = text_of(row)
        marker = _marker(text.will)
        if marker:
            whole = text.first_step == text.know == text.by == marker and text.levels
            yield marker, "" if whole else "some of its sentences"


def _replies() -> Iterator[tuple[str, str]]:
    from cohorts.models import Reply

    for row in Reply.objects.all():
        for marker, missing in _twice(row.text, str(row.html)):
            yield marker, missing or _audited("reply.posted", row)


def _announcements() -> Iterator[tuple[str, str]]:
    from cohorts.models import Announcement

    told = _told_of("announcement")
    for row in Announcement.objects.select_related("cohort"):
        for marker, missing in _twice(row.text, str(row.html)):
            members = row.cohort.memberships.current().exclude(member=row.author)
            expected = sorted(str(pk) for pk in members.values_list("member_id", flat=True))
            notices = sorted(told.get(str(row.pk), []))
            if not missing and notices != expected:
                missing = f"{len(notices)} notices, not {len(expected)}"
            yield marker, missing or _audited("announcement.posted", row)


def _posts() -> Iterator[tuple[str, str]]:
    from caucuses.threads.models import Post

    for row in Post.objects.select_related("thread"):
        yield from _twice(row.text, str(row.html), str(row.thread.title))


def _notes() -> Iterator[tuple[str, str]]:
    from accountability.checkins.models import PairNotes

    for row in PairNotes.objects.all():
        yield from _twice(row.body, str(row.html))


def _check_ins() -> Iterator[tuple[str, str]]:
    from accountability.checkins.models import PartDraft

    for row in PartDraft.objects.all():
        yield from _twice(row.did, row.did)


def _invitations() -> Iterator[tuple[str, str]]:
    from cohorts.models import Invitation

    for row in Invitation.objects.all():
        marker = _marker(row.email)
        if marker:
            yield marker, _audited("invitation.sent", row)


def _told_of(name: str) -> dict[str, list[str]]:
    """Who was told of the row whose id stands under this name: member ids by row id."""
    from notices.models import Notice

    told: dict[str, list[str]] = {}
    for notice in Notice.objects.filter(kind__contains=name):
        about = notice.payload.get(name)
        told.setdefault(str(about), []).append(str(notice.member_id))
    return told


def _audited(verb: str, row: Any) -> str:
    from core.audit import pseudonym
    from core.models import AuditEvent

    found = AuditEvent.objects.filter(verb=verb, subject=pseudonym(row.pk)).count()
    return "" if found == 1 else f"{found} lines of the audit"


def _marker(text: str) -> str:
    found = MARKER.search(str(text))
    return found[0] if found else ""


def _twice(text: str, html: str, title: str | None = None) -> Iterator[tuple[str, str]]:
    """The marker of a text, and what is missing of it."""
    marker = _marker(text)
    if marker:
        whole = text.count(marker) == 2 and html.count(marker) == 2 and title in (None, marker)
        yield marker, "" if whole else "some of its words"


def outbox() -> list[dict[str, Any]]:
    """Every mail of the outbox: id, Message-ID, state, tries, and whom a waiting one is for."""
    from notices.models import OutboxMail

    names = ("id", "message_id", "kind", "state", "attempts", "refusals", "recipient", "last_error")
    return [{**row, "id": row["id"].hex} for row in OutboxMail.objects.values(*names)]


def hurry() -> int:
    """Let all waiting mail be due now and leases be over, as if the time until then had passed; returns how many wait."""
    from django.utils import timezone

    from notices.models import OutboxMail

    now = timezone.now()
    waiting = OutboxMail.objects.waiting().filter(digest_at__isnull=True)
    return waiting.update(due_at=now, lease_until=now - timedelta(seconds=1))


def told_twice() -> list[str]:
    """Kinds of notices that somebody has got twice about the very same thing, both unread."""
    from django.db.models import Count

    from notices.models import Notice

    rows = Notice.objects.unread().exclude(about="").values("about", "kind")
    return sorted({row["kind"] for row in rows.annotate(many=Count("id")).filter(many__gt=1)})


def sound() -> list[str]:
    """What the databases themselves find wrong in their files (SQLite)."""
    from django.db import connections

    wrong = []
    for alias in connections:
        if connections[alias].vendor == "sqlite":
            with connections[alias].cursor() as cursor:
                for check in ("integrity_check", "foreign_key_check"):
                    cursor.execute(f"PRAGMA {check}")
                    found = [str(row) for row in cursor.fetchall() if row != ("ok",)]
                    wrong += [f"{alias}: {check}: {row}" for row in found[:3]]
    return wrong


def counts() -> dict[str, int]:
    """How many rows each table of ours holds."""
    from django.apps import apps

    from core.routers import APPS_OF_KEYS

    return {
        model._meta.label_lower: model._default_manager.count()
        for model in apps.get_models()
        if model.__module__.partition(".")[0] not in {"django", *APPS_OF_KEYS}
    }


def take_in(addresses: list[str]) -> int:
    """Have a file with these addresses carried out by the worker, as the desk and the command do."""
    from cohorts.actions import start_import
    from cohorts.actions import take_in as taken_in
    from cohorts.models import Cohort

    data = "email\n" + "\n".join(addresses) + "\n"
    cohort = Cohort.objects.get(slug="spring")
    taken = taken_in(cohort=cohort, data=data.encode(), by=None)
    start_import(member_import=taken, by=None)
    return len(addresses)


def drafts() -> list[str]:
    """The markers of what was begun in a journal and not saved yet."""
    from accountability.journal.models import Draft

    return [_marker(row.body) for row in Draft.objects.all()]


def files_waiting() -> int:
    """How many files of people are not carried out yet."""
    from cohorts.models import MemberImport

    return MemberImport.objects.filter(finished_at__isnull=True).count()


def forget_limits() -> None:
    """Forget how often somebody has tried to sign in."""
    from django.core.cache import cache

    cache.clear()


FOUND: dict[str, Callable[[], Iterator[tuple[str, str]]]] = {
    "entry": _entries,
    "commitment": _commitments,
    "reply": _replies,
    "announcement": _announcements,
    "post": _posts,
    "notes": _notes,
    "check_in": _check_ins,
    "invitation": _invitations,
}
QUESTIONS: dict[str, Callable[..., Any]] = {
    "rows": rows, "outbox": outbox, "hurry": hurry, "told_twice": told_twice, "sound": sound, "counts": counts,
    "take_in": take_in, "files_waiting": files_waiting, "drafts": drafts, "forget_limits": forget_limits,
}  # fmt: skip


if __name__ == "__main__":
    main()
