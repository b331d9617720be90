"""A form that is sent twice acts once: the second post is led to where the first one led (kept 24 hours)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from core.access import acting_member
from core.models import FormResult

FIELD = "once"


def once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorate a view whose post must take effect once per `{% once_field %}` of its form, member and address.

    The key's row and the view's effects commit together, so a second post that comes meanwhile waits for the first.
    Only a redirect counts as a result: a form shown again with errors can be sent again.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key(request)
        if key is None:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            result, first = FormResult.objects.select_for_update().get_or_create(
                member=acting_member(request).pk, form=_form_name(request), key=key
            )
            if not first and result.location:
                return HttpResponseRedirect(result.location)
            response = view(request, *args, **kwargs)
            if 300 <= response.status_code < 400:
                result.location = response["Location"][:500]
                result.save(update_fields=["location"])
            else:
                result.delete()
        return response

    return guarded


def _key(request: HttpRequest) -> UUID | None:
    if request.method != "POST" or not request.user.is_authenticated:
        return None
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def _form_name(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.view_name or match.route)[:120] if match else ""
