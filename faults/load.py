"""Writers that go on working whatever happens, and remember what the site has acknowledged."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from hashlib import sha256

from faults.acts import Act, Form, Person
from faults.browser import NoAnswer

STOPPED_WITHIN = 60  # seconds for the last answers
MOST_TRIES = 40
PAUSE = (0.1, 0.4)  # seconds between two acts of a person: the machine is busy and not flooded
ACKNOWLEDGED, UNKNOWN, REFUSED = "acknowledged", "unknown", "refused"


@dataclass
class Sent:
    """One act: who did it, which marker it bears, and what the site has said to it."""

    act: Act
    person: str
    marker: str
    at: float
    outcome: str = UNKNOWN
    tries: int = 0
    said: str = ""
    took: float = 0.0  # seconds of the try that was acknowledged


@dataclass
class Load:
    """All writers of one case."""

    people: list[Person]
    seed: str
    sent: list[Sent] = field(default_factory=list)
    failures: list[tuple[float, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)  # answers that no cause excuses

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._number = 0

    def start(self) -> None:
        """Let everybody begin."""
        self._threads = [
            threading.Thread(
                target=self._work,
                args=(person, random.Random(f"{self.seed}/{person.name}")),
                daemon=True,
            )
            for person in self.people
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let everybody finish what they hold in their hands."""
        self._stop.set()
        until = time.monotonic() + STOPPED_WITHIN
        for thread in self._threads:
            thread.join(max(0.1, until - time.monotonic()))

    def stalled(self) -> bool:
        """Whether somebody still waits for an answer although all should have theirs."""
        return any(thread.is_alive() for thread in self._threads)

    def marker(self) -> str:
        """A word that stands nowhere else."""
        with self._lock:
            self._number += 1
            digits = int(sha256(self.seed.encode()).hexdigest(), 16) % 10**10
            return f"F{digits:010d}X{self._number:04d}"

    def note(self, sent: Sent) -> Sent:
        """Remember an act before its form is sent."""
        with self._lock:
            self.sent.append(sent)
        return sent

    def fail(self, what: str) -> None:
        """Remember that something was not answered as on a good day."""
        with self._lock:
            self.failures.append((time.monotonic(), what))

    def last_failure(self, since: float) -> float:
        """When something failed last, in seconds after `since`; 0 when nothing did."""
        return max((at - since for at, _what in self.failures if at > since), default=0.0)

    def first_answer(self, since: float) -> float | None:
        """When an act that was begun after `since` was acknowledged first, in seconds after it; None when none was."""
        done = [one for one in self.sent if one.outcome == ACKNOWLEDGED and one.at >= since]
        return min((one.at + one.took - since for one in done), default=None)

    def _work(self, person: Person, rng: random.Random) -> None:
        while not self._stop.is_set():
            act = rng.choice(person.acts)
            try:
                form = person.open(act, self.marker())
            except NoAnswer as problem:
                form = None
                self.fail(f"{act.page}: {problem}")
                self._stop.wait(0.2)
            if form is not None:
                self.send(person, form, persists=rng.random() < 0.7)
            elif not self._stop.is_set():
                self.fail(f"{act.page}: no form")
                self._stop.wait(0.2)
            self._stop.wait(rng.uniform(*PAUSE) + (0.3 if act.kind == "announcement" else 0))

    def send(self, person: Person, form: Form, *, persists: bool = True) -> Sent:
        """Send a form; who persists presses again, with the same form, until the site has answered."""
        sent = self.note(Sent(form.act, person.name, form.marker, time.monotonic()))
        for _try in range(MOST_TRIES if persists else 1):
            if self._tried(person, form, sent) or (self._stop.is_set() and sent.tries > 20):
                break
            time.sleep(0.25)
        return sent

    def _tried(self, person: Person, form: Form, sent: Sent) -> bool:
        """Send it once. True when there is nothing more to try."""
        sent.tries += 1
        begun = time.monotonic()
        try:
            answer = person.browser.post(form.act.to, form.values)
        except NoAnswer as problem:
            self.fail(f"{form.act.to}: {problem}")
            return False
        sent.took, sent.said = time.monotonic() - begun, f"{answer.status} {answer.location}"
        if form.act.done(answer):
            sent.outcome = ACKNOWLEDGED
        elif answer.status == 503:
            self._look_at(answer.text, form)
            self.fail(f"{form.act.to}: 503")
            return False
        elif answer.status in {502, 504}:  # of a proxy that got no answer from the site
            self.fail(f"{form.act.to}: {answer.status}")
            return False
        elif answer.status == 409 and form.act.replaces:
            return True  # another text was saved in between: the page shows both, and nothing is known of this one
        else:
            sent.outcome = REFUSED
            self.fail(f"{form.act.to}: {answer.status}")
            self.errors.append(f"{form.act.to} was answered with {answer.status} {answer.location}")
        return True

    def _look_at(self, page: str, form: Form) -> None:
        """A page that says “not now” gives back what was typed."""
        typed = form.act.fields(form.marker)
        if form.marker not in page and form.marker.lower() not in page and typed:
            self.errors.append(
                f"{form.act.to} was answered with 503, and the typed words were not on its page"
            )
