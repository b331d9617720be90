"""What people of the demonstration promise, and how Hana and Ines check in. Dev has promised nothing yet: his pages are empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from accountability.buddies.actions import Terms, confirm_agreement, propose_agreement
from accountability.buddies.models import Agreement, Confirmation, Pair
from accountability.checkins.actions.planning import plan_next
from accountability.checkins.actions.settling import share
from accountability.checkins.models import CheckIn
from accountability.checkins.texts import Words
from accountability.commitments.actions import (
    add_progress,
    confirm_role,
    create_role,
    make_commitment,
    widen,
)
from accountability.commitments.choices import Circle, Kind, Level, State
from accountability.commitments.models import (
    Commitment,
    OrganizationRole,
    Progress,
    PublishedCopy,
    PublishedProgress,
)
from accountability.commitments.texts import Text
from accounts.models import User
from cohorts.models import Cohort
from core.clock import moment
from notices.actions import mark_all_read

#: Who holds a role of an organization, what it is called, and who confirmed it.
ROLES = (
    ("ben", "Head of Maternity Care", "hana"),
    ("ana", "Director of the backbone team", "lena"),
)


@dataclass(frozen=True)
class Said:
    """How it went on a day."""

    on: date
    state: State
    sentence: str
    reason: str = ""


@dataclass(frozen=True)
class Promised:
    """A commitment, who made it, who sees it, and how it went."""

    by: str
    on: date
    text: Text
    circle: Circle
    kind: Kind = Kind.COMMITMENT
    for_role: bool = False
    said: tuple[Said, ...] = ()


PROMISES = (
    Promised(
        by="ben",
        on=date(2026, 10, 20),
        circle=Circle.PUBLIC,
        for_role=True,
        text=Text(
            will="Keep the prenatal clinic on Fourth Street open until eight on Tuesdays and Thursdays, so that nobody has to choose between a visit and a shift.",
            by="March 1, 2027",
            first_step="Ask the two nurses and the midwife who would work those evenings what they need, before a roster is written.",
            know="Of the visits that Eastside mothers book, as many are kept as anywhere else in the city. Residents count with us.",
            levels=(Level.STRUCTURAL.value, Level.RELATIONAL.value),
        ),
        said=(
            Said(date(2026, 11, 4), State.MOVING, "All three said yes, for evenings with a paid ride home. The money for it is in the budget of January."),
            Said(date(2026, 11, 20), State.STUCK, "Security closes the building at seven, and that contract is not ours. I have asked for a meeting with whoever signed it."),
        ),
    ),
    Promised(
        by="ana",
        on=date(2026, 10, 26),
        circle=Circle.PUBLIC,
        kind=Kind.ACKNOWLEDGMENT,
        for_role=True,
        text=Text(
            will="For three years we collected stories of Eastside mothers in surveys and brought nothing back. In our report of 2024 we printed two of them in words by which neighbors knew who was meant. We had not asked.",
            by="The end of January 2027",
            first_step="Both mothers were told in person, and what they asked for was done first: the report is off our pages, and the printed ones are recalled.",
            know="The Residents’ Council reads every story before we print it, and can say no. A no is final.",
            levels=(Level.RELATIONAL.value, Level.STRUCTURAL.value),
        ),
        said=(
            Said(date(2026, 11, 9), State.REPAIRING, "Forty of the sixty printed reports have come back. One of the two mothers does not want to hear from us again, and we keep to that."),
            Said(date(2026, 11, 23), State.MOVING, "The council has named three readers. They are paid by the hour, like everybody else who reads for us."),
        ),
    ),
    Promised(
        by="marisol",
        on=date(2026, 11, 2),
        circle=Circle.PUBLIC,
        kind=Kind.STAND,
        text=Text(
            will="I do not sit on a panel about the Eastside on which I am the only one who lives there.",
            by="Now",
            first_step="When I am asked, I name two neighbors and say that all three of us come, or none.",
            know="You can count the chairs.",
            levels=(Level.PERSONAL.value, Level.TRANSFORMATIVE.value),
        ),
    ),
    Promised(
        by="jo",
        on=date(2026, 11, 12),
        circle=Circle.COHORT,
        text=Text(
            will="Ask at each handover who interprets for the family, and wait for the answer before we go on.",
            by="Every shift, from November 16",
            first_step="Put the question on the card that hangs at the board.",
            know="The night shift asks it too, when I am not there.",
            levels=(Level.STRUCTURAL.value,),
        ),
        said=(
            Said(date(2026, 11, 19), State.MOVING, "The card hangs there. Twice I forgot it myself, and somebody asked me."),
        ),
    ),
    Promised(
        by="hana",
        on=date(2026, 10, 21),
        circle=Circle.BUDDY,
        text=Text(
            will="Say it in the room when a colleague calls a mother difficult, instead of telling Ines about it afterwards.",
            by="Before the holidays",
            first_step="Have one sentence ready: “What would we call it if she were a doctor?”",
            know="I have said it three times, and it did not get easier and I said it anyway.",
            levels=(Level.PERSONAL.value, Level.RELATIONAL.value),
        ),
        said=(
            Said(date(2026, 11, 3), State.STUCK, "I had the sentence ready and said nothing, because it was the head of the ward."),
            Said(date(2026, 11, 17), State.MOVING, "Said it once, to the head of the ward. He laughed, then he did not."),
        ),
    ),
    Promised(
        by="ines",
        on=date(2026, 11, 3),
        circle=Circle.BUDDY,
        text=Text(
            will="Answer every housing complaint that I sign in the language in which it was written.",
            by="From January on",
            first_step="Find out who in our office could write Spanish and Somali, and what they would leave undone for it.",
            know="No letter of mine goes out with a sheet of translation stapled to it.",
            levels=(Level.STRUCTURAL.value,),
        ),
        said=(
            Said(date(2026, 11, 17), State.CHANGED, "Spanish from January; Somali when we pay somebody for it.", "The only person who writes Somali here is a file clerk. I had been about to give her a second job for nothing."),
        ),
    ),
)  # fmt: skip

WRITTEN, IN_FORCE = (
    datetime(2026, 10, 14, 23, 30, tzinfo=UTC),
    datetime(2026, 10, 15, 12, 10, tzinfo=UTC),
)
AGREED = Terms(
    rhythm="fortnightly",
    at=time(17, 30),
    time_zone="America/Chicago",
    first_on=date(2026, 11, 3),
    why="Each of us knows what she should have said. We want to say it while it still counts, and to have somebody who asks.",
    channel="We walk from the hospital to the bridge. When it rains we call, without pictures.",
    boundaries="No names of patients or tenants. Nothing goes to our bosses, who know each other. Not on Sundays.",
    feedback="One thing at a time. Ask first: “Do you want to hear it now?” No is an answer.",
    quiet="A message after the second time, then wait a week. Nobody has to explain.",
)
#: Each past check-in: its day, and what the two wrote.
CHECK_INS = (
    (
        date(2026, 11, 3),
        Words(
            did="Wrote my sentence on a card and kept it in my coat.",
            avoided="The head of the ward said “difficult” on Thursday, and I looked at the chart.",
            need="To practice on you. You be him.",
            ahead="The next round is on Monday. He will be there.",
        ),
        Words(
            did="Counted: 31 letters that I signed in October were in English, to people who had not written in English.",
            avoided="Telling my team about the number.",
            need="Somebody who does not say “but the budget”.",
            ahead="I bring the number on Friday.",
        ),
    ),
    (
        date(2026, 11, 17),
        Words(
            did="Said it. He laughed, and then the nurse beside him did not.",
            avoided="Thanking the nurse. I do not know why.",
            need="Nothing this time. I wanted you to know it.",
            ahead="I thank her.",
        ),
        Words(
            did="Brought the number. It was quiet, then Abdi said that he had been waiting for it for two years.",
            avoided="I nearly asked our only Somali speaker to do it for nothing.",
            need="Help me to word what I ask the director for.",
            ahead="Two hours a week, paid, or I do not promise it.",
        ),
    ),
)
#: The check-in that comes is at least so far ahead when the demonstration is written, so that it is near for nobody.
AHEAD = timedelta(days=6)


def write_accountability(members: dict[str, User]) -> None:
    """Write commitments, and what a pair shares. Those who were told of it have read it."""
    roles = {name: _role(members[name], title, members[second]) for name, title, second in ROLES}
    for promised in PROMISES:
        _promise(promised, members, roles.get(promised.by) if promised.for_role else None)
    _check_in(members["hana"], members["ines"])
    for name in ("hana", "ines"):
        mark_all_read(by=members[name])


def _role(holder: User, title: str, second: User) -> OrganizationRole:
    role = create_role(by=holder, title=title)
    confirm_role(by=second, role=role)
    return OrganizationRole.objects.get(pk=role.pk)


def _promise(promised: Promised, members: dict[str, User], role: OrganizationRole | None) -> None:
    by, at = members[promised.by], _noon(promised.on)
    row = make_commitment(by=by, kind=promised.kind.value, text=promised.text, role=role)
    is_for_cohort = promised.circle == Circle.COHORT
    cohort = Cohort.objects.get(slug="spring") if is_for_cohort else None
    widen(by=by, commitment=row, circle=promised.circle.value, seen=1, cohort=cohort)
    Commitment.objects.filter(pk=row.pk).update(written_at=at, changed_at=at)
    PublishedCopy.objects.filter(commitment=row).update(published_at=at, changed_at=at)
    say = partial(add_progress, by=by, commitment=row, publishes=True)
    for said in promised.said:
        progress = say(sentence=said.sentence, state=said.state.value, reason=said.reason)
        Progress.objects.filter(pk=progress.pk).update(at=_noon(said.on))
        PublishedProgress.objects.filter(progress=progress).update(at=_noon(said.on))


def _check_in(hana: User, ines: User) -> None:
    """Their agreement, and two check-ins by it, as if they had written them then."""
    pair = Pair.objects.get(places__member=hana)
    agreed = propose_agreement(pair=pair, terms=AGREED, seen=None, by=hana)
    confirm_agreement(pair=pair, agreement_id=agreed.pk, by=ines)
    Agreement.objects.filter(pk=agreed.pk).update(written_at=WRITTEN, in_force_at=IN_FORCE)
    for member, at in ((hana, WRITTEN), (ines, IN_FORCE)):
        Confirmation.objects.filter(agreement=agreed, member=member).update(at=at)
    CheckIn.objects.filter(pair=pair).delete()  # the one by today's calendar, without those before
    made_at = IN_FORCE
    for number, (day, hanas, iness) in enumerate(CHECK_INS, 1):
        check_in = _past(pair, number, day, made_at)
        for member, words, hours in ((hana, hanas, 5), (ines, iness, 2)):
            share(check_in, member, words, check_in.due_at - timedelta(hours=hours))
        made_at = check_in.due_at
    plan_next(pair, timezone.now() + AHEAD)
    CheckIn.objects.coming().filter(pair=pair).update(made_at=made_at)


def _past(pair: Any, number: int, day: date, made_at: datetime) -> CheckIn:
    due_at = moment(day, AGREED.at, AGREED.time_zone)
    return CheckIn.objects.create(
        pair=pair,
        number=number,
        planned_on=day,
        due_at=due_at,
        made_at=made_at,
        told_at=due_at,
        settled_at=due_at,
        revealed_at=due_at,
        looked_at=due_at,
    )


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
