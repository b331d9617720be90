"""Dev picks what he shows, page by page, with everything that can come between."""

import html
import re
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from django.test import RequestFactory

from accountability.buddies.actions import form_pair, leave_pair
from accountability.buddies.choices import CameAbout
from accountability.journal.actions import delete_entry
from accountability.sharing import offers
from accountability.sharing.models import Excerpt
from core.crypto import owners
from core.models import FormResult
from tests.accountability.notebook import damage
from tests.accountability.sharing.story import SHOWN, shared, today_of
from tests.core.test_the_same_404 import seen

pytestmark = pytest.mark.django_db


def address(entry):
    return f"/journal/{entry.pk}/share/"


def form(cast, pair, /, **said):
    until = today_of(cast["dev"]) + timedelta(days=10)
    return {
        "title": "Tuesday",
        "words": SHOWN,
        "until": until.isoformat(),
        "pair": str(pair.pk),
        "act": "share",
        "once": str(uuid4()),
    } | said


def flip(excerpt, *names):
    """Damage the named values where they are stored (threats C4)."""
    key = excerpt.pk.hex if connection.vendor == "sqlite" else excerpt.pk
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"SELECT {name} FROM sharing_excerpt WHERE id = %s", [key])
            value = bytearray(cursor.fetchone()[0])
            value[40] ^= 1
            cursor.execute(
                f"UPDATE sharing_excerpt SET {name} = %s WHERE id = %s", [bytes(value), key]
            )


def card(member, pair):
    """What the page about the member's pair shows of excerpts."""
    request = RequestFactory().get("/buddy/")
    request.user = member
    return offers.buddy_card(request=request, member=member, pair=pair) or ""


def test_he_cuts_it_out_looks_at_it_and_shares_exactly_that(dev, cast, pair, entry, as_):
    offered = dev.get(f"/journal/{entry.pk}/").text
    first = dev.get(address(entry)).text
    looked = dev.post(address(entry), form(cast, pair, act="look")).text
    kept_back = Excerpt.objects.count()
    answer = dev.post(address(entry), form(cast, pair))

    excerpt = Excerpt.objects.get()
    read = as_("elu").get(f"/journal/shared/{excerpt.pk}/").text
    same = re.compile(r'<div class="excerpt-words">.*?</div>\s*<p class="excerpt-ask">', re.DOTALL)
    assert f'href="{address(entry)}">Share an excerpt with Elu Whitehorse</a>' in offered
    assert "It was my sister who told me.</textarea>" in first
    assert "Elu Whitehorse will read it, and nobody else." in first
    assert kept_back == 0
    assert same.search(looked)[0] == same.search(read)[0]
    assert (str(excerpt.title), str(excerpt.words)) == ("Tuesday", SHOWN)
    assert urlsplit(answer.headers["Location"]).path == f"/journal/shared/{excerpt.pk}/"
    assert "Elu Whitehorse can read an excerpt of this through" in dev.get(f"/journal/{entry.pk}/").text  # fmt: skip


def test_what_was_looked_at_is_shared_to_the_letter(dev, cast, pair, entry):
    """What the button of the second page carries, as a browser sends it."""
    typed = '\n    four spaces, "quotes" & <b>tags</b>\r\n\r\n\tand a tab\n'
    looked = dev.post(address(entry), form(cast, pair, words=typed, act="look")).text
    carried = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', looked)
    fields = {name: html.unescape(value) for name, value in carried}

    dev.post(address(entry), fields | {"act": "share"})

    assert str(Excerpt.objects.get().words) == typed.replace("\r\n", "\n")


def test_in_a_trio_both_others_are_named(dev, cast, entry):
    form_pair(members=[cast[name] for name in ("dev", "elu", "jo")], came_about=CameAbout.MATCHED)

    page = dev.get(address(entry)).text

    assert "Elu Whitehorse and Jo Marsh will both read it" in page


def test_without_a_buddy_nothing_is_offered_and_the_page_says_so(dev, entry):
    assert "Share an excerpt" not in dev.get(f"/journal/{entry.pk}/").text
    assert "You have no buddy at the moment" in dev.get(address(entry)).text


def test_the_same_form_sent_twice_shares_once(dev, cast, pair, entry):
    """H9."""
    sent = form(cast, pair)

    first, second = (dev.post(address(entry), sent) for _press in range(2))

    assert Excerpt.objects.count() == 1
    assert first.headers["Location"] == second.headers["Location"]


