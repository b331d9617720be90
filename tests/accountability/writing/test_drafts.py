"""What Dev types is saved while he types, and two texts for one entry are both kept."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from accountability.journal.actions import keep_draft
from accountability.journal.models import Draft
from accountability.journal.texts import Text, text_of
from tests.accountability.writing.hands import (
    SCRIPT,
    WRITE,
    break_value,
    drafts,
    entries,
    form,
    keep,
    only_entry,
    opened,
)

pytestmark = pytest.mark.django_db


class TestWhileTyping:
    def test_a_draft_is_saved_found_again_and_becomes_the_entry(self, dev, member):
        hidden = opened(dev)

        first = keep(dev, WRITE, form(hidden, body="I")).json()
        hidden["draft_seen"] = str(first["version"])
        second = keep(dev, WRITE, form(hidden, body="I laughed")).json()

        assert (first["version"], second["version"]) == (1, 2)
        assert sorted(second) == ["address", "time", "version"]
        assert list(drafts(member).values()) == [Text(body="I laughed")]
        page = dev.get(second["address"])
        assert "Your unfinished draft from" in page.text
        assert "I laughed" in page.text
        dev.post(second["address"], form(opened(dev, second["address"]), body="I laughed."))
        assert list(entries(member).values()) == [Text(body="I laughed.")]
        assert drafts(member) == {}

    def test_a_page_on_which_nothing_was_written_leaves_nothing(self, dev, member):
        assert keep(dev, WRITE, form(opened(dev))).json() == {"version": 0}
        assert drafts(member) == {}

    def test_an_answer_that_was_lost_is_no_other_tab(self, dev, member):
        """The line dropped after the server had saved: the page knows an older version of its own words."""
        hidden = opened(dev)
        keep(dev, WRITE, form(hidden, body="I"))

        again = keep(dev, WRITE, form(hidden, body="I laughed"))
        saved = dev.post(WRITE, form(hidden, body="I laughed."))

        assert (again.status_code, again.json()["version"], saved.status_code) == (200, 2, 302)

    def test_a_save_that_comes_after_the_form_leaves_no_draft(self, dev, entry, address, member):
        hidden = opened(dev, address)
        dev.post(address, form(hidden, body="Done."))

        late = keep(dev, f"/journal/{entry.pk}/", form(hidden, body="Done."))

        assert late.json() == {"version": 0}
        assert drafts(member) == {}

    def test_what_an_entry_may_not_have_a_draft_may(self, dev, member):
        """A tag of 41 letters, a long title, half a date: the text is saved all the same, and Save says what is wrong."""
        sent = form(opened(dev), title="T" * 201, body="I laughed.", tags="b" * 41, day="2026-1")

        answer = keep(dev, WRITE, sent)
        page = dev.post(WRITE, {**sent, "title": ""})

        assert answer.json()["version"] == 1
        assert list(drafts(member).values()) == [Text("T" * 201, "I laughed.", ("b" * 41,))]
        assert "A tag has 40 letters at most." in page.text
        assert "I laughed." in dev.get(answer.json()["address"]).text

    def test_an_older_save_that_comes_late_overwrites_nothing(self, dev, member):
        hidden = opened(dev)
        keep(dev, WRITE, form(hidden, body="I", turn="1"))
        keep(dev, WRITE, form(hidden, body="I laughed, and", turn="3"))

        late = keep(dev, WRITE, form(hidden, body="I laughed", turn="2"))

        assert (late.status_code, late.json()["version"]) == (200, 2)
        assert list(drafts(member).values()) == [Text(body="I laughed, and")]
        keep(dev, WRITE, form(hidden, body="I laughed, and she", turn="4"))
        assert list(drafts(member).values()) == [Text(body="I laughed, and she")]

    def test_an_older_save_that_comes_after_the_entry_makes_no_draft(
        self, dev, entry, address, member
    ):
        hidden = opened(dev, address)
        dev.post(address, form(hidden, body="I laughed, and", turn="3"))

        late = keep(dev, f"/journal/{entry.pk}/", form(hidden, body="I laughed", turn="2"))
        other = keep(dev, f"/journal/{entry.pk}/", form({**hidden, "once": str(uuid4())}, body="Of another tab.", turn="1"))  # fmt: skip

        assert late.json() == {"version": 0}
        assert other.status_code == 200
        assert list(drafts(member).values()) == [Text(body="Of another tab.")]
        assert text_of(only_entry(member)).body == "I laughed, and"

    def test_saved_unchanged_it_makes_no_draft_of_an_older_save_either(
        self, dev, entry, address, member
    ):
        hidden = opened(dev, address)
        dev.post(address, form(hidden, title="Tuesday", body="I laughed.", tags="meetings", turn="3"))  # fmt: skip

        keep(dev, f"/journal/{entry.pk}/", form(hidden, body="I lau", turn="2"))

        assert (drafts(member), only_entry(member).version) == ({}, 1)

    def test_a_kept_form_that_is_changed_and_sent_again_is_kept(self, dev, member):
        """It has the number that it had; what a person sends by a button is never late."""
        sent = form(opened(dev), body="I", turn="2", act="on")
        dev.post(WRITE, sent)

        dev.post(WRITE, {**sent, "body": "I laughed"})

        assert list(drafts(member).values()) == [Text(body="I laughed")]

    def test_hiding_saves_and_locks_in_one(self, dev, member):
        answer = keep(dev, WRITE, form(opened(dev), body="Somebody comes in.", then="lock"))

        assert answer.status_code == 200
        assert list(drafts(member).values()) == [Text(body="Somebody comes in.")]
        assert dev.get("/journal/").status_code == 302

    def test_hiding_locks_though_nothing_can_be_saved(self, dev, entry, address):
        sent = form(opened(dev, address), body="é" * 100_001, then="lock")

        assert keep(dev, f"/journal/{entry.pk}/", sent).status_code == 400
        assert dev.get("/journal/").status_code == 302

    def test_the_other_tab_is_told_the_text_that_it_does_not_know(
        self, dev, entry, address, member
    ):
        one, two = opened(dev, address), opened(dev, address)
        keep(dev, f"/journal/{entry.pk}/", form(one, title="A", body="From one.", tags="x, y"))

        answer = keep(dev, f"/journal/{entry.pk}/", form(two, body="From two."))

        assert answer.status_code == 409
        told = answer.json()
        assert (told["title"], told["body"], told["tags"]) == ("A", "From one.", "x, y")
        assert list(drafts(member).values()) == [Text("A", "From one.", ("x", "y"))]

    def test_what_is_too_long_is_said_in_a_sentence(self, dev, member):
        answer = keep(dev, WRITE, form(opened(dev), body="é" * 100_001))

        assert answer.status_code == 400
        assert answer.json()["sentence"].startswith("This text has 100,001 characters; an entry holds 100,000.")  # fmt: skip
        assert drafts(member) == {}

    def test_locked_or_signed_out_it_saves_nothing_and_says_which(self, dev, member, nobody):
        sent = form(opened(dev), body="x")
        dev.post("/journal/lock/")

        assert keep(dev, WRITE, sent).status_code == 423
        assert keep(nobody, WRITE, sent).status_code == 403
        assert drafts(member) == {}

    def test_it_is_no_activity(self, dev):
        begun, sent = timezone.now(), form(opened(dev), body="x")
        with time_machine.travel(begun + timedelta(minutes=14), tick=False):
            assert keep(dev, WRITE, sent).status_code == 200
        with time_machine.travel(begun + timedelta(minutes=16), tick=False):
            assert keep(dev, WRITE, sent).status_code == 423

    def test_the_same_work_for_much_and_for_little(
        self, dev, entry, address, django_assert_num_queries
    ):
        one, two = opened(dev, address), opened(dev, address)
        with django_assert_num_queries(10):
            keep(dev, f"/journal/{entry.pk}/", form(one, body="x"))
        Draft.objects.all().delete()
        tags = ", ".join(f"tag {number}" for number in range(20))
        with django_assert_num_queries(10):
            keep(dev, f"/journal/{entry.pk}/", form(two, body="x" * 90_000, tags=tags))


class TestTwoTexts:
    @pytest.fixture
    def sent(self, dev, address):
        """The form of a tab that was opened before another one saved."""
        mine = form(opened(dev, address), title="Mine", body="From this tab.", tags="a")
        dev.post(address, form(opened(dev, address), title="Theirs", body="From the other.", tags="b"))  # fmt: skip
        return mine

    def test_both_stand_on_one_page_and_nothing_is_changed(self, dev, address, sent, member):
        page = dev.post(address, sent)

        assert page.status_code == 409
        for words in (
            "There are two texts",
            "From this tab.",
            "From the other.",
            'value="Mine"',
            "Theirs",
        ):
            assert words in page.text
        assert text_of(only_entry(member)) == Text("Theirs", "From the other.", ("b",))

    @pytest.mark.parametrize("act", ["mine", "theirs", "both"])
    def test_no_choice_loses_a_word(self, dev, entry, address, sent, member, act):
        answer = dev.post(address, {**sent, "act": act})

        editor = dev.get(answer.headers["Location"]).text
        held = " ".join(
            text.title + text.body for text in (*drafts(member).values(), *entries(member).values())
        )
        assert answer.headers["Location"] == address
        assert ("From this tab." in editor, "From the other." in editor) == {
            "mine": (True, False), "theirs": (False, True), "both": (True, True)}[act]  # fmt: skip
        for words in ("Mine", "Theirs", "From this tab.", "From the other."):
            assert words in held
        dev.post(address, form(opened(dev, address), body="Settled."))
        assert entries(member)[entry.pk] == Text(body="Settled.")
        held = " ".join(text.body for text in drafts(member).values())
        assert {"mine": "From the other.", "theirs": "From this tab.", "both": ""}[act] == held

    def test_pressed_twice_puts_aside_once(self, dev, address, sent, member):
        dev.post(address, {**sent, "act": "mine"})
        dev.post(address, {**sent, "act": "mine"})

        assert sorted(text.body for text in drafts(member).values()) == ["From the other.", "From this tab."]  # fmt: skip

    def test_two_that_are_too_long_together_are_both_kept(self, dev, address, member):
        mine = form(opened(dev, address), body="m" * 60_000)
        dev.post(address, form(opened(dev, address), body="t" * 60_000))

        dev.post(address, {**mine, "act": "both"})

        assert sorted(text.body[0] for text in drafts(member).values()) == ["m", "t"]

    def test_a_draft_of_another_tab_is_not_lost_either(self, dev, entry, address, member):
        mine = form(opened(dev, address), body="From this tab.")
        dev.post(f"/journal/{entry.pk}/keep/", form(opened(dev, address), body="Typed there."), headers=SCRIPT)  # fmt: skip

        page = dev.post(address, mine)
        dev.post(address, {**mine, "act": "theirs"})

        assert (page.status_code, "Typed there." in page.text) == (409, True)
        assert drafts(member)[entry.pk] == Text(body="Typed there.")
        assert sorted(text.body for text in drafts(member).values()) == ["From this tab.", "Typed there."]  # fmt: skip

    def test_an_other_text_that_does_not_open_stays_as_it_is(self, dev, entry, address, member):
        mine = form(opened(dev, address), body="From this tab.")
        keep_draft(by=member, entry_id=entry.pk, text=Text(body="x"), seen=0, of_version=1)
        break_value(Draft.objects.get(), "body")

        page = dev.post(address, mine)

        assert page.status_code == 409
        assert "This text cannot be opened" in page.text
        assert "From this tab." in page.text
