"""What a page says, in a form that can be compared: fields and blocks without ids and without what a form does to them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from wagtail.blocks import StreamValue

from curriculum.models import LessonPage, ModulePage

#: The fields that the loader writes. An address (slug) is given once and is the editors’ from then on.
FIELDS: dict[Any, tuple[str, ...]] = {
    ModulePage: ("title", "summary", "goal", "introduction"),
    LessonPage: ("title", "lede", "goal", "minutes", "minutes_counted", "gate_reason", "body"),
}
DRAFTAIL_KEY = re.compile(r' data-block-key="[^"]*"')  # Wagtail's editor numbers each paragraph


def fields_of(page: Any) -> dict[str, Any]:
    """What the loader would have written of a page, as it is on this object."""
    return {name: getattr(page, name) for name in FIELDS[type(page)]}


def digest_of(fields: Mapping[str, Any]) -> str:
    """The digest of fields and blocks. Two pages that say the same have the same one."""
    said = {name: plain(value) for name, value in fields.items()}
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def plain(value: Any) -> Any:
    """A value without ids of blocks, without what is empty, and with line ends and edges as a form leaves them or not."""
    if isinstance(value, StreamValue):
        return [plain(part) for part in value.get_prep_value()]
    if isinstance(value, Mapping):
        names = set(value) - ({"id"} if {"type", "value"} <= set(value) else set())
        kept = {name: plain(value[name]) for name in names}
        return {name: one for name, one in kept.items() if one not in (None, "", [], {}, False)}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, str):
        return DRAFTAIL_KEY.sub("", value.replace("\r\n", "\n")).strip()
    return value if isinstance(value, int) or value is None else str(value)
