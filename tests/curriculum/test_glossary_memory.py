"""The public files of the glossary cost as much memory for thousands of terms as for hundreds, and no query for each."""

import tracemalloc

import pytest

from curriculum.glossary.formats.as_json import json_pieces
from curriculum.glossary.formats.entries import entries
from curriculum.glossary.models import WORDS, Decision, InForce, Proposal, Term, TermVersion

pytestmark = pytest.mark.django_db
FILES = ("/glossary.json", "/glossary.jsonld", "/glossary.ttl", "/glossary.csv")


def many_terms(count):
    """Adopted terms in bulk, without the checks that a body's decision makes."""
    like = TermVersion.objects.select_related("decision__proposal").first()
    body_, at = like.decision.body, like.decision.confirmed_at
    first = Term.objects.count()
    terms = [Term(slug=f"made-{n:05}", label=f"Made {n}") for n in range(first, first + count)]
    words = {name: getattr(like, name) for name in WORDS} | {"definition": "What it means. " * 20}
    proposals = [Proposal(term=term, status="adopted", body=body_, **{**words, "name": term.label}) for term in terms]  # fmt: skip
    decisions = [Decision(proposal=one, revision=1, body=body_, outcome="adopted", confirmed_at=at) for one in proposals]  # fmt: skip
    versions = [TermVersion(term=one.proposal.term, number=1, decision=one, **{**words, "name": one.proposal.name}) for one in decisions]  # fmt: skip
    for model, made in ((Term, terms), (Proposal, proposals), (Decision, decisions), (TermVersion, versions)):  # fmt: skip
        model.objects.bulk_create(made, batch_size=200)
    InForce.objects.bulk_create([InForce(term=one.term, language=one.language, version=one) for one in versions], batch_size=200)  # fmt: skip


def peak_of(client, address):
    """The most memory that the file takes while somebody reads it, in bytes."""
    for _packet in client.get(address).streaming_content:
        pass  # what is loaded once does not count
    tracemalloc.start()
    try:
        for _packet in client.get(address).streaming_content:
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.long
def test_four_times_the_terms_take_no_more_memory(cast, nobody):
    peaks = []
    for count in (500, 2_000):
        many_terms(count - Term.objects.adopted().count())
        peaks.append({address: peak_of(nobody, address) for address in FILES})
    few, many = peaks

    assert {address for address in FILES if many[address] > 1.5 * few[address]} == set()


@pytest.mark.parametrize("extra", [0, 60])
def test_a_handful_of_terms_costs_as_many_queries_as_one(cast, django_assert_num_queries, extra):
    """Six for each fifty terms, one more to see that there are no others, and one where some are retired."""
    if extra:
        many_terms(extra)
    handfuls = -(-Term.objects.adopted().count() // 50)
    retired = Term.objects.adopted().exclude(retired_at=None).count()

    with django_assert_num_queries(6 * handfuls + 1 + retired):
        list(json_pieces(entries()))
