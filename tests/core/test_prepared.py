"""Questions that are put into SQL once: they are asked anew each time, and no hour of the first one stays in them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import CharField, DateTimeField, UUIDField
from django.utils import timezone

from accounts.choices import RoleKind
from accounts.models import Body, Role, Seat, User
from accounts.permissions import holds, seats_of
from accounts.querysets import in_force
from core.clock import asked_now
from core.prepared import (
    Given,
    MoreIsAsked,
    Prepared,
    PreparedColumns,
    Somebody,
    room_for,
    several,
    told,
)

pytestmark = pytest.mark.django_db


def _one():
    return User.objects.filter(pk=Given("pk", UUIDField()))


def test_each_is_asked_with_its_own_values(cast):
    question = Prepared(_one)
    for name in ("dev", "elu", "dev"):
        (found,) = question.ask(pk=cast[name].pk)
        assert found == cast[name]
        assert found.email == cast[name].email
    assert question.ask(pk=str(cast["dev"].pk)) == [cast["dev"]]


def test_what_has_changed_is_seen(cast):
    question = Prepared(_one)
    assert question.ask(pk=cast["dev"].pk)[0].chosen_name == cast["dev"].chosen_name
    User.objects.filter(pk=cast["dev"].pk).update(chosen_name="Devi")
    assert question.ask(pk=cast["dev"].pk)[0].chosen_name == "Devi"


def test_one_question_is_one_query(cast, django_assert_num_queries):
    question = Prepared(_one)
    for name in ("dev", "elu"):
        with django_assert_num_queries(1):
            question.ask(pk=cast[name].pk)


def test_a_value_that_is_not_told_is_a_mistake():
    with pytest.raises(KeyError):
        Prepared(_one).ask()


def test_an_hour_that_would_stay_is_refused():
    with pytest.raises(TypeError):
        Prepared(lambda: Role.objects.filter(ended_at__gt=timezone.now())).ask()


def test_a_rule_about_now_is_asked_with_the_hour_of_each_time(cast):
    question = Prepared(lambda: Role.objects.in_force().filter(member=Somebody()))
    now = timezone.now()
    role = Role.objects.create(
        member=cast["dev"], kind=RoleKind.EDITOR, ended_at=now + timedelta(hours=1)
    )
    assert question.ask(member=cast["dev"].pk) == [role]
    assert question.ask(member=cast["dev"].pk, asked_now=now + timedelta(hours=2)) == []


def test_an_hour_before_or_after_the_told_one_is_told_with_it(cast):
    def left_within_a_day():
        return Role.objects.filter(ended_at__gt=asked_now() - timedelta(days=1))

    question, now = Prepared(left_within_a_day), timezone.now()
    role = Role.objects.create(member=cast["dev"], kind=RoleKind.EDITOR, ended_at=now)
    assert question.ask(asked_now=now + timedelta(hours=23)) == [role]
    assert question.ask(asked_now=now + timedelta(hours=25)) == []


def test_a_rule_is_asked_for_each_member_anew(cast):
    question = Prepared(lambda: seats_of(Somebody()))
    body = Body.objects.create(name="Steering committee", slug="steering")
    seat = Seat.objects.create(body=body, member=cast["dev"])
    assert question.ask(member=cast["dev"].pk) == [seat]
    assert question.ask(member=cast["elu"].pk) == []


def test_a_rule_that_looks_at_the_member_is_refused(cast):
    def of_their_organization():
        return User.objects.filter(organization=Somebody().organization_id)

    def of_dev_alone():
        return User.objects.filter(pk=cast["dev"].pk if Somebody() == cast["dev"] else None)

    for rule in (of_their_organization, of_dev_alone):
        with pytest.raises(MoreIsAsked):
            Prepared(rule).ask(member=cast["dev"].pk)


def test_a_rule_that_asks_something_else_first_is_refused(cast):
    def asks_twice():
        User.objects.filter(pk=cast["dev"].pk).exists()
        return User.objects.filter(pk=Somebody())

    with pytest.raises(MoreIsAsked):
        Prepared(asks_twice).ask(member=cast["dev"].pk)


def test_roles_are_known_where_they_were_said():
    assert holds(Somebody(frozenset({"backbone"})), RoleKind.BACKBONE)
    assert not holds(Somebody(frozenset()), RoleKind.BACKBONE)
    with pytest.raises(MoreIsAsked):
        holds(Somebody(), RoleKind.BACKBONE)


def test_columns_of_two_questions_are_one_question(cast, django_assert_num_queries):
    def both():
        rows = User.objects.filter(pk=Somebody()).order_by().values_list("pk", "email")
        others = User.objects.filter(email=Given("email", CharField())).order_by()
        return rows.union(others.values_list("pk", "email"), all=True)

    question = PreparedColumns(both)
    with django_assert_num_queries(1):
        found = question.ask(member=cast["dev"].pk, email=cast["elu"].email)
    assert sorted(found) == sorted((cast[name].pk, cast[name].email) for name in ("dev", "elu"))


def test_places_that_are_left_over_take_the_last_value(cast):
    keys = [cast[name].pk for name in ("dev", "elu", "fay")]
    room = room_for(len(keys))
    places = several("member", room, UUIDField())
    question = Prepared(lambda: User.objects.filter(pk__in=places))
    assert room == 4
    assert {row.pk for row in question.ask(**told("member", room, keys))} == set(keys)


def test_an_hour_that_is_told_is_that_hour(cast):
    question = Prepared(
        lambda: Role.objects.filter(in_force(now=Given("now", DateTimeField()))).filter(
            member=Given("member", UUIDField())
        )
    )
    now = timezone.now()
    role = Role.objects.create(
        member=cast["dev"], kind=RoleKind.EDITOR, ended_at=now + timedelta(hours=1)
    )
    assert question.ask(now=now, member=cast["dev"].pk) == [role]
    assert question.ask(now=now + timedelta(hours=2), member=cast["dev"].pk) == []


def test_a_role_that_has_ended_is_gone_at_the_next_request(as_, cast):
    role = Role.objects.create(member=cast["dev"], kind=RoleKind.BACKBONE)
    client = as_("dev")
    assert client.get("/backbone/").status_code != 404
    Role.objects.filter(pk=role.pk).update(ended_at=timezone.now())
    assert client.get("/backbone/").status_code == 404


def test_a_session_that_has_run_out_is_none(as_):
    from django.contrib.sessions.models import Session

    client = as_("dev")
    assert client.get("/today/").status_code == 200
    key = client.cookies["sessionid"].value
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/today/").status_code == 302


def test_a_session_that_was_ended_is_none(as_):
    from django.contrib.sessions.models import Session

    client = as_("dev")
    assert client.get("/today/").status_code == 200
    Session.objects.filter(pk=client.cookies["sessionid"].value).delete()
    assert client.get("/today/").status_code == 302


def test_rows_beside_and_what_is_annotated_come_as_from_the_query_set(cast):
    from django.db.models import Exists, OuterRef

    from cohorts.models import Membership

    def _memberships():
        others = Membership.objects.filter(cohort=OuterRef("cohort")).exclude(pk=OuterRef("pk"))
        rows = Membership.objects.select_related("member__organization", "cohort")
        shown = rows.only("member__email", "cohort__name", "member__organization__name")
        return shown.annotate(is_shared=Exists(others)).order_by("pk")

    def told(row):
        beside = row.member.organization
        return (row, row.member, row.member.email, row.cohort.name, beside and beside.name, bool(row.is_shared), row.get_deferred_fields())  # fmt: skip

    found = Prepared(_memberships).ask()
    assert len(found) > 1
    assert [told(row) for row in found] == [told(row) for row in _memberships()]
