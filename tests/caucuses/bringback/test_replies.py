"""Replies are said in the cohort, under one's own name, and come back into the room."""

from datetime import timedelta

import pytest

from caucuses.bringback.actions import edit_reply, post_reply, take_back_note
from caucuses.bringback.models import Released, Reply
from cohorts.actions import CohortIsOver
from cohorts.models import Cohort
from core import register
from core.clock import today_here
from tests.caucuses.bringback.story import begun, gone_out, inside, outside, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(cast, dev):
    return begun(dev, cast["dev"])


@pytest.fixture
def released(note):
    return gone_out(note)


def holding():
    return next(row for row in register.holdings() if row.name == "bringback")


def test_marisol_replies_and_the_room_reads_it(as_, cast, note, released):
    answer = as_("marisol").post(outside("reply_post", released), {"text": "**Yes**, let us."})

    reply = Reply.objects.get()
    assert answer["Location"] == f"{outside('released_show', released)}#reply-{reply.pk}"
    for client, address in (
        (as_("hana"), outside("released_show", released)),
        (as_("fay"), inside("note_show", note)),
    ):
        said = page(client, address)
        assert "<strong>Yes</strong>, let us." in said
        assert cast["marisol"].get_full_name() in said


def test_the_form_says_who_reads_it(as_, released):
    said = page(as_("marisol"), outside("released_show", released))

    assert "Read by this cohort, and by those who wrote the note." in said


def test_who_only_reads_along_does_not_reply(as_, released):
    assert 'name="text"' not in page(as_("ana"), outside("released_show", released))

    answer = as_("ana").post(outside("reply_post", released), {"text": "A word of mine."})

    assert answer.status_code == 403
    assert "A word of mine." in answer.content.decode()
    assert not Reply.objects.exists()


def test_a_second_post_gets_the_first_result(as_, released):
    data = {"text": "Yes.", "once": "11111111-1111-4111-8111-111111111111"}

    for _turn in range(2):
        assert as_("marisol").post(outside("reply_post", released), data).status_code == 302

    assert Reply.objects.count() == 1


def test_ones_own_reply_is_changed_and_deleted(as_, cast, released):
    reply = post_reply(released=released, text="Yes.", by=cast["marisol"])
    marisol = as_("marisol")

    marisol.post(outside("reply_edit", released, reply), {"text": "Yes, gladly.", "revision": 1})
    assert "Yes, gladly." in page(marisol, outside("released_show", released))
    stale = marisol.post(outside("reply_edit", released, reply), {"text": "No.", "revision": 1})
    assert stale.status_code == 409
    assert "Yes, gladly." in stale.content.decode()
    assert "No." in stale.content.decode()
    for name in ("dev", "mo", "ana"):
        assert as_(name).post(outside("reply_delete", released, reply)).status_code == 403
    marisol.post(outside("reply_delete", released, reply))

    assert not Reply.objects.exists()


def test_a_reply_to_a_note_that_was_taken_back_meanwhile_is_kept_for_its_writer(
    as_, note, released, elu
):
    take_back_note(seat=elu, note=note)

    answer = as_("marisol").post(outside("reply_post", released), {"text": "My honest answer."})

    assert answer.status_code == 404
    assert "My honest answer." in answer.content.decode()
    assert "Nothing was saved or sent." in answer.content.decode()


def test_a_cohort_that_ends_meanwhile_takes_no_reply_and_gives_the_words_back(as_, cast, released):
    """Each action holds a row that was read before the end."""
    reply = post_reply(released=released, text="Yes.", by=cast["marisol"])
    seen = Released.objects.select_related("cohort").get(pk=released.pk)
    mine = Reply.objects.select_related("released__cohort").get(pk=reply.pk)
    Cohort.objects.filter(pk=seen.cohort_id).update(ends_on=today_here() - timedelta(days=1))

    for act in (
        lambda: post_reply(released=seen, text="Late.", by=cast["marisol"]),
        lambda: edit_reply(reply=mine, text="Late.", seen_revision=1, by=cast["marisol"]),
    ):
        with pytest.raises(CohortIsOver):
            act()
    answers = [
        as_("marisol").post(outside("reply_post", released), {"text": "My honest answer."}),
        as_("marisol").post(
            outside("reply_edit", released, reply), {"text": "My honest answer.", "revision": 1}
        ),
    ]

    for answer in answers:
        assert answer.status_code == 403
        assert "This cohort has ended" in answer.text
        assert "My honest answer." in answer.text
    assert Reply.objects.get().text == "Yes."


def test_a_reply_has_a_limit_that_is_said(as_, released):
    answer = as_("marisol").post(outside("reply_post", released), {"text": "a" * 10_001})

    assert "This has 10,001 characters; 10,000 fit" in answer.content.decode()
    assert "a" * 10_001 in answer.content.decode()


def test_a_reply_is_exported_shown_as_visible_and_erased_with_its_author(cast, released):
    post_reply(released=released, text="Yes.", by=cast["marisol"])
    post_reply(released=released, text="And no.", by=cast["dev"])

    exported = holding().export(cast["marisol"])["replies_to_notes"]
    assert [row["text"] for row in exported] == ["Yes."]
    assert len(register.visible_of(cast["marisol"], holding())) == 1
    assert register.visible_of(cast["hana"], holding()) == []
    for step in holding().erase(cast["marisol"]):
        step()

    assert Reply.objects.get().author == cast["dev"]


@pytest.mark.parametrize("more", [0, 2])
def test_both_pages_ask_the_same_however_many_replied(
    as_, cast, note, released, more, django_assert_num_queries
):
    for name in ("marisol", "hana", "ines")[: 1 + more]:
        post_reply(released=released, text="Yes.", by=cast[name])
    client = as_("dev")
    for address in (outside("released_show", released), inside("note_show", note)):
        client.get(address)

    with django_assert_num_queries(8):
        client.get(outside("released_show", released))
    with django_assert_num_queries(12):
        client.get(inside("note_show", note))
