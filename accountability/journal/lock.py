"""The lock of the journal: who may open it now, how long it stays open, what closes it.

It opens by `accounts.permissions.journal_opens` and stays open for 15 idle minutes, in this session alone, by the
server's clock. The session holds three moments (seconds since 1970): when it was opened, the last activity, and when it
was locked. Locking and running out are one thing: what was proved before does not open it again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, TypedDict, TypeVar

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import CharField
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.permissions import journal_opens
from core.keptform import kept_form
from core.prepared import Given, Prepared

IDLE = timedelta(minutes=15)
#: How often activity is written down, in seconds. By so much the journal may lock sooner than 15 minutes after it, never later;
#: in exchange what somebody saves again and again is one transaction and not two.
NOTED_EVERY = 15
KEY = "journal_lock"

View = Callable[..., HttpResponseBase]
Answer = TypeVar("Answer", bound=HttpResponseBase)


_STORED = Prepared(
    lambda: Session.objects.filter(pk=Given("key", CharField())).only("session_data").order_by()
)


class State(TypedDict, total=False):
    """What the session holds of the lock."""

    opened: float
    active: float
    locked: float


def is_open(request: HttpRequest) -> bool:
    """Whether the journal is open in this session."""
    return _left(request, _state(request)) > 0


def closes_at(request: HttpRequest) -> datetime | None:
    """When it locks by itself if nothing happens until then; None while it is locked."""
    if not is_open(request):
        return None
    return datetime.fromtimestamp(_state(request)["active"], UTC) + IDLE


def seconds_left(request: HttpRequest) -> int:
    """Whole seconds until then, 0 while it is locked."""
    return max(0, int(_left(request, _state(request))))


def may_open(request: HttpRequest) -> bool:
    """Whether what was proved in this session opens it now, or it is open already."""
    return is_open(request) or journal_opens(request, since=locked_at(request))


def open_now(request: HttpRequest) -> None:
    """Open it, for who may (see `may_open`). Does nothing when it was locked meanwhile, in another tab, say."""
    now, seen = time.time(), _state(request).get("locked")

    def begin(state: State) -> State:
        return {"opened": now, "active": now} if state.get("locked") == seen else state

    _write(request, begin)


def touch(request: HttpRequest) -> None:
    """Note activity. Does nothing when it is locked."""

    def note(state: State) -> State:
        return {**state, "active": time.time()} if _left(request, state) > 0 else state

    _write(request, note)


def close(request: HttpRequest) -> None:
    """Lock it now, whether or not it was open."""
    now = time.time()
    _write(request, lambda _state: {"locked": now})


def locked_at(request: HttpRequest) -> float | None:
    """When it was locked, or ran out; what was proved before that moment does not open it. None: open, or never was.

    A moment that has yet to come means that the clock was put back or the way in made anew: it counts as locked now.
    """
    if is_open(request):
        return None
    state, now = _state(request), time.time()
    ran_out = state["active"] + IDLE.total_seconds() if "active" in state else None
    moment = state.get("locked", ran_out)
    if moment is not None and moment > now:
        close(request)
        return now
    return moment


def behind_lock(view: View | None = None, *, autosave: bool = False) -> Any:
    """Decorate a view of the journal, under `@open_to(MEMBER)`. Whoever has just proved that it is they opens it by coming.

    Locked, a page leads to the way to open it, a form comes back with what was typed (`core.keptform`), and a script's
    post gets 423. `autosave=True` is for what no person does: it opens nothing, is no activity, and gets 423.
    """
    if view is None:
        return lambda decorated: behind_lock(decorated, autosave=autosave)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not autosave:
            _come_in(request)
        if not is_open(request):
            return stored_nowhere(_locked(request, autosave=autosave))
        return stored_nowhere(view(request, *args, **kwargs))

    return guarded


def locks_on_request(view: View) -> View:
    """Decorate a view that saves what is being typed: with `then=lock` it locks when that is done, whatever came of it.

    A page that hides at once sends both in one request: in two, the lock might come first and the words be refused.
    """

    @wraps(view)
    def saves(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        finally:
            if request.POST.get("then") == "lock":
                close(request)

    return saves


def by_script(request: HttpRequest) -> bool:
    """Whether a script of the page sent this, by the browser's own word; a form that a person sent goes to a page."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"


def _come_in(request: HttpRequest) -> None:
    """Coming is activity, noted unless it was a moment ago, and opens it for who has just proved that it is they."""
    if not is_open(request):
        if may_open(request):
            open_now(request)
    elif time.time() - _state(request)["active"] >= NOTED_EVERY:
        touch(request)
    else:
        _look_again(request)


def _look_again(request: HttpRequest) -> None:
    """Know the lock as its row has it now: it may have been locked since this request began, while a slow body came in, say."""
    session: Any = request.session
    row = _STORED.first(key=session.session_key)
    session.agree(KEY, row.get_decoded().get(KEY, {}) if row is not None else {})


def stored_nowhere(response: Answer) -> Answer:
    """Mark an answer of the journal: no cache keeps it."""
    response["Cache-Control"] = "private, no-store"
    return response


def _locked(request: HttpRequest, *, autosave: bool) -> HttpResponse:
    way = reverse("journal:lock_open")
    if autosave or (request.method == "POST" and by_script(request)):
        return HttpResponse(status=423)
    if request.method == "POST":
        return kept_form(request, prove_url=way, template="journal/kept_show.html")
    return HttpResponseRedirect(f"{way}?{urlencode({'next': request.get_full_path()})}")


def _left(request: HttpRequest, state: State) -> float:
    """Seconds until it locks; 0 or less while it is locked."""
    idle = time.time() - state.get("active", 0)
    if not request.user.is_authenticated or idle < 0:  # the clock was put back
        return 0
    if state.get("opened", 0) < _shut_by_reset(request):
        return 0
    return IDLE.total_seconds() - idle


def _shut_by_reset(request: HttpRequest) -> float:
    """When the way in was last made anew by mail: what was opened before that is shut."""
    reset_at = getattr(request.user, "password_reset_at", None)
    return reset_at.timestamp() if reset_at else 0.0


def _state(request: HttpRequest) -> State:
    session: Any = request.session
    session.renew()  # a lock that another machine has just shut is shut
    state: State = session.get(KEY, {})
    return state


def _write(request: HttpRequest, change: Callable[[State], State]) -> None:
    """Change the lock in the row of the session at once, under its lock, and nothing else there.

    A session is otherwise written whole when a request ends: one that began before *Lock* was pressed, and ends after,
    would open the journal again.
    """
    session: Any = request.session
    with transaction.atomic():
        row = Session.objects.select_for_update().filter(pk=session.session_key).first()
        if row is None:  # of a session that is not stored yet, or has just ended
            session[KEY] = change(_state(request))
            return
        stored = row.get_decoded()
        stored[KEY] = change(stored.get(KEY, {}))
        row.session_data = Session.objects.encode(stored)
        row.save(update_fields=["session_data"])
    session.agree(KEY, stored[KEY])
