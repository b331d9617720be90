"""What pages ask before they lead to something on paper."""

from typing import Any

from django import template

from curriculum.permissions import can_read_facilitator_notes

register = template.Library()


@register.simple_tag
def reads_facilitator_notes(user: Any) -> bool:
    """Whether the reader may open session plans."""
    return can_read_facilitator_notes(user)
