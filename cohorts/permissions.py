"""Who may see and do what in a cohort. Each rule stands in two forms, on an object and on a query."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.choices import RoleKind
from accounts.permissions import holds
from cohorts.models import (
    Announcement,
    Attendance,
    Cohort,
    Invitation,
    JoinLink,
    Meeting,
    MemberImport,
    Membership,
    Prompt,
    Reply,
)
from cohorts.querysets import CohortMeetingQuerySet, MembershipQuerySet


def cohorts_visible_to(user: Any) -> QuerySet[Cohort]:
    """The cohorts whose page a person reads: their own, all for the backbone; of one that ended, 30 days on its facilitators alone."""
    if not user.is_authenticated:
        return Cohort.objects.none()
    if holds(user, RoleKind.BACKBONE):
        return Cohort.objects.all()
    return Cohort.objects.read_by(user)


def can_see_cohort(user: Any, cohort: Cohort) -> bool:
    """Whether the person may read this cohort's page."""
    if not user.is_authenticated:
        return False
    if holds(user, RoleKind.BACKBONE):
        return True
    mine = cohort.memberships.current().filter(member=user)
    return (mine if cohort.is_read_by_all else mine.filter(is_facilitator=True)).exists()


def cohorts_written_in_by(user: Any) -> QuerySet[Cohort]:
    """The cohorts in which the person may say something: those they read, until the last day has passed."""
    return cohorts_visible_to(user).not_over()  # type: ignore[attr-defined, no-any-return]


def can_write_in_cohort(user: Any, cohort: Cohort) -> bool:
    """Whether the person may open prompts and reply: after its last day a cohort is read alone."""
    return not cohort.is_over and can_see_cohort(user, cohort)


def cohorts_run_by(user: Any) -> QuerySet[Cohort]:
    """The cohorts that the person runs, also when they are over: those they facilitate; all for the backbone."""
    if not user.is_authenticated:
        return Cohort.objects.none()
    if holds(user, RoleKind.BACKBONE):
        return Cohort.objects.all()
    return Cohort.objects.facilitated_by(user)


def can_run_cohort(user: Any, cohort: Cohort) -> bool:
    """Whether the person facilitates the cohort, or is of the backbone."""
    if not user.is_authenticated:
        return False
    return (
        holds(user, RoleKind.BACKBONE)
        or cohort.memberships.current().filter(member=user, is_facilitator=True).exists()
    )


def cohorts_announced_in_by(user: Any) -> QuerySet[Cohort]:
    """The cohorts in which the person may post announcements: those they run, until the last day has passed."""
    return cohorts_run_by(user).not_over()  # type: ignore[attr-defined, no-any-return]


def can_announce_in_cohort(user: Any, cohort: Cohort) -> bool:
    """Whether the person may post announcements: facilitators of the cohort and the backbone, until it is over."""
    return not cohort.is_over and can_run_cohort(user, cohort)


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


def meetings_visible_to(user: Any) -> CohortMeetingQuerySet:
    """The meetings of the cohorts that the person may know of."""
    return Meeting.objects.filter(cohort__in=cohorts_visible_to(user))


def can_see_meeting(user: Any, meeting: Meeting) -> bool:
    """Whether the person may know of it: whoever may know of its cohort."""
    return can_see_cohort(user, meeting.cohort)


def meetings_changeable_by(user: Any) -> CohortMeetingQuerySet:
    """The meetings that the person may change: those not called off, where they may announce (and so call meetings)."""
    rows = Meeting.objects.taking_place()
    return rows.filter(cohort__in=cohorts_announced_in_by(user))


def can_change_meeting(user: Any, meeting: Meeting) -> bool:
    """Whether the person may change it: facilitators of the cohort and the backbone, unless it was called off."""
    return meeting.called_off_at is None and can_announce_in_cohort(user, meeting.cohort)


def participants_of(meeting: Meeting) -> MembershipQuerySet:
    """Of whom it can be said whether they were there: who learns in the cohort, and was in it before the meeting ended."""
    rows = meeting.cohort.memberships.current()
    return rows.filter(is_facilitator=False, joined_at__lte=meeting.ends_at)


def meetings_spoken_of_by(user: Any) -> CohortMeetingQuerySet:
    """The meetings of which the person may say whether they were there, or that they cannot come."""
    if not user.is_authenticated or not user.is_active:
        return Meeting.objects.none()
    mine = Membership.objects.filter(
        member=user, left_at__isnull=True, is_facilitator=False, joined_at__lte=OuterRef("ends_at")
    )
    return Meeting.objects.taking_place().filter(Exists(mine.filter(cohort=OuterRef("cohort"))))


def can_speak_of_meeting(user: Any, meeting: Meeting) -> bool:
    """Whether the person may say for themselves: participants, of meetings that were not called off."""
    if not user.is_authenticated or meeting.called_off_at is not None:
        return False
    return participants_of(meeting).filter(member=user).exists()


def meetings_noted_by(user: Any) -> CohortMeetingQuerySet:
    """The meetings of which the person may note who was there: they have begun, and the person facilitates the cohort."""
    if not user.is_authenticated:
        return Meeting.objects.none()
    begun = meetings_changeable_by(user).filter(starts_at__lte=timezone.now())
    return begun.filter(cohort__in=Cohort.objects.facilitated_by(user))


