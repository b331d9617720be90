"""What a page of the shared language says to programs: JSON-LD in a data block, which no browser runs."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.text import trusted
from curriculum.glossary.formats.as_jsonld import in_a_page, set_node, term_node
from curriculum.glossary.models import TermVersion

register = template.Library()


@register.simple_tag
def term_jsonld(version: TermVersion, slug: str) -> SafeString:
    """`{% term_jsonld version term.slug %}`: the term in the wording that the page shows."""
    return _block(term_node(version, slug))


@register.simple_tag
def glossary_jsonld() -> SafeString:
    """`{% glossary_jsonld %}`: the set of all terms, without the terms themselves."""
    return _block(set_node(get_language() or ""))


def _block(node: dict[str, Any]) -> SafeString:
    # JSON in which nothing can end the block; quotation marks must stay what they are.
    return format_html('<script type="application/ld+json">{}</script>', trusted(in_a_page(node)))
