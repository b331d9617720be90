"""Rows about a round of matching: 1 000 people with 50 candidates each, 10 000 with 30. By `bench.run`, a process for each.

The plain solve is rustworkx alone on the edges that were found. What is held against it is the whole of a round but
writing it down: limits of all kinds, scoring of every pair, choosing candidates, solving. Opening the answers of everybody
and telling them are measured beside it.

Usage: python -m bench.pairing PEOPLE CANDIDATES     prints JSON
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import sys
import time
from datetime import date
from typing import Any

from bench.measuring import Bench
from bench.telling import step

MOST_OF_PLAIN, MOST_MB = 5, 500
RUNS = 5
ROUNDS = ((1_000, 50), (10_000, 30))  # people, and candidates of each
MONDAY = date(2026, 11, 30)
ZONES = ("America/New_York", "America/Chicago", "America/Los_Angeles", "Europe/Madrid")


def rows(bench: Bench) -> dict[str, Any]:
    """Both rounds, each in a process of its own."""
    found: dict[str, Any] = {}
    with bench.site() as site:
        for many, kept in ROUNDS:
            step(f"a round of {many} people")
            found |= json.loads(site.python("-m", "bench.pairing", str(many), str(kept)))
    return found


def main(many: int, kept: int) -> None:
    """Write the people with their answers and limits, then measure."""
    chance = random.Random(9)  # noqa: S311 (the same each time)
    cohort = _people(many, chance)
    found, name = (
        _measured(cohort, kept),
        f"9 a round of {many:,} people".replace(",", " ") + f", {kept} candidates each",
    )
    if many <= 1_000:
        found |= _written(cohort)
    found["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    aims = {"aim_of_plain": MOST_OF_PLAIN, "aim_peak_mb": MOST_MB}
    json.dump({name: {**found, **aims}}, sys.stdout)


def _people(many: int, chance: random.Random) -> Any:
    from accountability.matching.limits import EARLIER, NOT_THIS_PERSON
    from accountability.matching.models import Answers, Earlier, Limit
    from accountability.matching.people import BATCH, batched, get_ready
    from accounts.models import Organization, ReportingLine, User
    from care.models import Stop
    from care.tokens import token_of
    from cohorts.models import Cohort, Membership

    cohort = Cohort.objects.create(slug=f"many-{many}", name="Many", starts_on=MONDAY)
    firms = Organization.objects.bulk_create(Organization(name=f"Firm {many} {at}") for at in range(many // 20))  # fmt: skip
    members = User.objects.bulk_create(
        User(email=f"{many}-{at}@example.org", time_zone=chance.choice(ZONES), organization=chance.choice(firms))
        for at in range(many)
    )  # fmt: skip
    Membership.objects.bulk_create(Membership(cohort=cohort, member=member) for member in members)
    for some in batched(members, BATCH):
        get_ready(member.pk for member in some)
        Answers.objects.bulk_create(_answers(member, chance) for member in some)
        two = [(one, chance.choice(members)) for one in some[::5]]
        limits = [(one, other) for one, other in two if one != other]
        kinds: tuple[Any, ...] = ((Limit, "member", NOT_THIS_PERSON), (Stop, "by", "stop"))
        for model, whose, purpose in kinds:
            rows = []
            for one, other in limits:
                row = model(**{whose: one, "token": token_of(one.pk, other.pk, purpose=purpose)})
                row.other = str(other.pk)
                rows.append(row)
            model.objects.bulk_create(rows, ignore_conflicts=True)
    lines = {(members[at], members[at // 8]) for at in range(8, many)}
    ReportingLine.objects.bulk_create(ReportingLine(member=one, boss=boss) for one, boss in lines)
    tokens = {token_of(*(one.pk for one in chance.sample(members, 2)), purpose=EARLIER) for _ in range(many)}  # fmt: skip
    Earlier.objects.bulk_create(Earlier(token=token, cohort=cohort, number=0) for token in tokens)
    return cohort


def _answers(member: Any, chance: random.Random) -> Any:
    from accountability.buddies.choices import Rhythm
    from accountability.matching.choices import Outside, Spoken, Topic
    from accountability.matching.models import Answers
    from accountability.matching.said import CELLS, Said

    said = Said(
        times=tuple(sorted(chance.sample(CELLS, 5))),
        languages=tuple(chance.sample(Spoken.values[:3], chance.choice((1, 1, 2)))),
        rhythm=chance.choice(("", *Rhythm.values)),
        topics=tuple(chance.sample(Topic.values, 3)),
        outside=chance.choice(Outside.values),
    )
    row = Answers(member=member, wanted=True)
    row.said, row.note = said.as_text(), "Somebody who asks twice."
    return row


def _measured(cohort: Any, kept: int) -> dict[str, Any]:
    from rustworkx import PyGraph, max_weight_matching

    from accountability.matching.candidates import candidates
    from accountability.matching.limits import kept_apart
    from accountability.matching.people import people_of, waiting_in
    from accountability.matching.planning import plan_for, seed_of
    from accountability.matching.solving import shuffled

    seed = seed_of(cohort, 1)
    began = time.perf_counter()
    rows = waiting_in(cohort).select_related("member").order_by("pk")
    people = people_of(rows.iterator(), MONDAY)
    opening = time.perf_counter() - began
    runs = RUNS if len(people.there) <= 1_000 else 1
    whole, plain = [], []
    for _run in range(runs):
        began = time.perf_counter()
        found = plan_for(people, cohort, 1, seed, MONDAY, kept=kept)
        whole.append(time.perf_counter() - began)
        known = {person.id: person for person in people.there}
        ids = shuffled(known, seed)
        edges = candidates([known[one] for one in ids], kept_apart(ids), kept=kept).edges
        graph: PyGraph[int, int] = PyGraph(multigraph=False)
        graph.add_nodes_from(range(len(ids)))
        graph.add_edges_from(edges)
        began = time.perf_counter()
        max_weight_matching(graph, max_cardinality=True, weight_fn=int)
        plain.append(time.perf_counter() - began)
    seconds, alone = statistics.median(whole), statistics.median(plain)
    return {
        "seconds": round(seconds, 2),
        "plain_solve_seconds": round(alone, 2),
        "of_plain": round(seconds / alone, 1),
        "opening_all_answers_seconds": round(opening, 2),
        "edges": len(edges),
        "without_a_partner": len(found.left),
    }


def _written(cohort: Any) -> dict[str, Any]:
    """A whole round as the worker runs it: read, find, write, tell everybody."""
    from accountability.matching.actions import start_round
    from accountability.matching.actions.rounds import run

    round_ = start_round(cohort=cohort, by=None, here=True)
    began = time.perf_counter()
    run(round_)
    return {"whole_round_seconds": round(time.perf_counter() - began, 2)}


if __name__ == "__main__":
    import django

    django.setup()
    main(int(sys.argv[1]), int(sys.argv[2]))
