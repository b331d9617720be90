"""Dev writes in his journal, page by page: drafts, two tabs, locks, what is too long, and what is not his."""

import re
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from accountability.journal.actions import id_for, keep_draft, save_entry
from accountability.journal.models import Draft, Entry
from accountability.journal.texts import About, Prompt, Text, text_of
from tests.accountability.hands import JOURNAL, prove
from tests.accounts.hands import log_in

pytestmark = pytest.mark.django_db

WRITE = "/journal/write/"
FIELD = re.compile(r'<input type="hidden" name="(once|seen|draft_seen)" value="([^"]*)"')
SCRIPT = {"Sec-Fetch-Mode": "cors"}


def opened(client, address=WRITE):
    """The hidden values of a writing page, as its form will send them."""
    page = client.get(address)
    assert page.status_code == 200
    return dict(FIELD.findall(page.text))


def form(hidden, **words):
    return {"title": "", "body": "", "tags": "", "day": "", **hidden, **words}


def drafts(member):
    return {row.pk: text_of(row) for row in Draft.objects.of(member)}


def entries(member):
    return {row.pk: text_of(row) for row in Entry.objects.of(member)}


def only_entry(member):
    (found,) = Entry.objects.of(member)
    return found


@pytest.fixture
def member(cast):
    return cast["dev"]


@pytest.fixture
def entry(member):
    words = Text(title="Tuesday", body="I laughed.", tags=("meetings",))
    return save_entry(by=member, entry_id=id_for(member, uuid4()), text=words, seen=0)


@pytest.fixture
def address(entry):
    return f"/journal/{entry.pk}/write/"




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
        for part in (" autofocus", 'dir="auto"', 'autocomplete="off"', 'data-enable-grammarly="false"'):
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
            dev.post(WRITE, form(dict(FIELD.findall(page.text)), body="Then.", day="2026-11-12"))

        assert 'name="day" value="2026-11-19"' in page.text
        assert only_entry(member).written_at == datetime(2026, 11, 12, 21, 30, tzinfo=ZoneInfo("America/New_York"))  # fmt: skip

    def test_offers_the_drafts_that_wait_by_their_time_alone(self, dev, member):
        kept = keep_draft(by=member, entry_id=uuid4(), text=Text(title="Okapi"), seen=0, of_version=0)

        page = dev.get(WRITE).text

        assert f'href="/journal/{kept.pk}/write/"' in page
        assert "Okapi" not in page
        assert "Okapi" in dev.get(f"/journal/{kept.pk}/write/").text


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


def break_value(row, column):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {row._meta.db_table} SET {column} = %s WHERE author_id IS NOT NULL",
            [connection.Database.Binary(b"\x01\x00\x01" + b"x" * 300)],
        )


