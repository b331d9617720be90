"""The site's addresses, and one inside a caucus that fails while it holds everything there is to tell."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from caucuses.entering import seated
from caucuses.models import Seat
from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as ours
from core.access import MEMBER, open_to

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@open_to(MEMBER)
@seated
def fault(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Fail with the room, the seat, the member and what was typed in the message, the arguments, a note and the cause."""
    told = f"{seat.pk} {seat.caucus_id} {seat.caucus.name} {seat.name} {request.user.pk} {request.POST}"
    try:
        raise KeyError(told)
    except KeyError as cause:
        problem = ValueError(told, seat, seat.caucus)
        problem.add_note(told)
        raise problem from cause


urlpatterns = [path("caucuses/<uuid:caucus_id>/breaks/", fault), *ours]
