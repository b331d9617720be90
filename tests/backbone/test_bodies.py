"""Bodies on the desk: made, renamed, and who sits in them."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.actions import accept_seat, offer_seat
from accounts.bodies import bodies_changeable_by, can_change_body, change_body, make_body
from accounts.leaving import leave
from accounts.models import Body, User

pytestmark = pytest.mark.django_db

BODIES = "/backbone/bodies/"


def test_ana_makes_a_body_and_gives_it_another_name(as_):
    ana = as_("ana")

    made = ana.post(f"{BODIES}new/", {"name": "Data circle", "purpose": "Decides what we count."})
    assert made["Location"] == f"{BODIES}data-circle/"
    ana.post(made["Location"], {"name": "Circle of data", "purpose": "Decides what we count."})

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


def test_what_another_window_changed_stays(cast):
    body = make_body(name="Circle", purpose="Old.", by=cast["ana"])
    other = Body.objects.get(pk=body.pk)

    change_body(body=body, changes={"purpose": "New."}, by=cast["ana"])
    change_body(body=other, changes={"name": "Round"}, by=cast["lena"])

    body.refresh_from_db()
    assert (body.name, body.purpose) == ("Round", "New.")


def test_the_two_forms_of_the_rule_agree_for_the_whole_cast(cast):
    for name, one in cast.items():
        body = Body.objects.get()
        assert can_change_body(one, body) == bodies_changeable_by(one).filter(pk=body.pk).exists()
        assert can_change_body(one, body) == (name in ("ana", "lena"))
        if name not in ("ana", "lena"):
            with pytest.raises(PermissionDenied):
                make_body(name="Mine", purpose="", by=one)
            with pytest.raises(PermissionDenied):
                change_body(body=body, changes={"name": "Mine"}, by=one)


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


def test_the_seat_of_who_has_left_leads_to_no_page(cast, as_):
    page = f"{BODIES}steering-committee/"
    assert f"/backbone/people/{cast['ben'].pk}/" in as_("ana").get(page).text

    leave(by=User.objects.get(pk=cast["ben"].pk), takes_along=False)

    shown = as_("ana").get(page).text
    assert f"/backbone/people/{cast['ben'].pk}/" not in shown
    assert "Former member" not in shown
