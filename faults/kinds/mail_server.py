"""E7, H17: the mail server is busy, refuses, hangs, dies after DATA or is away; in the end there is one mail of each."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from faults.case import Case, Kind
from faults.judge import judge_mails
from faults.load import ACKNOWLEDGED
from faults.mails import AWAY, BUSY, DIES, HANGS, REFUSES, WELL, MailServer
from faults.surroundings import wait_until

ALL_SENT_WITHIN = 30  # seconds after the waits of minutes were cut short
LONGEST_REQUEST = 1.0  # seconds: no request waits for a mail server
MOODS = (BUSY, REFUSES, HANGS, DIES, AWAY)


@contextlib.contextmanager
def mail_server(_folder: Path) -> Iterator[tuple[dict[str, str], MailServer]]:
    """A site that sends through a mail server of ours."""
    server = MailServer()
    server.start()
    try:
        yield {"EMAIL_URL": f"smtp://127.0.0.1:{server.port}"}, server
    finally:
        server.stop()


def misbehave(case: Case) -> None:
    """Let it misbehave for some seconds while people are told of things, then let it be itself again."""
    server: MailServer = case.stage.tool
    mood = MOODS[(case.number // 2) % len(MOODS)]
    server.become(mood)
    seconds = case.rng.uniform(2.5, 5)
    time.sleep(seconds)
    server.become(WELL)
    case.happened(f"the mail server {mood} for {seconds:.0f} s")


def one_mail_each(case: Case) -> None:
    """Everything that waits is sent in the end, each once, and no request has waited for it."""
    server: MailServer = case.stage.tool
    reader = case.stage.reader

    def none_waits() -> bool:
        waiting = [
            mail
            for mail in reader.ask("outbox")
            if mail["state"] == "waiting" and mail["kind"] != "digest"
        ]
        if waiting:
            reader.ask("hurry")
        return not waiting

    if not wait_until(none_waits, ALL_SENT_WITHIN, every=2):
        case.verdict.faults.append(f"mail still waits {ALL_SENT_WITHIN} s later")
    judge_mails(case.verdict, case.load.sent, reader.ask("outbox"), list(server.delivered))
    slow = [
        one.took
        for one in case.load.sent
        if one.outcome == ACKNOWLEDGED and one.took > LONGEST_REQUEST
    ]
    case.verdict.notes[f"acts over {LONGEST_REQUEST:.0f} s"] = len(slow)


KIND = Kind(
    "mail-server",
    "mail server busy, refusing, hanging, dying",
    misbehave,
    one_mail_each,
    around=mail_server,
)
