"""Text written by people: what may be typed, how Markdown becomes HTML, and the one place that vouches for HTML.

The order is: unseen characters out (`characters`), limits (`limits`), Markdown without raw HTML (`markup`),
bleach with a narrow list and nh3 as a second wall (`walls`). A text that is over a limit or makes a parser
stumble is shown as it was typed, escaped: nothing is lost and nothing is executed. Nothing in this package
needs settings or a database.

Not offered, on purpose: raw HTML, pictures (they tell a stranger who reads), reference links (one long
address repeated a thousand times makes megabytes of ten thousand characters), titles of links (out of
reach for keyboard and touch), definition lists (three hundred entries overflow the parser's stack), ids,
classes and styles.
"""

import html
import logging
import re
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe

from core.text.characters import strip_control
from core.text.limits import (
    LONGEST_FROM_EDITORS,
    LONGEST_FROM_MEMBERS,
    MOST_PIECES,
    too_complex,
)
from core.text.markup import markdown_to_html
from core.text.walls import REL_OF_EDITORS, REL_OF_MEMBERS, sanitized

__all__ = [
    "CLEANER_VERSION",
    "LONGEST_FROM_EDITORS",
    "LONGEST_FROM_MEMBERS",
    "clean_markdown",
    "plain_text",
    "render_published",
    "strip_control",
    "too_complex",
    "trusted",
]

CLEANER_VERSION = 1
"""Raise it with every change of output: HTML stored with a lower version is made anew from the raw text."""

HTML_BLOCK = re.compile(
    r"\s*<(?:p|h[1-6]|ul|ol|pre|blockquote|table|hr|div)\b[^<>]*>", re.IGNORECASE
)
BLOCKS = "p br hr div pre blockquote ul ol li table tr h1 h2 h3 h4 h5 h6"
BLOCK_EDGE = re.compile(rf"</?(?:{BLOCKS.replace(' ', '|')})>")
ITEM = re.compile(r"<li>(?: ?<p>)?")
ONLY_BLOCKS = nh3.Cleaner(tags={*BLOCKS.split(), "td", "th"}, attributes={}, link_rel=None)
PAIRED_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")

logger = logging.getLogger(__name__)


def clean_markdown(
    source: str, *, longest: int = LONGEST_FROM_MEMBERS, headings: bool = True
) -> str:
    """A member's Markdown as safe HTML, to be stored beside the text with `CLEANER_VERSION`.

    Headings begin at h3, or are lines in bold type where a page shows many texts (`headings=False`); single line ends are
    kept. A text over a limit (`longest` in characters) comes back escaped; nothing raises.
    """
    source = strip_control(source)
    if too_complex(source, longest=longest):
        return _as_typed(source)
    base = 3 if headings else None
    return _rendered(source, heading_base=base, rel=REL_OF_MEMBERS, keep_line_ends=True)


@lru_cache(maxsize=256)
def render_published(source: str, *, heading_base: int = 2) -> SafeString:
    """An editor's Markdown as safe HTML, kept in this process by its text (a new cleaner is a new process).

    The same walls with room for a lesson. Single line ends are not kept, because texts in files are
    wrapped. `heading_base` is the level, 2 to 6, that a single `#` gets; another one is a `ValueError`.
    """
    if not 2 <= heading_base <= 6:
        raise ValueError("Headings inside a page begin at level 2 to 6; level 1 is the page's own.")
    source = strip_control(source)
    if too_complex(source, longest=LONGEST_FROM_EDITORS):
        return trusted(_as_typed(source))
    return trusted(
        _rendered(source, heading_base=heading_base, rel=REL_OF_EDITORS, keep_line_ends=False)
    )


def trusted(html: str) -> SafeString:
    """Vouch for HTML: the only `mark_safe` of the project.

    Templates escape every text that has not come through here. It is for what this package's walls let
    through, and for markup that our own code wrote around parts it escaped; never for anything as typed.
    """
    return mark_safe(html)


def plain_text(html_or_markdown: str) -> str:
    """The words alone, a line for each block, for excerpts, search and mails; escape it before showing it.

    HTML is known by the block it begins with, as all HTML from here and from Wagtail's editor does;
    anything else is read as a member's Markdown. Paired direction marks go, as an excerpt would part them.
    """
    blocks = html_or_markdown
    if not HTML_BLOCK.match(blocks):
        blocks = clean_markdown(blocks)
    blocks = ITEM.sub("\n- ", " ".join(ONLY_BLOCKS.clean(blocks).split()))
    words = html.unescape(re.sub(r"<[^<>]*>", " ", BLOCK_EDGE.sub("\n", blocks)))
    lines = (" ".join(line.split()) for line in strip_control(words).split("\n"))
    return PAIRED_DIRECTIONS.sub("", "\n".join(line for line in lines if line))


def _rendered(source: str, *, heading_base: int | None, rel: str, keep_line_ends: bool) -> str:
    """Markdown through both walls, or the text as typed when a parser gives up."""
    try:
        made = markdown_to_html(source, heading_base=heading_base, keep_line_ends=keep_line_ends)
        if made.count("<") + made.count("&") > MOST_PIECES:
            return _as_typed(source)
        return sanitized(made, rel=rel)
    except (
        Exception
    ) as error:  # RecursionError too: three parsers, any text, and a page that has to come
        logger.warning(
            "A text is shown as it was typed, its Markdown raised %s.", type(error).__name__
        )
        return _as_typed(source)


def _as_typed(source: str) -> str:
    return "<p>" + html.escape(source).replace("\n", "<br>\n") + "</p>"
