"""No two doors of one name: whoever opened the second would facilitate it, and people would come in and speak.

Compared are the names of listed rooms alone, which every member reads. Of an unlisted one nobody may learn from a refusal.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from caucuses.models import Caucus
from caucuses.names import keys
from caucuses.reading import opened
from caucuses.terms import Terms
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import OwnerKind
from core.waiting import wait_for


class DoorTaken(ValueError):
    """Another listed caucus has this name, or one that looks the same."""


def require_own_door(caucus: Caucus, terms: Terms) -> None:
    """Raise DoorTaken where the door that these terms would show looks like another one. Called in the transaction that shows it."""
    if not terms.is_listed:
        return
    wait_for("caucuses|doors")
    others = list(Caucus.objects.filter(is_listed=True).exclude(pk=caucus.pk))
    owners.get_ready([Owner(OwnerKind.CAUCUS, other.pk) for other in others])
    mine = keys(terms.name)
    if any(not mine.isdisjoint(keys(opened(other, "name") or "")) for other in others):
        raise DoorTaken(
            _("Another caucus shows a door with this name, or with one that looks the same. Choose another, or add something to it; nothing was saved.")
        )  # fmt: skip
