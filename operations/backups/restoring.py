"""Bringing a set back. Until the last step a note lies in `var/run/`, with which no start goes on: whatever interrupts this, the
same command again finishes it, and nothing half restored is ever served."""

from __future__ import annotations

import fcntl
import json
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.utils import DatabaseError
from django.utils import timezone
from redis.exceptions import RedisError

from accounts.models import User
from core.crypto import erasures, owners
from core.routers import APPS_OF_KEYS
from core.storage import storage_troubles
from operations.backups import files, keycheck, making, manifest, places, state, uploads, version
from operations.backups.afterwards import erase_again, forget_what_is_over
from operations.backups.engines import ALIASES, engine, file_of
from operations.backups.making import ERASURES, Say, quiet
from operations.backups.manifest import Manifest
from operations.backups.refusing import Refused
from operations.backups.sqlite import applied_in


@dataclass
class Outcome:
    """What was done, for the person at the terminal."""

    begun: datetime
    #: A newer copy of the main database that took the place of the one in the set.
    main: Path | None = None
    keys_destroyed: int = 0
    erased: int = 0
    #: What is not as it was on that day, each with its number.
    forgotten: dict[str, int] = field(default_factory=dict)
    #: Where that lies which stood here before.
    before: Path | None = None


def restore(
    folder: Path, *, replace: bool = False, main: Path | None = None, say: Say = quiet
) -> Outcome:
    """Bring a set back into this installation. Raises Refused with a sentence.

    Into one that holds people only with `replace`; what stood there is then kept as long as a backup. `main` is a newer copy of
    the main database, made by a replication: it takes the place of the one in the set, and is treated in the same way.
    """
    places.refuse_another_account()
    try:
        with _site_is_down():
            found = _checked(folder, say)
            if main is not None:
                _refuse_unfit_main(main)
            with engine().apart() as keep_others_out:
                before = _refuse_to_overwrite(replace, say)
                with places.alone(places.home()):
                    keep_others_out()
                    return _restore(folder, Outcome(found.begun, main=main, before=before), say)
    except _troubles() as problem:
        words = getattr(problem, "strerror", "") or type(problem).__name__
        more = "Nothing was changed" if unfinished() is None else "The restore is not finished, and no start goes on before it is"  # fmt: skip
        raise Refused(
            f"A file, a database, the store or the storage cannot be read or written: {getattr(problem, 'filename', None) or folder}: {words}. {more}. "
            "Mend that (space, rights, the server), and type the same command again."
        ) from None


def _troubles() -> tuple[type[Exception], ...]:
    """What a disk, a database, the store and the storage raise that do not do what is asked."""
    return (OSError, DatabaseError, RedisError, *storage_troubles())


def unfinished() -> str | None:
    """What `restore` was told when it was interrupted, to be typed again; None when nothing is unfinished. Every start asks."""
    words = _noted()
    if words is None:
        return None
    try:
        is_half = engine().is_half(noted=True)
    except Refused:  # the database is away, so the note is all there is
        is_half = True
    if not is_half:  # it was finished from another machine
        _marker().unlink(missing_ok=True)
    return words if is_half else None


