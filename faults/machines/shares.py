"""A machine that may use a share of one processor: the kernel's control groups, version 2 or 1, whichever this host has."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

from faults.machines.parts import Part
from faults.surroundings import LeftOut

GROUPS = Path("/sys/fs/cgroup")
PERIOD = 100_000  # microseconds


def held_on(web: Part, processor: int, share: float) -> contextlib.AbstractContextManager[None]:
    """This web machine on this processor, of which it may use this share. Raises LeftOut where no group can be made."""
    quota = str(round(share * PERIOD))
    if (GROUPS / "cgroup.controllers").exists():
        return _held(web, processor, GROUPS, {"cpu.max": f"{quota} {PERIOD}"})
    if (GROUPS / "cpu" / "cgroup.procs").exists():
        limits = {"cpu.cfs_period_us": str(PERIOD), "cpu.cfs_quota_us": quota}
        return _held(web, processor, GROUPS / "cpu", limits)
    raise LeftOut("this host has no control groups for processor time")


@contextlib.contextmanager
def _held(web: Part, processor: int, root: Path, limits: dict[str, str]) -> Iterator[None]:
    group = root / f"lodestar-{web.name}"
    try:
        group.mkdir(exist_ok=True)
        for name, value in limits.items():
            (group / name).write_text(value)
        _move(web, group)
    except OSError as problem:
        raise LeftOut(f"no control group can be made ({problem.strerror})") from None
    for pid in web.processes():
        subprocess.run(["taskset", "-a", "-p", "-c", str(processor), str(pid)], capture_output=True, check=False)  # fmt: skip
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            _move(web, root)
            group.rmdir()


def _move(web: Part, group: Path) -> None:
    for pid in web.processes():
        with contextlib.suppress(ProcessLookupError):
            (group / "cgroup.procs").write_text(str(pid))
