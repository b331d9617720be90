"""A form that is sent twice acts once: the second post is led to where the first one led (kept 24 hours)."""

import json
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from core import audit
from core.access import acting_member
from core.models import FormResult

FIELD = "once"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (the name of a field)


def once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorate a view whose post must take effect once per `{% once_field %}` of its form, member and address.

    The key's row and the view's effects commit together, so a second post that comes meanwhile waits for the first.
    Only a redirect counts as a result: a form shown again with errors can be sent again. Another text under the same key,
    as somebody sends who went back and wrote on, is another form: it takes effect, and no word of it is lost.
    """

    return once_as(lambda request: acting_member(request).pk)(view)


def once_as(
    whose: Callable[[HttpRequest], UUID],
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """`once`, with the row under another id than the member's: where even that they sent a form is nobody's business."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            key = _key(request)
            if key is None:
                return view(request, *args, **kwargs)
            return _acting_once(whose(request), key, view, request, *args, **kwargs)

        return guarded

    return decorate


def forget_results(whose: UUID) -> None:
    """Forget at once what is kept under this id. For whoever leaves where the id itself must lead nowhere any more."""
    FormResult.objects.filter(member=whose).delete()


def _acting_once(
    member: UUID,
    key: UUID,
    view: Callable[..., HttpResponse],
    request: HttpRequest,
    *args: Any,
    **kwargs: Any,
) -> HttpResponse:
    form = _form_name(request)
    body = _body(request, f"{member}|{form}|{key}|{request.path}")
    with transaction.atomic():
        result, first = FormResult.objects.select_for_update().get_or_create(
            member=member, form=form, key=key, body=body
        )
        if not first and result.location:
            return HttpResponseRedirect(result.location)
        response = view(request, *args, **kwargs)
        if 300 <= response.status_code < 400:
            location = response["Location"][:500]  # nothing, where the act itself had it forgotten
            FormResult.objects.filter(pk=result.pk).update(location=location)
        else:
            result.delete()
    return response


def _key(request: HttpRequest) -> UUID | None:
    if request.method != "POST" or not request.user.is_authenticated:
        return None
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def _body(request: HttpRequest, form: str) -> str:
    """A keyed stand-in for what this very form was sent with, but for the token that is of the moment."""
    sent: list[tuple[str, list[str]]] = sorted(
        (name, [str(value) for value in values])
        for name, values in request.POST.lists()
        if name not in (FIELD, TOKEN)
    )
    for name, files in sorted(request.FILES.lists()):
        sent.append((name, [_content(file) for file in files]))
    return audit.pseudonym(f"form|{form}|{json.dumps(sent)}")


def _content(file: Any) -> str:
    found = sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return f"{file.name}|{found.hexdigest()}"


def _form_name(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.view_name or match.route)[:120] if match else ""
