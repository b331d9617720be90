"""What somebody whose account is closed may do after they have proved that it is they, without being signed in.

The next page may say why their account is closed, once. Who is suspended may get their own copy and leave for a quarter of an hour: nothing
else asks `ways_of`, so nothing else opens. It stands in a session that belongs to nobody.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from accounts.models import Suspension, User
from accounts.permissions import PROOF_LASTS, is_suspended, journal_opens, recently_proved

KEY = "inactive"
WAYS = "suspended"
LASTS = 300  # seconds


@dataclass(frozen=True)
class Ways:
    """Who may get their copy and leave; `opens_copy` where what they proved would open their journal, too."""

    member: User
    opens_copy: bool


def note(request: HttpRequest, user: User) -> None:
    """Note, in a session that belongs to nobody, that this person has just shown that it is they."""
    request.session[KEY] = [str(user.pk), time.time()]


def read_once(request: HttpRequest) -> Suspension | None:
    """The suspension of whoever was noted within the last minutes, and forget them: a page that is left open says nothing again."""
    member, at = request.session.pop(KEY, ["", 0])
    if not member or time.time() - at > LASTS:
        return None
    return Suspension.objects.in_force().select_related("member").filter(member=UUID(member)).first()  # fmt: skip


def open_ways(request: HttpRequest, user: User) -> None:
    """Let a suspended member who has proved it as for leaving get their copy and leave. For the log-in, after its last step."""
    if not (is_suspended(user) and recently_proved(request, who=user)):
        return
    request.session.cycle_key()
    request.session[WAYS] = {
        "member": str(user.pk),
        "at": time.time(),
        "is_theirs": user.get_session_auth_hash(),
        "opens_copy": journal_opens(request, who=user),
    }


def ways_of(request: HttpRequest) -> Ways | None:
    """Whose ways these are now; None when nobody proved it lately, once the account is open again, and once they left."""
    kept = request.session.get(WAYS)
    if request.user.is_authenticated or not isinstance(kept, dict):
        return None
    if not 0 <= time.time() - kept["at"] < PROOF_LASTS.total_seconds():
        return None
    member = User.objects.filter(pk=UUID(kept["member"])).first()
    if member is None or not is_suspended(member):
        return None
    if not constant_time_compare(kept["is_theirs"], member.get_session_auth_hash()):
        return None  # another password since, or every session was ended
    return Ways(member, kept["opens_copy"])
