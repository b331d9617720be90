"""What the rows about the journal need, and those that need no server. By `bench.run`, in processes of their own.

Usage: python -m bench.journal_seed kernel | entries     prints JSON
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from uuid import uuid4

MEMBERS, ENTRIES, WRITERS, BATCH = 10_000, 5_000, 16, 500
BODY = "The council met and wrote down who could cross the bridge and who could not. " * 39  # 3 KB
SIZES = {"256 B": 200, "3 KB": 3_000}
TIMES = 2_000


def kernel() -> None:
    """Sealing and opening one value in microseconds; a rotation of the keys of 10 000 members in seconds."""
    found = {**_per_field(), **_rotation()}
    json.dump({f"16 {name}": row for name, row in found.items()}, sys.stdout)


def _per_field() -> dict[str, object]:
    from core.crypto import envelope
    from core.crypto.envelope import Place

    place = Place("journal.body", str(uuid4()), f"member:{uuid4()}")
    key = envelope.new_key()
    found: dict[str, object] = {}
    for name, size in SIZES.items():
        text = BODY[:size]
        value = envelope.seal(text, place=place, key=key, generation=1)
        sealing = partial(envelope.seal, text, place=place, key=key, generation=1)
        opening = partial(envelope.unseal, value, place=place, key=key)
        found[f"sealing a field of {name}"] = {
            "seal_us": _microseconds(sealing), "open_us": _microseconds(opening), "stored_bytes": len(value)
        }  # fmt: skip
    return {**found, **_through_the_model()}


def _through_the_model() -> dict[str, object]:
    """The same as a page does it: through the field of a row, with the key remembered."""
    from accountability.journal.models import Entry
    from accounts.models import User
    from core.crypto.fields import EncryptedTextField

    field = Entry._meta.get_field("body")
    assert isinstance(field, EncryptedTextField)  # noqa: S101 (for the types alone)
    row = Entry(author=User.objects.get(email="dev@riverton.example"))
    sealed = field.seal(BODY[:3_000], row)
    closing, opening = partial(field.seal, BODY[:3_000], row), partial(field.open, sealed.value, row)  # fmt: skip
    return {"a field of 3 KB of a row": {"seal_us": _microseconds(closing), "open_us": _microseconds(opening)}}  # fmt: skip


def _microseconds(work: Callable[[], object]) -> float:
    """The median of five rounds."""
    rounds = []
    for _ in range(5):
        began = time.perf_counter()
        for _time in range(TIMES):
            work()
        rounds.append((time.perf_counter() - began) / TIMES * 1e6)
    return round(sorted(rounds)[2], 2)


def _rotation() -> dict[str, object]:
    from core.crypto import owners, rotation
    from core.crypto.owners import Owner
    from core.models import DataKey, OwnerKind

    began = time.monotonic()
    for _ in range(MEMBERS - DataKey.objects.count()):
        owners.current_key(Owner(OwnerKind.MEMBER, uuid4()))
    made = time.monotonic() - began
    rotation.begin()
    began = time.monotonic()
    wrapped = rotation.wrap_anew()
    rotation.retire()
    seconds = time.monotonic() - began
    return {"rotation for 10 000 members": {"seconds": round(seconds, 2), "keys": wrapped, "making_them_seconds": round(made, 1)}}  # fmt: skip


def entries() -> None:
    """5 000 entries of 3 KB for Dev, and opened journals of 16 members, his first."""
    from django.db import transaction
    from django.utils import timezone

    from accountability.journal.models import Entry
    from accounts.models import User

    dev, now = User.objects.get(email="dev@riverton.example"), timezone.now()
    with transaction.atomic():
        for first in range(0, ENTRIES, BATCH):
            Entry.objects.bulk_create(
                Entry(
                    author=dev, title=f"Day {number}", body=_words(number), tags=json.dumps([f"tag{number % 20}"]),
                    written_at=now - timedelta(hours=number), changed_at=now,
                )
                for number in range(first, first + BATCH)
            )  # fmt: skip
    entry = Entry.objects.filter(author=dev).values_list("pk", flat=True)[10]
    others = User.objects.exclude(pk=dev.pk).filter(is_active=True).order_by("pk")[: WRITERS - 1]
    sessions = list(opened_sessions([dev, *others]))
    json.dump({"sessions": sessions, "entry": str(entry), "body": BODY}, sys.stdout)


def _words(number: int) -> str:
    return BODY + (" A heron stood there." if number % 500 == 0 else "")


def opened_sessions(members: list[object]) -> Iterator[str]:
    """Cookies of sessions in which the journal has just been opened."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from accountability.journal.lock import KEY

    for member in members:
        store = SessionStore()
        store[SESSION_KEY] = str(member.pk)  # type: ignore[attr-defined]
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = member.get_session_auth_hash()  # type: ignore[attr-defined]
        store[KEY] = {"opened": time.time(), "active": time.time()}
        store.save()
        yield str(store.session_key)


if __name__ == "__main__":
    import django

    django.setup()
    {"kernel": kernel, "entries": entries}[sys.argv[1]]()