def _noted() -> str | None:
    try:
        return str(json.loads(_marker().read_text(encoding="utf-8"))["restore"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return "FOLDER"


def _checked(folder: Path, say: Say) -> Manifest:
    """The manifest of a set that is whole, of this kind of database, not newer, and opened by the keyring here."""
    found = manifest.read(folder)
    if found.engine != engine().suffix:
        raise Refused(
            "This backup is of another kind of database than DATABASE_URL names here. Nothing was changed. Restore it where "
            "both are SQLite, or both PostgreSQL."
        )
    newer = version.unknown([name for names in found.migrations.values() for name in names])
    if newer:
        raise Refused(
            f"This backup was made by a newer version of Lodestar ({found.version}; it knows {newer[0]}). Nothing was "
            "changed. Use that version."
        )
    say("Reading all of it …")
    _refuse_full_disk(found)
    manifest.verify(folder, found, needed=[*map(file_of, ALIASES), ERASURES, keycheck.SAMPLES])
    keycheck.refuse_wrong_keyring(folder)
    return found


def _refuse_unfit_main(main: Path) -> None:
    if engine().suffix != "sqlite3":
        raise Refused(
            "--main takes a copy of an SQLite database, and DATABASE_URL names another kind. Nothing was changed."
        )
    newer = version.unknown(applied_in(main))
    if newer:
        raise Refused(
            f"{main} was written by a newer version of Lodestar (it knows {newer[0]}). Nothing was changed. Use that version."
        )


def _refuse_full_disk(found: Manifest) -> None:
    free, needed = shutil.disk_usage(settings.VAR).free, found.bytes + making.SPARE
    if free < needed:
        raise Refused(
            f"Only {free // 1_000_000} MB are free on the disk that holds {settings.VAR}, and this backup needs "
            f"{needed // 1_000_000} MB. Nothing was changed. Free some space and try again."
        )


def _refuse_to_overwrite(replace: bool, say: Say) -> Path | None:
    if engine().is_half(noted=_noted() is not None) or not _holds_people():
        return None
    if not replace:
        raise Refused(
            "This installation holds people already, or a database that cannot be read. Nothing was changed. Restore into an "
            "empty one, or add --replace: what stands here is then kept for seven days in the folder of backups."
        )
    if engine().suffix == "dump":
        say("First a backup of what stands here …")
        return making.make(say=say, lets_go=False)  # the set that is wanted may be old enough to go
    return None


def _restore(folder: Path, outcome: Outcome, say: Say) -> Outcome:
    words = [str(folder), *(("--main", str(outcome.main)) if outcome.main else ())]
    files.write(_marker(), json.dumps({"restore": shlex.join(words)}))
    state.note_loaded({})
    outcome.before = _put_aside() or outcome.before
    say(f"Uploads: {uploads.put(folder, Path(settings.MEDIA_ROOT))} files …")
    say("Databases …")
    connections.close_all()
    copies = {alias: folder / file_of(alias) for alias in ALIASES}
    engine().put(copies if outcome.main is None else copies | {"default": outcome.main})
    owners.forget()
    for app in sorted(APPS_OF_KEYS):
        call_command("migrate", app, database="keys", interactive=False, verbosity=0)
    say("Keys that were destroyed since are destroyed again …")
    _merge_erasures(folder)
    outcome.keys_destroyed = owners.destroy_again()
    call_command("migrate", database="default", interactive=False, verbosity=0)
    say("What was under way on that day is ended …")
    now = timezone.now()
    outcome.erased = erase_again(now)
    # After the erasing, of which those who knew them are told: they had that mail when it was done first.
    outcome.forgotten = forget_what_is_over(now)
    state.note_loaded(manifest.read(folder).loaded)
    state.note(restored_at=now.isoformat(), restored_from=outcome.begun.isoformat())
    engine().note_whole()
    _marker().unlink()
    files.settle(_marker().parent)
    return outcome


def _put_aside() -> Path | None:
    """Move what stands here out of the way, the half of an interrupted restore too."""
    media = Path(settings.MEDIA_ROOT)
    aside = places.home() / f"{places.ASIDE}{places.name_of(timezone.now())}"
    number = 2
    while aside.exists():
        aside, number = aside.with_name(f"{aside.name.split('Z')[0]}Z-{number}"), number + 1
    places.make_private(aside)
    engine().put_aside(aside)
    if media.is_dir():
        (aside / uploads.MEDIA).mkdir(mode=0o700)
        for path in sorted(media.iterdir()):
            shutil.move(path, aside / uploads.MEDIA / path.name)
    if files.size_below(aside):
        return aside
    shutil.rmtree(aside)
    return None


def _merge_erasures(folder: Path) -> None:
    """Of every set there is: a newer one may know of keys that were destroyed after the one that is restored."""
    for parent in dict.fromkeys((folder.resolve().parent, places.home().resolve())):
        for one in places.whole_sets(parent):
            erasures.merge(one / ERASURES)
    erasures.merge(folder / ERASURES)


def _holds_people() -> bool:
    """What cannot be read counts as people: it must not be overwritten unasked."""
    if not engine().stands("default"):
        return False
    try:
        tables = connections["default"].introspection.table_names()
        return User._meta.db_table in tables and User.objects.exists()
    except DatabaseError:
        return True


@contextmanager
def _site_is_down() -> Iterator[None]:
    """Hold the lock that a supervisor holds while the site runs, so that neither begins beside the other."""
    path = Path(settings.VAR) / "run" / "serve.lock"  # of scripts/surroundings.py
    places.make_private(path.parent)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(
                "The site runs, or another restore is at work. Nothing was changed. Stop it first, and type the same command "
                "again."
            ) from None
        yield


def _marker() -> Path:
    return Path(settings.VAR) / "run" / "restoring.json"
