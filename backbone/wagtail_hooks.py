"""What the desk adds to the editors' area: a line of its menu that leads back to the desk, for the backbone team."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core.access import BACKBONE, admits


class DeskItem(MenuItem):
    """A line of the menu that is shown to whom the desk opens."""

    def is_shown(self, request: HttpRequest) -> bool:
        """As the desk itself opens."""
        return admits(BACKBONE, request.user)


@hooks.register("register_admin_menu_item")
def add_desk() -> MenuItem:
    """To the desk: people, cohorts, pairing, the letter."""
    return DeskItem(_("The desk"), reverse_lazy("backbone:desk_show"), name="desk", icon_name="group", order=50)  # fmt: skip
