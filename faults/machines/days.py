"""What happens to one of the machines: its power fails, it stands still, or its wire is pulled; and what must be so meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable

from faults.browser import Browser, NoAnswer
from faults.case import Case
from faults.machines.parts import Replica
from faults.machines.site import INNER, Site

#: Each machine, and what can happen to it. The bucket forgets everything when its power fails, which says nothing of ours.
DAYS: dict[str, tuple[str, ...]] = {
    "web1": ("kill", "freeze", "cut"),
    "web2": ("kill", "freeze", "cut"),
    "worker1": ("kill", "freeze", "cut"),
    "worker2": ("kill", "freeze", "cut"),
    "store": ("kill", "freeze", "cut"),
    "database": ("kill", "freeze", "cut"),
    "replica": ("kill", "freeze", "cut", "fall behind"),
    "uploads": ("freeze", "cut"),
    "balancer": ("kill", "freeze", "cut"),
}
#: Of `core.replica`, in seconds.
MOST_LAG, LOOK_EVERY = 10, 5
WORDS = {"kill": "killed", "freeze": "frozen", "cut": "cut off", "fall behind": "behind"}
ALL = [(name, what) for name, days in DAYS.items() for what in days]
#: Machines without which the others go on: whoever is signed in notices at most one slow answer.
SPARE = ("web1", "web2", "worker1", "worker2", "store", "replica", "uploads")


def day_of(number: int) -> tuple[str, str]:
    """Which machine, and what happens to it, in the case of this number."""
    return ALL[(number - 1) % len(ALL)]


def happens(case: Case) -> None:
    """Let it happen, look whether the others go on, and end it."""
    name, what = day_of(case.number)
    site: Site = case.site  # type: ignore[assignment]
    machine, seconds = site.machines[name], case.rng.uniform(4, 9)
    if what == "fall behind":
        seconds += MOST_LAG + LOOK_EVERY  # after which it is left alone
    begin, end = _ways(machine)[what]
    begin()
    try:
        _others_go_on(case, name, seconds)
        if name == "replica":
            shown_everywhere(case)
    finally:
        end()
    case.happened(f"{name} {WORDS[what]} for {seconds:.0f} s")


def _ways(machine: object) -> dict[str, tuple[Callable[[], None], Callable[[], None]]]:
    if isinstance(machine, Replica):
        behind = {"fall behind": (machine.fall_behind, machine.catch_up)}
    else:
        behind = {}
    return behind | {
        "kill": (machine.kill, machine.start),  # type: ignore[attr-defined]
        "freeze": (machine.freeze, machine.thaw),  # type: ignore[attr-defined]
        "cut": (machine.cut, machine.mend),  # type: ignore[attr-defined]
    }


def _others_go_on(case: Case, name: str, seconds: float) -> None:
    """Somebody who is signed in reads on; a page that does not come is noted, one that asks to sign in is wrong."""
    until, reader = time.monotonic() + seconds, case.stage.people[0].browser
    answers = []
    while time.monotonic() < until:
        try:
            answers.append(reader.get("/today/").status)
        except NoAnswer:
            answers.append(0)
        time.sleep(0.3)
    if 302 in answers:
        case.verdict.faults.append(f"somebody was logged out while {name} was away")
    if name in SPARE and not answers.count(200):
        case.verdict.faults.append(f"no page came while {name} was away: {answers}")
    case.verdict.notes["pages without an answer meanwhile"] = len(answers) - answers.count(200)


def afterwards(case: Case) -> None:
    """Everybody is still signed in, and who guesses has as many tries on all web machines together as on one."""
    for person in case.stage.people:
        status = person.browser.get("/today/").status
        if status != 200:
            case.verdict.faults.append(f"{person.name} is logged out (status {status})")
    if case.number % len(ALL) == 0:
        time.sleep(MOST_LAG)  # what is still on its way to the replica
        shown_everywhere(case)
        allowed = guesses(case.site)  # type: ignore[arg-type]
        if allowed != GUESSES:
            case.verdict.faults.append(f"{allowed} wrong passwords were looked at, not {GUESSES}")


def shown_everywhere(case: Case) -> None:
    """What is published now stands on the next page of each web machine, for who is signed out, too."""
    site: Site = case.site  # type: ignore[assignment]
    word = f"Published {case.load.marker()}"
    site.manage(PUBLISH.format(title=word))
    for web in site.webs:
        page = Browser(INNER, host=web.address, name=f"localhost:{site.port}").get(LESSON)
        if page.status != 200 or word not in page.text:
            case.verdict.faults.append(f"{web.name} does not show what was published (status {page.status})")  # fmt: skip


LESSON = "/learn/how-redlining-worked/grading-a-city/"
PUBLISH = """
from curriculum.models import LessonPage
page = LessonPage.objects.get(slug="grading-a-city", locale__language_code="en")
page.title = "{title}"
page.save_revision().publish()
"""

#: As many as ACCOUNT_RATE_LIMITS lets be wrong for one address in five minutes.
GUESSES = 5


def guesses(site: Site) -> int:
    """How many wrong passwords for one address are looked at before the site refuses to look, on whichever machine."""
    looked_at = 0
    for _ in range(GUESSES * 2):
        guesser = Browser(site.port, host=site.host)
        page = guesser.get("/account/login/")
        form = {"csrfmiddlewaretoken": page.token, "login": "kofi@riverton.example", "password": "no"}  # fmt: skip
        answer = guesser.post("/account/login/", form)
        looked_at += "Too many attempts" not in answer.text
    return looked_at
