"""All addresses, the demonstration's mailbox, and three that go wrong: pages about errors are looked at like any other."""

from typing import NoReturn

from allauth.core.ratelimit import respond_429
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns
from core.access import ANYONE, open_to

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@open_to(ANYONE)
def broken(_request: HttpRequest) -> NoReturn:
    """A fault of our own."""
    raise RuntimeError("broken on purpose")


@open_to(ANYONE)
def away(_request: HttpRequest) -> NoReturn:
    """The store that counts attempts does not answer."""
    raise OperationalError("away on purpose")


@open_to(ANYONE)
def too_often(request: HttpRequest) -> HttpResponse:
    """What was asked for too often."""
    return respond_429(request)


urlpatterns = [
    path("demo/mail/", include("notices.demo_urls")),
    path("broken/", broken),
    path("account/away/", away),
    path("too-often/", too_often),
    *urlpatterns,
]
