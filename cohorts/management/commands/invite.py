"""`invite EMAIL`: invite somebody by mail."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.choices import RoleKind
from cohorts.actions import AlreadyInvited, AlreadyThere, CohortIsOver, SentInvitation, invite
from cohorts.models import Cohort


class Command(BaseCommand):
    """Exit 0 invited, 1 refused with a sentence, 2 nothing to do."""

    help = "Invite a person by mail, with a role or a place in a cohort."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address and what it is an invitation to."""
        parser.add_argument("email")
        parser.add_argument("--role", default="", help=", ".join(RoleKind.values))
        parser.add_argument("--cohort", default="", metavar="SLUG")
        parser.add_argument("--facilitator", action="store_true", help="as facilitator of --cohort")
        parser.add_argument(
            "--again", action="store_true", help="replace an open invitation's link"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Invite, and print the link."""
        if options["role"] and options["role"] not in RoleKind.values:
            raise CommandError(
                f"There is no role {options['role']!r}. Nobody was invited. The roles are: "
                f"{', '.join(RoleKind.values)}."
            )
        cohort = self._cohort(options["cohort"])
        if options["facilitator"] and cohort is None:
            raise CommandError(
                "A facilitator needs a cohort. Nobody was invited. Name it: --cohort SLUG"
            )
        sent = send(
            email=options["email"],
            role=options["role"],
            cohort=cohort,
            as_facilitator=options["facilitator"],
            again=options["again"],
        )
        self.stdout.write(f"Invited {sent.invitation.email}. The link works once, for 14 days:")
        self.stdout.write(sent.link)

    def _cohort(self, slug: str) -> Cohort | None:
        if not slug:
            return None
        cohort = Cohort.objects.filter(slug=slug).first()
        if cohort is None:
            known = ", ".join(Cohort.objects.values_list("slug", flat=True)) or "there is none yet"
            raise CommandError(
                f"There is no cohort {slug!r}. Nobody was invited. The cohorts are: {known}."
            )
        return cohort


def send(**wanted: Any) -> SentInvitation:
    """Invite as the server. Raises CommandError with exit status 1 or 2 and a sentence."""
    try:
        return invite(by=None, **wanted)
    except ValidationError:
        raise CommandError(
            f"{wanted['email']!r} is no e-mail address. Nobody was invited. Check how it is spelled."
        ) from None
    except CohortIsOver as problem:
        raise CommandError(
            f"The cohort {problem.cohort.name} is over. Nobody was invited. Give it a later last day first."
        ) from None
    except AlreadyInvited as problem:
        raise CommandError(
            f"The same invitation to {problem.invitation.email} is open until "
            f"{problem.invitation.expires_at:%Y-%m-%d}; nothing was done. Its link cannot be shown a second time. "
            "Add --again for a new link; the old one then stops working.",
            returncode=2,
        ) from None
    except AlreadyThere:
        raise CommandError(
            f"{wanted['email']} is a member with all of this already; nothing was done.",
            returncode=2,
        ) from None
