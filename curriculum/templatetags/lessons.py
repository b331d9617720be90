"""How a lesson's text is shown: Markdown with numbered citations."""

import re

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.text import render_published, trusted
from curriculum.blocks.base import TERM_LINK
from curriculum.models import Fact
from curriculum.models.facts import KEY

register = template.Library()

CITATION = re.compile(rf"\s*\[@({KEY})\]")
SAID = re.compile(rf"\[=({KEY})\]")
LINK_TO_TERM = re.compile(r'<a href="(/glossary/[a-z0-9-]+/)">')


@register.simple_tag
def lesson_markdown(
    text: str, numbers: dict[str, int] | None = None, facts: dict[str, Fact] | None = None
) -> SafeString:
    """Cleaned Markdown in which `[@KEY]` is a raised link to its source, close to the word before it.

    `[=KEY]` says the fact's own sentence there. An unknown key stays as it was typed. `[words](term:equity)` leads to
    the term, dotted as all its links are.
    """
    known, said = numbers or {}, facts or {}
    html = SAID.sub(
        lambda found: (
            f"{escape(said[found[1]].statement)} [@{found[1]}]" if found[1] in said else found[0]
        ),
        render_published(TERM_LINK.sub(r"](/glossary/\1/)", text)),
    )
    html = LINK_TO_TERM.sub(r'<a class="term" href="\1">', html)
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
