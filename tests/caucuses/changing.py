"""Hands of stories in which what a room agrees on changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import connection

from caucuses.actions import accept_agreement, propose_change, take_stance
from caucuses.agreed import in_force, terms_in
from caucuses.choices import StanceKind
from caucuses.models import Proposal, Seat


def fresh(seat: Seat) -> Seat:
    """The seat as it stands now."""
    return Seat.objects.select_related("caucus").get(pk=seat.pk)


def propose(seat: Seat, text: str = "", why: str = "It reads better.", **changes: Any) -> Proposal:
    """A proposal by this seat, of this text and with these terms changed."""
    now = fresh(seat)
    current = in_force(now.caucus)
    terms = terms_in(current)
    assert terms is not None
    return propose_change(
        seat=now,
        text=text or str(current.text),
        terms=replace(terms, **changes),
        why=why,
        changes=now.caucus.agreement,
    )


def change(first: Seat, *others: Seat, text: str = "", **changes: Any) -> None:
    """Bring another version into force, with everybody's word; the first accepts it anew."""
    for seat in (first, *others):
        now = fresh(seat)
        if now.must_accept:
            accept_agreement(seat=now, number=now.caucus.agreement)
    proposal = propose(first, text, **changes)
    for seat in others:
        take_stance(seat=fresh(seat), proposal=proposal, kind=StanceKind.AGREE)
    now = fresh(first)
    accept_agreement(seat=now, number=now.caucus.agreement)


def damage(row: Any, *names: str) -> None:
    """Put bytes where a sealed value stood that nothing opens."""
    table = row._meta.db_table
    with connection.cursor() as cursor:
        for name in names:
            sql = f'UPDATE "{table}" SET "{name}" = %s WHERE id = %s'
            pk = row.pk if connection.vendor == "postgresql" else row.pk.hex
            cursor.execute(sql, [b"\x01damaged", pk])
