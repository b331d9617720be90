"""Nothing typed on the desk is lost: neither when the cohort, the role or the person is gone meanwhile, nor to another editor."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from accounts.actions import end_role, give_role, offer_seat
from accounts.bodies import NameTaken, StaleBody, change_body, make_body, mark_of
from accounts.choices import RoleKind
from accounts.leaving import leave
from accounts.models import Body, Role, Seat, User
from cohorts.actions import CohortIsOver, change_cohort
from cohorts.models import Cohort, Invitation, JoinLink
from core.clock import today_here
from curriculum.models import ModulePage
from curriculum.planning import mark_of as plan_mark
from curriculum.planning import plan_of, set_plan
from tests.backbone.desk import facts_of

pytestmark = pytest.mark.django_db

SPRING = "/backbone/cohorts/spring/"
COMMITTEE = "/backbone/bodies/steering-committee/"


def over(slug="spring"):
    """It ended yesterday."""
    Cohort.objects.filter(slug=slug).update(ends_on=today_here() - timedelta(days=1))


def days_of(cohort):
    return list(cohort.openings.values_list("module__slug", "opens_on"))


class TestACohortThatEndsMeanwhile:
    def test_the_days_of_a_plan_stand_beside_their_modules(self, as_, cast):
        spring = Cohort.objects.get(slug="spring")
        module = ModulePage.objects.get(slug="shared-language", locale__language_code="en")
        before = days_of(spring)
        over()

        answer = as_("ana").post(f"{SPRING}plan/", {f"m{module.pk}-opens_on": "2026-12-24", "once": uuid4()})  # fmt: skip

        assert answer.status_code == 403
        assert "This cohort has ended, so its plan stays as it is." in answer.text
        assert f"<dt>{module.title}</dt><dd>2026-12-24</dd>" in answer.text
        assert days_of(spring) == before

    def test_a_plan_asks_the_cohort_as_it_stands_now(self, cast):
        spring = Cohort.objects.get(slug="spring")
        plan = plan_of(spring, cast["ana"])
        seen = plan_mark({line.module.pk: line.opens_on for line in plan})
        before = days_of(spring)
        over()

        with pytest.raises(CohortIsOver):
            set_plan(cohort=spring, days={plan[0].module.pk: None}, seen=seen, by=cast["ana"])
        assert days_of(spring) == before

    def test_addresses_that_were_to_be_invited_stay_in_the_form(self, as_):
        over()

        answer = as_("ana").post(f"{SPRING}invite/mail/", {"addresses": "amara@riverton.example", "as_what": "participant", "once": uuid4()})  # fmt: skip

        assert "This cohort has ended meanwhile, so nobody was invited." in answer.text
        assert "amara@riverton.example</textarea>" in answer.text
        assert Invitation.objects.filter(email="amara@riverton.example").count() == 0

    def test_the_numbers_of_a_link_stay_in_the_form(self, as_):
        links = JoinLink.objects.count()
        over()

        answer = as_("ana").post(f"{SPRING}invite/link/", {"most_uses": "17", "days": "3", "once": uuid4()})  # fmt: skip

        assert "This cohort has ended meanwhile, so no link was made." in answer.text
        assert 'value="17"' in answer.text
        assert JoinLink.objects.count() == links

    def test_the_address_of_somebody_to_add_stands_in_the_answer(self, as_):
        over()

        answer = as_("ana").post(f"{SPRING}people/", {"email": "fay@riverton.example", "once": uuid4()})  # fmt: skip

        assert answer.status_code == 403
        assert "This cohort has ended, so nobody was added." in answer.text
        assert "&#10;fay@riverton.example</textarea>" in answer.text

    def test_the_day_on_which_it_was_to_end_stands_in_the_answer(self, as_):
        over()

        answer = as_("ana").post(f"{SPRING}end/", {"ends_on": "2027-03-21", "revision": "1", "once": uuid4()})  # fmt: skip

        assert "Its last day was" in answer.text
        assert "&#10;2027-03-21</textarea>" in answer.text


def test_a_purpose_typed_under_a_short_name_that_is_another_now_stands_in_the_answer(as_, cast):
    """Lena gave the cohort, in which nobody has been, another short name while Ana wrote."""
    row = Cohort.objects.create(slug="winter", name="Winter", starts_on=date(2027, 1, 11))
    change_cohort(cohort=row, facts=facts_of(row, slug="winter-27"), seen_revision=1, by=cast["lena"])  # fmt: skip

    answer = as_("ana").post("/backbone/cohorts/winter/edit/", {"name": "Winter", "slug": "winter", "purpose": "To go on together.", "starts_on": "2027-01-11", "revision": "1", "once": uuid4()})  # fmt: skip

    assert answer.status_code == 404
    assert "&#10;To go on together.</textarea>" in answer.text


class TestAPersonWhoIsGoneMeanwhile:
    @pytest.mark.parametrize(
        ("way", "form"),
        [("suspend/", {"reason": "They shouted at Elu."}), ("roles/", {"kind": "editor", "reason": "They shouted at Elu."})],
    )  # fmt: skip
    def test_the_reason_stands_in_the_answer(self, as_, cast, way, form):
        address = f"/backbone/people/{cast['dev'].pk}/{way}"
        leave(by=User.objects.get(pk=cast["dev"].pk), takes_along=False)

        answer = as_("ana").post(address, {**form, "once": uuid4()})

        assert answer.status_code == 404
        assert "&#10;They shouted at Elu.</textarea>" in answer.text

    def test_the_reason_for_a_role_that_another_gave_stays_in_the_form(self, as_, cast):
        give_role(member=cast["dev"], kind=RoleKind.EDITOR, reason="He asked.", by=cast["lena"])

        answer = as_("ana").post(f"/backbone/people/{cast['dev'].pk}/roles/", {"kind": "editor", "reason": "He writes well.", "once": uuid4()})  # fmt: skip

        assert "They hold this role already, perhaps by another of you a moment ago." in answer.text
        assert "He writes well.</textarea>" in answer.text
        assert Role.objects.get(member=cast["dev"], kind="editor").reason == "He asked."

    def test_the_reason_for_ending_a_role_that_another_ended_stands_in_the_answer(self, as_, cast):
        role = Role.objects.get(member=cast["rui"], kind="editor", ended_at=None)
        address = f"/backbone/people/{cast['rui'].pk}/roles/{role.pk}/end/"
        end_role(role=role, reason="The work is done.", by=cast["lena"])

        answer = as_("ana").post(address, {"reason": "Rui asked for it.", "once": uuid4()})

        assert answer.status_code == 409
        assert "This role has ended already" in answer.text
        assert "&#10;Rui asked for it.</textarea>" in answer.text
        role.refresh_from_db()
        assert role.end_reason == "The work is done."
        assert as_("ana").get(address).status_code == 200


class TestTwoEditorsOfABody:
    def test_neither_overwrites_the_other(self, as_, cast):
        """H9: both texts stand on the page, and a second press saves what was typed."""
        committee, ana = Body.objects.get(), as_("ana")
        sent = {"name": "Committee", "purpose": committee.purpose, "seen": mark_of(committee)}
        change_body(body=committee, name=committee.name, purpose="Decides on words.", seen=mark_of(committee), by=cast["lena"])  # fmt: skip

        stale = ana.post(COMMITTEE, {**sent, "once": uuid4()})

        committee.refresh_from_db()
        assert stale.status_code == 409
        assert "Decides on words." in stale.text
        assert 'value="Committee"' in stale.text
        assert committee.purpose == "Decides on words."
        assert f'name="seen" value="{mark_of(committee)}"' in stale.text
        ana.post(COMMITTEE, {**sent, "seen": mark_of(committee), "once": uuid4()})
        committee.refresh_from_db()
        assert committee.name == "Committee"

    def test_who_typed_what_stands_there_anyway_meets_no_conflict(self, cast):
        body = make_body(name="Circle", purpose="Old.", by=cast["ana"])

        for name in ("ana", "lena"):
            change_body(body=body, name="Circle", purpose="New.", seen=mark_of(body), by=cast[name])
        with pytest.raises(StaleBody):
            change_body(body=body, name="Round", purpose="Old.", seen=mark_of(body), by=cast["ana"])

        body.refresh_from_db()
        assert (body.name, body.purpose) == ("Circle", "New.")

    def test_a_name_that_another_took_a_moment_ago_is_a_sentence(self, cast):
        """The form asks before; the database has the last word."""
        body = make_body(name="Circle", purpose="", by=cast["ana"])
        other = make_body(name="Round", purpose="", by=cast["ana"])

        with pytest.raises(NameTaken):
            make_body(name="Circle", purpose="Also.", by=cast["lena"])
        with pytest.raises(NameTaken):
            change_body(body=other, name=body.name, purpose="", seen=mark_of(other), by=cast["ana"])


def test_a_seat_that_another_offered_meanwhile_is_a_sentence_and_the_title_stays(as_, cast):
    committee = Body.objects.get()
    offer_seat(body=committee, member=cast["dev"], title="Schools", by=cast["lena"])

    answer = as_("ana").post(f"/backbone/people/{cast['dev'].pk}/seats/", {"body": committee.slug, "title": "Youth", "once": uuid4()})  # fmt: skip

    assert "or are offered one, already. Nothing was offered." in answer.text
    assert 'value="Youth"' in answer.text
    assert Seat.objects.get(body=committee, member=cast["dev"]).title == "Schools"
