"""What the benchmark makes of its readings. No story here looks at a clock."""

import random
from itertools import pairwise

from bench.aims import AIMS, Held, held
from bench.beside import Target, beside
from bench.equal import compared
from bench.growth import held as held_against
from bench.load import Reading
from bench.pages import growth, parts_of
from bench.run import PARTS
from bench.soak import table
from bench.soak_load import Seen, moments, percentile
from bench.soak_seed import judged

TINY, PAGE, OTHER = (Target(f"http://site/{name}", 1) for name in ("tiny", "page", "other"))


def reading(per_second, cpu_ms=1.0):
    return Reading(per_second, p50_ms=1, p95_ms=2, p99_ms=3, cpu_ms=cpu_ms, errors=0)


class Machine:
    """Answers with the readings that are laid ready for each address, in turn, and notes who was asked."""

    def __init__(self, **ready):
        self.ready = {f"http://site/{name}": iter(values) for name, values in ready.items()}
        self.asked = []

    def __call__(self, target):
        self.asked.append(target.url.rsplit("/", 1)[1])
        return next(self.ready[target.url])


def test_a_page_is_held_against_the_readings_of_the_yardstick_before_and_after_it():
    machine = Machine(tiny=[reading(100), reading(300)], page=[reading(100)])

    found = beside([(PAGE, TINY)], 1, machine)[0]

    assert machine.asked == ["tiny", "page", "tiny"]
    assert found.ratio == 0.5


def test_two_pages_share_the_reading_of_the_yardstick_between_them():
    machine = Machine(tiny=[reading(100)] * 3, page=[reading(50)], other=[reading(200)])

    page, other = beside([(PAGE, TINY), (OTHER, TINY)], 1, machine)

    assert machine.asked == ["tiny", "page", "tiny", "other", "tiny"]
    assert (page.ratio, other.ratio) == (0.5, 2.0)


def test_one_busy_minute_does_not_move_the_median_of_the_runs():
    rates = [50, 50, 5, 50, 50]
    machine = Machine(tiny=[reading(100)] * 10, page=[reading(rate) for rate in rates])

    found = beside([(PAGE, TINY)], 5, machine)[0]

    assert found.ratio == 0.5
    assert found.reading.per_second == 50
    assert found.row("tiny", 0.35)["least_and_most"] == [0.05, 0.5]


def test_a_busier_hour_is_not_taken_for_growth():
    quiet = Machine(tiny=[reading(100, cpu_ms=4)] * 2, page=[reading(50, cpu_ms=8)])
    busy = Machine(tiny=[reading(50, cpu_ms=8)] * 2, page=[reading(25, cpu_ms=16)])

    small, large = (beside([(PAGE, TINY)], 1, machine)[0] for machine in (quiet, busy))

    assert growth(small, large) == {"cpu_of_small": 1.0, "aim": 1.2}


def test_a_list_is_held_against_itself_with_few_lines():
    few = {"the list": {"cpu_ms": 10.0, "queries": 5, "bytes": 900}}
    many = {"the list": {"cpu_ms": 15.0, "queries": 6, "bytes": 1_000}}

    found = held_against(few, many)

    assert found == {
        "12 the list, a hundred times as many lines": {
            "cpu_ms": 15.0, "cpu_of_small": 1.5, "aim": 1.2, "queries": 6, "queries_of_small": 5, "html": 1_000,
        }
    }  # fmt: skip


def test_the_weight_of_a_page_counts_each_style_sheet_and_script_once():
    page = '<link href="/static/a.css"><link href="/static/a.css"><script src="/static/b.js"></script><img src="/static/c.png">'

    assert parts_of(page) == {"/static/a.css", "/static/b.js"}


def test_equal_time_is_the_difference_of_two_medians():
    ready = {True: iter([9.0] * 5 + [1.0, 50.0, 2.0]), False: iter([9.0] * 5 + [4.0, 4.0, 4.0])}

    found = compared(3, 5, lambda _at: (next(ready[True]), 404), lambda _at: (next(ready[False]), 404))  # fmt: skip

    assert (found["known_ms"], found["unknown_ms"], found["difference_ms"]) == (2.0, 4.0, 2.0)


def test_every_row_that_is_aimed_at_has_a_part_that_measures_it():
    said = {int(word) for part in PARTS.values() for word in part.about.split(":")[0].split() if word.isdigit()}  # fmt: skip

    assert set(AIMS) - said == {18}  # the soak is a program of its own
    assert {number for number in AIMS if number <= 12} == set(range(1, 13))


def test_a_speed_is_to_be_at_least_its_aim_and_everything_else_at_most():
    results = {
        "3 a lesson": {"per_second": 90.0, "of_tiny": 0.4, "aim": 0.5, "queries": 6, "aim_queries": 12},
        "10 memory of two workers": {"of_tiny": 1.0, "aim": 1.1},
        "machine": {"cores": 2},
    }  # fmt: skip

    assert held(results) == [
        Held("3 a lesson", "of_tiny", 0.4, 0.5, at_least=True),
        Held("3 a lesson", "queries", 6, 12, at_least=False),
        Held("10 memory of two workers", "of_tiny", 1.0, 1.1, at_least=False),
    ]
    assert [one.is_met for one in held(results)] == [False, True, True]


def test_members_come_at_moments_of_their_own_as_many_as_were_asked_for():
    found = list(moments(20, 600, random.Random(1)))

    assert found == sorted(found)
    assert 11_500 < len(found) < 12_500  # 20 a second for ten minutes
    assert len({round(later - earlier, 3) for earlier, later in pairwise(found)}) > 100  # fmt: skip


def test_a_percentile_is_a_time_that_was_seen():
    times = [float(number) for number in range(1, 101)]

    assert (percentile(times, 0.5), percentile(times, 0.95), percentile([], 0.95)) == (51.0, 96.0, 0.0)  # fmt: skip


def test_an_acknowledged_write_that_is_not_there_is_missed_and_one_that_is_there_twice_is_seen():
    from collections import Counter

    said = {"journal": ["soak-a", "soak-b"], "post": ["soak-c"]}
    rows = {"journal": Counter({"soak-a": 1}), "post": Counter({"soak-c": 2})}

    assert judged(said, rows) == {"acknowledged": 3, "missing": 1, "doubled": 1}


def test_the_soak_counts_a_failed_request_among_all_and_names_its_kind():
    seen = Seen()
    for _ in range(999):
        seen.took("reading", 0.1)
    seen.failed("writing", 0.6, "status 500")

    found = table(seen, {"first": (100.0, 80.0), "last": (105.0, 96.0)}, took=50, cpu=20, about={})

    assert found["18 soak: errors"] == {"errors": 1, "share": 0.001, "aim_share": 0.001, "kinds": {"status 500": 1}}  # fmt: skip
    assert found["18 soak: all requests"]["a_second"] == 20
    assert found["18 soak: writing"]["p95_ms"] == 600
    assert (found["18 soak: memory, web"]["of_first"], found["18 soak: memory, worker"]["of_first"]) == (1.05, 1.2)  # fmt: skip
