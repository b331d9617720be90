"""`{% door 'reflect' lesson=page %}`: the HTML that other apps offer at this place, empty while nobody offers."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from core import doors

register = template.Library()


@register.simple_tag(takes_context=True)
def door(context: template.Context, name: str, **given: Any) -> SafeString:
    """Render every offer at the door `name`. Each gets the request as `request` and the given keywords."""
    return doors.html(name, request=context.get("request"), **given)
