"""Dev sends what nobody expects, writes in what is not there or not his, and comes when the door is shut."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accountability.journal.actions import save_entry
from accountability.journal.models import Entry
from accountability.journal.texts import Text, text_of
from tests.accountability.hands import prove
from tests.accountability.writing.hands import (
    SCRIPT,
    WRITE,
    entries,
    form,
    hidden_of,
    only_entry,
    opened,
)
from tests.accounts.hands import log_in

pytestmark = pytest.mark.django_db


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
            assert set(answers) <= {400, 404}

    def test_what_was_deleted_meanwhile_can_be_saved_as_a_new_entry(
        self, dev, entry, address, member
    ):
        sent = form(opened(dev, address), body="Typed on.")
        Entry.objects.filter(pk=entry.pk).update(deleted_at=timezone.now())

        page = dev.post(address, sent)
        assert (page.status_code, "Typed on." in page.text) == (404, True)
        assert 'action="/journal/write/"' in page.text
        dev.post(WRITE, {**sent, **hidden_of(page)})

        assert sorted(text.body for text in entries(member).values()) == ["I laughed.", "Typed on."]

    def test_a_new_entry_that_was_deleted_in_another_tab_can_be_saved_once_more(self, dev, member):
        hidden = opened(dev)
        dev.post(WRITE, form(hidden, body="I."))
        Entry.objects.update(deleted_at=timezone.now())

        late = dev.post(f"{WRITE}keep/", form(hidden, body="II."), headers=SCRIPT)
        page = dev.post(WRITE, form(hidden, body="II."))
        dev.post(WRITE, form(hidden_of(page), body="II."))

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
            with django_assert_num_queries(8):
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
    def test_what_was_typed_comes_back_and_is_saved_after_the_proof(
        self, dev, address, member, words
    ):
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