def can_note_attendance(user: Any, meeting: Meeting) -> bool:
    """Whether the person may note who was there: facilitators of the cohort alone, once it has begun; not the backbone."""
    may = meeting.has_begun and can_change_meeting(user, meeting)
    return may and facilitates_cohort(user, meeting.cohort)


def facilitates_cohort(user: Any, cohort: Cohort) -> bool:
    """Whether the person facilitates it now. As a filter: `Cohort.objects.facilitated_by`."""
    if not user.is_authenticated:
        return False
    return cohort.memberships.current().filter(member=user, is_facilitator=True).exists()


def attendances_visible_to(user: Any) -> QuerySet[Attendance]:
    """A person's own attendance, and that of others in cohorts that they facilitate."""
    if not user.is_authenticated:
        return Attendance.objects.none()
    noted = Q(meeting__cohort__in=Cohort.objects.facilitated_by(user))
    return Attendance.objects.filter(noted | Q(member=user))


def can_see_attendance(user: Any, attendance: Attendance) -> bool:
    """Whether the person may know of it: the member themselves, and facilitators of the cohort."""
    if not user.is_authenticated:
        return False
    return attendance.member_id == user.pk or facilitates_cohort(user, attendance.meeting.cohort)


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


def can_make_cohort(user: Any) -> bool:
    """Whether the person may make a cohort: the backbone. Of one that exists: `can_change_cohort`."""
    return holds(user, RoleKind.BACKBONE)


def cohorts_changeable_by(user: Any) -> QuerySet[Cohort]:
    """The cohorts whose name, purpose and days the person may set: all for the backbone, nobody else's."""
    return Cohort.objects.all() if holds(user, RoleKind.BACKBONE) else Cohort.objects.none()


def can_change_cohort(user: Any, _cohort: Cohort) -> bool:
    """Whether the person may set its name, purpose and days: the backbone, also when it is over."""
    return holds(user, RoleKind.BACKBONE)


def cohorts_going_on_for(user: Any) -> QuerySet[Cohort]:
    """The cohorts that the person may plan, add people to, and end: for the backbone those that are not over."""
    return cohorts_changeable_by(user).not_over()  # type: ignore[attr-defined, no-any-return]


def can_carry_on_cohort(user: Any, cohort: Cohort) -> bool:
    """Whether the person may plan it, add people to it, and end it: the backbone, until it is over."""
    return not cohort.is_over and can_change_cohort(user, cohort)


def can_invite(user: Any) -> bool:
    """Whether the person may invite others: the backbone."""
    return holds(user, RoleKind.BACKBONE)


def can_change_memberships(user: Any) -> bool:
    """Whether the person may add others to cohorts and end their memberships: the backbone."""
    return holds(user, RoleKind.BACKBONE)


def memberships_changeable_by(user: Any) -> QuerySet[Membership]:
    """The places in cohorts that the person may end, or make those of facilitators: all that go on, for the backbone."""
    if not can_change_memberships(user):
        return Membership.objects.none()
    return Membership.objects.current()


def can_change_membership(user: Any, membership: Membership) -> bool:
    """Whether the person may end this place or make it one of a facilitator: the backbone, while it goes on."""
    goes_on = membership.left_at is None and membership.member.is_active
    return goes_on and can_change_memberships(user)


def invitations_for(user: Any) -> QuerySet[Invitation]:
    """The open invitations that this person may accept: those sent to an address they have proven to be theirs."""
    if not user.is_authenticated:
        return Invitation.objects.none()
    proven = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return Invitation.objects.open().filter(email__in=[address.lower() for address in proven])


def can_accept_invitation(user: Any, invitation: Invitation) -> bool:
    """Whether the person may accept it. A forwarded link opens nothing for somebody else (threats E4)."""
    return (
        user.is_authenticated
        and EmailAddress.objects.filter(
            user=user, verified=True, email__iexact=invitation.email
        ).exists()
    )


def invitations_visible_to(user: Any) -> QuerySet[Invitation]:
    """The invitations that the person may look through, send again and withdraw: all for the backbone."""
    return Invitation.objects.all() if can_invite(user) else Invitation.objects.none()


def can_see_invitation(user: Any, invitation: Invitation) -> bool:
    """Whether the person may look at this invitation, send it again and withdraw it: the backbone."""
    return can_invite(user)


def join_links_visible_to(user: Any) -> QuerySet[JoinLink]:
    """The links to join by that the person may look through and end: all for the backbone."""
    return JoinLink.objects.all() if can_invite(user) else JoinLink.objects.none()


def can_end_join_link(user: Any, link: JoinLink) -> bool:
    """Whether the person may end this link: any of the backbone, whoever made it."""
    return can_invite(user)


def can_join_by_link(user: Any) -> bool:
    """Whether the person may join by a link they hold: every member."""
    return bool(user.is_authenticated and user.is_active)


def imports_visible_to(user: Any) -> QuerySet[MemberImport]:
    """The files of people that the person may look at: those they uploaded themselves, while they are of the backbone."""
    if not can_invite(user):
        return MemberImport.objects.none()
    return MemberImport.objects.filter(uploaded_by=user)


def can_see_import(user: Any, member_import: MemberImport) -> bool:
    """Whether the person may look at this file, have it carried out or thrown away."""
    return can_invite(user) and member_import.uploaded_by_id == user.pk
