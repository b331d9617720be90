"""How long a lesson takes to read, from its words."""

from __future__ import annotations

from typing import Any

from curriculum.references import references_of

#: A calm pace. Adults read English non-fiction in silence at 238 words a minute, most of them between 175 and 300
#: (Brysbaert 2019, “How many words do we read per minute? A review and meta-analysis of reading rate”, Journal of Memory
#: and Language 109). Lessons are dense, so we count with less.
WORDS_A_MINUTE = 200


def minutes_of(lesson: Any) -> int:
    """Minutes to read the body, rounded up; 1 for a body without words. Sources and definitions are not counted."""
    facts = references_of(lesson.body).facts
    words = sum(len(part.block.plain(part.value, facts).split()) for part in lesson.body)
    return max(1, -(-words // WORDS_A_MINUTE))
