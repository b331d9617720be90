"""The people of a cohort on the desk: adding a member, ending a place, who facilitates."""

from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied

from accounts.models import User
from cohorts.actions import add_member, end_facilitator, join_cohort, leave_cohort, make_facilitator
from cohorts.models import Cohort, Membership
from notices.models import Notice
from tests.backbone.desk import verbs_about

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

PEOPLE = "/backbone/cohorts/spring/people/"
ANSWER = (
    "If a member has proven that this address is theirs, they are in the cohort now, and were told."
)


@pytest.fixture
def spring(cast):
    """The cohort of the demonstration."""
    return Cohort.objects.get(slug="spring")


def place_of(member, cohort):
    return Membership.objects.get(member=member, cohort=cohort, left_at=None)


def page_of(row, verb):
    return f"{PEOPLE}{row.pk}/{verb}/"


def told(member):
    return list(Notice.objects.filter(member=member).values_list("kind", flat=True))


def add(as_, email):
    return as_("ana").post(PEOPLE, {"email": email, "once": uuid4()}, follow=True)


class TestAdding:
    def test_fay_is_added_by_her_whole_address_and_told(self, as_, cast, spring):
        Notice.objects.filter(member=cast["fay"]).delete()

        page = add(as_, "Fay@Riverton.example").text

        assert ANSWER in page
        assert "15 people are in this cohort." in page
        assert not place_of(cast["fay"], spring).is_facilitator
        assert told(cast["fay"]) == ["cohorts.added"]
        assert verbs_about(place_of(cast["fay"], spring)) == ["cohort.joined"]

    def test_the_answer_is_the_same_whoever_the_address_belongs_to(self, as_, cast, spring):
        """There already, nobody, not proven, closed: one sentence, and nobody is added."""
        EmailAddress.objects.create(user=cast["fay"], email="unproven@riverton.example", verified=False)  # fmt: skip
        User.objects.filter(pk=cast["gus"].pk).update(is_active=False)
        addresses = ("dev@riverton.example", "who@riverton.example", "unproven@riverton.example", "gus@riverton.example")  # fmt: skip

        pages = [add(as_, address).text for address in addresses]

        assert all(ANSWER in page for page in pages)
        assert spring.memberships.count() == 14

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("", "Type the address first; nobody was added."),
            ("fay@", "This is no e-mail address. Check how it is spelled."),
        ],
    )
    def test_what_is_no_address_is_a_sentence(self, as_, cast, spring, typed, sentence):
        assert sentence in add(as_, typed).text
        assert spring.memberships.count() == 14

    def test_nobody_is_added_to_one_that_is_over(self, as_, cast):
        """A sentence in the place of the form, and for who posts all the same."""
        pilot, url = Cohort.objects.get(slug="pilot"), "/backbone/cohorts/pilot/people/"

        page = as_("ana").get(url).text
        answer = as_("ana").post(url, {"email": "fay@riverton.example", "once": uuid4()})

        assert "This cohort has ended, so nobody is added." in page
        assert 'name="email"' not in page
        assert answer.status_code == 403
        with pytest.raises(PermissionDenied):
            add_member(cohort=pilot, email="fay@riverton.example", by=cast["ana"])
        assert pilot.memberships.count() == 4

    @pytest.mark.parametrize("name", ["mo", "gus", "rui"])
    def test_nobody_else_adds(self, as_, cast, spring, name):
        assert as_(name).post(PEOPLE, {"email": "fay@riverton.example"}).status_code == 404
        with pytest.raises(PermissionDenied):
            add_member(cohort=spring, email="fay@riverton.example", by=cast[name])


class TestEndingAPlace:
    def test_it_asks_first_and_the_person_is_told(self, as_, cast, spring):
        row = place_of(cast["dev"], spring)
        Notice.objects.filter(member=cast["dev"]).delete()

        asked = as_("ana").get(page_of(row, "end")).text
        still = as_("dev").get("/cohorts/spring/").status_code
        answer = as_("ana").post(page_of(row, "end"), {"once": uuid4()})

        assert "End the place of Dev Banerjee in Spring?" in asked
        assert (still, answer["Location"]) == (200, PEOPLE)
        assert as_("dev").get("/cohorts/spring/").status_code == 404
        assert told(cast["dev"]) == ["cohorts.place"]
        page = as_("dev").get("/account/notices/").text
        assert "Your place in the cohort Spring has ended" in page
        assert sorted(verbs_about(row)) == ["cohort.left", "cohort.place_opened"]

    def test_who_leaves_by_themselves_is_told_nothing(self, cast, spring):
        Notice.objects.filter(member=cast["dev"]).delete()

        leave_cohort(cohort=spring, member=cast["dev"], by=cast["dev"])

        assert told(cast["dev"]) == []

    def test_a_place_of_another_cohort_or_one_that_ended_is_a_404(self, as_, cast, spring):
        """A2."""
        row = place_of(cast["dev"], spring)
        other = f"/backbone/cohorts/autumn/people/{row.pk}/end/"
        leave_cohort(cohort=spring, member=cast["elu"], by=cast["elu"])
        gone = Membership.objects.get(member=cast["elu"], cohort=spring)

        assert as_("ana").post(other).status_code == 404
        assert as_("ana").post(page_of(gone, "end")).status_code == 404
        assert as_("ana").get(page_of(gone, "facilitator")).status_code == 404


