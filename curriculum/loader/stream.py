"""Makes the fields of a page from a starter text. Each block is cleaned as the editor’s form would clean it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.blocks.stream_block import StreamBlockValidationError

from curriculum.blocks import DiscussionBlock
from curriculum.charts.views import Measure
from curriculum.glossary.models import Term
from curriculum.loader.ids import Block, with_ids
from curriculum.loader.pictures import Pictures
from curriculum.loader.reading import Part, StarterText
from curriculum.loader.refusal import StarterRefused
from curriculum.models import Fact, LessonPage, RedliningMap
from curriculum.reading_time import minutes_of


class Rows:
    """The rows that blocks point to, by the names that files use; asked for when the first one is needed."""

    @cached_property
    def facts(self) -> dict[str, int]:
        """Facts by key."""
        return dict(Fact.objects.values_list("key", "pk"))

    @cached_property
    def terms(self) -> dict[str, str]:
        """Terms by address."""
        return {slug: str(pk) for slug, pk in Term.objects.values_list("slug", "pk")}

    @cached_property
    def maps(self) -> dict[str, str]:
        """Maps by short name."""
        return {slug: str(pk) for slug, pk in RedliningMap.objects.values_list("slug", "pk")}


def module_fields(text: StarterText) -> dict[str, Any]:
    """The fields of a module."""
    return {
        "title": text.front.get("title"),
        "summary": text.front.get("summary"),
        "goal": text.front.get("goal") or "",
        "introduction": text.markdown,
    }


def lesson_fields(
    text: StarterText, rows: Rows, pictures: Pictures, *, old: list[Block], upload: bool
) -> dict[str, Any]:
    """The fields of a lesson; blocks keep the ids that they have among the `old` ones.

    Without `upload` a picture that is not in the library yet is left out: enough to compare, too little to publish.
    Raises StarterRefused at the line of a block that could not be published.
    """
    body = LessonPage._meta.get_field("body")
    parts = list(text.parts)
    raw = [
        {"type": part.kind, "value": _value(part, rows, pictures, upload=upload)} for part in parts
    ]
    if text.front.get("sources"):
        parts.append(Part("sources", text.front.line("sources"), values=text.front))
        raw.append({"type": "sources", "value": _sources(text)})
    value = body.to_python(raw)
    if upload:
        value = _cleaned(text, parts, value)
    stored = json.loads(json.dumps(body.get_prep_value(value), cls=DjangoJSONEncoder))
    made = body.to_python(with_ids(stored, old))
    counted = text.front.get("minutes") == minutes_of(LessonPage(body=made))
    return {
        "title": text.front.get("title"),
        "lede": text.front.get("lede"),
        "goal": text.front.get("goal"),
        "minutes": text.front.get("minutes"),
        "minutes_counted": counted,  # where the file says what the words say; else its number was chosen
        "gate_reason": text.front.get("gate") or "",
        "body": made,
    }


def _value(part: Part, rows: Rows, pictures: Pictures, *, upload: bool) -> Any:
    if part.values is None:
        return part.text
    said = part.values.get
    match part.kind:
        case "rich_text":
            return said("html")
        case "fact":
            return {"fact": rows.facts[said("fact")]}
        case "term":
            return {"term": rows.terms[said("term")]}
        case "map":
            return {"map": rows.maps[said("map")], "caption": said("caption")}
        case "discussion":
            return {"text": said("text"), "place": said("place") or DiscussionBlock.COHORT}
        case "figure":
            return _figure(part, pictures, upload=upload)
        case "timeline":
            return {"title": said("title"), "events": _items(said("events"))}
        case "then_now":
            return {**part.values.values, "map": rows.maps[said("map")]}
        case "chart":
            return {"measure": Measure.COUNT.value, "together": "", **part.values.values}
        case "media":
            return _media(part, pictures, upload=upload)
        case "facilitator":
            return {**_words(part), "minutes": _number(said("minutes"))}
    return _words(part)


def _words(part: Part) -> dict[str, Any]:
    assert part.values is not None  # noqa: S101 (asked for by the caller)
    return {name: value or "" for name, value in part.values.values.items()}


def _number(words: str) -> int | str:
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 7 else words


def _media(part: Part, pictures: Pictures, *, upload: bool) -> dict[str, Any]:
    values = _words(part)
    recordings = pictures.recordings
    for name in ("file", "captions"):
        given = values.get(name)
        found = given and (recordings.take(given) if upload else recordings.find(given))
        values[name] = found.pk if found else None
    still = values.get("poster")
    found = still and (pictures.take(still, "") if upload else pictures.find(still))
    return {**values, "poster": found.pk if found else None}


def _items(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A list as its block stores it; the id of an item follows from its first words."""
    return [
        {
            "type": "item",
            "value": {name: value or "" for name, value in item.items()},
            "id": str(uuid5(NAMESPACE_OID, f"{number} {' '.join(map(str, item.values()))[:80]}")),
        }
        for number, item in enumerate(items)
    ]


def _figure(part: Part, pictures: Pictures, *, upload: bool) -> dict[str, Any]:
    assert part.values is not None  # noqa: S101 (a figure has values)
    said = part.values.get
    image = pictures.take(said("image"), said("alt")) if upload else pictures.find(said("image"))
    return {
        "image": {"image": image and image.pk, "alt_text": said("alt"), "decorative": False},
        "caption": said("caption"),
        "source": said("source") or "",
    }


def _sources(text: StarterText) -> list[dict[str, Any]]:
    names = ("key", "author", "title", "publisher", "year", "url", "checked")
    return [
        {
            "type": "item",
            "value": {
                **{name: source.get(name) or "" for name in names},
                "confidence": source.get("confidence") or "high",
            },
            "id": str(uuid5(NAMESPACE_OID, source["key"])),
        }
        for source in text.front.get("sources")
    ]


def _cleaned(text: StarterText, parts: list[Part], value: Any) -> Any:
    """The blocks as the form would give them back, ready to be published. Raises StarterRefused."""
    try:
        cleaned = value.stream_block.clean(value)
    except StreamBlockValidationError as wrong:
        for number, problem in wrong.block_errors.items():
            place, reason = next(_reasons(problem))
            line = _line(parts[number], place)
            name = "".join(f"{one}: " for one in place[-1:] if isinstance(one, str))
            raise StarterRefused(text.path, line, f"{name}{reason}") from None
        raise StarterRefused(text.path, 1, " ".join(wrong.non_block_errors)) from None
    for part, child in zip(parts, cleaned, strict=True):
        for problem in child.block.problems(child.value):
            raise StarterRefused(text.path, part.line, problem.words)
    return cleaned


def _reasons(problem: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Place and sentence of each mistake in a block, however deep it lies."""
    inner = getattr(problem, "block_errors", None)
    if inner is None:
        yield (), " ".join(problem.messages)
        return
    for at, one in inner.items():
        yield from (((at, *place), reason) for place, reason in _reasons(one))
    if problem.non_block_errors:
        yield (), " ".join(problem.non_block_errors)


def _line(part: Part, place: tuple[str | int, ...]) -> int:
    if part.kind == "sources":
        return part.line_of("sources", *place)
    return part.line_of(*place)
