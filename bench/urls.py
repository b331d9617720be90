"""The product's addresses and two bare views that pass through all of its middleware."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns
from core.access import ANYONE, open_to
from core.models import FormResult

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@open_to(ANYONE)
def hello(_request: HttpRequest) -> HttpResponse:
    """The cheapest answer that this server and this middleware can give."""
    return HttpResponse("hello\n", content_type="text/plain")


@open_to(ANYONE)
def one_row(_request: HttpRequest) -> HttpResponse:
    """The plain write of one row, which a save of the journal is held against."""
    FormResult.objects.create(member=uuid4(), form="bench", key=uuid4(), body="")
    return HttpResponse("written\n", content_type="text/plain")


urlpatterns = [path("bench/hello", hello), path("bench/row", one_row), *urlpatterns]
