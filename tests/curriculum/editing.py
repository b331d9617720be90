"""What Rui's hands do in the admin: change blocks of a lesson, save, publish, schedule."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from curriculum.models import Edition, LessonPage


def short_lesson() -> LessonPage:
    """A published lesson with a body of one block in its place, not saved."""
    lesson = LessonPage.objects.get(slug="grading-a-city")
    one = {"type": "markdown", "value": "It was so [@RL04].", "id": str(uuid4())}
    lesson.body = LessonPage._meta.get_field("body").to_python([one])
    return lesson


def draft_of(lesson: LessonPage) -> LessonPage:
    """The newest draft, as the database has it."""
    return LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()


def with_blocks(lesson: LessonPage, *blocks: dict[str, Any]) -> LessonPage:
    """The lesson with these blocks at its end, not saved."""
    added = [{"id": str(uuid4()), **block} for block in blocks]
    raw = [dict(one) for one in lesson.body.raw_data] + added
    lesson.body = LessonPage._meta.get_field("body").to_python(raw)
    return lesson


def publish(lesson: LessonPage) -> LessonPage:
    """What the loader does: write a revision and publish it. Returns the page as it is now."""
    lesson.save_revision(clean=False).publish()
    return LessonPage.objects.get(pk=lesson.pk)


def numbers_of(lesson: LessonPage) -> list[int]:
    """The numbers of its editions."""
    found = Edition.objects.filter(lesson_key=lesson.translation_key)
    return list(found.values_list("number", flat=True))


def edit_address(lesson: LessonPage) -> str:
    """The address of its form."""
    return f"/admin/pages/{lesson.pk}/edit/"


def typed(
    client: Any, lesson: LessonPage, *blocks: tuple[str, Any], **values: Any
) -> dict[str, Any]:
    """What a browser would send from the form that was opened now, its body replaced by these blocks."""
    form = client.get(edit_address(lesson)).context["form"]
    latest = lesson.get_latest_revision()
    opened = {
        "loaded_revision_id": latest.pk,
        "loaded_revision_created_at": latest.created_at.isoformat(),
    }
    fields = {name: form[name].value() for name in ("title", "lede", "goal", "minutes", "slug")}
    body = streamfield([(kind, _as_typed(kind, value)) for kind, value in blocks])
    rest = {
        "terms_not_linked-TOTAL_FORMS": "0", "terms_not_linked-INITIAL_FORMS": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "seo_title": "",
        "search_description": "", "go_live_at": "", "expire_at": "",
    }  # fmt: skip
    return {**opened, **fields, **nested_form_data({"body": body}), **rest, **values}


def _as_typed(kind: str, value: Any) -> Any:
    if kind == "rich_text":
        return rich_text(value, features=["bold", "italic", "link", "ol", "ul"])
    if kind == "sources":
        return streamfield([("item", source) for source in value])
    return value
