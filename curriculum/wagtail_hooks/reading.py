"""Who reads a page of the tree, asked once more where Wagtail serves it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.models import Page
from wagtail.wagtail_hooks import check_view_restrictions

from curriculum.models import LessonPage
from curriculum.permissions import can_read_lesson, can_read_page, original_of

#: Wagtail’s own answer to who is signed out: nothing, or the way to sign in.
_ask_to_sign_in = check_view_restrictions(lambda *_given: None)


@hooks.register("before_serve_page", order=-10)
def only_who_may_read(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> Any:
    """Raise 404 for a member whom our rule keeps out. Who is signed out is asked to sign in by Wagtail's own hook.

    Wagtail would lead a signed-in person to the log-in again and again, and would let in whoever has a group.
    """
    original = original_of(page)
    if original is None or not original.live:
        raise Http404
    if isinstance(page, LessonPage) and not original.get_parent().live:
        raise Http404
    if not request.user.is_authenticated:
        # Of a translation Wagtail asks on itself alone.
        return _ask_to_sign_in(original, request, args, kwargs) if original != page else None
    allowed = can_read_lesson(request.user, page) if isinstance(page, LessonPage) else can_read_page(request.user, page)  # fmt: skip
    if not allowed:
        raise Http404
    return None
