"""Joining and leaving, and what a member can see, take along and have removed (threats F1, F2, F5, F12, H10)."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.choices import RoleKind
from cohorts.actions import invite, join_cohort, leave_cohort, post_announcement
from cohorts.models import Cohort, Invitation, Membership
from core import register
from core.models import AuditEvent
from notices.models import Notice

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def holding():
    return next(row for row in register.holdings() if row.name == "cohorts")


def test_joining_twice_is_joining_once(house):
    before = AuditEvent.objects.filter(verb="cohort.joined").count()
    for _ in range(2):
        join_cohort(cohort=house.larch, member=house.ben, by=house.ana)

    assert house.larch.memberships.filter(member=house.ben).count() == 1
    assert AuditEvent.objects.filter(verb="cohort.joined").count() == before + 1
    assert Notice.objects.filter(member=house.ben, kind="cohorts.added").count() == 1


def test_the_database_refuses_a_second_open_membership(house):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(cohort=house.larch, member=house.dev)


def test_coming_back_is_a_new_membership(house):
    leave_cohort(cohort=house.larch, member=house.dev, by=house.dev)

    join_cohort(cohort=house.larch, member=house.dev, by=None)

    assert house.larch.memberships.filter(member=house.dev).count() == 2
    assert house.larch.memberships.current().filter(member=house.dev).count() == 1


def test_a_participant_who_joins_as_facilitator_becomes_one_and_stays_one(house):
    join_cohort(cohort=house.larch, member=house.dev, by=house.ana, as_facilitator=True)
    join_cohort(cohort=house.larch, member=house.dev, by=house.ana)

    assert house.larch.memberships.get(member=house.dev).is_facilitator


@pytest.mark.parametrize("name", ["mo", "gus", "rui", "elu"])
def test_only_the_backbone_adds_and_removes_others(house, name):
    with pytest.raises(PermissionDenied):
        join_cohort(cohort=house.larch, member=house.ben, by=house.people[name])
    with pytest.raises(PermissionDenied):
        leave_cohort(cohort=house.larch, member=house.dev, by=house.people[name])


def test_leaving_what_one_is_not_in_does_nothing(house):
    assert leave_cohort(cohort=house.larch, member=house.fay, by=house.fay) is False


def test_the_export_holds_what_is_mine_and_nobody_elses_words(house):
    """F1, F2: a canary of each."""
    post_announcement(cohort=house.larch, text="Canary of Mo", by=house.mo)
    post_announcement(cohort=house.larch, text="Canary of Ana", by=house.ana)

    exported = json.dumps(holding().export(house.mo))

    assert "Canary of Mo" in exported
    assert "Larch" in exported
    assert "Canary of Ana" not in exported
    assert "Ana" not in exported


def test_what_others_see_of_me_is_said(house):
    post_announcement(cohort=house.larch, text="Hello", by=house.mo)

    lines = [str(line.what) for line in register.visible_of(house.mo, holding())]

    assert "That you facilitate the cohort Larch" in lines
    assert "The announcements that you posted, with your name" in lines


def test_erasing_takes_membership_and_invitations_and_the_name_from_announcements(house):
    """F5."""
    announcement = post_announcement(cohort=house.larch, text="Hello", by=house.mo)
    invite(email=house.mo.email, by=house.ana, role=RoleKind.EDITOR)

    for _ in range(2):
        for step in holding().erase(house.mo):
            step()

    announcement.refresh_from_db()
    assert announcement.author is None
    assert Membership.objects.filter(member=house.mo).count() == 0
    assert Invitation.objects.filter(email=house.mo.email).count() == 0
    assert house.larch.memberships.count() == 3


def test_an_announcement_of_somebody_who_left_names_nobody(as_, house):
    announcement = post_announcement(cohort=house.larch, text="Hello", by=house.mo)
    announcement.author = None
    announcement.save()

    assert "Somebody who has left" in as_("dev").get("/cohorts/larch/").text


def test_invitations_go_after_90_days_used_or_not(house):
    """F12."""
    for days in (89, 91):
        sent = invite(email=f"day{days}@riverton.example", by=None)
        at = timezone.now() - timedelta(days=days)
        Invitation.objects.filter(pk=sent.invitation.pk).update(sent_at=at)
    prunes = [row.prune for row in holding().retention if row.prune]

    assert sum(prune() for prune in prunes) == 1
    assert Invitation.objects.get().email == "day89@riverton.example"


@pytest.mark.parametrize(("starts", "ends", "fine"), [(1, 1, True), (2, 1, False)])
def test_a_cohort_ends_no_earlier_than_it_starts(db, starts, ends, fine):
    day = timezone.localdate()

    def make():
        with transaction.atomic():
            Cohort.objects.create(
                slug="x", name="X", starts_on=day + timedelta(days=starts),
                ends_on=day + timedelta(days=ends),
            )  # fmt: skip

    if fine:
        make()
    else:
        with pytest.raises(IntegrityError):
            make()
    assert Cohort.objects.filter(slug="x").exists() is fine
