"""The storage of uploads: a folder, or a bucket elsewhere that may not answer (`core.bucket`)."""

from __future__ import annotations

import sys


def is_storage_trouble(problem: BaseException | None) -> bool:
    """Whether this is a storage that does not answer, refuses, or is broken itself."""
    known = sys.modules.get("botocore.exceptions")
    return known is not None and isinstance(problem, (known.BotoCoreError, known.ClientError))
