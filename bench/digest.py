"""A digest for 10 000 members: a real worker on a database of its own is killed half way, and another one goes on.

Counted afterwards: Message-IDs in the mail files (one for each notice), mails nobody got or got twice, and how much the
worker's memory rose from its first mails to its last. By `bench.run`, or alone: python -m bench.digest [MEMBERS]
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from bench.load import pss_mb
from bench.measuring import Bench
from bench.site import environment

ROOT = Path(__file__).resolve().parent.parent
MEMBERS, ANNOUNCEMENTS = 10_000, 2
WARM = 500  # mails after which a worker's memory is what its work needs
MOST_RISE_MB = 10
LONGEST = 1_800  # seconds for one half
READ_EVERY = 0.2


def rows(_bench: Bench) -> dict[str, Any]:
    """The row of ten thousand."""
    return told(MEMBERS)


def told(members: int) -> dict[str, Any]:
    """Seed, run, kill, run again, count; what came of it, by the name of the row."""
    with tempfile.TemporaryDirectory(prefix="lodestar-digest-") as folder:
        env = environment(Path(folder))
        for command in (["migrate", "--noinput", "-v0"], ["migrate", "core", "--noinput", "-v0", "--database", "keys"], ["createcachetable"]):  # fmt: skip
            _run(env, "manage.py", *command)
        began = time.monotonic()
        _run(env, "-m", "bench.digest", "seed", str(members))
        planned = time.monotonic() - began
        mail = Path(folder) / "mail"
        first = _until(env, mail, members // 2)
        _run(env, "-m", "bench.digest", "lease")
        second = _until(env, mail, members)
        counted = json.loads(_run(env, "-m", "bench.digest", "count"))
    seconds = first["seconds"] + second["seconds"]
    return {
        f"14 a digest for {members} members, the worker killed half way": {
            "seconds": round(seconds, 1), "mails_per_second": round(members / seconds, 1),
            "seed_and_plan_seconds": round(planned, 1), **counted,
            "memory_rose_mb": round(max(first["rose"], second["rose"]), 1), "aim_memory_rose_mb": MOST_RISE_MB,
            "memory_mb": round(second["pss"], 1),
        }
    }  # fmt: skip


def _run(env: dict[str, str], *arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], env=env, cwd=ROOT, capture_output=True, text=True)  # fmt: skip
    if done.returncode not in {0, 2}:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stderr[-3_000:]}")
    return done.stdout


def _until(env: dict[str, str], mail: Path, wanted: int) -> dict[str, float]:
    """Run a worker until so many mails lie in the folder, then kill it in the middle of its work.

    Gives how long it took, its memory at the end, and how much that had risen since its first mails.
    """
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_worker"], env=env, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    began, before = time.monotonic(), _mails(mail)
    warm = last = 0.0
    try:
        while (there := _mails(mail)) < wanted:
            if process.poll() is not None or time.monotonic() - began > LONGEST:
                raise RuntimeError(f"The worker stopped, or took too long, with {there} mails.")
            last = pss_mb(process.pid)
            if not warm and there - before >= min(WARM, (wanted - before) // 4):
                warm = last
            time.sleep(READ_EVERY)
        seconds = time.monotonic() - began
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    return {"seconds": seconds, "pss": last, "rose": last - (warm or last)}


def _mails(folder: Path) -> int:
    return sum(1 for name in os.listdir(folder) if name.endswith(".eml")) if folder.exists() else 0  # fmt: skip


def seed(members: int) -> None:
    """A cohort of so many, who all want what is announced once a week, and two announcements: both go into one digest."""
    from datetime import date

    from allauth.account.models import EmailAddress
    from django.utils import timezone

    from accounts.models import User
    from cohorts import notifications
    from cohorts.actions import post_announcement
    from cohorts.models import Cohort, Membership
    from notices.choices import Rhythm
    from notices.models import OutboxMail, Preference

    cohort = Cohort.objects.create(slug="large", name="Large", starts_on=date(2026, 1, 1))
    people = [
        User(email=f"digest{number}@example.org", chosen_name=f"Member {number}")
        for number in range(members + 1)
    ]
    User.objects.bulk_create(people, batch_size=1_000)
    EmailAddress.objects.bulk_create(
        (EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people),
        batch_size=1_000,
    )
    Membership.objects.bulk_create(
        (Membership(cohort=cohort, member=one, is_facilitator=one is people[0]) for one in people),
        batch_size=1_000,
    )
    Preference.objects.bulk_create(
        (Preference(member=one, kind=notifications.ANNOUNCEMENT, rhythm=Rhythm.WEEKLY) for one in people),
        batch_size=1_000,
    )  # fmt: skip
    for number in range(ANNOUNCEMENTS):
        post_announcement(cohort=cohort, text=f"We meet on day {number}.", by=people[0])
    OutboxMail.objects.update(due_at=timezone.now())  # Monday morning has come


def lease() -> None:
    """As if the five minutes had passed for which the killed worker's claim holds."""
    from notices.models import OutboxMail

    OutboxMail.objects.waiting().update(lease_until=None)


def count() -> None:
    """What lies in the folder against what was to be told. The last worker was killed too: its last mail may wait."""
    from django.conf import settings

    from notices.models import Notice, OutboxMail

    ids: Counter[str] = Counter()
    readers: Counter[str] = Counter()
    for path in Path(str(settings.MAIL_DELIVERY["folder"])).glob("*.eml"):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        ids[str(message["Message-ID"])] += 1
        readers[str(message["To"])] += 1
    told = Notice.objects.filter(mail__message_id__in=list(ids))
    attempts = sum(OutboxMail.objects.values_list("attempts", flat=True))
    json.dump(
        {
            "notices": Notice.objects.count(), "notices_told": told.count(), "mails": sum(ids.values()),
            "message_ids": len(ids), "members_with_two_mails": sum(1 for one in readers.values() if one > 1),
            "attempts_beyond_one_a_mail": attempts - len(ids),
        },
        sys.stdout,
    )  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:2] in (["seed"], ["lease"], ["count"]):
        import django

        django.setup()
        {"seed": lambda: seed(int(sys.argv[2])), "lease": lease, "count": count}[sys.argv[1]]()
    else:
        print(json.dumps(told(int(sys.argv[1]) if len(sys.argv) > 1 else MEMBERS), indent=2))
