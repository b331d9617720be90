"""What was typed comes back where the role, the thing or the room it was typed for went meanwhile."""

from uuid import uuid4

import pytest

from caucuses.actions import step_back, withdraw_proposal
from caucuses.actions.holding import AgreementChanged
from caucuses.actions.joining import write_request
from caucuses.models import Proposal, Seat
from caucuses.views import people, proposals
from core.crypto.envelope import CannotOpen
from tests.caucuses.changing import damage, fresh, propose
from tests.caucuses.story import TEXT, a_room, join

pytestmark = pytest.mark.django_db

WORDS = "My own long words."


def sent(client, address, /, **typed):
    return client.post(address, {**typed, "once": str(uuid4())})


@pytest.mark.parametrize("which", ["remove", "invite", "decline"])
def test_what_a_facilitator_typed_who_stepped_back_elsewhere(as_, cast, which):
    dev, elu = a_room(cast["dev"], cast["elu"])
    asked = write_request(caucus=dev.caucus, by=cast["ben"], name="Ben", words="")
    client, room = as_("dev"), f"/caucuses/{dev.caucus_id}/"
    step_back(seat=fresh(dev))
    address, typed = {
        "remove": (f"people/{elu.pk}/remove/", {"reason": WORDS}),
        "invite": ("coming/invite/", {"address": "a@b.example", "words": WORDS}),
        "decline": (f"coming/asked/{asked.pk}/decline/", {"words": WORDS}),
    }[which]

    answer = sent(client, f"{room}{address}", **typed)

    assert answer.status_code == 403
    assert WORDS in answer.content.decode()
    assert client.get(f"{room}coming/").status_code == 403


@pytest.mark.parametrize("who", ["ben", "elu"])
def test_what_was_objected_to_something_decided_meanwhile(as_, cast, who):
    dev, _elu = a_room(cast["dev"], cast["elu"])
    proposal = propose(dev, TEXT + " We sing.")
    join(dev, cast["ben"])
    withdraw_proposal(seat=fresh(dev), proposal=proposal)
    address = f"/caucuses/{dev.caucus_id}/agreement/proposals/{proposal.pk}/answer/"

    answer = sent(as_(who), address, kind="object", words=WORDS)

    assert answer.status_code == (404 if who == "ben" else 409)
    assert WORDS in answer.content.decode()


def test_what_a_newcomer_objected_while_it_was_decided(as_, cast, monkeypatch):
    dev, _elu = a_room(cast["dev"], cast["elu"])
    proposal = propose(dev, TEXT + " We sing.")
    join(dev, cast["ben"])
    untouched = proposals.take_stance

    def decided_first(**given):
        Proposal.objects.filter(pk=proposal.pk).update(state="dropped")
        untouched(**given)

    monkeypatch.setattr(proposals, "take_stance", decided_first)
    address = f"/caucuses/{dev.caucus_id}/agreement/proposals/{proposal.pk}/answer/"

    answer = sent(as_("ben"), address, kind="object", words=WORDS)

    assert answer.status_code == 404
    assert WORDS in answer.content.decode()


def test_what_cannot_be_sealed_now_stands_on_the_page(as_, cast, monkeypatch):
    dev, elu = a_room(cast["dev"], cast["elu"])

    def shut(**_given):
        raise CannotOpen

    monkeypatch.setattr(people, "remove_seat", shut)
    answer = sent(as_("dev"), f"/caucuses/{dev.caucus_id}/people/{elu.pk}/remove/", reason=WORDS)

    assert answer.status_code == 503
    assert WORDS in answer.content.decode()


def test_the_agreement_is_in_the_way_and_says_so(as_, cast, monkeypatch):
    dev, elu = a_room(cast["dev"], cast["elu"])

    def changed(**_given):
        raise AgreementChanged

    monkeypatch.setattr(people, "remove_seat", changed)
    answer = sent(as_("dev"), f"/caucuses/{dev.caucus_id}/people/{elu.pk}/remove/", reason=WORDS)

    assert f'href="/caucuses/{dev.caucus_id}/agreement/"' in answer.content.decode()
    assert WORDS in answer.content.decode()


def test_a_request_whose_name_was_damaged_is_let_in(as_, cast):
    (dev,) = a_room(cast["dev"])
    asked = write_request(caucus=dev.caucus, by=cast["ben"], name="Ben", words="")
    damage(asked, "name")

    answer = sent(as_("dev"), f"/caucuses/{dev.caucus_id}/coming/asked/{asked.pk}/accept/")

    assert answer.status_code == 302
    assert str(Seat.objects.get(caucus=dev.caucus, since=None).name) == "a new member"
