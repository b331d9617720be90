"""The ways from the editors' area to the desk, for the backbone: a line of the menu, and one on each module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from accounts.choices import RoleKind
from accounts.permissions import holds
from core.access import BACKBONE, admits
from curriculum.models import ModulePage


class DeskItem(MenuItem):
    """A line of the menu that is shown to whom the desk opens."""

    def is_shown(self, request: HttpRequest) -> bool:
        """As the desk itself opens."""
        return admits(BACKBONE, request.user)


@hooks.register("register_admin_menu_item")
def desk_item() -> MenuItem:
    """The line to the desk."""
    return DeskItem(_("The desk"), reverse_lazy("backbone:desk_show"), name="desk", icon_name="group", order=50)  # fmt: skip


@hooks.register("register_page_header_buttons")
def plan_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:  # fmt: skip
    """On a module: the way to the cohorts, each of which plans on which day it reads it."""
    if isinstance(page.specific_deferred, ModulePage) and holds(user, RoleKind.BACKBONE):
        url = reverse("backbone:cohort_list")
        yield Button(_("Cohorts that read it"), url, icon_name="group", priority=90)
