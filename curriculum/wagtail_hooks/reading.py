"""Who reads a page of the tree, asked once more where Wagtail serves it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.models import Page

from curriculum.models import LessonPage
from curriculum.permissions import can_read_lesson, can_read_page


@hooks.register("before_serve_page", order=-10)
def only_who_may_read(page: Page, request: HttpRequest, _args: Any, _kwargs: Any) -> None:
    """Raise 404 for a member whom our rule keeps out. Who is signed out is asked to sign in by Wagtail's own hook.

    Wagtail would lead a signed-in person to the log-in again and again, and would let in whoever has a group.
    """
    if isinstance(page, LessonPage) and not page.get_parent().live:
        raise Http404
    if not request.user.is_authenticated:
        return
    allowed = can_read_lesson(request.user, page) if isinstance(page, LessonPage) else can_read_page(request.user, page)  # fmt: skip
    if not allowed:
        raise Http404
