"""The pages of buddies, and the ways there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accountability.buddies.actions import (
    accept_request,
    ask_listed,
    confirm_agreement,
    leave_pair,
    propose_agreement,
    set_contact,
    set_openness,
)
from accountability.buddies.models import Pair, Request
from accountability.buddies.permissions import pairs_writable_by
from tests.accountability.buddies.story import spoil, terms
from tests.browser.ways import Scene, Visit, at, press

BUDDY, PAIR = "buddy/", "buddy/<uuid:pair_id>/"
REQUEST, AGREEMENT = "buddy/requests/<uuid:request_id>/", "buddy/<uuid:pair_id>/agreement/"
WRITE = "buddy/<uuid:pair_id>/agreement/write/"


def _alone(page: Any, scene: Scene) -> None:
    """Jo has no buddy; people of her cohort can be asked, and Ben asks her."""
    for name in ("jo", "chioma", "marisol"):
        set_openness(is_open=True, by=scene.cast[name])
    words = "You said what I was thinking, in the second meeting.\nShall we try it for a term?"
    scene.found["come"] = ask_listed(member=scene.cast["jo"], words=words, by=scene.cast["ben"])
    page.goto("/buddy/")


def _nothing_chosen(page: Any, _scene: Scene) -> None:
    page.get_by_role("button", name="Ask them").click()
    page.wait_for_load_state()


def _asked(page: Any, _scene: Scene) -> None:
    page.goto("/buddy/")
    page.get_by_label("Their e-mail address").fill("somebody@elsewhere.example")
    page.get_by_label("A few words for them").last.fill("I would like to try this with you.")
    press(page, "Ask by address")


def _own_request(page: Any, scene: Scene) -> None:
    mine = Request.objects.open().get(by=scene.cast["jo"])
    scene.found["mine"] = mine
    page.goto(f"/buddy/requests/{mine.pk}/")


def _to_me(page: Any, scene: Scene) -> None:
    page.goto(f"/buddy/requests/{scene.found['come'].pk}/")


def _yes(page: Any, scene: Scene) -> None:
    press(page, "Yes, let us be buddies")
    scene.found["pair"] = pairs_writable_by(scene.cast["jo"]).get()


def _lapsed(page: Any, scene: Scene) -> None:
    page.goto(f"/buddy/requests/{scene.found['mine'].pk}/")


def _agreement(page: Any, scene: Scene) -> None:
    page.goto(f"/buddy/{scene.found['pair'].pk}/agreement/")


def _write(page: Any, scene: Scene) -> None:
    page.goto(f"/buddy/{scene.found['pair'].pk}/agreement/write/")


def _written_wrongly(page: Any, _scene: Scene) -> None:
    page.get_by_label("Why we do this").fill("We want to say what we see.")
    page.get_by_label("The first time").fill("2020-02-03")
    press(page, "Propose this text")


def _two_texts(page: Any, scene: Scene) -> None:
    """Ben was faster."""
    first = propose_agreement(
        pair=scene.found["pair"], terms=_said(), seen=None, by=scene.cast["ben"]
    )
    scene.found["text"] = first
    page.get_by_label("The first time").fill(_soon())
    press(page, "Propose this text")


def _in_force(page: Any, scene: Scene) -> None:
    """Both said yes to the text; Ben proposes a change, and can be reached."""
    pair, text = scene.found["pair"], scene.found["text"]
    confirm_agreement(pair=pair, agreement_id=text.pk, by=scene.cast["jo"])
    change = _said(why="We have grown. Now we want to act on it.", rhythm="monthly")
    propose_agreement(pair=pair, terms=change, seen=text.pk, by=scene.cast["ben"])
    set_contact(pair=pair, contact="555 0101, after five", by=scene.cast["ben"])
    _agreement(page, scene)


def _damaged(page: Any, scene: Scene) -> None:
    spoil(scene.found["text"], "boundaries")
    _agreement(page, scene)


def _paired(page: Any, _scene: Scene) -> None:
    page.goto("/buddy/")


def _resting(page: Any, _scene: Scene) -> None:
    press(page, "Take a rest")


def _leaving(page: Any, scene: Scene) -> None:
    page.goto(f"/buddy/{scene.found['pair'].pk}/leave/")


def _copy(page: Any, scene: Scene) -> None:
    page.goto(f"/buddy/{scene.found['pair'].pk}/export/")


def _too_late(page: Any, scene: Scene) -> None:
    """The pair ends while a text is written."""
    _write(page, scene)
    page.get_by_label("The first time").fill(_soon())
    leave_pair(pair=Pair.objects.get(pk=scene.found["pair"].pk), by=scene.cast["ben"])
    press(page, "Propose this text")


def _ended(page: Any, scene: Scene) -> None:
    page.goto(f"/buddy/{scene.found['pair'].pk}/")


def _again(page: Any, scene: Scene) -> None:
    """Jo is in a pair again; the one before can still be read."""
    asked = ask_listed(member=scene.cast["marisol"], words="", by=scene.cast["jo"])
    accept_request(request=asked, by=scene.cast["marisol"])
    page.goto("/buddy/")


def _said(**changes: Any) -> Any:
    words = {
        "why": "We want to say what we see, and hear it from each other first.",
        "channel": "On a walk by the river; by telephone when it rains.",
        "boundaries": "No names of children. What is said here stays here.",
        "feedback": "One thing at a time, and ask before you give it.",
        "quiet": "Call once, then wait a week.",
    }
    return terms(**{**words, **changes})


def _soon() -> str:
    return (timezone.localdate() + timedelta(days=7)).isoformat()


JO: tuple[Visit, ...] = (
    Visit("buddy-alone", _alone, BUDDY),
    Visit("buddy-today-card", lambda page, _scene: page.goto("/today/"), "today/"),
    Visit("buddy-ask-wrong", lambda page, scene: (page.goto("/buddy/"), _nothing_chosen(page, scene)), "buddy/ask/"),
    Visit("buddy-asked", _asked, BUDDY),
    Visit("buddy-request-mine", _own_request, REQUEST),
    Visit("buddy-request-to-me", _to_me, REQUEST),
    Visit("buddy-new-pair", _yes, BUDDY),
    Visit("buddy-request-lapsed", _lapsed, REQUEST),
    Visit("agreement-empty", _agreement, AGREEMENT),
    Visit("agreement-write", _write, WRITE),
    Visit("agreement-write-wrong", _written_wrongly, WRITE),
    Visit("agreement-conflict", _two_texts, WRITE, 409),
    Visit("agreement-in-force", _in_force, AGREEMENT),
    Visit("agreement-damaged", _damaged, AGREEMENT),
    Visit("buddy-paired", _paired, BUDDY),
    Visit("buddy-resting", _resting, BUDDY),
    Visit("buddy-leave", _leaving, "buddy/<uuid:pair_id>/leave/"),
    Visit("buddy-export", _copy, "buddy/<uuid:pair_id>/export/"),
    Visit("agreement-ended", _too_late, WRITE, 409),
    Visit("buddy-ended", _ended, PAIR),
    Visit("buddy-paired-again", _again, BUDDY),
)  # fmt: skip

#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "buddies": ("jo", JO),
    "buddies-newcomer": ("fay", (at("/buddy/", "buddy-fay"),)),
}
#: Addresses that are acts or files and no pages.
NO_PAGES: frozenset[str] = frozenset(
    {
        "buddy/open/",
        "buddy/ask/address/",
        "buddy/requests/<uuid:request_id>/withdraw/",
        "buddy/requests/<uuid:request_id>/accept/",
        "buddy/requests/<uuid:request_id>/decline/",
        "buddy/<uuid:pair_id>/rest/",
        "buddy/<uuid:pair_id>/resume/",
        "buddy/<uuid:pair_id>/contact/",
        "buddy/<uuid:pair_id>/agreement/<uuid:agreement_id>/confirm/",
        "buddy/<uuid:pair_id>/agreement/<uuid:agreement_id>/take-back/",
    }
)
