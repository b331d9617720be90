"""Elu says something. Dev marks it for later and recognizes it; Elu learns that somebody does."""

import pytest

from caucuses.actions.leaving import leave_caucus
from caucuses.models import Event
from caucuses.threads.acting import acts_for, acts_on, can_note_post
from caucuses.threads.actions.acts import (
    Gone,
    NotForThis,
    hide_post,
    mark_post,
    recognize_post,
    unmark_post,
    unrecognize_post,
)
from caucuses.threads.models import LaterMark, Post, Recognition, Thread
from core.crypto.fields import Sealed
from core.models import FormResult
from notices.models import Notice
from tests.care.hands import OF_THE_MOMENT
from tests.caucuses.paging import earlier_page
from tests.caucuses.story import a_room, join
from tests.caucuses.threads.saying import a_thread, place, room, said, talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def seats(cast):
    """Dev, who facilitates, and Elu, and Hana."""
    return a_room(cast["dev"], cast["elu"], cast["hana"])


def test_a_press_marks_and_leads_back_to_the_post(seats, as_):
    post, dev = said(seats[1], "It costs me sleep."), as_("dev")

    first = dev.post(place(post, "act/"), {"act": "mark"})
    again = dev.post(place(post, "act/"), {"act": "mark"})

    assert first.headers["Location"] == again.headers["Location"] == place(post)
    assert LaterMark.objects.count() == 1
    assert "It costs me sleep." in dev.get(room(seats[0], "threads/later/")).text
    assert "It costs me sleep." not in as_("hana").get(room(seats[0], "threads/later/")).text


def test_the_list_takes_a_mark_away_and_stays(seats, as_):
    post, dev = said(seats[1], "It costs me sleep."), as_("dev")
    mark_post(seat=seats[0], post=post)

    answer = dev.post(place(post, "act/"), {"act": "unmark", "back": "later"})

    assert answer.headers["Location"] == room(seats[0], "threads/later/")
    assert LaterMark.objects.count() == 0
    assert "Nothing is marked." in dev.get(room(seats[0], "threads/later/")).text


def test_the_script_gets_no_page(seats, as_):
    post = said(seats[1], "It costs me sleep.")

    answer = as_("dev").post(place(post, "act/"), {"act": "recognize"}, headers={"X-In-Place": "1"})

    assert (answer.status_code, answer.content) == (204, b"")


def test_somebody_recognizes_it_and_nobody_learns_who_or_how_many(seats, as_):
    post = said(seats[1], "It costs me sleep.")
    before = {name: as_(name).get(talk(post)).text for name in ("dev", "elu", "hana")}
    recognize_post(seat=seats[0], post=post)
    one = {name: as_(name).get(talk(post)).text for name in ("dev", "elu", "hana")}
    recognize_post(seat=seats[2], post=post)
    two = {name: as_(name).get(talk(post)).text for name in ("dev", "elu", "hana")}
    line = "Somebody recognizes this"

    assert [line in before[name] for name in ("dev", "elu", "hana")] == [False, False, False]
    assert [line in one[name] for name in ("dev", "elu", "hana")] == [False, True, True]
    assert [line in two[name] for name in ("dev", "elu", "hana")] == [True, True, True]
    assert without_tokens(one["elu"]) == without_tokens(two["elu"])
    assert (Event.objects.exclude(what="opened").count(), Notice.objects.count()) == (0, 0)
    assert Thread.objects.get().revision == 1


def without_tokens(text):
    return OF_THE_MOMENT.sub("", text)


def test_what_was_pressed_says_so_and_is_taken_back(seats, as_):
    post, dev = said(seats[1], "It costs me sleep."), as_("dev")
    dev.post(place(post, "act/"), {"act": "recognize"})
    pressed = dev.get(talk(post)).text
    dev.post(place(post, "act/"), {"act": "unrecognize"})
    released = dev.get(talk(post)).text

    assert 'value="unrecognize" aria-pressed="true"' in pressed
    assert 'value="recognize" aria-pressed="false"' in released
    assert Recognition.objects.count() == 0


def test_one_that_recognized_and_left_does_not_take_the_line_along(seats, as_):
    """If it went with them, it would tell that it had been theirs."""
    post = said(seats[1], "It costs me sleep.")
    recognize_post(seat=seats[2], post=post)

    leave_caucus(seat=seats[2], with_posts=False)

    assert list(Recognition.objects.values_list("seat", flat=True)) == [None]
    assert "Somebody recognizes this" in as_("elu").get(talk(post)).text


def test_not_ones_own_and_not_what_is_hidden_or_deleted(seats, as_):
    dev, elu, hana = seats
    own, hidden, deleted = (said(one, "It costs me.") for one in (hana, elu, elu))
    hide_post(seat=dev, post=hidden, reason="It names somebody.")
    Post.objects.filter(pk=deleted.pk).update(deleted_at="2026-11-01T00:00Z")

    for post, refusal in ((own, NotForThis), (hidden, NotForThis), (deleted, Gone)):
        for act in (mark_post, recognize_post):
            with pytest.raises(refusal):
                act(seat=hana, post=post)
    pages = [
        as_("hana").post(place(one, "act/"), {"act": "mark"}) for one in (own, hidden, deleted)
    ]

    assert [page.status_code for page in pages] == [409, 409, 409]
    assert "Nothing was changed" in pages[0].text
    assert (LaterMark.objects.count(), Recognition.objects.count()) == (0, 0)


