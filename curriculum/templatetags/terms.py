"""What a lesson shows of the shared language."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import get_language

from curriculum.glossary.models import InForce, TermVersion

register = template.Library()


@register.simple_tag
def term_in_force(term: Any) -> TermVersion | None:
    """The wording of a term in the language of now, else in that written first; None while none is adopted."""
    if term is None:
        return None
    wordings = getattr(term, "wordings", None)  # brought along by the block that shows it
    if wordings is not None:
        return wordings.get(get_language()) or wordings.get(settings.LANGUAGE_CODE)
    row = InForce.objects.for_reader().filter(term=term).first()
    return row.version if row else None
