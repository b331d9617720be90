"""What goes out is a text and a day. Nothing of it leads to a room."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.serializers import serialize
from django.urls import reverse

from caucuses.actions.leaving import leave_caucus
from caucuses.bringback.actions import begin_note, change_note, release_due, take_back_note
from caucuses.bringback.models import Note, Released, Reply
from cohorts.models import Cohort
from core.models import AuditEvent
from home.demo.caucuses import CROSSROADS, ROOTS
from notices.models import Notice
from tests.caucuses.bringback.story import TEXT, begun, gone_out, inside, outside, page
from tests.caucuses.story import a_room

pytestmark = pytest.mark.django_db
COHORT = "/cohorts/spring/"
OF_THE_MOMENT = re.compile(
    r'name="(?:csrfmiddlewaretoken|once)" value="[^"]*"|nonce-[\w-]+|nonce="[^"]*"'
)
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def as_all_see_it(text):
    return UUID.sub("ID", OF_THE_MOMENT.sub("", text))


def test_on_its_day_it_stands_on_the_cohorts_page(as_, cast, dev):
    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC), tick=False):
        note = begun(dev, cast["dev"])
        assert "From a caucus" not in page(as_("marisol"), COHORT)

    assert release_due(datetime(2026, 12, 9, 5, 59, tzinfo=UTC)) == 0
    assert release_due(datetime(2026, 12, 9, 6, 0, tzinfo=UTC)) == 1
    assert release_due(datetime(2026, 12, 9, 6, 1, tzinfo=UTC)) == 0

    said = page(as_("marisol"), COHORT)
    assert "From a caucus to the whole group" in said
    assert "<strong>before</strong>" in said
    assert '<time datetime="2026-12-09">Dec. 9, 2026</time>' in said
    assert Released.objects.get().released_on == date(2026, 12, 9)
    assert "It has gone out" in page(as_("elu"), inside("note_show", note))


def test_the_preview_is_what_stands_there(as_, cast, dev):
    """Text and date, to the letter."""
    note = begun(dev, cast["dev"])
    article = re.compile(r'<article class="card">.*?</article>', re.DOTALL)
    before = article.search(page(as_("dev"), inside("note_show", note)))[0]

    released = gone_out(note)

    there = article.search(page(as_("marisol"), outside("released_show", released)))[0]
    assert there == before


@pytest.mark.parametrize("which", ["cohort", "own"])
def test_a_note_from_one_room_cannot_be_told_from_that_of_another(as_, cast, which):
    """Byte for byte, apart from random ids: a room that is listed, with four in it, and one of which nobody knows."""
    roots = a_room(cast["fay"], cast["hana"], cast["ines"], **_of(ROOTS))
    crossroads = a_room(cast["ben"], cast["jo"], cast["dev"], cast["elu"], **_of(CROSSROADS))
    pages = []
    for seat, member in ((roots[1], cast["hana"]), (crossroads[2], cast["dev"])):
        note = begun(seat, member)
        change_note(seat=seat, note=note, text=TEXT + " Please.", seen_revision=1)
        note.refresh_from_db()
        released = gone_out(note)
        address = COHORT if which == "cohort" else outside("released_show", released)
        pages.append(page(as_("marisol"), address))
        released.delete()

    assert as_all_see_it(pages[0]) == as_all_see_it(pages[1])


def _of(terms):
    return {"name": terms.name, "joining": terms.joining, "is_listed": terms.is_listed}


def test_who_is_in_the_room_sees_there_what_everybody_sees(as_, cast, dev):
    released = gone_out(begun(dev, cast["dev"]))

    for address in (COHORT, outside("released_show", released)):
        own = page(as_("dev"), address)
        main = re.compile(r"<main.*?</main>", re.DOTALL)
        seen = [
            as_all_see_it(main.search(text)[0]) for text in (own, page(as_("marisol"), address))
        ]
        assert seen[0] == seen[1]


def test_nothing_on_the_page_or_in_its_row_leads_to_the_room(as_, cast, seats, dev):
    released = gone_out(begun(dev, cast["dev"]))
    inner = {str(dev.caucus_id), *(str(seat.pk) for seat in seats), str(Note.objects.get().pk)}

    told = [
        page(as_("marisol"), COHORT),
        page(as_("marisol"), outside("released_show", released)),
        serialize("json", [released]),
    ]

    assert [one for one in inner for text in told if one in text] == []
    assert sorted(json.loads(told[2])[0]["fields"]) == [
        "cleaner_version", "cohort", "released_on", "text", "text_html",
    ]  # fmt: skip


def test_nobody_gets_a_notice_or_a_mail_and_no_act_is_kept_centrally(cast, dev, elu):
    notices, acts = Notice.objects.count(), AuditEvent.objects.count()

    note = begun(dev, cast["dev"])
    gone_out(note)
    take_back_note(seat=elu, note=note)

    assert (Notice.objects.count(), AuditEvent.objects.count()) == (notices, acts)
    assert mail.outbox == []
    assert sorted(dev.caucus.events.values_list("what", "seat")) == sorted(
        [("opened", dev.pk), ("released", None), ("taken_back", elu.pk)], key=lambda row: row[0]
    )


def test_notes_of_one_day_stand_in_no_order_that_says_anything(as_, cast, dev):
    notes = [begun(dev, cast["dev"], f"Note {turn}.") for turn in range(5)]
    assert release_due(notes[-1].due_at) == 5

    said = page(as_("marisol"), COHORT)

    shown = re.findall(r"Note (\d)\.", said)
    rows = sorted(Released.objects.all(), key=lambda row: str(row.pk), reverse=True)
    assert [f"Note {number}." for number in shown] == [row.text for row in rows]


@pytest.mark.parametrize("name", ["fay", "rui", "gus"])
def test_who_does_not_see_the_cohort_sees_no_note(as_, nobody, cast, dev, name):
    released = gone_out(begun(dev, cast["dev"]))
    address = outside("released_show", released)
    never = reverse("brought_back:released_show", args=["spring", dev.pk])

    assert as_(name).get(address).status_code == 404
    said, of_none = (as_(name).get(one).content.decode() for one in (address, never))
    assert as_all_see_it(said) == as_all_see_it(of_none)
    assert nobody.get(address).status_code == 302


def test_a_cohort_that_has_ended_meanwhile_gets_nothing(as_, cast, dev):
    note = begun(dev, cast["dev"])
    Cohort.objects.filter(slug="spring").update(ends_on=date.today() - timedelta(days=1))

    assert release_due(note.due_at) == 0

    said = page(as_("elu"), inside("note_show", note))
    assert "The cohort it is for has ended, so it stays inside." in said


def test_a_cohort_that_is_gone_gets_nothing(as_, cast, dev):
    winter = Cohort.objects.create(slug="winter", name="Winter", starts_on=date.today())
    winter.memberships.create(member=cast["dev"])
    note = begin_note(seat=dev, member=cast["dev"], cohort=winter, text=TEXT)
    winter.delete()

    assert release_due(note.due_at) == 0
    assert "so it stays inside" in page(as_("elu"), inside("note_show", note))


def test_one_note_that_does_not_open_keeps_no_other_waiting(cast, dev):
    damaged, whole = begun(dev, cast["dev"], "One."), begun(dev, cast["dev"], "Two.")
    Note.objects.filter(pk=damaged.pk).update(
        cohort=Note._meta.get_field("cohort").from_db_value(b"nothing", None, None)
    )

    assert release_due(whole.due_at) == 1
    assert Released.objects.get().text == "Two."


def test_any_member_takes_it_back_and_the_replies_there_go_along(as_, cast, dev):
    note = begun(dev, cast["dev"])
    released = gone_out(note)
    as_("marisol").post(outside("reply_post", released), {"text": "Yes, let us."})
    assert "with it the replies of others" in page(as_("elu"), inside("note_take_back", note))

    as_("elu").post(inside("note_take_back", note))

    assert as_("marisol").get(outside("released_show", released)).status_code == 404
    assert "From a caucus" not in page(as_("marisol"), COHORT)
    assert not Reply.objects.exists()
    said = page(as_("dev"), inside("note_show", note))
    assert "It was taken back." in said
    assert "<strong>before</strong>" in said
    assert as_("elu").post(inside("note_take_back", note)).status_code == 409


def test_what_stands_there_stays_when_the_last_of_the_room_leaves(as_, cast, seats, dev):
    released = gone_out(begun(dev, cast["dev"]))

    for seat in seats:
        leave_caucus(seat=seat, with_posts=True)

    assert not Note.objects.exists()
    assert "<strong>before</strong>" in page(as_("marisol"), outside("released_show", released))
