"""The site's addresses, and some that fail while they hold what a person wrote."""

import errno

from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as ours
from core.access import ANYONE, open_to

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
CANARY = "canary-of-the-log"


class UnknownFault(Exception):
    """Carries words in every place that an error has."""


@open_to(ANYONE)
def fault(request: HttpRequest) -> HttpResponse:
    """Fail with words in the message, the arguments, a note, the cause and what came before the cause."""
    written = request.POST.get("text", CANARY)
    try:
        try:
            raise KeyError(written)
        except KeyError:
            raise IntegrityError(f"DETAIL: Key (email)=({written}) already exists.") from None
    except IntegrityError as cause:
        problem = UnknownFault(f"{written} cannot be read", {"text": written})
        problem.add_note(f"while reading {written}")
        raise problem from cause


@open_to(ANYONE)
def several_faults(_request: HttpRequest) -> HttpResponse:
    """Fail with a group of errors and a broken letter, whose error holds the whole text."""
    try:
        CANARY.encode("utf-16").decode("ascii")
    except UnicodeDecodeError as problem:
        raise ExceptionGroup(f"about {CANARY}", [problem, ValueError(CANARY)]) from problem
    return HttpResponse()


@open_to(ANYONE)
def database_away(request: HttpRequest) -> HttpResponse:
    """Fail as a database does that does not answer."""
    raise OperationalError(f"connection lost during {request.POST.get('text', CANARY)}")


@open_to(ANYONE)
def disk_full(_request: HttpRequest) -> HttpResponse:
    """Fail as a file system does that has no byte left."""
    raise OSError(errno.ENOSPC, "No space left on device")


urlpatterns = [
    path("breaks/fault/", fault),
    path("breaks/several/", several_faults),
    path("breaks/database/", database_away),
    path("breaks/disk/", disk_full),
    *ours,
]
