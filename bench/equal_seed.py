"""What `bench.equal` asks for: things of others that Dev may not know of, and a session of his with the journal open.

Usage: python -m bench.equal_seed     prints JSON
"""

from __future__ import annotations

import json
import sys


def made() -> dict[str, object]:
    """Dev's session, and the ids by what they are."""
    from datetime import timedelta

    from django.utils import timezone

    from accountability.buddies.actions import form_pair
    from accountability.buddies.choices import CameAbout
    from accountability.checkins.models import CheckIn
    from accountability.commitments.models import Commitment
    from accountability.journal.models import Entry
    from accounts.models import User
    from bench.caucus_seed import opened_room as a_room
    from bench.journal_seed import opened_sessions
    from notices.models import Notice

    other, third = (
        User.objects.create(email=f"equal{at}@example.org", chosen_name="Somebody") for at in (1, 2)
    )
    now = timezone.now()
    entry = Entry(author=other, title="A day", body="Words.", tags="[]", written_at=now, changed_at=now)  # fmt: skip
    entry.save(force_insert=True)
    promise = Commitment(owner=other, kind="commitment", circle="me", review_on=now.date(), written_at=now, will="Words.", first_step="", know="", by="", levels="[]")  # fmt: skip
    promise.save(force_insert=True)
    pair = form_pair(members=[other, third], came_about=CameAbout.ASKED)
    due = now + timedelta(days=3)
    check_in = CheckIn.objects.create(pair=pair, number=1, planned_on=due.date(), due_at=due, made_at=now)  # fmt: skip
    notice = Notice(member=other, kind="cohorts.announcement", about="", sealed=json.dumps({}))
    notice.save(force_insert=True)
    dev = User.objects.get(email="dev@riverton.example")
    return {
        "session": next(opened_sessions([dev])),
        "ids": {
            "an entry of another's journal": str(entry.pk),
            "another's commitment": str(promise.pk),
            "a check-in of another pair": str(check_in.pk),
            "a caucus one is not in": str(a_room(other).caucus_id),
            "a notice of another": str(notice.pk),
        },
    }


if __name__ == "__main__":
    import django

    django.setup()
    json.dump(made(), sys.stdout)
