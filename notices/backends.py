"""Django's way to send mail, ending in the outbox."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import BadHeaderError, EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from notices.message_ids import new_message_id
from notices.models import OutboxMail


class OutboxEmailBackend(BaseEmailBackend):
    """Writes one row per recipient, due at once; the worker delivers it. No request ever waits for a mail server."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Put the messages into the outbox, in the caller's transaction; returns how many rows there are now.

        Raises BadHeaderError for a line break in a subject or an address, ValueError for an attachment: the outbox
        carries plain text and its HTML alternative alone.
        """
        rows = [
            _row(message, recipient)
            for message in email_messages
            for recipient in message.recipients()
        ]
        OutboxMail.objects.bulk_create(rows)
        return len(rows)


def _row(message: EmailMessage, recipient: str) -> OutboxMail:
    subject = str(message.subject)
    for value in (subject, recipient):
        if "\n" in value or "\r" in value:
            raise BadHeaderError("A mail's subject and address cannot hold a line break.")
    if message.attachments:
        raise ValueError("The outbox carries no attachments. Link to a page of the site instead.")
    return OutboxMail(
        message_id=new_message_id(),
        recipient=recipient,
        subject=subject,
        text=str(message.body),
        html=_html(message),
    )


def _html(message: EmailMessage) -> str:
    for alternative in getattr(message, "alternatives", ()):
        content, mimetype = alternative
        if mimetype == "text/html":
            return str(content)
    return ""
