"""How an editor chooses a term. Terms stay plain rows, in no index: the chooser shows them and changes nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from core.choosing import KeyedChooserBlock
from curriculum.glossary.models import InForce, Term, TermWord


class ShownTermBlock(KeyedChooserBlock):
    """Brings the terms of all cards of a text together with what they say: one query, whatever the number of cards."""

    def bulk_to_python(self, values: list[str | None]) -> list[Any]:
        """The terms with `wordings` by language; those that nobody has adopted yet are asked for alone."""
        keys = [_key(value) for value in values]
        found: dict[UUID, Any] = {}
        rows = InForce.objects.filter(term__in=[key for key in keys if key])
        for row in rows.select_related("term", "version"):
            term = found.setdefault(row.term_id, row.term)
            term.__dict__.setdefault("wordings", {})[row.language] = row.version
        missing = [key for key in keys if key and key not in found]
        if missing:
            found |= Term.objects.in_bulk(missing)
        return [found.get(key) if key else None for key in keys]


def _key(value: str | None) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


class TermFilterForm(BaseFilterForm):  # type: ignore[misc]
    """One field: letters of the term's name or of another word for it."""

    q = forms.CharField(label=_("Letters of the term"), required=False)

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        """The terms that hold the letters."""
        letters = self.cleaned_data.get("q", "").strip()
        if letters:
            self.is_searching, self.search_query = True, letters
            found = TermWord.objects.filter(text__icontains=letters).values("term")
            objects = objects.filter(pk__in=found)
        return objects


class InUse:
    """Only what readers find: neither what is proposed nor what is retired."""

    def get_object_list(self) -> QuerySet[Any]:
        """The terms."""
        return Term.objects.in_use()


class ChooseTermView(InUse, ChooseView):  # type: ignore[misc]
    """The window."""

    filter_form_class = TermFilterForm


class TermResultsView(InUse, ChooseResultsView):  # type: ignore[misc]
    """Its list."""

    filter_form_class = TermFilterForm


class TermChooserViewSet(ChooserViewSet):  # type: ignore[misc]
    """The window in which an editor looks for a term."""

    model = "glossary.Term"
    icon = "openquote"
    choose_one_text = _("Choose a term")
    choose_another_text = _("Choose another term")
    choose_view_class = ChooseTermView
    choose_results_view_class = TermResultsView
    base_block_class = ShownTermBlock


term_chooser = TermChooserViewSet("term_chooser")
TermChooserBlock = term_chooser.get_block_class(
    name="TermChooserBlock", module_path="curriculum.glossary.choosing"
)
