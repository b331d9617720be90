"""Who may read which lesson: published ones are for all, those of a cohort module (restricted to who is signed in) for members.

A lesson is published when its module is. Wagtail's other restrictions, by group, let nobody in: groups follow from roles,
and a role is no reason to read more than others.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Length, Substr
from wagtail.models import Page, PageViewRestriction

from accounts.choices import RoleKind
from accounts.models import Role, User
from cohorts.models import Cohort, Membership
from curriculum.models import LessonPage, ModulePage

#: Pages in the language in which the curriculum is written first; others are translations of these.
FIRST_WRITTEN = Q(locale__language_code=settings.LANGUAGE_CODE)


def _closed_to(user: Any) -> QuerySet[PageViewRestriction]:
    """The restrictions that keep this reader out."""
    closed = PageViewRestriction.objects.all()
    if user.is_authenticated:
        closed = closed.exclude(restriction_type=PageViewRestriction.LOGIN)
    return closed


def lessons_visible_to(user: Any) -> QuerySet[LessonPage]:
    """Published lessons that the reader may open, in the language in which each was written first."""
    of_its_module = Substr(
        OuterRef("path"), Value(1), Length(OuterRef("path")) - Value(LessonPage.steplen)
    )
    published = LessonPage.objects.live().filter(
        FIRST_WRITTEN, Exists(Page.objects.filter(live=True, path=of_its_module))
    )
    return _open(published, user)


def lessons_translated_for(user: Any) -> QuerySet[LessonPage]:
    """Published translations of the lessons that the reader may open: a lesson that is closed is closed in all languages."""
    return _translated(LessonPage.objects.live(), lessons_visible_to(user), user)


def modules_translated_for(user: Any) -> QuerySet[ModulePage]:
    """Published translations of the modules that the reader may open."""
    return _translated(ModulePage.objects.live(), modules_visible_to(user), user)


def _translated(pages: Any, originals: Any, user: Any) -> Any:
    of_one = originals.filter(translation_key=OuterRef("translation_key"))
    return _open(pages.exclude(FIRST_WRITTEN).filter(Exists(of_one)), user)


def modules_visible_to(user: Any) -> QuerySet[ModulePage]:
    """Published modules that the reader may open, in the language in which each was written first."""
    return _open(ModulePage.objects.live().filter(FIRST_WRITTEN), user)


def _open(pages: Any, user: Any) -> Any:
    """Those with no closing restriction on themselves or above: a page's path begins with the paths of those above."""
    above = _closed_to(user).filter(
        page__path=Substr(OuterRef("path"), Value(1), Length("page__path"))
    )
    return pages.filter(~Exists(above))


def can_read_lesson(user: Any, lesson: LessonPage) -> bool:
    """Whether the reader may open this lesson; of a translation, whether that and its original are open to them."""
    original = original_of(lesson)
    if original is None:
        return False
    live = lesson.live and original.live and original.get_parent().live
    return bool(live) and can_read_page(user, lesson)


def can_read_page(user: Any, page: Page) -> bool:
    """Whether no restriction keeps the reader out: on the page or above it, or on what it is a translation of."""
    original = original_of(page)
    if original is None:
        return False
    closed = [restriction.page.path for restriction in _closed_to(user)]
    return not any(path.startswith(tuple(closed)) for path in (page.path, original.path))


def original_of(page: Page) -> Page | None:
    """The page in the language in which it was written first: itself, or what it is a translation of; None when that is gone."""
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return page
    found: Page | None = page.get_translations().filter(FIRST_WRITTEN).first()
    return found


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
