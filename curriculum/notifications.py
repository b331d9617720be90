"""What the curriculum tells its editors, one function a message, and what a reader may see of each notice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.access import STAFF, admits
from core.register import Payload, Shown
from notices.actions import notify

PUBLISH_REFUSED = "curriculum.publish_refused"


def publish_refused(*, page: Any, to: Any) -> None:
    """The editor who set the date: at that time the page could not be published. Why stands on its page."""
    notify(member=to, kind=PUBLISH_REFUSED, payload={"page": page.pk})


def schedules_pages(member: Any) -> bool:
    """Whether the member works on pages, and so may have set a date for one."""
    return admits(STAFF, member)


def known_pages(member: Any) -> dict[str, Any]:
    """The pages that are still there, for whoever still works on them."""
    return {"page": Page.objects.all()} if schedules_pages(member) else {}


def show_refused(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The pages that are still there, for whoever still works on them: one query for all."""
    if not schedules_pages(member):
        return [None] * len(payloads)
    ids = {payload["page"] for payload in payloads}
    titles = dict(Page.objects.filter(pk__in=ids).values_list("pk", "draft_title"))
    return [_refused(payload["page"], titles) for payload in payloads]


def _refused(page_id: Any, titles: dict[Any, str]) -> Shown | None:
    if page_id not in titles:
        return None
    words = _("“%(title)s” was not published at the time you set. Its page says what is missing.")
    return Shown(
        words % {"title": titles[page_id]}, reverse("wagtailadmin_pages:edit", args=[page_id])
    )
