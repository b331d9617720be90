"""What `notices` offers at the doors: the bell, notices for the apps below, a mail to the operators, signs."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest

from core import doors
from core.fragments import fragment
from notices.actions import notify_all
from notices.alarms import alarm
from notices.restored import drop_waiting_mail
from notices.showing import MOST_COUNTED, unread_count
from notices.signs import mail_sign, worker_sign


def bell(*, request: HttpRequest | None, **_given: Any) -> str | None:
    """The bell with the number of unread notices, for members."""
    if request is None or not request.user.is_authenticated:
        return None
    count = unread_count(request.user)
    return fragment(
        "notices/door_bell.html",
        count=count,
        label=str(min(count, MOST_COUNTED)) + "+" * (count > MOST_COUNTED),
        current=request.path.startswith("/account/notices/"),
    )


def tell(*, members: Collection[Any], kind: str, payload: Mapping[str, Any], **_given: Any) -> None:
    """Notices for an app that stands below this one, in its own transaction."""
    notify_all(members=members, kind=kind, payload=payload)


def register() -> None:
    """Make the offers."""
    doors.offer("bell", bell)
    doors.offer("alarm", alarm)
    doors.offer("tell", tell)
    doors.offer("sign", worker_sign, order=10)
    doors.offer("sign", mail_sign, order=20)
    doors.offer("restored", drop_waiting_mail)
