"""H7: the worker is killed in the middle of what it does: inviting the people of a file, and sending their mail."""

from __future__ import annotations

import signal
import time

from faults.acts import INVITATION
from faults.case import Case, Kind
from faults.judge import judge_mails, judge_rows
from faults.load import ACKNOWLEDGED, Sent
from faults.surroundings import send_signal, wait_until

PEOPLE = 40
BACK_WITHIN = 10.0  # seconds until there is a worker again
DONE_WITHIN = 240.0  # seconds: a lease and a minute, with the waits of mail cut short


def kill(case: Case) -> None:
    """Give it a file of forty people, and kill it at some moment of the work; sometimes again."""
    markers = [case.load.marker() for _ in range(PEOPLE)]
    case.stage.reader.ask(
        "take_in", addresses=[f"{marker.lower()}@example.org" for marker in markers]
    )
    now = time.monotonic()
    for marker in markers:
        case.load.note(Sent(INVITATION, "a file", marker, now, ACKNOWLEDGED))
    kills = case.rng.choice((1, 1, 2))
    for _ in range(kills):
        time.sleep(case.rng.uniform(0.2, 3.5))
        wait_until(case.site.workers, 10)
        for pid in case.site.workers():
            send_signal(pid, signal.SIGKILL)
    case.happened(f"the worker killed {kills} times in the middle of a file")


def done_once(case: Case) -> None:
    """A worker is back, the file is done, and everybody in it has one invitation and one mail."""
    if not wait_until(
        case.site.workers, BACK_WITHIN - min(BACK_WITHIN - 1, time.monotonic() - case.ended)
    ):
        case.verdict.faults.append(f"no worker {BACK_WITHIN:.0f} s after the kill")
    reader = case.stage.reader
    begun = time.monotonic()

    def over() -> bool:
        reader.ask("hurry")
        waiting = [
            mail
            for mail in reader.ask("outbox")
            if mail["state"] == "waiting" and mail["kind"] != "digest"
        ]
        return not waiting and not reader.ask("files_waiting")

    if not wait_until(over, DONE_WITHIN, every=1):
        case.verdict.faults.append(f"not done {DONE_WITHIN:.0f} s after the kill")
    case.verdict.notes["done after s"] = round(time.monotonic() - begun, 1)
    again = judge_rows(case.load.sent, reader.ask("rows"))
    judge_mails(again, case.load.sent, reader.ask("outbox"), case.stage.delivered())
    case.verdict.missing, case.verdict.doubled, case.verdict.half_done = (
        again.missing,
        again.doubled,
        again.half_done,
    )


KIND = Kind("task-killed", "worker killed in the middle of a task", kill, done_once)
