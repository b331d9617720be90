"""Dev keeps away from Elu inside a room. Elu sees what he saw before, to the byte."""

import threading
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from care.actions import stop_contact
from care.models import Stop
from caucuses.actions.folding import HasLeft, fold_seat, unfold_seat
from caucuses.actions.leaving import leave_caucus
from caucuses.folding import can_end_fold, can_fold_seat, folds_visible_to, others_of
from caucuses.models import Event, Fold, Seat
from caucuses.threads.acting import acts_on
from caucuses.threads.actions.acts import KeptAway, mark_post, recognize_post
from caucuses.threads.models import LaterMark, Recognition
from core.models import AuditEvent, FormResult
from notices.models import Notice, OutboxMail
from tests.care.hands import seen
from tests.caucuses.story import a_room, join
from tests.caucuses.threads.saying import a_thread, place, room, said, talk

pytestmark = pytest.mark.django_db
FOLDED = "A post by somebody you keep away from"


@pytest.fixture
def seats(cast):
    """Dev, Elu, Hana."""
    return a_room(cast["dev"], cast["elu"], cast["hana"])


@pytest.fixture
def words(seats):
    """A conversation: each of the three says something, and Hana quotes Elu."""
    thread = a_thread(seats[2])
    first = said(seats[1], "Elu words.", thread=thread)
    return [
        first,
        said(seats[0], "Dev words.", thread=thread),
        said(seats[2], "Hana words.", thread=thread, quotes=first),
    ]


def addresses(**ids):
    """Every address of a caucus, with these ids; what has no id here gets one of nobody's."""
    for prefix, rest in walk(get_resolver().url_patterns):
        route = prefix + rest
        if not route.startswith(("caucuses/", "cohorts/<slug:slug>/notes")):
            continue
        for name in ("caucus_id", "seat_id", "thread_id", "post_id", "fold_id"):
            route = route.replace(f"<uuid:{name}>", str(ids.get(name, uuid4())))
        while "<uuid:" in route:
            start = route.index("<uuid:")
            route = route[:start] + str(ids["none"]) + route[route.index(">", start) + 1 :]
        if "<" not in route:
            yield f"/{route}"


