"""Brings the terms of a file in, as proposals: nothing that readers see changes, and nobody has adopted anything.

A proposal is made for each version, in the order in which the versions were adopted where the file comes from; a body that
adopts all of them in this order has the same terms, versions, words, sources and relations. A term that is retired in the file
is followed by a proposal to retire it, which the body can adopt once the wording is adopted. What was proposed or adopted
before in these words is not proposed again, so the same file may be read twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from curriculum.glossary.actions.proposals import write_proposal, write_retirement
from curriculum.glossary.choices import ProposalKind, ProposalStatus
from curriculum.glossary.formats.from_csv import read_csv
from curriculum.glossary.formats.from_json import read_json
from curriculum.glossary.formats.incoming import ImportRefused, Incoming, Said, text_of
from curriculum.glossary.formats.replay import Replay
from curriculum.glossary.models import WORDS, Proposal, Term
from curriculum.glossary.wordings import refuse_address, tidied

READERS = {".json": read_json, ".csv": read_csv}
#: What happens to a term, in order: a wording is adopted, or (without one) it is retired.
Step = tuple[datetime, bool, int, Incoming, Said | None]


@dataclass
class Imported:
    """How many proposals were made, and how many steps of the file were known already."""

    proposed: int = 0
    known: int = 0


def import_file(path: Path, *, by: Any | None = None) -> Imported:
    """Propose what the file holds, all of it or nothing. Raises ImportRefused."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ImportRefused("", _("its name must end in .json or .csv, which says how to read it."))
    return import_terms(reader(text_of(path)), name=path.name[-200:], by=by)


@transaction.atomic
def import_terms(incoming: list[Incoming], *, name: str, by: Any | None = None) -> Imported:
    """Propose these terms, all of them or none. Raises ImportRefused."""
    known = _known(incoming)
    terms = _terms(incoming)
    replay, done = Replay(), Imported()
    for _at, _in_use, _turn, term, said in sorted(_steps(incoming), key=lambda step: step[:3]):
        words = tidied(said.words) if said else {}
        key = (term.slug, _told(words)) if said else (term.slug, "")
        if known[key]:
            known[key] -= 1
            done.known += 1
            continue
        if said:
            _propose(terms[term.slug], words, said.place, replay, name=name, by=by)
        else:
            _propose_retirement(term, terms, replay, name=name, by=by)
        done.proposed += 1
    return done


def _steps(incoming: list[Incoming]) -> list[Step]:
    """All steps of the file. Where nothing tells the time, retired terms go first: others may have taken their words."""
    steps: list[Step] = []
    for term in incoming:
        for said in term.wordings:
            steps.append((said.at, not term.retired, len(steps), term, said))
        if term.retired:
            steps.append((term.retired_at, not term.retired, len(steps), term, None))
    return steps


def _known(incoming: list[Incoming]) -> Counter[tuple[str, str]]:
    """What was proposed or adopted in these words before, and which terms are retired or asked to be."""
    slugs = {term.slug for term in incoming}
    alive = Q(status__in=(ProposalStatus.OPEN, ProposalStatus.ADOPTED)) | ~Q(imported_from="")
    known: Counter[tuple[str, str]] = Counter()
    for proposal in Proposal.objects.filter(alive).select_related("term").iterator():
        if proposal.term.slug in slugs:
            retires = proposal.kind == ProposalKind.RETIREMENT
            said = "" if retires else _told({name: getattr(proposal, name) for name in WORDS})
            known[proposal.term.slug, said] += 1
    return known


def _told(words: dict[str, Any]) -> str:
    """All that a wording says, in a form that can be compared."""
    return repr([words[name] for name in WORDS])


def _terms(incoming: list[Incoming]) -> dict[str, Term]:
    """The terms by address; those that are new are made, so that others may name them."""
    terms = {term.slug: term for term in Term.objects.all()}
    new = [term for term in incoming if term.slug not in terms]
    for term in new:
        with _told_at(term.place):
            refuse_address(term.slug)
        terms[term.slug] = Term(slug=term.slug, label=term.label[:120])
    Term.objects.bulk_create(terms[term.slug] for term in new)
    return terms


def _propose(term: Term, words: dict[str, Any], place: str, replay: Replay, **given: Any) -> None:
    with _told_at(place):
        write_proposal(
            words=words, term=term, by=given["by"], imported_from=given["name"], reason=""
        )
    replay.adopt(term.slug, words, place)


def _propose_retirement(
    incoming: Incoming, terms: dict[str, Term], replay: Replay, **given: Any
) -> None:
    replaced_by = terms.get(incoming.replaced_by)
    if incoming.replaced_by and (replaced_by is None or incoming.replaced_by == incoming.slug):
        reason = _("“%(slug)s”, which is to replace it, is no other term.")
        raise ImportRefused(incoming.place, reason % {"slug": incoming.replaced_by[:60]})
    mine = [one for one in incoming.wordings if one.words["language"] == settings.LANGUAGE_CODE]
    write_retirement(
        term=terms[incoming.slug], words=tidied((mine or incoming.wordings)[-1].words), by=given["by"],
        reason=_("It is retired in the file %(file)s.") % {"file": given["name"]}, replaced_by=replaced_by,
        imported_from=given["name"],
    )  # fmt: skip
    replay.retire(incoming.slug)


@contextmanager
def _told_at(place: str) -> Iterator[None]:
    """Turn a ValidationError into a refusal that names the place in the file."""
    try:
        yield
    except ValidationError as problem:
        name, messages = next(iter(problem.message_dict.items()))
        raise ImportRefused(place, f"{name}: {' '.join(messages)}") from None
