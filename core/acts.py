"""What others did to something of a member's, for the member to read. Each app says what is theirs and how it is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class ActsOn:
    """Rows that are a member's, and the verbs of the log of acts that are told of them.

    `rows` gives each row's key what it is called (`%(what)s`); a sentence may name who did it (`%(who)s`), or must not
    where the declarations keep that from the member. `by` are members who may have acted without a role.
    """

    rows: Mapping[Any, Words]
    words: Mapping[str, Words]
    by: Collection[UUID] = ()


@dataclass(frozen=True)
class Act:
    """One act that the row itself tells of: when, the sentence, what it was about, and who did it."""

    at: datetime
    words: Words
    what: Words = ""
    by: UUID | None = None
