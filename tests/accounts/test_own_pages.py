"""The member's own pages, and the pages that say who can see what."""

import pytest

from accounts.actions import give_role, suspend_member
from accounts.choices import RoleKind
from accounts.models import User
from cohorts.models import Attendance
from core import register
from core.models import AuditEvent

pytestmark = pytest.mark.django_db


def profile(client, **fields):
    typed = {
        "chosen_name": "Dev",
        "pronouns": "",
        "organization": "",
        "time_zone": "UTC",
        "language": "",
    }
    return client.post("/account/profile/", {**typed, **fields})


def test_dev_changes_name_and_pronouns(cast, as_):
    client = as_("dev")

    profile(client, chosen_name="Devendra", pronouns="he / they")

    dev = User.objects.get(pk=cast["dev"].pk)
    assert (dev.chosen_name, dev.pronouns, dev.time_zone) == ("Devendra", "he / they", "UTC")
    assert "Good to see you, Devendra" in client.get("/today/").text


@pytest.mark.parametrize(
    ("field", "value"),
    [("time_zone", "Mars/Olympus"), ("language", "tlh"), ("chosen_name", "x" * 300), ("organization", "9" * 40)],
)  # fmt: skip
def test_a_wrong_value_is_named_and_nothing_is_lost(cast, as_, field, value):
    page = profile(as_("dev"), **{"pronouns": "kept words", field: value})

    assert page.status_code == 200
    assert 'aria-invalid="true"' in page.text
    assert "kept words" in page.text
    assert User.objects.get(pk=cast["dev"].pk).chosen_name == "Dev Banerjee"


@pytest.mark.parametrize("field", ["is_superuser", "is_active", "email", "session_epoch", "id"])
def test_fields_that_are_not_on_the_form_are_not_taken(cast, as_, field):
    """A4."""
    before = User.objects.filter(pk=cast["dev"].pk).values(field).get()

    profile(as_("dev"), **{field: "1"})

    assert User.objects.filter(pk=cast["dev"].pk).values(field).get() == before


def test_a_name_that_is_code_is_shown_as_typed(cast, as_):
    """G2."""
    client = as_("dev")
    profile(client, chosen_name="<script>alert(1)</script>")

    page = client.get("/today/").text

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_time_zone_that_this_machine_does_not_know_counts_as_utc(cast, as_):
    User.objects.filter(pk=cast["dev"].pk).update(time_zone="Mars/Olympus")
    client = as_("dev")

    answers = [client.get(address).status_code for address in ("/today/", "/account/", "/account/profile/")]  # fmt: skip

    assert answers == [200, 200, 200]


def test_visible_lists_what_each_part_of_the_house_shows_of_dev(cast, as_):
    page = as_("dev").get("/account/visible/").text

    lines = register.visible_of(cast["dev"])
    assert len(lines) >= 5
    assert "Riverton Unified Schools" in page
    assert "in the cohort Spring" in page
    assert "Only you" in page
    assert "Elu" not in page


def test_what_others_did_is_shown_to_the_member_and_to_nobody_else(cast, as_):
    """F10."""
    give_role(member=cast["dev"], kind=RoleKind.EDITOR, reason="writes", by=cast["ana"])

    given = "Ana Reyes (Backbone team) gave you a role."
    assert given in as_("dev").get("/account/").text
    assert given not in as_("elu").get("/account/").text
    Attendance.objects.filter(member=cast["elu"]).delete()
    assert "Nobody else has opened or changed it" in as_("elu").get("/account/").text


@pytest.mark.parametrize("name", ["mo", "rui", "gus", "dev"])
def test_only_the_backbone_gives_roles_or_suspends(cast, name):
    """B16: being an operator gives no right over people."""
    from django.core.exceptions import PermissionDenied

    before = AuditEvent.objects.count()
    with pytest.raises(PermissionDenied):
        give_role(member=cast["elu"], kind=RoleKind.OPERATOR, reason="", by=cast[name])
    with pytest.raises(PermissionDenied):
        suspend_member(member=cast["elu"], by=cast[name])

    assert User.objects.get(pk=cast["elu"].pk).is_active
    assert AuditEvent.objects.count() == before


def test_privacy_names_every_kind_of_thing_that_is_kept(nobody):
    page = nobody.get("/privacy/parts/").text

    for words in (
        "Announcement",
        "Finished lesson",
        "you alone",
        "your cohort",
        "the backbone team",
    ):
        assert words in page


def test_retention_lists_what_every_holding_declares(nobody):
    page = nobody.get("/privacy/retention/").text
    rows = [row for holding in register.holdings() for row in holding.retention]

    assert len(rows) >= 8
    assert page.count("<tr>") == len(rows) + 1
