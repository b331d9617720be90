"""Posts as HTML. `threads/post.html` is a pattern: it runs once for each shape of a post, and only words differ from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from caucuses.threads.acting import Acts
from caucuses.threads.reading import Line, Quote
from core.clock import day_and_time
from core.patterns import Pattern, Told
from core.text import trusted

_POST = Pattern(
    "threads/post.html",
    *("base", "csrf_token", "n", "key", "who.initial", "who.name", "when", "edited", "html", "reason"),
    *("quote.post_id", "quote.who.name", "quote.lines", "ways", "stop_url"),
)  # fmt: skip
_WAY = Pattern("threads/post_way.html", "url", "label", "n")


@dataclass(frozen=True, slots=True)
class Page:
    """On what the posts stand: what their addresses begin with, whether one can say something, and the token of its forms."""

    base: str
    can_post: bool
    csrf_token: str


def shown(lines: Sequence[Line], page: Page) -> list[SafeString]:
    """Each of the posts, by its number on the page."""
    return [_post(line, str(number), page) for number, line in enumerate(lines, 1)]


def _post(line: Line, n: str, page: Page) -> SafeString:
    post, who, acts, quote = line.post, line.who, line.acts, line.quote
    words = {
        "base": page.base,
        "csrf_token": page.csrf_token,
        "n": n,
        "key": line.key,
        "who.initial": who.initial if who else "",
        "who.name": who.name if who else "",
        "when": day_and_time(post.written_at),
        "edited": day_and_time(post.edited_at) if post.edited_at else "",
        "html": line.html,
        "reason": line.reason,
        "ways": _ways(acts, n),
        "stop_url": acts.stop_url,
        **_quote_words(quote),
    }
    return _POST.made(
        words,
        state=line.state,
        is_shown=bool(line.html),
        is_edited=post.edited_at is not None,
        has_reason=bool(line.reason),
        can_reply=page.can_post and line.is_read,
        can_edit=page.can_post and not line.state,
        **{"who.is_facilitator": bool(who and who.is_facilitator)},
        **_quote_told(quote),
        **_acts_told(acts),
    )


def _ways(acts: Acts, n: str) -> SafeString:
    made = [_WAY.made({"url": url, "label": words, "n": n}) for url, words in acts.ways]
    return trusted("".join(made))  # each is a pattern, whose words are escaped


def _acts_told(acts: Acts) -> dict[str, Told]:
    return {
        "acts.is_mine": acts.is_mine,
        "acts.is_folded": acts.is_folded,
        "acts.can_reveal": acts.can_reveal,
        "acts.can_mark": acts.can_mark,
        "acts.i_recognize": acts.i_recognize,
        "acts.is_marked": acts.is_marked,
        "acts.can_hide": acts.can_hide,
        "acts.can_stop": acts.can_stop,
        "acts.others_recognize": acts.others_recognize,
    }


def _quote_told(quote: Quote | None) -> dict[str, Told]:
    if quote is None:
        return {"has_quote": False}
    who = quote.who
    return {
        "has_quote": True,
        "quote.text": bool(quote.text),
        "quote.why": quote.why,
        "quote.who.is_there": bool(who and who.is_there),
    }


def _quote_words(quote: Quote | None) -> dict[str, object]:
    if quote is None:
        return {}
    name = quote.who.name if quote.who else ""
    return {"quote.post_id": quote.post_id, "quote.who.name": name, "quote.lines": quote.lines}
