"""Plain words for the names of fields, for the public page about privacy. A field named here needs no words of its own."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Parts that say nothing to a reader: keys, and what the program notes beside a text.
LEFT_OUT = frozenset({"cleaner_version", "digest", "id", "page_ptr", "revision", "text_html"})

#: Fields of Django's own account model, whose names are those of its administration.
OURS_FIRST = frozenset({"date_joined", "groups", "is_active", "is_superuser", "last_login"})

WORDS: dict[str, str | Promise] = {
    "accepted_at": _("when it was accepted"),
    "accepted_by": _("who accepted it"),
    "actor": _("who did it, as a pseudonym"),
    "as_facilitator": _("whether as a facilitator"),
    "at": _("when"),
    "author": _("who wrote it"),
    "body": _("which body"),
    "closed_at": _("when it was closed"),
    "cohort": _("which cohort"),
    "created_at": _("when"),
    "date_joined": _("since when you are a member"),
    "done_at": _("when"),
    "edited_at": _("when it was changed"),
    "ended_at": _("until when"),
    "expires_at": _("how long it is open"),
    "given_at": _("since when"),
    "given_by": _("who gave it"),
    "groups": _("what you may do in the editors’ area"),
    "invited_by": _("who invited"),
    "is_active": _("whether your account is open"),
    "is_facilitator": _("whether as a facilitator"),
    "is_superuser": _("whether you are the site operator"),
    "joined_at": _("since when"),
    "kind": _("what kind it is"),
    "last_login": _("when you last signed in"),
    "left_at": _("until when"),
    "lesson_key": _("which lesson"),
    "mails_sent": _("how many mails went out"),
    "member": _("which member"),
    "next_at": _("when it comes next"),
    "offered_at": _("when it was offered"),
    "password_reset_at": _("when you last reset your password"),
    "payload": _("what it is about"),
    "posted_at": _("when it was written"),
    "read_at": _("when you read it"),
    "ready_at": _("from when on it can be done"),
    "requested_at": _("when it was asked for"),
    "sent_at": _("when it was sent"),
    "state": _("how far it is"),
    "subject": _("what it was done to, as a pseudonym"),
    "subject_kind": _("what kind of thing it was done to"),
    "verb": _("what was done"),
}
