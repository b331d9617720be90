"""The product's addresses and one bare view that passes through all of its middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns
from core.access import ANYONE, open_to

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@open_to(ANYONE)
def hello(_request: HttpRequest) -> HttpResponse:
    """The cheapest answer that this server and this middleware can give."""
    return HttpResponse("hello\n", content_type="text/plain")


urlpatterns = [path("bench/hello", hello), *urlpatterns]
