"""Dev's own room with everything in it that a caucus can hold: what the rooms plant for the sweep, and by hand what is left."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, ForeignKey, Model
from django.utils import timezone

from caucuses.models import Agreement, Seat
from caucuses.permissions import seat_in
from cohorts.models import Cohort
from scripts.traces import Words
from tests.caucuses.crawling import SOON
from tests.caucuses.keyholder import inside, sealed_fields
from tests.caucuses.story import own_room
from tests.sweep.planting import PLANTS, coming
from tests.sweep.planting.kinds import person
from tests.sweep.plants import model_of

#: Both have been there since, however still the clock stands: nobody reads what was said before they came.
LONG_AGO = timedelta(days=3)
#: What a sealed field holds that is not simply words.
SPECIAL = {
    "caucuses.Parting.kept": "[]",
    "caucuses.Parting.posts": "[]",
    "bringback.Note.released": "",
}


def full_room(cast: dict[str, Any], words: Words) -> tuple[Seat, Seat]:
    """Dev's seat, who facilitates, and Elu's, in a room of which no table is empty. Made where it is not there yet."""
    seat = own_room(cast["dev"], cast["elu"])
    Seat.objects.filter(caucus=seat.caucus_id).update(since=timezone.now() - LONG_AGO)
    labels = {model._meta.label for model in inside()}
    for label, plant in PLANTS.items():
        if model_of(label) in labels and label not in coming.PLANTS:  # those stand in other rooms
            plant(cast["dev"], words)
    seats = [seat_in(cast[name], seat.caucus_id) for name in ("dev", "elu")]
    fill(seats, words)
    return seats[0], seats[1]


def fill(seats: list[Any], words: Words) -> None:
    """One row of each model of which the room has none."""
    waiting = [model for model in inside() if not rows_in(model, seats[0])]
    while waiting:
        ready = [model for model in waiting if not _before(model, waiting)]
        assert ready, waiting
        for model in ready:
            _row(model, seats, words).save(force_insert=True)
        waiting = [model for model in waiting if model not in ready]


def rows_in(model: type[Model], seat: Seat) -> list[Any]:
    """The rows of a model in the caucus of this seat."""
    names = [field.name for field in model._meta.concrete_fields]
    if model._meta.label == "caucuses.Caucus":
        return list(model._base_manager.filter(pk=seat.caucus_id))
    way = next(name for name in ("caucus", "seat", "post") if name in names)
    way += "_id" if way == "caucus" else "__caucus_id"
    return list(model._base_manager.filter(**{way: seat.caucus_id}))


def _before(model: type[Model], waiting: list[type[Model]]) -> bool:
    return any(
        isinstance(field, ForeignKey) and not field.null and field.related_model in waiting
        for field in model._meta.concrete_fields
    )


def _row(model: type[Model], seats: list[Any], words: Words) -> Any:
    row, caucus = model(), seats[0].caucus
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey):
            setattr(row, field.attname, _related(field, seats))
        elif isinstance(field, DateTimeField) and not field.null and not field.has_default():
            setattr(row, field.name, timezone.now() + SOON)
        elif field.choices and not field.has_default():
            setattr(row, field.name, field.choices[0][0])
        elif field.name == "time_zone":
            row.time_zone = "America/Chicago"
        elif field.get_internal_type() == "CharField" and not field.blank and not field.choices:
            setattr(row, field.name, secrets.token_hex(32))
        elif field.get_internal_type() == "PositiveIntegerField" and not field.has_default():
            setattr(row, field.name, 1)
    for field in sealed_fields(model):
        setattr(row, field.name, _sealed(model, field.name, caucus, words))
    return row


def _related(field: Any, seats: list[Any]) -> Any:
    if field.related_model is Seat:
        return seats[1 if field.name in {"other", "about"} else 0].pk
    rows = (
        []
        if field.null and field.related_model is field.model
        else rows_in(field.related_model, seats[0])
    )
    return rows[0].pk if rows else None


def _sealed(model: type[Model], name: str, caucus: Any, words: Words) -> str:
    label = f"{model._meta.label}.{name}"
    if name == "terms":
        return str(Agreement.objects.filter(caucus=caucus).latest("number").terms)
    if name == "cohort":
        return str(Cohort.objects.get(slug="spring").pk)
    if name == "who":
        return str(person("tomas").pk)
    return SPECIAL.get(label, f"{words.word(label)} said somebody.")
