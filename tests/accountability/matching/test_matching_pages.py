"""The pages: what one types is never lost, what is not one's own is the same 404, and lists cost the same at any length."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accountability.matching.actions import accept_match, add_limit, save_answers
from accountability.matching.models import Answers, Limit, Round
from accountability.matching.offers import find_buddy, today_card
from accountability.matching.permissions import (
    answers_visible_to,
    can_see_answers,
    can_see_limit,
    can_see_round,
    limits_visible_to,
    rounds_visible_to,
)
from accountability.matching.reading import limits_of
from accountability.matching.said import Said, said_from
from accountability.matching.whom import Whom, whom_from
from core.models import FormResult
from tests.accountability.matching.hands import cohort_of, run_round, seat_of, wants

pytestmark = pytest.mark.django_db
ANSWERS, LIMITS = "/buddy/matching/", "/buddy/matching/not-this-person/"
TYPED = {"times": ["1e", "6m"], "languages": ["es"], "rhythm": "weekly", "topics": ["repair"],
         "own_words": "To apologize", "outside": "rather", "note": "Somebody patient", "wanted": "on", "seen": 0}  # fmt: skip


@pytest.fixture
def reed(cast):
    cohort = cohort_of(cast["dev"], cast["elu"])
    wants(cast["dev"], cast["elu"], times=("1e",))
    return cohort


def without_tokens(answer):
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"|[0-9a-f-]{32,36}', b"", answer.content)


def test_answers_are_kept_and_shown_again(cast, as_):
    Answers.objects.all().delete()

    as_("dev").post(ANSWERS, TYPED)

    row = Answers.objects.get(member=cast["dev"])
    assert said_from(row.said) == Said(("1e", "6m"), ("es",), "weekly", ("repair",), "To apologize", "rather")  # fmt: skip
    page = as_("dev").get(ANSWERS).text
    assert "Somebody patient" in page
    assert "To apologize" in page
    assert page.count(" checked") == 7


def test_all_may_stay_empty(cast, as_):
    Answers.objects.all().delete()

    assert as_("dev").post(ANSWERS, {}).status_code == 302
    assert Answers.objects.get(member=cast["dev"]).wanted is False


@pytest.mark.parametrize("odd", [{"times": ["9z"]}, {"rhythm": "hourly"}, {"outside": "x"}, {"seen": "many"}, {"languages": ["\x00"]}, {"note": "x" * 2001}])  # fmt: skip
def test_what_nobody_can_choose_is_said_and_nothing_typed_is_lost(as_, odd):
    answer = as_("dev").post(ANSWERS, {**TYPED, "own_words": "Ours has no pencil", **odd})

    assert answer.status_code == 200
    assert "Nothing was saved yet" in answer.text
    assert "Ours has no pencil" in answer.text


def test_two_tabs_get_both_answers(cast, as_, reed):
    client = as_("dev")
    seen = Answers.objects.get(member=cast["dev"]).version
    save_answers(by=cast["dev"], said=Said(own_words="From the first tab"), note="", wanted=True, seen=seen)  # fmt: skip

    answer = client.post(ANSWERS, {**TYPED, "seen": seen})

    assert answer.status_code == 409
    assert "From the first tab" in answer.text
    assert "To apologize" in answer.text
    again = re.search(r'name="seen" value="(\d+)"', answer.text)[1]
    assert client.post(ANSWERS, {**TYPED, "seen": again}).status_code == 302
    assert said_from(Answers.objects.get(member=cast["dev"]).said).own_words == "To apologize"


def test_the_same_form_sent_twice_saves_once(cast, as_):
    Answers.objects.all().delete()
    client, key = as_("dev"), str(uuid4())

    for _press in range(2):
        assert client.post(ANSWERS, {**TYPED, "once": key}).status_code == 302

    assert Answers.objects.get(member=cast["dev"]).version == 1


def test_answers_that_do_not_open_are_said_and_can_be_given_anew(cast, as_, reed):
    sealed = Answers._meta.get_field("said").seal("{}", Answers(member=cast["elu"]))
    Answers.objects.filter(member=cast["dev"]).update(said=sealed)

    answer = as_("dev").get(ANSWERS)

    assert "cannot be opened" in answer.text
    seen = re.search(r'name="seen" value="(\d+)"', answer.text)[1]
    assert as_("dev").post(ANSWERS, {**TYPED, "seen": seen}).status_code == 302
    assert "To apologize" in as_("dev").get(ANSWERS).text


def test_one_press_is_in_or_out(cast, as_):
    for wanted in ("yes", "no", "yes"):
        as_("dev").post("/buddy/matching/next-round/", {"wanted": wanted})
        assert Answers.objects.get(member=cast["dev"]).wanted is (wanted == "yes")


def test_somebody_is_added_by_choice_and_by_name(cast, as_, reed):
    as_("dev").post(LIMITS, {"people": [str(cast["elu"].pk)], "names": "ben  ACHTERBERG\n\n"})

    page = as_("dev").get(LIMITS).text
    assert "Elu Whitehorse" in page
    assert "ben ACHTERBERG" in page
    assert {whom_from(row.other) for row in Limit.objects.of(cast["dev"])} == {Whom((cast["elu"].pk,)), Whom((cast["ben"].pk,), "ben ACHTERBERG")}  # fmt: skip


def test_the_list_tells_of_no_name_whether_anybody_goes_by_it(cast, as_, reed):
    """A7: Ben of Dev's cohort, Gus of none of it, and nobody: one answer, one look, one number of queries."""
    told, seen = [], []
    for name in ("Ben Achterberg", cast["gus"].chosen_name, "Nobody Here"):
        Limit.objects.all().delete()
        client = as_("dev")
        client.get(LIMITS)
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(LIMITS, {"names": name})
        told.append((answer.status_code, answer["Location"], len(asked)))
        page = without_tokens(client.get(LIMITS))
        listed = page[page.index(b"Your list") : page.index(b"Add somebody")]
        seen.append(listed.replace(name.encode(), b"(name)"))

    assert told == [(302, LIMITS, told[0][2])] * 3
    assert b"(name)" in seen[0]
    assert seen == [seen[0]] * 3


