"""Talk about a prompt: open it, reply, edit, delete, remove somebody else's reply with a reason."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from cohorts import notifications
from cohorts.actions.over import held_open
from cohorts.actions.writing import cleaned, rewrite
from cohorts.models import Cohort, Prompt, Reply
from cohorts.permissions import (
    can_change_reply,
    can_delete_reply,
    can_remove_reply,
    can_reply_to_prompt,
    can_write_in_cohort,
)
from cohorts.talk import Question
from core import audit
from core.access import require


@transaction.atomic
def open_prompt(*, cohort: Cohort, question: Question, by: Any) -> Prompt:
    """Open a question of a lesson in the cohort; the prompt that is open already when somebody was faster. Raises CohortIsOver."""
    require(can_write_in_cohort(by, held_open(cohort)))
    prompt, is_new = Prompt.objects.get_or_create(
        cohort=cohort,
        lesson_key=question.lesson_key,
        block=question.block,
        defaults={
            "words": question.words,
            "title": question.title,
            "address": question.address,
            "opened_by": by,
        },
    )
    if is_new:
        audit.record("prompt.opened", by=by, subject=prompt)
    return prompt


@transaction.atomic
def post_reply(*, prompt: Prompt, text: str, by: Any) -> Reply:
    """Say something. The others of the cohort get a notice, unless one of this prompt waits for them already. Raises CohortIsOver."""
    held_open(prompt.cohort)
    require(can_reply_to_prompt(by, prompt))
    reply = Reply.objects.create(prompt=prompt, author=by, **cleaned(text))
    audit.record("reply.posted", by=by, subject=reply)
    notifications.reply_posted(reply)
    return reply


@transaction.atomic
def edit_reply(*, reply: Reply, text: str, seen_revision: int, by: Any) -> Reply:
    """Change the text of one's own reply. Nobody is told again. Raises CohortIsOver, and StaleEdit when it changed meanwhile."""
    held_open(reply.prompt.cohort)
    require(can_change_reply(by, reply))
    rewrite(reply, text=text, seen_revision=seen_revision)
    audit.record("reply.edited", by=by, subject=reply)
    return reply


@transaction.atomic
def delete_reply(*, reply: Reply, by: Any) -> None:
    """Delete one's own reply, also when the cohort is over."""
    require(can_delete_reply(by, reply))
    audit.record("reply.deleted", by=by, subject=reply)
    reply.delete()


@transaction.atomic
def remove_reply(*, reply: Reply, reason: str, by: Any) -> None:
    """Take somebody's reply out of the talk. Its author keeps seeing it, is told, and reads the reason."""
    require(can_remove_reply(by, reply))
    there = Reply.objects.filter(pk=reply.pk, removed_at__isnull=True)
    if there.update(removed_at=timezone.now(), removal_reason=reason):
        reply.refresh_from_db()
        audit.record("reply.removed", by=by, subject=reply)
        notifications.reply_removed(reply)
