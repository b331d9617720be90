"""When nobody hears from somebody: each is asked apart, after a week a place rests, and no page says a word of blame."""

import re
from datetime import timedelta

import pytest
from django.apps import apps

from accountability.buddies.actions import resume
from accountability.buddies.models import Place
from accountability.checkins.actions import answer_asking, hand_in, skip
from accountability.checkins.choices import Answer
from accountability.checkins.models import Asking, CheckIn
from tests.accountability.checkins.story import (
    A_WEEK,
    DEVS,
    FIRST,
    coming,
    hour,
    minute,
    told,
)

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
ASKED_ON = FIRST + A_WEEK + A_DAY
BLAME = re.compile(r"ghost|fail|missed|\blate\b|overdue|silent|inactive", re.IGNORECASE)


def pass_one(clock, pair, *, write=(), skips=()):
    """One check-in comes and passes, at which these write and those skip; a day later somebody looks."""
    check_in = coming(pair)
    for member in write:
        hand_in(check_in=check_in, by=member, words=DEVS, seen=0)
    for member in skips:
        skip(check_in=check_in, by=member)
    due = check_in.due_at
    clock.move_to(due)
    minute(due)
    clock.move_to(due + A_DAY)
    for _ in range(2):
        hour(due + A_DAY)


def two_without_a_word_of_elu(clock, pair, cast):
    for _ in range(2):
        pass_one(clock, pair, write=[cast["dev"]])


def asking_of(member):
    return Asking.objects.filter(member=member, settled_at__isnull=True).first()


def resting():
    rows = Place.objects.filter(resting_since__isnull=False).select_related("member")
    return sorted(row.member.chosen_name.split()[0].lower() for row in rows)


def a_week_later(clock):
    clock.move_to(ASKED_ON + A_WEEK)
    for _ in range(2):
        hour(ASKED_ON + A_WEEK)


def test_after_two_without_a_word_each_is_asked_apart(clock, cast, pair):
    pass_one(clock, pair, write=[cast["dev"]])
    assert told("checkins.asked") == []
    pass_one(clock, pair, write=[cast["dev"]])

    assert told("checkins.asked") == ["dev", "elu"]
    assert resting() == []


@pytest.mark.parametrize("word", ["writes", "skips"])
def test_one_word_is_enough_not_to_be_asked(clock, cast, pair, word):
    pass_one(clock, pair, write=[cast["dev"]])
    both = {
        "writes": {"write": [cast["dev"], cast["elu"]]},
        "skips": {"write": [cast["dev"]], "skips": [cast["elu"]]},
    }

    pass_one(clock, pair, **both[word])
    pass_one(clock, pair, write=[cast["dev"]])

    assert told("checkins.asked") == []


def test_a_week_later_the_one_may_go_onward_and_the_other_rests(clock, cast, pair):
    two_without_a_word_of_elu(clock, pair, cast)
    answer_asking(asking=asking_of(cast["dev"]), by=cast["dev"], answer=Answer.LOOK)

    a_week_later(clock)

    assert resting() == ["elu"]
    assert told("checkins.onward") == ["dev"]


def test_what_was_answered_is_forgotten_then(clock, cast, pair):
    two_without_a_word_of_elu(clock, pair, cast)
    answer_asking(asking=asking_of(cast["dev"]), by=cast["dev"], answer=Answer.LOOK)

    a_week_later(clock)

    left = [(row.said, row.answered_at, row.asked_at) for row in Asking.objects.all()]
    assert left == [("", None, None)] * 2


def test_who_answers_does_not_rest(clock, cast, pair):
    two_without_a_word_of_elu(clock, pair, cast)
    for name in ("dev", "elu"):
        answer_asking(asking=asking_of(cast[name]), by=cast[name], answer=Answer.GO_ON)

    a_week_later(clock)

    assert (resting(), told("checkins.onward")) == ([], [])


def test_when_neither_answers_both_rest_and_no_check_in_is_made(clock, cast, pair):
    for _ in range(2):
        pass_one(clock, pair)
    a_week_later(clock)
    last = coming(pair)
    clock.move_to(last.due_at)
    minute(last.due_at)

    assert resting() == ["dev", "elu"]
    assert (coming(pair), told("checkins.onward")) == (None, [])
    assert told("checkins.asked") == ["dev", "elu"]


