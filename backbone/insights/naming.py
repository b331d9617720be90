"""Who is shown by name to those who facilitate: kept at each weekly count, and never more of them until the next one.

A count fixes who is named in each module and who of them had finished it. Until the next count a name may go: its member
takes it back, leaves, is suspended or facilitates themselves. Whenever somebody looks, the rule of `core.suppression` is asked again
with who learns here now: while one to five are left without a name, none is shown, and nothing says how many they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, cast
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backbone.insights.counting import module_key
from backbone.insights.keeping import is_behind
from backbone.models import Snapshot
from cohorts.models import Cohort
from core.suppression import Counted, Published, Why, shown_by_name
from curriculum.outline import ModuleLine

People = frozenset[UUID]
NamesKept = dict[str, dict[str, Any]]


def names_of(
    found: Mapping[str, Counted], published: Mapping[str, Published], still: People
) -> NamesKept:
    """What is kept of the names of this count; `still` are those who wish it at the moment of keeping."""
    return {
        key: _kept(published[key], one, still) for key, one in found.items() if published[key].named
    }


def _kept(published: Published, counted: Counted, still: People) -> dict[str, Any]:
    if isinstance(published.named, Why):
        return {"why": published.named.value}
    named = frozenset(one for one in published.named if one in still)
    finished = counted.yes & named if isinstance(counted.yes, frozenset) else frozenset()
    return {"named": sorted(map(str, named)), "finished": sorted(map(str, finished))}


def without(named: NamesKept, member_id: UUID) -> NamesKept:
    """The same without one person, of whom nothing is left there."""
    gone = str(member_id)
    return {
        key: {part: [one for one in ids if one != gone] if isinstance(ids, list) else ids for part, ids in kept.items()}
        for key, kept in named.items()
    }  # fmt: skip


@dataclass(frozen=True)
class ModuleNames:
    """A module with the names of those who finished it, from A to Z, or why none is shown."""

    title: str
    names: tuple[str, ...] = ()
    why: Why | None = None


def names_on_show(
    cohort: Cohort, snapshot: Snapshot, modules: Iterable[ModuleLine]
) -> list[ModuleNames]:
    """What facilitators see now, without the modules of which there is nothing to say. One query."""
    learners = _learners(cohort)
    found = []
    for module in modules:
        kept = snapshot.named.get(module_key(module))
        if kept is None:
            continue
        shown = _shown(kept, learners)
        if isinstance(shown, Why):
            found.append(ModuleNames(module.title, why=shown))
        elif names := [learners[one].name for one in shown & _ids(kept["finished"])]:
            found.append(ModuleNames(module.title, tuple(sorted(names, key=str.casefold))))
    return found


class Seen(Enum):
    """What facilitators see of one member in one module."""

    FINISHED = _("That you finished it.")
    NOT_FINISHED = _("Nothing: you had not finished it that day.")
    HELD_BACK = _(
        "Nothing: names are shown only while nobody else is left, or at least six people."
    )
    BEHIND = _("Never anything: you are one of those behind its number, who are not named.")
    WAITS = _("Nothing yet. The next weekly count may show it.")

    @property
    def words(self) -> str | Promise:
        """As its member reads it."""
        words: str | Promise = self.value
        return words


def seen_of(
    member: Any, cohort: Cohort, snapshot: Snapshot, modules: Iterable[ModuleLine]
) -> list[tuple[str, Seen]]:
    """For each module that was counted, by its title: what of this member facilitators see now, were it switched on. One query."""
    learners, me = _learners(cohort), member.pk
    found = []
    for module in modules:
        key = module_key(module)
        if key not in snapshot.published:
            continue
        kept = snapshot.named.get(key, {})
        if me in _ids(kept.get("named", ())):
            shown = _shown(kept, learners)
            seen = _seen(me, kept) if not isinstance(shown, Why) else Seen.HELD_BACK
        elif is_behind(snapshot.published[key], snapshot.people, me):
            seen = Seen.BEHIND
        else:
            seen = Seen.HELD_BACK if kept.get("why") else Seen.WAITS
        found.append((module.title, seen))
    return found


def _seen(me: UUID, kept: Mapping[str, Any]) -> Seen:
    return Seen.FINISHED if me in _ids(kept["finished"]) else Seen.NOT_FINISHED


@dataclass(frozen=True)
class Learner:
    """Somebody who learns in a cohort now, and whether they let their name be shown."""

    name: str
    wishes: bool


def _learners(cohort: Cohort) -> dict[UUID, Learner]:
    rows = cohort.memberships.current().filter(is_facilitator=False)
    return {
        row.member_id: Learner(row.member.get_full_name(), hasattr(row, "named_progress"))
        for row in rows.select_related("member", "named_progress")
    }


def _shown(kept: Mapping[str, Any], learners: Mapping[UUID, Learner]) -> People | Why:
    """Who of those named at the last count still is, or why nobody."""
    if kept.get("why"):
        return Why(kept["why"])
    wishing = frozenset(one for one, learner in learners.items() if learner.wishes)
    shown = shown_by_name(frozenset(learners), wishing & _ids(kept["named"]))
    return shown if isinstance(shown, Why) else cast(People, shown)


def _ids(texts: Iterable[str]) -> People:
    return frozenset(map(UUID, texts))
