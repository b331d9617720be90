"""The caucuses of the demonstration: Roots, of which nobody outside knows, and Crossroads, whose door is listed."""

from __future__ import annotations

from datetime import UTC, datetime

from accounts.models import User
from caucuses.actions import open_caucus, sit
from caucuses.choices import Joining
from caucuses.models import Agreement, Event, Seat
from caucuses.terms import Terms
from home.demo.caucus_talk import write_gatherings, write_talks
from home.demo.caucus_ways import write_asking, write_brought_back, write_change
from home.demo.caucus_words import (
    CROSSROADS_ASKING,
    CROSSROADS_CHANGE,
    CROSSROADS_NOTES,
    CROSSROADS_TALKS,
    ROOTS_MEETINGS,
    ROOTS_NOTES,
    ROOTS_TALKS,
)

ROOTS = Terms(
    name="Roots",
    purpose="For those of us who carry this work in our own families. We rest here, and we say what it costs.",
    joining=Joining.INVITATION,
)
CROSSROADS = Terms(
    name="Crossroads",
    purpose="For white leaders who want to notice what they avoid, and to do that work among themselves.",
    joining=Joining.REQUEST,
    is_listed=True,
)
OF_ROOTS = (
    "We speak from our own experience.\n\nWhat is said here stays here; what is learned here may leave.\n\n"
    "Nobody has to explain a feeling."
)
OF_CROSSROADS = (
    "We speak for ourselves and name what we did, not what others should do.\n\n"
    "We do not ask anyone outside this room to do this work for us.\n\nWhat somebody says here is theirs to repeat."
)
#: Caucus -> its facilitator first, then the others; the name in the room where it is not the first name.
SEATS: dict[str, tuple[tuple[str, str], ...]] = {
    "roots": (("fay", "Fay"), ("hana", "Hana"), ("ines", "Inés")),
    "crossroads": (("ben", "Ben"), ("jo", "Jo"), ("wanda", "W."), ("bill", "Bill")),
}
#: Since when both are there, with everybody in them.
OPENED = datetime(2026, 10, 21, 22, 30, tzinfo=UTC)


def write_caucuses(members: dict[str, User]) -> dict[str, list[Seat]]:
    """Open both, with everybody's seat and all that was said; gives back the seats by caucus, the facilitator's first."""
    roots = _opened(members, "roots", OF_ROOTS, ROOTS)
    write_talks(roots, ROOTS_TALKS)
    write_gatherings(roots, ROOTS_MEETINGS)
    write_brought_back(roots, ROOTS_NOTES, members)
    crossroads = _opened(members, "crossroads", OF_CROSSROADS, CROSSROADS)
    write_talks(crossroads, CROSSROADS_TALKS)
    write_brought_back(crossroads, CROSSROADS_NOTES, members)
    write_change(crossroads, CROSSROADS_CHANGE)
    write_asking(crossroads["ben"].caucus, CROSSROADS_ASKING, members)
    return {"roots": list(roots.values()), "crossroads": list(crossroads.values())}


def _opened(members: dict[str, User], which: str, text: str, terms: Terms) -> dict[str, Seat]:
    """The seats by first name. Everybody has been there from the first day, so that all of them read everything."""
    (opener, called), *others = SEATS[which]
    first = open_caucus(by=members[opener], name_in_room=called, text=text, terms=terms)
    caucus = first.caucus
    seats = {opener: first} | {
        name: sit(caucus=caucus, member=members[name], name=other, has_accepted=True)
        for name, other in others
    }
    for model, moment in ((Seat, "since"), (Agreement, "adopted_at"), (Event, "at")):
        model._default_manager.filter(caucus=caucus).update(**{moment: OPENED})
    for seat in seats.values():
        seat.since = OPENED
    return seats
