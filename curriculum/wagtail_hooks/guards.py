"""What stands before pages are published, deleted or edited in the admin: a sentence instead of an error page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from curriculum.models import LessonPage
from curriculum.plan import in_words, openings_around, openings_below, warning_words
from curriculum.readiness import problems_of
from curriculum.schedule import REFUSED, refusal_of


def with_list(words: str, lines: Iterable[str]) -> SafeString:
    """A sentence with a list below it."""
    items = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    return format_html("{}<ul>{}</ul>", words, items)


@hooks.register("before_bulk_action")
def check_many(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Refuse all of it when one page must not be published or deleted: nothing has changed then."""
    if Page not in type(action).models:
        return None
    refused: list[str]
    if action_type == "publish":
        whole = action.cleaned_form.cleaned_data["include_descendants"]
        refused = [_unready(*pair) for pair in _not_ready(objects, whole=whole)]
    elif action_type == "delete":
        refused = [words for page in objects if (words := _in_a_plan(page, request.user))]
    else:
        return None
    for words in refused:
        messages.error(request, words)
    return redirect(action.next_url) if refused else None


def _not_ready(pages: list[Page], *, whole: bool) -> Iterator[tuple[Page, list[str]]]:
    for page in pages:
        family = [page, *page.get_descendants().not_live()] if whole else [page]
        for one in family:
            lesson = one.specific.get_latest_revision_as_object()
            problems = problems_of(lesson) if isinstance(lesson, LessonPage) else []
            if problems:
                yield lesson, problems


def _unready(page: Page, problems: list[str]) -> SafeString:
    words = _("Nothing was published, because “%(title)s” is not ready:") % {"title": page.title}
    return with_list(words, problems)


def _in_a_plan(page: Page, user: Any) -> str:
    openings = list(openings_below([page]))
    if not openings:
        return ""
    return _(
        "“%(title)s” was not deleted, because it is in the plan of a cohort: %(cohorts)s. "
        "Unpublish it instead, or have the backbone team take it out of the plan first."
    ) % {"title": page.title, "cohorts": in_words(openings, user)}


@hooks.register("before_delete_page")
def check_one(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete what is in the plan of a cohort; warn before a lesson of such a module goes."""
    refused = _in_a_plan(page, request.user)
    if refused:
        messages.error(request, refused)
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    openings = list(openings_around([page]))
    if openings and request.method == "GET":
        messages.warning(request, warning_words(openings, request.user, for_good=True))
    return None


@hooks.register("before_edit_page")
def before_editing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say what kept a page from being published on time; save nothing by itself over what somebody else saved."""
    if request.method == "GET":
        reasons = refusal_of(page)
        if reasons:
            words = _("This page was not published at the time you set. It is a draft, because:")
            messages.warning(request, with_list(words, reasons))
        return None
    if request.POST.get("told_of") and not request.accepts("text/html"):
        words = _("Not saved by itself: somebody else saved this page. Press the button to save.")
        refusal = {"success": False, "error_code": "invalid_revision", "error_message": words}
        return JsonResponse(refusal, status=400)
    return None


@hooks.register("register_log_actions")
def name_refusal(actions: Any) -> None:
    """How a page's history tells that the clock could not publish it."""

    @actions.register_action(REFUSED)
    class Refusal(LogFormatter):  # Wagtail keeps an instance of it
        label = gettext_lazy("Scheduled draft not published")
        message = gettext_lazy("Not published at the time set, because it was not ready")

        def format_comment(self, log_entry: Any) -> str:
            """The sentences that were found then."""
            return " ".join(log_entry.data.get("problems", ()))
