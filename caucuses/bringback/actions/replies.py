"""Replies on the cohort's page: acts in the cohort, under one's own name."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from caucuses.bringback.actions.errors import Gone
from caucuses.bringback.models import Released, Reply
from caucuses.bringback.permissions import (
    can_answer_released,
    can_change_reply,
    can_delete_reply,
)
from cohorts.actions.over import held_open
from cohorts.actions.writing import cleaned, rewrite
from core import audit
from core.access import require
from core.text import CLEANER_VERSION

MOST_AT_ONCE = 500


@transaction.atomic
def post_reply(*, released: Released, text: str, by: Any) -> Reply:
    """Reply. Nobody gets a notice. Raises CohortIsOver, and Gone when the note was taken back meanwhile."""
    held_open(released.cohort)
    there = Released.objects.select_for_update(no_key=True).filter(pk=released.pk).first()
    if there is None:
        raise Gone
    require(can_answer_released(by, there))
    reply = Reply.objects.create(released=there, author=by, **cleaned(text))
    audit.record("reply.posted", by=by, subject=reply)
    return reply


@transaction.atomic
def edit_reply(*, reply: Reply, text: str, seen_revision: int, by: Any) -> Reply:
    """Change one’s own reply. Raises CohortIsOver, cohorts.actions.StaleEdit when it was changed elsewhere meanwhile, and Gone."""
    held_open(reply.released.cohort)
    _require_there(reply)
    require(can_change_reply(by, reply))
    rewrite(reply, text=text, seen_revision=seen_revision)
    audit.record("reply.edited", by=by, subject=reply)
    return reply


@transaction.atomic
def delete_reply(*, reply: Reply, by: Any) -> None:
    """Delete one’s own reply, also when the cohort is over."""
    require(can_delete_reply(by, reply))
    audit.record("reply.deleted", by=by, subject=reply)
    reply.delete()


def clean_again() -> None:
    """Bring what stands on cohorts’ pages up to the cleaner of this version of the code."""
    for model in (Released, Reply):
        old: Any = model.objects.exclude(cleaner_version=CLEANER_VERSION)[:MOST_AT_ONCE]
        for row in old:
            model.objects.filter(pk=row.pk, text=row.text).update(**cleaned(row.text))


def _require_there(reply: Reply) -> None:
    if Reply.objects.select_for_update(no_key=True).filter(pk=reply.pk).first() is None:
        raise Gone
