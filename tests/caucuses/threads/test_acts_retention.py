"""What a room agreed to keep for 90 days, or until a cohort ends, is gone when its time is over. Nothing else is."""

import io
from contextlib import redirect_stderr
from datetime import date, datetime, timedelta
from unittest import mock

import pytest
import time_machine
from django.utils import timezone

from caucuses.actions.expiring import expire_words
from caucuses.choices import Keeping
from caucuses.concerns.models import Concern
from caucuses.models import Agreement
from caucuses.threads import expiring
from caucuses.threads.actions.acts import mark_post, recognize_post
from caucuses.threads.models import Draft, LaterMark, Post, Recognition, Thread, Wording
from cohorts.models import Cohort
from core import doors
from core.crypto.fields import Sealed
from notices.chores import run_offers
from tests.caucuses.concerns.hands import report
from tests.caucuses.story import a_room
from tests.caucuses.threads.saying import a_thread, said, talk

pytestmark = pytest.mark.django_db


def ago(days, **more):
    return timezone.now() - timedelta(days=days, **more)


def long_ago(*members, days=200, **terms):
    """A room that was opened so many days ago."""
    with time_machine.travel(ago(days), tick=False):
        return a_room(*members, **terms)


def ninety(cast):
    return long_ago(cast["dev"], cast["elu"], cast["hana"], keeping=Keeping.DAYS_90)


def test_after_90_days_a_post_goes_with_all_that_hangs_on_it(cast):
    dev, elu, _hana = ninety(cast)
    thread = a_thread(elu, opened_at=ago(100), last_at=ago(1))
    old = said(elu, "An old word.", thread=thread, written_at=ago(90, minutes=1))
    young = said(dev, "A young word.", thread=thread, quotes=old, written_at=ago(89))
    Wording.objects.create(caucus=elu.caucus, post=old, text="An older word.")
    mark_post(seat=dev, post=old)
    recognize_post(seat=dev, post=old)

    gone = expire_words(now=timezone.now())

    left = Post.objects.get()
    assert (gone, left.pk, left.quotes_id, str(left.quoted)) == (1, young.pk, None, "")
    assert str(left.text) == "A young word."
    counts = [model.objects.count() for model in (Wording, LaterMark, Recognition)]
    assert counts == [0, 0, 0]
    assert Thread.objects.get().revision == 3  # posts went, and then the title of that time


def test_a_conversation_in_which_nothing_is_left_goes_too(cast):
    _dev, elu, _hana = ninety(cast)
    said(elu, "An old word.", thread=a_thread(elu, opened_at=ago(95), last_at=ago(95)), written_at=ago(95))  # fmt: skip
    fresh = a_thread(elu)

    expire_words(now=timezone.now())

    assert (list(Thread.objects.all()), Post.objects.count()) == ([fresh], 0)


def test_what_somebody_is_writing_there_is_kept_for_them(cast):
    dev, elu, _hana = ninety(cast)
    old = [a_thread(elu, opened_at=ago(95), last_at=ago(95)) for _ in range(2)]
    for thread, words in zip(old, ("The first half.", "The second half."), strict=True):
        Draft.objects.create(caucus=dev.caucus, seat=dev, thread=thread, text=words)
    Draft.objects.create(caucus=elu.caucus, seat=elu, thread=old[0], text="Old.", saved_at=ago(94))

    expire_words(now=timezone.now())

    draft = Draft.objects.get()
    assert (draft.seat_id, draft.thread_id, Thread.objects.count()) == (dev.pk, None, 0)
    assert sorted(str(draft.text).split("\n\n")) == ["The first half.", "The second half."]


def test_other_rooms_keep_theirs(cast):
    kept = long_ago(cast["dev"], cast["elu"])
    post = said(kept[1], "An old word.", written_at=ago(150))

    expire_words(now=timezone.now())

    assert list(Post.objects.all()) == [post]


def test_with_the_last_day_of_the_cohort_everything_of_its_time_goes(cast):
    cohort = Cohort.objects.get(slug="spring")
    last = timezone.localdate() + timedelta(days=30)
    Cohort.objects.filter(pk=cohort.pk).update(ends_on=last)
    _dev, elu = long_ago(cast["dev"], cast["elu"], keeping=Keeping.COHORT, cohort=cohort.pk)
    said(elu, "A word of the spring.")
    zone = timezone.get_default_timezone()
    evening = datetime(last.year, last.month, last.day, 23, 59, tzinfo=zone)

    with time_machine.travel(evening, tick=False):
        assert expire_words(now=timezone.now()) == 0
    with time_machine.travel(evening + timedelta(minutes=2), tick=False):
        after = said(elu, "A word after it.")
        assert expire_words(now=timezone.now()) == 1

    assert list(Post.objects.all()) == [after]


def test_a_cohort_without_an_end_or_that_is_no_more_takes_nothing(cast, as_):
    cohort = Cohort.objects.get(slug="spring")
    Cohort.objects.filter(pk=cohort.pk).update(ends_on=None)
    _dev, elu = long_ago(cast["dev"], cast["elu"], keeping=Keeping.COHORT, cohort=cohort.pk)
    other = long_ago(cast["dev"], cast["elu"], keeping=Keeping.COHORT, cohort=elu.pk)[1]
    posts = [said(seat, "A word.", written_at=ago(150)) for seat in (elu, other)]

    assert expire_words(now=timezone.now()) == 0

    for post in posts:
        assert "so nothing goes by itself" in as_("dev").get(talk(post)).text


