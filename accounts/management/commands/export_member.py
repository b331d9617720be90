"""`export_member EMAIL`: what is kept of a member, without private text, for who runs the server and was asked for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import Departure, User
from accounts.owncopy.contents import rooms_of
from accounts.owncopy.writing import as_json
from core import audit


class Command(BaseCommand):
    """Exit 0 written, 1 refused with a sentence, 2 nothing to do."""

    help = (
        "Write what is kept of a member to a JSON file that only this account of the machine can read. It holds no private text "
        "(journal, buddy, caucuses, reports): that is given to the member alone, at /account/export/. The act is logged, "
        "and the member sees it on their account page."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and where to."""
        parser.add_argument("email")
        parser.add_argument(
            "--to",
            metavar="PATH",
            default=".",
            help="a folder, or the name of a file that is not there yet (default: this folder)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, or say why not."""
        email = options["email"].strip().lower()
        member = User.objects.filter(email=email).first()
        if member is None:
            raise CommandError(
                f"No member has the address {email!r}; nothing was written. Check how it is spelled.",
                returncode=2,
            )
        _refuse_while_erased(member)
        at = timezone.now()
        file = _target(Path(options["to"]), at.date().isoformat())
        content = as_json(rooms_of(member, private=False), at=at)
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(handle, "w", encoding="utf-8") as out:
                out.writelines(content)
        except FileExistsError:
            raise CommandError(
                f"{file} is there already; nothing was written. Name another file."
            ) from None
        except OSError as problem:
            raise CommandError(
                f"{file} could not be written ({problem.strerror}); nothing was logged. Name another place with --to."
            ) from None
        try:
            _refuse_while_erased(member)
        except CommandError:
            file.unlink()
            raise
        audit.record("member.exported", by=None, subject=member)
        self.stdout.write(
            f"Written to {file}. It holds no private text: no journal, nothing of a buddy or a caucus, no reports. "
            "The member gets all of it at /account/export/, and sees on their account page that this was done."
        )


def _refuse_while_erased(member: User) -> None:
    """Half of it may be gone then. Asked before and after it is read."""
    if Departure.objects.filter(member_ref=member.pk, begun_at__isnull=False).exists():
        raise CommandError(
            "This account is being erased, because its member has left; nothing was written."
        )


def _target(where: Path, day: str) -> Path:
    """The file; in a folder one whose name says nothing of whom it is about."""
    return where / f"export-{day}.json" if where.is_dir() else where
