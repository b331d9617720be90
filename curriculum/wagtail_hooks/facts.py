"""Facts in the editors' admin: what each says, how sure we are, where it is used, and which are due for a check."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from curriculum.fact_form import FactForm
from curriculum.models import Citation, Fact

PANELS: list[Any] = [
    FieldPanel("key"),
    FieldPanel("statement"),
    MultiFieldPanel(
        [FieldPanel("figure"), FieldPanel("unit"), FieldPanel("period")],
        pgettext_lazy("a number", "Figure"),
    ),
    MultiFieldPanel(
        [FieldPanel("statement_es"), FieldPanel("figure_es"), FieldPanel("unit_es")],
        _("In Spanish"),
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
    edit_handler = ObjectList(PANELS, base_form_class=FactForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fact]:
        """Facts with the number of lessons that cite each, in one query however many there are."""
        uses = Citation.objects.filter(fact_key=OuterRef("key")).order_by().values("fact_key")
        counted = uses.annotate(times=Count("pk")).values("times")
        return Fact.objects.annotate(used_times=Coalesce(Subquery(counted), 0))


register_snippet(FactViewSet)


@hooks.register("before_delete_snippet")
def keep_what_is_cited(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """Refuse, one by one and in bulk, to delete facts that lessons cite, and say which; nothing is deleted then."""
    cited = [
        (fact, titles)
        for fact in instances
        if isinstance(fact, Fact) and (titles := fact.titles_citing())
    ]
    for fact, titles in cited:
        usage = reverse("wagtailsnippets_curriculum_fact:usage", args=[fact.pk])
        messages.error(
            request,
            gettext(
                "%(key)s was not deleted, because lessons cite it: %(titles)s. "
                "Cite another fact there first, or correct this one."
            )
            % {"key": fact.key, "titles": titles},
            buttons=[messages.button(usage, gettext("Where it is used"))],
        )
    return redirect("wagtailsnippets_curriculum_fact:list") if cited else None
