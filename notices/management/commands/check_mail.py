"""`check_mail`: does mail leave this site?"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from notices.delivery import NotNow, Refused, deliver
from notices.models import OutboxMail
from notices.notifications import mail_check


class Command(BaseCommand):
    """Sends a test mail past the outbox and says what came of it. Exit 0 handed over, 1 not."""

    help = "Send a test mail to ALERT_EMAIL or to the given address and say what happened."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address, if it is not ALERT_EMAIL."""
        parser.add_argument(
            "address", nargs="?", default="", help="where to; ALERT_EMAIL if left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Deliver one mail at once."""
        address = options["address"] or settings.ALERT_EMAIL
        if not address:
            raise CommandError(
                "There is no address to send to. Nothing was sent. Set ALERT_EMAIL, or name an address: "
                "check_mail you@example.org"
            )
        try:
            validate_email(address)
            deliver(mail_check(to=address), OutboxMail())
        except ValidationError:
            raise CommandError(
                f"{address!r} is no e-mail address. Nothing was sent. Check how it is spelled."
            ) from None
        except Refused as problem:
            raise CommandError(
                f"The mail server refused the test mail ({problem}). Nothing was delivered. Check that it may send "
                "from FROM_EMAIL and to this address."
            ) from problem
        except NotNow as problem:
            raise CommandError(
                f"The test mail could not be handed over ({problem}). Mail of the site waits in the outbox and is "
                "tried again. Check EMAIL_URL, and that the server can be reached from here."
            ) from problem
        self.stdout.write(_done(address))


def _done(address: str) -> str:
    options = settings.MAIL_DELIVERY
    if options["kind"] == "file":
        folder = options["folder"]
        return f"The test mail to {address} was written as a file to {folder}. EMAIL_URL names no mail server."
    return (
        f"The mail server {options['host']} took the test mail to {address}. Look whether it arrives, "
        "and whether it lands among the unwanted mail."
    )
