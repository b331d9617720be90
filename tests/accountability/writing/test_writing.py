"""Dev writes: a new entry, one that exists, a draft to throw away, a preview."""

import re
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from accountability.journal.actions import keep_draft, save_entry
from accountability.journal.models import Draft, Entry
from accountability.journal.texts import About, Prompt, Text, text_of
from tests.accountability.hands import JOURNAL
from tests.accountability.writing.hands import (
    WRITE,
    break_value,
    drafts,
    entries,
    form,
    hidden_of,
    only_entry,
    opened,
)
from tests.accounts.hands import log_in

pytestmark = pytest.mark.django_db


class TestANewEntry:
    def test_is_saved_and_shown_with_a_message_that_says_nothing_of_it(self, dev, member):
        answer = dev.post(WRITE, form(opened(dev), title=" That\nTuesday ", body="I **laughed**.\r\n", tags="Silence, #meetings,silence"))  # fmt: skip

        saved = only_entry(member)
        assert answer.headers["Location"] == f"/journal/{saved.pk}/"
        assert text_of(saved) == Text("That Tuesday", "I **laughed**.\n", ("Silence", "meetings"))
        assert [str(one) for one in get_messages(answer.wsgi_request)] == ["Saved."]

    def test_sent_twice_is_one_entry(self, dev, member):
        sent = form(opened(dev), body="Once.")

        first, second = dev.post(WRITE, sent), dev.post(WRITE, sent)

        assert first.headers["Location"] == second.headers["Location"]
        assert only_entry(member).version == 1

    def test_with_nothing_in_it_is_not_saved_and_says_so(self, dev, member):
        answer = dev.post(WRITE, form(opened(dev), body=" \x00\n".strip()))

        assert "Write something first." in answer.text
        assert entries(member) == {}

    def test_the_pen_is_ready_and_other_programs_are_asked_to_stay_away(self, dev):
        page = dev.get(WRITE).text

        area = re.search(r"<textarea[^>]*>", page)[0]
        for part in (
            " autofocus",
            'dir="auto"',
            'autocomplete="off"',
            'data-enable-grammarly="false"',
        ):
            assert part in area
        assert "maxlength" not in area
        assert re.findall("<title>(.*?) · ", page) == ["Journal"]
        assert 'http-equiv="refresh"' not in page

    def test_is_about_the_day_that_its_writer_names(self, dev, member):
        member.time_zone = "America/New_York"
        member.save()
        with time_machine.travel("2026-11-20T02:30:00Z", tick=False):
            dev = Client()
            log_in(dev, "dev")
            page = dev.get(WRITE)
            dev.post(WRITE, form(hidden_of(page), body="Then.", day="2026-11-12"))

        assert 'name="day" value="2026-11-19"' in page.text
        assert only_entry(member).written_at == datetime(2026, 11, 12, 21, 30, tzinfo=ZoneInfo("America/New_York"))  # fmt: skip

    def test_offers_the_drafts_that_wait_by_their_time_alone(self, dev, member):
        kept = keep_draft(
            by=member, entry_id=uuid4(), text=Text(title="Okapi"), seen=0, of_version=0
        )

        page = dev.get(WRITE).text

        assert f'href="/journal/{kept.pk}/write/"' in page
        assert "Okapi" not in page
        assert "Okapi" in dev.get(f"/journal/{kept.pk}/write/").text

    def test_offers_three_at_the_same_cost_as_one(self, dev, member, django_assert_num_queries):
        dev.get(WRITE)  # what is kept for all pages is kept from here on
        for count in (1, 3, 5):
            while Draft.objects.count() < count:
                keep_draft(by=member, entry_id=uuid4(), text=Text(body="x"), seen=0, of_version=0)
            with django_assert_num_queries(9):
                page = dev.get(WRITE).text
            assert page.count("draft from") == min(count, 3)


