"""The storage of uploads: a folder, or a bucket elsewhere that may not answer (`core.bucket`)."""

from __future__ import annotations

import sys


def storage_troubles() -> tuple[type[Exception], ...]:
    """What a storage raises that does not answer, refuses, or is broken itself: some of it is an OSError. None for a folder."""
    known = sys.modules.get("botocore.exceptions")
    return (known.BotoCoreError, known.ClientError) if known is not None else ()


def is_storage_trouble(problem: BaseException | None) -> bool:
    """Whether this is such trouble."""
    return isinstance(problem, storage_troubles())
