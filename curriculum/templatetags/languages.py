"""What stands in another language than the page around it: its `lang`, for who listens, and a word, for who reads."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, get_language_info
from django.utils.translation import gettext as _

register = template.Library()


def _language(thing: Any) -> str:
    """Of a line of the outline, or of a page of the CMS."""
    return str(getattr(thing, "language", "") or thing.locale.language_code)


@register.simple_tag
def other_language(thing: Any) -> SafeString | str:
    """The attribute ` lang="en"` where this is in another language than the page, with its direction where that is another; else nothing."""
    language = _language(thing)
    if language == get_language():
        return ""
    if get_language_info(language)["bidi"] == get_language_bidi():
        return format_html(' lang="{}"', language)
    return format_html(' lang="{}" dir="{}"', language, "ltr" if get_language_bidi() else "rtl")


@register.simple_tag
def not_translated(thing: Any) -> SafeString | str:
    """A small mark, “in English”, on what is not in the language of the page; else nothing."""
    if _language(thing) == get_language():
        return ""
    return format_html('<span class="tag">{}</span>', _("in English"))
