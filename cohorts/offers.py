"""What `cohorts` offers at the doors: lines of the navigation, a card on Today, the way in by invitation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.signals import user_logged_in
from django.db.models import F, FilteredRelation, Q, UUIDField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html_join

from cohorts.actions import clean_again, clean_agendas_again, copy_rhythm
from cohorts.actions.imports import ask_again, prune_imports
from cohorts.admission import admission, invited_email, use_kept_invitation
from cohorts.leaving import leaving, member_left
from cohorts.link_admission import admits_anybody, use_kept_link
from cohorts.models import Cohort
from cohorts.notifications import address_of
from cohorts.reading import latest_cohorts, own_next_meeting
from cohorts.restored import end_links
from cohorts.talk import Question
from core import doors
from core.fragments import nav_line
from core.prepared import Given, Prepared, Somebody


def cohort_lines(*, request: HttpRequest | None, **_given: Any) -> str | None:
    """One line of the navigation for each of the member's own cohorts, the latest first."""
    if request is None or not request.user.is_authenticated:
        return None
    lines = (
        (nav_line(request, address_of(cohort), cohort.name),) for cohort in latest_cohorts(request)
    )
    return format_html_join("", "{}", lines) or None


def meeting_card(*, request: HttpRequest | None, **_given: Any) -> str | None:
    """The card on Today with the next meeting of the member's cohorts; none for who is in no cohort."""
    if request is None or not request.user.is_authenticated:
        return None
    meeting = own_next_meeting(request)
    if meeting is None:
        return None
    return render_to_string("cohorts/door_next_meeting.html", {"meeting": meeting}, request)


def meetings_copied(*, old: Cohort, new: Cohort, **_given: Any) -> None:
    """A cohort that was made after another one meets in its rhythm."""
    copy_rhythm(old=old, new=new)


def discuss(
    *, request: HttpRequest | None, lesson: Any, block: str, prompt: str, place: str, **_given: Any
) -> str | None:
    """Under a prompt of a lesson: for each of the member's cohorts, the way to talk about it there."""
    if request is None or not request.user.is_authenticated or place != "cohort" or not block:
        return None
    key = str(lesson.translation_key)
    cohorts = _cohorts_with_talks(request, key)
    question = Question(key, block, prompt, lesson.title, request.path)
    ways = [
        {"slug": cohort.slug, "name": cohort.name, "talk": talks.get(block)}
        for cohort, talks in cohorts
        if block in talks or not cohort.is_over
    ]
    if not ways:
        return None
    is_new = any(way["talk"] is None for way in ways)
    signed = question.signed_for(request.user) if is_new else ""
    context = {"ways": ways, "question": signed}
    return render_to_string("cohorts/door_discuss.html", context, request=request)


def _with_talks() -> Any:
    lesson = Given("lesson", UUIDField())
    talks = FilteredRelation("prompts", condition=Q(prompts__lesson_key=lesson))
    rows = Cohort.objects.read_by(Somebody()).annotate(talks=talks)
    told = rows.annotate(block=F("talks__block"), prompt=F("talks__pk"))
    return told.order_by("-starts_on", "name")


_WITH_TALKS = Prepared(_with_talks)


def _cohorts_with_talks(
    request: HttpRequest, lesson_key: str
) -> list[tuple[Cohort, dict[str, Any]]]:
    """The cohorts whose page the member reads, with their open prompts of this lesson, by block: one query a page, kept with the request."""
    kept: dict[str, Any] = request.__dict__.setdefault("cohort_talks", {})
    if lesson_key not in kept:
        rows: list[Any] = _WITH_TALKS.ask(member=request.user.pk, lesson=lesson_key)
        found: dict[Any, tuple[Cohort, dict[str, Any]]] = {}
        for row in rows:
            found.setdefault(row.pk, (row, {}))[1][str(row.block)] = row.prompt
        kept[lesson_key] = list(found.values())
    talks_found: list[tuple[Cohort, dict[str, Any]]] = kept[lesson_key]
    return talks_found


def facilitates(*, member: Any, **_given: Any) -> bool:
    """Whether the member facilitates a cohort now, which makes them staff for the second factor (threats B7)."""
    return Cohort.objects.facilitated_by(member).exists()


def hourly(*, now: datetime) -> None:
    """Bring what was written up to the cleaner of this version of the code; delete files of people that are a day old.

    Have those read and carried out that wait and have no task.
    """
    clean_again()
    clean_agendas_again()
    prune_imports(now)
    ask_again()


def register() -> None:
    """Make the offers."""
    doors.offer("leaving", leaving, order=20)
    doors.offer("member_left", member_left, order=30)
    doors.offer("navigation", cohort_lines, order=40)
    doors.offer("today_card", meeting_card, order=25)
    doors.offer("cohort_cloned", meetings_copied)
    doors.offer("discuss", discuss)
    doors.offer("staff", facilitates)
    doors.offer("hourly", hourly)
    doors.offer("restored", end_links)
    doors.offer("admission", admission)
    doors.offer("admission", admits_anybody)
    doors.offer("invited_email", invited_email)
    doors.offer("any_address", admits_anybody)
    user_logged_in.connect(use_kept_invitation, dispatch_uid="cohorts.use_kept_invitation")
    user_logged_in.connect(use_kept_link, dispatch_uid="cohorts.use_kept_link")
