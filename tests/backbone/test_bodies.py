"""Bodies on the desk: made, renamed, and who sits in them."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.actions import accept_seat, offer_seat
from accounts.bodies import (
    bodies_changeable_by,
    can_change_body,
    change_body,
    make_body,
    mark_of,
)
from accounts.leaving import leave
from accounts.models import Body, User

pytestmark = pytest.mark.django_db

BODIES = "/backbone/bodies/"


def test_ana_makes_a_body_and_gives_it_another_name(as_):
    ana = as_("ana")

    made = ana.post(f"{BODIES}new/", {"name": "Data circle", "purpose": "Decides what we count."})
    assert made["Location"] == f"{BODIES}data-circle/"
    seen = mark_of(Body.objects.get(slug="data-circle"))
    ana.post(made["Location"], {"name": "Circle of data", "purpose": "Decides what we count.", "seen": seen})  # fmt: skip

    body = Body.objects.get(slug="data-circle")
    assert (body.name, body.purpose) == ("Circle of data", "Decides what we count.")
    assert "Circle of data" in ana.get(BODIES).text


def test_two_bodies_of_one_name_are_refused_and_what_was_typed_stays(as_):
    page = as_("ana").post(f"{BODIES}new/", {"name": "Riverton steering committee", "purpose": "Also decides."})  # fmt: skip

    assert page.status_code == 200
    assert "Also decides." in page.text
    assert Body.objects.count() == 1


def test_addresses_stay_apart(cast):
    names = ("New", "Circle", "Circle!", "Çírcle?", "圓")

    made = [make_body(name=name, purpose="", by=cast["ana"]).slug for name in names]

    assert made == ["new-2", "circle", "circle-2", "circle-3", "body"]


def test_the_two_forms_of_the_rule_agree_for_the_whole_cast(cast):
    for name, one in cast.items():
        body = Body.objects.get()
        assert can_change_body(one, body) == bodies_changeable_by(one).filter(pk=body.pk).exists()
        assert can_change_body(one, body) == (name in ("ana", "lena"))
        if name not in ("ana", "lena"):
            with pytest.raises(PermissionDenied):
                make_body(name="Mine", purpose="", by=one)
            with pytest.raises(PermissionDenied):
                change_body(body=body, name="Mine", purpose="", seen=mark_of(body), by=one)


def test_lists_cost_the_same_at_one_and_at_three(cast, as_, django_assert_num_queries):
    ana = as_("ana")
    committee = Body.objects.get()
    committee.seats.exclude(member=cast["ben"]).delete()
    ana.get(BODIES)

    with django_assert_num_queries(6):
        ana.get(BODIES)
    with django_assert_num_queries(7):
        ana.get(f"{BODIES}steering-committee/")
    for name in ("dev", "elu"):
        make_body(name=f"Circle of {name}", purpose="", by=cast["ana"])
        accept_seat(
            seat=offer_seat(body=committee, member=cast[name], title="", by=None), by=cast[name]
        )
    ana.get(BODIES)  # a new body is published
    with django_assert_num_queries(6):
        page = ana.get(BODIES)
    with django_assert_num_queries(7):
        ana.get(f"{BODIES}steering-committee/")

    assert "3 seats are filled" in page.text


def test_the_list_counts_nobody_who_has_left(cast, as_):
    offer_seat(body=Body.objects.get(), member=cast["dev"], title="", by=cast["ana"])
    before = bodies_changeable_by(cast["ana"]).get()
    assert (before.filled, before.offered) == (3, 1)

    for name in ("ben", "dev"):
        leave(by=User.objects.get(pk=cast[name].pk), takes_along=False)

    after = bodies_changeable_by(cast["ana"]).get()
    assert (after.filled, after.offered) == (2, 0)
    assert "2 seats are filled</span>" in as_("ana").get(BODIES).text


def test_the_seat_of_who_has_left_leads_to_no_page(cast, as_):
    page = f"{BODIES}steering-committee/"
    assert f"/backbone/people/{cast['ben'].pk}/" in as_("ana").get(page).text

    leave(by=User.objects.get(pk=cast["ben"].pk), takes_along=False)

    shown = as_("ana").get(page).text
    assert f"/backbone/people/{cast['ben'].pk}/" not in shown
    assert "Former member" not in shown
