"""Pages of the curriculum that are no CMS pages: a lesson by its short way, marking it."""

from copy import copy
from uuid import UUID

from django.contrib import messages
from django.db.models import IntegerField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.views import serve

from core.access import ANYONE, MEMBER, acting_member, open_to, visible_or_404
from core.content import kept
from core.idempotency import once
from core.prepared import Given, Prepared
from curriculum import actions
from curriculum.addresses import learn
from curriculum.models import LessonPage
from curriculum.outline import outline_for
from curriculum.permissions import lessons_visible_to
from curriculum.progress import with_edition

MOST_MARKS = 500  # of one browser


@open_to(ANYONE)
@require_safe
def lesson_show(request: HttpRequest, module: str, lesson: str) -> HttpResponseBase:
    """A lesson that this reader may open, without asking the CMS for its way there; everything else goes to the CMS.

    The outline holds exactly the lessons that `lessons_visible_to` this reader, so what is in it needs no further check.
    """
    page = lesson_at(request, module, lesson)
    if page is None:
        return serve(request, f"learn/{module}/{lesson}/")
    answer: HttpResponseBase = copy(page).serve(request)
    return answer


def _page() -> QuerySet[LessonPage]:
    pages = with_edition(LessonPage.objects.select_related("locale"))
    return pages.filter(pk=Given("pk", IntegerField()))  # type: ignore[no-any-return]


_PAGE = Prepared(_page)


def lesson_at(request: HttpRequest, module: str, lesson: str) -> LessonPage | None:
    """The lesson at this address as it is published, when this reader may open it. Shared: to be copied before a change."""
    outline = outline_for(request.user, request)
    page_id = outline.addresses.get(learn(f"{module}/{lesson}/"))
    if page_id is None:
        return None
    return kept(
        request,
        ("lesson page", page_id),
        lambda: _PAGE.ask(pk=page_id)[0],
    )


@open_to(MEMBER)
@require_POST
@once
def lesson_mark(request: HttpRequest, lesson_key: UUID) -> HttpResponse:
    """Mark a lesson done, or take it back (`action` is `done` or `undo`), and return to the lesson."""
    lesson = visible_or_404(lessons_visible_to(request.user), translation_key=lesson_key)
    if request.POST.get("action") == "undo":
        actions.undo_done(lesson=lesson, by=acting_member(request))
        messages.info(request, _("This lesson is open again. Your earlier mark is gone."))
    else:
        read = edition_of(request.POST.get("edition", ""))
        actions.mark_done(lesson=lesson, by=acting_member(request), edition=read)
        messages.success(request, _("Marked as done. Only you can see this."))
    return redirect(learn(f"{lesson.get_parent().slug}/{lesson.slug}/#done"))


@open_to(MEMBER)
@require_POST
def progress_keep(request: HttpRequest) -> HttpResponse:
    """Take lessons that were marked in this browser into the account, each as `key` or `key:edition`.

    Keys that name no open lesson are passed over.
    """
    read = dict(filter(None, map(mark_of, request.POST.get("lessons", "").split()[:MOST_MARKS])))
    actions.keep_marks(read=read, by=acting_member(request))
    messages.success(request, _("They are in your account now. Only you can see them."))
    return redirect("/today/?kept=1")


def mark_of(text: str) -> tuple[UUID, int | None] | None:
    """The lesson and the edition that a mark of a browser names; None for nonsense."""
    key, _colon, edition = text.partition(":")
    try:
        return UUID(key), edition_of(edition)
    except ValueError:
        return None


def edition_of(text: str) -> int | None:
    """The number of an edition as a form sends it; None when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
