"""Inviting by mail on the desk, and the list of open invitations (threats B5, E1, G1, H9)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.actions import suspend_member
from accounts.models import Role
from cohorts.actions import accept_invitation, invite
from cohorts.inviting_forms import addresses_in
from cohorts.models import Cohort, Invitation
from cohorts.permissions import can_see_invitation, invitations_visible_to
from notices.models import Notice, OutboxMail
from tests.cohorts.test_invitations import page_of, path_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

MAIL, NEW, LIST = "/backbone/cohorts/larch/invite/mail/", "/backbone/invitations/new/", "/backbone/invitations/"  # fmt: skip
AMARA, BO = "amara@riverton.example", "bo@riverton.example"


def sent(client, address=MAIL, **fields):
    return client.post(address, {"as_what": "participant", "once": uuid4()} | fields)


def said(page):
    """What the page says became of each address."""
    parts = page.text.split('<h3 class="line-title"><bdi>')[1:]
    return [part.split('<p class="meta">')[1].split("</p>")[0] for part in parts]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("a@x.example", ["a@x.example"]),
        (" A@X.example ,b@x.example;c@x.example\r\nd@x.example e@x.example", ["a@x.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example"]),
        ("Ana Reyes <ana@x.example>, Bo <BO@x.example>", ["ana@x.example", "bo@x.example"]),
        ("a@x.example\nA@x.example", ["a@x.example"]),
        (" ,;\n <>", []),
    ],
)  # fmt: skip
def test_addresses_are_found_however_they_are_pasted(typed, found):
    assert addresses_in(typed) == found


def test_the_backbone_reads_what_became_of_each_address(as_, house):
    invite(email=BO, by=house.lena, cohort=house.larch)
    suspend_member(member=house.jo, by=house.lena)

    page = sent(as_("ana"), addresses=f"{AMARA}\n{BO}\nben@riverton.example dev@riverton.example\njo@riverton.example\nana@riverton.example\nnobody")  # fmt: skip

    assert page.status_code == 200
    assert said(page) == [
        "Invited",
        "Invited already: nothing was sent again",
        "A member: added and told",
        "Already there: nothing was done This member is in the cohort already.",
        "Refused: nothing was done Already here: this account takes no invitation now.",
        "Refused: nothing was done Already here: this is your own address.",
        "Refused: nothing was done This is no e-mail address.",
    ]
    assert page.context["form"].initial["addresses"].split() == ["jo@riverton.example", "ana@riverton.example", "nobody"]  # fmt: skip
    assert Invitation.objects.filter(cohort=house.larch).count() == 2
    assert Notice.objects.filter(member=house.ben, kind="cohorts.added").count() == 1
    assert house.larch.memberships.current().filter(member=house.ben).count() == 1


def test_a_double_press_sends_one_mail_and_says_the_same(as_, house):
    """H9."""
    client, key = as_("ana"), uuid4()

    pages = [sent(client, addresses=AMARA, once=key) for _ in range(2)]

    assert [said(page) for page in pages] == [["Invited"], ["Invited"]]
    assert OutboxMail.objects.filter(recipient=AMARA).count() == 1


def test_a_facilitator_is_invited_as_one(as_, house):
    sent(as_("ana"), addresses=f"{AMARA}, elu@riverton.example", as_what="facilitator")

    assert Invitation.objects.get().as_facilitator is True
    assert house.larch.memberships.get(member=house.elu).is_facilitator is True


def test_a_role_is_taken_on_by_who_accepts_and_recorded_with_its_reason(as_, house):
    page = sent(as_("ana"), NEW, addresses=f"ben@riverton.example {AMARA}", role="editor", cohort="")  # fmt: skip

    assert "Invited" in said(page)[0]
    assert house.ben.role_names == frozenset()
    accept_invitation(invitation=Invitation.objects.get(email=house.ben.email), by=house.ben)
    assert Role.objects.get(member=house.ben, kind="editor").reason == "by invitation"


def test_without_role_and_cohort_a_member_is_there_already(as_, house):
    page = sent(as_("ana"), NEW, addresses=f"ben@riverton.example {AMARA}")

    assert "Already there" in said(page)[0]
    assert Invitation.objects.get().email == AMARA


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"addresses": " ,\n"}, "Write at least one address; nobody was invited."),
        ({"addresses": " ".join(f"p{n}@x.example" for n in range(51))}, "These are 51 addresses, and at most 50 go at once."),
        ({"addresses": AMARA, "as_what": "facilitator"}, "A facilitator needs a cohort."),
        ({"addresses": AMARA, "role": "king"}, "Select a valid choice"),
        ({"addresses": AMARA, "cohort": "none"}, "Select a valid choice"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_what_was_typed_stays(as_, house, fields, sentence):
    page = sent(as_("ana"), NEW, **fields)

    assert sentence in page.text
    assert fields["addresses"].strip(" ,\n") in page.text
    assert Invitation.objects.count() == 0


def test_nobody_is_invited_into_a_cohort_that_is_over(as_, house):
    Cohort.objects.filter(pk=house.larch.pk).update(ends_on="2026-03-02")
    client = as_("ana")

    answers = [client.get(MAIL), client.get("/backbone/cohorts/larch/invite/file/"), client.get("/backbone/cohorts/larch/invite/link/")]  # fmt: skip

    assert {answer["Location"] for answer in answers} == {"/backbone/cohorts/larch/invite/"}
    assert "This cohort is over" in client.get("/backbone/cohorts/larch/invite/").text
    assert Invitation.objects.count() == 0


def test_the_list_names_who_what_and_until_when(as_, house):
    invite(email=AMARA, by=house.lena, cohort=house.larch, as_facilitator=True, role="editor")
    invite(email=BO, by=None)
    used = invite(email=house.ben.email, by=house.ana, cohort=house.larch)
    accept_invitation(invitation=used.invitation, by=house.ben)

    page = as_("ana").get(LIST).text

    assert "into Larch, as facilitator, with the role: Editor of content" in " ".join(page.split())
    assert "sent by Lena Kowalski on" in page
    assert "to the initiative" in page
    assert house.ben.email not in page


def test_the_list_says_of_which_the_cohort_is_over(as_, house):
    """The link leads nowhere then, and nothing is sent again. The others are as they were."""
    invite(email=AMARA, by=house.ana, cohort=house.larch)
    invite(email=BO, by=house.ana, cohort=Cohort.objects.get(slug="spring"))
    before = as_("ana").get(LIST).text
    Cohort.objects.filter(pk=house.larch.pk).update(ends_on="2026-03-02")

    page = as_("ana").get(LIST).text

    assert ("The cohort is over" in before, before.count("Send again")) == (False, 2)
    assert (page.count("The cohort is over"), page.count("Send again"), page.count("Take back")) == (1, 1, 2)  # fmt: skip


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_takes_eight_queries(as_, house, many, django_assert_num_queries):
    for number in range(many):
        invite(email=f"p{number}@x.example", by=house.lena, cohort=house.larch)
    client = as_("ana")
    client.get(LIST)

    with django_assert_num_queries(8):
        page = client.get(LIST)

    assert page.text.count("Send again") == many


def test_the_list_is_paged_and_narrowed_to_a_cohort(as_, house):
    for number in range(27):
        invite(email=f"p{number}@x.example", by=None, cohort=house.larch)
    invite(email=AMARA, by=None)
    client = as_("ana")

    pages = [client.get(LIST, {"page": page, "cohort": "larch"}).text for page in (1, 2)]

    assert [page.count("Send again") for page in pages] == [25, 2]
    assert AMARA not in pages[0] + pages[1]
    assert AMARA in client.get(LIST).text
    assert client.get(LIST, {"page": "9" * 99, "cohort": "\x00"}).status_code == 200


def test_sent_again_the_old_link_is_dead(as_, nobody, house):
    first = invite(email=AMARA, by=house.lena, cohort=house.larch)
    client, key = as_("ana"), uuid4()

    answers = [client.post(f"/backbone/invitations/{first.invitation.pk}/again/", {"once": key}) for _ in range(2)]  # fmt: skip

    assert {answer["Location"] for answer in answers} == {LIST}
    assert nobody.get(path_of(first)).status_code == 404
    assert OutboxMail.objects.filter(recipient=AMARA).count() == 2
    assert Invitation.objects.get().token_hash != first.invitation.token_hash


def test_taken_back_the_link_is_as_one_that_never_was_and_the_address_is_gone(as_, nobody, house):
    """B5."""
    one = invite(email=AMARA, by=house.lena)
    client, address = as_("ana"), f"/backbone/invitations/{one.invitation.pk}/withdraw/"
    path = path_of(one)
    assert nobody.get(path).status_code == 200

    asked = client.get(address)
    client.post(address, {"once": uuid4()})

    assert AMARA in asked.text
    assert Invitation.objects.count() == 0
    assert page_of(nobody.get(path)) == page_of(nobody.get("/invitation/unknown/"))
    assert client.get(address).status_code == 404


def test_what_was_accepted_meanwhile_is_not_taken_back_nor_sent_again(as_, house):
    one = invite(email=AMARA, by=house.lena).invitation
    client = as_("ana")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(1))

    page = client.post(f"/backbone/invitations/{one.pk}/again/", {"once": uuid4()}, follow=True)
    Invitation.objects.update(accepted_at=timezone.now())
    answer = client.post(f"/backbone/invitations/{one.pk}/withdraw/", {"once": uuid4()})

    assert "This invitation is not open any more" in page.text
    assert answer.status_code == 404
    assert Invitation.objects.count() == 1


def test_the_two_forms_of_who_sees_an_invitation_agree(house, cast):
    one = invite(email=AMARA, by=None).invitation

    for member in cast.values():
        assert can_see_invitation(member, one) == invitations_visible_to(member).exists()
