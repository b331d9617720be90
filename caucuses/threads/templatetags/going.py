"""`{% going_of seat thread as going %}`: when what stands in a conversation goes."""

from __future__ import annotations

from django import template

from caucuses.threads.going import going_of

register = template.Library()
register.simple_tag(going_of)
