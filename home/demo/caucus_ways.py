"""What goes out of the caucuses of the demonstration, what comes in, and what is being changed there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from accounts.models import User
from caucuses.bringback.choices import NoteStanceKind, NoteState
from caucuses.bringback.models import Note, NoteStance, Released, Reply
from caucuses.choices import CONSIDERED_FOR, WAIT_DAYS, Happening, StanceKind
from caucuses.models import Agreement, Caucus, Event, JoinRequest, Proposal, Seat, Stance
from caucuses.tokens import token_for
from cohorts.actions.writing import cleaned
from cohorts.models import Cohort
from core.text import CLEANER_VERSION, clean_markdown
from home.demo.caucus_words import Asking, BroughtBack, Change

COHORT = "spring"
#: What is being considered began so long ago, when the demonstration is written.
A_WHILE = timedelta(hours=20)

Seats = Mapping[str, Seat]
Members = Mapping[str, User]


def write_brought_back(seats: Seats, notes: Iterable[BroughtBack], members: Members) -> None:
    """Write these notes, and on the cohort's page those that were released."""
    cohort = Cohort.objects.get(slug=COHORT)
    for one in notes:
        seat, released = seats[one.by], _released(one, cohort, members)
        note = Note.objects.create(
            caucus=seat.caucus,
            seat=seat,
            state=NoteState.RELEASED if released else NoteState.INSIDE,
            begun_at=one.begun_at,
            changed_at=one.begun_at,
            due_at=_morning_of(released) if released else _due(),
            cohort=str(cohort.pk),
            released=str(released.pk) if released else "",
            text=one.text,
            html=clean_markdown(one.text),
            cleaner_version=CLEANER_VERSION,
        )
        if released:
            Event.objects.create(
                caucus=seat.caucus, what=Happening.RELEASED, at=_morning_of(released)
            )
        said = [(name, NoteStanceKind.AGREE, "") for name in one.agrees]
        said += [(name, NoteStanceKind.HOLD, why) for name, why in one.holds]
        for name, kind, why in said:
            NoteStance.objects.create(
                caucus=seat.caucus, note=note, seat=seats[name], kind=kind, words=why
            )


def _released(one: BroughtBack, cohort: Cohort, members: Members) -> Released | None:
    if one.released_on is None:
        return None
    row = Released.objects.create(cohort=cohort, released_on=one.released_on, **cleaned(one.text))
    for said in one.replies:
        Reply.objects.create(
            released=row, author=members[said.by], posted_at=said.at, **cleaned(said.text)
        )
    return row


def _morning_of(released: Released) -> datetime:
    return datetime.combine(released.released_on, datetime.min.time(), tzinfo=UTC) + timedelta(
        hours=15
    )


def _due() -> datetime:
    return timezone.now() + timedelta(days=WAIT_DAYS[1])


def write_change(seats: Seats, change: Change) -> None:
    """Propose this change of the agreement; it is being considered."""
    seat, made = seats[change.by], timezone.now() - A_WHILE
    agreement = Agreement.objects.get(caucus=seat.caucus, number=seat.caucus.agreement)
    proposal = Proposal.objects.create(
        caucus=seat.caucus,
        seat=seat,
        changes=agreement.number,
        made_at=made,
        decides_at=made + CONSIDERED_FOR,
        text=str(agreement.text).replace(change.old, change.new),
        terms=str(agreement.terms),
        why=change.why,
    )
    for name in (change.by, *change.agrees):
        Stance.objects.create(
            caucus=seat.caucus,
            proposal=proposal,
            seat=seats[name],
            kind=StanceKind.AGREE,
            at=made,
        )


def write_asking(caucus: Caucus, asking: Asking, members: Members) -> None:
    """Somebody asks to be let in; no facilitator has answered."""
    who = members[asking.who].pk
    JoinRequest.objects.create(
        caucus=caucus,
        token=token_for(caucus, who),
        asked_at=timezone.now() - A_WHILE,
        who=str(who),
        name=asking.name,
        words=asking.words,
    )
