"""What the curriculum holds: published content, and which lessons a member finished."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.register import Holding, NoticeKind, Retention, hold
from core.visible import Topic, Visible, fields
from curriculum import mydata
from curriculum.outline import outline_for
from curriculum.telling import TELLINGS


def _export(member: Any) -> list[dict[str, Any]]:
    """Which lessons, by the titles that they have for this member; one that is not open to them any more has its key alone."""
    modules = outline_for(member).modules
    titles = {lesson.key: lesson.title for module in modules for lesson in module.lessons}
    return [
        {
            "lesson": str(row.lesson_key),
            "title": titles.get(row.lesson_key, ""),
            "done_at": row.done_at.isoformat(),
        }
        for row in member.lessons_done.order_by("done_at")
    ]


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    yield lambda: member.lessons_done.all().delete() and None


def _visible(_member: Any) -> Iterable[Visible]:
    yield Visible(
        _("Which lessons you finished"),
        fields("curriculum.LessonDone", "member", "lesson_key", "edition", "done_at"),
        Topic.TRACES,
    )


def register() -> None:
    """Register the holding of the curriculum."""
    from curriculum import notifications

    hold(
        Holding(
            name="curriculum",
            title=_("Lessons that you finished"),
            labels=mydata.LABELS,
            models=(
                "curriculum.SiteRootPage",
                "curriculum.LearnIndexPage",
                "curriculum.ModulePage",
                "curriculum.LessonPage",
                "curriculum.LessonDone",
                "curriculum.Opening",
                "curriculum.Fact",
                "curriculum.Edition",
                "curriculum.Citation",
                "curriculum.Finding",
                "curriculum.LinkCheck",
                "curriculum.RedliningMap",
                "curriculum.MapArea",
                "curriculum.StarterFile",
            ),
            export=_export,
            erase=_erase,
            visible=_visible,
            told=TELLINGS,
            retention=(Retention(_("Which lessons you finished"), _("until you leave")),),
            notice_kinds=(
                NoticeKind(
                    notifications.PUBLISH_REFUSED,
                    _("Pages that you scheduled"),
                    _("When a page could not be published at the time you set."),
                    notifications.show_refused,
                    notifications.schedules_pages,
                    notifications.known_pages,
                ),
            ),
        )
    )
