"""The questions to begin with, in the editors' admin. Nothing else of the journal is there, and a check sees to that."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from accountability.journal.models import Prompt


class PromptViewSet(SnippetViewSet):
    """The list in the order in which members see it, one language after the other."""

    model = Prompt
    icon = "help"
    menu_label = _("Journal prompts")
    ordering: ClassVar[list[str]] = ["language", "order", "pk"]
    list_display: ClassVar[list[Any]] = [
        "words",
        Column("language", label=_("Language"), accessor="get_language_display"),
        "order",
        BooleanColumn("is_offered", label=_("Offered")),
    ]
    list_filter: ClassVar[list[str]] = ["language", "is_offered"]
    search_fields: ClassVar[list[str]] = ["words"]
    search_backend_name = None  # the database's own look-up: prompts are in no index
    list_per_page = 50
    panels: ClassVar[list[Any]] = [
        FieldPanel("words"),
        FieldPanel("language"),
        FieldPanel("order"),
        FieldPanel("is_offered"),
    ]


register_snippet(PromptViewSet)
