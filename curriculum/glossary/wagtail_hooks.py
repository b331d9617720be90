"""What the glossary adds to the editors' admin: the window in which a term is chosen, and the backbone's desk."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core.access import STAFF, admits, open_to
from curriculum.glossary.choosing import TermChooserViewSet, term_chooser
from curriculum.glossary.desk import ICON, QUEUE, MeetingRecord, ProposalQueue


@hooks.register("register_admin_viewset")
def register_term_chooser() -> TermChooserViewSet:
    """The chooser of terms."""
    return term_chooser


class StaffItem(MenuItem):
    """A line of the menu for everybody who works on the site."""

    def is_shown(self, request: HttpRequest) -> bool:
        """As the page behind it opens."""
        return admits(STAFF, request.user)


@hooks.register("register_admin_menu_item")
def add_line() -> MenuItem:
    """To what waits for a decision."""
    return StaffItem(_("Shared language"), reverse_lazy(QUEUE), name="glossary-desk", icon_name=ICON, order=350)  # fmt: skip


@hooks.register("register_admin_urls")
def add_addresses() -> list[URLPattern | URLResolver]:
    """The queue, and the form for the record of a meeting."""
    addresses = [
        path("", open_to(STAFF)(ProposalQueue.as_view()), name="proposal_list"),
        path("<uuid:proposal_id>/meeting/", open_to(STAFF)(MeetingRecord.as_view()), name="meeting_record"),
    ]  # fmt: skip
    return [path("shared-language/", include((addresses, "glossary_desk")))]
