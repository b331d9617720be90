"""What stands in another language than the page around it: its `lang`, for who listens, and a word, for who reads."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

register = template.Library()


def _language(thing: Any) -> str:
    """Of a line of the outline, or of a page of the CMS."""
    return str(getattr(thing, "language", "") or thing.locale.language_code)


@register.simple_tag
def other_language(thing: Any) -> SafeString | str:
    """The attribute ` lang="en"` where this is in another language than the page; else nothing."""
    language = _language(thing)
    return "" if language == get_language() else format_html(' lang="{}"', language)


@register.simple_tag
def not_translated(thing: Any) -> SafeString | str:
    """A small mark, “in English”, on what is not in the language of the page; else nothing."""
    language = _language(thing)
    if language == get_language():
        return ""
    name = get_language_info(language)["name_translated"]
    return format_html('<span class="tag">{}</span>', _("in %(language)s") % {"language": name})