def test_sent_once_more_after_it_was_taken_back_it_stays_taken_back(dev, cast, pair, entry):
    sent = form(cast, pair)
    dev.post(address(entry), sent)
    dev.post(f"/journal/shared/{Excerpt.objects.get().pk}/take-back/")

    answer = dev.post(address(entry), sent, follow=True)

    assert answer.status_code == 404
    assert not Excerpt.objects.exists()


def test_two_tabs_share_two_as_each_was_looked_at(dev, cast, pair, entry):
    dev.post(address(entry), form(cast, pair))
    dev.post(address(entry), form(cast, pair, words="Less."))

    assert {str(row.words) for row in Excerpt.objects.all()} == {SHOWN, "Less."}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"words": " \n "}, "Nothing is left to show. Leave in what your buddy may read."),
        ({"until": ""}, "Choose a day."),
        ({"until": "soon"}, "Choose a day, written like 2026-12-24."),
        ({"until": "2020-02-29"}, "This day is over. Choose today or a later day."),
        ({"until": "9999-12-31"}, "An excerpt is shared for 90 days at most."),
        ({"title": "T" * 201}, "This title has 201 characters; 200 fit. Shorten it."),
        ({"words": "w" * 100_001}, "This text has 100,001 characters; 100,000 fit."),
    ],
)
def test_what_cannot_be_shared_gets_a_sentence_and_the_text_stays(dev, cast, pair, entry, said, sentence):  # fmt: skip
    answer = dev.post(address(entry), form(cast, pair, **said))

    assert answer.status_code == 200
    assert sentence in answer.text
    assert said.get("words", SHOWN) in answer.text
    assert not Excerpt.objects.exists()


@pytest.mark.parametrize("said", [{"pair": "x"}, {"pair": ""}, {"act": "publish"}])
def test_what_nobody_types_must_be_as_the_page_sent_it(dev, cast, pair, entry, said):
    """A4."""
    assert dev.post(address(entry), form(cast, pair, **said)).status_code == 400
    assert not Excerpt.objects.exists()


def test_a_pair_that_ended_while_he_chose_leaves_him_his_text(dev, cast, pair, entry):
    leave_pair(pair=pair, by=cast["elu"])

    answer = dev.post(address(entry), form(cast, pair))

    assert answer.status_code == 409
    assert "Your pair has ended, so nobody was shown anything." in answer.text
    assert SHOWN in answer.text
    assert not Excerpt.objects.exists()


def test_with_another_buddy_meanwhile_he_is_asked_once_more(dev, cast, pair, entry):
    leave_pair(pair=pair, by=cast["elu"])
    other = form_pair(members=[cast["dev"], cast["jo"]], came_about=CameAbout.MATCHED)

    asked = dev.post(address(entry), form(cast, pair))
    count = Excerpt.objects.count()
    dev.post(address(entry), form(cast, other))

    assert (asked.status_code, count) == (409, 0)
    assert "Share this with Jo Marsh" in asked.text
    assert f'name="pair" value="{other.pk}"' in asked.text
    assert Excerpt.objects.get().pair == other


def test_an_entry_that_was_deleted_while_he_chose_leaves_him_his_text(dev, cast, pair, entry):
    delete_entry(by=cast["dev"], entry=entry)

    answer = dev.post(address(entry), form(cast, pair))

    assert answer.status_code == 404
    assert SHOWN in answer.text
    assert "not in your journal any more" in answer.text
    assert dev.get(address(entry)).status_code == 404


def test_an_entry_of_another_is_the_same_404_as_none(dev, cast, pair):
    """A2, A3."""
    of_elu = shared(cast["elu"], pair).entry_id
    sent = form(cast, pair)
    dev.get("/today/")  # which says that he is signed in

    for ask in (dev.get, lambda url: dev.post(url, sent)):
        assert seen(ask(f"/journal/{of_elu}/share/")) == seen(ask(f"/journal/{uuid4()}/share/"))
    assert Excerpt.objects.count() == 1


def test_when_the_journal_has_locked_the_form_is_kept(dev, cast, pair, entry):
    dev.post("/journal/lock/")

    answer = dev.post(address(entry), form(cast, pair))

    assert answer.status_code == 403
    assert "Your text is still here" in answer.text
    assert SHOWN in answer.text
    assert dev.get(address(entry)).headers["Location"].startswith("/journal/open/")
    assert not Excerpt.objects.exists()


