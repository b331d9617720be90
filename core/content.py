"""The version of everything that is published: what was made under an older one is not shown again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar
from uuid import uuid4

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse

from core.prepared import Prepared

THE_ROW = 1
MOST_KEPT = 2_000  # things of one version, in one process
#: Versions of which something is kept: that of now, and the one before, with which requests began that are not done.
MOST_VERSIONS = 2
#: `Cache-Control` of what stands at an address that names its content: the same for everybody, and never another.
FOREVER = "public, max-age=31536000, immutable"

#: Of what everybody reads and its owner can take back: kept nowhere without being asked for again.
ASKED_AGAIN = "no-cache"

Made = TypeVar("Made")
_kept: OrderedDict[str, OrderedDict[tuple[Any, ...], Any]] = OrderedDict()
_lock = Lock()


def asked_again(response: HttpResponse) -> HttpResponse:
    """Let no browser and nobody between show it without asking again, so that what was withdrawn is gone at the next look."""
    response["Cache-Control"] = ASKED_AGAIN
    return response


def _now() -> QuerySet[Any]:
    from core.models import ContentVersion

    return ContentVersion.objects.filter(pk=THE_ROW)


_NOW = Prepared(_now)


def current_version() -> str:
    """The token of now: one query."""
    rows = _NOW.ask()
    return rows[0].token if rows else raise_version()


def version_for(request: HttpRequest) -> str:
    """The token that this request began with; asked for once."""
    token: str | None = getattr(request, "content_version", None)
    if token is None:
        token = request.content_version = current_version()  # type: ignore[attr-defined]
    return token


def raise_version(**_signal: Any) -> str:
    """Replace the token. In the transaction of the change, so that both are seen together."""
    from core.models import ContentVersion

    token = uuid4().hex
    ContentVersion.objects.update_or_create(pk=THE_ROW, defaults={"token": token})
    return token


def _after_save(raw: bool = False, **_signal: Any) -> None:
    if not raw:
        raise_version()


def watch(*models: Any) -> None:
    """Replace the token whenever a row of these models is saved or deleted. Bulk writes call `raise_version` themselves."""
    for model in models:
        uid = f"core.content.{model._meta.label}"
        post_save.connect(_after_save, sender=model, dispatch_uid=uid)
        post_delete.connect(raise_version, sender=model, dispatch_uid=uid)


def kept(request: HttpRequest, key: tuple[Any, ...], make: Callable[[], Made]) -> Made:
    """What `make` gave under this version of what is published; made once in a process. Never for what knows its reader.

    When something is published, what was kept before is let go of with its version: nobody asks for it any more.
    """
    version = version_for(request)
    with _lock:
        shelf = _kept.get(version)
        if shelf is not None and key in shelf:
            shelf.move_to_end(key)
            found: Made = shelf[key]
            return found
    made = make()
    with _lock:
        shelf = _kept.setdefault(version, OrderedDict())
        shelf[key] = made
        while len(shelf) > MOST_KEPT:
            shelf.popitem(last=False)
        while len(_kept) > MOST_VERSIONS:
            _kept.popitem(last=False)
    return made
