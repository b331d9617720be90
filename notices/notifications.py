"""The mails that `notices` itself writes, one function each. None of them says what happened, to whom, or by whom."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation

from accounts.models import Initiative
from core.mail import build
from notices.alarm_words import ALARMS
from notices.message_ids import new_message_id
from notices.stop_links import stop_token


def something_new(*, member: Any, message_id: str) -> EmailMultiAlternatives:
    """The constant mail: there is something new for you. The same subject and text whatever happened (threats E1)."""
    stop_url = settings.SITE_URL + reverse("notices:mail_stop", args=[stop_token(member.pk)])
    with translation.override(member.language or settings.LANGUAGE_CODE):
        message = build(
            to=member.email,
            template="notices/mail/something_new",
            context={
                "initiative": Initiative.load(),
                "list_url": settings.SITE_URL + reverse("notices:notice_list"),
                "preferences_url": settings.SITE_URL + reverse("notices:preferences_edit"),
                "stop_url": stop_url,
            },
        )
    message.extra_headers = {
        "Message-ID": message_id,
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return message


def something_wrong(*, to: str, what: str) -> EmailMultiAlternatives:
    """To the operators: something of this kind needs them (`notices.alarm_words`). Says neither which nor whose."""
    words, name = ALARMS[what], {"name": Initiative.load().name}
    context = {"subject": str(words.subject) % name, "text": str(words.text) % name}
    return build(to=to, template="notices/mail/alarm", context=context)


def mail_check(*, to: str) -> EmailMultiAlternatives:
    """A test of the way that mail takes."""
    message = build(to=to, template="notices/mail/mail_check", context=_name())
    message.extra_headers = {
        "Message-ID": new_message_id(),
        "Auto-Submitted": "auto-generated",
    }
    return message


def _name() -> dict[str, Any]:
    return {"initiative": Initiative.load()}