def test_reports_go_as_the_words_do(cast):
    dev, elu, hana = ninety(cast)
    with time_machine.travel(ago(92), tick=False):
        report(elu, hana)
    young = report(elu, hana)

    expire_words(now=timezone.now())

    assert list(Concern.objects.all()) == [young]
    assert dev.caucus_id == young.caucus_id


def test_the_other_rooms_are_asked_with_the_same_moment(cast, monkeypatch):
    seats, asked = ninety(cast), []
    monkeypatch.setitem(
        doors._offers,
        "caucus_expired",
        [(1, "story", lambda **given: asked.append(given) or 3)],
    )
    now = timezone.now()

    assert expire_words(now=now) == 3

    assert [(one["caucus"].pk, one["before"]) for one in asked] == [
        (seats[0].caucus_id, now - timedelta(days=90))
    ]


def test_damaged_terms_skip_one_room_and_alert_without_a_word(cast, monkeypatch):
    broken, odd, fine = ninety(cast), ninety(cast), ninety(cast)
    for seats in (broken, odd, fine):
        said(seats[1], "An old word.", written_at=ago(95))
    Agreement.objects.filter(caucus=broken[0].caucus_id).update(terms=Sealed(b"damaged"))
    row = Agreement.objects.get(caucus=odd[0].caucus_id)
    row.terms = '{"name": "The porch", "keeping": "a while"}'
    row.save()
    told = []
    monkeypatch.setitem(doors._offers, "alarm", [(1, "story", lambda **given: told.append(given))])
    heard = io.StringIO()

    with redirect_stderr(heard):
        gone = expire_words(now=timezone.now())

    assert gone == 1
    assert {post.caucus_id for post in Post.objects.all()} == {
        seats[0].caucus_id for seats in (broken, odd)
    }
    assert told == [{"what": "sealed"}]
    assert "porch" not in heard.getvalue()


def test_killed_in_the_middle_it_goes_on_the_next_time(cast, monkeypatch):
    _dev, elu, _hana = ninety(cast)
    thread = a_thread(elu, opened_at=ago(95), last_at=ago(95))
    for _ in range(5):
        said(elu, "An old word.", thread=thread, written_at=ago(95))
    monkeypatch.setattr(expiring, "A_BATCH", 2)
    true, calls = expiring._some_posts, []

    def killed(*given):
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return true(*given)

    with mock.patch.object(expiring, "_some_posts", killed), pytest.raises(KeyboardInterrupt):
        expire_words(now=timezone.now())
    left = Post.objects.count()

    assert (left, expire_words(now=timezone.now())) == (3, 3)
    assert (Post.objects.count(), Thread.objects.count()) == (0, 0)


def test_the_worker_does_it_every_hour(cast):
    _dev, elu, _hana = ninety(cast)
    said(elu, "An old word.", written_at=ago(95))

    run_offers("hourly", timezone.now())

    assert Post.objects.count() == 0


def test_the_page_says_when_the_oldest_goes(cast, as_):
    with time_machine.travel("2026-12-03T12:00Z", tick=False):
        _dev, elu = a_room(cast["dev"], cast["elu"], keeping=Keeping.DAYS_90)
        thread = a_thread(elu)
        said(elu, "A word.", thread=thread)
    with time_machine.travel("2026-12-20T12:00Z", tick=False):
        post = said(elu, "Another word.", thread=thread)
        room = f"/caucuses/{elu.caucus_id}/"
        pages = [as_("dev").get(address).text for address in (talk(post), f"{room}threads/", room)]

    for page in pages:
        assert (
            "Posts and titles go 90 days after they were written, drafts 90 days after they were last saved."
            in page
        )
        assert "The oldest here goes on March 3, 2027." in page


def test_the_page_says_when_all_goes_and_when_nothing_does(cast, as_):
    cohort = Cohort.objects.get(slug="spring")
    Cohort.objects.filter(pk=cohort.pk).update(ends_on=date(2099, 3, 2))
    spring = a_room(cast["dev"], cast["elu"], keeping=Keeping.COHORT, cohort=cohort.pk)[1]
    kept = a_room(cast["dev"], cast["elu"])[1]
    damaged = a_room(cast["dev"], cast["elu"])[1]
    Agreement.objects.filter(caucus=damaged.caucus_id).update(terms=Sealed(b"damaged"))
    pages = [as_("dev").get(talk(said(seat, "A word."))).text for seat in (spring, kept, damaged)]

    assert "goes on March 3, 2099, the day after it." in pages[0]
    assert "What is said here stays until somebody deletes it." in pages[1]
    assert "How long words are kept here cannot be read" in pages[2]


def test_the_page_about_keeping_says_it(as_):
    page = as_("dev").get("/privacy/retention/").text

    assert "What is said in a caucus" in page
    assert "A report inside a caucus" in page
