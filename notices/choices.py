"""Fixed sets of values of `notices`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    """When a kind of notice is mailed. On the site it always shows under the bell."""

    NOW = "now", _("Soon: within ten minutes")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NONE = "none", _("Never by mail")


#: The rhythms that gather notices into one mail.
DIGESTS = frozenset({Rhythm.DAILY, Rhythm.WEEKLY})
#: What holds until a member chooses otherwise.
FIRST_RHYTHM = Rhythm.NOW


class MailKind(models.TextChoices):
    """What a mail of the outbox is about. Only `ready` and `alarm` carry their text from the start."""

    NOTICE = "notice", _("one notice")
    DIGEST = "digest", _("the notices of a day or a week")
    READY = "ready", _("written by whoever sent it, such as a code to sign in with")
    ALARM = "alarm", _("to the operators: something needs them")


class MailState(models.TextChoices):
    """Where a mail stands. `TRANSITIONS` says how it moves on."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("handed to the mail server")
    DROPPED = "dropped", _("no longer wanted when its time came")
    DEAD = "dead", _("given up")


#: From each state to the states that may follow. What is done stays done, so that no mail goes out again.
TRANSITIONS: dict[MailState, frozenset[MailState]] = {
    MailState.WAITING: frozenset({MailState.SENT, MailState.DROPPED, MailState.DEAD}),
    MailState.SENT: frozenset(),
    MailState.DROPPED: frozenset(),
    MailState.DEAD: frozenset(),
}
