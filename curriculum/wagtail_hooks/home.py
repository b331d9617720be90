"""What waits for editors on the first page of the admin: pages that stayed drafts, facts whose check is past."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page, PageLogEntry

from curriculum.models import Fact
from curriculum.schedule import REFUSED

MOST_REFUSED = 20


class OverdueFacts(Component):
    """How many facts are past their check, with the way to them."""

    name = "overdue_facts"
    order = 50
    template_name = "curriculum/admin/overdue_facts.html"

    def __init__(self, count: int, today: date) -> None:
        self.count = count
        self.today = today

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The number, and the address of the list with these facts alone."""
        until = self.today - timedelta(days=1)
        facts = reverse("wagtailsnippets_curriculum_fact:list")
        return {"count": self.count, "url": f"{facts}?check_again_on__lte={until.isoformat()}"}


class RefusedPages(Component):
    """The pages that the clock could not publish and that are drafts still, with the way to each."""

    name = "refused_pages"
    order = 40
    template_name = "curriculum/admin/refused_pages.html"

    def __init__(self, pages: list[Page]) -> None:
        self.pages = pages

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The pages."""
        return {"pages": self.pages}


@hooks.register("construct_homepage_panels")
def add_refused_pages(request: HttpRequest, panels: list[Any]) -> None:
    """Shown only when there are any: one query. What is missing is said on the page itself."""
    refused = PageLogEntry.objects.filter(action=REFUSED, page=OuterRef("pk")).filter(
        Q(revision=OuterRef("latest_revision_id")) & ~Q(revision=OuterRef("live_revision_id"))
        | Q(revision=OuterRef("latest_revision_id"), page__live_revision__isnull=True)
    )
    pages = list(Page.objects.filter(Exists(refused)).order_by("path")[:MOST_REFUSED])
    if pages:
        panels.append(RefusedPages(pages))


@hooks.register("construct_homepage_panels")
def add_overdue_facts(request: HttpRequest, panels: list[Any]) -> None:
    """Shown only when there are any: one query."""
    today = date.today()
    count = Fact.objects.filter(check_again_on__lt=today).count()
    if count:
        panels.append(OverdueFacts(count, today))
