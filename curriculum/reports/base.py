"""What our reports share: who opens them, the words above the list, and spreadsheets that hold no formula."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import cached_property
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

#: What a spreadsheet would take for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001 (wide signs count as well)


class DeskReport(ReportView):
    """A report for whoever works on pages, as Wagtail's own: editors, the backbone team, operators."""

    results_template_name = "curriculum/admin/report_results.html"
    any_permission_required: ClassVar[list[str]] = ["add", "change", "publish"]
    explanation: Any = ""

    @cached_property
    def permission_policy(self) -> Any:
        """The rule for pages, whatever the rows are."""
        return policy_registry.get_by_type(Page)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the words above the list."""
        return {**super().get_context_data(*args, **kwargs), "explanation": self.explanation}

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """A text that a spreadsheet would run stands behind an apostrophe, in both formats."""
        made = super().preprocess_field_value(field, value, export_format)
        if isinstance(made, str) and made.startswith(FORMULA):
            return f"'{made}"
        return made

    def get_filename(self) -> str:
        """The address of the report, without its folders."""
        return str(self.index_url).rstrip("/").rpartition("/")[2]
