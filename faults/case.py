"""One case: people work, something happens, the site comes back, and what was acknowledged is held against what is there."""

from __future__ import annotations

import contextlib
import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from faults import acts
from faults.asking import Reader
from faults.browser import NoAnswer
from faults.judge import SLOWEST, Verdict, judge_mails, judge_rows
from faults.load import ACKNOWLEDGED, Load
from faults.mails import in_folder
from faults.site import Site

BACK_WITHIN = 60.0  # seconds after which nobody waits for the site any more
GOES_ON = 1.0  # seconds for which people work on after it is back


@dataclass
class Stage:
    """A site with the people on it, for all cases of one kind on one database."""

    site: Site
    reader: Reader
    people: list[acts.Person] = field(default_factory=list)
    elu: acts.Person | None = None
    tool: Any = None  # the other program of this kind: mail server, shared cache, disk

    def sign_in(self, *, in_season: bool = True) -> None:
        """Everybody comes in anew."""
        self.people = acts.people(self.site.port, in_season=in_season, host=self.site.host)
        self.elu = acts.probe(self.site.port, self.site.host)

    def delivered(self) -> list[tuple[str, str]]:
        """Message-ID and address of every mail that has reached the mail server, or the folder that stands for it."""
        mails = getattr(self.tool, "delivered", None)
        return list(mails) if mails is not None else in_folder(self.site.home / "mail")


@dataclass
class Case:
    """One of the cases of a kind. `rng` decides everything in it, so that its seed repeats it."""

    kind: str
    number: int
    seed: str
    stage: Stage
    load: Load
    rng: random.Random
    verdict: Verdict = field(default_factory=Verdict)
    ended: float = 0.0  # when the cause was over, by `time.monotonic`
    said: str = ""  # what was done, for the line

    @property
    def site(self) -> Site:
        """The site that this happens to."""
        return self.stage.site

    def happened(self, what: str) -> None:
        """The cause is over now."""
        self.ended, self.said = time.monotonic(), what


Cause = Callable[[Case], None]


@contextlib.contextmanager
def nothing_more(_folder: Path) -> Iterator[tuple[dict[str, str], Any]]:
    """A site that needs no other program beside it."""
    yield {}, None


@dataclass(frozen=True)
class Kind:
    """One kind of bad day. `cause` does it while people work; `after` judges what only this kind can tell.

    Without `under_load` the cause lets people work itself, and measures how long the site took to come back, where it was away.
    `around` gives the site's further variables and the other program, for as long as the stage stands.
    """

    name: str
    says: str
    cause: Cause
    after: Cause | None = None
    around: Callable[[Path], AbstractContextManager[tuple[dict[str, str], Any]]] = nothing_more
    databases: tuple[str, ...] = ("sqlite", "postgresql")
    under_load: bool = True
    within: float = SLOWEST  # seconds to come back in; a kind with a limit of its own says why


@contextlib.contextmanager
def standing(kind: Kind, database: str, folder: Path) -> Iterator[Stage]:
    """A site for the cases of a kind, started, with everybody signed in; ended whatever happens."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    with kind.around(folder) as (given, tool):
        site = Site(folder, database, **given)
        stage = Stage(site, Reader(site), tool=tool)
        with contextlib.ExitStack() as ends:
            ends.callback(site.end)
            ends.callback(stage.reader.end)
            site.begin()
            stage.sign_in()
            yield stage


def told(kind: Kind, stage: Stage, number: int, seed: str) -> Case:
    """Run one case to its verdict."""
    case = Case(kind.name, number, seed, stage, Load(stage.people, seed), random.Random(seed))
    case.verdict.within = kind.within
    if not kind.under_load:
        kind.cause(case)
    else:
        case.load.start()
        pace = _pace(case)
        time.sleep(case.rng.uniform(0.2, 1.2))
        try:
            kind.cause(case)
            case.verdict.recovery = recovered(case)
            case.verdict.notes["a page and a form before s"] = pace
            time.sleep(GOES_ON)
        finally:
            case.load.stop()
        if case.load.stalled():
            case.verdict.faults.append("somebody got no answer at all")
        case.verdict.recovery = max(case.verdict.recovery, case.load.last_failure(case.ended))
    _judge(kind, case)
    return case


def _judge(kind: Kind, case: Case) -> None:
    reader, sent = case.stage.reader, case.load.sent
    found = judge_rows(sent, reader.ask("rows"))
    found.recovery, found.within = case.verdict.recovery, case.verdict.within
    found.faults += [*case.verdict.faults, *sorted(set(case.load.errors))]
    found.notes |= case.verdict.notes
    case.verdict = found
    found.faults += reader.ask("sound")
    judge_mails(found, sent, *_mails(case.stage))
    if kind.after is not None:
        kind.after(case)
    times = [one.took for one in sent if one.outcome == ACKNOWLEDGED]
    found.notes["acts"] = len(sent)
    found.notes["slowest answer s"] = round(max(times, default=0.0), 1)


def _mails(stage: Stage) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """The outbox, and what was delivered by the time it was read: a mail that leaves between both counts as delivered."""
    outbox = stage.reader.ask("outbox")
    return outbox, stage.delivered()


def _pace(case: Case) -> float:
    """Seconds that a page and a form take before anything happens: what the machine is capable of now."""
    begun, case.ended = time.monotonic(), time.monotonic()
    recovered(case)
    return round(time.monotonic() - begun, 1)


def recovered(case: Case) -> float:
    """Seconds from the end of the cause until a page can be read and a form sent again."""
    elu = case.stage.elu
    until = case.ended + BACK_WITHIN
    while elu is not None and time.monotonic() < until:
        try:
            elu.browser.patience = 5
            page = elu.browser.get("/today/")
            form = elu.open(acts.JOURNAL, case.load.marker()) if page.status == 200 else None
            if form is not None:
                begun = case.load.send(elu, form, persists=False)
                if begun.outcome == ACKNOWLEDGED:
                    return max(0.0, time.monotonic() - case.ended)
        except NoAnswer:
            pass
        time.sleep(0.1)
    case.verdict.faults.append(f"it did not come back within {BACK_WITHIN:.0f} s")
    return BACK_WITHIN


def keep(folder: Path, place: Path) -> Path:
    """Put the folder of a failed case where it stays."""
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(place, ignore_errors=True)
    shutil.move(folder, place)
    return place
