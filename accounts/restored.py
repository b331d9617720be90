"""What a restored backup must not bring back to life in accounts: log-ins, and proofs that were used or taken back since."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F

from accounts.cachedsessions import forget_copies
from accounts.choices import ResetState
from accounts.models import OwnCopy, SecondFactorReset, User
from accounts.owncopy.actions import take_away


@transaction.atomic
def end_what_was_proved(*, now: datetime) -> dict[str, int]:
    """End every log-in, with the codes that were mailed for one; links to a new password; requests to lose a second factor.

    Such a request may have been cancelled since: it must not come true without its owner. Files of people's own copies are in
    no backup, so their rows go.
    """
    sessions = Session.objects.count()
    Session.objects.all().delete()
    forget_copies()
    UserSession.objects.all().delete()
    # A link to a new password is made of this time, in whole seconds, and of nothing that is stored.
    User.objects.exclude(last_login=None).update(last_login=F("last_login") - timedelta(seconds=1))
    asked = SecondFactorReset.objects.waiting().update(state=ResetState.CANCELLED, closed_at=now)
    copies = list(OwnCopy.objects.all())
    for copy in copies:
        take_away(copy)
    return {
        "log-ins, ended: everybody signs in again": sessions,
        "requests to lose a second factor, cancelled": asked,
        "people's own copies of their data, to be asked for again": len(copies),
    }
