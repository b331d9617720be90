"""A cohort that ends while somebody is at it: asked of its row as it stands now, and answered in words."""

import threading
import time
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connections, transaction

from cohorts.actions import (
    CohortIsOver,
    InvitationGone,
    accept_invitation,
    add_member,
    call_meetings,
    call_off_meeting,
    change_meeting,
    copy_rhythm,
    edit_announcement,
    edit_reply,
    invite,
    invite_all,
    let_facilitate,
    open_prompt,
    post_announcement,
    post_reply,
)
from cohorts.models import Announcement, Cohort, Invitation, Meeting
from cohorts.permissions import can_note_attendance, meetings_noted_by
from cohorts.talk import Question
from core.clock import today_here
from tests.cohorts.meeting import HERE, PLACE, called, held, in_a_week, of, plan, typed
from tests.cohorts.talking import asked_in, say
from tests.cohorts.test_invitations import NEW, page_of, path_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def over(cohort):
    """It ended yesterday, and whoever holds its row does not know."""
    yesterday = today_here() - timedelta(days=1)
    Cohort.objects.filter(pk=cohort.pk).update(starts_on=date(2026, 3, 1), ends_on=yesterday)


def test_whatever_is_written_in_a_cohort_asks_how_it_stands_now(house):
    """Each action holds a row that was read before the end."""
    announcement = post_announcement(cohort=house.larch, text="Plums", by=house.mo)
    prompt = asked_in(house.larch, house.dev)
    reply, meeting = say(prompt, house.dev), called(house)
    question = Question(str(uuid4()), str(uuid4()), "Who?", "Grading", "/learn/x/y/")
    over(house.larch)

    for act in (
        lambda: post_announcement(cohort=house.larch, text="x", by=house.mo),
        lambda: edit_announcement(announcement=announcement, text="x", seen_revision=1, by=house.mo),
        lambda: open_prompt(cohort=house.larch, question=question, by=house.dev),
        lambda: post_reply(prompt=prompt, text="x", by=house.dev),
        lambda: edit_reply(reply=reply, text="x", seen_revision=1, by=house.dev),
        lambda: call_meetings(cohort=house.larch, plans=[plan()], by=house.mo),
        lambda: change_meeting(meeting=meeting, plan=plan(title="x"), seen=1, by=house.mo),
        lambda: call_off_meeting(meeting=meeting, by=house.mo),
        lambda: add_member(cohort=house.larch, email=house.ben.email, by=house.ana),
        lambda: let_facilitate(cohort=house.larch, member=house.ben, by=house.ana),
        lambda: invite(email=NEW, by=house.ana, cohort=house.larch),
        lambda: invite_all(addresses=[house.ben.email], by=house.ana, cohort=house.larch),
    ):  # fmt: skip
        with pytest.raises(CohortIsOver):
            act()
    assert house.larch.memberships.count() == 4


def test_what_was_typed_of_a_meeting_comes_back(as_, house):
    meeting, client = called(house), as_("mo")
    over(house.larch)

    for address in (f"{HERE}new/", of(meeting, "edit/")):
        answer = client.post(address, typed(today_here() + timedelta(days=3)))
        assert answer.status_code == 403
        for words in ("This cohort has ended", PLACE, "Who holds the **pencil**?"):
            assert words in answer.text, words
    assert client.post(of(meeting, "call-off/"), {"once": uuid4()}).status_code == 403
    meeting.refresh_from_db()
    assert (meeting.called_off_at, meeting.revision) == (None, 1)


