"""What the worker does with pulses every hour, and once a day: batches, closing what is due, and keys that a crash left."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction

from backbone.pulse import sealed
from backbone.pulse.actions import close_pulse, destroy_key
from backbone.pulse.limits import BATCH
from backbone.pulse.models import Pulse
from core.crypto import owners
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.models import OwnerKind

log = logging.getLogger("lodestar.worker")


def hourly(*, now: datetime) -> int:
    """Close what is due, move batches out of the boxes of the others, destroy what keys are left."""
    closed = prune_ballots()
    rows = Pulse.objects.open()  # type: ignore[attr-defined]
    return closed + sum(_guarded(partial(move_ballots, row)) for row in rows.order_by("pk"))


def prune_ballots() -> int:
    """Close the pulses whose last day has passed, so that ballots, and who answered, go; returns how many.

    Also those whose key is destroyed already, as a restored backup brings them back; and a key that a crash left behind goes.
    """
    dead = Pulse.objects.open().filter(pk__in=owners.destroyed_of(OwnerKind.PULSE))  # type: ignore[attr-defined]
    rows = {row.pk: row for row in (*Pulse.objects.due(), *dead)}  # type: ignore[attr-defined]
    closed = sum(_guarded(partial(_close, row)) for row in rows.values())
    for pulse_id in Pulse.objects.filter(closed_on__isnull=False, key_is_gone=False).values_list("pk", flat=True):  # fmt: skip
        destroy_key(pulse_id)
    return closed


@transaction.atomic
def move_ballots(pulse: Pulse) -> int:
    """Move a batch from the box into the table; returns how many ballots. One transaction: killed in it, none moved.

    Only when twice as many wait as make a batch, and as many stay: so it is not said that who answered lately is in it.
    """
    rows = Pulse.objects.open().select_for_update(of=("self",))  # type: ignore[attr-defined]
    row = rows.filter(
        pk=pulse.pk
    ).first()  # the box is read when its pulse is held, and not beside it
    if row is None or len(sealed.waiting_in(row.box)) < 2 * BATCH:
        return 0
    return sealed.move_batch(row.box, staying=BATCH)


def _close(pulse: Pulse) -> int:
    close_pulse(pulse=pulse, by=None)
    return 1


def _guarded(work: Callable[[], int]) -> int:
    """Do the work on one pulse; one whose key is away keeps no other waiting, and is tried again."""
    try:
        return work()
    except (CannotOpen, KeyMissing, owners.KeyDestroyed) as problem:
        log.error("Regular work on one pulse failed: %s", type(problem).__name__)
        return 0
