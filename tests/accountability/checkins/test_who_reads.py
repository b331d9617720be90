"""Who may know what: the rules as questions and as filters agree for the whole cast, and everybody else gets one same 404."""

import re
from uuid import uuid4

import pytest

from accountability.buddies.models import Place
from accountability.checkins import permissions as rules
from accountability.checkins.actions import make_link, save_draft, save_notes
from accountability.checkins.models import CalendarLink, Part, PartDraft
from tests.accountability.checkins.story import DEVS, both_write, coming

pytestmark = pytest.mark.django_db
OTHERS = ("ana", "lena", "mo", "fay", "gus", "rui", "ben", "jo")


@pytest.fixture
def rows(cast, pair):
    """One of each, Dev's where it is somebody's."""
    past = both_write(cast, pair)
    save_draft(check_in=coming(pair), by=cast["dev"], words=DEVS, seen=0)
    notes = save_notes(pair=pair, by=cast["dev"], body="Ours.", seen=0)
    make_link(place=Place.objects.get(member=cast["dev"]), by=cast["dev"], title="")
    return {
        "check_in": past,
        "part": Part.objects.get(member=cast["dev"]),
        "draft": PartDraft.objects.get(),
        "notes": notes,
        "link": CalendarLink.objects.get(),
    }


@pytest.mark.parametrize(
    ("name", "can", "those", "readers"),
    [
        ("check_in", rules.can_see_check_in, rules.check_ins_visible_to, {"dev", "elu"}),
        ("check_in", rules.can_write_check_in, rules.check_ins_writable_by, {"dev", "elu"}),
        ("part", rules.can_see_part, rules.parts_visible_to, {"dev", "elu"}),
        ("part", rules.can_change_part, rules.parts_changeable_by, {"dev"}),
        ("draft", rules.can_see_draft, rules.drafts_visible_to, {"dev"}),
        ("notes", rules.can_see_notes, rules.notes_visible_to, {"dev", "elu"}),
        ("link", rules.can_see_link, rules.links_visible_to, {"dev"}),
    ],
)
def test_question_and_filter_agree(cast, rows, name, can, those, readers):
    row = rows[name]

    assert {person for person, member in cast.items() if can(member, row)} == readers
    assert {person for person, member in cast.items() if those(member).filter(pk=row.pk)} == readers


def test_everybody_else_gets_the_same_404_as_for_an_unknown_id(as_, pair, rows):
    """A2, A3, A8."""
    past, part, draft = rows["check_in"].pk, rows["part"].pk, rows["draft"].pk
    PartDraft.objects.update(kept_since=rows["check_in"].due_at)
    known = [
        f"of/{pair.pk}/",
        f"{past}/",
        f"{past}/take-back/",
        f"{past}/skip/",
        f"{past}/take-part/",
        f"{past}/move/",
        f"{past}/parts/{part}/",
        f"{past}/parts/{part}/edit/",
        f"kept/{draft}/",
        f"kept/{draft}/delete/",
        f"notes/{pair.pk}/",
        f"notes/{pair.pk}/edit/",
    ]
    unused = [
        re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", lambda _: str(uuid4()), path)
        for path in known
    ]
    wrong = []
    for name in OTHERS:
        client = as_(name)
        for mine, none in zip(known, unused, strict=True):
            for method in (client.get, client.post):
                answers = [method(f"/buddy/check-ins/{path}") for path in (mine, none)]
                seen = [(answer.status_code, _bare(answer)) for answer in answers]
                if seen[0] != seen[1] or seen[0][0] not in (404, 405):
                    wrong.append((name, mine, seen[0][0]))

    assert wrong == []
    assert Part.objects.count() == 2


def _bare(answer):
    page = re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    return re.sub(r"[0-9a-f]{8,}(-[0-9a-f]{4}){0,3}(-[0-9a-f]{12})?", "", page)
