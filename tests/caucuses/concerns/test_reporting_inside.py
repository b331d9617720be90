"""Elu reports what Hana said. Those who facilitate read it and answer; they do not learn that it was he."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from caucuses.concerns.actions.reporting import (
    AnsweredMeanwhile,
    NobodyReads,
    TooMany,
    Withdrawn,
    answer_concern,
    withdraw_concern,
)
from caucuses.concerns.models import Concern
from caucuses.models import Event, Seat
from caucuses.threads.actions.acts import hide_post
from caucuses.threads.models import Post
from core import doors
from core.models import AuditEvent, FormResult
from notices.models import Notice, OutboxMail
from tests.care.hands import seen
from tests.caucuses.concerns.hands import WORDS, report, sent
from tests.caucuses.story import a_room
from tests.caucuses.threads.saying import room, said

pytestmark = pytest.mark.django_db
NOTHING = uuid4()


def test_a_post_is_reported_with_what_it_says(seats, as_):
    post = said(seats[2], "How funny.")
    page = as_("elu").get(room(seats[0], f"reports/post/{post.pk}/")).text

    answer = sent(as_("elu"), room(seats[0], f"reports/post/{post.pk}/"))

    concern = Concern.objects.get()
    address = room(seats[0], f"reports/{concern.pk}/")
    assert "How funny." in page
    assert answer.headers["Location"] == address
    assert (str(concern.words), str(concern.excerpt)) == (WORDS, "How funny.")
    assert (concern.about_id, concern.post_id) == (seats[2].pk, post.pk)
    for name, is_told in (("dev", True), ("ana", True), ("elu", False)):
        read = as_(name).get(address).text
        assert (WORDS in read, "How funny." in read) == (True, is_told), name


def test_nobody_else_learns_of_it(seats, as_, nobody):
    acts = AuditEvent.objects.count()
    concern = report(seats[1], seats[2])
    address = room(seats[0], f"reports/{concern.pk}/")

    assert {name: as_(name).get(address).status_code for name in ("hana", "gus", "fay")} == {
        "hana": 404,
        "gus": 404,
        "fay": 404,
    }
    assert nobody.get(address).status_code == 302
    assert WORDS[:20] not in as_("hana").get(room(seats[0], "reports/")).text
    counts = [model.objects.count() for model in (Notice, OutboxMail, FormResult)]
    assert counts == [0, 0, 0]
    assert Event.objects.exclude(what="opened").count() == 0
    assert AuditEvent.objects.count() == acts


def test_who_writes_stands_on_no_page_and_in_no_row(seats, as_):
    """What facilitators read is the same, whoever of two wrote it; and the table does not tell that two have one writer."""
    moment = timezone.now()
    with time_machine.travel(moment, tick=False):
        first, second = report(seats[1], seats[2]), report(seats[1], seats[2])
    pages = [as_("dev").get(room(seats[0], f"reports/{one.pk}/")).text for one in (first, second)]

    for page in pages:
        main = page[page.index("<main") : page.index("</main>")]
        assert ("Elu" in main, str(seats[1].pk) in main) == (False, False)
        assert not re.search(r"\d:\d\d", main)
    assert first.writer != second.writer
    raw = list(Concern.objects.values("id", "writer", "about", "state", "sent_on"))
    assert all(str(seats[1].pk) not in str(row) for row in raw)
    assert all(isinstance(row["sent_on"], date) for row in raw)


def test_the_form_leaves_no_mark_that_this_seat_sent_it(seats, as_):
    key = str(uuid4())
    address = room(seats[0], f"reports/person/{seats[2].pk}/")

    answers = [as_("elu").post(address, {"words": WORDS, "once": key}) for _ in range(2)]

    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert (Concern.objects.count(), FormResult.objects.count()) == (1, 0)


def test_a_facilitator_reads_nothing_about_themselves(seats, as_):
    before = {page: seen(as_("ana").get(room(seats[0], page))) for page in ("", "reports/")}
    concern = report(seats[1], seats[3])

    assert {page: seen(as_("ana").get(room(seats[0], page))) for page in before} == before
    assert as_("ana").get(room(seats[0], f"reports/{concern.pk}/")).status_code == 404
    assert as_("dev").get(room(seats[0], f"reports/{concern.pk}/")).status_code == 200
    assert doors.ask("caucus_waiting", seat=seats[3]) == []
    Seat.objects.filter(pk=seats[3].pk).update(is_facilitator=False)
    Seat.objects.filter(pk=seats[3].pk).update(is_facilitator=True)
    assert as_("ana").get(room(seats[0], f"reports/{concern.pk}/")).status_code == 404


def test_an_answer_to_what_is_not_theirs_looks_like_one_to_nothing(seats, as_):
    """Whom it is about posts to its address, and to one of nothing: the same page, with what was typed."""
    concern = report(seats[1], seats[3])

    one, other = (
        as_("ana").post(room(seats[0], f"reports/{pk}/answer/"), {"words": "Was it me?"})
        for pk in (concern.pk, NOTHING)
    )

    assert seen(one) == (409, seen(other)[1].replace(str(NOTHING), str(concern.pk)))
    assert (one.status_code, "Was it me?" in one.text) == (409, True)
    assert (
        as_("hana")
        .post(room(seats[0], f"reports/{concern.pk}/answer/"), {"words": "x"})
        .status_code
        == 404
    )


def test_the_last_reader_is_missing_and_a_sentence_leads_out_of_the_room(cast, as_):
    dev, elu = a_room(cast["dev"], cast["elu"])
    address = room(dev, f"reports/person/{dev.pk}/")

    page = as_("elu").get(address).text
    refused = sent(as_("elu"), address)

    assert "nobody inside it could read a report" in page
    assert "/care/report/" in page
    assert "You need not name this room." in page
    assert "Send the report" not in page
    assert (WORDS in refused.text, Concern.objects.count()) == (True, 0)
    with pytest.raises(NobodyReads):
        report(elu, dev)


def test_one_does_not_report_oneself_or_a_stranger(seats, cast, as_):
    own, other = said(seats[1], "Mine."), a_room(cast["fay"], cast["jo"])
    pages = (f"person/{seats[1].pk}/", f"person/{other[0].pk}/", f"person/{uuid4()}/", f"post/{own.pk}/", f"post/{said(other[1], 'There.').pk}/")  # fmt: skip

    assert {as_("elu").get(room(seats[0], f"reports/{page}")).status_code for page in pages} == {
        404
    }
    assert {sent(as_("elu"), room(seats[0], f"reports/{page}")).status_code for page in pages} == {
        404
    }
    with pytest.raises(PermissionDenied):
        report(seats[1], seats[1])
    with pytest.raises(PermissionDenied):
        report(seats[1], other[0])


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(seats, as_):
    address, long = room(seats[0], f"reports/person/{seats[2].pk}/"), "w" * 5001

    empty, much = sent(as_("elu"), address, " "), sent(as_("elu"), address, long)

    assert "Write something first; nothing was sent." in empty.text
    assert "This has 5,001 characters; 5,000 fit." in much.text
    assert long in much.text
    assert Concern.objects.count() == 0


def test_five_a_day_and_the_sixth_keeps_its_words(seats, as_):
    address = room(seats[0], f"reports/person/{seats[2].pk}/")
    for _ in range(5):
        assert sent(as_("elu"), address).status_code == 302

    sixth = sent(as_("elu"), address, "The sixth.")

    assert ("The sixth." in sixth.text, "come back tomorrow" in sixth.text) == (True, True)
    assert Concern.objects.count() == 5
    assert sent(as_("dev"), address).status_code == 302
    with pytest.raises(TooMany):
        report(seats[1], seats[2])
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        report(seats[1], seats[2])


def test_facilitators_answer_and_the_writer_reads_it(seats, as_):
    concern = report(seats[1], seats[2])
    address = room(seats[0], f"reports/{concern.pk}/")
    assert len(doors.ask("caucus_waiting", seat=seats[0])) == 1

    answer = as_("dev").post(f"{address}answer/", {"words": "I will talk with her.", "seen": ""})

    assert answer.headers["Location"] == address
    assert "I will talk with her." in as_("elu").get(address).text
    assert "answered" in as_("elu").get(room(seats[0], "reports/")).text
    assert doors.ask("caucus_waiting", seat=seats[0]) == []


def test_the_line_that_waits_has_no_number(seats):
    report(seats[1], seats[2])
    one = doors.ask("caucus_waiting", seat=seats[0])
    report(seats[1], seats[2])

    assert doors.ask("caucus_waiting", seat=seats[0]) == one
    assert "There is a report" in one[0]
    assert doors.ask("caucus_waiting", seat=seats[2]) == []


def test_two_answers_at_once_both_stand_on_the_page(seats, as_):
    concern = report(seats[1], seats[2])
    address = room(seats[0], f"reports/{concern.pk}/answer/")
    as_("dev").post(address, {"words": "I will talk with her.", "seen": ""})

    late = as_("ana").post(address, {"words": "Let us call a meeting.", "seen": ""})

    assert late.status_code == 409
    assert ("I will talk with her." in late.text, "Let us call a meeting." in late.text) == (
        True,
        True,
    )
    assert str(Concern.objects.get().answer) == "I will talk with her."
    seen_at = re.search(r'name="seen" value="([^"]+)"', late.text)[1].replace("&#x2B;", "+")
    again = as_("ana").post(address, {"words": "Let us call a meeting.", "seen": seen_at})
    assert again.status_code == 302
    assert str(Concern.objects.get().answer) == "Let us call a meeting."
    with pytest.raises(AnsweredMeanwhile):
        answer_concern(seat=seats[0], concern=concern, words="No.", seen=None)


def test_nobody_answers_their_own_and_who_does_not_facilitate_answers_none(seats, as_):
    own = report(seats[0], seats[2])
    other = report(seats[1], seats[2])

    assert (
        as_("dev").post(room(seats[0], f"reports/{own.pk}/answer/"), {"words": "x"}).status_code
        == 403
    )
    assert (
        as_("elu").post(room(seats[0], f"reports/{other.pk}/answer/"), {"words": "x"}).status_code
        == 403
    )
    with pytest.raises(PermissionDenied):
        answer_concern(seat=seats[0], concern=own, words="x", seen=None)


def test_taken_back_it_is_gone_and_an_answer_that_comes_late_keeps_its_words(seats, as_):
    concern = report(seats[1], seats[2])
    address = room(seats[0], f"reports/{concern.pk}/")
    assert as_("dev").get(f"{address}withdraw/").status_code == 404
    assert "Take this report back?" in as_("elu").get(f"{address}withdraw/").text

    answers = [as_("elu").post(f"{address}withdraw/") for _ in range(2)]
    late = as_("dev").post(f"{address}answer/", {"words": "I will talk with her.", "seen": ""})

    assert [answer.headers["Location"] for answer in answers] == [room(seats[0], "reports/")] * 2
    assert Concern.objects.count() == 0
    assert (late.status_code, "I will talk with her." in late.text) == (409, True)
    with pytest.raises(Withdrawn):
        answer_concern(seat=seats[0], concern=concern, words="x", seen=None)
    with pytest.raises(PermissionDenied):
        withdraw_concern(seat=seats[2], concern=concern)


def test_a_post_that_was_hidden_or_deleted_meanwhile_is_reported_without_its_words(seats, as_):
    hidden, deleted = said(seats[2], "How funny."), said(seats[2], "How very funny.")
    hide_post(seat=seats[0], post=hidden, reason="It hurts.")
    Post.objects.filter(pk=deleted.pk).update(deleted_at=timezone.now())

    for post in (hidden, deleted):
        assert "funny" not in as_("elu").get(room(seats[0], f"reports/post/{post.pk}/")).text
        assert sent(as_("elu"), room(seats[0], f"reports/post/{post.pk}/")).status_code == 302

    assert {str(one.excerpt) for one in Concern.objects.all()} == {""}
