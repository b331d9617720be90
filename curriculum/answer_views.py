"""What a reader tries in a lesson, explained: the answer to one form, and nothing that stays behind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.views import serve

from core.access import ANYONE, open_to
from core.elsewhere import from_elsewhere
from core.keptform import keeps, kept_form
from curriculum.addresses import language_of_now, learn
from curriculum.blocks.answering import AnswerBlock
from curriculum.models import LessonPage
from curriculum.references import references_of
from curriculum.views import lesson_at


@open_to(ANYONE)
@keeps(hidden=("choice", "case-*", "mark", "back"))
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answer_show(request: HttpRequest, module: str, lesson: str, block: str) -> HttpResponseBase:
    """Show one block of a lesson with what was chosen or written, explained. Who may read the lesson may try it.

    Nothing is kept: no row, no session, no line of a log, no copy in a cache. So there is nothing that a forged form
    could do, and the form needs no CSRF token, which would give each reader a cookie and each lesson a copy of its own.
    A form of another site's page gets the lesson, without what it held. By POST, because an address is kept by browsers.
    """
    page = lesson_at(request, module, lesson)
    if page is None:
        return _as_the_lesson_answers(request, f"learn/{module}/{lesson}/")
    part = next((one for one in page.body if _is_meant(one, block)), None)
    if part is None:
        raise Http404
    if request.method != "POST" or from_elsewhere(request):
        return redirect(learn(f"{module}/{lesson}/#block-{block}"))
    context = _context(request, page, part)
    with override(page.locale.language_code):  # our words between those of the lesson
        told = render_to_string(context["template"], context, request)
    answer = render(request, "curriculum/answer_show.html", {**context, "told": told})
    answer["Cache-Control"] = "private, no-store"
    return answer


def _is_meant(part: Any, block: str) -> bool:
    return isinstance(part.block, AnswerBlock) and str(part.id) == block


def _as_the_lesson_answers(request: HttpRequest, path: str) -> HttpResponseBase:
    """What the lesson's own address says. Who was signed out meanwhile gets back what was typed, with the way to sign in."""
    answer: HttpResponseBase = serve(request, path)
    if request.method == "POST" and answer.status_code == 302 and not request.user.is_authenticated:
        return kept_form(request, for_members=True)
    return answer


def _context(request: HttpRequest, page: LessonPage, part: Any) -> dict[str, Any]:
    references = references_of(page.body)
    cited = set(part.block.cited(part.value))
    trial = part.block.trial(part.value, request.POST)
    if request.POST.get("mark", "") not in ("", part.block.mark_of(part.value)):
        changed = _("This part of the lesson was changed after you had opened it. Here it is as it stands now.")  # fmt: skip
        trial = replace(trial, done=False, problem=changed)
    given = {
        "page": page,
        "part": part,
        "trial": trial,
        "numbers": references.numbers,
        "facts": references.facts,
        "read_in": language_of_now(),
    }
    return {
        **part.block.get_context(part.value, given),
        "template": part.block.told if trial.done else part.block.meta.template,
        "lesson_url": learn("/".join(page.url_path.strip("/").split("/")[-2:]) + "/"),
        "sources": [line for line in references.lines if line.key in cited],
    }
