"""Facts in the editors' admin: what each says, how sure we are, where it is used, and which are due for a check."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from curriculum.models import Fact


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
        Column("is_overdue", label=_("Check is past"), accessor="is_overdue"),
        Column("used_in_titles", label=_("Used in"), accessor="used_in_titles"),
    ]
    list_filter: ClassVar[dict[str, list[str]]] = {
        "confidence": ["exact"],
        "check_again_on": ["lte"],
    }
    search_fields: ClassVar[list[str]] = ["key", "statement", "source_title"]
    search_backend_name = None  # the database's own look-up: facts are in no index
    list_per_page = 50
    inspect_view_enabled = True
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


register_snippet(FactViewSet)
