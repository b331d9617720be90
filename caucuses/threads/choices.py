"""Sizes of conversations."""

from __future__ import annotations

from core.text import LONGEST_FROM_MEMBERS

#: How many conversations the room's first page names.
ON_THE_CARD = 5
LONGEST_TITLE = 120
LONGEST_POST = LONGEST_FROM_MEMBERS
#: A draft may be longer than a post: it can be cut into several.
LONGEST_DRAFT = 50_000
LONGEST_PASSAGE = 600
