"""The lists themselves. Each asks as often for one row as for many."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

import django_filters
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from curriculum.models import Citation, Fact, Finding, FindingKind, LessonPage, LinkCheck
from curriculum.reports.base import DeskReport
from curriculum.reports.broken import broken_addresses

YEAR = timedelta(days=365)


def _edit_page(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _edit_lesson_of(row: Finding) -> str:
    return reverse("wagtailadmin_pages:edit", args=[row.lesson_id])


def _edit_fact(fact: Fact) -> str:
    return reverse("wagtailsnippets_curriculum_fact:edit", args=[fact.pk])


class UncheckedFilter(WagtailFilterSet):
    """Why a lesson is listed."""

    because = django_filters.ChoiceFilter(
        label=_("Because"),
        method="with_reason",
        choices=[("facts", _("a fact was not checked for a year")), ("text", _("the text was not published for a year"))],
    )  # fmt: skip

    class Meta:
        model = LessonPage
        fields: ClassVar[list[str]] = []

    def with_reason(self, lessons: Any, _name: str, value: str) -> Any:
        """Only the lessons with this reason."""
        before = timezone.localdate() - YEAR
        if value == "facts":
            return lessons.filter(oldest_check__lt=before)
        return lessons.filter(last_published_at__date__lt=before)


class UncheckedLessons(DeskReport):
    """Published lessons that nobody looked over for a year."""

    model = LessonPage
    page_title = _("Lessons without a check for a year")
    header_icon = "time"
    explanation = _(
        "Published lessons that cite a fact last checked more than a year ago, or whose text was last published more than a "
        "year ago. Check the facts again and write down the day; read the lesson, and publish it, changed or not."
    )
    filterset_class = UncheckedFilter
    index_url_name = "curriculum_reports:unchecked"
    index_results_url_name = "curriculum_reports:unchecked_results"
    columns: ClassVar[list[Any]] = [
        TitleColumn("title", label=_("Lesson"), get_url=_edit_page),
        Column("oldest_check", label=_("Oldest check of a fact")),
        DateColumn("last_published_at", label=_("Last published")),
    ]
    list_export: ClassVar[list[str]] = ["title", "oldest_check", "last_published_at"]
    export_headings: ClassVar[dict[str, Any]] = {
        "title": _("Lesson"),
        "oldest_check": _("Oldest check of a fact"),
        "last_published_at": _("Last published"),
    }

    def get_base_queryset(self) -> QuerySet[LessonPage]:
        """The lessons with the oldest check first."""
        before = timezone.localdate() - YEAR
        cited = Fact.objects.filter(
            key__in=Citation.objects.filter(lesson=OuterRef(OuterRef("pk"))).values("fact_key")
        )
        oldest = cited.order_by("checked_on").values("checked_on")[:1]
        lessons = LessonPage.objects.live().annotate(oldest_check=Subquery(oldest))
        late = Q(oldest_check__lt=before) | Q(last_published_at__date__lt=before)
        return lessons.filter(late).order_by(F("oldest_check").asc(nulls_last=True), "path")


class FactFilter(WagtailFilterSet):
    """How sure we are of a fact."""

    class Meta:
        model = Fact
        fields: ClassVar[list[str]] = ["confidence"]


class UnusedFacts(DeskReport):
    """Facts that no published lesson cites."""

    model = Fact
    page_title = _("Unused facts")
    header_icon = "order"
    explanation = _(
        "Facts that no published lesson cites. They may wait for a lesson, stand in a draft, or be left over. Keep what is "
        "good: nothing here has to be deleted."
    )
    filterset_class = FactFilter
    index_url_name = "curriculum_reports:unused_facts"
    index_results_url_name = "curriculum_reports:unused_facts_results"
    columns: ClassVar[list[Any]] = [
        TitleColumn("key", label=_("Fact"), get_url=_edit_fact),
        Column("statement", label=_("Statement")),
        Column("source_title", label=_("Source")),
        Column("get_confidence_display", label=_("Confidence")),
    ]
    list_export: ClassVar[list[str]] = ["key", "statement", "source_title", "confidence", "checked_on"]  # fmt: skip
    export_headings: ClassVar[dict[str, Any]] = {"key": _("Fact")}

    def get_base_queryset(self) -> QuerySet[Fact]:
        """By key."""
        return Fact.objects.filter(
            ~Exists(Citation.objects.filter(fact_key=OuterRef("key"), lesson__live=True))
        ).order_by("key")


def _published(_request: Any) -> QuerySet[LessonPage]:
    return LessonPage.objects.live().order_by("path")


class LessonFilter(WagtailFilterSet):
    """In which lesson."""

    lesson = django_filters.ModelChoiceFilter(label=_("Lesson"), queryset=_published)

    class Meta:
        model = Finding
        fields: ClassVar[list[str]] = ["lesson"]


class Findings(DeskReport):
    """What publishing found in lessons that are out now."""

    model = Finding
    kind: FindingKind
    filterset_class = LessonFilter

    def get_base_queryset(self) -> QuerySet[Finding]:
        """In the order in which a reader meets them."""
        found = Finding.objects.filter(kind=self.kind, lesson__live=True)
        return found.select_related("lesson").order_by("lesson__path", "place", "pk")


class UncitedClaims(Findings):
    """Sentences with a figure and nothing that bears it."""

    kind = FindingKind.CLAIM
    page_title = _("Claims without a fact")
    header_icon = "help"
    explanation = _(
        "Sentences of published lessons with a number, a year or a percent sign, in a paragraph that cites nothing. Some are "
        "no claims (“Minutes 1 to 4”). For the others, cite a fact behind the sentence, like [@RL04], or take the figure out."
    )
    index_url_name = "curriculum_reports:claims"
    index_results_url_name = "curriculum_reports:claims_results"
    columns: ClassVar[list[Any]] = [
        TitleColumn("words", label=_("Sentence"), get_url=_edit_lesson_of),
        Column("lesson.title", label=_("Lesson"), accessor="lesson.title"),
        Column("where", label=_("Where"), accessor="where"),
    ]
    list_export: ClassVar[list[str]] = ["words", "lesson.title", "where"]
    export_headings: ClassVar[dict[str, Any]] = {
        "words": _("Sentence"), "lesson.title": _("Lesson"), "where": _("Where"),
    }  # fmt: skip


class BrokenLinks(Findings):
    """Links of lessons that lead nowhere."""

    kind = FindingKind.LINK
    page_title = _("Broken links in lessons")
    header_icon = "link"
    explanation = _(
        "Links of published lessons that lead nowhere. Those within this site are compared now with what is published. Those "
        "to other sites are asked once a week by the worker, where this installation has turned that on (CHECK_LINKS)."
    )
    index_url_name = "curriculum_reports:links"
    index_results_url_name = "curriculum_reports:links_results"
    columns: ClassVar[list[Any]] = [
        TitleColumn("words", label=_("Words of the link"), get_url=_edit_lesson_of),
        Column("address", label=_("Leads to")),
        Column("trouble", label=_("What is wrong"), accessor="trouble"),
        Column("lesson.title", label=_("Lesson"), accessor="lesson.title"),
        Column("where", label=_("Where"), accessor="where"),
    ]
    list_export: ClassVar[list[str]] = ["words", "address", "trouble", "lesson.title", "where"]
    export_headings: ClassVar[dict[str, Any]] = {
        "words": _("Words of the link"), "address": _("Leads to"), "trouble": _("What is wrong"),
        "lesson.title": _("Lesson"), "where": _("Where"),
    }  # fmt: skip

    def get_base_queryset(self) -> QuerySet[Finding]:
        """Those whose address is broken now."""
        return super().get_base_queryset().filter(address__in=list(self.broken))

    @cached_property
    def broken(self) -> dict[str, str]:
        """What is wrong with each address; asked once."""
        return broken_addresses()

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Any, Any, Any, bool]:
        """Add to the rows of this page what is wrong."""
        paginator, page, rows, is_split = super().paginate_queryset(queryset, page_size)
        return paginator, page, self._with_trouble(rows), is_split

    def decorate_paginated_queryset(self, object_list: Any) -> list[Finding]:
        """The same for an export, which has no pages."""
        return self._with_trouble(object_list)

    def _with_trouble(self, rows: Any) -> list[Finding]:
        found = list(rows)
        for row in found:
            row.trouble = self.broken.get(row.address, "")
        return found


class BrokenFactLinks(DeskReport):
    """Facts whose source did not answer."""

    model = Fact
    page_title = _("Broken links in facts")
    header_icon = "link"
    explanation = _(
        "Facts whose source did not answer when the worker last asked, once a week, where this installation has turned that "
        "on (CHECK_LINKS). Look for the source elsewhere before you change the fact: a page that moved says the same."
    )
    filterset_class = FactFilter
    index_url_name = "curriculum_reports:fact_links"
    index_results_url_name = "curriculum_reports:fact_links_results"
    columns: ClassVar[list[Any]] = [
        TitleColumn("key", label=_("Fact"), get_url=_edit_fact),
        Column("source_url", label=_("Leads to")),
        Column("trouble", label=_("What is wrong"), accessor="trouble"),
        DateColumn("asked_at", label=_("Asked"), accessor="asked_at"),
    ]
    list_export: ClassVar[list[str]] = ["key", "source_url", "trouble", "asked_at"]
    export_headings: ClassVar[dict[str, Any]] = {
        "key": _("Fact"), "source_url": _("Leads to"), "trouble": _("What is wrong"), "asked_at": _("Asked"),
    }  # fmt: skip

    def get_base_queryset(self) -> QuerySet[Fact]:
        """By key, with what was answered."""
        check = LinkCheck.objects.exclude(trouble="").filter(address=OuterRef("source_url"))
        return (
            Fact.objects.exclude(source_url="")
            .annotate(
                trouble=Subquery(check.values("trouble")[:1]),
                asked_at=Subquery(check.values("checked_at")[:1]),
            )
            .filter(trouble__isnull=False)
            .order_by("key")
        )
