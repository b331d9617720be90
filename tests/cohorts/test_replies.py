"""Replies in a cohort's talk: by name, in the order of time, edited, deleted, removed with a reason, never counted."""

import re
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohorts.actions import delete_reply, leave_cohort, remove_reply
from cohorts.models import Prompt, Reply
from cohorts.permissions import (
    can_change_reply,
    can_remove_reply,
    can_reply_to_prompt,
    can_see_prompt,
    can_see_reply,
    prompts_visible_to,
    replies_changeable_by,
    replies_removable_by,
    replies_visible_to,
)
from core import doors, register
from core.audit import pseudonym
from core.models import AuditEvent
from notices.models import Notice
from tests.cohorts.talking import say, talk

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_replies_stand_in_the_order_of_time_by_name_and_without_a_number(as_, house, prompt):
    say(prompt, house.elu, "First words")
    say(prompt, house.ana, "**Second** words")

    page = as_("dev").get(talk(prompt)).text

    assert page.index("First words") < page.index("<strong>Second</strong> words")
    assert "Ana Reyes" in page
    assert not re.search(r"\b2 repl", page)


@pytest.mark.parametrize(
    ("name", "status"),
    [("dev", 200), ("mo", 200), ("ana", 200), ("fay", 404), ("ben", 404), ("rui", 404), ("gus", 404)],
)  # fmt: skip
def test_who_reads_along(as_, house, prompt, name, status):
    """A3, A8."""
    reply = say(prompt, house.elu)

    assert as_(name).get(talk(prompt)).status_code == status
    assert as_(name).get(f"/cohorts/spring/talk/{prompt.pk}/").status_code == 404
    shown = as_(name).get(f"{talk(prompt)}replies/{reply.pk}/")
    assert shown.status_code == (302 if status == 200 else 404)


def test_who_has_left_reads_nothing_any_more(as_, house, prompt):
    """A18."""
    say(prompt, house.dev)
    leave_cohort(cohort=house.larch, member=house.dev, by=house.dev)

    assert as_("dev").get(talk(prompt)).status_code == 404


def test_the_others_are_told_once_a_prompt_until_they_look(as_, house, prompt):
    say(prompt, house.dev)
    say(prompt, house.dev, "And one more thing")
    told = Notice.objects.filter(kind="cohorts.reply")

    first = {notice.member for notice in told}
    told.filter(member=house.elu).update(read_at=timezone.now())
    say(prompt, house.dev, "And another")

    assert first == {house.elu, house.hana, house.mo}
    assert told.all().count() == 4
    page = as_("hana").get("/account/notices/").text
    assert "There is a reply in Larch" in page
    assert "plum" not in page


def test_a_double_click_replies_once(as_, house, prompt):
    """H9."""
    once, client = uuid4(), as_("dev")

    for _press in range(2):
        client.post(f"{talk(prompt)}replies/", {"text": "Hello", "once": once})

    assert prompt.replies.count() == 1


@pytest.mark.parametrize("text", ["", "  \n", "x" * 10_001])
def test_what_cannot_be_posted_is_shown_again_with_a_sentence(as_, house, prompt, text):
    answer = as_("dev").post(f"{talk(prompt)}replies/", {"text": text})

    assert answer.status_code == 200
    assert re.search("Write something first|at most 10000", answer.text)
    assert prompt.replies.count() == 0


def test_a_hostile_reply_is_shown_and_not_run(as_, house, prompt):
    """G2."""
    say(prompt, house.elu, "<script>alert(1)</script> [x](javascript:alert(1))")

    page = as_("dev").get(talk(prompt)).text

    assert "<script>alert" not in page
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page)


def test_an_edit_in_a_forgotten_tab_shows_both_texts_and_overwrites_nothing(as_, house, prompt):
    """H9."""
    url = f"{talk(prompt)}replies/{say(prompt, house.dev).pk}/edit/"
    saved = as_("dev").post(url, {"text": "Pear tree", "revision": 1, "once": uuid4()})

    stale = as_("dev").post(url, {"text": "Fig tree", "revision": 1, "once": uuid4()})

    assert saved.status_code == 302
    assert stale.status_code == 409
    assert "Pear tree" in stale.text
    assert "Fig tree" in stale.text
    assert prompt.replies.get().text == "Pear tree"


@pytest.mark.parametrize(
    ("name", "status"), [("elu", 403), ("mo", 403), ("ana", 403), ("fay", 404), ("gus", 404)]
)
@pytest.mark.parametrize("verb", ["edit", "delete"])
def test_nobody_but_its_author_changes_a_reply(as_, house, prompt, name, status, verb):
    """A3."""
    url = f"{talk(prompt)}replies/{say(prompt, house.dev).pk}/{verb}/"

    assert as_(name).get(url).status_code == status
    assert as_(name).post(url, {"text": "Mine", "revision": 1}).status_code == status
    assert prompt.replies.get().revision == 1


def test_deleting_asks_first(as_, house, prompt):
    url = f"{talk(prompt)}replies/{say(prompt, house.dev).pk}/delete/"

    asked = as_("dev").get(url).text
    still = prompt.replies.count()
    as_("dev").post(url, {"once": uuid4()})

    assert "Delete your reply?" in asked
    assert (still, prompt.replies.count()) == (1, 0)


