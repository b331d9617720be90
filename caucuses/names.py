"""Names in a room: what may be one, and that no two members go by the same."""

from __future__ import annotations

from django.utils.translation import gettext as _

from caucuses.models import Caucus, Seat
from core.text import strip_control

LONGEST = 60


class NameTaken(ValueError):
    """Somebody in the room goes by this name."""


def clean_name(seat_or_caucus: Seat | Caucus, typed: str, *, but: Seat | None = None) -> str:
    """The name as it is kept. Raises NameTaken, or ValueError with a sentence; `but` is the seat whose own name does not count."""
    name = " ".join(strip_control(typed).split())
    if not name:
        raise ValueError(_("Choose a name that the others can read: a word, initials, a sign."))
    if len(name) > LONGEST:
        raise ValueError(
            _("A name may have %(most)d characters; this one has %(count)d. Shorten it.")
            % {"most": LONGEST, "count": len(name)}
        )
    caucus = seat_or_caucus.caucus_id if isinstance(seat_or_caucus, Seat) else seat_or_caucus.pk
    for seat in Seat.objects.filter(caucus=caucus):
        if (but is None or seat.pk != but.pk) and str(seat.name).casefold() == name.casefold():
            raise NameTaken(
                _("Somebody in this room goes by that name, or by one that looks the same. Choose another, or add something to it.")
            )  # fmt: skip
    return name
