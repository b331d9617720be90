"""`{% script_words as words %}`: what the script that saves drafts may say."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def script_words() -> dict[str, str]:
    """Each by the name that js/threads/draft.js has for it."""
    return {
        "saved": _("Saved as a draft at {time}"),
        "offline": _("Not saved as a draft: there is no connection. What you typed is in this page; it is saved when the connection is back."),
        "fault": _("Not saved as a draft: something went wrong on our side. What you typed is in this page; we try again."),
        "refused": _("Not saved as a draft any more. What you typed is in this page: copy it, then open the page anew in another tab."),
        "too_long": _("Too long for a draft. What you typed is in this page: copy it, and post it in parts."),
        "conflict": _("You wrote something else in another tab. Both texts are on this page; nothing is saved until you choose."),
    }  # fmt: skip
