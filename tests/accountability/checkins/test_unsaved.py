"""What was typed for a pair that has ended, or for what is not there any more, comes back; and the longest texts fit."""

import re
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from accountability.buddies.actions import PairEnded, leave_pair
from accountability.buddies.models import Place
from accountability.checkins.actions import (
    change_part,
    hand_in,
    make_link,
    move_check_in,
    save_notes,
)
from accountability.checkins.models import CalendarLink, Part, PartDraft
from accountability.checkins.permissions import check_ins_visible_to
from accountability.checkins.texts import Words, words_of
from tests.accountability.checkins.story import DEVS, FIRST, both_write, coming, pair_up, typed

pytestmark = pytest.mark.django_db
ANEW = Words(did="Worded anew.")


def test_a_new_wording_comes_back_when_the_pair_has_ended(clock, as_, cast, pair):
    check_in = both_write(cast, pair)
    part = Part.objects.get(member=cast["dev"])
    address = f"/buddy/check-ins/{check_in.pk}/parts/{part.pk}/edit/"
    clock.shift(timedelta(minutes=1))
    leave_pair(pair=pair, by=cast["elu"])

    mine = as_("dev").post(address, typed(ANEW, seen=1))
    others = as_("elu").post(address, typed(ANEW, seen=1))

    page = mine.content.decode()
    assert (mine.status_code, ANEW.did in page, "no longer changed" in page) == (409, True, True)
    assert others.status_code == 403
    assert as_("dev").get(address).status_code == 403
    assert words_of(Part.objects.get(pk=part.pk)) == DEVS


def test_the_verbs_say_that_the_pair_ended_between_page_and_press(cast, pair):
    both_write(cast, pair)
    part = Part.objects.get(member=cast["dev"])
    leave_pair(pair=pair, by=cast["elu"])

    with pytest.raises(PairEnded):
        change_part(part=part, by=cast["dev"], words=ANEW, seen=1)
    with pytest.raises(PairEnded):
        save_notes(pair=pair, by=cast["dev"], body="Ours.", seen=0)


def _bare(answer):
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"', "", answer.content.decode())


@pytest.mark.parametrize("form", ["draft", "part", "notes"])
def test_thirty_days_later_the_text_comes_back_on_a_page_that_says_nothing(
    clock, as_, cast, pair, form
):
    check_in = both_write(cast, pair)
    part = Part.objects.get(member=cast["dev"])
    addresses = {
        "draft": ("{}/", [check_in.pk], typed(ANEW)),
        "part": ("{}/parts/{}/edit/", [check_in.pk, part.pk], typed(ANEW, seen=1)),
        "notes": ("notes/{}/edit/", [pair.pk], {"body": ANEW.did, "seen": 0}),
    }
    path, ids, sent = addresses[form]
    leave_pair(pair=pair, by=cast["elu"])
    clock.shift(timedelta(days=31))
    dev = as_("dev")
    known, unknown = (
        f"/buddy/check-ins/{path.format(*some)}" for some in (ids, [uuid4() for _ in ids])
    )

    answers = [dev.post(address, sent) for address in (known, unknown)]
    without = [dev.get(known), dev.get(unknown), dev.post(known), dev.post(unknown)]

    assert [answer.status_code for answer in answers + without] == [404] * 6
    assert (ANEW.did in _bare(answers[0]), _bare(answers[0])) == (True, _bare(answers[1]))
    assert len({_bare(answer) for answer in without}) == 1


def test_who_left_a_trio_sees_no_date_of_those_who_go_on(clock, as_, cast):
    trio = pair_up(cast, "jo", "ben", "hana")
    first = coming(trio)
    for name in ("jo", "ben", "hana"):
        hand_in(check_in=first, by=cast[name], words=Words(did=name), seen=0)
    second = coming(trio)
    clock.shift(timedelta(minutes=1))
    leave_pair(pair=trio, by=cast["hana"])
    clock.shift(timedelta(minutes=1))
    move_check_in(
        check_in=second, by=cast["jo"], to=FIRST + timedelta(days=8), seen=coming(trio).seen_as
    )

    hana = as_("hana")
    seen = set(check_ins_visible_to(cast["hana"]))
    page = hana.get(f"/buddy/check-ins/{second.pk}/").status_code
    empty = hana.post(f"/buddy/check-ins/{second.pk}/", typed(Words())).status_code
    sent = hana.post(f"/buddy/check-ins/{second.pk}/", typed(Words(did="I was writing.")))

    draft = PartDraft.objects.get()
    assert (seen, page, empty) == ({first}, 404, 404)
    assert sent.headers["Location"] == f"/buddy/check-ins/kept/{draft.pk}/"
    assert words_of(draft) == Words(did="I was writing.")


def test_buttons_of_what_went_say_a_sentence(as_, cast, pair):
    """The rename finds the link stopped in another tab; the typed title stays."""
    place = Place.objects.get(member=cast["dev"])
    make_link(place=place, by=cast["dev"], title="One")
    dev = as_("dev")
    CalendarLink.objects.all().delete()

    page = dev.post("/buddy/check-ins/calendar/", {"title": "Two", "act": "save"}).content.decode()

    assert ("Two" in page, "Your link" in page) == (True, True)


@pytest.mark.parametrize("letter", ["a", "é", "頁", "🕊"])
def test_the_longest_texts_are_kept_letter_by_letter(as_, nobody, cast, pair, letter):
    """5,000 for each answer, 10,000 for the notes, 300 for a title, whatever the letters take in bytes."""
    words = Words(*(letter * 5_000 for _ in range(4)))
    check_in, dev = coming(pair), as_("dev")
    edit = partial(dev.post, f"/buddy/check-ins/notes/{pair.pk}/edit/")
    drafted = dev.post(f"/buddy/check-ins/{check_in.pk}/", typed(words)).status_code
    hand_in(check_in=check_in, by=cast["elu"], words=Words(did="Short."), seen=0)
    noted = edit({"body": letter * 10_000, "seen": 0}).status_code
    over = edit({"body": letter * 10_001, "seen": 1})
    linked = dev.post("/buddy/check-ins/calendar/", {"title": letter * 300, "act": "renew"})

    token = re.search(r"calendar/([\w-]+)\.ics", linked.content.decode()).group(1)
    feed = nobody.get(f"/buddy/check-ins/calendar/{token}.ics").content.decode()
    part = Part.objects.get(member=cast["dev"])
    anew = Words(*(letter * 5_000 for _ in range(3)))
    change_part(part=part, by=cast["dev"], words=anew, seen=1)

    assert (drafted, noted, linked.status_code) == (302, 302, 200)
    assert (over.status_code, "10,001 characters" in over.content.decode()) == (200, True)
    assert words_of(part.versions.get()) == words
    assert words_of(Part.objects.get(pk=part.pk)) == anew
    assert f"SUMMARY:{letter * 300}" in feed.replace("\r\n ", "")
    assert pair.notes.body == letter * 10_000
    assert max(len(line.encode()) for line in feed.split("\r\n")) <= 75