class TestWhileTyping:
    def keep(self, client, address, sent):
        return client.post(f"{address}keep/", sent, headers=SCRIPT)

    def test_a_draft_is_saved_found_again_and_becomes_the_entry(self, dev, member):
        hidden = opened(dev)

        first = self.keep(dev, WRITE, form(hidden, body="I")).json()
        hidden["draft_seen"] = str(first["version"])
        second = self.keep(dev, WRITE, form(hidden, body="I laughed")).json()

        assert (first["version"], second["version"]) == (1, 2)
        assert sorted(second) == ["address", "time", "version"]
        assert list(drafts(member).values()) == [Text(body="I laughed")]
        page = dev.get(second["address"])
        assert "This is your unfinished draft" in page.text
        assert "I laughed" in page.text
        dev.post(second["address"], form(opened(dev, second["address"]), body="I laughed."))
        assert list(entries(member).values()) == [Text(body="I laughed.")]
        assert drafts(member) == {}

    def test_a_page_on_which_nothing_was_written_leaves_nothing(self, dev, member):
        assert self.keep(dev, WRITE, form(opened(dev))).json() == {"version": 0}
        assert drafts(member) == {}

    def test_an_answer_that_was_lost_is_no_other_tab(self, dev, member):
        """The line dropped after the server had saved: the page knows an older version of its own words."""
        hidden = opened(dev)
        self.keep(dev, WRITE, form(hidden, body="I"))

        again = self.keep(dev, WRITE, form(hidden, body="I laughed"))
        saved = dev.post(WRITE, form(hidden, body="I laughed."))

        assert (again.status_code, again.json()["version"], saved.status_code) == (200, 2, 302)

    def test_a_save_that_comes_after_the_form_leaves_no_draft(self, dev, entry, address, member):
        hidden = opened(dev, address)
        dev.post(address, form(hidden, body="Done."))

        late = self.keep(dev, f"/journal/{entry.pk}/", form(hidden, body="Done."))

        assert late.json() == {"version": 0}
        assert drafts(member) == {}

    def test_the_other_tab_is_told_the_text_that_it_does_not_know(self, dev, entry, address, member):
        one, two = opened(dev, address), opened(dev, address)
        self.keep(dev, f"/journal/{entry.pk}/", form(one, title="A", body="From one.", tags="x, y"))

        answer = self.keep(dev, f"/journal/{entry.pk}/", form(two, body="From two."))

        assert answer.status_code == 409
        told = answer.json()
        assert (told["title"], told["body"], told["tags"]) == ("A", "From one.", "x, y")
        assert list(drafts(member).values()) == [Text("A", "From one.", ("x", "y"))]

    def test_what_is_too_long_is_said_in_a_sentence(self, dev, member):
        answer = self.keep(dev, WRITE, form(opened(dev), body="é" * 100_001))

        assert answer.status_code == 400
        assert answer.json()["sentence"].startswith("This text has 100,001 characters; an entry holds 100,000.")  # fmt: skip
        assert drafts(member) == {}

    def test_locked_or_signed_out_it_saves_nothing_and_says_which(self, dev, member, nobody):
        sent = form(opened(dev), body="x")
        dev.post("/journal/lock/")

        assert self.keep(dev, WRITE, sent).status_code == 423
        assert self.keep(nobody, WRITE, sent).status_code == 403
        assert drafts(member) == {}

    def test_it_is_no_activity(self, dev):
        begun, sent = timezone.now(), form(opened(dev), body="x")
        with time_machine.travel(begun + timedelta(minutes=14), tick=False):
            assert self.keep(dev, WRITE, sent).status_code == 200
        with time_machine.travel(begun + timedelta(minutes=16), tick=False):
            assert self.keep(dev, WRITE, sent).status_code == 423

    def test_the_same_work_for_much_and_for_little(self, dev, entry, address, django_assert_num_queries):
        one, two = opened(dev, address), opened(dev, address)
        with django_assert_num_queries(9):
            self.keep(dev, f"/journal/{entry.pk}/", form(one, body="x"))
        Draft.objects.all().delete()
        tags = ", ".join(f"tag {number}" for number in range(20))
        with django_assert_num_queries(9):
            self.keep(dev, f"/journal/{entry.pk}/", form(two, body="x" * 90_000, tags=tags))


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
        for words in ("There are two texts", "From this tab.", "From the other.", 'value="Mine"', "Theirs"):
            assert words in page.text
        assert text_of(only_entry(member)) == Text("Theirs", "From the other.", ("b",))

    @pytest.mark.parametrize("act", ["mine", "theirs", "both"])
    def test_no_choice_loses_a_word(self, dev, entry, address, sent, member, act):
        answer = dev.post(address, {**sent, "act": act})

        editor = dev.get(answer.headers["Location"]).text
        held = " ".join(text.title + text.body for text in (*drafts(member).values(), *entries(member).values()))
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


class TestThrowingADraftAway:
    def test_shows_it_and_asks_once(self, dev, entry, address, member):
        keep_draft(by=member, entry_id=entry.pk, text=Text("T", "Typed.", ("x",)), seen=0, of_version=1)  # fmt: skip
        assert "These are changes that you have not saved yet" in dev.get(address).text

        page = dev.get(f"/journal/{entry.pk}/discard/")
        answer = dev.post(f"/journal/{entry.pk}/discard/")

        assert "Typed." in page.text
        assert answer.headers["Location"] == f"/journal/{entry.pk}/"
        assert (drafts(member), text_of(only_entry(member)).body) == ({}, "I laughed.")

    def test_of_a_new_entry_leads_to_the_list(self, dev, member):
        kept = keep_draft(by=member, entry_id=uuid4(), text=Text(body="x"), seen=0, of_version=0)

        answer = dev.post(f"/journal/{kept.pk}/discard/")

        assert answer.headers["Location"] == JOURNAL
        assert dev.get(f"/journal/{kept.pk}/discard/").status_code == 404


