"""Bodies: who decides. The backbone team makes them and offers seats; what they are called and decide is public."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet
from django.utils.text import slugify

from accounts.choices import RoleKind
from accounts.models import Body, Departure
from accounts.permissions import holds
from core import audit
from core.access import require

LONGEST_SLUG = 60
RESERVED = frozenset({"new"})  # the address at which one is made


class NameTaken(Exception):
    """Another body has this name."""


class StaleBody(Exception):
    """The body was changed elsewhere since it was opened. `current` is the row as it stands now."""

    def __init__(self, current: Body) -> None:
        super().__init__("The body was changed elsewhere since it was opened.")
        self.current = current


def can_change_body(user: Any, _body: Body | None = None) -> bool:
    """Whether the person may make bodies and change their name and purpose: the backbone team."""
    return bool(user.is_authenticated and holds(user, RoleKind.BACKBONE))


def bodies_changeable_by(user: Any) -> QuerySet[Body]:
    """The same as a filter, each with how many of its seats are filled and how many offers wait. Nobody is counted who has left."""
    if not can_change_body(user):
        return Body.objects.none()
    left = Departure.objects.values("member_ref")
    is_open = Q(seats__ended_at__isnull=True) & ~Q(seats__member__in=left)
    taken = Q(seats__accepted_at__isnull=False)
    return Body.objects.annotate(
        filled=Count("seats", filter=is_open & taken),
        offered=Count("seats", filter=is_open & ~taken),
    )


def mark_of(body: Body) -> str:
    """What stands for name and purpose, so that what was typed in a forgotten tab overwrites nothing."""
    return sha256(f"{body.name}\n{body.purpose}".encode()).hexdigest()[:16]


@transaction.atomic
def make_body(*, name: str, purpose: str, by: Any) -> Body:
    """Make a body. Its address follows from its first name and stays. Raises NameTaken."""
    require(can_change_body(by))
    body = _saved(Body(slug=_free_slug(name), name=name, purpose=purpose))
    audit.record("body.made", by=by, subject=body)
    return body


@transaction.atomic
def change_body(*, body: Body, name: str, purpose: str, seen: str, by: Any) -> Body:
    """Change name and purpose. Raises StaleBody when they were changed since `seen` was their mark, and NameTaken."""
    require(can_change_body(by, body))
    row = Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    if (row.name, row.purpose) == (name, purpose):
        return row
    if mark_of(row) != seen:
        raise StaleBody(row)
    row.name, row.purpose = name, purpose
    _saved(row)
    audit.record("body.changed", by=by, subject=row)
    return row


def _saved(body: Body) -> Body:
    try:
        with transaction.atomic():
            body.save()
    except IntegrityError as problem:
        if Body.objects.exclude(pk=body.pk).filter(name=body.name).exists():
            raise NameTaken from problem
        raise
    return body


def _free_slug(name: str) -> str:
    first = slugify(name)[:LONGEST_SLUG].strip("-") or "body"
    taken = RESERVED | set(
        Body.objects.filter(slug__startswith=first[:50]).values_list("slug", flat=True)
    )
    numbered = (f"{first[:50]}-{number}" for number in range(2, len(taken) + 3))
    return first if first not in taken else next(slug for slug in numbered if slug not in taken)
