"""The glossary as JSON, whole: `import_glossary` reads it back.

    {"format": "lodestar.glossary", "format_version": 1, "url": …, "languages": […], "terms": [term, …]}

A term: `slug`, `url`, `label`, `retired`, `retired_at`, `replaced_by` (a slug or null), `retirement` (a decision or null),
`relations` (slugs that are `broader`, `narrower`, `related`, as readers see them) and `versions`: every wording that was
adopted, by language and number. A version: `number`, `in_force`, `adopted_at`, `decision`, and its words under the names
of `models.wording.Wording`. A decision: `body`, `decided_on`, `dissent`, `next_review_on`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from curriculum.glossary.formats.entries import LANGUAGES, Entry, glossary_address, term_address
from curriculum.glossary.models import WORDS, Decision, TermVersion

FORMAT, FORMAT_VERSION = "lodestar.glossary", 1


def json_pieces(entries: Iterable[Entry]) -> Iterator[str]:
    """The file, one term a line."""
    head = {"format": FORMAT, "format_version": FORMAT_VERSION, "url": glossary_address(), "languages": LANGUAGES}  # fmt: skip
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "terms": ['
    between = "\n"
    for entry in entries:
        yield between + json.dumps(_term(entry), ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


def _term(entry: Entry) -> dict[str, Any]:
    term = entry.term
    return {
        "slug": term.slug,
        "url": term_address(term.slug),
        "label": term.label,
        "retired": term.retired_at is not None,
        "retired_at": term.retired_at.isoformat() if term.retired_at else None,
        "replaced_by": entry.replaced_by or None,
        "retirement": _decision(entry.retirement) if entry.retirement else None,
        "relations": {"broader": entry.broader, "narrower": entry.narrower, "related": entry.related},
        "versions": [_version(entry, one) for one in entry.versions],
    }  # fmt: skip


def _version(entry: Entry, version: TermVersion) -> dict[str, Any]:
    decision = entry.decisions[version.decision_id]
    return {
        "number": version.number,
        "in_force": entry.in_force.get(version.language) is version,
        "adopted_at": decision.confirmed_at.isoformat() if decision.confirmed_at else None,
        **{name: getattr(version, name) for name in WORDS},
        "decision": _decision(decision),
    }


def _decision(decision: Decision) -> dict[str, Any]:
    review = decision.next_review_on
    return {
        "body": decision.body.name,
        "decided_on": decision.decided_on.isoformat(),
        "dissent": decision.dissent,
        "next_review_on": review.isoformat() if review else None,
    }
