"""H11: the line is cut in the middle of sending or before the answer is read, and the same form is sent again."""

from __future__ import annotations

import time

from faults.case import Case, Kind
from faults.load import ACKNOWLEDGED

CUTS = 6  # a case, while others work


def cut(case: Case) -> None:
    """Six forms: each cut off once or twice, then sent until it is answered. Some are never sent again."""
    for _ in range(CUTS):
        person = case.rng.choice(case.stage.people)
        act = case.rng.choice([one for one in person.acts if not one.replaces])
        form = person.open(act, case.load.marker())
        if form is None:
            case.verdict.faults.append(f"{act.page} showed no form")
            continue
        for _again in range(case.rng.choice((1, 1, 2))):
            share = case.rng.choice((case.rng.uniform(0.05, 0.99), 1.0, 1.0))
            person.browser.cut(
                act.to, form.values, share=share, then_wait=case.rng.choice((0, 0.01, 0.05))
            )
        sent = case.load.send(person, form, persists=case.rng.random() < 0.8)
        if sent.outcome != ACKNOWLEDGED:
            case.verdict.faults.append(f"{act.kind} sent again was not taken: {sent.said}")
        time.sleep(case.rng.uniform(0, 0.1))
    case.happened(f"{CUTS} forms cut off and sent again")


KIND = Kind("cut-off", "request cut off, then sent again", cut)
