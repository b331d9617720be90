"""Two members of the body at the same moment: one decides, the other is told, and nothing is half done."""

import threading
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections

from accounts.models import Seat, User
from curriculum.glossary.actions import (
    DecisionRefused,
    StaleProposal,
    adopt_proposal,
    change_proposal,
    confirm_decision,
    decide_together,
    decline_proposal,
    discard_record,
    propose_wording,
    record_meeting,
)
from curriculum.glossary.choices import Outcome
from curriculum.glossary.models import Decision, Proposal, Relation, Term, TermVersion, TermWord
from tests.curriculum.language import agreed, proposed, words

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


def at_once(*acts):
    """Let everyone act at the same moment, each with a connection of their own: what each got, or how it was refused."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            start.wait(timeout=20)
            results[place] = act()
        except (DecisionRefused, StaleProposal, PermissionDenied, ValidationError) as refusal:
            results[place] = refusal
        except BaseException as problem:
            results[place] = f"{type(problem).__name__}: {problem}"
        finally:
            connections.close_all()  # of this thread: the log of acts has its own database

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def adopting(proposal, by, revision=1):
    return lambda: adopt_proposal(proposal=proposal, by=by, seen_revision=revision)


def kinds(results):
    return sorted(type(one).__name__ for one in results)


@pytest.fixture
def people(cast):
    return SimpleNamespace(**cast)


def test_of_two_who_adopt_one_proposal_one_is_told(people):
    proposal = proposed(people.dev)

    results = at_once(adopting(proposal, people.ben), adopting(proposal, people.chioma))

    assert kinds(results) == ["DecisionRefused", "TermVersion"]
    assert TermVersion.objects.filter(term=proposal.term).count() == 1
    assert Decision.objects.filter(proposal=proposal).count() == 1


def test_one_adopts_while_another_declines(people):
    proposal = proposed(people.dev)

    results = at_once(
        adopting(proposal, people.ben),
        lambda: decline_proposal(
            proposal=proposal, by=people.chioma, seen_revision=1, reason="No."
        ),
    )

    proposal.refresh_from_db()
    assert kinds(results) in (["Decision", "DecisionRefused"], ["DecisionRefused", "TermVersion"])
    adopted = proposal.status == "adopted"
    assert TermVersion.objects.filter(term=proposal.term).exists() == adopted
    assert proposal.decision.outcome == proposal.status


def test_a_proposal_changed_while_it_is_decided_is_adopted_as_shown_or_not_at_all(people):
    for number in range(4):
        proposal = proposed(people.dev, f"Bridge {number}", definition="As it was shown.")
        adopted, changed = at_once(
            adopting(proposal, people.ben),
            lambda row=proposal, name=f"Bridge {number}": change_proposal(
                proposal=row, words=words(name, "As nobody saw it."), seen_revision=1, by=people.dev
            ),
        )
        version = TermVersion.objects.filter(term=proposal.term).first()
        if version is None:
            assert (type(adopted), type(changed)) == (DecisionRefused, Proposal)
        else:
            assert (version.definition, type(changed)) == ("As it was shown.", PermissionDenied)


def test_two_proposals_for_one_term_become_two_versions(people):
    term = agreed(vars(people)).term
    two, three = (proposed(people.dev, term=term, definition=text) for text in ("Two.", "Three."))

    results = at_once(adopting(two, people.ben), adopting(three, people.chioma))

    assert kinds(results) == ["TermVersion", "TermVersion"]
    assert sorted(term.versions.values_list("number", flat=True)) == [1, 2, 3]
    assert term.in_force.get(language="en").version.number == 3


def test_a_word_that_two_claim_leads_to_one(people):
    rows = [proposed(people.dev, name, aliases=["Crossing"]) for name in ("Bridge", "Ford")]

    results = at_once(adopting(rows[0], people.ben), adopting(rows[1], people.chioma))

    assert kinds(results) == ["DecisionRefused", "TermVersion"]
    (refusal,) = (one for one in results if isinstance(one, DecisionRefused))
    assert "“Crossing” leads to the term" in str(refusal)
    assert TermWord.objects.filter(folded="crossing").count() == 1
    assert Term.objects.adopted().filter(slug__in=["bridge", "ford"]).count() == 1


def test_two_halves_of_a_circle_are_not_both_adopted(people):
    one, two = (agreed(vars(people), name).term for name in ("Bridge", "Ford"))
    up = proposed(people.dev, "Bridge", term=one, broader=["ford"])
    down = proposed(people.dev, "Ford", term=two, broader=["bridge"])

    results = at_once(adopting(up, people.ben), adopting(down, people.chioma))

    assert kinds(results) == ["DecisionRefused", "TermVersion"]
    assert Relation.objects.filter(term__in=[one, two]).count() == 1


def test_two_lists_in_opposite_order_do_not_wait_for_each_other(people):
    rows = [proposed(people.dev, f"Bridge {number}") for number in range(6)]
    shown = [(row, 1) for row in rows]

    results = at_once(
        lambda: decide_together(shown=shown, by=people.ben),
        lambda: decide_together(shown=shown[::-1], by=people.chioma),
        *(adopting(row, people.marisol) for row in rows[:2]),
    )

    assert not [one for one in results if isinstance(one, str)]
    done = Proposal.objects.filter(pk__in=[row.pk for row in rows], status="adopted").count()
    assert done == TermVersion.objects.filter(term__slug__startswith="bridge-").count() >= 1


def test_a_seat_that_ends_at_this_moment(people):
    proposal = proposed(people.dev)

    def leave():
        Seat.objects.filter(member=people.ben).update(ended_at=proposal.written_at)
        return "left"

    result, _left = at_once(adopting(proposal, people.ben), leave)

    assert isinstance(result, (TermVersion, PermissionDenied))
    assert TermVersion.objects.filter(term=proposal.term).exists() == isinstance(result, TermVersion)  # fmt: skip


def test_the_record_of_a_meeting_is_confirmed_or_taken_back(people):
    proposal = proposed(people.dev)
    record = record_meeting(
        proposal=proposal, by=people.ana, seen_revision=1, outcome=Outcome.ADOPTED, present="Ben and Chioma",
        decided_on=proposal.written_at.date(),
    )  # fmt: skip

    results = at_once(
        lambda: confirm_decision(decision=record, by=people.chioma),
        lambda: discard_record(decision=record, by=people.ana),
        lambda: confirm_decision(decision=record, by=people.ben),
    )

    assert not [one for one in results if isinstance(one, str)]
    versions = TermVersion.objects.filter(term=proposal.term).count()
    assert versions == Decision.objects.filter(proposal=proposal).count()
    assert versions == sum(isinstance(one, TermVersion) for one in results)


def test_two_members_who_propose_one_new_term_meet_there(people):
    members = [User.objects.get(pk=one.pk) for one in (people.dev, people.hana, people.jo)]

    results = at_once(*(lambda by=by: propose_wording(words=words(), by=by) for by in members))

    proposals = [one for one in results if isinstance(one, Proposal)]
    assert {type(one) for one in results} <= {Proposal, ValidationError}
    assert Term.objects.get(slug="bridge").proposals.count() == len(proposals) >= 1
