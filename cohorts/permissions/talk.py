"""Who reads, changes and takes back what is said in a cohort: announcements, prompts, replies."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from cohorts.models import Announcement, Prompt, Reply
from cohorts.permissions.groups import (
    can_announce_in_cohort,
    can_run_cohort,
    can_see_cohort,
    can_write_in_cohort,
    cohorts_announced_in_by,
    cohorts_run_by,
    cohorts_visible_to,
    cohorts_written_in_by,
)


def announcements_visible_to(user: Any) -> QuerySet[Announcement]:
    """The announcements of the cohorts that the person may know of."""
    return Announcement.objects.filter(cohort__in=cohorts_visible_to(user))


def can_see_announcement(user: Any, announcement: Announcement) -> bool:
    """Whether the person may read it: whoever may know of its cohort."""
    return can_see_cohort(user, announcement.cohort)


def announcements_changeable_by(user: Any) -> QuerySet[Announcement]:
    """A person's own announcements in cohorts where they may still announce."""
    if not user.is_authenticated:
        return Announcement.objects.none()
    return Announcement.objects.filter(author=user, cohort__in=cohorts_announced_in_by(user))


def can_change_announcement(user: Any, announcement: Announcement) -> bool:
    """Whether the person may give it another text: its author, while they may announce there."""
    return (
        user.is_authenticated
        and announcement.author_id == user.pk
        and can_announce_in_cohort(user, announcement.cohort)
    )


def announcements_deletable_by(user: Any) -> QuerySet[Announcement]:
    """A person's own announcements in cohorts that they run. One's own words can be taken back after the end too."""
    if not user.is_authenticated:
        return Announcement.objects.none()
    return Announcement.objects.filter(author=user, cohort__in=cohorts_run_by(user))


def can_delete_announcement(user: Any, announcement: Announcement) -> bool:
    """Whether the person may delete it: its author, while they run the cohort, also after its end."""
    return (
        user.is_authenticated
        and announcement.author_id == user.pk
        and can_run_cohort(user, announcement.cohort)
    )


def prompts_visible_to(user: Any) -> QuerySet[Prompt]:
    """The open prompts of the cohorts that the person may know of."""
    return Prompt.objects.filter(cohort__in=cohorts_visible_to(user))


def can_see_prompt(user: Any, prompt: Prompt) -> bool:
    """Whether the person may read along: whoever may know of its cohort."""
    return can_see_cohort(user, prompt.cohort)


def prompts_answerable_by(user: Any) -> QuerySet[Prompt]:
    """The open prompts of the cohorts in which the person may say something."""
    return Prompt.objects.filter(cohort__in=cohorts_written_in_by(user))


def can_reply_to_prompt(user: Any, prompt: Prompt) -> bool:
    """Whether the person may reply: whoever may read along, until the cohort is over."""
    return can_write_in_cohort(user, prompt.cohort)


def replies_visible_to(user: Any) -> QuerySet[Reply]:
    """The replies to prompts that the person may see; one that was removed only for its author."""
    if not user.is_authenticated:
        return Reply.objects.none()
    there = Q(removed_at__isnull=True) | Q(author=user)
    return Reply.objects.filter(there, prompt__in=prompts_visible_to(user))


def can_see_reply(user: Any, reply: Reply) -> bool:
    """Whether the person may read it: whoever may see its prompt; its author alone when it was removed."""
    is_there = reply.removed_at is None or reply.author_id == user.pk
    return can_see_prompt(user, reply.prompt) and is_there


def replies_changeable_by(user: Any) -> QuerySet[Reply]:
    """A person's own replies in cohorts in which they may still say something."""
    if not user.is_authenticated:
        return Reply.objects.none()
    return Reply.objects.filter(author=user, prompt__in=prompts_answerable_by(user))


def can_change_reply(user: Any, reply: Reply) -> bool:
    """Whether the person may give it another text: its author, while they may reply there."""
    return (
        user.is_authenticated
        and reply.author_id == user.pk
        and can_reply_to_prompt(user, reply.prompt)
    )


def replies_deletable_by(user: Any) -> QuerySet[Reply]:
    """A person's own replies in cohorts whose page they read. One's own words can be taken back after the end too."""
    if not user.is_authenticated:
        return Reply.objects.none()
    return Reply.objects.filter(author=user, prompt__in=prompts_visible_to(user))


def can_delete_reply(user: Any, reply: Reply) -> bool:
    """Whether the person may delete it: its author, while they read the cohort's page."""
    return (
        user.is_authenticated
        and reply.author_id == user.pk
        and can_see_cohort(user, reply.prompt.cohort)
    )


def replies_removable_by(user: Any) -> QuerySet[Reply]:
    """Other people's replies in cohorts that the person runs. What hurts can be removed after the end too."""
    if not user.is_authenticated:
        return Reply.objects.none()
    there = Reply.objects.filter(removed_at__isnull=True)
    others = there.filter(~Q(author=user) | Q(author__isnull=True))
    return others.filter(prompt__cohort__in=cohorts_run_by(user))


def can_remove_reply(user: Any, reply: Reply) -> bool:
    """Whether the person may take somebody else's reply out of the talk: facilitators of the cohort and the backbone."""
    return (
        reply.author_id != user.pk
        and reply.removed_at is None
        and can_run_cohort(user, reply.prompt.cohort)
    )
