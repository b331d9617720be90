"""Ending sessions. Each member has an epoch that every session of theirs must hold; a new epoch ends them all at once."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User


def end_all_sessions(member: User) -> None:
    """End every session of the member now, also those that the list of sessions does not know."""
    User.objects.filter(pk=member.pk).update(session_epoch=F("session_epoch") + 1)
    member.refresh_from_db(fields=["session_epoch"])
    for session in UserSession.objects.filter(user_id=member.pk):
        session.end()


def prune_sessions() -> int:
    """Delete sessions that have run out, and what is noted of a session that is over; returns how many of both."""
    gone = Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
    going_on = Session.objects.values("session_key")
    return int(gone + UserSession.objects.exclude(session_key__in=going_on).delete()[0])


def end_other_sessions(request: HttpRequest | None, member: User) -> None:
    """End every session of the member but the one of this request, which gets a new id."""
    if request is None or not request.user.is_authenticated or request.user.pk != member.pk:
        end_all_sessions(member)
        return
    end_all_sessions(member)
    request.user.session_epoch = member.session_epoch
    update_session_auth_hash(request, member)
    UserSession.objects.create_from_request(request)
