"""A conversation: who begins one, what the others read, and what somebody reads who came later."""

import itertools

import pytest
import time_machine
from django.utils import timezone

from caucuses.actions.leaving import leave_caucus
from caucuses.threads.actions import delete_post, edit_post, post_reply
from caucuses.threads.models import Post, Thread, Wording
from tests.caucuses.story import a_room, join
from tests.caucuses.threads.hands import SAID, begun, here, sent, talk_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    return a_room(cast["dev"], cast["elu"])


def test_somebody_begins_a_conversation_and_another_answers(room, as_):
    dev, elu = room

    told = as_("dev").post(here(dev, "new/"), sent(SAID, title="After Thursday"), follow=True)
    thread = Thread.objects.get(caucus=dev.caucus_id)
    as_("elu").post(here(elu, f"{thread.pk}/reply/"), sent("I noticed it **too**."))

    assert SAID in told.text
    page = as_("dev").get(here(dev, f"{thread.pk}/"))
    assert "After Thursday" in words_of(page)
    assert "<strong>too</strong>" in page.text
    assert "Dev facilitator" in words_of(page)
    assert "<title>Caucus" in page.text


def test_a_form_that_is_sent_twice_posts_once(room, as_):
    dev, _elu = room
    first = begun(dev)
    client, form = as_("dev"), sent("Once.")

    for _press in range(2):
        client.post(here(dev, f"{first.thread_id}/reply/"), form)

    assert Post.objects.filter(thread=first.thread_id).count() == 2


def test_nobody_outside_finds_any_of_it(room, as_, nobody):
    dev, _elu = room
    first = begun(dev)
    tails = ("", "new/", f"{first.thread_id}/", f"{first.thread_id}/posts/{first.pk}/wordings/")

    for name in ("hana", "mo", "ana", "gus"):
        assert {as_(name).get(here(dev, tail)).status_code for tail in tails} == {404}
    assert {nobody.get(here(dev, tail)).status_code for tail in tails} == {302}


def test_the_room_shows_the_latest_conversations_and_no_count(room, as_):
    dev, elu = room
    first, _second = begun(dev, title="The first one"), begun(dev, title="The second one")
    post_reply(seat=elu, thread=first.thread, text="Again.")

    for page in (as_("elu").get(f"/caucuses/{dev.caucus_id}/"), as_("elu").get(here(elu))):
        words = words_of(page)
        assert words.index("The first one") < words.index("The second one")
        assert "2" not in words.split("The second one")[1].split("last post")[0]


def test_who_comes_later_reads_nothing_that_was_said_before(room, cast, as_):
    """The title, the posts, the wordings and a passage of one: none of them."""
    dev, _elu = room
    with time_machine.travel(timezone.now(), tick=True) as clock:
        first = begun(dev, text="The secret of May.", title="About May")
        edit_post(seat=dev, post=first, text="The secret of June.", seen_revision=1)
        quiet = begun(dev, title="Nothing since")
        clock.shift(60)
        hana = join(dev, cast["hana"])
        clock.shift(60)
        post_reply(seat=dev, thread=first.thread, text="I say it anew.", quotes=first.pk)
        page = as_("hana").get(here(hana, f"{first.thread_id}/"))
        listed = as_("hana").get(here(hana))
        before = here(hana, f"{first.thread_id}/posts/{first.pk}/")
        asked = [as_("hana").get(before + tail).status_code for tail in ("", "wordings/", "edit/")]

    assert "I say it anew." in words_of(page)
    assert "This answers something said before you came." in words_of(page)
    assert "A conversation from before you came" in words_of(listed)
    for told in (page, listed):
        assert not any(word in told.text for word in ("secret", "About May", "Nothing since"))
        assert str(quiet.thread_id) not in told.text
    assert asked == [404, 404, 404]


def test_an_edit_keeps_what_it_said_before_in_sight(room, as_):
    dev, elu = room
    first = begun(dev, text="I was wrong.")
    address = here(dev, f"{first.thread_id}/posts/{first.pk}/")

    as_("dev").post(address + "edit/", {"text": "I was afraid.", "revision": "1", "act": "save"})

    page = words_of(as_("elu").get(here(elu, f"{first.thread_id}/")))
    assert "I was afraid." in page
    assert "I was wrong." not in page
    assert "Edited" in page
    said = words_of(as_("elu").get(address + "wordings/"))
    assert said.index("I was afraid.") < said.index("I was wrong.")


def test_a_forgotten_tab_overwrites_nothing(room, as_):
    dev, _elu = room
    first = begun(dev)
    address = here(dev, f"{first.thread_id}/posts/{first.pk}/edit/")
    edit_post(seat=dev, post=first, text="From the phone.", seen_revision=1)

    told = as_("dev").post(address, {"text": "From the desk.", "revision": "1", "act": "save"})

    assert told.status_code == 409
    assert "From the phone." in told.text
    assert "From the desk." in told.text
    assert str(Post.objects.get(pk=first.pk).text) == "From the phone."


def test_of_a_deleted_post_nothing_is_left_but_its_place(room, as_):
    dev, elu = room
    first = begun(dev, text="It was I who said no.")
    edit_post(seat=dev, post=first, text="It was I who said never.", seen_revision=1)
    answer = post_reply(seat=elu, thread=first.thread, text="Thank you.", quotes=first.pk)
    address = here(dev, f"{first.thread_id}/posts/{first.pk}/delete/")

    asked = as_("dev").get(address)
    as_("dev").post(address)

    assert "cannot be brought back" in words_of(asked)
    row, other = Post.objects.get(pk=first.pk), Post.objects.get(pk=answer.pk)
    assert (row.text, row.html, row.quoted, row.seat_id) == ("", "", "", None)
    assert (other.quoted, other.quotes_id, str(other.text)) == ("", None, "Thank you.")
    assert Wording.objects.filter(post=first.pk).count() == 0
    page = words_of(as_("elu").get(here(elu, f"{first.thread_id}/")))
    assert "This post was deleted." in page
    assert "said n" not in page


