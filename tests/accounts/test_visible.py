"""What others can see of a member: the fact, who sees it, why, and what changes it; and nothing that a shoulder may not learn."""

from html import unescape

import pytest
from django.utils import timezone

from accountability.commitments.actions import make_commitment, widen
from accountability.commitments.texts import Text
from accounts.actions import give_role
from accounts.choices import RoleKind
from accounts.leaving import come_back, leave
from accounts.models import Departure, User
from accounts.suspending import confirm_suspension, propose_suspension
from cohorts.actions import post_announcement
from cohorts.models import Cohort, Membership
from core.privacy import CIRCLES, Audience
from core.register import visible_of
from core.visible import Topic, Visible, shown
from tests.project.walk import made_for_dev

pytestmark = pytest.mark.django_db

VISIBLE = "/account/visible/"


def line(member, words):
    (found,) = [one for one in visible_of(member) if str(one.what).startswith(words)]
    return found


def test_each_line_says_the_fact_who_sees_it_why_and_what_changes_it(as_):
    page = unescape(as_("dev").get(VISIBLE).text)

    for words in (
        "<h2 id=\"about-profile\">Your profile and your account</h2>",
        "<strong><bdi>Dev Banerjee (he)</bdi></strong>",
        "Members of the initiative",
        "people meet by name; so that others speak of you as you wish",
        '<a href="/account/profile/">Change<span class="visually-hidden">: Your name and your pronouns</span></a>',
        "<strong><bdi>dev@riverton.example</bdi></strong>",
    ):  # fmt: skip
        assert words in page


def test_who_sees_it_is_said_as_the_field_declares_it(cast):
    """A field whose declaration changes changes the words, too."""
    here = line(cast["dev"], "That you are in the cohort Spring")

    assert here.circles == (Audience.COHORT, Audience.FACILITATOR, Audience.BACKBONE)
    assert here.who == "Your cohort, its facilitators and the backbone team"
    email = line(cast["dev"], "Your e-mail address")
    assert email.who.lower() == str(CIRCLES[Audience.BACKBONE])


def test_a_declaration_that_changes_changes_the_words(cast, monkeypatch):
    from core.privacy import seen_by

    monkeypatch.setitem(
        User.Privacy.fields, "email", seen_by(Audience.MEMBERS, why="so that all can write")
    )

    changed = line(cast["dev"], "Your e-mail address")
    assert (changed.who, changed.why) == ("Members of the initiative", "so that all can write")


def test_many_of_one_kind_are_one_line_with_a_number(cast, as_):
    spring = Cohort.objects.get(slug="spring")
    before = line(cast["mo"], "The announcements that you posted").count
    for number in range(3):
        post_announcement(cohort=spring, text=f"Bring {number}.", by=cast["mo"])

    found = line(cast["mo"], "The announcements that you posted")
    assert found.count == before + 3
    assert f'with your name <span class="meta">({found.count})</span>' in as_("mo").get(VISIBLE).text  # fmt: skip


def test_of_which_there_is_nothing_is_not_shown(cast):
    said = [str(one.what) for one in visible_of(cast["fay"])]

    assert not [words for words in said if "announcements" in words or "buddy" in words]


def test_a_commitment_is_told_with_whom_it_reaches(cast):
    text = Text("Ask who is missing.", "Write it on the form.", levels=("structural",))
    mine = make_commitment(by=cast["fay"], kind="stand", text=text)
    assert not [one for one in visible_of(cast["fay"]) if one.topic is Topic.COMMITMENTS]

    widen(by=cast["fay"], commitment=mine, circle="public", seen=1)

    found = line(cast["fay"], "The commitments that you made public")
    assert (found.who, found.page) == ("Everybody, also without an account", "commitments:commitment_list")  # fmt: skip


def test_nothing_on_it_is_what_the_product_hides_behind_a_lock(cast, as_):
    """Who is in a caucus, writes a journal or a report, or stopped contact reads the same page as everybody."""
    before = [(str(one.what), one.who) for one in visible_of(cast["hana"]) if one.topic is Topic.TRACES]  # fmt: skip
    others = [(str(one.what), one.who) for one in visible_of(cast["elu"]) if one.topic is Topic.TRACES]  # fmt: skip
    caucus = [line(cast[name], "Whether you are in a caucus") for name in ("hana", "elu", "gus")]

    assert before == others
    assert caucus[0] == caucus[1] == caucus[2]
    assert "Roots" not in as_("hana").get(VISIBLE).text


def test_a_member_whose_account_is_closed_reads_why_and_after_it_everything(cast, as_):
    dev = cast["dev"]
    asked = propose_suspension(member=dev, reason="He wrote on.", until=None, by=cast["ana"])
    confirm_suspension(suspension=asked, by=cast["lena"])
    client = as_("dev")

    assert client.get(VISIBLE).status_code == 302
    assert client.get("/account/acts/").status_code == 302
    assert "That you are in the cohort Spring" not in {str(one.what) for one in visible_of(dev)}


def test_who_left_and_comes_back_finds_the_same_lines(cast):
    before = [(str(one.what), one.who, one.value) for one in visible_of(cast["dev"])]
    leave(by=cast["dev"], takes_along=False)
    come_back(departure=Departure.objects.get())

    dev = User.objects.get(pk=cast["dev"].pk)
    after = [(str(one.what), one.who, one.value) for one in visible_of(dev)]
    assert after == before


def test_a_line_that_counts_what_cannot_be_there_is_not_shown(cast):
    none = Visible("Nothing", (), Topic.TRACES, rows=User.objects.none())
    one = Visible("One", (), Topic.TRACES, rows=User.objects.filter(pk=cast["dev"].pk))

    assert [(line.what, line.count) for line in shown([none, one], cast["dev"])] == [("One", 1)]


def test_the_page_costs_fifteen_queries_with_everything_on_it(cast, as_, django_assert_num_queries):
    client, dev = as_("dev"), cast["dev"]
    client.get(VISIBLE)
    made_for_dev(cast)
    for kind in (RoleKind.EDITOR, RoleKind.OPERATOR):
        give_role(member=dev, kind=kind, reason="Helps.", by=cast["lena"])
    client.get(VISIBLE)

    with django_assert_num_queries(15):
        page = client.get(VISIBLE)
    many = [Cohort(slug=f"c{n}", name=f"C {n}", starts_on=timezone.localdate()) for n in range(3)]
    Cohort.objects.bulk_create(many)
    Membership.objects.bulk_create(Membership(cohort=row, member=dev) for row in many)
    with django_assert_num_queries(15):
        more = client.get(VISIBLE)
    assert more.text.count("<tr>") == page.text.count("<tr>") + 3
