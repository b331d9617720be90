"""A table that an editor pastes, or takes out of a file, into a field of a block."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class TableWidget(forms.Textarea):
    """A text field with a file field beside it, whose script reads the file into the text. What is sent is the text."""

    template_name = "curriculum/admin/table_field.html"

    class Media:
        js: ClassVar[list[str]] = ["js/table_field.js"]


class PastedTableBlock(blocks.TextBlock):
    """CSV as text."""

    def __init__(self, **given: Any) -> None:
        super().__init__(search_index=False, **given)

    @cached_property
    def field(self) -> forms.CharField:
        """A field whose text keeps its line ends and the spaces that part columns."""
        widget = TableWidget(attrs={"rows": 8, "spellcheck": "false"})
        return forms.CharField(widget=widget, strip=False, **self.field_options)

    class Meta:
        icon = "table"
        label = _("Table")
