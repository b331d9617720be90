"""`start_initiative NAME EMAIL`: name the initiative and invite its first backbone member."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.choices import RoleKind
from accounts.models import Initiative, Role
from cohorts.management.commands.invite import send


class Command(BaseCommand):
    """Exit 0 started, 1 refused with a sentence, 2 nothing to do."""

    help = "Name the initiative and invite its first backbone member; prints the one-time link."

    def add_arguments(self, parser: CommandParser) -> None:
        """The initiative's name and the first backbone member's address."""
        parser.add_argument("name")
        parser.add_argument("email")
        parser.add_argument(
            "--again", action="store_true", help="replace an open invitation's link"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Set the name and invite, both or neither."""
        name = " ".join(options["name"].split())
        most = Initiative._meta.get_field("name").max_length or 0
        if not name or len(name) > most:
            raise CommandError(
                f"The name must have 1 to {most} letters. Nothing was started. Try a shorter one."
            )
        if Role.objects.in_force().filter(kind=RoleKind.BACKBONE).exists():
            raise CommandError(
                "This initiative has a backbone member already. Nothing was changed. Members of the backbone "
                "change its name in the site's settings; `invite EMAIL --role backbone` invites another."
            )
        sent = send(email=options["email"], role=RoleKind.BACKBONE, again=options["again"])
        initiative = Initiative.load()
        initiative.name = name
        initiative.save()
        self.stdout.write(f"{name} has started. {sent.invitation.email} opens this link to begin;")
        self.stdout.write("it works once, for 14 days:")
        self.stdout.write(sent.link)
