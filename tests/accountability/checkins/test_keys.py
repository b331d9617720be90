"""One damaged key: its own pair is told so, its words wait, and nobody else notices (C4, H8)."""

from datetime import date, timedelta

import pytest

from accountability.buddies.models import Place
from accountability.checkins.actions import Outcome, hand_in, make_link, save_notes
from accountability.checkins.models import Asking, CheckIn, Part, PartDraft
from accountability.checkins.texts import Words, words_of
from core.models import OwnerKind
from notices.models import OutboxMail
from tests.accountability.checkins.hands import damage_key, destroy_key, lose_key
from tests.accountability.checkins.story import (
    A_WEEK,
    DEVS,
    ELUS,
    FIRST,
    both_write,
    coming,
    hour,
    minute,
    pair_up,
    told,
    typed,
)

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
CANNOT = "cannot be opened now"


@pytest.fixture
def other(cast, pair):
    """A second pair, whose row the worker finds with the first one."""
    return pair_up(cast, "jo", "ben")


@pytest.mark.parametrize("harm", [damage_key, lose_key, destroy_key])
@pytest.mark.parametrize("which", ["dev", "jo"])
def test_the_worker_settles_the_others_whatever_became_of_one_pairs_key(
    clock, cast, pair, other, harm, which
):
    for name, of in (("dev", pair), ("jo", other)):
        hand_in(check_in=coming(of), by=cast[name], words=Words(did=name), seen=0)
    shut, whole = (pair, other) if which == "dev" else (other, pair)
    harm(OwnerKind.PAIR, shut.pk)
    clock.move_to(FIRST)

    for _ in range(2):
        minute(FIRST)

    settled = CheckIn.objects.settled()
    assert [settled.get(pair=row).revealed_at for row in (whole, shut)] == [FIRST, None]
    assert Part.objects.get().pair == whole
    assert PartDraft.objects.get().handed_in_at is not None
    assert {coming(row).number for row in (whole, shut)} == {2}


def test_what_waited_is_shared_once_when_the_key_opens_again(clock, cast, pair, settings):
    settings.ALERT_EMAIL = "ops@riverton.example"
    check_in = coming(pair)
    hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0)
    put_right = damage_key(OwnerKind.PAIR, pair.pk)
    clock.move_to(FIRST)
    minute(FIRST)
    for _ in range(2):
        hour(FIRST)
    before = (Part.objects.count(), OutboxMail.objects.filter(kind="alarm").count())

    put_right()
    for _ in range(2):
        hour(FIRST + timedelta(hours=1))

    check_in.refresh_from_db()
    assert before == (0, 1)
    assert words_of(Part.objects.get()) == DEVS
    assert (check_in.revealed_at, told("checkins.open")) == (FIRST + timedelta(hours=1), ["elu"])
    assert not PartDraft.objects.exists()


def test_the_pages_of_that_pair_say_so(clock, as_, cast, pair, other):
    check_in = coming(pair)
    hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0)
    damage_key(OwnerKind.PAIR, pair.pk)
    clock.move_to(FIRST)

    pages = {
        (name, path): as_(name).get(path)
        for name in ("elu", "dev", "jo")
        for path in ("/buddy/", f"/buddy/check-ins/{check_in.pk}/")
    }

    said = {key: (page.status_code, CANNOT in page.content.decode()) for key, page in pages.items()}
    check_in_page = f"/buddy/check-ins/{check_in.pk}/"
    assert said == {
        ("elu", "/buddy/"): (200, True),
        ("elu", check_in_page): (200, True),
        ("dev", "/buddy/"): (200, True),
        ("dev", check_in_page): (200, True),
        ("jo", "/buddy/"): (200, False),
        ("jo", check_in_page): (404, False),
    }
    assert DEVS.did in pages["dev", check_in_page].content.decode()
    assert DEVS.did not in pages["elu", check_in_page].content.decode()


