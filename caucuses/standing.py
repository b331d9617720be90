"""How one member stands to every caucus: a seat, an invitation, a request, a removal, or nothing but a listed door.

The doors and the list ask this, and then look an id up in what it found: whichever caucus is asked for, an unlisted one, one that
never was, or one's own, the work is the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Model, Q
from django.utils import timezone

from caucuses.choices import BARRED_FOR
from caucuses.models import Caucus, Invitation, JoinRequest, Parting, Seat
from caucuses.opened import secrets_of_all
from caucuses.reading import opened
from caucuses.tokens import seat_token, token_of_address


@dataclass
class Standing:
    """How a member stands to one caucus."""

    caucus: Caucus
    seat: Seat | None = None
    invitation: Invitation | None = None
    request: JoinRequest | None = None
    parting: Parting | None = None

    @property
    def may_know(self) -> bool:
        """Whether the member may know that there is such a caucus. The rule of its door."""
        return self.caucus.is_listed or self.seat is not None or self.invitation is not None

    @property
    def is_barred(self) -> bool:
        """Whether they were removed and nobody has invited them since."""
        left = self.parting
        return left is not None and not left.may_return and self.invitation is None

    @property
    def has_words_for_me(self) -> bool:
        """Whether the page about the removal still has something to read."""
        return self.parting is not None and self.parting.read_at is None

    @cached_property
    def name(self) -> str | None:
        """What the caucus is called; None where that cannot be opened."""
        return opened(self.caucus, "name")

    @cached_property
    def name_then(self) -> str | None:
        """What it was called when the member was removed: later names are not theirs to know."""
        return opened(self.parting, "name") if self.parting is not None else None


@dataclass
class Standings:
    """How a member stands to all of them."""

    by_id: dict[UUID, Standing] = field(default_factory=dict)

    def at_door(self, caucus_id: UUID) -> Standing | None:
        """The door of this caucus; None where the member may not know of it, or there is none."""
        found = self.by_id.get(caucus_id)
        return found if found is not None and found.may_know else None

    def parted(self, parting_id: UUID) -> Standing | None:
        """Where the member was removed with this row, which has still something to read."""
        rows = self._where(lambda one: one.has_words_for_me)
        return next((one for one in rows if one.parting and one.parting.pk == parting_id), None)

    @property
    def mine(self) -> list[Standing]:
        """Where the member has a seat."""
        return self._where(lambda one: one.seat is not None)

    def request(self, request_id: UUID) -> JoinRequest | None:
        """The member's own request with this id."""
        rows = (one.request for one in self.by_id.values())
        return next((row for row in rows if row is not None and row.pk == request_id), None)

    @property
    def invited(self) -> list[Standing]:
        """Where an invitation waits."""
        return self._where(lambda one: one.seat is None and one.invitation is not None)

    @property
    def asked(self) -> list[Standing]:
        """Where the member asked to come in, and waits or was answered."""
        return self._where(lambda one: one.seat is None and one.request is not None)

    @property
    def removed(self) -> list[Standing]:
        """Where they were removed, and have not put away what was left for them."""
        return self._where(lambda one: one.has_words_for_me)

    @property
    def waits(self) -> bool:
        """Whether anything waits for the member."""
        return bool(self.invited or self.asked or self.removed)

    @property
    def doors(self) -> list[Standing]:
        """Listed ones in which the member is not."""
        return self._where(lambda one: one.seat is None and one.caucus.is_listed)

    def _where(self, rule: Callable[[Standing], bool]) -> list[Standing]:
        return sorted(
            filter(rule, self.by_id.values()), key=lambda one: ((one.name or "").casefold(), str(one.caucus.pk))
        )  # fmt: skip


def standings_of(user: Any) -> Standings:
    """How the member stands to all caucuses: the same questions, however many seats they have.

    Of every one there is a token to look for; rows are made of those alone that are listed or have to do with the member.
    """
    parts = _parts(user, secrets_of_all())
    return _together(Caucus.objects.filter(Q(is_listed=True) | Q(pk__in=parts)), parts)


def standing_in(user: Any, caucus: Caucus) -> Standing:
    """How the member stands to this caucus now. For actions, which hold it."""
    secret = opened(caucus, "secret")
    parts = _parts(user, {caucus.pk: secret} if secret else {})
    return _together([caucus], parts).by_id[caucus.pk]


def _parts(user: Any, secrets: Mapping[UUID, str]) -> dict[UUID, dict[str, Model]]:
    """What there is of the member in each caucus, by its id."""
    address = str(user.email)
    proven = EmailAddress.objects.filter(user=user, verified=True, email__iexact=address).exists()
    tokens = [seat_token(secret, user.pk) for secret in secrets.values()]
    sent_to = [token_of_address(secret, address) for secret in secrets.values()]
    found: dict[UUID, dict[str, Model]] = defaultdict(dict)
    _sort_in(found, "seat", Seat.objects.filter(token__in=tokens))
    _sort_in(found, "request", JoinRequest.objects.filter(token__in=tokens))
    _sort_in(found, "parting", _barring(tokens))
    invitations = Invitation.objects.filter(
        address_token__in=sent_to, expires_at__gt=timezone.now()
    )
    _sort_in(found, "invitation", list(invitations.select_related("seat")) if proven else [])
    return found


def _barring(tokens: Iterable[str]) -> Iterable[Parting]:
    return Parting.objects.filter(token__in=tokens, at__gt=timezone.now() - BARRED_FOR)


def _sort_in(found: dict[UUID, dict[str, Model]], which: str, rows: Iterable[Model]) -> None:
    for row in rows:
        found[row.caucus_id][which] = row  # type: ignore[attr-defined]


def _together(caucuses: Iterable[Caucus], parts: Mapping[UUID, dict[str, Model]]) -> Standings:
    standings = Standings()
    for caucus in caucuses:
        one = standings.by_id[caucus.pk] = Standing(caucus)
        for which, row in parts.get(caucus.pk, {}).items():
            row.caucus = caucus  # type: ignore[attr-defined]
            setattr(one, which, row)
    return standings
