"""Doors of Wagtail's admin that are shut here, and a sentence where its views stumble over what somebody typed.

The stock admin takes the name of any model from the address (its bulk actions deactivate and delete members), and many of
its views are an error 500 for a letter or a huge number where a small number is meant.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from traceback import walk_tb
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.paginator import InvalidPage
from django.db import DataError, IntegrityError
from django.db.models import Model, ProtectedError, RestrictedError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from modelsearch.backends.base import FieldError as SearchFieldError

from core.logs import route_of
from core.views import bad_request

Next = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("lodestar.admin")

#: How Wagtail's addresses call the two halves of a model's name.
MODEL_PARTS = (
    ("app_label", "model_name"),
    ("app_name", "model_name"),
    ("content_type_app_name", "content_type_model_name"),
)
WRONG_KIND = (
    ValueError, OverflowError, ValidationError, DataError, InvalidPage, MultiValueDictKeyError, ObjectDoesNotExist
)  # fmt: skip
#: Search stumbles over a filter that it cannot combine with words and over hundreds of words, choosers over what they never offered.
NEVER_CHECKED = (
    "modelsearch.",
    "wagtail.admin.forms.choosers",
    "wagtail.admin.views.chooser",
    "wagtail.admin.views.generic.chooser",
)
NEVER_FOUND = (AttributeError, SearchFieldError, RecursionError)
MOST_FOR_A_ROW = 2**31 - 1  # rows of CMS tables are numbered below this


class AdminDoorsMiddleware:
    """Last in line, so that who may not be in the admin at all has been turned away before."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, parts: dict[str, Any]
    ) -> HttpResponse | None:
        """Raise 404 where an address of the admin names a model that is not offered there.

        Answer 400 to a `next` that is no address: Wagtail would do its work first and then stumble over it.
        """
        if not _in_admin(request):
            return None
        if any(name not in offered() for name in _models_named(parts)):
            raise Http404
        places = [*request.GET.getlist("next"), *request.POST.getlist("next")]
        if any(place and "/" not in place for place in places):
            return bad_request(request)
        return None

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Answer 400 where a view of an installed package stumbled over what somebody sent, 409 where something is needed.

        400 only where something was sent, and never when code of ours took part: a fault of ours stays an error 500.
        The kind of trouble and the lines that it came through go into the log, so that nothing is swept away.
        """
        if not _in_admin(request):
            return None
        if isinstance(problem, ProtectedError | RestrictedError):
            return HttpResponse(render_to_string("core/still_needed.html"), status=409)
        if not (_is_sent(request) and _is_stumble(request, problem)):
            return None
        log.error(
            "400 instead of %s at %s id=%s (%s)",
            type(problem).__name__,
            route_of(request),
            getattr(request, "request_id", "-"),
            ", ".join(f"{module}:{line}" for module, line in _way_of(problem)[-3:]),
        )
        if request.path_info.startswith("/admin/api/"):
            return JsonResponse({"message": _("A value in this address is of the wrong kind.")}, status=400)  # fmt: skip
        # Without the request, the page asks no database, which may be what stumbled.
        return HttpResponse(
            render_to_string("400.html", {"sentence": _sentence(request)}), status=400
        )


@cache
def offered() -> frozenset[str]:
    """The models whose admin we mean to offer, as `app.model`: pages, pictures, documents, snippets, settings, tags, tasks.

    People and groups are content of no kind. A snippet or setting is offered by being registered as one.
    """
    from taggit.models import TagBase
    from wagtail.contrib.settings.registry import registry
    from wagtail.documents import get_document_model
    from wagtail.images import get_image_model
    from wagtail.models import Page, Task
    from wagtail.snippets.models import get_snippet_models

    models: list[type[Model]] = [
        *_with_kinds(Page),
        *_with_kinds(Task),
        *_with_kinds(TagBase),
        get_image_model(),
        get_document_model(),
        *get_snippet_models(),
        *registry,
    ]
    return frozenset(model._meta.label_lower for model in models)


def _with_kinds(model: type[Model]) -> list[type[Model]]:
    return [model, *(kind for child in model.__subclasses__() for kind in _with_kinds(child))]


def _in_admin(request: HttpRequest) -> bool:
    return request.path_info.startswith("/admin/")


def _models_named(parts: dict[str, Any]) -> list[str]:
    return [
        f"{parts[app]}.{parts[model]}".lower()
        for app, model in MODEL_PARTS
        if app in parts and model in parts
    ]


def _is_sent(request: HttpRequest) -> bool:
    """Whether the request holds something of a person's: a form, a query, a word in the path, a number of no row."""
    if request.method not in {"GET", "HEAD"} or request.GET:
        return True
    parts = request.resolver_match.kwargs.values() if request.resolver_match else ()
    return any(
        isinstance(part, str) or (isinstance(part, int) and part > MOST_FOR_A_ROW) for part in parts
    )


def _is_stumble(request: HttpRequest, problem: Exception) -> bool:
    """Whether this is what Django, Wagtail and the databases raise for a value of the wrong kind, with no code of ours in it."""
    modules = [module for module, _line in _way_of(problem)]
    if any(_is_ours(module) for module in modules):
        return False
    if isinstance(problem, IntegrityError):
        return "datatype mismatch" in str(problem)  # SQLite, for a number beyond its largest
    if isinstance(problem, NoReverseMatch):  # an address was made of what was sent
        values = [*request.GET.values(), *request.POST.values()]
        return any(value and repr(value) in str(problem) for value in values)
    if isinstance(problem, NEVER_FOUND):
        return modules[-1:] != [] and modules[-1].startswith(NEVER_CHECKED)
    return isinstance(problem, WRONG_KIND)


def _way_of(problem: Exception) -> list[tuple[str, int]]:
    """The modules and lines that the trouble came through, outermost first, but for Django's own."""
    way = [
        (frame.f_globals.get("__name__", ""), line)
        for frame, line in walk_tb(problem.__traceback__)
    ]
    return [(module, line) for module, line in way if not module.startswith("django.")]


def _is_ours(module: str) -> bool:
    top = module.partition(".")[0]
    return top != "" and (settings.ROOT / top).is_dir()


def _sentence(request: HttpRequest) -> str:
    if request.method in {"GET", "HEAD"}:
        return _(
            "This page cannot be shown with that search, filter or number in its address. Nothing was changed. "
            "Go back one page and leave out what you added last."
        )
    return _(
        "This form did not arrive as its page sends it, or holds a value of the wrong kind. "
        "Go back one page: what you typed is still there. Correct it and send it again."
    )
