"""Fields of the editors' area without a script written into the page, so that its pages may refuse every such script.

Wagtail begins choosers, dates and inline panels by a script beside each. Here each carries what to begin, and with what, in
attributes (`templates/wagtailadmin/`), and `static/js/admin/begin.js` begins it.
"""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets.chooser import BaseChooser


def render_chooser(
    chooser: BaseChooser, name: str, value: Any, attrs: dict[str, Any], renderer: Any = None
) -> SafeString:
    """What `BaseChooser.render` makes, with a mark in place of its script. Raises TypeError without an id, as it does."""
    if not (attrs or {}).get("id"):
        raise TypeError("A chooser cannot be rendered without an 'id' attribute")
    try:
        found = chooser.get_value_data(value)
    except (ValueError, OverflowError, ValidationError):
        found = None  # no number of a row: the form says so, and nothing is chosen
    return format_html(
        '{}<span hidden data-begin="{}" data-begin-id="{}" data-begin-options="{}"></span>',
        chooser.render_html(name, found, attrs),
        chooser.js_constructor,
        attrs["id"],
        json.dumps(chooser.get_js_init_options(attrs["id"], name, found)),
    )
