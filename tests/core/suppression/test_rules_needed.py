"""Five on either side and five who differ are not enough. What would be learned, and that our rules keep it."""

from dataclasses import replace

from core.suppression import Counted, Kind, Number, Published, Why, publish
from tests.core.suppression.adversary import Adversary, Learned, Story, all_learned
from tests.core.suppression.histories import monday, weeks_of


def to_the_letter(before, now):
    """Shown if it and its complement are five; moves when five differ (where done is done, the count says how many do)."""
    old, count, people = before and before.shown, len(now.yes), len(now.members)
    if isinstance(old, Number) and abs(count - old.count) < 5:
        return Published(now.on, old)
    if count < 5:
        return Published(now.on, Why.FEW)
    left = people - count
    return Published(now.on, Why.NEARLY_ALL if left < 5 else Number(count, people, now.on))


def of_whoever_is_here(before, now):
    """Ours, if what lasts were counted as what does not: of everybody who is here, and any of them may be named."""
    published = publish(before, replace(now, kind=Kind.FREE))
    return published


def lasting(*weeks):
    """Weeks given as (who is here, who has done it) and, if somebody, who wishes to be named."""
    return [
        Counted(monday(number), *map(frozenset, (here, done)), Kind.LASTING, wishing=frozenset(*wishing))
        for number, (here, done, *wishing) in enumerate(weeks)
    ]  # fmt: skip


def on_show(story):
    """The numbers and reasons, without their days."""
    shown = [published.shown for published in story.seen]
    return [value.count if isinstance(value, Number) else value for value in shown]


def test_of_zero_to_four_who_is_one_of_them_finds_four_possibilities():
    weeks = weeks_of([3], people=14)

    letter, ours = Story(weeks, to_the_letter), Story(weeks)

    assert (on_show(letter), on_show(ours)) == ([Why.FEW], [Why.FEW])
    assert Adversary(letter, me=0).learned() == [Learned("a hidden count", 0, [1, 2, 3, 4])]
    assert Adversary(ours, me=0).counts(0).tolist() == [1, 2, 3, 4, 5]


def test_a_number_that_becomes_nearly_all_tells_that_everybody_has_done_it():
    weeks = weeks_of([9, 14], people=14)

    letter = Story(weeks, to_the_letter)

    assert on_show(letter) == [9, Why.NEARLY_ALL]
    assert Adversary(letter).counts(1).tolist() == [14]
    assert Learned("a person's state", 1, ((0, 1), 14)) in Adversary(letter).learned()


def test_ours_leaves_the_number_with_its_day_instead():
    story = Story(weeks_of([8, 14], people=14))

    assert story.seen[1].shown == Number(8, 14, monday(0))
    assert Adversary(story).counts(1).tolist() == [8, 9, 10, 11, 12, 13, 14]
    assert all_learned(story) == []


def test_a_number_that_stays_tells_somebody_who_changed_that_at_most_three_others_did():
    story = Story(weeks_of([6, 7], people=20), to_the_letter)

    assert on_show(story) == [6, 6]
    assert Adversary(story, me=6).learned() == [Learned("a hidden count", 1, [7, 8, 9, 10])]


def test_six_who_leave_take_nothing_along_that_could_be_read_from_the_next_number():
    """Six of twelve who had done it leave. A step of six would tell that all six had, and that nobody else did since."""
    weeks = lasting((range(24), range(12)), (range(6, 24), range(6, 12)))

    story = Story(weeks)

    assert on_show(story) == [12, 12]
    assert all_learned(story) == []


def test_who_comes_later_is_not_counted_with_those_who_were_there():
    """From nearly all of 14 to nine of 17: then all three who came have not done it, and nobody has since."""
    weeks = lasting((range(14), range(9)), (range(17), range(9)))

    weaker, ours = Story(weeks, of_whoever_is_here), Story(weeks)

    assert on_show(weaker) == [Why.NEARLY_ALL, 9]
    assert Adversary(weaker).counts(0).tolist() == [9]
    assert Learned("a person's state", 1, ((1,), 3)) in Adversary(weaker).learned()
    assert on_show(ours) == [Why.NEARLY_ALL, Why.NEARLY_ALL]
    assert all_learned(ours) == []


def test_who_was_counted_is_not_named_later_where_their_state_tells_of_the_past():
    """Six who have not done it turn their names on: the other six were the six."""
    weeks = lasting((range(12), range(6)), (range(12), range(6), range(6, 12)))

    weaker, ours = Story(weeks, of_whoever_is_here), Story(weeks)

    assert (weaker.seen[1].named, ours.seen[1].named) == (frozenset(range(6, 12)), frozenset())
    assert Learned("a person's state", 0, ((0, 1), 6)) in Adversary(weaker).learned()
    assert all_learned(ours) == []


def test_who_was_named_once_is_not_counted_later_where_done_is_done():
    """Five were named before there were people enough to count; then they turn it off. Everybody remembers what they had done."""
    weeks = lasting((range(13), range(5), range(5)), (range(13), range(5)))

    weaker, ours = Story(weeks, of_whoever_is_here), Story(weeks)

    assert on_show(weaker) == [Why.PEOPLE_FEW, Why.FEW]
    assert Learned("a hidden count", 1, [5]) in Adversary(weaker).learned()
    assert on_show(ours) == [Why.PEOPLE_FEW, Why.PEOPLE_FEW]
    assert all_learned(ours) == []