class TestAnEntryThatExists:
    def test_comes_with_its_words_and_is_changed(self, dev, entry, address, member):
        page = dev.get(address)
        for words in ('value="Tuesday"', "I laughed.", 'value="meetings"'):
            assert words in page.text
        assert " autofocus" not in page.text

        dev.post(address, form(opened(dev, address), title="Wednesday", body="I cried."))

        saved = only_entry(member)
        assert (saved.pk, saved.version, text_of(saved)) == (entry.pk, 2, Text("Wednesday", "I cried."))  # fmt: skip

    def test_another_day_alone_is_a_change(self, dev, entry, address, member):
        dev.post(address, form(opened(dev, address), title="Tuesday", body="I laughed.", tags="meetings", day="2025-03-04"))  # fmt: skip

        assert timezone.localtime(only_entry(member).written_at).date().isoformat() == "2025-03-04"

    def test_keeps_what_it_began_with_until_its_writer_takes_it_away(self, dev, member):
        began = {"prompt": Prompt("Who was not asked?", "Lesson 2", "/learn/"), "about": About("lesson", "k", "What was drawn", "/learn/")}  # fmt: skip
        row = save_entry(by=member, entry_id=uuid4(), text=Text(body="I.", **began), seen=0)
        address = f"/journal/{row.pk}/write/"
        page = dev.get(address).text
        assert "Who was not asked?" in page
        assert "What was drawn" in page

        dev.post(address, form(opened(dev, address), body="II."))
        kept = text_of(only_entry(member))
        dev.post(address, form(opened(dev, address), body="III.", without_prompt="on"))

        assert kept == Text(body="II.", **began)
        assert text_of(only_entry(member)) == Text(body="III.", about=began["about"])

    def test_what_began_it_cannot_be_sent_from_outside(self, dev, entry, address, member):
        """A4."""
        more = {"prompt": '{"words": "x"}', "about": "x", "author": "1", "version": "9", "html": "<script>", "deleted_at": "2020-01-01"}  # fmt: skip

        dev.post(address, form(opened(dev, address), body="Mine.", **more))

        saved = only_entry(member)
        assert text_of(saved) == Text(body="Mine.")
        assert (saved.version, saved.html, saved.deleted_at) == (2, "<p>Mine.</p>", None)

    def test_one_that_does_not_open_is_not_written_over(self, dev, entry, address, member):
        """C4."""
        Entry.objects.filter(pk=entry.pk).update(version=1)
        break_value(entry, "body")

        page = dev.get(address)

        assert "This entry cannot be opened" in page.text
        assert "<textarea" not in page.text

    def test_a_draft_that_does_not_open_can_be_thrown_away(self, dev, entry, address, member):
        draft = keep_draft(by=member, entry_id=entry.pk, text=Text(body="x"), seen=0, of_version=1)
        break_value(draft, "body")

        assert "This draft cannot be opened" in dev.get(address).text
        assert "cannot be opened" in dev.get(f"/journal/{entry.pk}/discard/").text
        dev.post(f"/journal/{entry.pk}/discard/")

        assert "I laughed." in dev.get(address).text


class TestThrowingADraftAway:
    def test_shows_it_and_asks_once(self, dev, entry, address, member):
        keep_draft(by=member, entry_id=entry.pk, text=Text("T", "Typed.", ("x",)), seen=0, of_version=1)  # fmt: skip
        assert "are not saved yet" in dev.get(address).text

        page = dev.get(f"/journal/{entry.pk}/discard/")
        answers = [dev.post(f"/journal/{entry.pk}/discard/") for _ in range(2)]

        assert "Typed." in page.text
        assert [answer.headers["Location"] for answer in answers] == [f"/journal/{entry.pk}/"] * 2
        assert (drafts(member), text_of(only_entry(member)).body) == ({}, "I laughed.")

    def test_of_a_new_entry_leads_to_the_list(self, dev, member):
        kept = keep_draft(by=member, entry_id=uuid4(), text=Text(body="x"), seen=0, of_version=0)

        first, second = [dev.post(f"/journal/{kept.pk}/discard/") for _ in range(2)]

        assert (first.headers["Location"], second.status_code) == (JOURNAL, 404)
        assert dev.get(f"/journal/{kept.pk}/discard/").status_code == 404


class TestThePreview:
    def test_shows_the_text_above_the_form_and_saves_nothing(self, dev, member):
        page = dev.post(WRITE, form(opened(dev), title="T", body="I **laughed**.", tags="x", act="preview"))  # fmt: skip

        assert "<p>I <strong>laughed</strong>.</p>" in page.text
        assert page.text.index('id="preview"') < page.text.index('name="body"')
        for kept in (
            "I **laughed**.",
            'name="title" dir="auto" value="T"',
            'name="tags" dir="auto" value="x"',
        ):
            assert kept in page.text
        assert (drafts(member), entries(member)) == ({}, {})

    def test_what_a_word_processor_pastes_does_nothing(self, dev):
        """G2."""
        pasted = '<p class="MsoNormal" style="x" onclick="alert(1)">Hi<o:p></o:p></p><script>alert(2)</script><img src=x onerror=alert(3)>[x](javascript:alert(4))'

        page = dev.post(WRITE, form(opened(dev), body=pasted, act="preview")).text
        shown = page[page.index('id="preview"') : page.index("Back to the text")]

        assert not re.search(r"<(script|img|o:p|p class)|href=.javascript", shown)

    def test_without_a_script_a_draft_is_kept_by_a_button(self, dev, member):
        sent = form(opened(dev), body="I laughed.", day="2025-03-04", act="on")

        page = dev.post(WRITE, sent)
        again = dev.post(WRITE, {**sent, **hidden_of(page), "body": "I laughed. And"})

        assert "Draft saved at" in page.text
        assert 'value="2025-03-04"' in page.text
        assert hidden_of(again)["draft_seen"] == "2"
        assert list(drafts(member).values()) == [Text(body="I laughed. And")]
