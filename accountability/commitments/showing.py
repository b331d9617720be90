"""Lines of lists as HTML: patterns, whose templates run once for each shape of a line, and only words differ from then on."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from accountability.commitments.reading import Line, kind_label
from core.fragments import address
from core.patterns import Pattern

_WORDS = ("url", "words", "whose", "state")
_LINE = Pattern("commitments/line.html", *_WORDS, "kind", "seen_by")
_BETWEEN = Pattern("commitments/between_line.html", *_WORDS)


def shown(lines: Sequence[Line], *, names: bool = False) -> list[SafeString]:
    """Each commitment of a list of one's own; with `names` it says whose each is."""
    return [
        _LINE.made(
            {**_words(line), "kind": kind_label(line.row.kind), "seen_by": line.seen_by},
            is_shut=line.is_shut,
            waits=line.waits,
            has_state=bool(line.state),
            names=names or line.row.role_id is not None,
        )
        for line in lines
    ]


def shown_between(lines: Sequence[Line]) -> list[SafeString]:
    """Each commitment of a list of what two or three let each other read."""
    return [
        _BETWEEN.made(_words(line), is_shut=line.is_shut, has_state=bool(line.state))
        for line in lines
    ]


def _words(line: Line) -> dict[str, object]:
    return {
        "url": address("commitments:commitment_show", line.row.pk),
        "words": line.words,
        "whose": line.whose,
        "state": line.state,
    }
