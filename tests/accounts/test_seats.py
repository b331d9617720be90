"""A seat in a body: offered by the backbone, taken or declined by the member, known to nobody before."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.actions import accept_seat, decline_seat, offer_seat
from accounts.models import Body, Seat
from accounts.permissions import (
    can_answer_seat,
    can_decide_for_body,
    seats_of,
    seats_offered_to,
)
from core.audit import pseudonym
from core.models import AuditEvent

pytestmark = pytest.mark.django_db

FILLED = 3  # seats that the demonstration fills
ONCE = "0b0c6d7e-6e0e-4f8b-9c2a-3d5b1c0f9a11"


@pytest.fixture
def committee(db):
    return Body.objects.get(slug="steering-committee")


@pytest.fixture
def seat(cast, committee):
    return offer_seat(body=committee, member=cast["dev"], title="Lived experience", by=cast["ana"])


def verbs(*names):
    """What the audit holds of these verbs, oldest first: verb, who did it, what it was done to."""
    rows = AuditEvent.objects.filter(verb__in=names).order_by("at")
    return [(row.verb, row.actor, row.subject_kind, row.subject) for row in rows]


def test_dev_takes_the_seat_that_is_offered(cast, as_, seat, committee):
    dev = as_("dev")
    page = dev.get("/account/").text
    assert "A seat is offered to you" in page
    assert "Riverton steering committee" in page
    assert "The seat: Lived experience" in page

    after = dev.post(f"/account/seats/{seat.pk}/accept/", {"once": ONCE}, follow=True)

    assert after.redirect_chain == [("/account/", 302)]
    assert "You have taken your seat in Riverton steering committee" in after.text
    assert "A seat is offered to you" not in after.text
    assert can_decide_for_body(cast["dev"], committee)
    assert "Your seat in Riverton steering committee" in dev.get("/account/visible/").text


def test_dev_declines_it_and_it_can_be_offered_again(cast, as_, seat, committee):
    dev = as_("dev")

    after = dev.post(f"/account/seats/{seat.pk}/decline/", {"once": ONCE}, follow=True)

    assert "You have declined the seat in Riverton steering committee" in after.text
    assert "A seat is offered to you" not in after.text
    assert not can_decide_for_body(cast["dev"], committee)
    again = offer_seat(body=committee, member=cast["dev"], title="Schools", by=cast["ana"])
    assert again.pk != seat.pk
    assert list(seats_offered_to(cast["dev"])) == [again]


def test_an_offer_waits_on_today_and_nowhere_without_one(cast, as_, seat):
    assert "A seat is offered to you" in as_("dev").get("/today/").text
    assert "seat" not in as_("elu").get("/today/").text
    assert "A seat is offered" not in as_("elu").get("/account/").text


def test_each_step_is_in_the_audit_once_without_words(cast, committee):
    """F10: the offer is an act of others, which its member can read."""
    before = len(verbs("seat.offered", "seat.accepted", "seat.declined"))
    seat = offer_seat(body=committee, member=cast["dev"], title="canary-title", by=cast["ana"])
    offer_seat(body=committee, member=cast["dev"], title="canary-title", by=cast["ana"])
    accept_seat(seat=seat, by=cast["dev"])
    accept_seat(seat=seat, by=cast["dev"])
    other = offer_seat(body=committee, member=cast["elu"], title="", by=None)
    decline_seat(seat=other, by=cast["elu"])
    decline_seat(seat=other, by=cast["elu"])

    dev, elu = pseudonym(cast["dev"].pk), pseudonym(cast["elu"].pk)
    assert verbs("seat.offered", "seat.accepted", "seat.declined")[before:] == [
        ("seat.offered", pseudonym(cast["ana"].pk), "accounts.user", dev),
        ("seat.accepted", dev, "accounts.seat", pseudonym(seat.pk)),
        ("seat.offered", "", "accounts.user", elu),
        ("seat.declined", elu, "accounts.seat", pseudonym(other.pk)),
    ]
    assert "canary" not in str(list(AuditEvent.objects.values_list()))


def test_the_offer_stands_among_what_others_did(as_, seat):
    assert "offered you a seat in a body." in as_("dev").get("/account/").text


def test_an_offer_is_seen_by_its_member_alone(as_, seat):
    page = as_("dev").get("/account/visible/").text

    assert "That a seat in Riverton steering committee is offered to you" in page
    assert "Your seat in" not in page


def test_the_two_forms_of_the_rule_agree_for_the_whole_cast(cast, committee, seat):
    taken = accept_seat(
        seat=offer_seat(body=committee, member=cast["elu"], title="", by=None), by=cast["elu"]
    )
    declined = decline_seat(
        seat=offer_seat(body=committee, member=cast["fay"], title="", by=None), by=cast["fay"]
    )

    for member in cast.values():
        for one in (seat, taken, declined):
            offered = seats_offered_to(member).filter(pk=one.pk).exists()
            assert can_answer_seat(member, one) == offered
            assert offered == (member == cast["dev"] and one == seat)
            assert seats_of(member).filter(pk=one.pk).exists() == (one.member_id == member.pk)


@pytest.mark.parametrize("name", ["elu", "ana", "gus"])
@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_nobody_answers_for_another(cast, as_, seat, name, answer):
    """A3."""
    assert as_(name).post(f"/account/seats/{seat.pk}/{answer}/").status_code == 404
    for action in (accept_seat, decline_seat):
        with pytest.raises(PermissionDenied):
            action(seat=seat, by=cast[name])

    seat.refresh_from_db()
    assert (seat.accepted_at, seat.ended_at) == (None, None)


def test_a_second_press_changes_nothing(as_, seat):
    """H9."""
    dev = as_("dev")
    for _ in range(2):
        dev.post(f"/account/seats/{seat.pk}/accept/", {"once": ONCE})
    first = Seat.objects.get(pk=seat.pk).accepted_at

    again = dev.post(f"/account/seats/{seat.pk}/accept/")

    assert again.status_code == 302
    assert Seat.objects.get(pk=seat.pk).accepted_at == first
    assert len(verbs("seat.accepted")) == 1 + FILLED


@pytest.mark.parametrize(
    ("first", "then", "sentence"),
    [
        ("accept", "decline", "You have taken this seat already."),
        ("decline", "accept", "This seat is no longer offered to you."),
    ],
)
def test_an_answer_from_another_tab_stands(as_, seat, first, then, sentence):
    dev = as_("dev")
    dev.post(f"/account/seats/{seat.pk}/{first}/")
    before = Seat.objects.filter(pk=seat.pk).values().get()

    late = dev.post(f"/account/seats/{seat.pk}/{then}/")

    assert late.status_code == 403
    assert sentence in late.text
    assert Seat.objects.filter(pk=seat.pk).values().get() == before


def test_the_page_costs_the_same_at_one_offer_and_at_three(cast, as_, seat, django_assert_num_queries):  # fmt: skip
    dev = as_("dev")
    dev.get("/account/")

    with django_assert_num_queries(15):  # one of them for the bell: Ana’s offer is told
        dev.get("/account/")
    for slug in ("data-circle", "finance-circle"):
        body = Body.objects.create(slug=slug, name=slug)
        offer_seat(body=body, member=cast["dev"], title="", by=None)
    dev.get("/account/")  # a new body is published
    with django_assert_num_queries(15):  # one of them for the bell: Ana’s offer is told
        page = dev.get("/account/").text

    assert "Seats are offered to you" in page
