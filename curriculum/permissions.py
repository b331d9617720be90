"""Who may read which lesson: published ones are for all, those of a cohort module (restricted to who is signed in) for members.

A lesson is published when its module is. Wagtail's other restrictions, by group, let nobody in: groups follow from roles,
and a role is no reason to read more than others.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Length, Substr
from wagtail.models import Page, PageViewRestriction

from accounts.choices import RoleKind
from accounts.models import Role, User
from cohorts.models import Cohort, Membership
from curriculum.models import LessonPage, ModulePage


def _closed_to(user: Any) -> QuerySet[PageViewRestriction]:
    """The restrictions that keep this reader out."""
    closed = PageViewRestriction.objects.all()
    if user.is_authenticated:
        closed = closed.exclude(restriction_type=PageViewRestriction.LOGIN)
    return closed


def lessons_visible_to(user: Any) -> QuerySet[LessonPage]:
    """Published lessons that the reader may open."""
    of_its_module = Substr(
        OuterRef("path"), Value(1), Length(OuterRef("path")) - Value(LessonPage.steplen)
    )
    published = LessonPage.objects.live().filter(
        Exists(Page.objects.filter(live=True, path=of_its_module))
    )
    return _open(published, user)


def modules_visible_to(user: Any) -> QuerySet[ModulePage]:
    """Published modules that the reader may open."""
    return _open(ModulePage.objects.live(), user)


def _open(pages: Any, user: Any) -> Any:
    """Those with no closing restriction on themselves or above: a page's path begins with the paths of those above."""
    above = _closed_to(user).filter(
        page__path=Substr(OuterRef("path"), Value(1), Length("page__path"))
    )
    return pages.filter(~Exists(above))


def can_read_lesson(user: Any, lesson: LessonPage) -> bool:
    """Whether the reader may open this lesson."""
    return lesson.live and can_read_page(user, lesson) and bool(lesson.get_parent().live)


def can_read_page(user: Any, page: Page) -> bool:
    """Whether no restriction on the page or above it keeps the reader out."""
    return not any(page.path.startswith(restriction.page.path) for restriction in _closed_to(user))


def can_read_facilitator_notes(user: Any) -> bool:
    """Whether the reader prepares sessions: one of `readers_of_facilitator_notes`. One query, none for the signed-out.

    Being an editor or the operator is no reason: who writes a note sees it in the form and its preview.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    backbone, facilitators = (rows.filter(member=user).values("pk") for rows in _who_prepare())
    return bool(backbone.union(facilitators, all=True).exists())


def readers_of_facilitator_notes() -> QuerySet[User]:
    """The members who facilitate a cohort that is not over, and the backbone."""
    backbone, facilitators = (rows.values("member") for rows in _who_prepare())
    return User.objects.filter(Q(pk__in=backbone) | Q(pk__in=facilitators), is_active=True)


def _who_prepare() -> tuple[QuerySet[Role], QuerySet[Membership]]:
    backbone = Role.objects.in_force().filter(kind=RoleKind.BACKBONE)
    facilitators = Membership.objects.current().filter(
        is_facilitator=True, cohort__in=Cohort.objects.not_over()
    )
    return backbone, facilitators


def can_mark_lesson(user: Any, lesson: LessonPage) -> bool:
    """Whether the member may mark this lesson done: whoever may read it, signed in."""
    return bool(user.is_authenticated and can_read_lesson(user, lesson))
