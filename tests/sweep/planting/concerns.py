"""Plants of concerns. Dev reports what somebody said who has left the room since; Elu, who facilitates beside him, reads it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from caucuses.actions.folding import fold_seat
from caucuses.concerns.actions.reporting import answer_concern, send_concern
from caucuses.concerns.models import Concern
from caucuses.models import Fold
from scripts.traces import Words
from tests.caucuses.concerns.hands import facilitating
from tests.caucuses.story import join, own_room
from tests.caucuses.threads.saying import left_behind
from tests.sweep.planting.kinds import Page, Plant, Use, person

CONCERN, POST, FOLD = "concerns.Concern", "concerns.said", "caucuses.Fold"


def _concern(member: Any, words: Words) -> Concern:
    seat = own_room(member, person("elu"))
    elu = facilitating(join(seat, person("elu")))
    post = left_behind(seat, person("paul"), f"So {words.word(f'{CONCERN}.excerpt')} again.")
    concern = send_concern(
        seat=seat,
        concern_id=uuid4(),
        words=f"It said {words.word(f'{CONCERN}.words')} about me.",
        about=None,
        post=post,
    )
    told = f"We heard {words.word(f'{CONCERN}.answer')}."
    answer_concern(seat=elu, concern=concern, words=told, seen=None)
    concern.refresh_from_db()
    return concern


def _said(member: Any, _words: Words) -> Any:
    """Something said by somebody who has left, which Dev reports."""
    return left_behind(own_room(member, person("elu")), person("paul"), "Never mind.")


def _fold(member: Any, _words: Words) -> Fold:
    """Dev keeps away from Elu. No words."""
    seat = own_room(member, person("elu"))
    return fold_seat(seat=seat, other=join(seat, person("elu")))


PLANTS: dict[str, Plant] = {CONCERN: _concern, POST: _said, FOLD: _fold}
#: Dev's own pages, and the words that stand on each.
PAGES: tuple[Page, ...] = (
    Page(
        "concerns:concern_show",
        frozenset(f"{CONCERN}.{name}" for name in ("words", "answer")),
        about=("caucuses.Caucus", CONCERN),
    ),
)
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = {CONCERN: frozenset({"elu"})}
_ABOUT = ("caucuses.Caucus", POST)
USES: tuple[Use, ...] = (
    Use("concerns:concern_about_post", _ABOUT, {"words": "{word} was said"}, into=CONCERN),
    Use("concerns:concern_about_post", _ABOUT, {"words": "{word}" * 600}, expects=200),
)
NAMES: dict[str, str] = {"concern": CONCERN, "fold": FOLD, "other_seat": "caucuses.Seat.other"}
