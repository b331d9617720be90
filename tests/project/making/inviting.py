"""What the table of addresses names of inviting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from cohorts.actions import invite, make_join_link, take_in
from cohorts.models import Cohort

FILE = b"email,role\nnew-one@riverton.example,\nben@riverton.example,\n=1+1,\nfay@riverton.example,king\n"


def made(cast: dict[str, Any]) -> dict[str, str]:
    """An open invitation, a link into Dev's cohort, and a file of people that Ana sent."""
    spring, ana = Cohort.objects.get(slug="spring"), cast["ana"]
    sent = invite(email="open@riverton.example", by=cast["lena"], cohort=spring)
    link = make_join_link(cohort=spring, days=7, most_uses=20, form=UUID(int=7), by=ana)
    file = take_in(cohort=spring, data=FILE, by=ana)
    return {
        "open_invitation": str(sent.invitation.pk),
        "join_link": link.address.rstrip("/").rsplit("/", 1)[1],
        "join_link_id": str(link.join_link.pk),
        "people_file": str(file.pk),
    }