def test_who_hands_in_meanwhile_waits_too_and_can_take_it_back(clock, as_, cast, pair):
    check_in = coming(pair)
    put_right = damage_key(OwnerKind.PAIR, pair.pk)
    outcomes = [
        hand_in(check_in=check_in, by=cast[name], words=words, seen=0)
        for name, words in (("dev", DEVS), ("elu", ELUS))
    ]

    address = f"/buddy/check-ins/{check_in.pk}/"
    late = as_("dev").post(address, typed(Words(did="Once more."), seen=1), follow=True)
    as_("elu").post(f"{address}take-back/")
    put_right()
    hour(FIRST)

    assert outcomes == [Outcome.HANDED_IN, Outcome.WAITS]
    assert "the others can read it once it can" in late.content.decode()
    assert [words_of(part) for part in Part.objects.all()] == [Words(did="Once more.")]
    assert words_of(PartDraft.objects.get(member=cast["elu"])) == ELUS


def test_an_author_whose_key_does_not_open_keeps_nobody_back(clock, cast, pair):
    check_in = coming(pair)
    hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0)
    put_right = damage_key(OwnerKind.MEMBER, cast["dev"].pk)

    hand_in(check_in=check_in, by=cast["elu"], words=ELUS, seen=0)
    before = [words_of(part) for part in Part.objects.all()]
    put_right()
    hour(FIRST)

    assert before == [ELUS]
    assert sorted(part.member.chosen_name[:3] for part in Part.objects.all()) == ["Dev", "Elu"]


@pytest.mark.parametrize("form", ["notes", "part", "draft", "title"])
def test_what_cannot_be_sealed_now_comes_back(as_, cast, pair, form):
    check_in = both_write(cast, pair)
    part = Part.objects.get(member=cast["dev"])
    save_notes(pair=pair, by=cast["dev"], body="Ours.", seen=0)
    make_link(place=Place.objects.get(member=cast["dev"]), by=cast["dev"], title="")
    words = typed(Words(did="Not to be lost."), seen=1)
    address, sent = {
        "notes": (f"notes/{pair.pk}/edit/", {"body": "Not to be lost.", "seen": 1}),
        "part": (f"{check_in.pk}/parts/{part.pk}/edit/", words),
        "draft": (f"{coming(pair).pk}/", {**words, "seen": 0}),
        "title": ("calendar/", {"title": "Not to be lost.", "act": "save"}),
    }[form]
    dev = as_("dev")
    dev.get("/today/")
    if form in ("notes", "part"):
        damage_key(OwnerKind.PAIR, pair.pk)
    else:
        damage_key(OwnerKind.MEMBER, cast["dev"].pk)

    answer = dev.post(f"/buddy/check-ins/{address}", sent)

    page = answer.content.decode()
    assert (answer.status_code, "Not to be lost." in page) == (503, True)
    assert "This cannot be saved now" in page


def test_a_member_whose_key_does_not_open_is_asked_and_rests_like_the_others(
    clock, as_, cast, pair, other
):
    """Nothing is sealed when somebody is asked, and nothing when that is forgotten. Their notice, which is sealed, is left out."""
    for name in ("elu", "ben"):
        damage_key(OwnerKind.MEMBER, cast[name].pk)
    for _ in range(2):
        due = coming(pair).due_at
        clock.move_to(due)
        minute(due)
        clock.move_to(due + A_DAY)
        hour(due + A_DAY)
    asked = set(Asking.objects.filter(settled_at__isnull=True).values_list("member", flat=True))
    answer = as_("ben").post("/buddy/check-ins/how/", {"answer": "rest"})
    page = as_("ben").get("/buddy/check-ins/how/").content.decode()

    clock.move_to(FIRST + A_WEEK + A_DAY + A_WEEK)
    hour(FIRST + A_WEEK + A_DAY + A_WEEK)

    assert asked == {cast[name].pk for name in ("dev", "elu", "jo", "ben")}
    assert (answer.status_code, "Your place rests" in page) == (302, True)
    assert Place.objects.open().filter(resting_since__isnull=False).count() == 4
    left = [(row.said, row.answered_at, row.asked_at) for row in Asking.objects.all()]
    assert left == [("", None, None)] * 4


def test_a_row_that_fails_for_another_reason_is_in_nobodys_way(clock, cast, pair, other, caplog):
    """H8: a day after which there is none stops its own pair alone."""
    shut, whole = sorted((pair, other), key=lambda row: coming(row).pk)
    CheckIn.objects.filter(pair=shut).update(planned_on=date.max)
    clock.move_to(FIRST)

    for _ in range(2):
        minute(FIRST)

    assert (coming(whole).number, coming(shut).number) == (2, 1)
    assert {row.levelname for row in caplog.records if row.name == "lodestar.checkins"} == {"ERROR"}