def test_taking_back_is_always_possible(seats):
    post = said(seats[1], "It costs me sleep.")
    mark_post(seat=seats[2], post=post)
    recognize_post(seat=seats[2], post=post)
    hide_post(seat=seats[0], post=post, reason="It names somebody.")

    unmark_post(seat=seats[2], post=post)
    unrecognize_post(seat=seats[2], post=post)

    assert (LaterMark.objects.count(), Recognition.objects.count()) == (0, 0)


def test_a_hidden_and_a_deleted_one_show_no_words_in_the_list(seats, as_):
    dev, elu, hana = seats
    hidden, deleted = said(elu, "Words that are hidden."), said(elu, "Words that are deleted.")
    for post in (hidden, deleted):
        mark_post(seat=hana, post=post)
    hide_post(seat=dev, post=hidden, reason="It names somebody.")
    Post.objects.filter(pk=deleted.pk).update(deleted_at="2026-11-01T00:00Z")

    page = as_("hana").get(room(hana, "threads/later/")).text

    assert ("Words that are" in page, "This post was hidden by a facilitator." in page) == (
        False,
        True,
    )
    assert "This post was deleted." in page


def test_another_room_an_earlier_post_and_outsiders_get_the_same_404(seats, as_, cast):
    post, early = said(seats[1], "Here."), said(seats[1], "Before Jo came.")
    other = a_room(cast["fay"], cast["jo"])[1]
    join(seats[0], cast["jo"])

    answers = [
        as_("fay").post(place(post, "act/"), {"act": "mark"}),
        as_("jo").post(place(early, "act/"), {"act": "mark"}),
        as_("jo").post(place(post, "act/").replace(str(post.caucus_id), str(other.caucus_id)), {"act": "mark"}),
    ]  # fmt: skip

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert LaterMark.objects.count() == 0


def test_an_unknown_act_is_refused(seats, as_):
    assert (
        as_("dev").post(place(said(seats[1], "Here."), "act/"), {"act": "like"}).status_code == 403
    )


def test_both_forms_of_the_rule_agree(seats):
    dev, _elu, _hana = seats
    posts = [said(one, "Here.") for one in seats]
    hide_post(seat=dev, post=posts[1], reason="It names somebody.")
    posts = list(Post.objects.all())

    for seat in seats:
        acts = acts_for(seat, posts)
        assert {pk for pk, one in acts.items() if one.can_mark} == {
            post.pk for post in posts if can_note_post(seat, post)
        }
        assert all(acts_on(seat, post) == acts[post.pk] for post in posts)


def test_one_question_for_a_page_of_posts(seats, django_assert_num_queries):
    thread = a_thread(seats[1])
    posts = [said(seats[1], "Here.", thread=thread) for _ in range(3)]

    for some in (posts[:1], posts):
        with django_assert_num_queries(1):
            acts_for(seats[0], some)


def test_the_list_is_as_much_work_with_three_as_with_one(seats, as_, django_assert_num_queries):
    dev, address = as_("dev"), room(seats[0], "threads/later/")
    for count in (1, 3):
        while LaterMark.objects.count() < count:
            mark_post(seat=seats[0], post=said(seats[1], "Here."))
        dev.get(address)
        with django_assert_num_queries(9):
            dev.get(address)


def test_who_marks_one_more_while_reading_the_list_misses_none_of_it(seats, as_):
    dev, address = as_("dev"), room(seats[0], "threads/later/")
    for number in range(25):
        mark_post(seat=seats[0], post=said(seats[1], f"Word {number}."))
    first = dev.get(address).text
    mark_post(seat=seats[0], post=said(seats[1], "The newest word."))
    second = dev.get(f"{address}{earlier_page(first)}").text

    shown = [
        number for page in (first, second) for number in range(25) if f"Word {number}." in page
    ]
    assert shown == [*range(5, 25), *range(5)]
    assert earlier_page(second) is None


def test_no_mark_says_that_a_form_was_sent(seats, as_):
    as_("dev").post(place(said(seats[1], "Here."), "act/"), {"act": "mark"})

    assert FormResult.objects.count() == 0


def test_a_damaged_post_does_not_take_the_list_down(seats, as_):
    post, fine = said(seats[1], "Here."), said(seats[1], "It is fine.")
    for one in (post, fine):
        mark_post(seat=seats[0], post=one)
    Post.objects.filter(pk=post.pk).update(html=Sealed(b"damaged"))

    page = as_("dev").get(room(seats[0], "threads/later/"))

    assert page.status_code == 200
    assert ("This cannot be opened." in page.text, "It is fine." in page.text) == (True, True)
