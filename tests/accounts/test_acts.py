"""What others opened or changed of a member's account, roles and places: told to them by name, and to nobody else (threats F10)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.actions import end_role, end_seat, give_role, offer_seat
from accounts.acts import acts_on
from accounts.belonging import confirm_belonging
from accounts.choices import RoleKind
from accounts.leaving import come_back, leave
from accounts.models import Body, Departure, User
from accounts.people import note_opening
from accounts.suspending import propose_suspension, withdraw_suspension
from care.actions import end_contact, send_report, stop_contact
from care.actions.turns import id_for
from care.choices import Wish
from care.models import Contact
from care.texts import About, Asked
from cohorts.actions import (
    Noted,
    accept_invitation,
    end_facilitator,
    invite,
    join_cohort,
    leave_cohort,
    let_facilitate,
    note_attendance,
    post_reply,
    remove_reply,
)
from cohorts.choices import Presence
from cohorts.models import Attendance, Cohort, Meeting, Membership, Prompt
from core.audit import pseudonym
from core.models import AuditEvent
from core.querysets import AUDIT_DAYS

pytestmark = pytest.mark.django_db

ANA, LENA = "Ana Reyes (Backbone team)", "Lena Kowalski (Backbone team)"
ACTS = "/account/acts/"


@pytest.fixture(autouse=True)
def nothing_noted(cast):
    """The demonstration has notes of who was at a meeting; here each story makes its own."""
    Attendance.objects.all().delete()


def told(member):
    return [one.words for one in acts_on(member)]


def spring():
    return Cohort.objects.get(slug="spring")


def test_whose_page_is_opened_reads_by_whom_and_when(cast, as_):
    """F10."""
    as_("ana").get(f"/backbone/people/{cast['dev'].pk}/")

    page = as_("dev").get(ACTS).text
    day = timezone.localtime()
    assert f"<bdi>{ANA} opened your account page.</bdi>" in page
    assert f'<time datetime="{day:%Y-%m-%d}' in page
    assert "opened your account page" not in as_("elu").get(ACTS).text


@pytest.mark.parametrize("part", ["roles/", "seats/", "suspend/"])
def test_every_page_about_them_on_the_desk_counts_as_opened(cast, as_, part):
    """F10."""
    as_("ana").get(f"/backbone/people/{cast['dev'].pk}/{part}")

    assert told(cast["dev"]) == [f"{ANA} opened your account page."]


@pytest.mark.parametrize("part", ["facilitator/", "end/"])
def test_the_page_about_their_place_in_a_cohort_counts_as_opened(cast, as_, part):
    """F10."""
    place = Membership.objects.get(cohort__slug="spring", member=cast["dev"], left_at=None)
    for _ in range(2):
        as_("ana").get(f"/backbone/cohorts/spring/people/{place.pk}/{part}")

    assert told(cast["dev"]) == [f"{ANA} opened the page about your place in the cohort Spring."]
    assert told(cast["elu"]) == []


def test_roles_and_seats_are_told_with_who_gave_and_ended_them(cast, time_machine):
    dev, body = cast["dev"], Body.objects.get(slug="steering-committee")
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    role = give_role(member=dev, kind=RoleKind.EDITOR, reason="Writes.", by=cast["ana"])
    time_machine.move_to(start + timedelta(minutes=1), tick=False)
    seat = offer_seat(body=body, member=dev, title="", by=cast["lena"])
    time_machine.move_to(start + timedelta(minutes=2), tick=False)
    end_seat(seat=seat, by=cast["ana"])
    time_machine.move_to(start + timedelta(minutes=3), tick=False)
    end_role(role=role, reason="Done.", by=cast["lena"])

    assert told(dev) == [
        f"{LENA} ended a role of yours.",
        f"{ANA} ended a seat of yours in a body, or took its offer back.",
        f"{LENA} offered you a seat in a body.",
        f"{ANA} gave you a role.",
    ]


def test_the_role_that_they_held_then_is_named_and_no_later_one(cast, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    rui = cast["rui"]
    give_role(member=rui, kind=RoleKind.BACKBONE, reason="Helps.", by=cast["lena"])
    time_machine.move_to(start + timedelta(minutes=1), tick=False)
    note_opening(member=cast["dev"], by=User.objects.get(pk=rui.pk))
    time_machine.move_to(start + timedelta(minutes=2), tick=False)
    end_role(role=rui.roles.get(kind=RoleKind.BACKBONE), reason="Done.", by=cast["lena"])

    (words,) = told(cast["dev"])
    assert words.endswith("(Editor of content, Backbone team) opened your account page.")


def test_what_happened_to_a_place_in_a_cohort_is_told(cast, time_machine):
    autumn, dev, start = Cohort.objects.get(slug="autumn"), cast["dev"], timezone.now()
    time_machine.move_to(start, tick=False)
    place = join_cohort(cohort=autumn, member=dev, by=cast["ana"])
    for number, act in enumerate(
        (
            lambda: let_facilitate(cohort=autumn, member=dev, by=cast["lena"]),
            lambda: end_facilitator(membership=place, by=cast["ana"]),
            lambda: leave_cohort(cohort=autumn, member=dev, by=cast["lena"]),
        ),
        start=1,
    ):
        time_machine.move_to(start + timedelta(minutes=number), tick=False)
        act()

    assert told(dev) == [
        f"{LENA} ended your place in the cohort Autumn.",
        f"{ANA} made you a participant of the cohort Autumn again.",
        f"{LENA} let you facilitate the cohort Autumn.",
        f"{ANA} added you to the cohort Autumn.",
    ]


def test_what_one_does_oneself_is_not_told(cast):
    leave_cohort(cohort=spring(), member=cast["dev"], by=cast["dev"])

    assert AuditEvent.objects.filter(verb="cohort.left").count() == 1
    assert told(cast["dev"]) == []


def test_a_facilitator_who_noted_attendance_or_removed_a_reply_is_named(cast):
    meeting = Meeting.objects.past().filter(cohort=spring()).first()
    note_attendance(
        meeting=meeting,
        noted={cast["dev"].pk: Noted(Presence.NOT_THERE, "")},
        by=cast["mo"],
    )
    reply = post_reply(prompt=Prompt.objects.get(cohort=spring()), text="Hm.", by=cast["dev"])
    remove_reply(reply=reply, reason="It hurts.", by=cast["mo"])

    assert sorted(told(cast["dev"])) == [
        f"Mo Haddad noted whether you were at “{meeting.title}”.",
        "Mo Haddad removed a reply of yours from a talk of the cohort Spring.",
    ]


def test_who_was_invited_reads_by_whom(cast):
    new = User.objects.create_user("new@riverton.example", chosen_name="New")
    EmailAddress.objects.create(user=new, email=new.email, verified=True, primary=True)
    sent = invite(email=new.email, by=cast["lena"], cohort=spring())
    accept_invitation(invitation=sent.invitation, by=new)

    assert sorted(told(new)) == [
        f"{LENA} invited you.",
        "The site itself, or whoever keeps the server, added you to the cohort Spring.",
    ]


def test_who_speaks_of_ones_belonging_stays_unnamed(cast):
    """The model declares that to the backbone team alone."""
    dev = cast["dev"]
    User.objects.filter(pk=dev.pk).update(organization_confirmed_at=None)
    confirm_belonging(member=dev, organization_id=dev.organization_id, by=cast["ana"])

    assert told(dev) == ["It was confirmed that you belong to your organization."]


def test_a_suspension_that_nobody_confirmed_is_never_told(cast, as_):
    row = propose_suspension(member=cast["dev"], reason="He harms.", until=None, by=cast["ana"])
    assert told(cast["dev"]) == []

    withdraw_suspension(suspension=row, by=cast["lena"])

    assert told(cast["dev"]) == []
    assert "suspended" not in as_("dev").get(ACTS).text


def test_reports_and_stopped_contact_leave_nothing_here(cast):
    """Who reports, and who keeps away from whom, stays unknown to those whom it is about."""
    before = {name: told(member) for name, member in cast.items()}
    rows = AuditEvent.objects.count()

    stop_contact(by=cast["elu"], other=cast["dev"])
    send_report(
        by=cast["elu"],
        report_id=id_for(cast["elu"], uuid4()),
        contact=Contact.objects.get(member=cast["fay"]),
        happened="He read my message aloud.",
        asked=Asked(Wish.LISTEN),
        about=About((cast["dev"].pk,), ""),
    )

    assert {name: told(member) for name, member in cast.items()} == before
    assert AuditEvent.objects.count() == rows


def test_a_contact_whose_task_is_ended_reads_by_whom(cast):
    end_contact(contact=Contact.objects.get(member=cast["fay"]), by=cast["ana"])

    assert told(cast["fay"])[0] == (
        f"{ANA} ended that you are, or were asked to be, a contact for reports."
    )


def test_the_site_itself_and_whoever_has_left_are_named_as_such(cast):
    give_role(member=cast["dev"], kind=RoleKind.EDITOR, reason="By command.", by=None)
    AuditEvent.objects.create(
        verb="member.opened",
        actor="f" * 32,
        subject_kind="accounts.user",
        subject=pseudonym(cast["dev"].pk),
    )

    assert sorted(told(cast["dev"])) == [
        "Somebody who has left opened your account page.",
        "The site itself, or whoever keeps the server, gave you a role.",
    ]


def test_a_line_goes_when_the_log_of_acts_is_pruned(cast, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    note_opening(member=cast["dev"], by=cast["ana"])
    time_machine.move_to(start + timedelta(days=AUDIT_DAYS, minutes=1), tick=False)

    AuditEvent.objects.prune()

    assert told(cast["dev"]) == []


def test_who_comes_back_reads_who_acted_before_they_left(cast):
    note_opening(member=cast["dev"], by=cast["ana"])
    leave(by=cast["dev"], takes_along=False)
    come_back(departure=Departure.objects.get())

    assert f"{ANA} opened your account page." in told(User.objects.get(pk=cast["dev"].pk))


def opened(member, times):
    me = pseudonym(member.pk)
    for _ in range(times):
        AuditEvent.objects.create(
            verb="member.opened", actor="", subject_kind="accounts.user", subject=me
        )


def test_the_list_turns_after_thirty_lines(cast, as_):
    opened(cast["dev"], 31)

    first, second = as_("dev").get(ACTS), as_("dev").get(f"{ACTS}?page=2")

    assert (first.text.count("account page."), second.text.count("account page.")) == (30, 1)
    assert "?page=2" in first.text
    assert as_("dev").get("/account/").text.count("opened your account page.") == 5


def test_the_list_costs_the_same_at_one_of_each_and_at_three(cast, as_, django_assert_num_queries):
    dev, client = cast["dev"], as_("dev")
    meetings = Meeting.objects.past().filter(cohort__in=[spring()])

    def act(number):
        """A seat, a place, a reply that was removed, and a page that was opened."""
        body = Body.objects.create(slug=f"b{number}", name=f"B {number}")
        offer_seat(body=body, member=dev, title="", by=cast["lena"])
        cohort = Cohort.objects.create(slug=f"c{number}", name="C", starts_on=timezone.localdate())
        join_cohort(cohort=cohort, member=dev, by=cast["ana"])
        reply = post_reply(prompt=Prompt.objects.get(cohort=spring()), text="Hm.", by=dev)
        remove_reply(reply=reply, reason="It hurts.", by=cast["mo"])
        opened(dev, 1)

    act(0)
    note_attendance(
        meeting=meetings.first(),
        noted={dev.pk: Noted(Presence.NOT_THERE, "")},
        by=cast["mo"],
    )
    client.get(ACTS)
    with django_assert_num_queries(13):
        assert len(client.get(ACTS).context["page"]) == 5
    act(1)
    act(2)
    client.get(ACTS)  # a new body is published
    with django_assert_num_queries(13):
        assert len(client.get(ACTS).context["page"]) == 13
