"""What the CMS does not show here: people and groups are no content."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

PEOPLE = frozenset({"users", "groups"})


@hooks.register("construct_settings_menu")
def hide_people(request: HttpRequest, items: list[Any]) -> None:
    """Take the areas of users and groups out of the menu; their addresses are gone too (see config/urls.py)."""
    items[:] = [item for item in items if item.name not in PEOPLE]
