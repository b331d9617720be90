"""There is always somebody who can run the initiative: the last of the backbone team stays until there is a successor."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections, transaction

from accounts.actions import end_role, give_role, suspend_member
from accounts.choices import RoleKind
from accounts.leaving import LastBackbone, leave
from accounts.models import Departure, Role, User
from accounts.permissions import backbone_team, is_last_backbone, keep_a_backbone

SENTENCE = "Give the role to somebody else first."


def role_of(member):
    return Role.objects.in_force().get(member=member, kind=RoleKind.BACKBONE)


def last(cast):
    return {name for name, member in cast.items() if is_last_backbone(member)}


@pytest.mark.django_db
def test_of_two_one_may_go_and_the_other_may_not(cast):
    assert last(cast) == set()

    end_role(role=role_of(cast["lena"]), reason="Moves away.", by=cast["ana"])

    assert last(cast) == {"ana"}
    with pytest.raises(PermissionDenied, match=SENTENCE):
        end_role(role=role_of(cast["ana"]), reason="Moves away, too.", by=cast["ana"])
    with pytest.raises(PermissionDenied, match=SENTENCE):
        suspend_member(member=cast["ana"], by=None)
    assert list(backbone_team()) == [cast["ana"]]


@pytest.mark.django_db
def test_who_is_suspended_runs_nothing_meanwhile(cast):
    suspend_member(member=cast["lena"], by=cast["ana"])

    assert last(cast) == {"ana"}


@pytest.mark.django_db
def test_a_successor_sets_the_last_one_free(cast):
    end_role(role=role_of(cast["lena"]), reason="Moves away.", by=cast["ana"])
    give_role(member=cast["mo"], kind=RoleKind.BACKBONE, reason="Takes over.", by=cast["ana"])

    end_role(role=role_of(cast["ana"]), reason="Goes on leave.", by=cast["ana"])

    assert last(cast) == {"mo"}


@pytest.mark.django_db
def test_whoever_is_of_no_team_goes_as_they_like(cast):
    end_role(role=role_of(cast["lena"]), reason="Moves away.", by=cast["ana"])

    for name in ("dev", "rui", "gus", "lena"):
        with transaction.atomic():
            keep_a_backbone(cast[name])  # raises nothing


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["role", "suspension", "leaving"])
def test_two_who_go_at_once_do_not_leave_the_team_empty(cast, way):
    ana, lena = cast["ana"].pk, cast["lena"].pk

    def by_role(pk):
        end_role(role=role_of(User.objects.get(pk=pk)), reason="Goes.", by=User.objects.get(pk=pk))

    def by_suspension(pk):
        suspend_member(member=User.objects.get(pk=pk), by=None)

    def by_leaving(pk):
        leave(by=User.objects.get(pk=pk), takes_along=False)

    second = {"role": by_role, "suspension": by_suspension, "leaving": by_leaving}[way]

    def go(act, pk):
        try:
            act(pk)
            return "gone"
        except (PermissionDenied, LastBackbone):
            return "stays"
        finally:
            connections.close_all()

    for _round in range(5):
        with ThreadPoolExecutor(2) as pool:
            acts = (by_leaving if way == "leaving" else by_role, second)
            went = list(pool.map(go, acts, (ana, lena)))

        assert sorted(went) == ["gone", "stays"]
        assert backbone_team().count() == 1
        again = Role.objects.filter(kind=RoleKind.BACKBONE, member__in=(ana, lena))
        again.update(ended_at=None, ended_by=None, end_reason="")
        User.objects.filter(pk__in=(ana, lena)).update(is_active=True)
        Departure.objects.all().delete()
