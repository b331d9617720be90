"""Who may read which lesson: published ones are for all, those of a cohort module (restricted to who is signed in) for members.

A lesson is published when its module is. Wagtail's other restrictions, by group, let nobody in: groups follow from roles,
and a role is no reason to read more than others.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from accounts.choices import RoleKind
from accounts.models import Role, User
from accounts.permissions import holds
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


def can_mark_lesson(user: Any, lesson: LessonPage) -> bool:
    """Whether the member may mark this lesson done: whoever may read it, signed in."""
    return bool(user.is_authenticated and can_read_lesson(user, lesson))


def can_read_facilitator_notes(user: Any) -> bool:
    """Whether the member may read what is written for facilitators: those of a cohort that has not ended, and the backbone."""
    if not user.is_authenticated:
        return False
    return (
        holds(user, RoleKind.BACKBONE) or _not_ended(Cohort.objects.facilitated_by(user)).exists()
    )


def facilitator_note_readers() -> QuerySet[User]:
    """The members who may read what is written for facilitators."""
    cohorts = _not_ended(Cohort.objects.all())
    facilitate = Membership.objects.current().filter(is_facilitator=True, cohort__in=cohorts)
    backbone = Role.objects.in_force().filter(kind=RoleKind.BACKBONE)
    return User.objects.filter(
        Q(pk__in=facilitate.values("member")) | Q(pk__in=backbone.values("member"))
    )


def _not_ended(cohorts: QuerySet[Cohort]) -> QuerySet[Cohort]:
    return cohorts.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()))
