"""HTML and addresses that editors publish and that did not begin as Markdown, through the same walls."""

import re

from django.utils.safestring import SafeString

from core.text import plain_text, trusted
from core.text.limits import MOST_PIECES
from core.text.walls import REL_OF_EDITORS, TAGS, allowed, sanitized

OPENED = re.compile(r"<([a-z][a-z0-9-]*)", re.IGNORECASE)
SAME_TAGS = {"b": "strong", "i": "em"}  # what Wagtail's editor writes, and what the walls know
BOLD_OR_ITALIC = re.compile(r"(</?)([bi])(?=[\s>])", re.IGNORECASE)


def clean_html(source: str) -> SafeString:
    """HTML that the editor of the CMS wrote, or that came from elsewhere, as far as it may be shown."""
    known = BOLD_OR_ITALIC.sub(lambda tag: tag[1] + SAME_TAGS[tag[2].lower()], source)
    if known.count("<") + known.count("&") > MOST_PIECES:
        known = plain_text(f"<div>{known}</div>").replace("<", "&lt;")
    return trusted(sanitized(known, rel=REL_OF_EDITORS))


def tags_left_out(source: str) -> list[str]:
    """The names of the tags in some HTML that `clean_html` does not let through, each once, by name."""
    return sorted({tag.lower() for tag in OPENED.findall(source)} - TAGS - SAME_TAGS.keys())


def is_web_address(address: str) -> bool:
    """Whether a link may lead there: http or https, and nothing that a browser would read as another address."""
    is_web = address.lower().startswith(("http://", "https://"))
    return is_web and allowed("a", "href", address)