class TestFacilitating:
    def test_it_says_what_it_means_and_the_person_is_told(self, as_, cast, spring):
        row = place_of(cast["dev"], spring)
        Notice.objects.filter(member=cast["dev"]).delete()

        asked = as_("ana").get(page_of(row, "facilitator")).text
        as_("ana").post(page_of(row, "facilitator"), {"act": "make", "once": uuid4()})

        assert "Shall Dev Banerjee facilitate Spring?" in asked
        assert "They see nothing of journals, buddies" in asked
        assert place_of(cast["dev"], spring).is_facilitator
        assert told(cast["dev"]) == ["cohorts.place"]
        assert "You facilitate the cohort Spring now<" in as_("dev").get("/account/notices/").text
        assert sorted(verbs_about(row)) == ["cohort.facilitator_made", "cohort.place_opened"]

    def test_of_two_cohorts_is_fine_and_said_to_both(self, as_, cast, spring):
        autumn = Cohort.objects.get(slug="autumn")
        row = join_cohort(cohort=autumn, member=cast["mo"], by=None)
        url = f"/backbone/cohorts/autumn/people/{row.pk}/facilitator/"

        asked = as_("ana").get(url).text
        as_("ana").post(url, {"act": "make", "once": uuid4()})

        assert "They facilitate this one, too:" in asked
        assert "what is said in one stays in it" in asked
        assert set(Cohort.objects.facilitated_by(cast["mo"])) == {spring, autumn}
        page = as_("mo").get("/account/notices/").text
        assert "You facilitate the cohort Autumn now, too. What is said in each cohort stays in it" in page  # fmt: skip

    def test_no_longer_a_facilitator_they_stay_as_a_participant(self, as_, cast, spring):
        row = place_of(cast["mo"], spring)

        asked = as_("ana").get(page_of(row, "facilitator")).text
        as_("ana").post(page_of(row, "facilitator"), {"act": "end", "once": uuid4()})

        assert "Shall Mo Haddad no longer facilitate Spring?" in asked
        assert not place_of(cast["mo"], spring).is_facilitator
        assert "You no longer facilitate the cohort Spring" in as_("mo").get("/account/notices/").text  # fmt: skip
        assert "Post to the cohort" not in as_("mo").get("/cohorts/spring/").text
        assert sorted(verbs_about(row)) == ["cohort.facilitator_ended", "cohort.place_opened"]

    def test_twice_is_once(self, cast, spring):
        row = place_of(cast["dev"], spring)
        Notice.objects.filter(member=cast["dev"]).delete()

        made = [make_facilitator(membership=row, by=cast["ana"]) for _ in range(2)]
        ended = [end_facilitator(membership=row, by=cast["ana"]) for _ in range(2)]

        assert (made, ended) == ([True, False], [True, False])
        assert told(cast["dev"]) == ["cohorts.place", "cohorts.place"]

    @pytest.mark.parametrize("name", ["mo", "gus", "dev"])
    def test_nobody_else_does(self, cast, spring, name):
        for act in (make_facilitator, end_facilitator):
            with pytest.raises(PermissionDenied):
                act(membership=place_of(cast["dev"], spring), by=cast[name])

    def test_not_of_a_place_that_ended(self, cast, spring):
        row = place_of(cast["dev"], spring)
        leave_cohort(cohort=spring, member=cast["dev"], by=cast["dev"])

        with pytest.raises(PermissionDenied):
            make_facilitator(membership=row, by=cast["ana"])


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_takes_as_many_queries_at_any_length(as_, cast, spring, many, django_assert_num_queries):  # fmt: skip
    keep = spring.memberships.order_by("joined_at", "pk").values_list("pk", flat=True)[:many]
    spring.memberships.exclude(pk__in=list(keep)).delete()
    client = as_("ana")
    client.get(PEOPLE)

    with django_assert_num_queries(8):
        page = client.get(PEOPLE).text
    assert page.count("End the place") == many