def test_reading_and_taking_back_need_no_lock_and_the_copy_does(as_, excerpt):
    dev = as_("dev")

    assert dev.get(f"/journal/shared/{excerpt.pk}/").status_code == 200
    assert dev.get("/journal/shared/export/").status_code == 302
    assert dev.post(f"/journal/shared/{excerpt.pk}/take-back/").status_code == 302


def test_what_the_form_leaves_behind_names_no_entry_and_no_word(dev, cast, pair, entry):
    dev.post(address(entry), form(cast, pair))

    row = FormResult.objects.get()
    assert (row.form, row.location) == ("sharing:excerpt_share", f"/journal/shared/{Excerpt.objects.get().pk}/")  # fmt: skip


def test_an_entry_that_does_not_open_cannot_be_cut_from(dev, pair, entry):
    """C4."""
    damage(entry, "body")

    assert "This entry cannot be shared" in dev.get(address(entry)).text


def test_one_that_does_not_open_says_so_and_the_others_open(cast, as_, excerpt):
    """C4."""
    other = shared(cast["dev"], excerpt.pair, title="Wednesday")
    flip(excerpt, "html", "title")

    page = as_("elu").get(f"/journal/shared/{excerpt.pk}/")
    listed = card(cast["elu"], excerpt.pair)

    assert (page.status_code, "This excerpt cannot be opened" in page.text) == (200, True)
    assert "I laughed" not in page.text
    assert "Wednesday" in listed
    assert listed.count("This excerpt cannot be opened") == 1
    assert as_("elu").get(f"/journal/shared/{other.pk}/").text.count("I laughed") == 1


def test_html_of_an_older_cleaner_is_made_anew(as_, excerpt):
    excerpt.html, excerpt.html_by = "<p>old</p>", 0
    excerpt.save()

    assert "I laughed when <strong>she</strong>" in as_("elu").get(f"/journal/shared/{excerpt.pk}/").text  # fmt: skip


def test_each_finds_on_the_page_of_the_pair_what_is_shown_to_them_and_by_them(cast, excerpt):
    of_elu = shared(cast["elu"], excerpt.pair, title="", words="It was my brother.")

    to_dev, to_elu = (card(cast[name], excerpt.pair) for name in ("dev", "elu"))

    assert to_dev.index("Shown to you") < to_dev.index("It was my brother.") < to_dev.index("Shown by you") < to_dev.index("Tuesday")  # fmt: skip
    assert (
        to_elu.index("Tuesday") < to_elu.index("Shown by you") < to_elu.index("It was my brother")
    )
    assert re.findall(r'action="([^"]+)"', to_dev) == [f"/journal/shared/{excerpt.pk}/take-back/"]
    assert re.findall(r'action="([^"]+)"', to_elu) == [f"/journal/shared/{of_elu.pk}/take-back/"]


def test_a_pair_that_ended_has_no_card_nor_has_that_of_others(cast, excerpt):
    of_others = card(cast["jo"], excerpt.pair)
    leave_pair(pair=excerpt.pair, by=cast["elu"])

    assert (of_others, card(cast["dev"], excerpt.pair)) == ("", "")


@pytest.mark.parametrize("number", [1, 3])
def test_the_card_asks_as_much_for_three_as_for_one(cast, pair, entry, number, django_assert_num_queries):  # fmt: skip
    """Whether the pair is one's own, all excerpts with their authors, and what frames a page; of the keys, whose, and the keys."""
    for _number in range(number):
        shared(cast["dev"], pair, entry)
    owners.forget()

    with django_assert_num_queries(4), django_assert_num_queries(2, using="keys"):
        card(cast["elu"], pair)


def test_every_address_is_out_of_reach_of_strangers_whatever_they_send(as_, cast, excerpt, entry):
    """A3: by the id of the pair, of the entry and of the excerpt."""
    for name in ("ana", "lena", "mo", "fay", "gus"):
        client = as_(name)
        for key in (excerpt.pk, excerpt.pair_id, entry.pk):
            assert client.get(f"/journal/shared/{key}/").status_code == 404
    assert Excerpt.objects.filter(pk=excerpt.pk).exists()
