"""What the room agrees on stands before everything, and is accepted anew when it changes."""

import pytest

from caucuses.actions import NotThatOne, accept_agreement
from caucuses.choices import Joining, Keeping
from caucuses.differences import MOST_COMPARED, paragraphs_between
from caucuses.models import Agreement, Seat
from caucuses.permissions import agreements_visible_to, can_see_agreement
from cohorts.models import Cohort
from tests.caucuses.changing import change, damage
from tests.caucuses.story import TEXT, a_room, join

pytestmark = pytest.mark.django_db


def room_of(seat):
    return f"/caucuses/{seat.caucus_id}/"


def test_before_it_is_accepted_there_is_nothing_else(as_, cast):
    dev = a_room(cast["dev"])[0]
    join(dev, cast["elu"], has_accepted=False)
    elu, room = as_("elu"), room_of(dev)

    for page in ("", "people/", "log/", "agreement/propose/", "agreement/1/"):
        assert elu.get(f"{room}{page}").url == f"{room}agreement/"
    page = elu.get(f"{room}agreement/").content.decode()

    assert TEXT in page
    assert "By invitation" in page
    assert "Until somebody deletes it" in page
    assert "7 days after its last change" in page
    assert f'href="{room}leave/"' in page
    assert f'href="{room}people/"' not in page
    assert elu.get(f"{room}leave/").status_code == 200


def test_one_press_accepts_and_from_then_on_one_reads_along(as_, cast):
    dev = a_room(cast["dev"])[0]
    seat = join(dev, cast["elu"], has_accepted=False)
    elu, room = as_("elu"), room_of(dev)

    answer = elu.post(f"{room}agreement/accept/", {"number": "1"})

    assert answer.url == room
    seat.refresh_from_db()
    assert seat.accepted == 1
    assert seat.since is not None
    assert elu.get(room).status_code == 200


