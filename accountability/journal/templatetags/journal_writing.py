"""What stands around the editor: `{% journal_statement as statement %}` and `{% journal_suggestions as offered %}`."""

from __future__ import annotations

from django import template

from accountability.journal import statement, suggestions
from accountability.journal.models import Prompt
from accountability.journal.statement import Claim

register = template.Library()


@register.simple_tag
def journal_statement() -> dict[str, list[Claim]]:
    """The claims: `short` for all to see, `rest` for who wants to know more."""
    return {"short": statement.short(), "rest": statement.rest()}


@register.simple_tag(takes_context=True)
def journal_suggestions(context: template.Context) -> list[tuple[Prompt, str]]:
    """The questions on offer, each with the query that begins with it."""
    request = context["request"]
    return [(one, suggestions.address_with(request, one)) for one in suggestions.offered()]
