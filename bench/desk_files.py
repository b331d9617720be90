"""What `bench.desk` asks about a file of 10 000 people, and about files that nobody can use. Each prints JSON.

Usage: python -m bench.desk_files send | wait read|half|all | start | imported | count | bad
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from django.conf import settings

from bench.desk_seed import ana, count, seen

ROWS, KNOWN = 10_000, 5_000  # of the file, and how many of them are members
LONGEST = 1_200  # seconds to wait for a worker
IMPORTED = "bench-imported"


def count_imported() -> dict[str, Any]:
    """What the weekly count takes for the cohort into which the file was brought, its page, and the one of its numbers."""
    from cohorts.models import Cohort
    from core.clock import today_here

    Cohort.objects.exclude(slug=IMPORTED).update(ends_on=today_here() - timedelta(days=1), starts_on=today_here() - timedelta(days=60))  # fmt: skip
    Cohort.objects.filter(slug=IMPORTED).update(starts_on=today_here())
    found: dict[str, Any] = dict(count(days=7))
    for name, address in (("page", f"/cohorts/{IMPORTED}/"), ("insights", f"/cohorts/{IMPORTED}/insights/")):  # fmt: skip
        found |= {f"{name}_{what}": value for what, value in seen(address).items()}
    return found


def send_file() -> dict[str, int]:
    """Ana sends a table of 10 000 rows: half of them members of other cohorts, half nobody's address."""
    from cohorts.actions import take_in
    from cohorts.models import Cohort
    from core.clock import today_here

    tomorrow = today_here() + timedelta(days=1)
    cohort = Cohort.objects.create(slug=IMPORTED, name="Imported", starts_on=tomorrow)
    known = [f"person{number}@many.example" for number in range(KNOWN)]
    new = [f"new{number}@elsewhere.example" for number in range(ROWS - KNOWN)]
    rows = [one for both in zip(known, new, strict=True) for one in both]
    take_in(cohort=cohort, data=_table(rows), by=ana())
    return {"rows": len(rows)}


def wait(until: str) -> dict[str, int]:
    """Until the worker has read the file, carried out half of it, or all of it."""
    from cohorts.choices import ImportState

    reached: dict[str, Callable[[Any], bool]] = {
        "read": lambda one: one.state != ImportState.READING,
        "half": lambda one: one.rows.exclude(became="").count() >= ROWS // 2,
        "all": lambda one: one.state != ImportState.RUNNING,
    }
    end = time.monotonic() + LONGEST
    while not reached[until](one := _file()):
        if time.monotonic() > end:
            raise RuntimeError(f"It took too long: {one.state}.")
        time.sleep(0.1)
    return {"done": one.rows.exclude(became="").count()}


def start_file() -> dict[str, bool]:
    """Ana starts it."""
    from cohorts.actions import start_import

    return {"started": start_import(member_import=_file(), by=ana())}


def imported() -> dict[str, Any]:
    """What came of it: nobody lost, nobody twice."""
    from django.db.models import Count

    from cohorts.models import Cohort, Invitation
    from notices.models import Notice, OutboxMail

    one, cohort = _file(), Cohort.objects.get(slug=IMPORTED)
    invitations = Invitation.objects.filter(cohort=cohort)
    waiting = OutboxMail.objects.filter(recipient__endswith="@elsewhere.example")
    mails = [*waiting.values_list("recipient", flat=True), *_sent_to()]
    told = Notice.objects.filter(kind="cohorts.added", member__memberships__cohort=cohort)
    return {
        "state": one.state,
        "became": dict(one.rows.values_list("became").annotate(many=Count("pk"))),
        "addresses_left_in_rows": one.rows.exclude(email="").count(),
        "invitations": invitations.count(),
        "addresses_invited": invitations.values("email").distinct().count(),
        "mails": len(mails),
        "addresses_with_a_mail": len(set(mails)),
        "places": cohort.memberships.count(),
        "people_with_a_place": cohort.memberships.values("member").distinct().count(),
        "people_told": told.values("member").distinct().count(),
        "notices": told.count(),
    }


def _sent_to() -> list[str]:
    """To whom mails of the file went out: a row forgets the address when its mail is sent."""
    folder = Path(str(settings.MAIL_DELIVERY["folder"]))
    letters = (
        message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in folder.glob("*.eml")
    )
    return [to for letter in letters if (to := str(letter["To"])).endswith("@elsewhere.example")]


def bad() -> dict[str, dict[str, Any]]:
    """Files that nobody can use: what each is answered with, and how long it takes. Nobody is invited by any."""
    from cohorts.models import Invitation

    before = Invitation.objects.count()
    many = [f"person-{number}@bad.example" for number in range(ROWS)]
    found = {name: _answer_to(data) for name, data in _bad_files(many).items()}
    assert Invitation.objects.count() == before  # noqa: S101
    return found


def _bad_files(many: list[str]) -> dict[str, bytes]:
    return {
        "nothing wrong": _table(many),
        "no text, but bytes": b"\0" + _table(many),
        "UTF-16 without its mark": "\n".join(many).encode("utf-16-le"),
        "formulas": _table([f"=HYPERLINK(1{number})" for number in range(ROWS)]),
        "one address 10 000 times": _table([many[0]] * ROWS),
        "her own address and one operator": _table([ana().email, "gus@riverton.example", *many[2:]]),
        "letters of Windows": _table([f"persón{number}@bad.example" for number in range(ROWS)], "cp1252"),
        "a quotation mark in the last row": _table([*many[:-1], '"open']),
        "one row too many": _table([*many, "more@bad.example"]),
    }  # fmt: skip


def _answer_to(data: bytes) -> dict[str, Any]:
    from cohorts.actions import discard_import, take_in
    from cohorts.member_file import Unusable
    from cohorts.models import Cohort
    from core.tasks import work_off

    cohort, began = Cohort.objects.get(slug=IMPORTED), time.process_time()
    try:
        one = take_in(cohort=cohort, data=data, by=ana())
    except Unusable as problem:
        return {"answer": str(problem), "cpu_seconds": round(time.process_time() - began, 2)}
    taken = time.process_time() - began
    work_off()
    one.refresh_from_db()
    found = {
        "answer": str(one.why) if one.problem else f"{one.get_state_display()}",
        "rows": dict(Counter(one.rows.values_list("verdict", flat=True))),
        "taken_in_cpu_seconds": round(taken, 2),
        "cpu_seconds": round(time.process_time() - began, 2),
    }
    discard_import(member_import=one, by=ana())
    return found


def _file() -> Any:
    from cohorts.models import MemberImport

    return MemberImport.objects.filter(cohort__slug=IMPORTED).defer("data").get()


def _table(rows: list[str], encoding: str = "utf-8") -> bytes:
    return "\n".join(["email", *rows, ""]).encode(encoding)


if __name__ == "__main__":
    import django

    django.setup()
    work: dict[str, Callable[..., Any]] = {
        "send": send_file, "wait": wait, "start": start_file, "imported": imported, "count": count_imported, "bad": bad
    }  # fmt: skip
    json.dump(work[sys.argv[1]](*sys.argv[2:]), sys.stdout)
