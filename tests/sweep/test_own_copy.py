"""F1 and F2: Dev’s own copy holds every word of his, and of others’ words those alone that were said to him."""

import io
import zipfile

import pytest

from accountability.checkins.actions import change_part
from accountability.checkins.models import Part
from accountability.checkins.texts import QUESTIONS
from accountability.checkins.texts import Words as Answers
from accounts.owncopy.contents import rooms_of
from accounts.owncopy.writing import zipped
from caucuses.models import Seat
from caucuses.threads.actions import keep_draft
from core import register
from core.privacy import Audience, declared_fields, own_models
from scripts.traces import Words
from tests.caucuses.story import join, own_room
from tests.caucuses.threads.saying import said
from tests.house.standing import standing
from tests.sweep.planting import care, checkins, commitments, journal, matching, sharing
from tests.sweep.planting.kinds import person
from tests.sweep.plants import AUTHOR, plant, private_fields

pytestmark = pytest.mark.django_db

#: Private fields whose words are not in the copy, each with its reason.
NOT_IN_IT = {
    "backbone.Answered.people": "Ids of others, too: the copy says that one has answered.",
    "backbone.Ballot.answers": "Nobody can tell whose it is.",
    "backbone.Box.waiting": "The same.",
    "caucuses.Invitation.address": "That an invitation is there, or has gone, may tell whose seat somebody’s is.",
    "caucuses.Invitation.words": "The same.",
    "concerns.Concern.excerpt": "What a post of another’s said.",
    "matching.MatchSeat.reasons": "Kinds and values from lists: Dev reads sentences of ours that are made of them.",
    "matching.PreviewFound.found": "It names others, and is read by the backbone team alone.",
    "meetings.Notes.text": "The room’s: nobody’s name stands beside them.",
    "meetings.Notes.html": "The same.",
}
#: Private fields of which the copy holds what another wrote, because it was written to Dev.
SAID_TO_DEV = {f"checkins.Part.{name}" for name in QUESTIONS}
#: What Elu plants as Dev does: nothing of it was said to Dev, though he may read some of it on a page.
ELUS = (
    *journal.PLANTS.values(),
    *commitments.PLANTS.values(),
    *sharing.PLANTS.values(),
    *(matching.PLANTS[f"matching.{name}"] for name in ("Answers", "Limit")),
    *(care.PLANTS[f"care.{name}"] for name in ("Report", "ReportNote")),
)


@pytest.fixture(scope="module")
def standing_rows(django_db_setup, django_db_blocker):
    """Dev’s words, Elu’s words, Hana’s words."""
    devs, elus, hanas = Words(), Words(), Words()
    with standing(django_db_blocker):
        with django_db_blocker.unblock():
            plant(person(AUTHOR), devs)
            for make in ELUS:
                make(person("elu"), elus)
            _among_both(elus)
            for make in journal.PLANTS.values():
                make(person("hana"), hanas)
        yield devs, elus, hanas


def _among_both(words):
    """What Elu says where Dev is, and what she is about to say."""
    dev, elu = person(AUTHOR), person("elu")
    part = Part.objects.get(check_in=checkins._past(dev, words), member=elu)
    answers = Answers(**{name: words.word(f"checkins.Part.{name}") for name in QUESTIONS})
    change_part(part=part, by=elu, words=answers, seen=1)
    checkins.PLANTS["checkins.PartDraft"](elu, words)
    seat = join(own_room(dev, elu), elu)
    said(seat, f"I say {words.word('threads.Post.text')}.")
    seat = Seat.objects.get(pk=seat.pk)
    text = words.word("threads.Draft.text")
    keep_draft(seat=seat, thread=None, title="", text=text, seen=0)
    seat.name = words.word("caucuses.Seat.name")
    seat.save()


@pytest.fixture
def copy(standing_rows, db):
    """All bytes of all files in it."""
    return _of(person(AUTHOR))


def _of(member):
    archive = zipfile.ZipFile(io.BytesIO(b"".join(zipped(member))))
    return {name: archive.read(name) for name in archive.namelist()}


def _names_in(words, files):
    return words.names_in(b"\n".join(files.values()))


def test_each_own_word_is_in_it_but_those_that_say_why_not(standing_rows, copy):
    """F1."""
    devs, _elus, _hanas = standing_rows

    found = _names_in(devs, copy)

    assert set(private_fields()) - found == set(NOT_IN_IT)


def test_each_of_them_is_in_the_data_and_on_a_page(standing_rows, copy):
    devs, _elus, _hanas = standing_rows
    pages = {name: content for name, content in copy.items() if name.startswith("pages/")}

    in_data = set(private_fields()) & _names_in(devs, {"": copy["data.json"]})

    assert set(private_fields()) - in_data == set(NOT_IN_IT)
    assert in_data - _names_in(devs, pages) == set()


def test_of_others_words_it_holds_those_alone_that_were_said_to_him(standing_rows, copy):
    """F2."""
    _devs, elus, hanas = standing_rows

    assert _names_in(elus, copy) == SAID_TO_DEV
    assert _names_in(hanas, copy) == set()


def test_their_own_copies_hold_these_words(standing_rows, db):
    """A look that finds nothing anywhere proves nothing."""
    _devs, elus, hanas = standing_rows
    elu, hana = _of(person("elu")), _of(person("hana"))

    not_hers = {name for name in elus.words if name in NOT_IN_IT}
    assert set(elus.words) - _names_in(elus, elu) == not_hers
    assert _names_in(hanas, hana) == set(hanas.words)


def test_elus_copy_holds_of_devs_words_what_he_said_to_her(standing_rows, db):
    """Their pair, and nothing of his journal, his drafts or what he said in the room."""
    devs, _elus, _hanas = standing_rows

    found = {name.rsplit(".", 1)[0] for name in _names_in(devs, _of(person("elu")))}

    assert found == {"buddies.Agreement", "caucuses.Caucus", "checkins.PairNotes", "checkins.Part", "checkins.PartVersion"} | {"caucuses.Agreement"}  # fmt: skip


def test_without_the_private_parts_no_private_word_is_in_it(standing_rows, db):
    """For who runs the site (`export_member`)."""
    devs, _elus, _hanas = standing_rows

    rooms = rooms_of(person(AUTHOR), private=False)

    assert devs.names_in(repr(rooms).encode()) == set()


#: Models whose holding exports nothing, with what is given of them elsewhere.
GIVEN_ELSEWHERE = {
    "backbone.snapshot": "insights export in which cohorts one is shown by name, curriculum what one finished",
    "core.auditevent": "accounts export what others did to something of one’s own",
}


def test_whoever_has_a_field_for_its_author_gives_it_to_the_author():
    """A model with a field for its author belongs to a holding that exports something, or its reason stands above."""
    given = {
        model.lower()
        for holding in register.holdings()
        if holding.export is not register._nothing
        or holding.private_export is not register._nothing
        for model in holding.models
    }
    for_authors = {
        model._meta.label_lower
        for model in own_models()
        if any(Audience.AUTHOR in field.audience for field in declared_fields(model).values())
    }

    assert for_authors - given == GIVEN_ELSEWHERE.keys()
