"""Who walks beside whom in the demonstration. Dev has no buddy yet, so that he can look for one."""

from __future__ import annotations

from datetime import UTC, datetime

from accountability.buddies.actions import form_pair, set_openness
from accountability.buddies.choices import CameAbout
from accountability.buddies.models import Pair, Place
from accounts.models import User
from cohorts.models import Cohort

#: Cohort -> since when its pairs are pairs, how they found each other, and who they are.
PAIRS: dict[str, tuple[datetime, CameAbout, tuple[tuple[str, str], ...]]] = {
    "spring": (
        datetime(2026, 10, 12, 17, 0, tzinfo=UTC),
        CameAbout.ASKED,
        (("hana", "ines"), ("tomas", "wanda"), ("keisha", "rosa")),
    ),
    "autumn": (
        datetime(2026, 11, 2, 18, 0, tzinfo=UTC),
        CameAbout.MATCHED,
        (
            ("adaeze", "bill"), ("camila", "darnell"), ("erika", "farid"), ("gloria", "henry"),
            ("imani", "jorge"), ("katya", "luis"), ("monique", "noah"), ("olga", "priya"),
        ),
    ),
}  # fmt: skip

#: Members of spring whom others may ask.
OPEN_TO_BEING_ASKED = ("jo", "ben", "marisol")


def write_buddies(members: dict[str, User]) -> None:
    """Form the pairs by the action that forms all pairs. It tells nobody, so that no bell counts them."""
    for slug, (since, came_about, pairs) in PAIRS.items():
        cohort = Cohort.objects.get(slug=slug)
        for names in pairs:
            pair = form_pair(
                members=[members[name] for name in names], came_about=came_about, cohort=cohort
            )
            Pair.objects.filter(pk=pair.pk).update(begun_at=since)
            Place.objects.filter(pair=pair).update(since=since)
    for name in OPEN_TO_BEING_ASKED:
        set_openness(is_open=True, by=members[name])
