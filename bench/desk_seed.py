"""What `bench.desk` needs in its database, and what it asks of its pages. Each prints JSON.

Usage: python -m bench.desk_seed fill COHORTS | pages | count | entries
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from bench import asked

EACH, FACILITATORS = 50, 2
RUNS = 15
FEW_ENTRIES = 50
ONE = "bench-0"
PATHS = {
    "the desk": "/backbone/",
    "people": "/backbone/people/",
    "people, the last page": "/backbone/people/?page=9999",
    "people, a search": "/backbone/people/?q=person+12",
    "people of a cohort": f"/backbone/people/?cohort={ONE}",
    "a person": "/backbone/people/{person}/",
    "cohorts": "/backbone/cohorts/",
    "a cohort on the desk": f"/backbone/cohorts/{ONE}/",
    "people of a cohort on the desk": f"/backbone/cohorts/{ONE}/people/",
    "ways into a cohort": f"/backbone/cohorts/{ONE}/invite/",
    "invitations": "/backbone/invitations/",
    "pairing": "/backbone/pairing/",
    "a cohort": f"/cohorts/{ONE}/",
    "insights": f"/cohorts/{ONE}/insights/",
}


def fill(cohorts: int) -> dict[str, int]:
    """Bring it to so many cohorts of fifty, each with people who have finished lessons, and here and there a role."""
    from accounts.choices import RoleKind
    from accounts.models import Organization, Role, User
    from cohorts.models import Cohort, Membership
    from curriculum.models import LessonDone, LessonPage

    lessons = list(LessonPage.objects.live().values_list("translation_key", flat=True)[:6])
    firms = list(Organization.objects.all()[:3])
    since = timezone.localdate() - timedelta(days=30)
    for at in range(Cohort.objects.filter(slug__startswith="bench-").count(), cohorts):
        cohort = Cohort.objects.create(slug=f"bench-{at}", name=f"Bench {at}", starts_on=since)
        people = User.objects.bulk_create(
            User(
                email=f"person{at * EACH + number}@many.example", chosen_name=f"Person {at * EACH + number}",
                organization=firms[number % len(firms)],
            )
            for number in range(EACH)
        )  # fmt: skip
        Membership.objects.bulk_create(
            Membership(cohort=cohort, member=one, is_facilitator=number < FACILITATORS)
            for number, one in enumerate(people)
        )
        LessonDone.objects.bulk_create(
            LessonDone(member=one, lesson_key=key) for one in people[::2] for key in lessons
        )
        Role.objects.create(member=people[0], kind=RoleKind.EDITOR, reason="For the benchmark.")
    return {"members": User.objects.count(), "cohorts": Cohort.objects.count()}


def pages() -> dict[str, dict[str, Any]]:
    """Queries and processor time of each page, for Ana. The first cohort has been counted."""
    from accounts.models import User
    from backbone.actions import take_snapshots

    take_snapshots(now=timezone.now())
    person = User.objects.get(email="person7@many.example")
    return {name: seen(path.format(person=person.pk)) for name, path in PATHS.items()}


def seen(address: str) -> dict[str, Any]:
    """What a page costs Ana, once everything that is kept is there."""
    found = asked.seen(asked.client_of("ana@riverton.example"), address, RUNS)
    return {name: found[name] for name in ("queries", "cpu_ms", "bytes")}


def count(days: int = 8) -> dict[str, float]:
    """What the weekly count of all cohorts takes, after one that made the first. Queries are those of the week after it."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from backbone.actions import take_snapshots

    now = timezone.now()
    take_snapshots(now=now)
    before, began, at = peak_mb(), time.process_time(), time.monotonic()
    many = take_snapshots(now=now + timedelta(days=days))
    cpu, seconds, rose = time.process_time() - began, time.monotonic() - at, peak_mb() - before
    with CaptureQueriesContext(connection) as rows:
        again = take_snapshots(now=now + timedelta(days=2 * days))
    return {
        "cohorts": many, "seconds": round(seconds, 1), "cpu_ms_each": round(cpu * 1000 / many, 1),
        "queries_each": round(len(rows) / again, 2), "peak_rose_mb": round(rose, 1),
    }  # fmt: skip


def entries() -> dict[str, int]:
    """Fifty entries of 3 KB for Elu, and 5 000 for Dev."""
    from accountability.journal.models import Entry
    from accounts.models import User
    from bench.journal_seed import BATCH as AT_ONCE
    from bench.journal_seed import BODY, ENTRIES

    now = timezone.now()
    for name, many in (("elu", FEW_ENTRIES), ("dev", ENTRIES)):
        author = User.objects.get(email=f"{name}@riverton.example")
        Entry.objects.filter(author=author).delete()
        for first in range(0, many, AT_ONCE):
            Entry.objects.bulk_create(
                Entry(author=author, title=f"Day {number}", body=BODY, written_at=now - timedelta(hours=number), changed_at=now)
                for number in range(first, min(first + AT_ONCE, many))
            )  # fmt: skip
    return {"few": FEW_ENTRIES, "many": ENTRIES}


def ana() -> Any:
    """Who runs the initiative."""
    from accounts.models import User

    return User.objects.get(email="ana@riverton.example")


def peak_mb() -> float:
    """The most memory that this process has had at once."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    import django

    django.setup()
    work: dict[str, Callable[..., Any]] = {
        "fill": lambda many: fill(int(many)), "pages": pages, "count": count, "entries": entries
    }  # fmt: skip
    json.dump(work[sys.argv[1]](*sys.argv[2:]), sys.stdout)
