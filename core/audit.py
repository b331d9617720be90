"""The central audit: who did what to what, under pseudonyms and without free text. Class S writes nothing here."""

import hashlib
import hmac
from typing import Any
from uuid import UUID

from django.conf import settings

from core.models import AuditEvent


def pseudonym(identity: UUID | str) -> str:
    """A keyed, stable stand-in for a member or a row: the same person gives the same 32 hexadecimal digits."""
    key = f"audit:{settings.SECRET_KEY}".encode()
    return hmac.new(key, str(identity).encode(), hashlib.sha256).hexdigest()[:32]


def record(verb: str, *, by: Any | None, subject: Any) -> AuditEvent:
    """Write one row: `verb` is a fixed word such as `role.given`, `by` the member who acted (None: the system)."""
    return AuditEvent.objects.create(
        verb=verb,
        actor=pseudonym(by.pk) if by is not None else "",
        subject_kind=subject._meta.label_lower,
        subject=pseudonym(subject.pk),
    )
