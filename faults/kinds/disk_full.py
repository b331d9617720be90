"""H4: the disk that holds the site (and its PostgreSQL) is full to the last byte for some seconds."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from faults.case import Case, Kind
from faults.site import is_root
from faults.surroundings import LeftOut

SIZE = "700m"  # in memory; a start wants 200 MB free
FILLER = "filler"
LOGS = ("said.txt", "reader.txt")


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[tuple[dict[str, str], Any]]:
    """A disk of its own for the site's folder. Raises LeftOut for who may not mount one."""
    if not is_root():
        raise LeftOut("Only root can mount the small disk that this kind fills.")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=711", "lodestar-faults", str(folder)],
        check=False,
    )
    if mounted.returncode:
        raise LeftOut("This machine does not let a small disk be mounted.")
    try:
        yield {}, None
    finally:
        _save_logs(folder)
        subprocess.run(["umount", "-l", str(folder)], check=False)
        _bring_logs_back(folder)


def _save_logs(folder: Path) -> None:
    """What was said must outlive the small disk, in case somebody wants to know why."""
    for name in LOGS:
        if (folder / name).exists():
            shutil.copyfile(folder / name, folder.with_name(name))


def _bring_logs_back(folder: Path) -> None:
    for name in LOGS:
        if folder.with_name(name).exists():
            shutil.move(folder.with_name(name), folder / name)


def fill(case: Case) -> None:
    """Fill it, look whether it can still be read, and free it again."""
    filler = case.site.folder / FILLER
    _fill(filler)
    seconds = case.rng.uniform(2, 6)
    until = time.monotonic() + seconds
    pages = []
    while time.monotonic() < until:
        pages.append(case.site.status("/learn/", 5))
        time.sleep(0.5)
        _fill(filler)  # what was given back meanwhile
    filler.unlink()
    server = case.site.server
    if server is not None and not server.is_up():
        server.kill()
        server.start()  # as its own service does when it has ended for want of space
        case.verdict.notes["the database had ended"] = True
    else:
        case.verdict.notes["public pages not read"] = sum(1 for status in pages if status != 200)
    case.happened(f"the disk full for {seconds:.0f} s")


def _fill(filler: Path) -> None:
    with filler.open("ab", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            block = b"\0" * size
            while True:
                try:
                    if os.write(file.fileno(), block) < size:
                        break
                except OSError as problem:
                    if problem.errno != errno.ENOSPC:
                        raise
                    break


KIND = Kind("disk-full", "disk full to the last byte, then freed", fill, around=small_disk)
