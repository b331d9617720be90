"""A role at the schools: two people make it, its promise outlasts Dev, and a successor takes each promise on anew."""

import pytest
from django.core.exceptions import PermissionDenied

from accountability.commitments.actions import (
    AlreadyThere,
    accept_role,
    confirm_role,
    create_role,
    decline_role,
    end_between,
    leave_role,
    make_commitment,
    name_successor,
    take_on,
)
from accountability.commitments.models import Commitment, OrganizationRole
from accountability.commitments.permissions import (
    can_answer_offer,
    can_change_commitment,
    can_confirm_role,
    can_hold_role,
    can_keep_commitment,
    can_name_successor,
    can_see_commitment,
    can_see_role,
    commitments_between,
    commitments_changeable_by,
    commitments_kept_by,
    commitments_visible_to,
    roles_confirmable_by,
    roles_named_for_by,
    roles_visible_to,
)
from accounts.models import User
from accounts.permissions import speakers_of
from core import register
from notices.models import Notice
from tests.accountability.commitments.promises import (
    HIRING,
    pair,
    promise,
    role_of,
    shared,
    stop,
    works_at,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def fay(cast):
    """Fay works at the schools in these stories."""
    return works_at(cast["fay"], cast["dev"].organization)


@pytest.fixture
def role(cast, fay):
    return role_of(cast["dev"], fay)


def agree(cast, rule, rows, row):
    by_rule = {name for name, member in cast.items() if rule(member, row)}
    assert by_rule == {
        name for name, member in cast.items() if rows(member).filter(pk=row.pk).exists()
    }
    return by_rule


def test_a_second_person_confirms_and_never_who_created_it(cast, fay):
    role = create_role(by=cast["dev"], title="Principal")

    assert agree(cast, can_confirm_role, roles_confirmable_by, role) == {"fay"}
    assert agree(cast, can_see_role, roles_visible_to, role) == {"dev", "fay", "ana", "lena"}
    with pytest.raises(PermissionDenied):
        confirm_role(by=cast["dev"], role=role)
    with pytest.raises(PermissionDenied):
        make_commitment(by=cast["dev"], kind="stand", text=HIRING, role=role)


@pytest.fixture
def alone(cast):
    """Dev is the only one of whom it is known that he belongs to the schools."""
    speakers_of(cast["dev"].organization_id).exclude(pk=cast["dev"].pk).update(
        organization_confirmed_at=None
    )
    return cast["dev"]


def test_whoever_names_the_organization_alone_confirms_nothing_and_sees_no_role(cast, as_, fay):
    role = create_role(by=cast["dev"], title="Principal")
    works_at(fay, cast["ana"].organization, confirmed=False)
    works_at(fay, cast["dev"].organization, confirmed=False)

    assert agree(cast, can_confirm_role, roles_confirmable_by, role) == set()
    assert agree(cast, can_see_role, roles_visible_to, role) == {"dev", "ana", "lena"}
    assert as_("fay").get(f"/commitments/roles/{role.pk}/").status_code == 404
    assert "How to be confirmed" in as_("fay").get("/commitments/roles/").text
    assert "Bursar" in as_("fay").post("/commitments/roles/new/", {"title": "Bursar"}).text
    with pytest.raises(PermissionDenied):
        create_role(by=fay, title="Bursar")
    assert OrganizationRole.objects.count() == 1


def test_the_backbone_gives_no_stranger_the_name_of_an_organization(cast, as_, alone):
    """It confirms where nobody else can, and only for who is known there."""
    role = create_role(by=alone, title="Principal")
    assert agree(cast, can_confirm_role, roles_confirmable_by, role) == {"ana", "lena"}

    User.objects.filter(pk=alone.pk).update(organization_confirmed_at=None)
    alone.refresh_from_db()

    role = OrganizationRole.objects.get()
    assert agree(cast, can_confirm_role, roles_confirmable_by, role) == set()
    assert "First it has to be confirmed" in as_("ana").get(f"/commitments/roles/{role.pk}/").text
    with pytest.raises(PermissionDenied):
        confirm_role(by=cast["ana"], role=role)


def test_whose_belonging_is_taken_back_holds_the_role_no_more(cast, role, fay):
    row = promise(cast["dev"], role=role)
    User.objects.filter(pk=cast["dev"].pk).update(organization_confirmed_at=None)
    cast["dev"].refresh_from_db()

    role, row = OrganizationRole.objects.get(), Commitment.objects.get(pk=row.pk)
    assert agree(cast, can_hold_role, OrganizationRole.objects.held_by, role) == set()
    assert agree(cast, can_keep_commitment, commitments_kept_by, row) == set()
    assert list(OrganizationRole.objects.vacant()) == [role]


@pytest.mark.parametrize("first", ["dev", "fay"])
def test_who_stopped_contact_is_asked_and_never_hears_of_it(cast, as_, role, fay, first):
    """To Dev the list and the role say the same; whom he stopped himself is not offered."""
    two = {"dev": cast["dev"], "fay": fay}
    stopping = two.pop(first)
    (other,) = two.values()
    stop(stopping, other)
    address = f"/commitments/roles/{role.pk}/"

    offered = "Fay Lindqvist" in as_("dev").get(address).text
    as_("dev").post(f"{address}hand-on/", {"member": str(fay.pk)})

    role = OrganizationRole.objects.get()
    assert offered == (first == "fay")
    assert (role.successor, role.is_passed_on) == ((fay, False) if first == "fay" else (None, True))
    assert ("Fay Lindqvist</dd>" in as_("dev").get(address).text) == offered
    assert agree(cast, can_answer_offer, OrganizationRole.objects.offered_to, role) == set()
    assert "Fay Lindqvist</dd>" not in as_("fay").get(address).text
    assert "take this role" not in as_("fay").get(address).text
    assert not Notice.objects.filter(member=fay, kind="commitments.successor").exists()


def test_stopping_contact_ends_the_offer_of_a_role(cast, role, fay):
    name_successor(by=cast["dev"], role=role, member=fay)

    end_between(by=fay, other=cast["dev"])

    assert OrganizationRole.objects.get().successor is None


def test_the_buddy_of_a_new_holder_reads_what_they_have_taken_on(cast, role, fay):
    row = shared(cast["dev"], "buddy", role=role)
    name_successor(by=cast["dev"], role=role, member=fay)
    accept_role(by=fay, role=role)
    two = pair(fay, cast["elu"])

    row = Commitment.objects.get(pk=row.pk)
    assert agree(cast, can_see_commitment, commitments_visible_to, row) == {"fay"}
    assert not commitments_between(cast["elu"], two).exists()

    take_on(by=fay, commitment=row)

    row = Commitment.objects.get(pk=row.pk)
    assert agree(cast, can_see_commitment, commitments_visible_to, row) == {"fay", "elu"}


def test_the_backbone_confirms_without_reading_what_it_promises(cast, as_, alone):
    role = role_of(alone, cast["ana"])
    row = promise(cast["dev"], role=role)

    assert as_("ana").get(f"/commitments/{row.pk}/").status_code == 404
    assert as_("ana").get(f"/commitments/roles/{role.pk}/").status_code == 200


@pytest.mark.parametrize("title", ["Principal", "PRINCIPAL"])
def test_an_organization_has_each_name_once(cast, as_, role, title):
    with pytest.raises(AlreadyThere):
        create_role(by=cast["dev"], title=title)

    answer = as_("dev").post("/commitments/roles/new/", {"title": title})
    assert "has a role of this name" in answer.text
    assert OrganizationRole.objects.count() == 1


def test_without_an_organization_no_role(cast, as_):
    cast["jo"].organization = None
    cast["jo"].save()

    assert "names no organization" in as_("jo").post("/commitments/roles/new/", {"title": "Chair"}).text  # fmt: skip
    assert not OrganizationRole.objects.exists()


def test_what_a_role_promises_is_its_holders_to_read_and_the_organizations_to_keep(cast, role):
    row = promise(cast["dev"], role=role)

    assert agree(cast, can_keep_commitment, commitments_kept_by, row) == {"dev"}
    assert agree(cast, can_see_commitment, commitments_visible_to, row) == {"dev"}
    assert row.key_kind == "organization"
    assert row.key_ref == cast["dev"].organization_id


def test_the_successor_reads_after_accepting_and_takes_on_each_by_itself(cast, as_, role, fay):
    first, second = promise(cast["dev"], role=role), promise(cast["dev"], role=role)
    name_successor(by=cast["dev"], role=role, member=fay)
    assert as_("fay").get(f"/commitments/{first.pk}/").status_code == 404
    assert Notice.objects.filter(member=fay, kind="commitments.successor").count() == 1

    as_("fay").post(f"/commitments/roles/{role.pk}/answer/", {"act": "accept"})

    assert as_("dev").get(f"/commitments/{first.pk}/").status_code == 404
    page = as_("fay").get(f"/commitments/{first.pk}/").text
    assert HIRING.will in page
    assert "Take it on" in page
    assert as_("fay").get(f"/commitments/{first.pk}/edit/").status_code == 404
    first.refresh_from_db()
    assert agree(cast, can_change_commitment, commitments_changeable_by, first) == set()

    as_("fay").post(f"/commitments/{first.pk}/take-on/")

    first, second = (Commitment.objects.get(pk=row.pk) for row in (first, second))
    assert agree(cast, can_change_commitment, commitments_changeable_by, first) == {"fay"}
    assert agree(cast, can_change_commitment, commitments_changeable_by, second) == set()


def test_a_successor_who_declines_leaves_everything_as_it_was(cast, as_, role, fay):
    row = promise(cast["dev"], role=role)
    name_successor(by=cast["dev"], role=role, member=fay)

    decline_role(by=fay, role=role)

    role.refresh_from_db()
    assert (role.holder, role.successor) == (cast["dev"], None)
    assert as_("dev").get(f"/commitments/{row.pk}/").status_code == 200
    with pytest.raises(PermissionDenied):
        accept_role(by=fay, role=role)


def test_for_a_vacant_role_the_backbone_names_somebody_of_the_organization(cast, as_, role, fay):
    row = shared(cast["dev"], "public", role=role)
    leave_role(by=cast["dev"], role=role)
    role.refresh_from_db()

    assert agree(cast, can_name_successor, roles_named_for_by, role) == {"ana", "lena"}
    assert as_("dev").get(f"/commitments/public/{row.copy.pk}/").status_code == 200
    assert agree(cast, can_see_commitment, commitments_visible_to, Commitment.objects.get()) == set()  # fmt: skip
    wrong = as_("ana").post(f"/commitments/roles/{role.pk}/hand-on/", {"member": str(cast["jo"].pk)})  # fmt: skip
    assert "cannot be asked now" in wrong.text

    as_("ana").post(f"/commitments/roles/{role.pk}/hand-on/", {"member": str(fay.pk)})
    accept_role(by=fay, role=role)
    take_on(by=fay, commitment=row)

    assert agree(cast, can_see_commitment, commitments_visible_to, Commitment.objects.get()) == {"fay"}  # fmt: skip


def test_who_works_elsewhere_by_now_holds_it_no_more(cast, role):
    row = promise(cast["dev"], role=role)
    works_at(cast["dev"], cast["jo"].organization)

    role, row = OrganizationRole.objects.get(), Commitment.objects.get(pk=row.pk)
    assert agree(cast, can_hold_role, OrganizationRole.objects.held_by, role) == set()
    assert agree(cast, can_keep_commitment, commitments_kept_by, row) == set()
    assert agree(cast, can_name_successor, roles_named_for_by, role) == {"ana", "lena"}


def test_others_name_nobody_and_answer_nothing(cast, as_, role, fay):
    name_successor(by=cast["dev"], role=role, member=fay)
    role.refresh_from_db()

    assert agree(cast, can_answer_offer, OrganizationRole.objects.offered_to, role) == {"fay"}
    assert as_("ana").post(f"/commitments/roles/{role.pk}/hand-on/", {"member": str(fay.pk)}).status_code == 403  # fmt: skip
    assert as_("ana").post(f"/commitments/roles/{role.pk}/answer/", {"act": "accept"}).status_code == 403  # fmt: skip
    assert as_("jo").post(f"/commitments/roles/{role.pk}/answer/", {"act": "accept"}).status_code == 404  # fmt: skip


def test_a_promise_for_a_role_one_does_not_hold_is_refused_with_its_words(cast, as_, role):
    from tests.accountability.commitments.promises import FORM

    answer = as_("fay").post("/commitments/new/", {**FORM, "role": str(role.pk)})
    assert (
        answer.status_code == 302
    )  # Fay holds none: the box is not hers, and the promise is her own
    assert Commitment.objects.get().role is None

    other = as_("dev").post("/commitments/new/", {**FORM, "role": "00000000-0000-0000-0000-000000000000"})  # fmt: skip
    assert "You do not hold this role now" in other.text
    assert HIRING.will in other.text


def test_who_leaves_takes_their_own_along_and_leaves_the_roles(cast, role, nobody):
    """F5."""
    shared(cast["dev"], "public")
    kept = promise(cast["dev"], role=role)
    holding = next(one for one in register.holdings() if one.name == "commitments")

    for step in [*holding.erase(cast["dev"]), *holding.erase(cast["dev"])]:
        step()

    assert list(Commitment.objects.all()) == [kept]
    assert HIRING.will not in nobody.get("/commitments/public/").text
    role.refresh_from_db()
    assert (role.holder, role.made_by, role.accepted_at) == (None, None, None)