class TestThePreview:
    def test_shows_the_text_above_the_form_and_saves_nothing(self, dev, member):
        page = dev.post(WRITE, form(opened(dev), title="T", body="I **laughed**.", tags="x", act="preview"))  # fmt: skip

        assert "<p>I <strong>laughed</strong>.</p>" in page.text
        assert page.text.index('id="preview"') < page.text.index('name="body"')
        for kept in ("I **laughed**.", 'name="title" dir="auto" value="T"', 'name="tags" dir="auto" value="x"'):
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
        again = dev.post(WRITE, {**sent, **dict(FIELD.findall(page.text)), "body": "I laughed. And"})

        assert "Draft saved at" in page.text
        assert 'value="2025-03-04"' in page.text
        assert dict(FIELD.findall(again.text))["draft_seen"] == "2"
        assert list(drafts(member).values()) == [Text(body="I laughed. And")]


class TestWhatNobodyExpects:
    def test_two_megabytes_come_back_whole_with_their_number(self, dev, member):
        words = "wörd " * 400_000

        page = dev.post(WRITE, form(opened(dev), body=words))

        assert page.status_code == 200
        assert "This text has 2,000,000 characters; an entry holds 100,000." in page.text
        assert words in page.text
        assert entries(member) == {}

    def test_more_than_the_server_takes_is_a_plain_page(self, dev, member):
        client = Client(raise_request_exception=False)
        log_in(client, "dev")
        hidden = opened(client)

        page = client.post(WRITE, form(hidden, body="x" * 2_600_000))

        assert page.status_code == 400
        assert "too large" in page.text

    def test_signs_of_all_kinds_come_back_as_they_were_but_for_what_nobody_reads(self, dev, member):
        words = "👩🏽‍🏫 שלום مرحبا e\u0301 n\u0303 \u200f ok"

        dev.post(WRITE, form(opened(dev), body=f"{words}\x00\x07\ud83d".encode("utf-8", "replace").decode()))  # fmt: skip

        assert text_of(only_entry(member)).body == "👩🏽‍🏫 שלום مرحبا é ñ \u200f ok?"

    def test_two_hundred_tags_are_a_sentence(self, dev, member):
        tags = ", ".join(f"tag{number}" for number in range(200))

        page = dev.post(WRITE, form(opened(dev), body="x", tags=tags))

        assert "These are 200 tags; an entry takes 20 at most." in page.text
        assert tags in page.text
        assert entries(member) == {}

    @pytest.mark.parametrize("value", ["", "x", "\x00", "-1", "9" * 400, "1e9", "٣", "<b>"])
    @pytest.mark.parametrize("name", ["once", "seen", "draft_seen", "act", "day"])
    def test_what_nobody_types_is_never_a_fault(self, cast, name, value):
        """G1."""
        client = Client(raise_request_exception=False)
        log_in(client, "dev")
        sent = {**form(opened(client), body="x"), name: value}

        answers = [client.post(WRITE, sent).status_code, client.post(f"{WRITE}keep/", sent, headers=SCRIPT).status_code]  # fmt: skip

        assert [code for code in answers if code not in (200, 302, 400, 404, 409)] == []
        if name in ("once", "seen", "draft_seen") and value != "٣":
            assert {code for code in answers} <= {400, 404}

    def test_what_was_deleted_meanwhile_can_be_saved_as_a_new_entry(self, dev, entry, address, member):
        sent = form(opened(dev, address), body="Typed on.")
        Entry.objects.filter(pk=entry.pk).update(deleted_at=timezone.now())

        page = dev.post(address, sent)
        assert (page.status_code, "Typed on." in page.text) == (404, True)
        assert 'action="/journal/write/"' in page.text
        dev.post(WRITE, {**sent, **dict(FIELD.findall(page.text))})

        assert sorted(text.body for text in entries(member).values()) == ["I laughed.", "Typed on."]

    def test_a_new_entry_that_was_deleted_in_another_tab_can_be_saved_once_more(self, dev, member):
        hidden = opened(dev)
        dev.post(WRITE, form(hidden, body="I."))
        Entry.objects.update(deleted_at=timezone.now())

        late = dev.post(f"{WRITE}keep/", form(hidden, body="II."), headers=SCRIPT)
        page = dev.post(WRITE, form(hidden, body="II."))
        dev.post(WRITE, form(dict(FIELD.findall(page.text)), body="II."))

        assert (late.status_code, page.status_code) == (404, 404)
        assert sorted(text.body for text in entries(member).values()) == ["I.", "II."]