def test_an_invitation_into_it_is_as_one_that_never_was(nobody, as_, house):
    sent = invite(email=house.ben.email, by=house.ana, cohort=house.larch)
    over(house.larch)

    for client in (nobody, as_("ben")):
        answers = [
            getattr(client, verb)(path)
            for verb in ("get", "post")
            for path in (path_of(sent), "/invitation/unknown/")
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({page_of(answer) for answer in answers}) == 1
    with pytest.raises(InvitationGone):
        accept_invitation(invitation=sent.invitation, by=house.ben)
    assert not house.larch.memberships.filter(member=house.ben).exists()


def test_with_a_later_last_day_the_invitation_opens_again(as_, house):
    sent = invite(email=house.ben.email, by=house.ana, cohort=house.larch)
    over(house.larch)
    Cohort.objects.filter(pk=house.larch.pk).update(ends_on=today_here())

    accept_invitation(invitation=sent.invitation, by=house.ben)

    assert house.larch.memberships.current().filter(member=house.ben).count() == 1


def test_the_command_invites_nobody_into_it(house):
    over(house.larch)

    with pytest.raises(CommandError, match="The cohort Larch is over"):
        call_command("invite", NEW, "--cohort", "larch")

    assert Invitation.objects.filter(email=NEW).count() == 0


@pytest.mark.postgres
@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_who_posts_while_it_is_being_ended_waits_and_is_told(cast):
    """Two at the same moment: the end is not yet written when the other begins."""
    spring, found = Cohort.objects.get(slug="spring"), []

    def post():
        try:
            post_announcement(cohort=spring, text="A late pear", by=cast["mo"])
            found.append("posted")
        except CohortIsOver:
            found.append("over")
        finally:
            connections.close_all()

    poster = threading.Thread(target=post)
    with transaction.atomic():
        over(Cohort.objects.select_for_update().get(pk=spring.pk))
        poster.start()
        time.sleep(0.5)
        assert found == []
    poster.join()

    assert found == ["over"]
    assert Announcement.objects.filter(text="A late pear").count() == 0


class TestMeetingsAfterTheEnd:
    @pytest.fixture(autouse=True)
    def after(self, house):
        house.held, house.coming = held(house, title="The last one"), called(house, title="Quince")
        over(house.larch)

    def test_no_meeting_is_said_to_come(self, as_, house):
        """It could not be called off any more."""
        dev = as_("dev")

        for page in ("/cohorts/larch/", HERE, "/today/"):
            assert "Quince" not in dev.get(page).text, page
        assert "The last one" in dev.get(HERE).text
        page = dev.get(of(house.coming)).text
        assert "This cohort ended on" in page
        assert "A file for your calendar" not in page
        assert "I cannot come" not in page

    def test_who_was_at_the_last_one_can_be_said_and_noted_for_30_days(self, as_, house):
        """The last meeting may be on the last day; nobody waits with the form in their hands."""
        state = {f"state-{house.elu.pk}": "there", f"seen-{house.elu.pk}": "", "once": uuid4()}

        as_("mo").post(of(house.held, "attendance/"), state)
        as_("dev").post(of(house.held, "mine/"), {"state": "there", "once": uuid4()})

        rows = house.held.attendances.values_list("member", "state")
        assert sorted(rows, key=str) == sorted(
            [(house.elu.pk, "there"), (house.dev.pk, "there")], key=str
        )

    def test_after_30_days_nobody_notes_it(self, house):
        Cohort.objects.filter(pk=house.larch.pk).update(ends_on=today_here() - timedelta(days=31))
        house.held.refresh_from_db()

        assert not can_note_attendance(house.mo, Meeting.objects.get(pk=house.held.pk))
        assert not meetings_noted_by(house.mo).filter(pk=house.held.pk).exists()


def test_a_copy_of_a_cohort_calls_no_meeting_after_its_last_day(house):
    called(house, title="Early")
    called(house, title="Late", starts_at=in_a_week() + timedelta(days=30))
    later = (date(2099, 3, 1) - house.larch.starts_on).days
    last = (in_a_week() + timedelta(days=later + 10)).date()
    new = Cohort.objects.create(slug="birch", name="Birch", starts_on=date(2099, 3, 1), ends_on=last)  # fmt: skip

    copy_rhythm(old=house.larch, new=new)

    assert [meeting.title for meeting in new.meetings.all()] == ["Early"]


def test_a_meeting_after_the_last_day_gets_a_sentence(as_, house):
    last, mo = today_here() + timedelta(days=3), as_("mo")
    Cohort.objects.filter(pk=house.larch.pk).update(ends_on=last)

    too_late = mo.post(f"{HERE}new/", typed(last + timedelta(days=1)))
    in_rhythm = mo.post(f"{HERE}new/", typed(last, repeat="weekly", times="2"))
    in_time = mo.post(f"{HERE}new/", typed(last))

    for answer in (too_late, in_rhythm):
        assert "Choose that day or an earlier one." in answer.text
        assert PLACE in answer.text
    assert in_time.status_code == 302
    assert house.larch.meetings.count() == 1
