"""What a restored backup must not bring back to life in cohorts: links that were used, ended or taken back since."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from cohorts.choices import UNDER_WAY, ImportState
from cohorts.models import Invitation, JoinLink, MemberImport


@transaction.atomic
def end_links(*, now: datetime) -> dict[str, int]:
    """Links of invitations lead nowhere, and stay on the desk to be sent again; links to join by are ended; files of people are dropped.

    What such a file would do may have been done since, with mail to all who stand in it.
    """
    invitations = list(Invitation.objects.open(now))
    for one in invitations:
        one.token_hash = hashlib.sha256(secrets.token_bytes(32)).hexdigest()  # of no link
    Invitation.objects.bulk_update(invitations, ["token_hash"])
    links = JoinLink.objects.filter(ended_at=None, expires_at__gt=now).update(ended_at=now)
    imports = MemberImport.objects.filter(state__in=(*UNDER_WAY, ImportState.READY)).delete()[1]
    return {
        "links of invitations, dead: send them again on the desk": len(invitations),
        "links to join by, ended": links,
        "files of people to invite, dropped": imports.get("cohorts.MemberImport", 0),
    }
