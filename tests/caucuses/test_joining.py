"""Coming in by the open way and by asking."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from caucuses.actions.joining import (
    accept_request,
    ask_to_join,
    decline_request,
    join_caucus,
    withdraw_request,
)
from caucuses.actions.parting import end_answered_requests
from caucuses.actions.refusing import Refused
from caucuses.choices import Joining, WhyNot
from caucuses.models import Invitation, JoinRequest, Parting, Seat
from caucuses.permissions import (
    can_answer_request,
    requests_visible_to,
    seat_in,
    seats_of,
)
from core.models import FormResult
from tests.caucuses.comings import UNUSED, a_door, asks, invites, page_of, path, removed
from tests.caucuses.story import a_room, join

pytestmark = pytest.mark.django_db


def refused(call, **given):
    with pytest.raises(Refused) as found:
        call(**given)
    return found.value.why


class TestTheOpenWay:
    def test_a_name_and_a_press_give_a_seat_that_has_accepted_nothing_yet(self, as_, cast):
        seat = a_door(cast["dev"])[0]
        client = as_("gus")

        answer = client.post(path(seat, "door/join/"), {"name": "G."})

        assert answer["Location"] == path(seat, "")
        mine = seat_in(cast["gus"], seat.caucus_id)
        assert (mine.since, mine.accepted, mine.is_facilitator, str(mine.name)) == (None, 0, False, "G.")  # fmt: skip
        assert client.get(path(seat, ""))["Location"] == path(seat, "agreement/")

    def test_pressed_twice_it_is_one_seat(self, as_, cast):
        seat = a_door(cast["dev"])[0]
        client = as_("gus")

        for _time in range(2):
            assert client.post(path(seat, "door/join/"), {"name": "G."}).status_code == 302

        assert len(seats_of(cast["gus"])) == 1

    def test_nobody_learns_by_a_refusal_who_is_in_the_room(self, as_, cast):
        """A name that is taken gets a number."""
        seat = a_door(cast["dev"])[0]

        as_("gus").post(path(seat, "door/join/"), {"name": "Dev"})

        assert str(seat_in(cast["gus"], seat.caucus_id).name) == "Dev 2"

    def test_a_name_that_is_none_gets_a_sentence(self, as_, cast):
        seat = a_door(cast["dev"])[0]

        answer = as_("gus").post(path(seat, "door/join/"), {"name": "..."})

        assert "Choose a name that the others can read" in answer.text
        assert seats_of(cast["gus"]) == []

    def test_no_form_at_the_door_leaves_a_mark(self, as_, cast):
        seat = a_door(cast["dev"])[0]
        client = as_("gus")
        before = FormResult.objects.count()

        client.post(path(seat, "door/join/"), {"name": "G.", "once": "5f1c2e0a-8f5d-4a52-9a52-0c6a1f6f0a01"})  # fmt: skip

        assert FormResult.objects.count() == before

    def test_the_mode_changed_while_the_page_was_open(self, as_, cast):
        seat = a_door(cast["dev"])[0]
        seat.caucus.joining = Joining.REQUEST
        seat.caucus.save()

        answer = as_("gus").post(path(seat, "door/join/"), {"name": "Gustavo"})

        assert answer.status_code == 409
        assert "How people come into this caucus has just changed." in answer.text
        assert "Gustavo" in answer.text
        assert seats_of(cast["gus"]) == []

    @pytest.mark.parametrize("joining", [Joining.REQUEST, Joining.INVITATION])
    def test_no_other_caucus_is_joined_by_itself(self, cast, joining):
        seat = a_door(cast["dev"], joining=joining)[0]

        assert refused(join_caucus, caucus_id=seat.caucus_id, by=cast["gus"], name="G") == WhyNot.CHANGED  # fmt: skip

    def test_one_that_is_not_listed_is_joined_by_nobody(self, cast):
        seat = a_room(cast["dev"], joining=Joining.OPEN)[0]

        assert refused(join_caucus, caucus_id=seat.caucus_id, by=cast["gus"], name="G") == WhyNot.CHANGED  # fmt: skip

    def test_who_was_removed_cannot(self, as_, cast):
        seat = a_door(cast["dev"])[0]
        removed(seat, cast["gus"])

        answer = as_("gus").post(path(seat, "door/join/"), {"name": "G."})

        assert answer.status_code == 409
        assert "You were removed from this caucus." in answer.text
        assert seats_of(cast["gus"]) == []


class TestAsking:
    @pytest.fixture
    def seat(self, cast):
        return a_door(cast["dev"], cast["elu"], joining=Joining.REQUEST)[0]

    def test_the_facilitators_read_name_and_words_and_nothing_else(self, as_, cast, seat):
        as_("gus").post(path(seat, "door/ask/"), {"name": "Robin", "words": "I would like to come."})  # fmt: skip

        page = as_("dev").get(path(seat, "coming/")).text

        assert "Robin" in page
        assert "I would like to come." in page
        assert cast["gus"].get_full_name() not in page
        assert cast["gus"].email not in page
        assert as_("elu").get(path(seat, "coming/")).status_code == 403
        assert path(seat, "coming/") not in as_("elu").get(path(seat, "")).text
        assert path(seat, "coming/") in as_("dev").get(path(seat, "")).text

    def test_let_in_they_have_a_seat_and_accept_the_agreement_first(self, as_, cast, seat):
        asks(seat, cast["gus"], name="Robin")
        row = JoinRequest.objects.get()

        as_("dev").post(path(seat, f"coming/asked/{row.pk}/accept/"))

        mine = seat_in(cast["gus"], seat.caucus_id)
        assert (str(mine.name), mine.since) == ("Robin", None)
        assert not JoinRequest.objects.exists()
        assert "read and accept the agreement first" in as_("gus").get("/caucuses/").text

    def test_declined_with_words_they_read_them_and_may_ask_again_in_a_month(self, as_, cast, seat, time_machine):  # fmt: skip
        row = asks(seat, cast["gus"])
        dev, gus = as_("dev"), as_("gus")

        without = dev.post(path(seat, f"coming/asked/{row.pk}/decline/"), {"words": " "})
        dev.post(path(seat, f"coming/asked/{row.pk}/decline/"), {"words": "We are full this spring."})  # fmt: skip

        assert "Write a sentence to them, kindly." in without.text
        assert "We are full this spring." in gus.get("/caucuses/").text
        assert "We are full this spring." in gus.get(path(seat)).text
        assert "Robin" not in dev.get(path(seat, "coming/")).text
        again = gus.post(path(seat, "door/ask/"), {"name": "Robin", "words": "Please look again."})
        assert again.status_code == 409
        assert "You have an answer from the facilitators already." in again.text
        assert "Please look again." in again.text

    def test_the_same_request_sent_twice_is_one_and_another_is_not_lost(self, as_, cast, seat):
        gus, form = as_("gus"), {"name": "Robin", "words": "May I?"}

        first, second = gus.post(path(seat, "door/ask/"), form), gus.post(path(seat, "door/ask/"), form)  # fmt: skip
        other = gus.post(path(seat, "door/ask/"), {**form, "words": "Something else."})

        assert (first.status_code, second.status_code, other.status_code) == (302, 302, 409)
        assert "You have asked already" in other.text
        assert "Something else." in other.text
        assert str(JoinRequest.objects.get().words) == "May I?"

    def test_too_many_words_stay(self, as_, seat):
        answer = as_("gus").post(path(seat, "door/ask/"), {"name": "R", "words": "w" * 1001})

        assert "1,001 characters; 1,000 fit" in answer.text
        assert "w" * 1001 in answer.text

    def test_taken_back_nobody_reads_it_any_more(self, as_, cast, seat):
        row = asks(seat, cast["gus"])

        as_("gus").post(f"/caucuses/requests/{row.pk}/withdraw/")

        assert not JoinRequest.objects.exists()
        assert as_("gus").post(path(seat, "door/ask/"), {"name": "Robin"}).status_code == 302

    def test_nobody_takes_back_anothers_nor_learns_that_there_is_one(self, as_, cast, seat):
        row = asks(seat, cast["gus"])
        client = as_("mo")

        real = client.post(f"/caucuses/requests/{row.pk}/withdraw/")
        unused = client.post(f"/caucuses/requests/{UNUSED}/withdraw/")

        told = [page_of(answer) for answer in (real, unused)]  # fmt: skip
        assert (real.status_code, unused.status_code) == (409, 409)
        assert told[0] == told[1]
        assert JoinRequest.objects.filter(pk=row.pk).exists()

    def test_accepted_after_it_was_taken_back_is_a_sentence(self, as_, cast, seat):
        row = asks(seat, cast["gus"])
        pk = row.pk
        withdraw_request(request=row, by=cast["gus"])

        accepted = as_("dev").post(path(seat, f"coming/asked/{pk}/accept/"))
        declined = as_("dev").post(path(seat, f"coming/asked/{pk}/decline/"), {"words": "Kind words."})  # fmt: skip

        for answer in (accepted, declined):
            assert answer.status_code == 409
            assert "This request is not open any more" in answer.text
        assert "Kind words." in declined.text
        assert seats_of(cast["gus"]) == []

    def test_taken_back_after_it_was_answered_is_a_sentence(self, as_, cast, seat):
        declined = asks(seat, cast["gus"])
        decline_request(seat=seat, request_id=declined.pk, words="No.")

        answer = as_("gus").post(f"/caucuses/requests/{declined.pk}/withdraw/")

        assert answer.status_code == 409
        assert "You have an answer from the facilitators already." in answer.text

    def test_two_facilitators_answer_at_once_and_one_of_them_counts(self, cast, seat):
        row = asks(seat, cast["gus"])
        other = seat_in(cast["elu"], seat.caucus_id)
        other.is_facilitator = True
        other.save()

        accept_request(seat=seat, request_id=row.pk)

        assert refused(decline_request, seat=other, request_id=row.pk, words="No.") == WhyNot.WITHDRAWN  # fmt: skip
        assert len(seats_of(cast["gus"])) == 1

    def test_who_was_removed_meanwhile_answers_nobody(self, cast, seat):
        row = asks(seat, cast["gus"])
        Seat.objects.filter(pk=seat.pk).delete()

        with pytest.raises(PermissionDenied):
            accept_request(seat=seat, request_id=row.pk)

    def test_only_facilitators_answer_and_only_their_own_rooms(self, cast, seat):
        row = asks(seat, cast["gus"])
        member = seat_in(cast["elu"], seat.caucus_id)
        elsewhere = a_door(cast["elu"], joining=Joining.REQUEST, name="Elsewhere")[0]

        with pytest.raises(PermissionDenied):
            accept_request(seat=member, request_id=row.pk)
        assert refused(accept_request, seat=elsewhere, request_id=row.pk) == WhyNot.WITHDRAWN
        for one in (seat, member, elsewhere):
            assert can_answer_request(one, row) == requests_visible_to(one).filter(pk=row.pk).exists()  # fmt: skip

    def test_who_closed_their_account_is_not_let_in(self, cast, seat):
        row = asks(seat, cast["gus"])
        cast["gus"].is_active = False
        cast["gus"].save()

        assert refused(accept_request, seat=seat, request_id=row.pk) == WhyNot.WITHDRAWN

    def test_who_was_removed_cannot_ask_and_a_name_that_is_taken_tells_nothing(self, as_, cast, seat):  # fmt: skip
        removed(seat, cast["gus"])

        assert refused(ask_to_join, caucus_id=seat.caucus_id, by=cast["gus"], name="G", words="") == WhyNot.REMOVED  # fmt: skip
        assert as_("mo").post(path(seat, "door/ask/"), {"name": "Dev"}).status_code == 302
        row = JoinRequest.objects.get()
        accept_request(seat=seat, request_id=row.pk)
        assert str(seat_in(cast["mo"], seat.caucus_id).name) == "Dev 2"

    def test_the_answer_goes_after_30_days_and_then_one_may_ask_again(self, as_, cast, seat, time_machine):  # fmt: skip
        row = asks(seat, cast["gus"])
        decline_request(seat=seat, request_id=row.pk, words="No.")
        waiting = asks(seat, cast["mo"])

        assert end_answered_requests() == 0
        time_machine.move_to(timezone.now() + timedelta(days=30, minutes=1))
        assert end_answered_requests() == 1

        assert JoinRequest.objects.get() == waiting
        assert as_("gus").post(path(seat, "door/ask/"), {"name": "Robin"}).status_code == 302


def test_coming_in_leaves_nothing_of_the_ways_that_led_there_but_unread_words(cast):
    seat = a_door(cast["dev"], joining=Joining.REQUEST)[0]
    row = asks(seat, cast["gus"])
    removed(seat, cast["gus"])
    Invitation.objects.all().delete()
    invites(seat, cast["gus"])

    accept_request(seat=seat, request_id=row.pk)

    assert (JoinRequest.objects.count(), Invitation.objects.count()) == (0, 0)
    assert Parting.objects.get().may_return


@pytest.mark.parametrize("asking", [1, 3])
def test_the_page_of_facilitators_asks_the_same_for_one_and_three(as_, cast, asking, django_assert_num_queries):  # fmt: skip
    seat = a_door(cast["dev"], joining=Joining.REQUEST)[0]
    for name in ("gus", "mo", "hana")[:asking]:
        asks(seat, cast[name])
        invites(seat, cast[name])
    join(seat, cast["elu"])
    client = as_("dev")
    client.get(path(seat, "coming/"))

    with django_assert_num_queries(QUERIES):
        client.get(path(seat, "coming/"))


QUERIES = 8
