"""Verbs of threads."""

from caucuses.threads.actions.drafting import Late, discard_draft, keep_draft
from caucuses.threads.actions.editing import delete_post, edit_post
from caucuses.threads.actions.holding import Closed, Gone, Stale
from caucuses.threads.actions.leaving import delete_parted, seat_leaves
from caucuses.threads.actions.posting import begin_thread, post_reply

__all__ = [
    "Closed",
    "Gone",
    "Late",
    "Stale",
    "begin_thread",
    "delete_parted",
    "delete_post",
    "discard_draft",
    "edit_post",
    "keep_draft",
    "post_reply",
    "seat_leaves",
]
