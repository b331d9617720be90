"""Inviting by address: the same answer for every one; found by whoever signs in with it; taken back, used once, gone in 14 days."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from caucuses.actions import leave_caucus
from caucuses.actions.inviting import (
    accept_invitation,
    decline_invitation,
    invite,
    take_back,
)
from caucuses.actions.joining import join_caucus
from caucuses.actions.parting import end_invitations
from caucuses.actions.refusing import Refused
from caucuses.choices import Happening, Joining, WhyNot
from caucuses.models import Caucus, Event, Invitation, Parting, Seat
from caucuses.permissions import seat_in, seats_of
from caucuses.tokens import token_for
from notices.models import OutboxMail
from tests.caucuses.comings import a_door, invites, page_of, path, removed
from tests.caucuses.story import a_room, join

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat(cast):
    return a_room(cast["dev"], cast["elu"], name="Under the stairs")[0]


def filled(address, **changes):
    return {"address": address, "words": "Come and see.", "once": str(uuid4()), **changes}


def why(call, **given):
    with pytest.raises(Refused) as found:
        call(**given)
    return found.value.why


def test_who_signs_in_with_the_address_finds_it_and_accepts(as_, cast, seat):
    dev, gus = as_("dev"), as_("gus")

    dev.post(path(seat, "coming/invite/"), filled(cast["gus"].email.upper()))
    page = gus.get("/caucuses/").text
    answer = gus.post(path(seat, "door/accept/"), {"name": "G."})

    assert "Under the stairs" in page
    assert answer["Location"] == path(seat, "")
    mine = seat_in(cast["gus"], seat.caucus_id)
    assert (str(mine.name), mine.since, mine.is_facilitator) == ("G.", None, False)
    assert not Invitation.objects.exists()


def test_the_answer_is_the_same_for_every_address(as_, cast, seat):
    """Of a member, of nobody, of somebody in the room, of somebody who was removed."""
    removed(seat, cast["mo"])
    client, pages, asked = as_("dev"), set(), set()
    client.get(path(seat, "coming/"))

    for name in ("gus", "elu", "mo", None):
        address = cast[name].email if name else "nobody.here@riverton.example"
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(path(seat, "coming/invite/"), filled(address), follow=True)
        Invitation.objects.all().delete()
        pages.add(page_of(answer).replace(address, "ADDRESS"))
        asked.add(len(queries))

    assert len(pages) == 1
    assert len(asked) == 1


def test_no_row_holds_the_address_or_who_has_it(cast, seat):
    invites(seat, cast["gus"], words="Come.")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM caucuses_invitation")
        row = str([bytes(value) if isinstance(value, memoryview) else value for value in cursor.fetchone()])  # fmt: skip

    assert cast["gus"].email not in row
    assert str(cast["gus"].pk) not in row
    assert cast["gus"].pk.hex not in row
    assert "Come." not in row


def test_declined_it_is_gone_and_nobody_is_told(as_, cast, seat):
    invites(seat, cast["gus"])
    mails = OutboxMail.objects.count()

    answer = as_("gus").post(path(seat, "door/decline/"))

    assert answer["Location"] == "/caucuses/"
    assert not Invitation.objects.exists()
    assert seats_of(cast["gus"]) == []
    assert OutboxMail.objects.count() == mails
    assert as_("gus").get(path(seat)).status_code == 404


def test_taken_back_while_it_is_read_is_a_sentence_and_keeps_what_was_typed(as_, cast, seat):
    invites(seat, cast["gus"])
    as_("dev").post(path(seat, "coming/take-back/"), {"address": cast["gus"].email.upper()})

    answer = as_("gus").post(path(seat, "door/accept/"), {"name": "Gustavo of the north"})

    assert answer.status_code == 404
    assert "An invitation may have been taken back or have expired" in answer.text
    assert "Gustavo of the north" in answer.text
    assert seats_of(cast["gus"]) == []


def test_at_a_listed_door_it_is_a_sentence_too(as_, cast):
    seat = a_door(cast["dev"], joining=Joining.INVITATION)[0]
    invites(seat, cast["gus"])
    take_back(seat=seat, address=cast["gus"].email)

    answer = as_("gus").post(path(seat, "door/accept/"), {"name": "Gustavo"})

    assert answer.status_code == 409
    assert "This invitation is not open any more" in answer.text
    assert "Gustavo" in answer.text


def test_taking_back_answers_the_same_for_every_address(as_, cast, seat):
    """One that is open, one that was used, one of nobody."""
    client, pages, asked = as_("dev"), set(), set()
    invites(seat, cast["mo"])
    invites(seat, cast["gus"])
    accept_invitation(caucus_id=seat.caucus_id, by=cast["gus"], name="G.")
    client.get(path(seat, "coming/"))

    for address in (cast["mo"].email, cast["gus"].email, "nobody.here@riverton.example"):
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(path(seat, "coming/take-back/"), {"address": address, "once": str(uuid4())}, follow=True)  # fmt: skip
        pages.add(page_of(answer).replace(address, "ADDRESS"))
        asked.add(len(queries))

    assert (len(pages), len(asked)) == (1, 1)
    assert "it is not any more. Nobody is told." in next(iter(pages))
    assert not Invitation.objects.exists()
    assert len(seats_of(cast["gus"])) == 1


def test_what_facilitators_read_does_not_follow_who_leaves_or_comes_in(as_, cast, seat):
    """An address that vanished from a list would tell whose seat it was."""
    client = as_("dev")
    before = page_of(client.get(path(seat, "coming/")))
    for name in ("elu", "gus", "mo"):
        client.post(path(seat, "coming/invite/"), filled(cast[name].email))
    client.get(path(seat, "coming/"))  # what was just said
    invited = page_of(client.get(path(seat, "coming/")))

    leave_caucus(seat=seat_in(cast["elu"], seat.caucus_id), with_posts=False)
    accept_invitation(caucus_id=seat.caucus_id, by=cast["gus"], name="G.")
    decline_invitation(caucus_id=seat.caucus_id, by=cast["mo"])

    assert before == invited == page_of(client.get(path(seat, "coming/")))


def test_a_mail_goes_with_an_invitation_to_facilitate_alone(as_, seat):
    answer = as_("dev").post(path(seat, "coming/invite/"), filled("a@b.example", with_mail="on"))

    assert answer.status_code == 200
    assert "A mail goes to those alone who are to facilitate." in answer.text
    assert "Come and see." in answer.text
    with pytest.raises(PermissionDenied):
        invite(seat=seat, address="a@b.example", with_mail=True)


def test_a_fourth_mail_of_a_day_and_a_sixth_of_the_room_wait(as_, cast, seat, time_machine):
    """Whatever became of those before: that another one is let through would tell."""
    client = as_("dev")

    def send(number):
        typed = filled(f"a{number}@b.example", with_mail="on", as_facilitator="on")
        return client.post(path(seat, "coming/invite/"), typed)

    assert [send(number).status_code for number in range(3)] == [302] * 3
    Invitation.objects.all().delete()
    assert "Three invitations by mail within a day" in send(3).text
    assert client.post(path(seat, "coming/invite/"), filled("b@b.example")).status_code == 302
    time_machine.move_to(timezone.now() + timedelta(days=1, minutes=1))
    assert [send(number).status_code for number in (4, 5)] == [302] * 2
    sixth = send(6)
    assert sixth.status_code == 409
    assert "five invitations by mail within 14 days" in sixth.text
    assert "a6@b.example" in sixth.text
    time_machine.move_to(timezone.now() + timedelta(days=14))
    client = as_("dev")  # signed in anew
    assert send(7).status_code == 302


def test_what_a_facilitator_sent_who_has_left_still_counts_and_names_no_seat(as_, cast, seat):
    elu = Seat.objects.get(token=token_for(seat.caucus, cast["elu"].pk))
    Seat.objects.filter(pk=elu.pk).update(is_facilitator=True)
    typed = {"with_mail": "on", "as_facilitator": "on"}
    for name, numbers in (("dev", range(3)), ("elu", range(3, 5))):
        for number in numbers:
            as_(name).post(path(seat, "coming/invite/"), filled(f"a{number}@b.example", **typed))

    leave_caucus(seat=seat, with_posts=False)

    sent = str(Caucus.objects.get(pk=seat.caucus_id).mailed)
    assert (seat.pk.hex in sent, sent.count(elu.pk.hex)) == (False, 2)
    sixth = as_("elu").post(path(seat, "coming/invite/"), filled("a5@b.example", **typed))
    assert "five invitations by mail within 14 days" in sixth.text


def test_used_twice_it_is_one_seat(cast, seat):
    invites(seat, cast["gus"])

    first = accept_invitation(caucus_id=seat.caucus_id, by=cast["gus"], name="G.")
    second = accept_invitation(caucus_id=seat.caucus_id, by=cast["gus"], name="Other")

    assert first == second
    assert str(seat_in(cast["gus"], seat.caucus_id).name) == "G."


def test_nobody_else_uses_it(cast, seat):
    invites(seat, cast["gus"])

    assert why(accept_invitation, caucus_id=seat.caucus_id, by=cast["mo"], name="M.") == WhyNot.NOT_INVITED  # fmt: skip
    assert why(decline_invitation, caucus_id=seat.caucus_id, by=cast["mo"]) == WhyNot.NOT_INVITED
    assert Invitation.objects.count() == 1


def test_an_invitation_to_facilitate_gives_a_seat_that_does(as_, cast, seat):
    invites(seat, cast["gus"], as_facilitator=True)

    assert "You are invited to facilitate this caucus" in as_("gus").get(path(seat)).text
    as_("gus").post(path(seat, "door/accept/"), {"name": "G."})

    assert seat_in(cast["gus"], seat.caucus_id).is_facilitator
    assert Event.objects.filter(caucus=seat.caucus, what=Happening.FACILITATES).count() == 1
    assert as_("gus").get(path(seat, "coming/"))["Location"] == path(seat, "agreement/")


def test_invited_again_it_is_one_with_new_days_and_words(as_, cast, seat, time_machine):
    invites(seat, cast["gus"], words="First.")
    time_machine.move_to(timezone.now() + timedelta(days=10))

    invites(seat, cast["gus"], words="Second.")

    row = Invitation.objects.get()
    assert str(row.words) == "Second."
    assert row.expires_at - timezone.now() > timedelta(days=13, hours=23)


def test_nobody_in_the_room_is_shown_who_is_invited(as_, cast, seat):
    invites(seat, cast["gus"], words="Come.", as_facilitator=True)

    page = as_("dev").get(path(seat, "coming/")).text

    for words in (cast["gus"].email, "Come.", "invited/"):
        assert words not in page
    assert as_("elu").get(path(seat, "coming/")).status_code == 403
    for way in ("invite/", "take-back/"):
        assert (
            as_("elu").post(path(seat, f"coming/{way}"), filled("a@b.example")).status_code == 403
        )


@pytest.mark.parametrize("address", ["", "no address", "a@b", "x" * 250 + "@b.example"])
def test_what_is_no_address_gets_a_sentence_and_the_words_stay(as_, seat, address):
    answer = as_("dev").post(path(seat, "coming/invite/"), filled(address))

    assert answer.status_code == 200
    assert "Come and see." in answer.text
    assert not Invitation.objects.exists()


def test_only_who_facilitates_invites(cast, seat):
    member = seat_in(cast["elu"], seat.caucus_id)
    newcomer = join(seat, cast["mo"], has_accepted=False)
    newcomer.is_facilitator = True
    newcomer.save()

    for one in (member, newcomer):
        with pytest.raises(PermissionDenied):
            invite(seat=one, address="a@b.example")


def test_the_21st_of_a_day_waits_and_keeps_its_words(as_, seat):
    client = as_("dev")
    for number in range(20):
        assert client.post(path(seat, "coming/invite/"), filled(f"a{number}@b.example")).status_code == 302  # fmt: skip

    answer = client.post(path(seat, "coming/invite/"), filled("a20@b.example"))

    assert answer.status_code == 409
    assert "You have sent twenty invitations within a day." in answer.text
    assert "a20@b.example" in answer.text
    assert Invitation.objects.count() == 20


def test_an_invitation_lets_in_again_who_was_removed_and_leaves_them_their_words(as_, cast):
    seat = a_door(cast["dev"])[0]
    parting = removed(seat, cast["gus"], reason="You spoke over Elu.", texts=["My thought."])

    invites(seat, cast["gus"])

    page = as_("gus").get(f"/caucuses/parted/{parting.pk}/").text
    assert "You spoke over Elu." in page
    assert "My thought." in page
    assert "you cannot come in by yourself" not in page
    decline_invitation(caucus_id=seat.caucus_id, by=cast["gus"])
    assert join_caucus(caucus_id=seat.caucus_id, by=cast["gus"], name="G.")
    assert "My thought." in as_("gus").get(f"/caucuses/parted/{parting.pk}/").text


def test_an_invitation_that_waits_lets_in_who_was_removed_after_it(cast):
    """The facilitator may take it back; until then it counts."""
    seat = a_room(cast["dev"])[0]
    invites(seat, cast["gus"])
    removed(seat, cast["gus"])

    accept_invitation(caucus_id=seat.caucus_id, by=cast["gus"], name="G.")

    assert Parting.objects.get().may_return


def test_of_who_may_come_in_again_nothing_is_kept_once_it_was_put_away(as_, cast):
    seat = a_door(cast["dev"])[0]
    first = removed(seat, cast["gus"])
    as_("gus").post(f"/caucuses/parted/{first.pk}/away/")
    invites(seat, cast["gus"])
    decline_invitation(caucus_id=seat.caucus_id, by=cast["gus"])
    assert not Parting.objects.exists()

    second = removed(seat, cast["mo"])
    invites(seat, cast["mo"])
    accept_invitation(caucus_id=seat.caucus_id, by=cast["mo"], name="Mo")
    as_("mo").post(f"/caucuses/parted/{second.pk}/away/")

    assert not Parting.objects.exists()


def test_after_14_days_it_is_gone(cast, seat, time_machine):
    invites(seat, cast["gus"])

    assert end_invitations() == 0
    time_machine.move_to(timezone.now() + timedelta(days=14, minutes=1))

    assert why(accept_invitation, caucus_id=seat.caucus_id, by=cast["gus"], name="G.") == WhyNot.NOT_INVITED  # fmt: skip
    assert end_invitations() == 1


def test_it_outlives_the_seat_of_who_sent_it(as_, cast, seat):
    other = seat_in(cast["elu"], seat.caucus_id)
    other.is_facilitator = True
    other.save()
    invite(seat=other, address=cast["gus"].email, words="Come.")
    other.delete()

    assert "Come." in as_("gus").get(path(seat)).text
