"""Verbs of a pulse: open, answer, close. What somebody chose stands in no log; that a pulse was opened or closed does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from backbone.insights.counting import learners
from backbone.pulse import notifications, sealed
from backbone.pulse.counting import NOT_READABLE, TOO_SOON, counts_of, result_of
from backbone.pulse.limits import APART, FEWEST_ASKED
from backbone.pulse.models import Answered, Box, Pulse, Question
from backbone.pulse.permissions import can_answer_pulse, can_close_pulse, can_open_pulse
from cohorts.actions.over import held_open
from cohorts.models import Cohort
from core import audit
from core.access import require
from core.clock import today_here
from core.crypto import owners
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.owners import Owner
from core.models import OwnerKind


class CannotOpenPulse(Exception):
    """A pulse cannot be opened in this cohort now. Nothing was done."""


class AlreadyOpen(CannotOpenPulse):
    """There is an open one."""


class AskedLately(CannotOpenPulse):
    """The last one closed a few days ago."""

    def __init__(self, from_day: date) -> None:
        super().__init__(from_day)
        self.from_day = from_day


class TooFewAsked(CannotOpenPulse):
    """So few would be asked that no result could be shown, whatever they answered."""


class PulseIsClosed(Exception):
    """It takes no answers any more. Nothing was kept."""


class NotAsked(Exception):
    """The member was not asked when it opened, or has left the list since. Nothing was kept."""


@dataclass(frozen=True)
class Asked:
    """One question as somebody writes it, with its answers."""

    words: str
    answers: Sequence[str]


def people_to_ask(cohort: Cohort) -> frozenset[UUID]:
    """Who learns in the cohort and is asked here: nobody is asked in two cohorts, or two results could be subtracted."""
    rows = cohort.memberships.current().filter(is_facilitator=False).select_related("member")
    people = learners(cohort, [row.member for row in rows])
    return people.everybody - people.learning_elsewhere


def why_not_now(cohort: Cohort) -> CannotOpenPulse | None:
    """What keeps a pulse from being opened now, if anything does."""
    last = cohort.pulses.order_by("-opened_on", "-closed_on").first()
    if cohort.pulses.open().exists():
        return AlreadyOpen()
    if last is not None and last.closed_on is not None:
        from_day = last.closed_on + timedelta(days=APART)
        if today_here() < from_day:
            return AskedLately(from_day)
    return None if len(people_to_ask(cohort)) >= FEWEST_ASKED else TooFewAsked()


@transaction.atomic
def open_pulse(*, cohort: Cohort, questions: Sequence[Asked], closes_on: date, by: Any) -> Pulse:
    """Ask the cohort. Who is asked is fixed now, and each gets a notice. Raises CohortIsOver, and CannotOpenPulse."""
    cohort = held_open(cohort)
    require(can_open_pulse(by, cohort))
    if (problem := why_not_now(cohort)) is not None:
        raise problem
    asked, pulse_id = people_to_ask(cohort), uuid4()
    owners.current_key(Owner(OwnerKind.PULSE, pulse_id))  # the key first, the rows second
    pulse = Pulse(
        pk=pulse_id,
        cohort=cohort,
        opened_on=today_here(),
        closes_on=closes_on,
        asked=len(asked),
    )
    pulse.save(force_insert=True)
    Question.objects.bulk_create(
        Question(pulse=pulse, number=number, words=one.words, answers=list(one.answers))
        for number, one in enumerate(questions, start=1)
    )
    Box.objects.create(pulse=pulse, waiting="")
    people = {sealed.named(one): 0 for one in sorted(asked)}
    sealed.write_people(Answered.objects.create(pulse=pulse, people="{}"), people)
    audit.record("pulse.opened", by=by, subject=pulse)
    notifications.pulse_opened(pulse, asked, by)
    return pulse


@transaction.atomic
def answer_pulse(*, pulse: Pulse, choices: Sequence[int], by: Any) -> bool:
    """Put what somebody chose into the box, a number for each question and 0 for none. False when they had answered already.

    Nothing else is written: no mark of the form, no line in a log, no time. Raises PulseIsClosed, NotAsked, CannotOpen.
    """
    row = _held(pulse)
    if row is None or not row.takes_answers:
        raise PulseIsClosed
    require(can_answer_pulse(by, row))
    people, me = sealed.people_in(row.answered), sealed.named(by.pk)
    if me not in people:
        raise NotAsked
    if people[me]:
        return False
    sealed.write_people(row.answered, {**people, me: 1})
    ballot = "".join(str(choice) for choice in choices)
    sealed.put(row.box, [*sealed.waiting_in(row.box), ballot])
    return True


@transaction.atomic
def close_pulse(*, pulse: Pulse, by: Any | None) -> Pulse:
    """Count once what may be shown, and delete the rest: ballots, box and list, then the key. A second time changes nothing.

    `by` is who closes it before its last day, None where the day has come. Raises KeyMissing, and then it stays as it was.
    """
    row = _held(pulse)
    if row is None:
        return Pulse.objects.get(pk=pulse.pk)
    require(by is None or can_close_pulse(by, row))
    row.result = _results(row)
    row.closed_on = today_here()
    row.save(update_fields=["result", "closed_on"])
    row.ballots.all().delete()
    Box.objects.filter(pulse=row).delete()
    Answered.objects.filter(pulse=row).delete()
    audit.record("pulse.closed", by=by, subject=row)
    transaction.on_commit(partial(destroy_key, row.pk), robust=True)
    return row


def destroy_key(pulse_id: UUID) -> int:
    """Destroy what opened the answers, for every backup too. May be run again; the worker does where a crash came between."""
    owners.destroy(Owner(OwnerKind.PULSE, pulse_id))
    return Pulse.objects.filter(pk=pulse_id).update(key_is_gone=True)


@transaction.atomic
def forget_member(*, member_id: UUID) -> None:
    """Take somebody who is erased off the lists of open pulses. What they chose cannot be found, and stays until the close."""
    rows = Pulse.objects.open()  # type: ignore[attr-defined]
    for row in rows.select_for_update(of=("self",)).order_by(
        "pk"
    ):  # the list is read when it is held
        try:
            people = sealed.people_in(row.answered)
        except CannotOpen:
            continue  # nobody can read it any more
        if people.pop(sealed.named(member_id), None) is not None:
            sealed.write_people(row.answered, people)


def _held(pulse: Pulse) -> Pulse | None:
    """The open pulse, held: of two who act the second finds what the first has done. None when it is closed."""
    rows = Pulse.objects.open().select_for_update(of=("self",))  # type: ignore[attr-defined]
    found: Pulse | None = rows.select_related("cohort").filter(pk=pulse.pk).first()
    return found


def _results(pulse: Pulse) -> list[dict[str, Any]]:
    """What is shown of each question. Where a ballot does not open any more, or it is closed too soon, nothing is."""
    questions = list(pulse.questions.all())
    try:
        ballots = sealed.all_ballots(pulse)
    except CannotOpen:
        could_not_open(pulse)
        return [{"why": NOT_READABLE} for _question in questions]
    if pulse.is_too_soon:
        return [{"why": TOO_SOON} for _question in questions]
    learning = pulse.cohort.memberships.current().filter(is_facilitator=False)
    here = {sealed.named(one) for one in learning.values_list("member", flat=True)}
    gone = pulse.asked - len(here & sealed.people_in(pulse.answered).keys())
    return [
        result_of(
            counts_of(ballots, place, len(question.answers)),
            asked=pulse.asked,
            learners=len(here),
            gone=gone,
        )
        for place, question in enumerate(questions)
    ]
