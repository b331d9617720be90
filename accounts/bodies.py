"""Bodies: who decides. The backbone team makes them and offers seats; what they are called and decide is public."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.text import slugify

from accounts.choices import RoleKind
from accounts.models import Body
from accounts.permissions import holds
from core import audit
from core.access import require

LONGEST_SLUG = 60
RESERVED = frozenset({"new"})  # the address at which one is made


def can_change_body(user: Any, _body: Body | None = None) -> bool:
    """Whether the person may make bodies and change their name and purpose: the backbone team."""
    return bool(user.is_authenticated and holds(user, RoleKind.BACKBONE))


def bodies_changeable_by(user: Any) -> QuerySet[Body]:
    """The same as a filter, each with how many of its seats are filled and how many offers wait."""
    if not can_change_body(user):
        return Body.objects.none()
    is_open = Q(seats__ended_at__isnull=True)
    taken = Q(seats__accepted_at__isnull=False)
    return Body.objects.annotate(
        filled=Count("seats", filter=is_open & taken),
        offered=Count("seats", filter=is_open & ~taken),
    )


@transaction.atomic
def make_body(*, name: str, purpose: str, by: Any) -> Body:
    """Make a body. Its address follows from its first name and stays."""
    require(can_change_body(by))
    body = Body.objects.create(slug=_free_slug(name), name=name, purpose=purpose)
    audit.record("body.made", by=by, subject=body)
    return body


@transaction.atomic
def change_body(*, body: Body, changes: dict[str, str], by: Any) -> None:
    """Change name or purpose: what is given and nothing else, so that two windows do not undo each other."""
    require(can_change_body(by, body))
    for name in changes:
        setattr(body, name, changes[name])
    if changes:
        body.save(update_fields=[*changes])
        audit.record("body.changed", by=by, subject=body)


def _free_slug(name: str) -> str:
    first = slugify(name)[:LONGEST_SLUG].strip("-") or "body"
    taken = RESERVED | set(
        Body.objects.filter(slug__startswith=first[:50]).values_list("slug", flat=True)
    )
    numbered = (f"{first[:50]}-{number}" for number in range(2, len(taken) + 3))
    return first if first not in taken else next(slug for slug in numbered if slug not in taken)
