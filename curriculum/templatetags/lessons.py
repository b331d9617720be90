"""How a lesson's words are shown: Markdown, the editor's HTML and plain words, each with numbered citations."""

import re
from typing import Any

from django import template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText, expand_db_html

from core.text import trusted
from core.text.published import clean_html
from curriculum.blocks.base import CITED, confidence_words, published_html
from curriculum.blocks.media import pieces_of
from curriculum.models import Fact

register = template.Library()

TAG_OR_CITATION = re.compile(rf"<[^<>]*>|(\s*){CITED.pattern}")
LINK_TO_TERM = re.compile(r'<a href="(/glossary/[a-z0-9-]+/)">')

Numbers = dict[str, int] | None
Facts = dict[str, Fact] | None


@register.simple_tag
def lesson_markdown(text: str, numbers: Numbers = None, facts: Facts = None) -> SafeString:
    """Cleaned Markdown in which `[@KEY]` is a raised link to its source, close to the word before it.

    `[=KEY]` says the fact's own sentence there. An unknown key stays as it was typed. `[words](term:equity)` leads to
    the term, dotted as all its links are.
    """
    return _with_citations(_terms_dotted(published_html(text)), numbers, facts)


@register.simple_tag
def lesson_transcript(text: str, numbers: Numbers = None, facts: Facts = None) -> SafeString:
    """The transcript of a recording as `lesson_markdown`, however long it is."""
    pieces = (lesson_markdown(piece, numbers, facts) for piece in pieces_of(str(text or "")))
    return trusted("\n".join(pieces))


@register.simple_tag
def lesson_html(value: Any, numbers: Numbers = None, facts: Facts = None) -> SafeString:
    """HTML of the CMS's own editor, through our walls, with citations as in Markdown."""
    source = value.source if isinstance(value, RichText) else str(value or "")
    return _with_citations(_terms_dotted(clean_html(expand_db_html(source))), numbers, facts)


@register.simple_tag
def lesson_words(text: Any, numbers: Numbers = None, facts: Facts = None) -> SafeString:
    """Words shown as they were typed, such as a caption, with citations as in Markdown."""
    return _with_citations(conditional_escape(str(text or "")), numbers, facts)


@register.simple_tag
def citation(key: str, numbers: Numbers = None) -> SafeString | str:
    """The raised number that leads to a source of the lesson, which also says how sure we are unless we are."""
    number = (numbers or {}).get(key)
    if number is None:
        return f"[@{key}]"
    words = confidence_words(getattr(numbers, "confidences", {}).get(key, ""))
    label = _("Source %(number)s") % {"number": number}
    if words:
        label = _("Source %(number)s, %(confidence)s") % {"number": number, "confidence": words}
    return format_html(
        '<sup class="cite"><a href="#source-{}" aria-label="{}">{}</a></sup>', key, label, number
    )


@register.simple_tag
def confidence_tag(confidence: str) -> SafeString | str:
    """A small mark behind what we are not sure of; empty when we are."""
    words = confidence_words(confidence)
    return format_html('<span class="tag signal">{}</span>', words) if words else ""


def _terms_dotted(html: str) -> str:
    return LINK_TO_TERM.sub(r'<a class="term" href="\1">', html)


def _with_citations(html: str, numbers: Numbers, facts: Facts) -> SafeString:
    """Some clean HTML whose citations are links, and whose facts are said; inside of a tag nothing is a citation."""
    known, said = numbers or {}, facts or {}

    def shown(found: re.Match[str]) -> str:
        space, kind, key = found.groups()
        if kind == "=" and key in said:
            return space + _said(said[key]) + citation(key, numbers)
        return str(citation(key, numbers)) if kind == "@" and key in known else found[0]

    return trusted(TAG_OR_CITATION.sub(shown, html))


def _said(fact: Fact) -> str:
    mark = confidence_tag(fact.confidence)
    return f"{escape(fact.said)} {mark}" if mark else str(escape(fact.said))