def test_the_same_name_written_twice_is_one_line(cast, as_, reed):
    for _press in range(2):
        as_("dev").post(LIMITS, {"names": "Nobody Here\nnobody  here"})

    assert [line.name for line in limits_of(cast["dev"])] == ["Nobody Here"]


def test_a_line_that_is_no_name_and_too_many_are_sentences_and_nothing_is_lost(as_):
    for names in ("x" * 81, "\n".join(f"Name {at}" for at in range(51))):
        answer = as_("dev").post(LIMITS, {"names": names})

        assert answer.status_code == 200
        assert names in answer.text
    assert not Limit.objects.exists()


def test_no_mark_tells_who_keeps_a_list(cast, as_, reed):
    client = as_("dev")
    form = client.get(LIMITS).text
    client.post(LIMITS, {"people": [str(cast["elu"].pk)], "once": str(uuid4())})

    assert 'name="once"' not in form
    assert Limit.objects.of(cast["dev"]).count() == 1
    assert not FormResult.objects.filter(member=cast["dev"].pk).exists()


def test_a_name_that_is_typed_is_in_no_statement(cast, as_, reed):
    """C1: the database may log what it is asked."""
    client = as_("dev")

    with CaptureQueriesContext(connection) as asked:
        client.post(LIMITS, {"names": "Ben ACHTERBERG\nNobody Here"})

    said = "\n".join(query["sql"] for query in asked.captured_queries).casefold()
    assert ("achterberg" in said, "nobody here" in said) == (False, False)


def test_who_is_on_the_list_is_in_no_message_and_no_session(cast, as_, reed):
    client = as_("dev")
    client.post(LIMITS, {"people": [str(cast["elu"].pk)]})

    assert "Elu" not in str(dict(client.session)) + str(client.cookies)


def test_nobody_can_name_whom_they_do_not_meet(cast, as_):
    """A4: an id of somebody of no cohort of one's own is no choice."""
    answer = as_("dev").post(LIMITS, {"people": [str(cast["fay"].pk)]})

    assert answer.status_code == 200
    assert not Limit.objects.of(cast["dev"]).exists()


def test_a_line_that_does_not_open_is_said_and_can_go(cast, as_, reed):
    for name in ("elu", "ben"):
        add_limit(by=cast["dev"], other=cast[name])
    row = Limit.objects.of(cast["dev"])[0]
    Limit.objects.filter(pk=row.pk).update(other=Limit._meta.get_field("other").seal("x", Limit(member=cast["elu"])))  # fmt: skip

    page = as_("dev").get(LIMITS).text
    as_("dev").post(f"{LIMITS}{row.pk}/remove/")

    assert page.count("This line cannot be opened. It still holds.") == 1
    assert Limit.objects.of(cast["dev"]).count() == 1


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_at_any_length(cast, as_, reed, many, django_assert_num_queries):
    client = as_("dev")
    for name in ("elu", "ben", "chioma")[:many]:
        add_limit(by=cast["dev"], other=cast[name])
    client.get(LIMITS)
    with django_assert_num_queries(8):
        client.get(LIMITS)


