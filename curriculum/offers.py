"""What the curriculum offers at the doors of the page."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from core import doors
from core.fragments import address, fragment, nav_line
from curriculum.addresses import learn
from curriculum.links import check_next
from curriculum.models import Opening
from curriculum.outline import outline_for
from curriculum.paper.actions import ask_again, prune_printouts
from curriculum.paper.restored import forget_printouts
from curriculum.permissions import lessons_visible_to
from curriculum.planning import copy_plan
from curriculum.schedule import publish_due


def learn_line(*, request: HttpRequest, **_given: Any) -> str:
    """The line of the navigation to the modules."""
    return nav_line(request, learn(), _("Learn"))


def every_minute(*, now: datetime) -> int:
    """Publish what an editor scheduled, take back what has expired; returns how many pages were due."""
    return publish_due(now=now).count


def nightly(*, now: datetime) -> dict[str, int]:
    """The same as each minute, for a night in which it was missed."""
    return {"pages published or taken back": publish_due(now=now).count}


def hourly(*, now: datetime) -> int:
    """Take away PDFs before they are a day old; have those made that wait and have no task."""
    return prune_printouts(now) + ask_again()


def cohort_plan(*, cohort: Cohort, **_given: Any) -> str:
    """The days on which a cohort begins its modules, for the cohort's own page."""
    openings = Opening.objects.filter(cohort=cohort, module__live=True).select_related("module")
    return render_to_string("curriculum/door_cohort_plan.html", {"openings": openings})


def kept_progress(*, request: HttpRequest, **_given: Any) -> str:
    """Offers to take over what was marked in this browser before signing in."""
    return render_to_string("curriculum/door_today_kept.html", {}, request=request)


def search_link(*, request: HttpRequest, **_given: Any) -> str:
    """The magnifying glass in the bar."""
    url = address("curriculum:search_show")
    here = request.path == url
    return fragment("components/tool_link.html", url=url, label=_("Search"), icon="icon_search", current=here)  # fmt: skip


def may_read_lesson(*, member: Any, lesson_key: UUID, **_given: Any) -> bool:
    """Whether the member may read the lesson of this key, for an app below that got it from a page."""
    return lessons_visible_to(member).filter(translation_key=lesson_key).exists()


def public_addresses(**_given: Any) -> list[str]:
    """The modules and lessons that anybody may read, for the sitemap."""
    modules = outline_for(AnonymousUser()).modules
    lessons = [lesson.url for module in modules for lesson in module.lessons]
    return ["/learn/", *(module.url for module in modules), *lessons]


def register() -> None:
    """Make the offers."""
    doors.offer("navigation", learn_line, order=20)
    doors.offer("tools", search_link)
    doors.offer("every_minute", every_minute)
    doors.offer("hourly", hourly)
    doors.offer("nightly", nightly)
    doors.offer("restored", forget_printouts)
    doors.offer("every_minute", check_next, order=200)  # after what somebody waits for
    doors.offer("cohort_plan", cohort_plan)
    doors.offer("cohort_cloned", copy_plan)
    doors.offer("may_read_lesson", may_read_lesson)
    doors.offer("today_card", kept_progress, order=60)
    doors.offer("sitemap", public_addresses, order=20)
