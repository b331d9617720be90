"""Plants of sharing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accountability.journal.actions import id_for, save_entry
from accountability.journal.texts import Text
from accountability.sharing.actions import share_excerpt
from accountability.sharing.models import Excerpt
from scripts.traces import Words
from tests.sweep.planting.kinds import Page, Plant, Use, pair_of, person

MODEL, ENTRY = "sharing.Excerpt", "journal.Entry"


def _excerpt(member: Any, words: Words) -> Excerpt:
    """An excerpt whose word of `html` stands in its text, from which that is made."""
    body = f"I laughed: {words.word(f'{MODEL}.words')}, **{words.word(f'{MODEL}.html')}**."
    entry = save_entry(by=member, entry_id=id_for(member, uuid4()), text=Text(body="I did."), seen=0)  # fmt: skip
    return share_excerpt(
        by=member,
        pair=pair_of(member, person("elu")),
        entry=entry,
        title=f"That {words.word(f'{MODEL}.title')}",
        words=body,
        until=timezone.now().date() + timedelta(days=10),
    )


PLANTS: dict[str, Plant] = {MODEL: _excerpt}
NAMES = {"excerpt": MODEL}
_WORDS = frozenset(f"{MODEL}.{name}" for name in ("title", "words", "html"))
#: Dev's own pages, and the words that stand on each.
PAGES: tuple[Page, ...] = (
    Page("sharing:excerpt_show", _WORDS, about=MODEL),
    Page("sharing:excerpt_export", _WORDS),
)
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = {MODEL: frozenset({"elu"})}

_CUT: dict[str, str | list[str]] = {"title": "{word}", "words": "So **{word}**.", "until": "{day}"}
#: He looks at it as Elu will, shares it, takes one back; and what he typed comes back when the pair has ended meanwhile.
USES: tuple[Use, ...] = (
    Use("sharing:excerpt_share", ENTRY, {**_CUT, "act": "look"}, expects=200),
    Use("sharing:excerpt_share", ENTRY, {**_CUT, "act": "share", "until": "{word}"}, expects=200),
    Use("sharing:excerpt_share", ENTRY, {**_CUT, "act": "share", "pair": "{word}"}, expects=400),
    Use("sharing:excerpt_share", ENTRY, {**_CUT, "act": "share"}, into=MODEL),
    Use("sharing:excerpt_take_back", MODEL, form_on="sharing:excerpt_show", turn=1),
    Use("sharing:excerpt_share", ENTRY, {**_CUT, "act": "share"}, expects=409, turn=2),
)
