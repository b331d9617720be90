"""Terms of the shared language as a body has adopted them, many at once. By `bench.seed`."""

from __future__ import annotations

SAID = "What we mean when we say this word to each other, in one sentence that a meeting agreed on."


def adopt(many: int) -> None:
    """So many terms, each proposed, decided on and in force, with a name and another word that leads to it."""
    from django.db import transaction
    from django.utils import timezone

    from accounts.models import Body, User
    from curriculum.glossary.choices import Outcome, ProposalStatus
    from curriculum.glossary.models import Decision, InForce, Proposal, Term, TermVersion, TermWord

    body, author = Body.objects.all()[0], User.objects.get(email="ana@riverton.example")
    names = [f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[at % 26]}enchword {at}" for at in range(many)]
    words = [{"language": "en", "name": name, "definition": SAID, "aliases": [f"{name} too"]} for name in names]  # fmt: skip
    with transaction.atomic():
        terms = Term.objects.bulk_create([Term(slug=f"enchword-{at}", label=name) for at, name in enumerate(names)])  # fmt: skip
        proposals = Proposal.objects.bulk_create(
            [Proposal(term=term, body=body, author=author, status=ProposalStatus.ADOPTED, **said) for term, said in zip(terms, words, strict=True)]
        )  # fmt: skip
        decisions = Decision.objects.bulk_create(
            [Decision(proposal=one, revision=1, body=body, outcome=Outcome.ADOPTED, recorded_by=author, confirmed_by=author, confirmed_at=timezone.now()) for one in proposals]
        )  # fmt: skip
        versions = TermVersion.objects.bulk_create(
            [TermVersion(term=term, number=1, decision=one, **said) for term, one, said in zip(terms, decisions, words, strict=True)]
        )  # fmt: skip
        TermWord.objects.bulk_create(
            TermWord(term=term, language="en", kind=kind, text=text, folded=text.lower(), slug=slug)
            for term, name in zip(terms, names, strict=True)
            for kind, text, slug in (("name", name, term.slug), ("alias", f"{name} too", f"{term.slug}-too"))
        )  # fmt: skip
        InForce.objects.bulk_create(InForce(term=one.term, language="en", version=one) for one in versions)  # fmt: skip
