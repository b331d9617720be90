"""How often somebody may open a caucus or invite in a day.

Counted are the forms that were taken within a day, which stand for that long anyway so that none acts twice
(`core.idempotency`): under the seat, or under a keyed stand-in for who has none. No row and no cache names a member for it.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from caucuses.actions.refusing import Refused
from caucuses.choices import WhyNot
from core.idempotency import FIELD
from core.models import FormResult

DAY = timedelta(days=1)
MOST_OPENED, MOST_INVITED = 5, 20


def count_this(request: HttpRequest, *, whose: UUID, most: int, otherwise: WhyNot) -> None:
    """Raise Refused when more forms of this kind were taken within a day, this one among them.

    Called under a lock that other forms of the same person wait for. A form without its key would not be counted: it is
    asked for once more.
    """
    match = request.resolver_match
    taken = FormResult.objects.filter(member=whose, form=match.view_name if match else "")
    of_today = taken.filter(at__gt=timezone.now() - DAY)
    key = _key(request)
    if key is None or not of_today.filter(key=key).exists():
        raise Refused(WhyNot.AGAIN)
    if of_today.count() > most:
        raise Refused(otherwise)


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None
