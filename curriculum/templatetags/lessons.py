"""How a lesson's text is shown: Markdown with numbered citations."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.text import render_published, trusted

register = template.Library()

CITATION = re.compile(r"\s*\[@([A-Z]{2}[0-9]{2,3})\]")


@register.simple_tag
def lesson_markdown(text: str, numbers: dict[str, int] | None = None) -> SafeString:
    """Cleaned Markdown in which `[@KEY]` is a raised link to its source, close to the word before it.

    An unknown key stays as it was typed.
    """
    html = render_published(text)
    known = numbers or {}
    return trusted(
        CITATION.sub(
            lambda found: str(citation(found[1], known)) if found[1] in known else found[0], html
        )
    )


@register.simple_tag
def citation(key: str, numbers: dict[str, int] | None = None) -> SafeString | str:
    """The raised number that leads to a source of the lesson."""
    number = (numbers or {}).get(key)
    if number is None:
        return f"[@{key}]"
    label = _("Source %(number)s") % {"number": number}
    return format_html(
        '<sup class="cite"><a href="#source-{}" aria-label="{}">{}</a></sup>', key, label, number
    )
