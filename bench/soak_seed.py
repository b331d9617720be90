"""What the soak needs: 500 accounts, of whom 50 are signed in with pairs, caucuses and notices; and what came of their writes.

Usage: python -m bench.soak_seed made ACCOUNTS MEMBERS NOTICES | counted FILE     prints JSON
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

A_COHORT, A_ROOM = 50, 10  # people
SAID = "The council met and wrote down who could cross the bridge and who could not. " * 8
MARK = re.compile(r"soak-[0-9a-f]{32}")


def made(accounts: int, members: int, notices: int) -> dict[str, Any]:
    """The people who act: a session each, the address of their check-in and of their conversation; and one for the desk."""
    from accounts.models import User
    from bench.journal_seed import opened_sessions

    people = User.objects.bulk_create(
        User(email=f"soak{at}@many.example", chosen_name=f"Member {at}") for at in range(accounts)
    )
    _cohorts(people, members, notices)
    acting = people[:members]
    check_ins, talks = _pairs(acting), _rooms(acting)
    sessions = opened_sessions([*acting, User.objects.get(email="ana@riverton.example")])
    return {
        "members": [
            {"session": next(sessions), "check_in": check_in, "talk": talk}
            for check_in, talk in zip(check_ins, talks, strict=True)
        ],
        "desk": next(sessions),
    }  # fmt: skip


def _cohorts(people: list[Any], acting: int, notices: int) -> None:
    """Cohorts of fifty. Those who act have so many unread notices, each of an announcement of their cohort."""
    from django.utils import timezone

    from cohorts.models import Announcement, Cohort, Membership
    from cohorts.notifications.talk import ANNOUNCEMENT
    from notices.actions import notify_all

    for number in range(0, len(people), A_COHORT):
        cohort = Cohort.objects.create(slug=f"soak-{number}", name=f"Soak {number}", starts_on=timezone.localdate())  # fmt: skip
        some = people[number : number + A_COHORT]
        Membership.objects.bulk_create(Membership(cohort=cohort, member=one) for one in some)
        if number < acting:
            told = [one for one in some if people.index(one) < acting]
            for _ in range(notices):
                said = Announcement.objects.create(cohort=cohort, author=None, text="We meet.", text_html="<p>We meet.</p>", cleaner_version=1)  # fmt: skip
                notify_all(members=told, kind=ANNOUNCEMENT, payload={"announcement": said.pk})


def _pairs(people: list[Any]) -> list[str]:
    """Two and two, each pair with a check-in in a week; for each member the id of theirs."""
    from django.utils import timezone

    from accountability.buddies.actions import form_pair
    from accountability.buddies.choices import CameAbout
    from accountability.checkins.models import CheckIn

    found, due = [], timezone.now() + timedelta(days=7)
    for at in range(0, len(people), 2):
        pair = form_pair(members=people[at : at + 2], came_about=CameAbout.ASKED)
        row = CheckIn.objects.create(pair=pair, number=1, planned_on=due.date(), due_at=due)
        found += [str(row.pk)] * 2
    return found


def _rooms(people: list[Any]) -> list[str]:
    """Caucuses of ten, each with one conversation; for each member its address."""
    from django.db import transaction

    from bench.caucus_seed import opened_room
    from caucuses.actions import sit
    from caucuses.threads.actions import begin_thread

    found: list[str] = []
    for at in range(0, len(people), A_ROOM):
        some = people[at : at + A_ROOM]
        seat = opened_room(some[0])
        with transaction.atomic():
            for number, member in enumerate(some[1:], start=1):
                sit(caucus=seat.caucus, member=member, name=f"Seat {number}", has_accepted=True)
        thread = begin_thread(seat=seat, title="A conversation", text=SAID).thread
        found += [f"/caucuses/{seat.caucus_id}/threads/{thread.pk}/"] * len(some)
    return found


def counted(acknowledged: dict[str, list[str]]) -> dict[str, int]:
    """Acknowledged writes against rows: how many there were, how many are missing, how many stand there twice.

    `acknowledged`: by kind, the marks of texts, the ids of notices, and the last mark of each check-in.
    """
    from accountability.checkins.models import PartDraft
    from accountability.commitments.models import Commitment
    from accountability.journal.models import Entry
    from caucuses.threads.models import Post
    from notices.models import Notice

    there = {
        "journal": _marks(str(row.body) for row in Entry.objects.filter(author__email__startswith="soak")),
        "commitment": _marks(str(row.will) for row in Commitment.objects.filter(owner__email__startswith="soak")),
        "post": _marks(str(row.text) for row in Post.objects.all() if row.text),
        "check_in": _marks(str(row.did) for row in PartDraft.objects.filter(member__email__startswith="soak")),
        "notice": Counter(str(pk) for pk in Notice.objects.filter(read_at__isnull=False).values_list("pk", flat=True)),
    }  # fmt: skip
    return judged(acknowledged, there)


def judged(acknowledged: dict[str, list[str]], there: dict[str, Counter[str]]) -> dict[str, int]:
    """How many were acknowledged, how many of these are not there, and how many of any are there more than once."""
    every = [(kind, one) for kind, ones in acknowledged.items() for one in ones]
    missing = sum(1 for kind, one in every if not there[kind][one])
    doubled = sum(1 for counts in there.values() for number in counts.values() if number > 1)
    return {"acknowledged": len(every), "missing": missing, "doubled": doubled}


def _marks(texts: Iterable[str]) -> Counter[str]:
    return Counter(mark for text in texts for mark in MARK.findall(text))


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "made":
        json.dump(made(*map(int, sys.argv[2:5])), sys.stdout)
    else:
        json.dump(counted(json.loads(Path(sys.argv[2]).read_text())), sys.stdout)
