"""The signs that `operations` says itself: disks, keyring, databases, shared cache, alarms, version. Each asks little."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import disk, version
from core.crypto.age import in_use_since
from core.crypto.keyring import KeyMissing, names_missing
from core.crypto.owners import key_names
from core.routers import ALIASES
from core.schema import fit_of
from core.signs import Sign

#: A key that is older than this should be changed: a year, and a month to find the time.
OLD_KEY = timedelta(days=400)


def disks(**_given: object) -> Iterator[Sign]:
    """How much room is left on each disk that is written to."""
    rooms = list(disk.rooms())
    takes = disk.takes_files()
    words = [
        _("%(free)s of %(total)s are free.")
        % {"free": filesizeformat(room.free), "total": filesizeformat(room.total)}
        for room in rooms
    ]
    said = " ".join(words) if takes else _("A disk takes no files at the moment.")
    advice = _("Make room, or a larger disk: old backups and logs first. Under 64 MB nothing new is kept, and who writes is told so.")  # fmt: skip
    is_well = takes and all(room.is_enough for room in rooms)
    yield Sign("disk", _("Room on the disks"), said, is_well, advice)


def keyring(*, now: datetime, **_given: object) -> Iterator[Sign]:
    """How long the current key has been in use, and whether the keyring holds all keys that are needed."""
    title = _("Keyring")
    try:
        since, missing = in_use_since(), names_missing(key_names())
    except KeyMissing:
        since, missing = None, [""]
    if missing:
        said = _("The keyring cannot be read, or lacks a key that private text needs.")
        yield Sign("keyring", title, said, False, _("Put the keyring back from its copy. Nothing is lost as long as one exists."))  # fmt: skip
    elif since is None:
        yield Sign("keyring", title, _("Nothing was sealed yet."))
    else:
        age = max(timedelta(), timedelta(days=(now.date() - since).days))
        advice = _("Run “manage.py rotate_keys”; the site runs on meanwhile. Keep a copy of the new keyring.")  # fmt: skip
        yield Sign("keyring", title, _in_use(age.days), age <= OLD_KEY, advice)


def _in_use(days: int) -> str:
    if not days:
        return _("The current key has been in use since today.")
    said = ngettext(
        "The current key has been in use for %(days)s day.",
        "The current key has been in use for %(days)s days.",
        days,
    )
    return said % {"days": days}


def databases(**_given: object) -> Iterator[Sign]:
    """Whether both databases fit this code."""
    fits = {alias: fit_of(alias) for alias in ALIASES}
    behind = [alias for alias, fit in fits.items() if fit.is_behind]
    newer = [alias for alias, fit in fits.items() if fit.newer]
    said, advice = _("Both fit this version."), ""
    if behind:
        said = _("Steps of this version are missing in: %(names)s.") % {"names": ", ".join(behind)}
        advice = _("Start the site anew: every start brings the databases up to date. Before that, make a backup.")  # fmt: skip
    elif newer:
        said = _("Written by a newer version: %(names)s.") % {"names": ", ".join(newer)}
        advice = _("Start the newer version, or restore a backup that was made before it.")
    yield Sign("databases", _("Databases"), said, not behind and not newer, advice)


def shared_cache(**_given: object) -> Iterator[Sign]:
    """Whether the store that counts attempts answers."""
    title = _("Shared cache")
    try:
        cache.get("sign")
    except Exception:  # whatever a client of the store raises, it is away
        said = _("It does not answer. Pages go on; signing in is paused, since attempts cannot be counted.")  # fmt: skip
        yield Sign("cache", title, said, False, _("Start the store that CACHE_URL names. The site finds it again by itself."))  # fmt: skip
    else:
        yield Sign("cache", title, _("It answers."))


def alarms(**_given: object) -> Iterator[Sign]:
    """Whether somebody is mailed. A demonstration needs nobody."""
    title = _("Alarms")
    if settings.ALERT_EMAIL:
        yield Sign("alarms", title, _("They are mailed to the address in ALERT_EMAIL."))
    else:
        is_well = bool(settings.DEMO or settings.DEBUG)
        said = _("Nobody is mailed: alarms stand in the log alone.")
        yield Sign("alarms", title, said, is_well, _("Set ALERT_EMAIL and start the site anew."))


def code(**_given: object) -> Iterator[Sign]:
    """Which version runs. Its words are made when somebody reads them: the stamp of many files takes a moment."""
    yield Sign("version", _("Version"), _version_words())


def _running() -> str:
    return _("%(version)s, made of files with the stamp %(stamp)s.") % {
        "version": version.version(),
        "stamp": version.running(),
    }


_version_words = lazy(_running, str)


SIGNS = (disks, keyring, databases, shared_cache, alarms, code)
