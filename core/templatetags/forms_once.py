"""`{% once_field %}`: a hidden key that makes a form act once, however often it is sent."""

from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.idempotency import FIELD

register = template.Library()


@register.simple_tag
def once_field() -> SafeString:
    """A hidden input with a fresh key."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, uuid4())
