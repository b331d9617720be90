"""Names in a room: what may be one, and that nobody can take another member's by letters that look the same.

`clean_name` is for who is in the room already. `free_name` is for the ways in: whoever stands outside must not learn from a
refusal that somebody in the room goes by a name, so theirs gets a number instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from caucuses.models import Caucus, Seat
from core.crypto import alerts
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.text import strip_control

LONGEST = 60
#: Joiners and signs of emoji stay, where scripts need them; they make no other name (`_UNSEEN`).
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"
#: Letters and marks that show nothing.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0d\uffa0\U000e0100-\U000e01ef]"
)
#: What chooses how the letter before it is drawn, and is no letter.
_UNSEEN = "\ufe0e\ufe0f"
_SPACES = re.compile(r"\s+")
#: What a reader may read over: spaces, punctuation, signs, unseen characters.
_QUIET = ("Z", "P", "S", "C")


class NameTaken(ValueError):
    """Somebody in the room goes by this name, or by one that looks the same."""


def clean_name(seat_or_caucus: Seat | Caucus, typed: str, *, but: Seat | None = None) -> str:
    """The name as it is kept. Raises NameTaken, or ValueError with a sentence; `but` is the seat whose own name does not count."""
    name = plain_name(typed)
    if not keys(name).isdisjoint(_taken(seat_or_caucus, but)):
        raise NameTaken(
            _("Somebody in this room goes by that name, or by one that looks the same. Choose another, or add something to it.")
        )  # fmt: skip
    return name


def free_name(caucus: Caucus, typed: str) -> str:
    """The name as it is kept, with a number behind it where somebody in the room goes by it. Raises ValueError with a sentence."""
    name = plain_name(typed)
    taken = _taken(caucus, None)
    number, free = 1, name
    while not keys(free).isdisjoint(taken):
        number += 1
        end = f" {number}"
        free = name[: LONGEST - len(end)].rstrip() + end
    return free


def plain_name(typed: str) -> str:
    """What was typed without what nobody sees, one space between words. Raises ValueError with a sentence; asks no room."""
    shown = _BLANK.sub("", strip_control(typed))
    seen = "".join(c for c in shown if c in _JOINERS or unicodedata.category(c) not in {"Cf", "Co"})
    name = _SPACES.sub(" ", seen).strip()
    if not any(unicodedata.category(letter)[0] in "LNS" for letter in name):
        raise ValueError(_("Choose a name that the others can read: a word, initials, a sign."))
    if len(name) > LONGEST:
        raise ValueError(
            _("A name may have %(most)d characters; this one has %(count)d. Shorten it.")
            % {"most": LONGEST, "count": len(name)}
        )
    return name


def _taken(seat_or_caucus: Seat | Caucus, but: Seat | None) -> set[str]:
    caucus = seat_or_caucus.caucus_id if isinstance(seat_or_caucus, Seat) else seat_or_caucus.pk
    seats = Seat.objects.filter(caucus=caucus)
    names = [_opened(seat) for seat in seats if but is None or seat.pk != but.pk]
    return set().union(*map(keys, (*names, *_reserved())))


@lru_cache(maxsize=1)
def _reserved() -> tuple[str, ...]:
    """What pages call who has left, and whose name does not open, in every language: nobody's name."""
    found = {"former member"}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {_("a former member"), _("a member whose name cannot be opened")}
    return tuple(found)


def _opened(seat: Seat) -> str:
    try:
        return str(seat.name)
    except (CannotOpen, KeyMissing):
        alerts.could_not_open(seat)
        return ""


def keys(name: str) -> set[str]:
    """What a name looks like, as written and without capitals: two names with one key in common are taken for each other."""
    plain = unicodedata.normalize("NFKC", name)
    small = unicodedata.normalize("NFKC", plain.casefold())
    return {key for key in (_look(plain).casefold(), _look(small).casefold()) if key}


def _look(text: str) -> str:
    alike = "".join(map(_stands_for, text))
    return _heard(alike) or alike


def _heard(letters: Iterable[str]) -> str:
    return "".join(c for c in letters if unicodedata.category(c)[0] not in _QUIET and c not in _UNSEEN)  # fmt: skip


@lru_cache(maxsize=4096)
def _stands_for(letter: str) -> str:
    """The letter, or letters, that Unicode (UTS 39) takes this one for: of those that look alike always the same."""
    # Here, since the table takes 7 MB, and only a process in which somebody chooses a name needs it.
    from confusable_homoglyphs.confusables import confusables_data

    alike = [row["c"].replace("\u200e", "") for row in confusables_data.get(letter, ())]
    if len(alike) != 1 or (letter.isascii() and letter.isalpha() and not alike[0].isascii()):
        return letter  # it stands for itself, and others for it
    other = alike[0]
    back = [row["c"].replace("\u200e", "") for row in confusables_data.get(other, ())]
    return min(letter, other) if back == [letter] else other
