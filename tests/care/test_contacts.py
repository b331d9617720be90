"""Whom one can turn to: the backbone asks, the member says yes, and either ends it."""

import pytest
from django.core.exceptions import PermissionDenied

from care.actions import accept_contact, ask_contact, end_contact
from care.models import Contact
from care.permissions import (
    can_answer_as_contact,
    can_see_contact,
    contacts_visible_to,
    place_as_contact_of,
)
from core.models import AuditEvent
from notices.models import Notice
from tests.care.hands import contact_of

pytestmark = pytest.mark.django_db


def test_who_was_asked_is_offered_to_nobody_before_they_accept(cast, as_):
    contact = ask_contact(member=cast["rui"], words="Kind.", is_outside=False, by=cast["ana"])
    others = as_("dev")

    assert "Rui Tavares" not in others.get("/care/").text
    assert [row.kind for row in Notice.objects.filter(member=cast["rui"], kind="care.news")] == [
        "care.news"
    ]
    as_("rui").post("/care/contact/", {"words": "I listen & wait."})

    contact.refresh_from_db()
    page = others.get("/care/").text
    assert contact.words == "I listen & wait."
    assert "I listen &amp; wait." in page
    assert list(AuditEvent.objects.order_by("at").values_list("verb", flat=True))[-2:] == [
        "contact.asked",
        "contact.accepted",
    ]


def test_the_rules_agree_for_the_whole_cast(cast):
    asked = ask_contact(member=cast["rui"], words="Kind.", is_outside=False, by=cast["ana"])
    ended = ask_contact(member=cast["mo"], words="Kind.", is_outside=False, by=cast["ana"])
    end_contact(contact=ended, by=cast["mo"])
    ended.refresh_from_db()
    for name, member in cast.items():
        for contact in (asked, ended, contact_of(cast["fay"])):
            listed = contacts_visible_to(member).filter(pk=contact.pk).exists()
            assert can_see_contact(member, contact) == listed, name
            own = place_as_contact_of(member).filter(pk=contact.pk).exists()
            assert can_answer_as_contact(member, contact) == own, name
    assert {name for name, one in cast.items() if can_see_contact(one, asked)} == {"ana", "lena"}


def test_only_the_backbone_asks_and_only_the_member_accepts(cast):
    """A4."""
    with pytest.raises(PermissionDenied):
        ask_contact(member=cast["rui"], words="x", is_outside=True, by=cast["gus"])
    contact = ask_contact(member=cast["rui"], words="x", is_outside=False, by=cast["ana"])
    with pytest.raises(PermissionDenied):
        accept_contact(contact=contact, words="x", by=cast["ana"])
    with pytest.raises(PermissionDenied):
        end_contact(contact=contact, by=cast["dev"])

    contact.refresh_from_db()
    assert (contact.accepted_at, contact.ended_at) == (None, None)


def test_nobody_makes_themselves_one_from_outside(cast, as_):
    """A4: what the form does not offer is ignored."""
    as_("lena").post(
        "/care/contact/", {"words": "I am new.", "is_outside": "on", "member": str(cast["gus"].pk)}
    )

    row = contact_of(cast["lena"])
    assert (row.words, row.is_outside, row.is_available) == ("I am new.", False, False)


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("nobody@else.example", "No member has this address"),
        ("fay@riverton.example", "They are a contact, or were asked already"),
        ("not an address", "Enter a valid email address"),
    ],
)
def test_whom_the_backbone_cannot_ask(as_, email, sentence):
    answer = as_("ana").post("/care/contacts/", {"email": email, "words": "Warm & slow."})

    assert sentence in answer.text
    assert "Warm &amp; slow." in answer.text
    assert Contact.objects.count() == 2


def test_the_backbone_asks_by_the_page_and_ends_it_there(cast, as_):
    ana = as_("ana")
    ana.post("/care/contacts/", {"email": "RUI@riverton.example", "words": "Kind.", "is_outside": "on"})  # fmt: skip
    row = contact_of(cast["rui"])
    assert row.is_outside

    ana.post(f"/care/contacts/{row.pk}/end/")

    assert list(place_as_contact_of(cast["rui"])) == []


def test_who_steps_back_can_be_asked_again(cast, as_):
    as_("fay").post("/care/contact/leave/")
    assert Contact.objects.in_force().filter(member=cast["fay"]).count() == 0

    ask_contact(member=cast["fay"], words="x", is_outside=True, by=cast["ana"])

    assert place_as_contact_of(cast["fay"]).get().accepted_at is None


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_of_care_asks_as_much_for_two_contacts_as_for_four(cast, as_, more, django_assert_num_queries):  # fmt: skip
    for name in ("rui", "gus")[:more]:
        contact = ask_contact(member=cast[name], words="x", is_outside=False, by=cast["ana"])
        accept_contact(contact=contact, words="x", by=cast[name])
    dev = as_("dev")
    dev.get("/care/")

    with django_assert_num_queries(7):
        page = dev.get("/care/")

    assert len(page.context["contacts"]) == 2 + more
