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
from accounts.models import User
from home.demo.initiative import email_of
from scripts.traces import Words
from tests.sweep.planting.kinds import Page, Plant, pair_of

MODEL = "sharing.Excerpt"


def _excerpt(member: Any, words: Words) -> Excerpt:
    """An excerpt whose word of `html` stands in its text, from which that is made."""
    body = f"I laughed: {words.word(f'{MODEL}.words')}, **{words.word(f'{MODEL}.html')}**."
    entry = save_entry(by=member, entry_id=id_for(member, uuid4()), text=Text(body="I did."), seen=0)  # fmt: skip
    return share_excerpt(
        by=member,
        pair=pair_of(member, User.objects.get(email=email_of("elu"))),
        entry=entry,
        title=f"That {words.word(f'{MODEL}.title')}",
        words=body,
        until=timezone.now().date() + timedelta(days=10),
    )


PLANTS: dict[str, Plant] = {MODEL: _excerpt}
_WORDS = frozenset(f"{MODEL}.{name}" for name in ("title", "words", "html"))
#: Dev's own pages, and the words that stand on each.
PAGES: tuple[Page, ...] = (
    Page("sharing:excerpt_show", _WORDS, about=MODEL),
    Page("sharing:excerpt_export", _WORDS),
)
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = {MODEL: frozenset({"elu"})}
