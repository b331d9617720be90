"""Row 12 for the lists of a member that grow with what they and others write: few lines of each, then a hundred times as many.

Pages are asked for in one process, so that queries can be counted; the processor time is the median of fifteen requests. The
pages of other parts that grow are measured there: lessons, the outline, the glossary (`pages`), Today, the pair, commitments
(`rooms`), conversations (`caucus`), the desk (`desk`). A page that shows what a request asks for by its id, such as one entry,
a term or a form, shows as much as before, whatever else the tables hold; it is covered by the stories that count queries.

Usage: python -m bench.growth few | many     prints JSON
"""

from __future__ import annotations

import json
import sys
from typing import Any

from bench.asked import client_of, seen
from bench.measuring import Bench
from bench.telling import step

#: Lines of each list, and conversations. The few fill a page of their list, so that a page with many shows no more.
FEW, MANY = (50, 20), (5_000, 2_000)
RUNS = 15
MOST_GROWTH = 1.2  # times the processor time
DEV = "dev@riverton.example"
SAID = "The council met and wrote down who could cross the bridge and who could not. " * 8


def rows(bench: Bench) -> dict[str, Any]:
    """Both sizes in one database."""
    with bench.site() as site:
        few, many = (json.loads(site.python("-m", "bench.growth", size)) for size in ("few", "many"))  # fmt: skip
    return held(few, many)


def held(few: dict[str, dict[str, Any]], many: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Each page with many lines against the same with few."""
    found = {}
    for name, large in many.items():
        small = few[name]
        found[f"12 {name}, a hundred times as many lines"] = {
            "cpu_ms": large["cpu_ms"], "cpu_of_small": round(large["cpu_ms"] / small["cpu_ms"], 2), "aim": MOST_GROWTH,
            "queries": large["queries"], "queries_of_small": small["queries"], "html": large["bytes"],
        }  # fmt: skip
    return found


def measured(lines: int, conversations: int) -> dict[str, dict[str, Any]]:
    """What each page costs Dev once there are so many lines of each."""
    from django.utils import timezone

    from accounts.models import User
    from cohorts.models import Cohort

    dev, cohort = User.objects.get(email=DEV), Cohort.objects.get(slug="spring")
    now = timezone.now()
    _entries(dev, lines, now)
    _announcements(cohort, dev, lines, now)
    _notices(dev, lines)
    room = _conversations(conversations)
    paths = {
        "the list of a journal": "/journal/",
        "a journal's deleted entries": "/journal/deleted/",
        "the notices of a member": "/account/notices/",
        "the page of a cohort": "/cohorts/spring/",
        "the caucuses of a member": "/caucuses/",
        "the conversations of a caucus": f"/caucuses/{room}/threads/",
        "the room of a caucus": f"/caucuses/{room}/",
        "Today": "/today/",
        "what of oneself others can see": "/account/visible/",
    }
    client = client_of(DEV)
    _open_journal(client)
    return {name: seen(client, path, RUNS) for name, path in paths.items()}


def _open_journal(client: Any) -> None:
    import time

    from accountability.journal.lock import KEY

    session = client.session
    session[KEY] = {"opened": time.time(), "active": time.time()}
    session.save()


def _entries(dev: Any, lines: int, now: Any) -> None:
    """As many deleted ones as others."""
    from datetime import timedelta

    from accountability.journal.models import Entry

    for is_deleted in (False, True):
        there = Entry.objects.filter(author=dev, deleted_at__isnull=not is_deleted).count()
        for begin in range(there, lines, 500):
            Entry.objects.bulk_create(
                Entry(
                    author=dev, title=f"Day {at}", body=SAID, tags="[]", written_at=now - timedelta(hours=at), changed_at=now,
                    deleted_at=now if is_deleted else None,
                )
                for at in range(begin, min(begin + 500, lines))
            )  # fmt: skip


def _announcements(cohort: Any, by: Any, lines: int, now: Any) -> None:
    from datetime import timedelta

    from cohorts.models import Announcement

    first = Announcement.objects.filter(cohort=cohort).first()
    words = {"text": SAID, "text_html": f"<p>{SAID}</p>", "cleaner_version": first.cleaner_version if first else 1}  # fmt: skip
    Announcement.objects.bulk_create(
        Announcement(cohort=cohort, author=by, posted_at=now - timedelta(hours=at), **words)
        for at in range(Announcement.objects.filter(cohort=cohort).count(), lines)
    )


def _notices(dev: Any, lines: int) -> None:
    """Each of an announcement of its own; no mail tells of them."""
    from cohorts.models import Announcement
    from cohorts.notifications.talk import ANNOUNCEMENT
    from notices.models import Notice

    rows = Announcement.objects.filter(cohort__slug="spring").values_list("pk", flat=True)
    there = Notice.objects.filter(member=dev).count()
    Notice.objects.bulk_create(
        (
            Notice(member=dev, kind=ANNOUNCEMENT, about="", sealed=json.dumps({"announcement": str(pk)}))
            for pk in list(rows)[there:lines]
        ),
        batch_size=500,
    )  # fmt: skip


def _conversations(lines: int) -> str:
    """In Dev's caucus; gives its id."""
    from bench.caucus_seed import own_room
    from caucuses.threads.actions import begin_thread
    from caucuses.threads.models import Thread

    seat = own_room()[0]
    for at in range(Thread.objects.filter(caucus=seat.caucus_id).count(), lines):
        begin_thread(seat=seat, title=f"Number {at}", text=SAID)
    return str(seat.caucus_id)


if __name__ == "__main__":
    import django

    django.setup()
    step(f"lists of a member with {sys.argv[1]} lines")
    json.dump(measured(*(FEW if sys.argv[1] == "few" else MANY)), sys.stdout)
