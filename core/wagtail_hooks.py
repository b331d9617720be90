"""What the CMS does not show here: people and groups are no content, and a role opens no document."""

from typing import Any

from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.documents.models import AbstractDocument
from wagtail.models.view_restrictions import BaseViewRestriction

from core.admin_scripts import render_chooser

PEOPLE = frozenset({"users", "groups"})


@hooks.register("construct_settings_menu")
@hooks.register("construct_search")
def hide_people(request: HttpRequest, items: list[Any]) -> None:
    """Take the areas of users and groups out of menu and search; their addresses are gone too (see config/urls.py)."""
    items[:] = [item for item in items if item.name not in PEOPLE]


@hooks.register("before_serve_document", order=-10)
def only_who_may_read(document: AbstractDocument, request: HttpRequest) -> None:
    """Raise 404 for a signed-in reader whom a restriction keeps out, and for all where one asks for a shared password.

    Who is signed out is asked to sign in by Wagtail's own hook. Wagtail would lead a signed-in member to the log-in
    again and again, and would let in whoever has a group.
    """
    kinds = {
        restriction.restriction_type for restriction in document.collection.get_view_restrictions()
    }
    closed = kinds - {BaseViewRestriction.LOGIN}
    if closed and (request.user.is_authenticated or BaseViewRestriction.PASSWORD in closed):
        raise Http404


BaseChooser.render = render_chooser  # Wagtail has no other way to leave its script out


@hooks.register("insert_global_admin_js")
def begin_fields() -> SafeString:
    """The script that begins what `core.admin_scripts` marks."""
    return format_html('<script type="module" src="{}"></script>', static("js/admin/begin.js"))
