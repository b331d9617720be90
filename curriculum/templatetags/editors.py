"""What editors are warned of in the admin."""

from typing import Any

from django import template
from django.template import Context
from wagtail.models import Page

from curriculum.advice import advice_of
from curriculum.models import LessonPage
from curriculum.plan import openings_around, warning_words

register = template.Library()


@register.inclusion_tag("curriculum/admin/in_a_plan.html", takes_context=True)
def in_a_plan(context: Context, pages: Any, for_good: bool = False) -> dict[str, str]:
    """Which cohorts read a page, or those of Wagtail's list of items, and what they lose. Empty when none does."""
    chosen = [pages] if isinstance(pages, Page) else [row["item"] for row in pages or ()]
    openings = list(openings_around(chosen))
    user = context["request"].user
    return {"words": warning_words(openings, user, for_good=for_good) if openings else ""}


@register.simple_tag
def lesson_advice(page: Any) -> list[str] | None:
    """What an editor may want to look at again in a lesson; None for any other page, and for one without a body yet."""
    if not isinstance(page, LessonPage) or not page.pk:
        return None
    return advice_of(page)
