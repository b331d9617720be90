"""How a link to join by, once it was opened, leads through signing up or in, and is used when its reader has signed in.

The session holds the hash of the token, for an hour: whoever sits down at this browser later joins nothing. A use is taken
when somebody joins and not when they begin to sign up, or the number that is left would tell which addresses have an account.
"""

from __future__ import annotations

import time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.actions import AlreadyIn, LinkGone, PlaceEnded, join_by_link
from cohorts.actions.invitations import hash_of
from cohorts.models import JoinLink
from cohorts.permissions import can_join_by_link

KEY = "join_link"
KEPT_FOR = 3600  # seconds
PLACE_ENDED = gettext_lazy(
    "Your place in this cohort has ended, and a link does not bring you back into it. Ask the backbone team, who can."
)


def link_behind(token: str) -> JoinLink | None:
    """The link that this token was made for, while somebody can still join by it."""
    return _usable(hash_of(token))


def keep_link(request: HttpRequest, link: JoinLink) -> None:
    """Remember in this browser that somebody wants to join by this link."""
    request.session[KEY] = [link.token_hash, int(time.time())]


def admits_anybody(*, request: HttpRequest, **_given: Any) -> bool | None:
    """Whether a new account may be made in this session, and with any address: True with a usable link, else no answer."""
    kept = _kept_hash(request)
    return True if kept and _usable(kept) else None


def use_kept_link(request: HttpRequest, user: Any, **_signal: Any) -> None:
    """Join by the link that this browser opened, once its reader has signed in."""
    kept = _kept_hash(request)
    if not kept:
        return
    request.session.pop(KEY, None)
    link = _usable(kept)
    try:
        if link is None or not can_join_by_link(user):
            raise LinkGone
        join_by_link(link=link, by=user)
    except LinkGone:
        messages.warning(request, _("The link could not be used any more, so you have not joined the cohort. Ask whoever gave it to you for another one; your account stays."))  # fmt: skip
    except PlaceEnded:
        messages.warning(request, PLACE_ENDED)
    except AlreadyIn:
        messages.info(request, _("You are in this cohort already."))
    else:
        messages.success(request, _("Welcome. You have joined the cohort."))


def _usable(token_hash: str) -> JoinLink | None:
    rows = JoinLink.objects.usable().select_related("cohort")
    return rows.filter(token_hash=token_hash).first()


def _kept_hash(request: HttpRequest | None) -> str:
    session = getattr(request, "session", None)
    kept = session.get(KEY) if session is not None else None
    if not isinstance(kept, list) or len(kept) != 2:
        return ""
    token_hash, since = kept
    return str(token_hash) if time.time() - since < KEPT_FOR else ""