def test_a_facilitator_removes_a_reply_and_its_author_alone_reads_why(as_, house, prompt):
    reply = say(prompt, house.dev, "Hana told me a secret")
    url = f"{talk(prompt)}replies/{reply.pk}/remove/"

    without = as_("mo").post(url, {"reason": " "})
    as_("mo").post(url, {"reason": "This is for Hana to tell.", "once": uuid4()})

    assert "Nothing was removed" in without.text
    for name in ("elu", "mo", "ana"):
        assert "secret" not in as_(name).get(talk(prompt)).text
    own = as_("dev").get(talk(prompt)).text
    assert "The reason: This is for Hana to tell." in own
    assert "secret" in own
    notices = as_("dev").get("/account/notices/").text
    assert "A reply of yours in Larch was removed" in notices
    assert "for Hana" not in notices


@pytest.mark.parametrize(("name", "status"), [("dev", 403), ("elu", 403), ("fay", 404)])
def test_others_remove_nothing(as_, house, prompt, name, status):
    url = f"{talk(prompt)}replies/{say(prompt, house.hana).pk}/remove/"

    assert as_(name).post(url, {"reason": "x"}).status_code == status


def test_the_actions_ask_again(house, prompt):
    reply = say(prompt, house.elu)

    for act in (
        lambda: say(prompt, house.fay),
        lambda: delete_reply(reply=reply, by=house.mo),
        lambda: remove_reply(reply=reply, reason="x", by=house.dev),
    ):
        with pytest.raises(PermissionDenied):
            act()

    assert prompt.replies.count() == 1


def test_the_audit_holds_verbs_and_no_words(house, prompt):
    reply = say(prompt, house.elu)
    remove_reply(reply=reply, reason="x", by=house.mo)

    about = AuditEvent.objects.filter(subject__in=[pseudonym(prompt.pk), pseudonym(reply.pk)])
    assert sorted(event.verb for event in about) == [
        "prompt.opened",
        "reply.posted",
        "reply.removed",
    ]


def test_report_is_a_door_that_is_asked_with_the_reply_of_somebody_else(
    as_, house, prompt, monkeypatch
):
    mine, other = say(prompt, house.dev), say(prompt, house.elu)
    asked = []
    listens = [(1, "story", lambda *, reply, **_given: asked.append(reply.pk))]
    monkeypatch.setattr(doors, "_offers", {**doors._offers, "report": listens})

    as_("dev").get(talk(prompt))

    assert asked == [other.pk]
    assert mine.pk not in asked


@pytest.mark.parametrize("page", ["2", "999999999999", "x"])
def test_twenty_replies_a_page_and_the_last_one_is_led_to(as_, house, prompt, page):
    for number in range(21):
        last = say(prompt, house.elu, f"Number {number:02}.")

    first = as_("dev").get(talk(prompt)).text
    there = as_("dev").get(talk(prompt), {"page": page})

    assert "Number 20." not in first
    assert there.status_code == 200
    led = as_("dev").get(f"{talk(prompt)}replies/{last.pk}/")["Location"]
    assert led == f"{talk(prompt)}?page=2#reply-{last.pk}"


def test_the_page_takes_as_many_queries_for_four_replies_as_for_one(as_, house, prompt):
    client = as_("elu")

    def queries():
        client.get(talk(prompt))
        with CaptureQueriesContext(connection) as captured:
            client.get(talk(prompt))
        return len(captured)

    say(prompt, house.dev)
    one = queries()
    for name in ("mo", "hana", "ana"):
        say(prompt, house.people[name])

    assert queries() == one


def test_the_rules_on_an_object_and_on_a_query_agree_for_everybody(house, cast, prompt):
    """Convention 1: one rule in two forms."""
    for name in ("dev", "elu", "hana", "mo", "ana"):
        say(prompt, cast[name])
    remove_reply(reply=prompt.replies.get(author=house.elu), reason="x", by=house.mo)
    Reply.objects.filter(author=house.ana).update(author=None)
    leave_cohort(cohort=house.larch, member=house.hana, by=house.hana)
    pairs = [
        (Prompt, can_see_prompt, prompts_visible_to),
        (Prompt, can_reply_to_prompt, prompts_visible_to),
        (Reply, can_see_reply, replies_visible_to),
        (Reply, can_change_reply, replies_changeable_by),
        (Reply, can_remove_reply, replies_removable_by),
    ]

    for model, rule, rows in pairs:
        for member in cast.values():
            one_by_one = {row.pk for row in model.objects.all() if rule(member, row)}
            assert one_by_one == set(rows(member).values_list("pk", flat=True)), (member, rule)


def test_leaving_the_initiative_takes_the_name_and_keeps_the_words(as_, house, prompt):
    say(prompt, house.dev, "Words that stay")
    remove_reply(reply=say(prompt, house.dev, "Gone"), reason="x", by=house.mo)
    holding = next(one for one in register.holdings() if one.name == "cohorts")
    exported = holding.export(house.dev)

    for step in holding.erase(house.dev):
        step()

    assert [row["text"] for row in exported["replies"]] == ["Words that stay", "Gone"]
    assert exported["prompts_opened"][0]["words"] == "Who holds the pencil?"
    assert [(row.text, row.author) for row in prompt.replies.all()] == [("Words that stay", None)]
    page = as_("elu").get(talk(prompt)).text
    assert "Somebody who has left" in page
    assert "Dev Banerjee" not in page


def test_what_an_older_cleaner_let_through_is_cleaned_again_within_the_hour(house, prompt):
    reply = say(prompt, house.dev, "*Hello*")
    Reply.objects.filter(pk=reply.pk).update(cleaner_version=0, text_html="<script>old</script>")

    for offer in doors.offers("hourly"):
        offer(now=timezone.now())

    reply.refresh_from_db()
    assert "<em>Hello</em>" in reply.text_html
