"""Three things to do this week: small, possible, and never counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from curriculum.outline import ModuleLine

MOST = 3


@dataclass(frozen=True)
class Thing:
    """One thing to do: what, why, and where."""

    label: str | Promise
    why: str | Promise
    url: str


def things_to_do(member: Any, module: ModuleLine | None, cohorts: Sequence[Any]) -> list[Thing]:
    """At most three things that fit this member now; the list is never empty and nothing on it can be overdue."""
    things = []
    if not member.chosen_name:
        things.append(
            Thing(
                _("Choose the name you go by"),
                _("Others in your cohort will meet you by it."),
                reverse("accounts:profile_edit"),
            )
        )
    if module and module.next_lesson:
        things.append(
            Thing(
                _("Read “%(title)s”") % {"title": module.next_lesson.title},
                _("About %(minutes)s minutes.") % {"minutes": module.next_lesson.minutes},
                module.next_lesson.url,
            )
        )
    things += [
        Thing(
            _("See what your cohort %(name)s is doing") % {"name": cohort.name},
            _("Announcements and who is in it."),
            reverse("cohorts:cohort_show", args=[cohort.slug]),
        )
        for cohort in cohorts[:1]
    ]
    things.append(
        Thing(
            _("Look up one word you have heard in a meeting"),
            _("Our shared language says what we mean by it."),
            reverse("glossary:term_list"),
        )
    )
    things.append(
        Thing(
            _("Check what others can see about you"),
            _("One page, with the control beside each line."),
            reverse("accounts:visible_show"),
        )
    )
    return things[:MOST]
