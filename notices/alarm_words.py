"""What an alarm says: a subject and what to do, the same words each time. No names, no numbers, no words of people."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
OTHER = "sign"


@dataclass(frozen=True)
class Alarm:
    """The words of one kind of alarm; `%(name)s` is the initiative's name."""

    subject: Words
    text: Words


ALARMS: dict[str, Alarm] = {
    "stuck": Alarm(
        _("A mail of %(name)s could not be delivered"),
        _("At least one mail of %(name)s was given up after several tries. Everything else goes on, and nothing on the site is lost. The log of the worker says which answer the mail server gave; “manage.py check_mail” sends a test mail."),
    ),
    "sealed": Alarm(
        _("Something sealed of %(name)s could not be opened"),
        _("Something that %(name)s keeps sealed could not be opened: it was damaged or moved in the database, or its key is gone. Everything else opens as before. The log says which kind of thing it was, and nobody can see whose. If a disk failed or a backup was restored today, compare the database of keys with the main one."),
    ),
    "unerased": Alarm(
        _("Somebody who left %(name)s is not erased yet"),
        _("Somebody left %(name)s, and a step of erasing them has failed three times. Their keys are destroyed and no page shows them; the other steps are done, and this one is tried again every hour. The log of the worker names the step."),
    ),
    "task": Alarm(
        _("Work in the background of %(name)s failed for good"),
        _("A task of %(name)s failed five times and is not tried again. Nothing of it is half done, and other tasks go on. The log of the worker names the task and the kind of error; the operators’ page counts what failed."),
    ),
    "backup": Alarm(
        _("%(name)s has no good backup of today"),
        _("The last backup of %(name)s is too old, or its check failed. The site goes on. Look at the log of the night’s work, free some space if the disk is full, and run “manage.py backup” by hand; what was backed up before is still there."),
    ),
    "disk": Alarm(
        _("The disk of %(name)s is nearly full"),
        _("Little room is left on a disk that %(name)s writes to. While some is left, everything goes on; then nothing new can be kept, and who writes is told so and keeps their text. Make room, or a larger disk: old backups and logs first. The site comes back by itself."),
    ),
    "worker": Alarm(
        _("The worker of %(name)s does not keep up"),
        _("A worker of %(name)s gave no sign of life for some minutes. Pages go on; mail, files and regular work wait and are done later. Look whether the service runs, and at the end of its log."),
    ),
    "error": Alarm(
        _("A page of %(name)s failed"),
        _("A page of %(name)s answered with an error of its own. Whoever saw it was told that nothing was changed. The log says which address it was, which kind of error, how often, and the ids of the requests (look for lodestar.faults); it holds no words of people. Until tomorrow no further mail tells of such errors."),
    ),
    "outbox": Alarm(
        _("Mail of %(name)s waits for long"),
        _("Mail that is due at %(name)s has waited for longer than it should. Nothing is lost: each is sent once when the mail server takes it. “manage.py check_mail” says what the server answers. This mail came late too, if it is the server."),
    ),
    "keyring": Alarm(
        _("The keyring of %(name)s needs you"),
        _("The key that seals private text at %(name)s has been in use for more than 400 days, or the keyring cannot be read. Everything that opened before opens still. “manage.py rotate_keys” changes the key while the site runs; keep a copy of the new keyring apart from the backups."),
    ),
    "clock": Alarm(
        _("The clock of %(name)s leapt ahead"),
        _("The clock of the machine that runs the worker of %(name)s leapt ahead by more than an hour, or the machine was off for more than two days. Until the clock is right again, or for a day, nothing is deleted because of its age and nobody who left is erased; everything else goes on. If the machine was not off, look whether it asks a time server."),
    ),
    OTHER: Alarm(
        _("Something at %(name)s is not well"),
        _("The operators’ page of %(name)s shows a sign that is not well, and what to do about it. Until tomorrow no further mail tells of it."),
    ),
}  # fmt: skip
