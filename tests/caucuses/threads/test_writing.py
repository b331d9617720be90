"""What somebody types is kept: as a draft, beside another text, when it is too long, when the place for it has gone."""

import pytest
from django.utils import timezone

from caucuses.actions.leaving import leave_caucus
from caucuses.threads.actions import begin_thread, keep_draft
from caucuses.threads.actions.drafting import draft_in
from caucuses.threads.models import Draft, Post, Thread
from core.models import FormResult
from tests.caucuses.story import a_room
from tests.caucuses.threads.hands import begun, here, sent, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    return a_room(cast["dev"], cast["elu"])


@pytest.fixture
def thread(room):
    return begun(room[0]).thread


def test_a_draft_waits_for_its_writer_alone(room, thread, as_):
    dev, elu = room

    told = as_("elu").post(here(elu, f"{thread.pk}/draft/"), sent("I was going to"))

    assert told.json()["version"] == 1
    assert "I was going to" in as_("elu").get(here(elu, f"{thread.pk}/")).text
    assert "I was going to" not in as_("dev").get(here(dev, f"{thread.pk}/")).text
    assert Post.objects.filter(thread=thread).count() == 1


def test_a_posted_draft_is_gone_and_a_save_that_comes_late_brings_nothing_back(room, thread, as_):
    elu, client = room[1], as_("elu")
    form = sent("I say it.")
    client.post(here(elu, f"{thread.pk}/draft/"), form)

    client.post(here(elu, f"{thread.pk}/reply/"), {**form, "turn": "3"})
    late = client.post(here(elu, f"{thread.pk}/draft/"), {**form, "turn": "2"})

    assert late.json() == {"version": 0}
    assert Draft.objects.filter(seat=elu).count() == 0


def test_an_older_save_that_comes_late_changes_nothing(room, thread, as_):
    elu, client = room[1], as_("elu")
    form = sent("Newer.", turn="5")

    client.post(here(elu, f"{thread.pk}/draft/"), form)
    client.post(here(elu, f"{thread.pk}/draft/"), {**form, "text": "Older.", "turn": "4"})

    assert str(draft_in(elu, thread).text) == "Newer."


def test_two_tabs_lose_neither_text(room, thread, as_):
    elu, client = room[1], as_("elu")
    client.post(here(elu, f"{thread.pk}/draft/"), sent("From the phone."))

    saved = client.post(here(elu, f"{thread.pk}/draft/"), sent("From the desk."))
    page = client.post(here(elu, f"{thread.pk}/reply/"), sent("From the desk.", act="keep"))

    assert (saved.status_code, saved.json()["text"]) == (409, "From the phone.")
    assert page.status_code == 409
    assert "From the phone." in page.text
    assert "From the desk." in page.text
    assert str(draft_in(elu, thread).text) == "From the phone."


def test_a_draft_of_another_tab_outlives_a_post(room, thread, as_):
    elu, client = room[1], as_("elu")
    client.post(here(elu, f"{thread.pk}/draft/"), sent("Something else."))

    client.post(here(elu, f"{thread.pk}/reply/"), sent("I say it."))

    assert str(draft_in(elu, thread).text) == "Something else."


def test_a_preview_shows_it_and_posts_nothing(room, thread, as_):
    elu = room[1]

    page = as_("elu").post(here(elu, f"{thread.pk}/reply/"), sent("**Slowly**", act="preview"))

    assert "<strong>Slowly</strong>" in page.text
    assert Post.objects.filter(thread=thread).count() == 1
    assert str(draft_in(elu, thread).text) == "**Slowly**"


def test_without_a_script_a_button_keeps_the_draft(room, as_):
    elu = room[1]
    form = sent("It began when", title="Something", act="keep")

    page = as_("elu").post(here(elu, "new/"), form)

    assert "Saved as a draft at" in words_of(page)
    again = as_("elu").get(here(elu, "new/"))
    assert "It began when" in again.text
    assert 'value="Something"' in again.text


def test_a_draft_is_thrown_away_after_a_question(room, thread, as_):
    elu = room[1]
    keep_draft(seat=elu, thread=thread, text="Better not.")

    asked = as_("elu").get(here(elu, f"{thread.pk}/draft/discard/"))
    as_("elu").post(here(elu, f"{thread.pk}/draft/discard/"))

    assert "Better not." in asked.text
    assert Draft.objects.filter(seat=elu).count() == 0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a" * 10_001, "This has 10,001 characters; 10,000 fit."),
        ("b" * 1_000_000, "This has 1,000,000 characters; 10,000 fit."),
        (" \n ", "Write something first; nothing was posted."),
    ],
)
def test_what_cannot_be_posted_comes_back_with_a_sentence(room, thread, as_, text, sentence):
    page = as_("elu").post(here(room[1], f"{thread.pk}/reply/"), sent(text))

    assert page.status_code == 200
    assert sentence in page.text
    assert text.strip() in page.text
    assert Post.objects.filter(thread=thread).count() == 1


