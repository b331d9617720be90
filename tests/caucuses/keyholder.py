"""Whoever holds both databases and the keyring: every row of any caucus that leads to one person.

Recomputes each token that a caucus could have of them, opens every sealed field, and looks for what stands for the person:
their id and addresses, the tokens, and the seats they have or had. Tables and fields are found by introspection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import ForeignKey, Model

from caucuses.models import Caucus
from caucuses.permissions import seats_of
from caucuses.tokens import address_token, outside_stand_in, token_for, writer_token
from core.crypto.envelope import CannotOpen
from core.crypto.fields import EncryptedTextField
from core.models import FormResult, OwnerKind
from tests.sweep.places import tables


@dataclass(frozen=True)
class Person:
    """What the keyholder knows of somebody, before they leave: id, addresses, and the seats they sit on."""

    id: UUID
    addresses: frozenset[str]
    seats: frozenset[UUID]


@dataclass(frozen=True)
class Found:
    """A field of a row that leads to the person."""

    field: str
    row: str


def known(member: Any) -> Person:
    """The member as they are now."""
    rows = EmailAddress.objects.filter(user=member).values_list("email", flat=True)
    return Person(
        id=member.pk,
        addresses=frozenset({member.email.lower(), *(one.lower() for one in rows)}),
        seats=frozenset(seat.pk for seat in seats_of(member)),
    )


def inside() -> list[type[Model]]:
    """The models of what is in caucuses: those with a field sealed for one, and what hangs on such a row."""
    found = {model for model in apps.get_models() if sealed_fields(model)}
    found |= {model for model in apps.get_models() if _hangs_on(model, found)}
    return sorted(found, key=lambda model: model._meta.label)


def sealed_fields(model: type[Model]) -> list[EncryptedTextField]:
    """The fields of a model that are sealed for a caucus."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField) and field.kind == OwnerKind.CAUCUS
    ]


def rows_of(person: Person) -> list[Found]:
    """Every row of every caucus in which the person occurs in any way."""
    return [*_inside(person), *_forms(person)]


def raw_places(person: Person) -> list[str]:
    """The tables of both databases, as they are stored, in which a seat of the person occurs in any column."""
    needles = [spelled.encode() for seat in person.seats for spelled in (str(seat), seat.hex)]
    return [place for place, data in tables() if any(needle in data.lower() for needle in needles)]


def _inside(person: Person) -> Iterator[Found]:
    caucuses = list(Caucus.objects.all())
    for model in inside():
        for row in model._base_manager.all():
            needles = _needles(person, row, caucuses)
            for field in model._meta.concrete_fields:
                if any(needle in value for needle in needles for value in _values(row, field)):
                    yield Found(f"{model._meta.label}.{field.name}", str(row.pk))


def _forms(person: Person) -> Iterator[Found]:
    whose = {*person.seats, outside_stand_in(person.id)}
    for row in FormResult.objects.filter(member__in=whose):
        yield Found("core.FormResult.member", str(row.pk))


def _needles(person: Person, row: Model, caucuses: Iterable[Caucus]) -> set[str]:
    """What stands for the person, in whichever caucus, and as the writer of this row."""
    found = {str(person.id), person.id.hex, *person.addresses}
    found |= {spelled for seat in person.seats for spelled in (str(seat), seat.hex)}
    for caucus in caucuses:
        found.add(token_for(caucus, person.id))
        found |= {address_token(caucus, address) for address in person.addresses}
        found |= {writer_token(caucus, row=row.pk, seat=seat) for seat in person.seats}
    return found


def _values(row: Model, field: Any) -> Iterator[str]:
    """What a field says, opened where it is sealed, in lower case; an id in both ways of writing it."""
    try:
        value = getattr(row, field.attname)
    except CannotOpen:
        return
    yield str(value).lower()
    if isinstance(value, UUID):
        yield value.hex


def _hangs_on(model: type[Model], rows: set[type[Model]]) -> bool:
    return any(
        isinstance(field, ForeignKey) and field.related_model in rows
        for field in model._meta.concrete_fields
    )
