"""The central audit: who did what to what, under pseudonyms and without free text. Class S writes nothing here."""

import hmac
import secrets
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import connections, router
from django.utils import timezone

from core.models import AuditEvent, AuditKey

KEY_BYTES = 32
_keys: dict[str, bytes] = {}  # by the name of the database of keys: asked once in a process


def pseudonym(identity: UUID | str) -> str:
    """A keyed, stable stand-in for a member or a row: the same person gives the same 32 hexadecimal digits."""
    return hmac.digest(_key(), str(identity).encode(), "sha256").hex()[:32]


def pseudonyms(identities: Iterable[str]) -> Iterator[str]:
    """The same for very many at once: the key is asked for once, and what follows from it alone is computed once."""
    keyed = hmac.new(_key(), digestmod="sha256")
    for identity in identities:
        made = keyed.copy()
        made.update(identity.encode())
        yield made.hexdigest()[:32]


def record(verb: str, *, by: Any | None, subject: Any) -> AuditEvent:
    """Write one row: `verb` is a fixed word such as `role.given`, `by` the member who acted (None: the system)."""
    return AuditEvent.objects.create(
        verb=verb,
        actor=pseudonym(by.pk) if by is not None else "",
        subject_kind=subject._meta.label_lower,
        subject=pseudonym(subject.pk),
    )


def record_once(verb: str, *, by: Any, subject: Any, within: timedelta) -> bool:
    """The same, unless this member did it to this subject within that time. False when there was such a row.

    The new row's id follows from that of the last one, so that of two who write it at once only one does.
    """
    row = AuditEvent(
        verb=verb,
        actor=pseudonym(by.pk),
        subject_kind=subject._meta.label_lower,
        subject=pseudonym(subject.pk),
    )
    like = AuditEvent.objects.filter(subject=row.subject, verb=verb, actor=row.actor)
    last = like.order_by("-at").first()
    if last is not None and last.at > timezone.now() - within:
        return False
    row.id = uuid5(last.id if last else NAMESPACE_OID, f"{verb}|{row.actor}|{row.subject}")
    AuditEvent.objects.bulk_create([row], ignore_conflicts=True)
    return True


def _key() -> bytes:
    """The audit's own key, made where there is none. Of several that ask for the first one at once, all get the same."""
    database = connections[router.db_for_read(AuditKey)]
    name = str(database.settings_dict["NAME"])
    if name in _keys:
        return _keys[name]
    row, _new = AuditKey.objects.get_or_create(
        pk=AuditKey.THE_ROW, defaults={"key": secrets.token_bytes(KEY_BYTES)}
    )
    key = bytes(row.key)  # PostgreSQL gives a view of memory
    if not database.in_atomic_block:  # a row that may yet be rolled back must not be remembered
        _keys[name] = key
    return key
