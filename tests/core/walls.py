"""What may come out of the walls, read as a browser reads it, and a guard on time."""

import re
import time
from contextlib import contextmanager
from html.parser import HTMLParser
from urllib.parse import urlsplit

TAGS_SEEN = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "a", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td", "h2", "h3", "h4", "h5", "h6"),
}
ATTRIBUTES_SEEN = {("a", "href"), ("a", "rel"), ("ol", "start"), ("th", "align"), ("td", "align")}
RELS = {"nofollow ugc noopener noreferrer", "noopener noreferrer"}
OUR_HOST = "lodestar.example"


class Seen(HTMLParser):
    """Every tag and attribute of a piece of HTML, attributes decoded as a browser decodes them."""

    def __init__(self, shown):
        super().__init__()
        self.tags, self.attributes = set(), []
        self.feed(shown)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_comment(self, data):
        self.tags.add("comment")

    handle_decl = handle_pi = unknown_decl = handle_comment


def leads_to(href):
    """Scheme and host that a browser goes to from a page of ours: it drops tabs and line ends, reads \\ as /."""
    href = re.sub(r"[\t\r\n]", "", href.strip("".join(map(chr, range(33))))).replace("\\", "/")
    parts = urlsplit(href)
    return (parts.scheme or "https", parts.netloc or (OUR_HOST if parts.scheme == "" else ""))


def assert_harmless(shown):
    seen = Seen(shown)
    assert seen.tags <= TAGS_SEEN
    for tag, name, value in seen.attributes:
        assert (tag, name) in ATTRIBUTES_SEEN
        if name == "href":
            scheme, host = leads_to(value)
            assert scheme in ("http", "https", "mailto")
            assert "@" not in host
            if scheme != "mailto" and not value.lower().startswith(("http://", "https://")):
                assert host == OUR_HOST
        elif name == "rel":
            assert value in RELS
        elif name == "start":
            assert value.isascii()
            assert value.isdigit()
        else:
            assert value in ("left", "center", "right")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e]", shown)


@contextmanager
def bounded(seconds=10.0):
    """A guard against texts that blow up, not a benchmark: the worst measured takes a third of a second, or two on a
    busy machine; without the limits it takes minutes."""
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds
