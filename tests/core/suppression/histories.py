"""Weeks that might have been: people come, leave, are named or known, and do things or not."""

from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from core.suppression import Counted, Kind

MONDAY = date(2026, 3, 2)


def weeks_of(totals, people, kind=Kind.LASTING):
    """The simplest story: the same people all the time, of whom so many had done it in each week."""
    members = frozenset(range(people))
    return [
        Counted(monday(week), members, frozenset(range(total)), kind)
        for week, total in enumerate(totals)
    ]


def monday(week):
    return MONDAY + timedelta(weeks=week)


@st.composite
def histories(draw, kind):
    """Cohorts of eight and more. Few different things happen in one story, so that the adversary's search stays small."""
    random = draw(st.integers(0, 2**48).map(Random))
    most_happens = draw(st.sampled_from([0, 1, 2, 4]))
    people = random.choice([8, 12, 14, 18, 18, 22, 26, 30])
    members, apart, wishing = set(range(people)), set(), set()
    share = [random.random() for _ in range(random.choice([2, 3, 5, 7]))]
    share = sorted(share) if kind is Kind.LASTING else share
    rank = {person: random.random() for person in range(200)}
    weeks = []
    for week, part in enumerate(share):
        for _ in range(random.randint(0, most_happens) if week else random.randint(0, 1)):
            _something(random, members, apart, wishing, may_be_known=kind is Kind.FREE or not week)
        if kind is Kind.FREE:
            rank = {person: random.random() for person in range(200)}
        yes = {person for person in members if rank[person] < part}
        weeks.append(Counted(monday(week), *map(frozenset, (members, yes)), kind, *map(frozenset, (apart, wishing))))  # fmt: skip
    return weeks


def _something(random, members, apart, wishing, may_be_known):
    """One or some people come, leave, wish to be named (or no longer), or become known (or no longer)."""
    some = random.choice([1, 1, 1, 2, 5, 9])
    these = set(random.sample(sorted(members), min(some, len(members) - 1)))
    match random.choice(["join", "leave", "wish", "known" if may_be_known else "leave"]):
        case "join":
            members |= set(range(max(members) + 1, max(members) + 1 + some))
        case "leave":
            members -= these
        case "wish":
            wishing ^= these
        case "known":
            apart ^= these
