"""Naming an organization, and being known there: only who is known may speak for it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.belonging import (
    belonging_answerable_by,
    belonging_endable_by,
    can_answer_belonging,
    can_end_belonging,
    confirm_belonging,
    doubt_belonging,
)
from accounts.models import User
from accounts.permissions import speakers_of, speaks_for
from core import register
from core.models import AuditEvent
from notices.models import Notice

pytestmark = pytest.mark.django_db

PAGE = "/account/organization/"


@pytest.fixture
def schools(cast):
    return cast["dev"].organization_id


@pytest.fixture
def fay(cast, as_, schools):
    """Fay names the schools in her profile."""
    named(as_("fay"), schools)
    return User.objects.get(pk=cast["fay"].pk)


def named(client, organization, **more):
    form = {"chosen_name": "Fay Lindqvist", "time_zone": "UTC", "organization": organization or ""}
    client.post("/account/profile/", {**form, **more})


def answer(client, member, act, organization=None):
    form = {"act": act, "organization": str(organization or member.organization_id)}
    return client.post(f"{PAGE}{member.pk}/", form)


def now(member):
    return User.objects.get(pk=member.pk)


def agree(cast, rule, rows, member):
    by_rule = {name for name, one in cast.items() if rule(one, member)}
    assert by_rule == {
        name for name, one in cast.items() if rows(one).filter(pk=member.pk).exists()
    }
    return by_rule


def test_naming_an_organization_lets_nobody_speak_for_it(cast, as_, fay, schools):
    assert not speaks_for(fay, schools)
    assert "Nobody has confirmed yet that you belong to Riverton Unified Schools" in as_("fay").get(PAGE).text  # fmt: skip
    assert "Nobody has confirmed yet" not in as_("dev").get(PAGE).text
    for name, one in cast.items():
        assert speaks_for(now(one), schools) == (name == "dev")
        assert speakers_of(schools).filter(pk=one.pk).exists() == (name == "dev")


def test_a_colleague_who_is_known_says_yes_and_fay_is_told(cast, as_, fay, schools):
    page = as_("dev").get(PAGE).text
    assert "Fay Lindqvist" in page

    answer(as_("dev"), fay, "confirm")

    fay = now(fay)
    assert speaks_for(fay, schools)
    assert fay.organization_confirmed_by == cast["dev"]
    assert "It is confirmed that you belong to Riverton Unified Schools" in as_("fay").get("/account/notices/").text  # fmt: skip
    assert "That it is confirmed that you belong" in as_("fay").get("/account/visible/").text
    assert AuditEvent.objects.filter(verb="member.belonging_confirmed").count() == 1
    assert "It was confirmed that you belong" in as_("fay").get("/account/").text
    assert "Fay Lindqvist" not in as_("dev").get(PAGE).text


def test_a_second_press_changes_nothing(cast, as_, fay):
    for _time in range(2):
        confirm_belonging(member=fay, organization_id=fay.organization_id, by=cast["dev"])

    assert Notice.objects.filter(member=fay, kind="accounts.belonging").count() == 1
    assert AuditEvent.objects.filter(verb="member.belonging_confirmed").count() == 1


def test_who_answers_is_known_there_or_of_the_backbone_and_never_oneself(cast, as_, fay):
    people = {**cast, "fay": fay}
    assert agree(people, can_answer_belonging, belonging_answerable_by, fay) == {"dev", "ana", "lena"}  # fmt: skip
    assert agree(people, can_end_belonging, belonging_endable_by, cast["dev"]) == {"ana", "lena"}

    for name in ("fay", "elu", "mo", "rui", "gus"):
        assert answer(as_(name), fay, "confirm").status_code == 404
        with pytest.raises(PermissionDenied):
            confirm_belonging(member=fay, organization_id=fay.organization_id, by=people[name])
    assert answer(as_("dev"), cast["elu"], "doubt").status_code == 404
    assert now(fay).organization_confirmed_at is None


def test_two_strangers_do_not_confirm_each_other(cast, as_, fay, schools):
    named(as_("elu"), schools, chosen_name="Elu")
    elu = now(cast["elu"])

    assert answer(as_("elu"), fay, "confirm").status_code == 404
    assert answer(as_("fay"), elu, "confirm").status_code == 404


def test_who_is_not_known_is_told_and_may_still_be_known_to_others(cast, as_, fay, schools):
    answer(as_("dev"), fay, "doubt")

    page = as_("fay").get(PAGE).text
    assert "somebody said that they do not know you at Riverton Unified Schools" in page
    assert "Dev Banerjee" not in page
    assert "Somebody said that they do not know you" in as_("fay").get("/account/notices/").text
    desk = as_("ana").get(PAGE).text
    assert "somebody does not know them there" in desk
    assert not speaks_for(now(fay), schools)

    answer(as_("ana"), fay, "confirm")

    assert speaks_for(now(fay), schools)
    assert now(fay).organization_doubted_at is None


def test_the_backbone_begins_and_takes_back(cast, as_, schools):
    assert "Dev Banerjee" in as_("ana").get(PAGE).text

    answer(as_("ana"), cast["dev"], "doubt")

    assert not speaks_for(now(cast["dev"]), schools)
    assert now(cast["dev"]).organization_confirmed_by is None
    assert answer(as_("dev"), cast["ana"], "doubt").status_code == 404


def test_another_organization_begins_anew_and_coming_back_does_too(cast, as_, schools):
    home = cast["dev"].organization_id
    named(as_("dev"), cast["elu"].organization_id, chosen_name="Dev")
    assert now(cast["dev"]).organization_confirmed_at is None

    named(as_("dev"), home, chosen_name="Dev")

    assert not speaks_for(now(cast["dev"]), home)


def test_other_words_of_the_profile_leave_it_as_it_is(cast, as_, schools):
    named(as_("dev"), schools, chosen_name="Devendra")

    assert speaks_for(now(cast["dev"]), schools)


@pytest.mark.parametrize("fields", [None, ["organization"], ["organization_id", "chosen_name"]])
def test_whatever_writes_the_organization_empties_what_was_confirmed(cast, fields):
    dev = cast["dev"]
    dev.organization = cast["elu"].organization
    dev.save(update_fields=fields)

    assert dev.organization_confirmed_at is None
    assert now(dev).organization_confirmed_at is None


def test_a_row_that_was_read_earlier_brings_nothing_back(cast, schools):
    old = now(cast["dev"])
    doubt_belonging(member=cast["dev"], organization_id=schools, by=cast["ana"])

    old.pronouns = "they"
    old.save()

    assert now(old).organization_confirmed_at is None


def test_what_was_read_of_another_organization_confirms_nothing(cast, as_, fay, schools):
    """Fay names the hospital while Ana looks at the page that says schools."""
    named(as_("fay"), cast["ben"].organization_id)

    said = as_("ana").post(f"{PAGE}{fay.pk}/", {"act": "confirm", "organization": str(schools)}, follow=True)  # fmt: skip

    assert "named another organization meanwhile" in said.text
    assert now(fay).organization_confirmed_at is None


@pytest.mark.parametrize("sent", [{}, {"act": "confirm"}, {"act": "confirm", "organization": "x"}, {"act": "rule"}])  # fmt: skip
def test_what_our_page_did_not_send_changes_nothing(cast, as_, fay, sent):
    assert as_("dev").post(f"{PAGE}{fay.pk}/", sent).status_code == 302
    assert now(fay).organization_confirmed_at is None


def test_a_suspended_member_speaks_for_nobody(cast, schools):
    User.objects.filter(pk=cast["dev"].pk).update(is_active=False)

    assert not speaks_for(now(cast["dev"]), schools)
    assert not speakers_of(schools).filter(pk=cast["dev"].pk).exists()
    assert list(speakers_of(None)) == []


def test_an_organization_that_is_gone_leaves_nobody_to_speak_for_the_next(cast):
    dev = cast["dev"]
    User.objects.filter(pk=dev.pk).update(organization=None)
    dev = now(dev)
    assert dev.organization_confirmed_at is not None

    dev.organization = cast["elu"].organization
    dev.save()

    assert not speaks_for(now(dev), cast["elu"].organization_id)


def test_the_page_asks_as_much_for_three_as_for_one(cast, as_):
    ana = as_("ana")
    known = list(User.objects.filter(organization__isnull=False).exclude(pk=cast["ana"].pk)[:6])

    def asked(number):
        """With so many who wait, and so many of whom it is known."""
        User.objects.exclude(pk=cast["ana"].pk).update(organization=None)
        for at, rows in ((None, known[:number]), (timezone.now(), known[3 : 3 + number])):
            User.objects.filter(pk__in=[one.pk for one in rows]).update(
                organization=cast["dev"].organization,
                organization_confirmed_at=at,
                organization_confirmed_by=cast["ana"] if at else None,
            )
        with CaptureQueriesContext(connection) as questions:
            page = ana.get(PAGE).text
        assert page.count("Yes, we work together") == page.count("Take it back") == number
        return len(questions)

    asked(1)  # the first page of a process asks what the next ones remember
    assert asked(1) == asked(3)


def test_it_is_taken_along(cast):
    holding = next(one for one in register.holdings() if one.name == "accounts")

    taken = holding.export(cast["dev"])

    assert taken["organization_confirmed"] == cast["dev"].organization_confirmed_at.isoformat()
    assert taken["organization_doubted"] is None