def test_nobody_edits_or_deletes_what_another_said(room, as_):
    dev, elu = room
    post = begun(elu)
    address = here(dev, f"{post.thread_id}/posts/{post.pk}/")

    asked = [as_("dev").get(address + act).status_code for act in ("edit/", "delete/")]
    done = [as_("dev").post(address + act, {"text": "Mine."}).status_code for act in ("edit/", "delete/")]  # fmt: skip

    assert (asked, done) == ([403, 403], [403, 403])
    assert str(Post.objects.get(pk=post.pk).text) == SAID


def test_a_reply_begins_with_a_passage_that_we_take_ourselves(room, as_):
    dev, elu = room
    first = begun(dev, text="**Long** " + "and longer " * 200)

    page = as_("elu").get(here(elu, f"{first.thread_id}/reply/"), {"quotes": str(first.pk)})
    as_("elu").post(here(elu, f"{first.thread_id}/reply/"), sent("Yes.", quotes=str(first.pk)))

    answer = Post.objects.get(thread=first.thread_id, seat=elu)
    assert "Dev said Long and longer" in words_of(page)
    assert str(answer.quoted).startswith("Long and longer")
    assert str(answer.quoted).endswith("…")
    assert len(str(answer.quoted)) <= 600
    assert "Dev said Long and longer" in words_of(as_("dev").get(here(dev, f"{first.thread_id}/")))


def test_what_cannot_be_quoted_is_left_out(room, cast, as_):
    """A post of another conversation, of another room, of nobody."""
    dev, elu = room
    first, other = begun(dev), begun(dev, title="Another")
    (far,) = a_room(cast["dev"], name="Far away")
    theirs = begun(far)

    for key in (other.pk, theirs.pk, "none", "0" * 36):
        told = as_("elu").post(
            here(elu, f"{first.thread_id}/reply/"), sent("Yes.", quotes=str(key))
        )
        assert told.status_code in (200, 302)
    assert Post.objects.filter(thread=first.thread_id, quotes__isnull=False).count() == 0


def test_a_hidden_post_is_read_by_its_author_alone(room, as_):
    dev, elu = room
    first = begun(elu, text="Something that hurts.")
    post_reply(seat=dev, thread=first.thread, text="Stop.", quotes=first.pk)
    first.hidden_at, first.reason = timezone.now(), "It names somebody."
    first.save(update_fields=["hidden_at", "reason"])

    mine = words_of(as_("elu").get(here(elu, f"{first.thread_id}/")))
    theirs = words_of(as_("dev").get(here(dev, f"{first.thread_id}/")))

    assert "Something that hurts." in mine
    assert "It names somebody." in mine
    assert "This post was hidden by a facilitator." in theirs
    assert "This answers a post that was hidden by a facilitator." in theirs
    assert "hurts" not in theirs
    assert "names somebody" not in theirs


def test_a_damaged_post_is_said_of_that_one_alone(room, as_):
    dev, elu = room
    first = begun(dev)
    post_reply(seat=elu, thread=first.thread, text="I am here.")
    Post.objects.filter(pk=first.pk).update(html=Post._meta.get_field("html").seal("x", elu))

    page = as_("elu").get(here(elu, f"{first.thread_id}/"))

    assert "This post cannot be opened." in words_of(page)
    assert "I am here." in words_of(page)


def test_pages_of_twenty_and_the_ways_between_them(room, as_):
    dev, elu = room
    thread = talk_of(dev, elu, posts=45)
    client, address = as_("dev"), here(dev, f"{thread.pk}/")
    posts = [str(key) for key in Post.objects.filter(thread=thread).order_by("written_at", "pk").values_list("pk", flat=True)]  # fmt: skip

    def shown(query):
        text = client.get(address + query).text
        return [key for key in posts if f'id="post-{key}"' in text]

    assert shown("") == posts[:20]
    assert shown(f"?after={posts[19]}") == posts[20:40]
    assert shown(f"?before={posts[25]}") == posts[5:25]
    assert shown("?newest=1") == posts[25:]
    assert shown(f"?after={posts[44]}") == posts[25:]
    assert shown("?after=nothing") == posts[:20]
    link = client.get(f"{address}posts/{posts[30]}/")["Location"]
    assert posts[30] in shown(link.removeprefix(address).split("#")[0])
    assert link.endswith(f"#post-{posts[30]}")


def test_a_member_who_left_is_a_former_member(room, as_):
    dev, elu = room
    first = begun(elu, text="I said this.")
    revision = Thread.objects.get(pk=first.thread_id).revision

    leave_caucus(seat=elu, with_posts=False)

    page = words_of(as_("dev").get(here(dev, f"{first.thread_id}/")))
    assert "a former member" in page
    assert "I said this." in page
    assert "Elu" not in page
    assert Thread.objects.get(pk=first.thread_id).revision == revision + 1


def test_every_change_of_a_post_makes_the_revision_grow(room):
    dev, elu = room
    first = begun(dev)

    seen = [Thread.objects.get(pk=first.thread_id).revision]
    reply = post_reply(seat=elu, thread=first.thread, text="One.")
    seen.append(Thread.objects.get(pk=first.thread_id).revision)
    edit_post(seat=elu, post=reply, text="Two.", seen_revision=1)
    seen.append(Thread.objects.get(pk=first.thread_id).revision)
    delete_post(seat=elu, post=reply)
    seen.append(Thread.objects.get(pk=first.thread_id).revision)

    assert [after - before for before, after in itertools.pairwise(seen)] == [1, 1, 1]
