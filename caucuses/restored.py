"""What a restored backup must not bring back to life in caucuses: links in mails, which may have been used or taken back since."""

from __future__ import annotations

from datetime import datetime

from caucuses.models import Invitation


def end_mailed_links(*, now: datetime) -> dict[str, int]:
    """Links in mails lead nowhere. Nothing is said of how many: that would tell how much is going on in rooms."""
    Invitation.objects.exclude(link_hash="").update(link_hash="")
    return {}
