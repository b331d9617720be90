"""What waits for editors on the first page of the admin: facts whose check is past."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component

from curriculum.models import Fact


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


@hooks.register("construct_homepage_panels")
def add_overdue_facts(request: HttpRequest, panels: list[Any]) -> None:
    """Shown only when there are any: one query."""
    today = date.today()
    count = Fact.objects.filter(check_again_on__lt=today).count()
    if count:
        panels.append(OverdueFacts(count, today))
