"""Roles, seats and facilitating on the desk: given with a reason, told to the person, logged, and never to oneself."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.actions import end_role, end_seat, give_role, offer_seat, suspend_member
from accounts.choices import RoleKind
from accounts.models import Body, Role, User
from cohorts.actions import end_facilitator, let_facilitate
from cohorts.models import Cohort, Membership
from core.models import AuditEvent
from notices.models import Notice

pytestmark = pytest.mark.django_db

WHY = "She knows the archive of the city."


def page_of(member):
    return f"/backbone/people/{member.pk}/"


def kinds(member):
    """Fresh from the database, as no property remembers it."""
    return set(Role.objects.in_force().filter(member=member).values_list("kind", flat=True))


def told(member, kind):
    return Notice.objects.filter(member=member, kind=kind).count()


def role_of(member, kind):
    return Role.objects.in_force().get(member=member, kind=kind)


def test_ana_gives_a_role_and_the_person_reads_why(cast, as_):
    form = {"kind": "editor", "reason": WHY}

    after = as_("ana").post(f"{page_of(cast['dev'])}roles/", form, follow=True)

    assert "Given. They get a notice" in after.text
    assert kinds(cast["dev"]) == {"editor"}
    dev = as_("dev")
    assert "You hold the role “Editor of content” now" in dev.get("/account/notices/").text
    assert "(Backbone team) gave you a role." in dev.get("/account/").text
    visible = dev.get("/account/visible/").text
    assert WHY in visible
    assert "by Ana Reyes" in visible
    assert WHY not in as_("elu").get("/account/visible/").text


def test_a_role_needs_a_reason_and_what_was_chosen_stays(cast, as_):
    page = as_("ana").post(f"{page_of(cast['dev'])}roles/", {"kind": "editor", "reason": " "})

    assert "Say why; the person reads it. Nothing was given." in page.text
    assert page.context["form"]["kind"].value() == "editor"
    assert kinds(cast["dev"]) == set()
    with pytest.raises(IntegrityError), transaction.atomic():
        give_role(member=cast["dev"], kind=RoleKind.EDITOR, reason="", by=cast["ana"])


def test_no_role_contains_another(cast, as_):
    ana = as_("ana")
    for name, kind in (("dev", "operator"), ("elu", "editor"), ("ben", "backbone")):
        ana.post(f"{page_of(cast[name])}roles/", {"kind": kind, "reason": WHY})

    assert [kinds(cast[name]) for name in ("dev", "elu", "ben")] == [{"operator"}, {"editor"}, {"backbone"}]  # fmt: skip
    assert as_("dev").get("/backbone/").status_code == 404
    assert as_("elu").get("/backbone/").status_code == 404
    assert as_("ben").get("/backbone/").status_code == 200


def test_nobody_gives_themselves_a_role(cast, as_):
    answer = as_("ana").post(f"{page_of(cast['ana'])}roles/", {"kind": "operator", "reason": WHY})

    assert answer.status_code == 403
    assert "Ask another member of the backbone team" in answer.text
    with pytest.raises(PermissionDenied):
        give_role(member=cast["ana"], kind=RoleKind.OPERATOR, reason=WHY, by=cast["ana"])
    assert kinds(cast["ana"]) == {"backbone"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(member=cast["ana"], kind="operator", reason=WHY, given_by=cast["ana"])


def test_a_role_ends_with_a_reason_that_the_person_reads(cast, as_):
    role = role_of(cast["rui"], "editor")
    address = f"{page_of(cast['rui'])}roles/{role.pk}/end/"
    ana = as_("ana")
    assert "Say why" in ana.post(address, {"reason": ""}).text
    assert kinds(cast["rui"]) == {"editor"}

    ana.post(address, {"reason": "The work is done."})

    assert kinds(cast["rui"]) == set()
    assert as_("rui").get("/admin/").status_code == 403
    assert "The work is done." in as_("rui").get("/account/visible/").text
    assert "You no longer hold the role" in as_("rui").get("/account/notices/").text
    assert "The work is done." in ana.get(page_of(cast["rui"])).text


def test_a_second_press_ends_it_once(cast):
    role = role_of(cast["rui"], "editor")
    for reason in ("The work is done.", "Another reason."):
        end_role(role=role, reason=reason, by=cast["ana"])

    assert Role.objects.get(pk=role.pk).end_reason == "The work is done."
    assert AuditEvent.objects.filter(verb="role.ended").count() == 1
    assert told(cast["rui"], "accounts.role") == 1


def test_the_last_of_the_team_reads_why_their_role_stays(cast, as_):
    end_role(role=role_of(cast["lena"], "backbone"), reason="Moves.", by=cast["ana"])
    role = role_of(cast["ana"], "backbone")
    address = f"{page_of(cast['ana'])}roles/{role.pk}/end/"
    ana = as_("ana")

    assert "Give the role to somebody else first." in ana.get(address).text
    answer = ana.post(address, {"reason": "I am so tired."})

    assert answer.status_code == 409
    assert "I am so tired." in answer.text
    assert kinds(cast["ana"]) == {"backbone"}


def test_of_two_one_may_end_their_own(cast, as_):
    role = role_of(cast["ana"], "backbone")

    answer = as_("ana").post(f"{page_of(cast['ana'])}roles/{role.pk}/end/", {"reason": "Enough."}, follow=True)  # fmt: skip

    assert "Your role has ended." in answer.text
    assert kinds(cast["ana"]) == set()


def test_a_seat_is_offered_accepted_and_ended(cast, as_):
    form = {"body": "steering-committee", "title": "Schools"}
    ana, dev = as_("ana"), as_("dev")

    ana.post(f"{page_of(cast['dev'])}seats/", form)

    seat = cast["dev"].seats.get()
    assert "not answered yet" in ana.get(page_of(cast["dev"])).text
    assert "A seat in Riverton steering committee is offered" in dev.get("/account/notices/").text
    dev.post(f"/account/seats/{seat.pk}/accept/")
    assert "accepted on" in ana.get(page_of(cast["dev"])).text
    ana.post(f"{page_of(cast['dev'])}seats/{seat.pk}/end/")
    assert cast["dev"].seats.filled().count() == 0
    assert "(Backbone team) ended a seat of yours in a body" in dev.get("/account/").text


def test_ending_a_seat_twice_is_one_line(cast):
    body = Body.objects.get(slug="steering-committee")
    seat = offer_seat(body=body, member=cast["dev"], title="", by=cast["ana"])
    for _ in range(2):
        end_seat(seat=seat, by=cast["ana"])

    assert AuditEvent.objects.filter(verb="seat.ended").count() == 1


def test_a_facilitator_is_made_and_ended_and_told(cast, as_):
    ana, fay = as_("ana"), as_("fay")

    ana.post(f"{page_of(cast['fay'])}facilitates/", {"cohort": "spring"})

    place = Membership.objects.get(member=cast["fay"], left_at=None)
    assert place.is_facilitator
    assert "You facilitate the cohort Spring now" in fay.get("/account/notices/").text
    ana.post(f"{page_of(cast['fay'])}facilitates/spring/end/")
    place.refresh_from_db()
    assert (place.is_facilitator, place.left_at) == (False, None)
    assert "You no longer facilitate the cohort Spring" in fay.get("/account/notices/").text


def test_while_an_account_is_closed_its_page_offers_no_place_in_a_cohort(cast, as_):
    suspend_member(member=cast["mo"], by=cast["ana"])

    page = as_("ana").get(page_of(cast["mo"])).text

    assert "its places in cohorts stay as they are" in page
    assert "End facilitating" not in page
    assert "Let them facilitate this cohort" not in page


def test_facilitating_changes_once(cast):
    spring = Cohort.objects.get(slug="spring")
    for _ in range(2):
        let_facilitate(cohort=spring, member=cast["dev"], by=cast["ana"])
    assert told(cast["dev"], "cohorts.place") == 1

    place = spring.memberships.get(member=cast["dev"], left_at=None)
    assert [end_facilitator(membership=place, by=cast["ana"]) for _ in range(2)] == [True, False]  # fmt: skip
    verbs = ("cohort.facilitator_made", "cohort.facilitator_ended")
    assert AuditEvent.objects.filter(verb__in=verbs).count() == 2


@pytest.mark.parametrize("name", ["dev", "mo", "rui", "gus"])
def test_nobody_but_the_backbone_does_any_of_it(cast, name):
    """B16."""
    by, before = cast[name], AuditEvent.objects.count()
    spring = Cohort.objects.get(slug="spring")
    body = Body.objects.get(slug="steering-committee")
    seat = User.objects.get(pk=cast["ben"].pk).seats.get()
    place = spring.memberships.get(member=cast["mo" if name != "mo" else "dev"], left_at=None)

    for act in (
        lambda: give_role(member=cast["elu"], kind=RoleKind.EDITOR, reason=WHY, by=by),
        lambda: end_role(role=role_of(cast["lena"], "backbone"), reason=WHY, by=by),
        lambda: offer_seat(body=body, member=cast["elu"], title="", by=by),
        lambda: end_seat(seat=seat, by=by),
        lambda: let_facilitate(cohort=spring, member=cast["elu"], by=by),
        lambda: end_facilitator(membership=place, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert AuditEvent.objects.count() == before
