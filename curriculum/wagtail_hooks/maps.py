"""Redlining maps in the editors' admin: which cities are there, where each is shown, and a form that draws one from a file."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from curriculum.models import RedliningMap
from curriculum.redlining.actions import add_map, correct_map, replace_map
from curriculum.redlining.credit import LONGEST_CREDIT
from curriculum.redlining.forms import MapAddForm, MapEditForm
from curriculum.redlining.refusal import MapRefused
from curriculum.redlining.words import plain_text

ADD_FIELDS = ("file", "city", "state", "year", "credit", "slug", "invented")
EDIT_FIELDS = ("city", "state", "year", "credit", "file")


class MapIndexView(IndexView):
    """Each map with the lessons that show it."""

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Any, Any, Any, bool]:
        """Add to the maps of this page where they are used: two queries, however many there are."""
        paginator, page, rows, is_split = super().paginate_queryset(queryset, page_size)
        shown = list(rows)
        used_in = _titles_by_map([str(row.pk) for row in shown])
        for row in shown:
            row.used_in = ", ".join(used_in[str(row.pk)]) or "–"
        return paginator, page, shown, is_split


def _titles_by_map(keys: list[str]) -> dict[str, list[str]]:
    """The titles of the pages that show each map."""
    uses = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(RedliningMap),
        to_object_id__in=keys,
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    pairs = set(uses.values_list("to_object_id", "object_id"))
    titles = dict(Page.objects.filter(pk__in={page for _map, page in pairs}).values_list("pk", "title"))  # fmt: skip
    found: dict[str, list[str]] = defaultdict(list)
    for key, page in pairs:
        found[key].append(titles.get(int(page), ""))
    return defaultdict(list, {key: sorted(filter(None, names)) for key, names in found.items()})


class MapCreateView(CreateView):
    """Draws a map from the file of the form and stores it."""

    error_message = _("The map was not added; the reason stands below. What you typed is kept, the file must be chosen anew.")  # fmt: skip

    def form_valid(self, form: MapAddForm) -> HttpResponse:
        """Store it; a short name that was taken in the meantime is said at the form."""
        try:
            answer: HttpResponse = super().form_valid(form)
        except MapRefused as refusal:
            form.add_error("file", str(refusal))
            self.produced_error_message = self.get_error_message()
            answer = self.form_invalid(form)
        return answer

    def save_instance(self) -> RedliningMap:
        """Picture, table and words together."""
        by, form = self.request.user, self.form
        shown = add_map(
            reading=form.reading, drawing=form.drawing, slug=form.cleaned_data["slug"], by=by
        )
        log(instance=shown, action="wagtail.create", user=by, content_changed=True)
        return shown


class MapEditView(EditView):
    """Corrects the words about a map; with a file, the drawing too."""

    error_message = _("The map was not saved; the reason stands below. What you typed is kept.")

    def save_instance(self) -> RedliningMap:
        """Words alone, or everything from a new file."""
        by, form = self.request.user, self.form
        if form.reading is not None:
            shown = replace_map(
                shown=self.object, reading=form.reading, drawing=form.drawing, by=by
            )
        else:
            credit = plain_text(form.cleaned_data["credit"], LONGEST_CREDIT)
            shown = correct_map(shown=self.object, place=form.place(), credit=credit, by=by)
        log(instance=shown, action="wagtail.edit", user=by, content_changed=form.has_changed())
        return shown


class MapViewSet(SnippetViewSet):
    """Maps are drawn from a file, so there is nothing to copy and no empty one to begin with."""

    model = RedliningMap
    icon = "site"
    menu_label = _("Redlining maps")
    index_view_class = MapIndexView
    add_view_class = MapCreateView
    edit_view_class = MapEditView
    edit_template_name = "curriculum/map_edit.html"
    copy_view_enabled = False
    ordering: ClassVar[list[str]] = ["city", "year"]
    list_display: ClassVar[list[Any]] = [
        "city",
        "state",
        "year",
        NumberColumn("area_count", label=_("Areas"), accessor="area_count"),
        Column("used_in", label=_("Shown in"), accessor="used_in"),
        Column(
            "invented",
            label=_("Invented"),
            accessor=lambda shown: _("yes") if shown.invented else "",
        ),
        "slug",
    ]
    list_filter: ClassVar[list[str]] = ["state", "invented"]
    search_fields: ClassVar[list[str]] = ["city", "state", "slug"]
    search_backend_name = None  # the database's own look-up: maps are in no index
    list_per_page = 50

    def get_queryset(self, request: Any) -> Any:
        """Maps without their drawings, which a list does not show."""
        return RedliningMap.objects.defer("svg_gzip")

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """A form that asks for a file."""
        return super().get_add_view_kwargs(**_form(MapAddForm, ADD_FIELDS), **kwargs)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """A form that takes one."""
        return super().get_edit_view_kwargs(**_form(MapEditForm, EDIT_FIELDS), **kwargs)


def _form(form_class: type[Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The panels of a form, in this order, and the form that they make."""
    fields = [FieldPanel(name) for name in names]
    panel: Panel = ObjectList(fields, base_form_class=form_class).bind_to_model(RedliningMap)
    return {"panel": panel, "form_class": panel.get_form_class()}


register_snippet(MapViewSet)
