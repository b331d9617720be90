"""Where the things of a cohort stand."""

from __future__ import annotations

from django.urls import reverse

from cohorts.models import Cohort, Meeting, Prompt, Reply


def address_of(cohort: Cohort) -> str:
    """The address of the cohort's page."""
    return reverse("cohorts:cohort_show", args=[cohort.slug])


def meeting_address(meeting: Meeting) -> str:
    """The address of a meeting's page."""
    return reverse("cohorts:meeting_show", args=[meeting.cohort.slug, meeting.pk])


def talk_of(prompt: Prompt) -> str:
    """The address of the talk about a prompt."""
    return reverse("cohorts:talk_show", args=[prompt.cohort.slug, prompt.pk])


def reply_address(reply: Reply) -> str:
    """The address at which a reply is looked up and shown, on whichever page of the talk it stands."""
    cohort = reply.prompt.cohort.slug
    return reverse("cohorts:reply_show", args=[cohort, reply.prompt_id, reply.pk])
