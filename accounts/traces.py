"""What installed packages keep about a member: ways to sign in, sessions, and the logs and versions of the editors' area."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    ModelLogEntry,
    PageLogEntry,
    PageSubscription,
    Revision,
)
from wagtail.users.models import UserProfile

from accounts.models import SecondFactorReset, User

#: Rows of the editors' area that are a member's own.
OWN = (APIToken, Comment, CommentReply, PageSubscription, UserProfile)
#: What the log of pages calls acts on comments, in front of which act.
COMMENTS = "wagtail.comments."


def steps(member_id: UUID) -> Iterable[Callable[[], None]]:
    """One transaction each; each may be run again."""

    @transaction.atomic
    def ways_in() -> None:
        EmailAddress.objects.filter(user=member_id).delete()
        Authenticator.objects.filter(user=member_id).delete()
        SecondFactorReset.objects.filter(member=member_id).delete()

    @transaction.atomic
    def sessions() -> None:
        UserSession.objects.filter(user=member_id).delete()
        keys = [row.session_key for row in Session.objects.iterator() if _names(row, member_id)]
        Session.objects.filter(pk__in=keys).delete()

    @transaction.atomic
    def editing() -> None:
        take_out_of_comments(member_id)
        for model in OWN:
            model._default_manager.filter(user=member_id).delete()
        for log in (PageLogEntry, ModelLogEntry):
            log.objects.filter(user=member_id).update(user=None)
        about = ContentType.objects.get_for_model(User)
        ModelLogEntry.objects.filter(content_type=about, object_id=str(member_id)).delete()

    def versions() -> None:
        take_out_of_versions(member_id)

    return (ways_in, sessions, editing, versions)


def addresses_of(member: Any) -> list[str]:
    """Every address that is or was about to be the member’s: in rows that know them by nothing else."""
    more = EmailAddress.objects.filter(user=member.pk).values_list("email", flat=True)
    return sorted({member.email, *(address.lower() for address in more)})


def take_out_of_comments(member_id: UUID) -> None:
    """Take the words of a member’s comments out of the log of pages, where who answered or closed them quotes them, too.

    Called before the comments go, by whose numbers they are found; those that went earlier stand in the member’s own entries.
    """
    log = PageLogEntry.objects.filter(action__startswith=COMMENTS)
    mine: dict[str, set[int]] = {"comment": set(), "reply": set()}
    for name, model, made in (("comment", Comment, "create"), ("reply", CommentReply, "create_reply")):  # fmt: skip
        theirs = model._default_manager.filter(user=member_id)
        mine[name].update(theirs.values_list("pk", flat=True))
        entries = log.filter(user=member_id, action=COMMENTS + made).values_list("data", flat=True)
        mine[name].update(data[name]["id"] for data in entries if name in data)
    for pk, data in list(log.values_list("pk", "data")):
        kept = {name: said for name, said in data.items() if not _is_of(said, mine.get(name, ()))}
        if kept != data:
            log.filter(pk=pk).update(data=kept)


def take_out_of_versions(member_id: UUID) -> int:
    """Take a member's id out of the versions of pages, which hold who made a page as a word; returns of how many."""
    rows = Revision.objects.annotate(said=Cast("content", TextField()))
    count = 0
    for pk in list(rows.filter(said__contains=str(member_id)).values_list("pk", flat=True)):
        with transaction.atomic():
            row = Revision.objects.select_for_update(no_key=True).get(pk=pk)
            content = _without(row.content, str(member_id))
            Revision.objects.filter(pk=pk).update(content=content, user=None if row.user_id == member_id else row.user_id)  # fmt: skip
        count += 1
    return count


def _without(value: Any, who: str) -> Any:
    """The same without this id; what is a member's own row inside it (a comment) goes whole."""
    if isinstance(value, dict):
        return {name: _without(one, who) for name, one in value.items()}
    if isinstance(value, list):
        return [_without(one, who) for one in value if not _is_theirs(one, who)]
    return None if value == who else value


def _is_theirs(value: Any, who: str) -> bool:
    return isinstance(value, dict) and str(value.get("user")) == who


def _is_of(said: Any, numbers: Collection[int]) -> bool:
    return isinstance(said, dict) and said.get("id") in numbers


def _names(row: Session, member_id: UUID) -> bool:
    """Whether a session is the member's, or was about to become theirs."""
    return str(member_id) in json.dumps(row.get_decoded(), default=str)
