"""`pair_buddies COHORT [--dry-run]`: run a round of matching, or look at what it would find."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accountability.matching.actions import (
    AlreadyRunning,
    NobodyWaits,
    NoPreviewsLeft,
    TooFewWait,
    start_round,
)
from accountability.matching.actions.claims import give_up
from accountability.matching.actions.previews import preview_now
from accountability.matching.actions.rounds import run
from accountability.matching.choices import LEAST_NAMED, LEAST_PREVIEWED
from accountability.matching.models import Round
from accountability.matching.people import waiting_in
from accountability.matching.planning import Plan
from accountability.matching.reading import named
from accountability.matching.solving import Way
from cohorts.actions import CohortIsOver
from cohorts.models import Cohort

WAYS = {
    Way.PAIRS: "Everybody has a partner without a group of three.",
    Way.EVERY_TRIPLE: "Every possible group of three was tried.",
    Way.EVERY_THIRD: "Everybody was tried as the third person of a pair.",
    Way.ATTACHED: "This round is large: whoever was left over was added to the pair where they fit best.",
}


class Command(BaseCommand):
    """Exit 0 done, 1 refused with a sentence, 2 nothing to do."""

    help = "Find partners for all of a cohort who want to be matched, and tell them."

    def add_arguments(self, parser: CommandParser) -> None:
        """The cohort, and whether only to look."""
        parser.add_argument("cohort", metavar="COHORT", help="the cohort's short name")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="only look at what would be found; one of three previews a day, shared with the desk",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Find, print, and tell everybody unless it is a look."""
        cohort = _cohort(options["cohort"])
        many = waiting_in(cohort).count()
        who = f"{many} people" if many >= LEAST_PREVIEWED else "Fewer than five people"
        self.stdout.write(f"{who} of {cohort.name} wait for a partner. Looking for the best pairs.")
        try:
            found = preview_now(cohort=cohort) if options["dry_run"] else _round(cohort)
        except CohortIsOver:
            raise CommandError(
                f"The cohort {cohort.name} is over. Nothing was started. Give it a later last day first."
            ) from None
        except NobodyWaits:
            raise CommandError(
                "Fewer than two people wait for a partner. Nothing was done.", returncode=2
            ) from None
        except AlreadyRunning:
            raise CommandError(
                "A round of this cohort is under way. Nothing was started. The worker finishes it, within the hour where this command was killed; "
                "look at it on the desk, under Pairing."
            ) from None
        except TooFewWait:
            raise CommandError(
                "Fewer than five people wait for a partner, so no preview is made: among so few, anybody could tell from "
                "it whom somebody keeps away. Nothing was looked at. A round can be started without one.",
                returncode=2,
            ) from None
        except NoPreviewsLeft:
            raise CommandError(
                "All three previews of this cohort were taken today. Nothing was looked at. "
                "There are new ones tomorrow; a round can be started without one."
            ) from None
        self._print(found)
        end = "Nobody was told." if options["dry_run"] else "All of them have been told."
        self.stdout.write(end)

    def _print(self, found: Plan) -> None:
        """Names, numbers in a small round, and nothing in a very small one, as on the desk."""
        many = len(found.left) + sum(len(group) for group in found.groups)
        if many < LEAST_PREVIEWED:
            return
        if many < LEAST_NAMED:
            pairs = sum(len(group) == 2 for group in found.groups)
            trios = len(found.groups) - pairs
            self.stdout.write(
                f"Pairs: {pairs}. Trios: {trios}. Without a partner: {len(found.left)}."
            )
            self.stdout.write("No names: fewer than ten people are in this round.")
        else:
            self._print_names(found)
        self.stdout.write(WAYS[found.way])
        if found.some_limits:
            self.stdout.write("Some limits were applied.")

    def _print_names(self, found: Plan) -> None:
        people = named([*found.left, *(one for group in found.groups for one in group)])
        for group in sorted(_names(group, people) for group in found.groups):
            self.stdout.write(f"{'Trio' if len(group) > 2 else 'Pair'}: {', '.join(group)}")
        left = _names(found.left, people)
        self.stdout.write(f"Without a partner: {', '.join(left) if left else 'nobody'}")


def _round(cohort: Cohort) -> Plan:
    """Start the round as the server and run it here."""
    round_ = start_round(cohort=cohort, by=None, here=True)
    try:
        found = run(round_)
    except Exception:
        give_up(Round, round_.pk)
        raise
    if found is None:
        raise CommandError(
            "This took so long that the worker has taken the round over and finishes it. "
            "Nothing was written here. Look at it on the desk, under Pairing."
        )
    return found


def _cohort(slug: str) -> Cohort:
    cohort = Cohort.objects.filter(slug=slug).first()
    if cohort is None:
        known = ", ".join(Cohort.objects.values_list("slug", flat=True)) or "there is none yet"
        raise CommandError(
            f"There is no cohort {slug!r}. Nothing was started. The cohorts are: {known}."
        )
    return cohort


def _names(ids: Any, people: dict[Any, Any]) -> list[str]:
    return sorted(people[one].get_full_name() for one in ids if one in people)
