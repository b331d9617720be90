"""`reset_second_factor EMAIL`: remove a member's lost second factor, 72 hours after they asked for it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.actions import NothingToReset, ResetRefused, reset_second_factor
from accounts.models import User


class Command(BaseCommand):
    """Exit 0 removed, 1 refused with a sentence, 2 nothing to do."""

    help = (
        "Remove the second factor of a member who lost it, 72 hours after they asked at sign-in. "
        "All their sessions end, the act is logged, and they get a mail."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove it, or say why not."""
        email = options["email"].strip().lower()
        member = User.objects.filter(email=email).first()
        if member is None:
            raise CommandError(
                f"No member has the address {email!r}; nothing was done. Check how it is spelled.",
                returncode=2,
            )
        try:
            reset_second_factor(member=member, by=None)
        except NothingToReset:
            raise CommandError(
                f"{email} has no second factor; nothing was done.", returncode=2
            ) from None
        except ResetRefused as problem:
            raise CommandError(f"{_why(problem)} The second factor of {email} stays.") from None
        self.stdout.write(
            f"The second factor of {email} was removed, all their sessions ended, and a mail tells them."
        )


def _why(problem: ResetRefused) -> str:
    if problem.ready_at is None:
        return (
            "Nobody asked for this. The member must ask at the second step of signing in "
            "(“I have lost it”); 72 hours later this command removes it."
        )
    left = problem.ready_at - timezone.now()
    if left.total_seconds() > 0:
        hours = -(-int(left.total_seconds()) // 3600)
        return (
            f"The member asked, but 72 hours have not passed: {hours} hours are left, until "
            f"{problem.ready_at:%Y-%m-%d %H:%M} UTC."
        )
    return (
        "The member has not had all their warnings by mail. Start the worker (manage.py run_worker), "
        "wait an hour, and try again."
    )