class TestWhatIsNotOnesOwn:
    @pytest.fixture
    def of_elu(self, cast):
        return save_entry(by=cast["elu"], entry_id=uuid4(), text=Text(body="Okapi."), seen=0)

    def answers(self, client, entry_id, sent):
        """Each address by GET and POST: status, and the page but for what is fresh in every one."""
        for ending in ("write/", "keep/", "discard/"):
            for method in ("get", "post"):
                answer = getattr(client, method)(f"/journal/{entry_id}/{ending}", sent if method == "post" else {})  # fmt: skip
                page = re.sub(r'csrfmiddlewaretoken" value="\w+"|"request-id">\w+', "", answer.text)
                yield answer.status_code, page

    def test_it_is_as_if_there_were_nothing(self, dev, of_elu):
        """A2, A3."""
        sent = form(opened(dev), body="Mine.")
        theirs = list(self.answers(dev, of_elu.pk, sent))
        unknown = list(self.answers(dev, UUID(int=5), sent))

        assert [code for code, _page in theirs] == [404, 404, 405, 404, 404, 404]
        assert theirs == unknown
        assert text_of(Entry.objects.get(pk=of_elu.pk)) == Text(body="Okapi.")

    def test_by_the_same_work(self, dev, of_elu, django_assert_num_queries):
        sent = form(opened(dev), body="Mine.")
        for entry_id in (of_elu.pk, UUID(int=5)):
            with django_assert_num_queries(11):
                dev.get(f"/journal/{entry_id}/write/")
            with django_assert_num_queries(7):
                dev.post(f"/journal/{entry_id}/keep/", sent, headers=SCRIPT)

    def test_its_key_names_an_entry_of_ones_own(self, dev, cast, member):
        """Whoever sends the one-time key of somebody else’s form writes in their own journal."""
        elu = Client()
        log_in(elu, "elu")
        hidden = opened(elu)
        elu.post(WRITE, form(hidden, body="Okapi."))

        dev.post(WRITE, form(hidden, body="Mine."))

        assert [text.body for text in entries(cast["elu"]).values()] == ["Okapi."]
        assert [text.body for text in entries(member).values()] == ["Mine."]


class TestWhenTheDoorIsShut:
    @pytest.mark.parametrize("words", ["I laughed.\nTwice.", "long " * 20_000])
    def test_what_was_typed_comes_back_and_is_saved_after_the_proof(self, dev, address, member, words):
        sent = form(opened(dev, address), title="Tuesday", body=words, tags="a, b")
        dev.post("/journal/lock/")

        kept = dev.post(address, sent, headers={"Sec-Fetch-Mode": "navigate"})

        assert kept.status_code == 403
        assert words in kept.text
        assert 'name="seen" value="1"' in kept.text
        assert [label for label in ("Title", "Your text", "Tags") if f">{label}</label>" in kept.text] == ["Title", "Your text", "Tags"]  # fmt: skip
        with time_machine.travel(timezone.now() + timedelta(seconds=5), tick=False):
            prove(dev)
            dev.post(address, sent)
        assert text_of(only_entry(member)) == Text("Tuesday", words, ("a", "b"))

    def test_signed_out_it_comes_back_too(self, dev, nobody, address):
        sent = form(opened(dev, address), body="I laughed.")

        kept = nobody.post(address, sent)

        assert (kept.status_code, "I laughed." in kept.text, "Sign in" in kept.text) == (403, True, True)  # fmt: skip