def test_a_title_that_is_too_long_comes_back(room, as_):
    page = as_("elu").post(here(room[1], "new/"), sent("My text.", title="t" * 121))

    assert "This has 121 characters; 120 fit." in page.text
    assert "t" * 121 in page.text
    assert "My text." in page.text


def test_a_conversation_that_was_closed_keeps_the_text_as_a_draft(room, thread, as_):
    elu = room[1]
    Thread.objects.filter(pk=thread.pk).update(closed_at=timezone.now())

    page = as_("elu").post(here(elu, f"{thread.pk}/reply/"), sent("I was late."))

    assert page.status_code == 409
    assert "This conversation was closed meanwhile" in page.text
    assert "I was late." in page.text
    assert str(draft_in(elu, thread).text) == "I was late."
    assert Post.objects.filter(thread=thread).count() == 1


@pytest.mark.parametrize("change", ["closed", "hidden", "deleted"])
def test_an_edit_that_comes_too_late_keeps_its_text(room, thread, as_, change):
    elu = room[1]
    post = begin_thread(seat=elu, title="Mine", text="As it was.")
    at = timezone.now()
    if change == "closed":
        Thread.objects.filter(pk=post.thread_id).update(closed_at=at)
    else:
        Post.objects.filter(pk=post.pk).update(**{f"{change}_at": at})

    address = here(elu, f"{post.thread_id}/posts/{post.pk}/edit/")
    page = as_("elu").post(address, {"text": "As it is.", "revision": "1", "act": "save"})

    assert page.status_code == 409
    assert "As it is." in page.text
    assert str(Post.objects.get(pk=post.pk).text) == "As it was."


def test_somebody_removed_while_writing_gets_the_text_back(room, thread, as_):
    elu, client = room[1], as_("elu")
    leave_caucus(seat=elu, with_posts=False)

    told = client.post(here(elu, f"{thread.pk}/reply/"), sent("I was in the middle of"))
    other = as_("hana").post(here(elu, f"{thread.pk}/reply/"), sent("I was in the middle of"))

    assert (told.status_code, other.status_code) == (404, 404)
    assert "I was in the middle of" in told.text
    assert Post.objects.filter(thread=thread).count() == 1
    assert words_of(told) == words_of(other)


def test_the_agreement_changed_while_somebody_wrote(room, thread, as_):
    dev, elu = room
    type(dev.caucus).objects.filter(pk=dev.caucus_id).update(agreement=2)

    told = as_("elu").post(here(elu, f"{thread.pk}/reply/"), sent("Before I knew."))

    assert told.status_code == 403
    assert "Before I knew." in told.text
    assert Post.objects.filter(thread=thread).count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,1)",
        "![x](https://elsewhere.example/x.png)",
        "[" * 5000,
        ">" * 3000 + " deep",
        "\u202eturned\u202c \u2067around",
    ],
)
def test_no_text_harms_the_page(room, thread, as_, typed):
    as_("elu").post(here(room[1], f"{thread.pk}/reply/"), sent(typed))

    page = as_("dev").get(here(room[0], f"{thread.pk}/"))

    posts = page.text.split('<div class="posts">')[1].split('<div class="news"')[0]
    assert page.status_code == 200
    assert Post.objects.filter(thread=thread).count() == 2
    for sign in ("<script", 'href="javascript', 'href="data', "<img", "\u202e", "\u2067"):
        assert sign not in posts


def test_headings_in_a_post_are_no_headings_of_the_page(room, thread, as_):
    as_("elu").post(here(room[1], f"{thread.pk}/reply/"), sent("# Loud\n\nthen quiet"))

    page = as_("dev").get(here(room[0], f"{thread.pk}/")).text

    assert "<p><strong>Loud</strong></p>" in page
    assert page.count("<h1") == 1
    assert page.count("<h3") == 0


def test_nothing_that_is_written_names_a_member(room, thread, as_, cast):
    """Not even what keeps a form from acting twice."""
    as_("elu").post(here(room[1], f"{thread.pk}/reply/"), sent("I am here."))

    assert FormResult.objects.filter(member=cast["elu"].pk).count() == 0
    assert FormResult.objects.filter(member=room[1].pk).count() == 1
