"""Dev asks somebody he trusts; who is in whose list, what each side sees, and how a request ends."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from accountability.buddies.actions import (
    Refused,
    accept_request,
    ask_by_address,
    ask_listed,
    decline_request,
    set_openness,
    withdraw_request,
)
from accountability.buddies.choices import TRANSITIONS, RequestState, WhyNot
from accountability.buddies.models import Openness, Pair, Request
from accountability.buddies.permissions import (
    can_answer_request,
    can_ask_member,
    can_see_request,
    members_askable_by,
    requests_answerable_by,
    requests_visible_to,
)
from cohorts.models import Cohort
from notices.models import Notice
from notices.showing import lines
from tests.accountability.buddies.story import open_up, pair_up, stop, worker

pytestmark = pytest.mark.django_db


def notices(member, kind):
    return list(Notice.objects.filter(member=member, kind=kind))


def words_for(member):
    return [str(line.shown.words) for line in lines(member, Notice.objects.filter(member=member))]


def asked(cast, by="dev", to="elu", words=""):
    open_up(cast, to)
    return ask_listed(member=cast[to], words=words, by=cast[by])


def test_nobody_is_in_a_list_until_they_turn_the_switch(cast, as_):
    assert list(members_askable_by(cast["dev"])) == []

    as_("elu").post("/buddy/open/", {"open": "yes"})
    as_("elu").post("/buddy/open/", {"open": "yes"})

    assert list(members_askable_by(cast["dev"])) == [cast["elu"]]
    as_("elu").post("/buddy/open/", {"open": "no"})
    assert not Openness.objects.exists()
    assert list(members_askable_by(cast["dev"])) == []


def test_both_forms_of_who_may_be_asked_agree_for_everybody(cast):
    """Fay is in no cohort, Ben stopped contact with Dev, Hana has a buddy; Mo facilitates the cohort."""
    open_up(cast, *cast)
    stop(cast["ben"], cast["dev"])
    pair_up(cast, "hana", "ines")

    for name, member in cast.items():
        listed = {other.pk for other in members_askable_by(member)}
        one_by_one = {other.pk for other in cast.values() if can_ask_member(member, other)}
        assert listed == one_by_one, name
    assert {member.chosen_name.split()[0] for member in members_askable_by(cast["dev"])} == {
        "Chioma", "Elu", "Jo", "Marisol", "Mo"
    }  # fmt: skip
    assert list(members_askable_by(cast["fay"])) == []
    assert cast["dev"] not in members_askable_by(cast["ben"])


def test_a_cohort_that_is_over_is_no_current_one(cast):
    open_up(cast, "elu")
    Cohort.objects.filter(slug="spring").update(starts_on="2020-01-01", ends_on="2020-06-30")

    assert list(members_askable_by(cast["dev"])) == []


def test_dev_asks_elu_who_says_yes(cast, as_):
    open_up(cast, "elu")

    answer = as_("dev").post(
        "/buddy/ask/", {"member": str(cast["elu"].pk), "words": "I trust how you listen."}
    )

    assert answer["Location"] == "/buddy/"
    request = Request.objects.get()
    assert "I trust how you listen." in as_("dev").get("/buddy/").text
    page = as_("elu").get("/buddy/").text
    assert "Dev Banerjee asked you on" in page
    assert "I trust how you listen." in page
    assert words_for(cast["elu"]) == ["Somebody asks you to be their buddy"]
    as_("elu").post(f"/buddy/requests/{request.pk}/accept/")
    pair = Pair.objects.get()
    assert {place.member for place in pair.places.all()} == {cast["dev"], cast["elu"]}
    assert pair.cohort == Cohort.objects.get(slug="spring")
    assert words_for(cast["dev"]) == ["Your request was accepted: you have a buddy"]
    assert words_for(cast["elu"]) == []


def test_no_needs_no_reason_and_is_told_kindly(cast, as_):
    request = asked(cast)

    as_("elu").post(f"/buddy/requests/{request.pk}/decline/")
    as_("elu").post(f"/buddy/requests/{request.pk}/decline/")

    assert words_for(cast["dev"]) == ["Your request to be buddies did not come about this time"]
    page = as_("dev").get(f"/buddy/requests/{request.pk}/").text
    assert "People have many reasons, and are asked for none." in page
    assert "declined" not in page
    assert ask_by_address(address="x@y.example", words="", by=cast["dev"]).state == "open"


def test_there_is_one_open_request_at_a_time(cast, as_):
    asked(cast)
    open_up(cast, "jo")

    answer = as_("dev").post("/buddy/ask/", {"member": str(cast["jo"].pk), "words": "And you?"})

    assert answer.status_code == 409
    assert "Take that request back first." in answer.text
    assert "And you?" in answer.text
    assert Request.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Request(by=cast["dev"], to=cast["jo"], way="listed").save()


def test_a_request_taken_back_cannot_be_accepted_any_more(cast, as_):
    request = asked(cast)
    as_("dev").post(f"/buddy/requests/{request.pk}/withdraw/")

    for act in ("accept", "decline"):
        page = as_("elu").post(f"/buddy/requests/{request.pk}/{act}/", follow=True).text
        assert "The request was taken back meanwhile. Nothing has changed." in page

    assert not Pair.objects.exists()
    assert words_for(cast["elu"]) == []
    assert "It was taken back." in as_("elu").get(f"/buddy/requests/{request.pk}/").text
    open_up(cast, "jo")
    assert ask_listed(member=cast["jo"], words="", by=cast["dev"]).state == RequestState.OPEN


def test_taking_back_what_was_answered_says_so(cast):
    request = asked(cast)
    withdraw_request(request=request, by=cast["dev"])
    withdraw_request(request=request, by=cast["dev"])
    other = ask_listed(member=cast["elu"], words="", by=cast["dev"])
    accept_request(request=other, by=cast["elu"])

    with pytest.raises(Refused) as refused:
        withdraw_request(request=other, by=cast["dev"])

    assert refused.value.why is WhyNot.CLOSED


def test_when_a_pair_comes_about_all_other_requests_of_and_to_the_two_lapse(cast):
    mine = asked(cast, "dev", "elu")
    to_dev = asked(cast, "ben", "dev")
    of_elu = ask_by_address(address="somebody@else.example", words="", by=cast["elu"])
    other = asked(cast, "hana", "jo")

    accept_request(request=mine, by=cast["elu"])

    states = dict(Request.objects.values_list("pk", "state"))
    assert states == {
        mine.pk: "accepted",
        to_dev.pk: "lapsed",
        of_elu.pk: "lapsed",
        other.pk: "open",
    }
    assert words_for(cast["ben"]) == ["Your request to be buddies did not come about this time"]
    assert words_for(cast["elu"]) == []
    with pytest.raises(Refused) as refused:
        accept_request(request=to_dev, by=cast["dev"])
    assert refused.value.why is WhyNot.CLOSED


def test_without_an_answer_it_lapses_after_thirty_days(cast):
    request = asked(cast)
    with time_machine.travel(timezone.now() + timedelta(days=29), tick=False):
        worker("hourly")
        assert Request.objects.get().state == RequestState.OPEN
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1), tick=False):
        worker("hourly")
        worker("hourly")

        assert Request.objects.get(pk=request.pk).state == RequestState.LAPSED
        assert len(notices(cast["dev"], "buddies.answered")) == 1
        assert words_for(cast["elu"]) == []


def test_who_was_asked_by_the_other_too_is_offered_to_say_yes(cast, as_):
    asked(cast, "elu", "dev")
    open_up(cast, "elu")

    answer = as_("dev").post("/buddy/ask/", {"member": str(cast["elu"].pk), "words": "Shall we?"})

    assert "This person has asked you, too." in answer.text
    assert "Yes, let us be buddies" in answer.text
    assert "Shall we?" in answer.text
    assert Request.objects.count() == 1


def test_five_requests_a_day_are_enough(cast, as_):
    open_up(cast, "elu")
    dev = as_("dev")
    for _ in range(5):
        dev.post("/buddy/ask/", {"member": str(cast["elu"].pk)})
        dev.post(f"/buddy/requests/{Request.objects.open().get().pk}/withdraw/")

    answer = dev.post("/buddy/ask/", {"member": str(cast["elu"].pk), "words": "Once more"})

    assert answer.status_code == 409
    assert "You have asked five times today." in answer.text
    assert "Once more" in answer.text
    assert Request.objects.count() == 5


@pytest.mark.parametrize("member", ["", "no-id", "00000000-0000-0000-0000-000000000000"])
def test_nobody_chosen_or_nobody_there_is_said_and_the_words_stay(cast, as_, member):
    open_up(cast, "elu")

    answer = as_("dev").post("/buddy/ask/", {"member": member, "words": "Kind words"})

    assert "Nothing was sent" in answer.text
    assert "Kind words" in answer.text
    assert not Request.objects.exists()


def test_too_many_words_are_kept_and_counted(cast, as_):
    open_up(cast, "elu")

    answer = as_("dev").post("/buddy/ask/", {"member": str(cast["elu"].pk), "words": "é" * 601})

    assert "This has 601 characters; 600 fit." in answer.text
    assert "é" * 601 in answer.text
    assert "checked" in answer.text


def test_one_form_sent_twice_asks_once(cast, as_):
    open_up(cast, "elu")
    sent = {"member": str(cast["elu"].pk), "once": "7d4bd9d3-6a3e-4b8f-9a0a-0f9ab1c1b001"}

    answers = [as_("dev").post("/buddy/ask/", sent) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == ["/buddy/", "/buddy/"]
    assert Request.objects.count() == 1


def test_who_sees_and_who_answers_a_request_agrees_in_both_forms(cast):
    request = asked(cast)
    waiting = ask_by_address(address=cast["jo"].email, words="", by=cast["hana"])

    for row, see, answer in ((request, {"dev", "elu"}, {"elu"}), (waiting, {"hana"}, set())):
        assert {name for name, who in cast.items() if can_see_request(who, row)} == see
        assert {name for name, who in cast.items() if requests_visible_to(who).filter(pk=row.pk).exists()} == see  # fmt: skip
        assert {name for name, who in cast.items() if can_answer_request(who, row)} == answer
        assert {name for name, who in cast.items() if requests_answerable_by(who).filter(pk=row.pk).exists()} == answer  # fmt: skip


def test_a_request_is_the_same_404_to_everybody_else(cast, as_, nobody):
    request = asked(cast)
    for name in ("ana", "lena", "mo", "fay", "gus", "ben"):
        for act in ("", "withdraw/", "accept/", "decline/"):
            method = as_(name).post if act else as_(name).get
            assert method(f"/buddy/requests/{request.pk}/{act}").status_code == 404
    assert as_("dev").post(f"/buddy/requests/{request.pk}/accept/").status_code == 404
    assert as_("elu").post(f"/buddy/requests/{request.pk}/withdraw/").status_code == 404
    assert Request.objects.get().state == RequestState.OPEN


def test_what_is_answered_stays_answered():
    """The table of states: everything leads out of open, and nothing out of the rest."""
    assert {state for state, then in TRANSITIONS.items() if then} == {RequestState.OPEN}
    assert set(TRANSITIONS) == set(RequestState)


def test_words_are_shown_to_the_other_while_it_is_open_and_no_longer(cast, as_):
    request = asked(cast, words="I trust how you listen.")
    decline_request(request=request, by=cast["elu"])

    assert "I trust how you listen." in as_("dev").get(f"/buddy/requests/{request.pk}/").text
    assert "I trust how you listen." not in as_("elu").get(f"/buddy/requests/{request.pk}/").text


def test_turning_the_switch_off_leaves_what_came_already(cast):
    request = asked(cast)

    set_openness(is_open=False, by=cast["elu"])

    assert list(requests_answerable_by(cast["elu"])) == [request]
