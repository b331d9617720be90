"""Making a set. Whatever interrupts it, there is either a whole set or none; the site goes on reading and writing meanwhile."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from config.settings import keyring
from config.settings.values import WrongSetting
from core.crypto import erasures
from core.storage import storage_troubles
from operations.backups import files, keycheck, manifest, places, state, version
from operations.backups.engines import ALIASES, Held, engine, file_of
from operations.backups.keeping import prune
from operations.backups.refusing import Refused
from operations.backups.uploads import Uploads

ERASURES = "erasures.jsonl"
SPARE = 50_000_000  # bytes that stay free beside a backup
TRIES = 5
Say = Callable[[str], None]


def quiet(_words: str) -> None:
    """Say nothing."""


def make(*, to: Path | None = None, say: Say = quiet, lets_go: bool = True) -> Path:
    """Make a set and let go of those that are too old (unless not `lets_go`); returns its folder. Raises Refused with a sentence.

    What is acknowledged before this begins is in it.
    """
    folder = to or places.home()
    places.refuse_another_account()
    _refuse_keyring_inside(folder)
    try:
        with places.alone(folder):
            made = _make(folder, say)
            gone = prune(folder) if lets_go else 0
    except storage_troubles() as problem:
        raise Refused(
            f"The storage of uploads does not answer, refuses, or is broken ({type(problem).__name__}), and who was erased on other "
            "machines cannot be read there. No backup was made, and older ones are kept. Mend that and try again."
        ) from None
    except OSError as problem:
        raise Refused(
            f"The backup could not be written: {problem.filename or folder}: {problem.strerror}. No backup was made, what was "
            "begun of it is cleared away, and older ones are kept. Free some space or mend its rights, and try again."
        ) from None
    if gone:
        say(f"{gone} older than seven days went.")
    return made


def _make(folder: Path, say: Say) -> Path:
    begun = timezone.now()
    draft = folder / f"{places.MAKING}{places.name_of(begun)}"
    earlier = next((one for one in reversed(places.whole_sets(folder)) if one.name != state.read().get("damaged")), None)  # fmt: skip
    try:
        places.make_private(draft)
        uploads = Uploads(Path(settings.MEDIA_ROOT), draft, earlier)
        _refuse_full_disk(folder, uploads)
        say(f"Uploads: {uploads.gather()} files …")
        with _held() as held:
            begun = timezone.now()
            for alias in ALIASES:
                say(f"Database ({alias}) …")
                held[alias].copy(draft / file_of(alias))
            keycheck.write_samples(held["keys"], draft)
        uploads.gather()  # what came between: whatever a row names was there before the row
        _copy_erasures(draft)
        size = uploads.write_list()
        say("Writing down what is in it …")
        _write_manifest(draft, begun, uploads, size)
        made = _place(folder, begun)
        draft.rename(made)
        files.settle(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    if folder == places.home():
        with suppress(OSError):  # the set is whole, and its name says when it was begun
            state.note_backup(begun, made)
    return made


@contextmanager
def _held() -> Iterator[dict[str, Held]]:
    """Both databases at one moment, the main one first (see `engines`).

    Where a generation of a key was retired in just this moment, rows of the main copy may still need it: then once more.
    """
    kind = engine()
    for _attempt in range(TRIES):
        with ExitStack() as stack:
            with kind.hold("keys") as keys:
                before = keycheck.alive(keys)
            held: dict[str, Held] = {alias: stack.enter_context(kind.hold(alias)) for alias in ALIASES}  # fmt: skip
            if keycheck.lost(before, held["keys"]):
                continue
            yield held
            return
    raise Refused("Keys change all the time at this moment. No backup was made. Try again in a minute.")  # fmt: skip


def _write_manifest(draft: Path, begun: datetime, uploads: Uploads, size: int) -> None:
    listed: dict[str, dict[str, Any]] = {}
    for path in sorted(draft.iterdir()):
        if path.is_file():
            listed[path.name] = {"bytes": path.stat().st_size, "sha256": files.digest(path)}
    manifest.write(
        draft,
        manifest.Manifest(
            format=manifest.FORMAT,
            engine=engine().suffix,
            begun_at=begun.isoformat(),
            made_at=timezone.now().isoformat(),
            version=version.code(),
            migrations={alias: version.applied(alias) for alias in ALIASES},
            files=listed,
            uploads=len(uploads.lines),
            bytes=size + sum(row["bytes"] for row in listed.values()),
            loaded=state.loaded(),
        ),
    )


def _copy_erasures(draft: Path) -> None:
    """The list of destroyed keys, after the copy of keys: it names at least whom that copy has lost."""
    files.private_file(draft / ERASURES)
    erasures.copy_to(draft / ERASURES)
    files.settle(draft / ERASURES)


def _place(folder: Path, begun: datetime) -> Path:
    name = places.name_of(begun)
    free = (name, *(f"{name}-{number}" for number in range(2, 100)))
    return next(folder / one for one in free if not (folder / one).exists())


def _refuse_full_disk(folder: Path, uploads: Uploads) -> None:
    needed = uploads.needs() + sum(engine().size(alias) for alias in ALIASES) + SPARE
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Refused(
            f"Only {free // 1_000_000} MB are free on the disk that holds {folder}, and this backup needs about "
            f"{needed // 1_000_000} MB. No backup was made, and older ones are kept. Free some space and try again."
        )


def _refuse_keyring_inside(folder: Path) -> None:
    """A keyring in the uploads would be carried along, and one beside the sets would be stolen with them (threats C2)."""
    try:
        keyring.refuse_inside(
            settings.FIELD_KEYS_FILE,
            {
                "the folder of uploads": Path(settings.MEDIA_ROOT),
                "the folder of this backup": folder,
            },
        )
    except WrongSetting as problem:
        raise Refused(f"{problem} No backup was made.") from None