def test_one_press_brings_back_and_the_rhythm_goes_on(clock, as_, cast, pair):
    for _ in range(2):
        pass_one(clock, pair)
    a_week_later(clock)
    last = coming(pair)
    clock.move_to(last.due_at)
    minute(last.due_at)

    answers = [as_("elu").post("/buddy/check-ins/back/").status_code for _ in range(2)]

    assert (answers, resting()) == ([302, 302], ["dev"])
    assert coming(pair).due_at == last.due_at + A_WEEK


def test_after_coming_back_it_counts_from_there(clock, cast, pair):
    two_without_a_word_of_elu(clock, pair, cast)
    a_week_later(clock)
    resume(pair=pair, by=cast["elu"])

    pass_one(clock, pair, write=[cast["dev"]])
    assert asking_of(cast["elu"]) is None
    pass_one(clock, pair, write=[cast["dev"]])

    assert asking_of(cast["elu"]) is not None


def test_a_rest_that_one_asks_for_begins_at_once(clock, as_, cast, pair):
    two_without_a_word_of_elu(clock, pair, cast)

    answer = as_("elu").post("/buddy/check-ins/how/", {"answer": "rest"})

    assert (answer.status_code, resting()) == (302, ["elu"])


def test_an_answer_is_its_authors_alone(clock, as_, cast, pair):
    two_without_a_word_of_elu(clock, pair, cast)
    before = as_("dev").get("/buddy/check-ins/how/").content

    as_("elu").post("/buddy/check-ins/how/", {"answer": "look"})

    after = as_("dev").get("/buddy/check-ins/how/").content
    assert _bare(after) == _bare(before)
    assert "would like to look" in as_("elu").get("/buddy/check-ins/how/").content.decode()


def _bare(content):
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", content.decode())


@pytest.mark.parametrize("answer", ["", "never", "go_on\x00"])
def test_an_answer_that_is_none_is_asked_for_again(clock, as_, cast, pair, answer):
    two_without_a_word_of_elu(clock, pair, cast)

    assert as_("elu").post("/buddy/check-ins/how/", {"answer": answer}).status_code == 200
    assert asking_of(cast["elu"]).answered_at is None


def test_no_page_and_no_notice_says_a_word_of_blame(clock, as_, cast, pair):
    two_without_a_word_of_elu(clock, pair, cast)
    clients = [as_("dev"), as_("elu")]
    addresses = ["/buddy/check-ins/how/", "/account/notices/", f"/buddy/check-ins/of/{pair.pk}/"]
    addresses += [f"/buddy/check-ins/{row.pk}/" for row in CheckIn.objects.all()]
    pages = [client.get(address).content.decode() for client in clients for address in addresses]
    a_week_later(clock)
    pages += [client.get(address).content.decode() for client in clients for address in addresses]

    mains = [page.split('<main id="main"')[1].split("</main>")[0] for page in pages]
    assert [BLAME.findall(page) for page in mains if BLAME.search(page)] == []


def test_no_model_has_a_word_of_blame():
    names = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("checkins").get_models()
        for field in model._meta.get_fields()
    ]
    assert [name for name in names if BLAME.search(name)] == []


def test_a_rest_taken_on_the_page_of_the_pair_is_the_same_rest(clock, as_, cast, pair):
    """The pair's page and that of check-ins know one kind of rest: nobody waits, and the rhythm goes on afterwards."""
    hand_in(check_in=coming(pair), by=cast["dev"], words=DEVS, seen=0)
    first = coming(pair)

    as_("elu").post(f"/buddy/{pair.pk}/rest/")
    first.refresh_from_db()
    assert first.revealed_at is not None
    as_("dev").post(f"/buddy/{pair.pk}/rest/")
    second = coming(pair)
    clock.move_to(second.due_at)
    minute(second.due_at)
    assert coming(pair) is None
    as_("elu").post(f"/buddy/{pair.pk}/resume/")

    assert (resting(), coming(pair).due_at) == (["dev"], second.due_at + A_WEEK)
