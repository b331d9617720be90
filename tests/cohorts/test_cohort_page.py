"""The cohort's page: announcements, who is in it, and the same 404 for everybody else (threats A2, A3, A8, H9)."""

import re
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohorts.actions import edit_announcement, leave_cohort, post_announcement
from cohorts.models import Announcement, Cohort
from cohorts.permissions import (
    announcements_changeable_by,
    announcements_visible_to,
    can_announce_in_cohort,
    can_change_announcement,
    can_see_announcement,
    can_see_cohort,
    cohorts_announced_in_by,
    cohorts_visible_to,
)
from core import doors
from core.audit import pseudonym
from core.models import AuditEvent
from notices.models import Notice
from tests.cohorts.house import INSIDE

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

PAGE = "/cohorts/larch/"
POST = "/cohorts/larch/announcements/"


def page_of(answer):
    """The page apart from its own address, CSRF token and request id."""
    page = answer.text.replace(answer.request["PATH_INFO"], "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|[0-9a-f]{12}\b', "", page)


def announce(house, text="Meet under the plum tree", by="mo"):
    return post_announcement(cohort=house.larch, text=text, by=house.people[by])


def test_a_new_cohort_is_kind_about_having_no_announcement(as_, house):
    assert "it will stand here, and you get a notice" in as_("dev").get(PAGE).text
    assert "A first hello is a good start" in as_("mo").get(PAGE).text


def test_announcements_stand_newest_first_with_author_and_date(as_, house):
    announce(house, "First words")
    announce(house, "Second words", by="ana")

    page = as_("dev").get(PAGE).text

    assert page.index("Second words") < page.index("First words")
    assert "Ana Reyes" in page
    assert len(re.findall(r"<time ", page)) >= 2


def test_facilitators_stand_first_among_the_people(as_, house):
    page = as_("dev").get(PAGE).text
    people = page[page.index("people-title") :]

    places = {name: people.index(house.people[name].chosen_name) for name in INSIDE}
    assert sorted(places, key=places.get) == ["mo", "dev", "elu", "hana"]
    assert people.count("facilitates") == 1


@pytest.mark.parametrize("name", ["fay", "rui", "gus", "ben"])
def test_to_others_the_cohort_is_the_404_of_an_unused_name(as_, house, name):
    """A8: an operator and an editor are others, too."""
    announce(house)

    theirs, unused = as_(name).get(PAGE), as_(name).get("/cohorts/unused/")

    assert theirs.status_code == unused.status_code == 404
    assert page_of(theirs) == page_of(unused)
    assert "plum" not in theirs.text


def test_who_has_left_is_an_other(as_, house):
    """A18."""
    client = as_("dev")
    before = client.get(PAGE).status_code
    leave_cohort(cohort=house.larch, member=house.dev, by=house.dev)

    assert (before, client.get(PAGE).status_code) == (200, 404)


@pytest.mark.parametrize("name", ["mo", "ana", "lena"])
def test_facilitators_and_backbone_post(as_, house, name):
    answer = as_(name).post(POST, {"text": "**Bold** words", "once": uuid4()})

    assert answer["Location"] == PAGE
    posted = house.larch.announcements.get()
    assert posted.author == house.people[name]
    assert "<strong>Bold</strong> words" in posted.text_html
    assert posted.cleaner_version >= 1
    written = AuditEvent.objects.filter(subject=pseudonym(posted.pk))
    assert [event.verb for event in written] == ["announcement.posted"]


@pytest.mark.parametrize(("name", "status"), [("dev", 403), ("fay", 404), ("gus", 404)])
def test_others_do_not_post(as_, house, name, status):
    answer = as_(name).post(POST, {"text": "Words"})

    assert answer.status_code == status
    assert house.larch.announcements.count() == 0


def test_the_form_is_only_shown_to_who_may_post(as_, house):
    assert "Post to the cohort" in as_("mo").get(PAGE).text
    assert "Post to the cohort" not in as_("dev").get(PAGE).text


def test_the_action_asks_again_whether_its_actor_may(house):
    with pytest.raises(PermissionDenied):
        announce(house, by="dev")

    assert Notice.objects.count() == 0


@pytest.mark.parametrize("text", ["", "   \n", "x" * 10_001])
def test_what_cannot_be_posted_is_shown_again_with_a_sentence(as_, house, text):
    answer = as_("mo").post(POST, {"text": text, "once": uuid4()})

    assert answer.status_code == 200
    assert re.search(r"Write something first|at most 10000", answer.text)
    assert house.larch.announcements.count() == 0


def test_a_hostile_text_is_shown_and_not_run(as_, house):
    """G2."""
    announce(
        house, "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    )

    page = as_("dev").get(PAGE).text

    assert "<script>alert" not in page
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page)
    assert "onerror" not in re.sub(r">[^<]*<", "><", page)


def test_what_an_older_cleaner_let_through_is_cleaned_again_within_the_hour(as_, house):
    announcement = announce(house, "*Hello*")
    Announcement.objects.filter(pk=announcement.pk).update(
        cleaner_version=0, text_html="<script>old</script>"
    )

    for offer in doors.offers("hourly"):
        offer(now=timezone.now())

    page = as_("dev").get(PAGE).text
    assert "<em>Hello</em>" in page
    assert "<script>old" not in page


def test_a_double_click_posts_once_and_tells_once(as_, house):
    """H9."""
    key, client = uuid4(), as_("mo")

    answers = [client.post(POST, {"text": "Hello", "once": key}) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [PAGE, PAGE]
    assert house.larch.announcements.count() == 1
    assert Notice.objects.count() == 3


def test_its_author_edits_an_announcement_and_nobody_is_told_again(as_, house):
    announcement = announce(house)
    url = f"{POST}{announcement.pk}/edit/"

    opened = as_("mo").get(url)
    answer = as_("mo").post(url, {"text": "Under the pear tree", "revision": 1, "once": uuid4()})

    assert "plum tree" in opened.text
    assert answer["Location"] == PAGE
    page = as_("dev").get(PAGE).text
    assert "pear tree" in page
    assert "plum tree" not in page
    assert "edited" in page
    assert Notice.objects.count() == 3


def test_an_edit_in_a_forgotten_tab_shows_both_texts_and_overwrites_nothing(as_, house):
    """H9."""
    announcement = announce(house)
    url = f"{POST}{announcement.pk}/edit/"
    as_("mo").post(url, {"text": "Under the pear tree", "revision": 1, "once": uuid4()})

    stale = as_("mo").post(url, {"text": "Under the fig tree", "revision": 1, "once": uuid4()})

    assert stale.status_code == 409
    assert "pear tree" in stale.text
    assert "fig tree" in stale.text
    announcement.refresh_from_db()
    assert announcement.text == "Under the pear tree"
    revision = re.search(r'name="revision" value="(\d+)"', stale.text)[1]
    as_("mo").post(url, {"text": "Under the fig tree", "revision": revision, "once": uuid4()})
    announcement.refresh_from_db()
    assert announcement.text == "Under the fig tree"


@pytest.mark.parametrize(
    ("name", "status"), [("dev", 403), ("ana", 403), ("fay", 404), ("gus", 404)]
)
@pytest.mark.parametrize("verb", ["edit", "delete"])
def test_nobody_but_its_author_changes_an_announcement(as_, house, name, status, verb):
    """A3: who may read it hears that they may not; who may not gets the 404."""
    announcement = announce(house)
    url = f"{POST}{announcement.pk}/{verb}/"

    assert as_(name).get(url).status_code == status
    assert as_(name).post(url, {"text": "Mine", "revision": 1}).status_code == status
    announcement.refresh_from_db()
    assert announcement.revision == 1


def test_who_no_longer_facilitates_no_longer_edits(house):
    announcement = announce(house)
    house.larch.memberships.filter(member=house.mo).update(is_facilitator=False)

    with pytest.raises(PermissionDenied):
        edit_announcement(announcement=announcement, text="x", seen_revision=1, by=house.mo)


def test_an_announcement_is_asked_for_by_its_own_cohort_only(as_, house):
    """A2: the right number under another cohort's address is unused."""
    announcement = announce(house)

    assert (
        as_("mo").get(f"/cohorts/spring/announcements/{announcement.pk}/edit/").status_code == 404
    )


def test_deleting_asks_first_and_takes_its_notices_from_the_list(as_, house):
    announcement = announce(house)
    url = f"{POST}{announcement.pk}/delete/"

    asked = as_("mo").get(url)
    still = Announcement.objects.filter(pk=announcement.pk).count()
    as_("mo").post(url, {"once": uuid4()})

    assert "Delete the announcement?" in asked.text
    assert still == 1
    assert Announcement.objects.filter(pk=announcement.pk).count() == 0
    assert "A new announcement" not in as_("dev").get("/account/notices/").text


def test_the_page_takes_as_many_queries_for_four_announcements_as_for_one(as_, house):
    client = as_("elu")

    def queries():
        client.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    announce(house)
    one = queries()
    for text in ("Two", "Three", "Four"):
        announce(house, text)

    assert queries() == one


def test_older_announcements_are_on_a_page_of_their_own(as_, house):
    for number in range(21):
        announce(house, f"Number {number:02}.")

    first, second = as_("dev").get(PAGE).text, as_("dev").get(PAGE, {"page": "2"}).text

    assert "Number 00." not in first
    assert "Number 20." in first
    assert "Number 00." in second


def test_the_rules_on_an_object_and_on_a_query_agree_for_everybody(house, cast):
    """Convention 1: one rule in two forms."""
    announce(house)
    announce(house, by="ana")
    spring = Cohort.objects.get(slug="spring")
    post_announcement(cohort=spring, text="Hello", by=house.ana)
    pairs = [
        (Cohort, can_see_cohort, cohorts_visible_to),
        (Cohort, can_announce_in_cohort, cohorts_announced_in_by),
        (Announcement, can_see_announcement, announcements_visible_to),
        (Announcement, can_change_announcement, announcements_changeable_by),
    ]
    leave_cohort(cohort=house.larch, member=house.hana, by=house.hana)

    for model, rule, rows in pairs:
        for member in cast.values():
            one_by_one = {row.pk for row in model.objects.all() if rule(member, row)}
            assert one_by_one == set(rows(member).values_list("pk", flat=True)), (member, rule)
    assert set(cohorts_visible_to(house.fay)) == set()
    assert set(cohorts_announced_in_by(house.mo).values_list("slug", flat=True)) == {
        "larch",
        "spring",
    }


def test_the_navigation_leads_to_ones_own_cohorts(as_, house, rf):
    request = rf.get(PAGE)
    lines = {}
    for name in ("elu", "fay", "ana"):
        request.user = house.people[name]
        lines[name] = "".join(doors.ask("navigation", request=request))

    assert f'href="{PAGE}" aria-current="page"' in lines["elu"]
    assert 'href="/cohorts/spring/"' in lines["elu"]
    assert "/cohorts/" not in lines["fay"]
    assert "/cohorts/" not in lines["ana"]


def test_facilitators_count_as_staff_while_they_facilitate(house):
    """B7."""
    before = doors.ask("staff", member=house.mo)
    house.mo.memberships.update(is_facilitator=False)

    assert before == [True]
    assert doors.ask("staff", member=house.mo) == [False]
    assert doors.ask("staff", member=house.dev) == [False]
