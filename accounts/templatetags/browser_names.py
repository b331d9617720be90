"""`{{ agent|browser_name }}`: what a person would call their browser, instead of the line that it sends."""

from django import template
from django.utils.translation import gettext as _
from ua_parser import parse

register = template.Library()
LONGEST = 300  # characters that are read; a browser's own line has fewer


@register.filter
def browser_name(agent: str | None) -> str:
    """ "Firefox on Windows", or that the browser is unknown."""
    found = parse((agent or "")[:LONGEST])
    browser = found.user_agent.family if found.user_agent else None
    system = found.os.family if found.os else None
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser that does not say its name")
