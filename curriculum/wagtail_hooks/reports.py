"""Our reports in the menu of reports, and their addresses."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry

from curriculum.reports import views

#: The last part of each address, the name, the view, and the words in the menu.
REPORTS: tuple[tuple[str, str, Any, Any], ...] = (
    ("unchecked-lessons", "unchecked", views.UncheckedLessons, _("Lessons without a check")),
    ("unused-facts", "unused_facts", views.UnusedFacts, _("Unused facts")),
    ("claims", "claims", views.UncitedClaims, _("Claims without a fact")),
    ("broken-links", "links", views.BrokenLinks, _("Broken links in lessons")),
    ("broken-fact-links", "fact_links", views.BrokenFactLinks, _("Broken links in facts")),
)


class ReportItem(MenuItem):
    """A line of the menu, for whoever works on pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """As Wagtail shows its own."""
        policy = policy_registry.get_by_type(Page)
        return bool(policy.user_has_any_permission(request.user, ["add", "change", "publish"]))


@hooks.register("register_admin_urls")
def add_addresses() -> list[URLPattern | URLResolver]:
    """Each report, and its list alone for filtering."""
    addresses = [
        one
        for part, name, view, _label in REPORTS
        for one in (
            path(f"{part}/", view.as_view(), name=name),
            path(f"{part}/results/", view.as_view(results_only=True), name=f"{name}_results"),
        )
    ]
    return [path("reports/", include((addresses, "curriculum_reports")))]


def _add(name: str, view: Any, label: Any, order: int) -> None:
    @hooks.register("register_reports_menu_item", order=order)
    def line() -> MenuItem:
        url = reverse_lazy(f"curriculum_reports:{name}")
        return ReportItem(label, url, name=name, icon_name=view.header_icon, order=order)


for order, (_part, name, view, label) in enumerate(REPORTS):
    _add(name, view, label, order)
