"""How the sweep asks: which ids go where, what a form sends along, and which words a reader may be shown."""

import pytest

from home.demo.people import CAST
from scripts.filled_forms import hidden_fields
from scripts.traces import Words
from scripts.turns import EVERY, INSIDE, PARTS, chains, groups_for, ids_for, own_ids, queries_for
from tests.sweep.planting import PLANTS
from tests.sweep.planting.kinds import Use
from tests.sweep.using import filled

IDS = {f"id-{place}": app for place, app in enumerate(("journal", "buddies", "checkins", "care"))}
PEOPLE = [person.first.lower() for person in CAST]


@pytest.mark.once
def test_each_person_asks_a_private_part_with_all_ids_of_its_own():
    for person in PEOPLE:
        assert set(ids_for("buddy/<uuid:pair_id>/", IDS, person)) >= {"id-1"}
        assert set(ids_for("buddy/check-ins/of/<uuid:pair_id>/", IDS, person)) >= {"id-1", "id-2"}
        assert set(ids_for("backbone/pairing/<uuid:round_id>/", IDS, person)) == set(IDS)
    assert own_ids("buddy/<uuid:pair_id>/", IDS) == ["id-1"]
    assert own_ids("notices/<uuid:notice_id>/", IDS) == []


@pytest.mark.once
def test_and_an_address_is_asked_with_every_id_by_somebody():
    many = {f"id-{place}": "journal" for place in range(EVERY * 3)}
    for route in ("notices/<uuid:notice_id>/", "cohorts/<uuid:one>/", "buddy/<uuid:pair_id>/"):
        asked = [ids_for(route, many, f"{person} {route}") for person in PEOPLE * 3]
        assert {len(one) for one in asked} == {3}
    found = [ids_for("notices/<uuid:notice_id>/", many, str(number)) for number in range(200)]
    assert set().union(*found) == set(many)


@pytest.mark.once
def test_an_address_that_takes_none_is_asked_for_all_and_for_two():
    for person in PEOPLE:
        everything, two = queries_for("buddy/", IDS, person)
        values = dict(part.split("=") for part in two.split("&"))
        assert (everything, set(values)) == ("which=all", {"which", "id"})
        assert set(values.values()) < set(IDS)


@pytest.mark.once
def test_of_the_widest_part_who_is_outside_takes_turns_and_who_is_inside_brings_everything():
    ids = {f"id-{place}": app for place, app in enumerate(("caucuses", "threads", "meetings") * 8)}
    for route, app in (
        ("caucuses/<uuid:caucus_id>/threads/<uuid:thread_id>/close/", "threads"),
        ("caucuses/<uuid:caucus_id>/threads/", "caucuses"),
    ):
        own = own_ids(route, ids)
        outside = [set(ids_for(route, ids, person)) & set(own) for person in PEOPLE]

        assert {ids[one] for one in own} == {app}
        assert set(ids_for(route, ids, INSIDE)) >= set(own)
        assert set().union(*outside) == set(own)
        assert {len(one) for one in outside} == {2, 8}


COUPLES = [("room", "thread"), ("thread", "post"), ("room", "post"), ("seat", "post"), ("room", "thread")]  # fmt: skip


@pytest.mark.once
def test_an_address_that_takes_several_is_asked_with_those_that_hang_together():
    """A post in its conversation in its room: an address that names all three is found with no other ids."""
    assert chains(COUPLES, 3) == [["room", "thread", "post"]]
    assert groups_for(["post"], COUPLES, 1) == [["post"]]
    assert groups_for(["post"], COUPLES, 2) == [["room", "post"], ["seat", "post"]]
    assert groups_for(["post"], COUPLES, 3) == [["room", "thread", "post"]]
    assert groups_for(["room"], COUPLES, 2) == [["room", "room"]]


@pytest.mark.once
def test_what_is_planted_lies_in_a_part():
    assert {label.split(".")[0] for label in PLANTS} <= set().union(*PARTS.values())


PAGE = """
<form method="get" action="/buddy/"><input type="hidden" name="once" value="of a search"></form>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="t"><input type="hidden" name="once" value="of here"></form>
<form method="POST" action="../leave/" data-autosave="/buddy/keep/"><p><input type="hidden" name="seen" value="3&amp;4"></p>
<button formaction="/buddy/skip/">Skip</button></form>
<input type="hidden" name="stray" value="1">
"""


@pytest.mark.once
@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("/buddy/write/", {"once": "of here"}),
        ("/buddy/leave/", {"seen": "3&4"}),
        ("/buddy/keep/", {"seen": "3&4"}),
        ("/buddy/skip/", {"seen": "3&4"}),
        ("/buddy/", {}),
    ],
)
def test_hidden_fields_are_those_of_the_form_that_is_sent_there(to, expected):
    assert hidden_fields(PAGE, at="/buddy/write/", to=to) == expected


@pytest.mark.once
def test_each_field_is_typed_with_a_word_of_its_own():
    words = Words()
    typed = Use("buddies:x", data={"why": "So {word}", "days": ["1", "{word}"], "how": "weekly"}, into="buddies.Agreement")  # fmt: skip

    (data,) = filled(typed, 4, words, ["planted"], {})

    why, days = (words.words[f"buddies.Agreement.typed 4 {name}"] for name in ("why", "days"))
    assert data == {"why": f"So {why}", "days": ["1", days], "how": "weekly"}
    searched = Use("buddies:x", data={"q": "{planted}"})
    assert list(filled(searched, 5, words, ["one", "two"], {})) == [{"q": "one"}, {"q": "two"}]


@pytest.mark.once
def test_a_reader_may_find_their_words_in_a_page_and_nowhere_else():
    words = Words()
    shared, own = words.word("a.Shared.text").encode(), words.word("a.Own.text").encode()

    def traces(data):
        return words.traces(words.without({"a.Shared.text"}, data, body=True))

    assert traces(b"200 OK\n\n<p>" + shared + b"</p>") == []
    assert traces(b"302 Found\nLocation: /?q=" + shared + b"\n\n") == ["raw"]
    assert traces(b"200 OK\n\n<p>" + shared + own + b"</p>") == ["raw"]
    assert traces(b"200 OK\n\n<p>" + shared.upper() + b"</p>") == ["raw"]