def test_a_match_says_what_fits_and_leads_to_both_answers(cast, as_, reed):
    run_round(reed)
    seat = seat_of(cast["dev"])

    page = as_("dev").get(f"/buddy/matching/match/{seat.pk}/").text
    assert "Elu Whitehorse" in page
    assert "Both free on Tuesday evenings." in page
    as_("dev").post(f"/buddy/matching/match/{seat.pk}/accept/")
    assert "You have said yes" in as_("dev").get(f"/buddy/matching/match/{seat.pk}/").text
    other = seat_of(cast["elu"])
    answer = as_("elu").post(f"/buddy/matching/match/{other.pk}/accept/")
    assert answer["Location"] == "/buddy/"


def test_after_a_no_the_others_have_choices_and_no_name(cast, as_, reed):
    run_round(reed)
    as_("elu").post(f"/buddy/matching/match/{seat_of(cast['elu']).pk}/decline/")

    page = as_("dev").get(f"/buddy/matching/match/{seat_of(cast['dev']).pk}/").text

    assert "This match did not come about" in page
    assert "Elu" not in page
    assert [words in page for words in ("next round", "Ask somebody", "My answers")] == [True] * 3


def test_a_yes_that_comes_too_late_is_a_sentence(cast, as_, reed):
    run_round(reed)
    as_("elu").post(f"/buddy/matching/match/{seat_of(cast['elu']).pk}/decline/")

    here = f"/buddy/matching/match/{seat_of(cast['dev']).pk}/"
    answer = as_("dev").post(f"{here}accept/", follow=True)

    assert "This match can no longer come about." in answer.text


def test_everybody_else_gets_the_same_404_on_every_address(cast, as_, reed):
    """A2, A3, A8: Ana, Lena, Mo, Fay, Gus, and Elu, who is in the match, too."""
    run_round(reed)
    add_limit(by=cast["dev"], other=cast["ben"])
    seat, limit = seat_of(cast["dev"]), Limit.objects.of(cast["dev"])[0]
    for name in sorted(set(cast) - {"dev"}):
        client = as_(name)
        for method, pattern, pk in (
            ("get", "/buddy/matching/match/{}/", seat.pk),
            ("post", "/buddy/matching/match/{}/accept/", seat.pk),
            ("post", "/buddy/matching/match/{}/decline/", seat.pk),
            ("post", LIMITS + "{}/remove/", limit.pk),
        ):
            found, unknown = (getattr(client, method)(pattern.format(key)) for key in (pk, uuid4()))
            assert (found.status_code, unknown.status_code) == (404, 404), (name, pattern)
            assert without_tokens(found) == without_tokens(unknown)
    seat.refresh_from_db()
    assert (seat.state, Limit.objects.filter(pk=limit.pk).count()) == ("open", 1)


def test_both_forms_of_each_rule_agree(cast, reed):
    run_round(reed)
    add_limit(by=cast["dev"], other=cast["ben"])
    for can, rows, row in (
        (can_see_answers, answers_visible_to, Answers.objects.get(member=cast["dev"])),
        (can_see_limit, limits_visible_to, Limit.objects.of(cast["dev"])[0]),
        (can_see_round, rounds_visible_to, Round.objects.get(cohort=reed)),
    ):
        seen = {name for name, member in cast.items() if can(member, row)}
        assert seen == {name for name, member in cast.items() if rows(member).filter(pk=row.pk)}
        assert seen == ({"ana", "lena"} if can is can_see_round else {"dev"})


def test_today_shows_a_match_that_waits_and_nothing_else(cast, as_, rf, reed, django_assert_num_queries):  # fmt: skip
    request = rf.get("/today/")
    request.user = cast["dev"]
    assert today_card(request=request) is None
    run_round(reed)

    with django_assert_num_queries(1):
        card = today_card(request=request)
    assert "Somebody was found for you" in card
    assert "Elu" not in card
    accept_match(by=cast["dev"], seat=seat_of(cast["dev"]))
    assert today_card(request=request) is None


def test_the_card_for_who_has_no_buddy_says_how_it_stands(cast, rf, reed):
    request = rf.get("/buddy/")
    request.user = cast["dev"]

    def said():
        return find_buddy(request=request, member=cast["dev"])

    assert "You are in the next round." in said()
    run_round(reed)
    assert "waits for your answer" in said()
    accept_match(by=cast["dev"], seat=seat_of(cast["dev"]))
    assert "You have said yes to a match" in said()
    add_limit(by=cast["elu"], other=cast["dev"])
    assert "Your last match did not come about" in said()
    run_round(reed)
    assert "nobody could be found for you" in said()