def test_after_a_change_the_changed_sentence_is_shown_and_accepted(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    first = Seat.objects.get(pk=elu.pk).since
    change(dev, elu, text=TEXT.replace("stays here.", "stays here, always."), joining=Joining.OPEN)
    client, room = as_("elu"), room_of(dev)

    assert client.get(room).url == f"{room}agreement/"
    page = client.get(f"{room}agreement/").content.decode()

    assert "What is said here stays here." in page.split("<del>")[1].split("</del>")[0]
    assert "What is said here stays here, always." in page.split("<ins>")[1].split("</ins>")[0]
    assert "removed:" in page
    assert "added:" in page
    assert "Open to anyone who reads the purpose" in page
    assert client.post(f"{room}agreement/accept/", {"number": "2"}).url == room
    assert Seat.objects.get(pk=elu.pk).since == first


def test_the_number_that_was_shown_is_what_counts(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    late = join(dev, cast["jo"], has_accepted=False)
    change(dev, elu, text="We listen.")
    client, room = as_("jo"), room_of(dev)

    answer = client.post(f"{room}agreement/accept/", {"number": "1"})

    assert answer.status_code == 409
    assert "another version came into force" in answer.content.decode()
    assert "We listen." in answer.content.decode()
    assert 'name="number" value="2"' in answer.content.decode()
    assert Seat.objects.get(pk=late.pk).since is None
    assert client.post(f"{room}agreement/accept/", {"number": "x"}).status_code == 409
    with pytest.raises(NotThatOne):
        accept_agreement(seat=late, number=1)


def test_what_was_typed_when_the_agreement_changed_is_kept_and_nothing_is_done(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    change(dev, elu, text="We listen.")
    client, room = as_("elu"), room_of(dev)
    sent = {"name": "Elu of the river"}

    answer = client.post(f"{room}people/name/", sent)

    assert answer.status_code == 403
    assert "Your text is still here" in answer.content.decode()
    assert "Elu of the river" in answer.content.decode()
    assert Seat.objects.get(pk=elu.pk).name == "Elu"
    client.post(f"{room}agreement/accept/", {"number": "2"})
    client.post(f"{room}people/name/", sent)
    assert Seat.objects.get(pk=elu.pk).name == "Elu of the river"


def test_the_agreement_changes_between_the_page_and_the_action(as_, cast, monkeypatch):
    """The view was let through; what it goes by is read again when the room is held."""
    dev, elu = a_room(cast["dev"], cast["elu"])
    client, room = as_("elu"), room_of(dev)
    seat_now = Seat.must_accept.fget
    asked = []

    def let_through_once(seat):
        asked.append(seat)
        return False if len(asked) == 1 else seat_now(seat)

    change(dev, elu, text="We listen.")
    monkeypatch.setattr(Seat, "must_accept", property(let_through_once))
    answer = client.post(f"{room}people/name/", {"name": "Elu of the river"})

    assert answer.status_code == 403
    assert "Elu of the river" in answer.content.decode()
    assert Seat.objects.get(pk=elu.pk).name == "Elu"


def test_versions_are_read_from_the_one_that_was_in_force_when_one_came(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    change(dev, elu, text="We listen.")
    jo = join(dev, cast["jo"], has_accepted=True)
    jo.refresh_from_db()
    change(dev, elu, jo, text="We listen, and rest.")
    jo.refresh_from_db()

    known = set(agreements_visible_to(jo).values_list("number", flat=True))

    assert known == {2, 3}
    assert {
        row.number
        for row in Agreement.objects.filter(caucus=dev.caucus)
        if can_see_agreement(jo, row)
    } == known
    accept_agreement(seat=jo, number=3)
    client, room = as_("jo"), room_of(dev)
    assert client.get(f"{room}agreement/1/").status_code == 404
    assert "We listen." in client.get(f"{room}agreement/2/").content.decode()
    newest = client.get(f"{room}agreement/3/").content.decode()
    assert "<ins>" in newest
    assert f"{room}agreement/2/" in client.get(f"{room}agreement/").content.decode()
    assert client.get(f"{room}agreement/99999999999999999999/").status_code == 404


def test_an_agreement_that_cannot_be_opened_is_accepted_by_nobody(as_, cast):
    dev = a_room(cast["dev"])[0]
    join(dev, cast["elu"], has_accepted=False)
    damage(Agreement.objects.get(caucus=dev.caucus), "text")

    page = as_("elu").get(f"{room_of(dev)}agreement/").content.decode()

    assert "This cannot be opened." in page
    assert "I accept this" not in page
    assert "Leave instead" in page


def shown(old, new):
    return [[(piece.kind, piece.text) for piece in one] for one in paragraphs_between(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("A b. C d.", "A b. C d.", [[("same", "A b. C d.")]]),
        ("A b. C d.", "A b. E f.", [[("same", "A b."), ("out", "C d."), ("in", "E f.")]]),
        ("A.\n\nB.", "A.\nB.", [[("same", "A.")], [("same", "B.")]]),
        ("A.", "A.\n\nB.", [[("same", "A.")], [("in", "B.")]]),
        ("A.\n\nB.", "A.", [[("same", "A.")], [("out", "B.")]]),
        ("", "A.", [[("in", "A.")]]),
        (
            "A.\nC.",
            "A. B.\nD.",
            [[("same", "A."), ("in", "B.")], [("out", "C."), ("in", "D.")]],
        ),
        ("A.\nC.", "A. B.", [[("same", "A."), ("in", "B.")], [("out", "C.")]]),
    ],
)
def test_sentences_that_went_and_came(old, new, found):
    assert shown(old, new) == found


def test_very_many_sentences_are_not_compared_one_by_one():
    old, new = "a. " * (MOST_COMPARED + 1), "a. " * MOST_COMPARED

    assert [[piece.kind for piece in one] for one in paragraphs_between(old, new)] == [
        ["out"],
        ["in"],
    ]


def test_terms_are_said_in_words(as_, cast):
    spring = Cohort.objects.get(slug="spring")
    dev = a_room(cast["dev"], keeping=Keeping.COHORT, cohort=spring.pk, is_listed=True)[0]

    page = as_("dev").get(f"{room_of(dev)}agreement/").content.decode()

    assert f"Until the cohort {spring.name} ends" in page
    assert "Every member of the initiative can read its name" in page
