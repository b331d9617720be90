"""Opening a caucus: any member may, and facilitates it at first."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction

from caucuses.actions.seating import sit
from caucuses.choices import Happening
from caucuses.listed import require_own_door
from caucuses.models import Agreement, Caucus, Event, Seat
from caucuses.terms import Terms
from caucuses.tokens import new_secret
from core.access import require
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import OwnerKind


@transaction.atomic
def open_caucus(*, by: Any, name_in_room: str, text: str, terms: Terms) -> Seat:
    """Open a caucus with its first agreement; gives back the seat of who opened it, who has accepted it and facilitates.

    Nothing of it is in the central log of acts. Raises DoorTaken where it is to be listed under the name of another.
    """
    require(by.is_authenticated)
    caucus = Caucus(pk=uuid.uuid4())
    require_own_door(caucus, terms)
    owners.get_ready([Owner(OwnerKind.CAUCUS, caucus.pk)])  # the key first, the row second
    caucus.joining, caucus.is_listed = terms.joining, terms.is_listed
    caucus.name, caucus.purpose, caucus.secret = terms.name, terms.purpose, new_secret()
    caucus.save(force_insert=True)
    Agreement.objects.create(caucus=caucus, number=1, text=text, terms=terms.to_json())
    seat = sit(caucus=caucus, member=by, name=name_in_room, as_facilitator=True, has_accepted=True)
    Event.objects.create(caucus=caucus, what=Happening.OPENED, seat=seat)
    return seat
