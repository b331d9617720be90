"""Who is in the room, who facilitates, and how that changes hands."""

from uuid import uuid4

import pytest

from caucuses.actions import SomebodyDoes, begin_to_facilitate
from caucuses.models import Event, Seat
from caucuses.permissions import (
    can_remove_seat,
    can_see_event,
    can_see_seat,
    events_visible_to,
    seats_removable_by,
    seats_visible_to,
)
from tests.caucuses.changing import damage, fresh
from tests.caucuses.paging import earlier_page
from tests.caucuses.story import a_room, join

pytestmark = pytest.mark.django_db


def people_of(seat):
    return f"/caucuses/{seat.caucus_id}/people/"


def test_the_names_of_the_room_and_who_facilitates(as_, cast):
    dev, _elu = a_room(cast["dev"], cast["elu"])
    join(dev, cast["jo"], has_accepted=False)

    page = as_("elu").get(people_of(dev)).content.decode()

    assert "<strong>Dev</strong>" in page
    assert "<strong>Elu</strong>" in page
    assert "<strong>Jo</strong>" not in page
    assert cast["dev"].get_full_name() not in page
    assert page.count("facilitates</span>") == 1
    assert "Remove from the room" not in page


def test_a_name_in_the_room_is_ones_own_to_choose(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    client = as_("elu")

    taken = client.post(f"{people_of(dev)}name/", {"name": "dev"})
    empty = client.post(f"{people_of(dev)}name/", {"name": "  "})
    long = client.post(f"{people_of(dev)}name/", {"name": "e" * 61})
    done = client.post(f"{people_of(dev)}name/", {"name": " River   stone "})

    assert "Somebody in this room goes by that name" in taken.content.decode()
    assert 'value="dev"' in taken.content.decode()
    assert "Choose a name that the others can read" in empty.content.decode()
    assert "e" * 61 in long.content.decode()
    assert done.url == people_of(dev)
    assert fresh(elu).name == "River stone"


def test_a_name_that_cannot_be_opened_leaves_the_page_whole(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    damage(elu, "name")
    damage(dev.caucus, "name", "purpose")

    page = as_("dev").get(people_of(dev)).content.decode()

    assert "a member whose name cannot be opened" in page
    assert "A room whose name cannot be opened" in page
    assert as_("elu").get(people_of(dev)).status_code == 200
    assert (
        "This cannot be opened." in as_("dev").get(f"/caucuses/{dev.caucus_id}/").content.decode()
    )


def test_the_list_asks_the_same_number_of_questions(as_, cast, django_assert_num_queries):
    dev, _elu = a_room(cast["dev"], cast["elu"])
    client = as_("dev")
    client.get(people_of(dev))

    with django_assert_num_queries(10):
        client.get(people_of(dev))
    join(dev, cast["jo"])
    join(dev, cast["hana"])
    with django_assert_num_queries(10):
        client.get(people_of(dev))


def test_a_facilitator_asks_and_the_other_says_yes(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    ask, role = f"{people_of(dev)}{elu.pk}/ask/", f"{people_of(dev)}role/"

    as_("dev").post(ask)
    assert "Would you facilitate, too?" in as_("elu").get(people_of(dev)).content.decode()
    assert not fresh(elu).is_facilitator
    as_("elu").post(role, {"act": "yes"})

    assert fresh(elu).is_facilitator
    assert not fresh(elu).is_asked
    assert Event.objects.filter(what="facilitates").get().seat_id == elu.pk


def test_no_needs_no_reason_and_a_question_can_be_taken_back(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    ask, role = f"{people_of(dev)}{elu.pk}/ask/", f"{people_of(dev)}role/"

    as_("dev").post(ask)
    as_("elu").post(role, {"act": "no"})
    assert not fresh(elu).is_asked
    as_("dev").post(ask)
    as_("dev").post(ask, {"ask": "no"})
    late = as_("elu").post(role, {"act": "yes"}, follow=True).content.decode()

    assert "You are not asked any more." in late
    assert not fresh(elu).is_facilitator
    assert as_("elu").post(ask).status_code == 403
    assert as_("elu").post(role, {"act": "x"}).status_code == 403


def test_the_last_one_steps_back_and_anybody_takes_it_on(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    role = f"{people_of(dev)}role/"

    before = as_("dev").get(people_of(dev)).content.decode()
    as_("dev").post(role, {"act": "step_back"})
    page = as_("elu").get(f"/caucuses/{dev.caucus_id}/").content.decode()
    as_("elu").post(role, {"act": "begin"})
    late = as_("dev").post(role, {"act": "begin"}, follow=True).content.decode()
    log = as_("dev").get(f"/caucuses/{dev.caucus_id}/log/").content.decode()

    assert "You are the only one." in before
    assert "Nobody facilitates this room at the moment" in page
    assert fresh(elu).is_facilitator
    assert not fresh(dev).is_facilitator
    assert "Somebody else has just begun" in late
    assert log.index("A member began to facilitate.") < log.index("A facilitator stepped back.")
    assert "Elu" in log
    with pytest.raises(SomebodyDoes):
        begin_to_facilitate(seat=fresh(dev))


def test_who_was_invited_to_facilitate_and_never_came_keeps_nobody_from_it(cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    Seat.objects.filter(pk=dev.pk).update(since=None, accepted=0)

    begin_to_facilitate(seat=fresh(elu))

    assert fresh(elu).is_facilitator


def test_the_door_names_a_facilitator_who_wants_it(as_, cast):
    dev, _elu = a_room(cast["dev"], cast["elu"], is_listed=True)
    door = f"{people_of(dev)}door/"

    as_("dev").post(door, {"named": "yes"})
    assert fresh(dev).is_named_at_door
    assert as_("elu").post(door, {"named": "yes"}).status_code == 403
    as_("dev").post(f"{people_of(dev)}role/", {"act": "step_back"})

    assert not fresh(dev).is_named_at_door


def test_the_log_begins_when_one_came(as_, cast):
    dev = a_room(cast["dev"])[0]
    elu = join(dev, cast["elu"])

    log = as_("elu").get(f"/caucuses/{dev.caucus_id}/log/").content.decode()

    assert "The room was opened." not in log
    assert (
        "The room was opened." in as_("dev").get(f"/caucuses/{dev.caucus_id}/log/").content.decode()
    )
    for seat in (fresh(dev), fresh(elu)):
        assert set(events_visible_to(seat)) == {
            row for row in Event.objects.all() if can_see_event(seat, row)
        }


def test_the_log_goes_on_page_by_page_with_the_same_questions(as_, cast, django_assert_num_queries):
    dev = a_room(cast["dev"])[0]
    log = f"/caucuses/{dev.caucus_id}/log/"
    client = as_("dev")
    client.get(log)

    with django_assert_num_queries(8):
        client.get(log)
    for _ in range(60):
        Event.objects.create(caucus=dev.caucus, what="meeting", seat=dev)
    with django_assert_num_queries(8):
        first = client.get(log).content.decode()
    further = earlier_page(first)
    Event.objects.create(caucus=dev.caucus, what="meeting", seat=dev)
    second = client.get(f"{log}{further}").content.decode()
    third = client.get(f"{log}{earlier_page(second)}").content.decode()

    assert [page.count("A meeting was called.") for page in (first, second, third)] == [20, 20, 20]
    last = client.get(f"{log}{earlier_page(third)}").content.decode()
    assert "The room was opened." in last
    assert earlier_page(last) is None
    assert "The latest" in last
    for nonsense in ("x", str(uuid4())):
        assert client.get(f"{log}?before={nonsense}").content.decode().count("A meeting") == 20


def test_both_forms_of_the_rules_agree(cast):
    dev, elu, jo = a_room(cast["dev"], cast["elu"], cast["jo"])
    a_room(cast["hana"], cast["dev"])
    Seat.objects.filter(pk=jo.pk).update(is_facilitator=True)
    seats = [fresh(row) for row in Seat.objects.all()]

    for seat in seats:
        assert set(seats_visible_to(seat)) == {row for row in seats if can_see_seat(seat, row)}
        assert set(seats_removable_by(seat)) == {row for row in seats if can_remove_seat(seat, row)}
    assert [row.pk for row in seats_removable_by(fresh(dev))] == [elu.pk]
