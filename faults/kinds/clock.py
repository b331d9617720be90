"""H12: the clock of every process jumps a day, over the hours that a time zone skips or has twice, over 29 February.

A member moves to another time zone meanwhile. Nobody is signed out early, no draft is lost, nobody is told twice or not at all.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from struct import pack

from faults.acts import Person
from faults.browser import NoAnswer
from faults.case import Case, Kind
from faults.surroundings import LeftOut

#: What a journal says that has locked: it shows no form, and gives one that was sent back with its words.
LOCKED = ("/journal/write/: no form", "/journal/write/: 403")
GIVEN_BACK = "/journal/write/ was answered with 403"
SOURCE = Path(__file__).with_suffix(".c")
DAY = 86_400
ZONES = (
    "America/New_York",
    "Pacific/Honolulu",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/St_Johns",
    "UTC",
)
#: Where the clock stands before a jump, and by how many seconds it jumps: (None: where it is).
JUMPS: tuple[tuple[str, datetime | None, int], ...] = (
    ("a day ahead and back", None, DAY),
    ("a day back and ahead", None, -DAY),
    ("over the hour that spring skips", datetime(2027, 3, 14, 6, 58, tzinfo=UTC), 3_600),
    ("over the hour that autumn has twice", datetime(2027, 11, 7, 5, 58, tzinfo=UTC), 3_600),
    ("onto 29 February and off it", datetime(2028, 2, 28, 23, 58, tzinfo=UTC), DAY),
)


class Clock:
    """The file from which every process of the site reads by how many seconds its time of day is off."""

    def __init__(self, file: Path) -> None:
        self.file, self.seconds = file, 0
        self.file.write_bytes(pack("q", 0))

    def set(self, seconds: float) -> None:
        """Put all clocks so far from the true time, at once."""
        self.seconds = int(seconds)
        with self.file.open(
            "r+b", buffering=0
        ) as file:  # in place: the processes look at this very file
            file.write(pack("q", self.seconds))


@contextlib.contextmanager
def own_clock(folder: Path) -> Iterator[tuple[dict[str, str], Clock]]:
    """A site whose clock can be set. Raises LeftOut where no C compiler makes the few lines that do it."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        raise LeftOut(
            "There is no C compiler (cc) to build what moves the clock, or this is not Linux."
        )
    library, clock = folder / "clock.so", Clock(folder / "clock")
    command = [compiler, "-shared", "-fPIC", "-O2", "-o", str(library), str(SOURCE)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    yield {"LD_PRELOAD": str(library), "LODESTAR_FAULTS_CLOCK": str(clock.file)}, clock


def jump(case: Case) -> None:
    """Put the clock where the jump begins, let people come in and work, jump, let them work, jump back or on."""
    clock: Clock = case.stage.tool
    words, base, seconds = JUMPS[(case.number // 2) % len(JUMPS)]
    clock.set((base - datetime.now(UTC)).total_seconds() if base else 0)
    case.stage.reader.ask("forget_limits")  # what was counted at another time of the clock
    case.stage.sign_in(in_season=base is None)
    case.load.people = case.stage.people
    dev = case.stage.people[0]
    draft = _draft(dev, case.load.marker())
    case.load.start()
    time.sleep(case.rng.uniform(1, 2))
    before = clock.seconds
    _move(case.stage.people[case.rng.randrange(5)], case.rng.choice(ZONES))
    clock.set(before + seconds)
    time.sleep(case.rng.uniform(1.5, 2.5))
    clock.set(before if base is None else before + 2 * seconds)
    case.happened(words)
    time.sleep(1.5)
    waited = time.monotonic() - case.ended
    case.load.stop()
    case.verdict.recovery = _back(case, waited)
    case.load.errors = [one for one in case.load.errors if not one.startswith(GIVEN_BACK)]
    _look(case, *draft)


def _back(case: Case, waited: float) -> float:
    """Seconds from the last jump until something was acknowledged that was begun after it, and until nothing failed any more."""
    first = case.load.first_answer(case.ended)
    failed = [at - case.ended for at, what in case.load.failures if what not in LOCKED]
    return max([waited if first is None else first, *failed])


def _draft(person: Person, marker: str) -> tuple[str, str]:
    """Begin a page of the journal and leave it as a draft: its marker and its address."""
    act = next(one for one in person.acts if one.kind == "entry")
    form = person.open(act, marker)
    if form is None:
        raise NoAnswer("the journal showed no form")
    answer = person.browser.post("/journal/write/", {**form.values, "act": "on"})
    return marker, f"/journal/{form.values['once']}/write/" if answer.status == 200 else ""


def _move(person: Person, zone: str) -> None:
    """Take another time zone, on the page where a member says who they are."""
    page = person.browser.get("/account/profile/")
    typed = dict(
        re.findall(r'<input type="(?:text|hidden)" name="(\w+)" value="([^"]*)"', page.text)
    )
    chosen = re.search(
        r'<select name="organization".*?<option value="([^"]*)"[^>]*selected', page.text, re.DOTALL
    )
    form = {
        **typed,
        "csrfmiddlewaretoken": page.token,
        "time_zone": zone,
        "organization": chosen[1] if chosen else "",
    }
    person.browser.post("/account/profile/", form)


def _look(case: Case, marker: str, address: str) -> None:
    """Everybody is still signed in, the draft is there, and nobody was told twice of one thing."""
    for person in case.stage.people:
        if person.browser.get("/today/").status != 200:
            case.verdict.faults.append(f"{person.name} was signed out")
    if not address or marker not in case.stage.reader.ask("drafts"):
        case.verdict.faults.append("a draft was lost")
    twice = case.stage.reader.ask("told_twice")
    if twice:
        case.verdict.faults.append(f"told twice: {', '.join(twice)}")
    # a journal that was left alone for a day by its clock has locked, as it should: it shows no form until it is opened
    silent = [what for _at, what in case.load.failures if what not in LOCKED]
    if silent:
        case.verdict.faults.append(f"not answered: {silent[0]}")


KIND = Kind(
    "clock", "clock jumps, time zones, 29 February", jump, around=own_clock, under_load=False
)
