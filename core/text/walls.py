"""Two walls between a text and a page: bleach, whose last release has been, then nh3, with the same narrow list.

bleach links bare addresses and drops what is not on the list; its own check of addresses is not relied on:
it lets `javascript:1`, `//evil.example` and `/&#47;evil.example` pass. Each wall asks `allowed` for itself,
and both are needed: bleach writes `/&amp;#47;evil.example` out as `/&#47;evil.example`, after its check.
"""

import html
import re
from collections.abc import Iterator, MutableMapping
from functools import partial
from typing import Any

import nh3
from bleach.linkifier import LinkifyFilter
from bleach.sanitizer import Cleaner

from core.text.characters import without_unseen

TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "a", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td", "h2", "h3", "h4", "h5", "h6"),
}
ATTRIBUTES = {"a": {"href", "rel"}, "ol": {"start"}, "th": {"align"}, "td": {"align"}}
SCHEMES = {"http", "https", "mailto"}
REL_OF_MEMBERS = "nofollow ugc noopener noreferrer"
REL_OF_EDITORS = "noopener noreferrer"

UNSEEN = r"\s\x00-\x20\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\ufeff"
IN_PATH = rf"[^<>\"`\\{UNSEEN}]"
HREF = re.compile(
    rf"https?://[\w.-]+(?::[0-9]{{1,5}})?(?:[/?\#]{IN_PATH}*)?"  # no user: https://bank.example@evil.example
    rf"|mailto:[\w.+-]+@[\w.-]+"  # no ?bcc=
    rf"|/(?![/\\]){IN_PATH}*"  # this site; //evil.example and /\evil.example are another one
    rf"|\#[A-Za-z][\w-]*",
    re.IGNORECASE,
)
LONGEST_HREF = 2_000  # characters
# Bare addresses: https:// is demanded and any top-level domain taken, as bleach's list of them is old:
# it links file.md and does not link x.community.
BARE_ADDRESS = re.compile(
    rf"(?<![\w@.:/-])https?://(?![^\s/?\#]*@)(?:[\w-]{{1,63}}\.){{1,20}}"
    rf"(?:xn--[a-z0-9-]{{1,59}}|[a-z\u00a1-\uffff]{{2,63}})(?::[0-9]{{1,5}})?(?![\w-])"
    rf"(?:[/?\#](?:(?![{{}}|^]){IN_PATH}){{0,1800}}(?<![?!;:'’”»…*_]))?",
    re.IGNORECASE,
)

Attributes = MutableMapping[Any, str]  # of a link: (namespace, name) to value, and "_text"


def sanitized(markup: str, *, rel: str) -> str:
    """The part of some HTML that may be shown, with bare addresses as links and `rel` on those that leave.

    A bleach `Cleaner` keeps its parser's state, so two threads with one could mix two people's texts:
    each call makes its own (0.2 milliseconds). nh3's keeps none. Behind it, characters that were written as
    `&#8238;` go as those that were typed have gone.
    """
    finish: Any = partial(_link, rel)  # the stubs of bleach do not know that None drops a link
    links = partial(
        Links,
        callbacks=[finish],
        skip_tags={"pre", "code"},
        url_re=BARE_ADDRESS,
        parse_email=False,  # bleach's pattern for mail addresses takes quadratic time
    )
    first = Cleaner(
        tags=TAGS,
        attributes=_allowed_as_written,
        protocols=SCHEMES,
        strip=True,
        strip_comments=True,
        filters=[links],
    )
    return without_unseen(SECOND_WALL.clean(first.clean(markup)))


class Links(LinkifyFilter):
    """bleach's linker without its second look for character references, which made `&amp;lt;` a `<`."""

    def extract_entities(self, token: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Leave the token alone; the sanitizer before has taken the references out."""
        yield token


def allowed(tag: str, name: str, value: str) -> bool:
    """Whether an attribute may stay, its value read as a browser reads it."""
    if name not in ATTRIBUTES.get(tag, ()):
        return False
    if name == "href":
        return len(value) <= LONGEST_HREF and HREF.fullmatch(value) is not None
    if name == "rel":
        return value in (REL_OF_MEMBERS, REL_OF_EDITORS)
    if name == "start":
        return re.fullmatch(r"[0-9]{1,9}", value) is not None
    return value in ("left", "center", "right")


def _allowed_as_written(tag: str, name: str, value: str) -> bool:
    """The first wall: bleach hands over the value with its character references still in it."""
    return name != "rel" and allowed(tag, name, html.unescape(value))


def _link(rel: str, attributes: Attributes, new: bool = False) -> Attributes | None:
    """Finish a link, or drop it and keep its words where its address was not allowed."""
    address = html.unescape(attributes.get((None, "href"), ""))
    if not allowed("a", "href", address):
        return None
    if address.lower().startswith(("http://", "https://")):
        attributes[(None, "rel")] = rel
    return attributes


def _allowed_or_none(tag: str, name: str, value: str) -> str | None:
    return value if allowed(tag, name, value) else None


SECOND_WALL = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    attribute_filter=_allowed_or_none,
    url_schemes=SCHEMES,
    link_rel=None,
    strip_comments=True,
)
