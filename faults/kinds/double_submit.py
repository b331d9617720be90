"""H9: the same form pressed twice, in parallel, again much later, and from two tabs of one text."""

from __future__ import annotations

import threading
import time

from faults.acts import Act, Form, Person
from faults.browser import Answer, NoAnswer
from faults.case import Case, Kind
from faults.load import ACKNOWLEDGED, Sent

FORMS = 8  # a case


def press(case: Case) -> None:
    """Eight forms, each pressed two to four times at once, and once more when all is answered."""
    times = 0
    for _ in range(FORMS):
        person = case.rng.choice(case.stage.people)
        act = case.rng.choice([one for one in person.acts if not one.replaces])
        form = _opened(person, case, act)
        many = case.rng.randint(2, 4)
        answers = _at_once(person, form, many)
        answers.append(person.browser.post(act.to, form.values))
        times += many + 1
        sent = case.load.note(Sent(act, person.name, form.marker, time.monotonic()))
        if any(map(act.done, answers)):
            sent.outcome = ACKNOWLEDGED
        places = {answer.location for answer in answers if act.done(answer)}
        wrong = [answer.status for answer in answers if not act.done(answer)]
        if wrong or len(places) != 1:
            case.verdict.faults.append(f"{act.kind}: answers {wrong}, led to {len(places)} places")
    _two_tabs(case)
    case.happened(f"{FORMS} forms pressed {times} times")


def _two_tabs(case: Case) -> None:
    """Two tabs of one text: the second to save is shown both texts, and nothing is overwritten."""
    hana = next(person for person in case.stage.people if person.name == "hana")
    act = next(one for one in hana.acts if one.kind == "notes")
    first, second = _opened(hana, case, act), _opened(hana, case, act)
    sent = case.load.note(Sent(act, hana.name, first.marker, time.monotonic()))
    if hana.browser.post(act.to, first.values).status == 302:
        sent.outcome = ACKNOWLEDGED
    late = hana.browser.post(act.to, second.values)
    if late.status != 409 or first.marker not in late.text or second.marker not in late.text:
        case.verdict.faults.append(f"two tabs: status {late.status}, or a text is not on the page")


def _opened(person: Person, case: Case, act: Act) -> Form:
    form = person.open(act, case.load.marker())
    if form is None:
        raise NoAnswer(f"{person.name} got no form")
    return form


def _at_once(person: Person, form: Form, many: int) -> list[Answer]:
    answers: list[Answer] = []
    barrier = threading.Barrier(many)

    def send() -> None:
        barrier.wait()
        answers.append(person.browser.post(form.act.to, form.values))

    threads = [threading.Thread(target=send) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


KIND = Kind("double-submit", "one form pressed several times, two tabs", press, under_load=False)