def walk(patterns, prefix=""):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from walk(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix, str(pattern.pattern)


def look(client, pages):
    """What each page says, and by how many questions."""
    found = []
    for page in pages:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(page)
        headers = {
            name: value
            for name, value in answer.headers.items()
            if name.lower() not in {"x-request-id", "date", "content-length", "content-security-policy"}
        }  # fmt: skip
        found.append((page, seen(answer), headers, len(asked)))
    return found


def test_nothing_tells_the_other(seats, words, as_):
    """A2, A8: every address of the room, and what stands outside it, is the same for Elu and for Hana, by the same questions."""
    dev, elu, _hana = seats
    ids = {"caucus_id": dev.caucus_id, "thread_id": words[0].thread_id, "none": uuid4()}
    fold_id = uuid4()
    pages = [
        address
        for seat in seats
        for post in words
        for address in addresses(**ids, seat_id=seat.pk, post_id=post.pk, fold_id=fold_id)
    ]
    pages = sorted({*pages, "/today/", "/account/visible/", "/account/notices/", "/caucuses/", "/care/", "/cohorts/spring/"})  # fmt: skip
    clients = [as_("elu"), as_("hana")]
    for client in clients:
        look(client, pages)
    before = [look(client, pages) for client in clients]
    rows = AuditEvent, Notice, OutboxMail, FormResult, Event
    traces = [model.objects.count() for model in rows]

    pressed = as_("dev").post(room(dev, f"people/{elu.pk}/stop/"))

    assert pressed.headers["Location"] == room(dev, "people/kept/")
    assert Fold.objects.filter(seat=dev, other=elu).exists()
    for client, was in zip(clients, before, strict=True):
        for one, other in zip(look(client, pages), was, strict=True):
            assert one == other, one[0]
    assert [model.objects.count() for model in rows] == traces
    assert len(pages) > 20


def test_what_they_can_do_is_the_same(seats, words):
    dev, elu, _hana = seats
    before = acts_on(elu, words[1])

    fold_seat(seat=dev, other=elu)
    recognize_post(seat=elu, post=words[1])
    mark_post(seat=elu, post=words[1])

    after = acts_on(elu, words[1])
    assert (before.can_quote, before.can_mark) == (after.can_quote, after.can_mark) == (True, True)
    assert (after.is_marked, after.i_recognize) == (True, True)


def test_their_words_stand_folded_also_where_somebody_quotes_them(seats, words, as_):
    before = as_("dev").get(talk(words[0])).text

    fold_seat(seat=seats[0], other=seats[1])

    after = as_("dev").get(talk(words[0])).text
    assert (before.count(FOLDED), after.count(FOLDED)) == (0, 1)
    assert (before.count("Elu words."), after.count("Elu words.")) == (2, 1)
    assert "This answers a post that you keep folded." in after
    assert "<details open" not in after
    assert "Hana words." in after
    own, quoting = acts_on(seats[0], words[0]), acts_on(seats[0], words[2])
    assert (own.is_folded, own.folds_quote) == (True, False)
    assert (quoting.is_folded, quoting.folds_quote) == (False, True)


def test_no_quote_no_mark_no_recognition(seats, words, as_):
    fold_seat(seat=seats[0], other=seats[1])
    acts = acts_on(seats[0], words[0])

    for act in (mark_post, recognize_post):
        with pytest.raises(KeptAway):
            act(seat=seats[0], post=words[0])
    page = as_("dev").post(place(words[0], "act/"), {"act": "recognize"})

    assert (acts.can_quote, acts.can_mark, acts.can_recognize) == (False, False, False)
    assert page.status_code == 409
    assert "You keep away from whose post this is" in page.text
    assert (LaterMark.objects.count(), Recognition.objects.count()) == (0, 0)
    assert f"posts/{words[0].pk}/act/" not in as_("dev").get(talk(words[0])).text


def test_what_was_marked_before_stands_folded_in_the_list(seats, words, as_):
    mark_post(seat=seats[0], post=words[0])
    recognize_post(seat=seats[0], post=words[0])

    fold_seat(seat=seats[0], other=seats[1])

    page = as_("dev").get(room(seats[0], "threads/later/")).text
    assert (page.count(FOLDED), "Take the mark away" in page) == (1, True)
    assert Recognition.objects.count() == 1  # its going would be a change that the other sees


def test_ending_it_opens_them_again_and_a_second_press_is_harmless(seats, words, as_):
    dev = as_("dev")
    fold = fold_seat(seat=seats[0], other=seats[1])
    again = fold_seat(seat=seats[0], other=seats[1])
    listed = dev.get(room(seats[0], "people/kept/")).text

    answers = [dev.post(room(seats[0], f"people/kept/{fold.pk}/end/")) for _ in range(2)]

    assert (fold.pk, "Elu" in listed) == (again.pk, True)
    assert [answer.headers["Location"] for answer in answers] == [
        room(seats[0], "people/kept/")
    ] * 2
    assert FOLDED not in dev.get(talk(words[0])).text
    assert "You keep away from nobody in this room." in dev.get(room(seats[0], "people/kept/")).text


def test_nobody_ends_what_another_stopped_or_learns_of_it(seats, as_):
    fold = fold_seat(seat=seats[0], other=seats[1])

    for name in ("elu", "hana"):
        assert as_(name).post(room(seats[0], f"people/kept/{fold.pk}/end/")).status_code == 302
        assert "Dev" not in as_(name).get(room(seats[0], "people/kept/")).text
    with pytest.raises(PermissionDenied):
        unfold_seat(seat=seats[1], fold=fold)

    assert Fold.objects.count() == 1


def test_the_page_says_what_happens_and_then_that_it_did(seats, as_):
    address = room(seats[0], f"people/{seats[1].pk}/stop/")
    before = as_("dev").get(address).text

    as_("dev").post(address)

    after = as_("dev").get(address).text
    assert "Stop contact with Elu?" in before
    assert "This holds in this room alone." in before
    assert ("Stop contact now" in before, "Stop contact now" in after) == (True, False)
    assert "You have kept away from them since" in after


def test_oneself_a_stranger_and_nobody_are_the_same_404(seats, as_, cast):
    other = a_room(cast["fay"], cast["jo"])
    waiting = join(seats[0], cast["ben"], has_accepted=False)

    answers = {
        (method, *seen(getattr(as_("dev"), method)(room(seats[0], f"people/{one}/stop/"))))
        for one in (seats[0].pk, other[0].pk, waiting.pk, uuid4())
        for method in ("get", "post")
    }

    assert {status for _method, status, _body in answers} == {404}
    assert len(answers) == 2
    assert Fold.objects.count() == 0


def test_stops_of_care_fold_nothing_here_and_this_stops_nothing_there(seats, words, as_, cast):
    stop_contact(by=cast["dev"], other=cast["elu"])
    assert FOLDED not in as_("dev").get(talk(words[0])).text
    assert Stop.objects.count() == 1

    fold_seat(seat=seats[2], other=seats[1])

    assert Stop.objects.count() == 1


def test_it_holds_in_this_room_alone(seats, cast, as_):
    fold_seat(seat=seats[0], other=seats[1])
    other = a_room(cast["elu"], cast["dev"])

    assert FOLDED not in as_("dev").get(talk(said(other[0], "Elsewhere."))).text


def test_whoever_leaves_is_kept_away_from_no_more(seats, as_):
    address = room(seats[0], f"people/{seats[1].pk}/stop/")
    fold_seat(seat=seats[0], other=seats[1])

    leave_caucus(seat=seats[1], with_posts=False)

    assert Fold.objects.count() == 0
    with pytest.raises(HasLeft):
        fold_seat(seat=seats[0], other=seats[1])
    assert as_("dev").post(address).status_code == 404


def test_both_forms_of_the_rules_agree(seats, cast):
    join(seats[0], cast["ben"], has_accepted=False)
    fold_seat(seat=seats[0], other=seats[1])

    for seat in seats:
        can = {one.pk for one in Seat.objects.all() if can_fold_seat(seat, one)}
        assert can == set(others_of(seat).values_list("pk", flat=True))
        ends = {one.pk for one in Fold.objects.all() if can_end_fold(seat, one)}
        assert ends == set(folds_visible_to(seat).values_list("pk", flat=True))


def test_the_list_is_as_much_work_with_three_as_with_one(cast, as_, django_assert_num_queries):
    first, *others = a_room(cast["dev"], cast["elu"], cast["hana"], cast["jo"])
    address, dev = room(first, "people/kept/"), as_("dev")
    for some in (others[:1], others):
        for other in some:
            fold_seat(seat=first, other=other)
        dev.get(address)
        with django_assert_num_queries(8):
            dev.get(address)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_two_presses_at_once_are_one(cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    failed = []

    def press():
        try:
            fold_seat(seat=dev, other=elu)
        except Exception as problem:
            failed.append(problem)
        finally:
            connections.close_all()

    both = [threading.Thread(target=press) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert (failed, Fold.objects.count()) == ([], 1)
