"""The caucuses of the demonstration: Roots, of which nobody outside knows, and Crossroads, whose door is listed."""

from __future__ import annotations

from accounts.models import User
from caucuses.actions import open_caucus, sit
from caucuses.choices import Joining
from caucuses.models import Seat
from caucuses.terms import Terms

ROOTS = Terms(
    name="Roots",
    purpose="For those of us who carry this work in our own families. We rest here, and we say what it costs.",
    joining=Joining.INVITATION,
)
CROSSROADS = Terms(
    name="Crossroads",
    purpose="For white leaders who want to notice what they avoid, and to do that work among themselves.",
    joining=Joining.OPEN,
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


def write_caucuses(members: dict[str, User]) -> dict[str, list[Seat]]:
    """Open both, with everybody's seat; gives back the seats by caucus, the facilitator's first."""
    return {
        "roots": _opened(members, "roots", OF_ROOTS, ROOTS),
        "crossroads": _opened(members, "crossroads", OF_CROSSROADS, CROSSROADS),
    }


def _opened(members: dict[str, User], which: str, text: str, terms: Terms) -> list[Seat]:
    (opener, called), *others = SEATS[which]
    first = open_caucus(by=members[opener], name_in_room=called, text=text, terms=terms)
    return [
        first,
        *(
            sit(caucus=first.caucus, member=members[name], name=other, has_accepted=True)
            for name, other in others
        ),
    ]
