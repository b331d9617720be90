"""Questions that are put into SQL once: they are asked anew each time, and no hour of the first one stays in them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import DateTimeField, UUIDField
from django.utils import timezone

from accounts.choices import RoleKind
from accounts.models import Role, User
from accounts.querysets import in_force
from core.prepared import Given, Prepared

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
        Prepared(lambda: Role.objects.filter(in_force())).ask()


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
