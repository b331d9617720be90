"""What the clock does with pages: it publishes what an editor scheduled and takes back what has expired."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, Value
from wagtail.log_actions import log as write_in_history
from wagtail.models import Page, PageLogEntry, Revision

from accounts.models import User
from curriculum import notifications
from curriculum.readiness import sentences_of

log = logging.getLogger("lodestar.curriculum")

#: The name in a page's history of what the clock could not publish; its data hold the sentences.
REFUSED = "curriculum.publish.refused"


@dataclass
class Round:
    """The titles of what was published, refused (each with its sentences) and taken back."""

    published: list[str] = field(default_factory=list)
    refused: list[tuple[str, list[str]]] = field(default_factory=list)
    taken_back: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many pages were due."""
        return len(self.published) + len(self.refused) + len(self.taken_back)


def publish_due(*, now: datetime) -> Round:
    """Publish what is due and take back what has expired. One query when there is nothing to do.

    A page that cannot be published stays a draft, its editor is told, and the others go on.
    """
    done = Round()
    pages, revisions = _due(now)
    for page in Page.objects.filter(pk__in=pages).specific() if pages else ():
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        done.taken_back.append(page.title)
    for number in revisions:
        _publish(number, now, done)
    return done


def _due(now: datetime) -> tuple[list[int], list[int]]:
    """The ids of pages that have expired and of revisions whose time has come, in the order in which they were made."""
    pages = Page.objects.live().filter(expire_at__lt=now).order_by()
    revisions = Revision.objects.filter(approved_go_live_at__lt=now).order_by()
    rows = _named(pages, "page").union(_named(revisions, "revision"), all=True)
    found: dict[str, list[int]] = {"page": [], "revision": []}
    for kind, pk in rows:
        found[kind].append(pk)
    return sorted(found["page"]), sorted(found["revision"])


def _named(rows: Any, kind: str) -> Any:
    name = Value(kind, output_field=CharField())
    return rows.annotate(kind_of_row=name).values_list("kind_of_row", "pk")


def _publish(number: int, now: datetime, done: Round) -> None:
    """Publish one revision, unless somebody else did meanwhile."""
    try:
        with transaction.atomic():
            waiting = Revision.objects.select_for_update().filter(approved_go_live_at__lt=now)
            revision = waiting.filter(pk=number).first()
            if revision is None:
                return
            revision.publish(log_action="wagtail.publish.scheduled")
            done.published.append(revision.object_str)
    except ValidationError as problem:
        sentences = sentences_of(problem)
        _leave_a_draft(number, sentences)
        done.refused.append((revision.object_str, sentences))


@transaction.atomic
def _leave_a_draft(number: int, sentences: list[str]) -> None:
    """Take the date away, write the reasons into the page's history, and tell who set the date."""
    revision = Revision.objects.get(pk=number)
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    page = Page.objects.get(pk=revision.object_id)
    write_in_history(page, REFUSED, revision=revision, data={"problems": sentences})
    log.warning("A scheduled page stays a draft, revision %s: it is not ready.", number)
    editor = _who_scheduled(revision)
    if editor is not None:
        notifications.publish_refused(page=page, to=editor)


def _who_scheduled(revision: Revision) -> User | None:
    set_by = PageLogEntry.objects.filter(revision=revision, action="wagtail.publish.schedule")
    entry = set_by.first()  # the newest
    wanted = entry.user_id if entry and entry.user_id else revision.user_id
    return User.objects.filter(pk=wanted, is_active=True).first() if wanted else None


def refusal_of(page: Any) -> list[str]:
    """The sentences with which the clock refused the newest draft of a page; empty when it did not, or it is out now."""
    entry = PageLogEntry.objects.filter(page_id=page.pk, action=REFUSED).first()
    if entry is None or entry.revision_id in (None, page.live_revision_id):
        return []
    if entry.revision_id != page.latest_revision_id:
        return []
    return list(entry.data.get("problems", ()))
