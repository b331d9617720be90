"""Facts in the editors' admin: what each says, how sure we are, where it is used, and which are due for a check."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from curriculum.models import Citation, Fact


class FactViewSet(SnippetViewSet):
    """The list begins with the facts whose check is due first."""

    model = Fact
    icon = "order"
    menu_label = _("Facts")
    ordering: ClassVar[list[str]] = ["check_again_on", "key"]
    list_display: ClassVar[list[Any]] = [
        "key",
        "statement",
        "confidence",
        "check_again_on",
        Column("check_state", label=_("Check"), accessor="check_state"),
        Column("used_times", label=_("Lessons"), accessor="used_times"),
    ]
    list_filter: ClassVar[dict[str, list[str]]] = {
        "confidence": ["exact"],
        "check_again_on": ["lte"],
    }
    search_fields: ClassVar[list[str]] = ["key", "statement", "source_title"]
    search_backend_name = None  # the database's own look-up: facts are in no index
    list_per_page = 50
    inspect_view_enabled = True
    inspect_view_fields: ClassVar[list[str]] = [
        "key", "statement", "figure", "unit", "period", "source_title", "checked", "checked_on", "confidence",
        "used_in_titles",
    ]  # fmt: skip
    panels: ClassVar[list[Any]] = [
        FieldPanel("key"),
        FieldPanel("statement"),
        MultiFieldPanel(
            [FieldPanel("figure"), FieldPanel("unit"), FieldPanel("period")], _("Figure")
        ),
        MultiFieldPanel(
            [
                FieldPanel("source_author"),
                FieldPanel("source_title"),
                FieldPanel("source_publisher"),
                FieldPanel("source_year"),
                FieldPanel("source_url"),
            ],
            _("Source"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("checked"),
                FieldPanel("checked_on"),
                FieldPanel("check_again_on"),
                FieldPanel("confidence"),
            ],
            _("Check"),
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fact]:
        """Facts with the number of lessons that cite each, in one query however many there are."""
        uses = Citation.objects.filter(fact_key=OuterRef("key")).order_by().values("fact_key")
        counted = uses.annotate(times=Count("pk")).values("times")
        return Fact.objects.annotate(used_times=Coalesce(Subquery(counted), 0))


register_snippet(FactViewSet)
