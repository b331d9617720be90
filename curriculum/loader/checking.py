"""Checks what a starter file refers to (facts, sources, terms, maps, pictures) before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.images.utils import get_allowed_image_extensions

from core.uploads.kinds import AUDIO, CAPTIONS, VIDEO, check_document, ending_of
from core.uploads.pictures import clean_picture
from core.uploads.refusal import why
from curriculum.loader.reading import CITED, FILES, Part, StarterText
from curriculum.loader.refusal import StarterRefused, suggestion

TERM_LINK = re.compile(r"\]\(\s*term:([^)]*)\)")  # wider than what a page understands, as CITED is


@dataclass(frozen=True)
class Known:
    """What may be referred to: what is loaded already, and what stands in the folder beside the lessons."""

    facts: Set[str]
    terms: Set[str]
    maps: Set[str]
    pictures: Path


def check_references(text: StarterText, known: Known) -> None:
    """Raise StarterRefused at the line of the first reference that leads nowhere."""
    sources = own_sources(text)
    for part in text.parts:
        for line, words in part.prose():
            _check_words(text, line, words, sources, known)
        if part.values is not None:
            _check_directive(text, part, sources, known)


def own_sources(text: StarterText) -> frozenset[str]:
    """The keys of the sources that the file itself lists."""
    return frozenset(source["key"] for source in text.front.get("sources") or [])


def cited_facts(text: StarterText) -> Iterator[tuple[int, str]]:
    """Line and key of every fact that the file rests on."""
    sources = own_sources(text)
    for part in text.parts:
        found = [(line, key) for line, words in part.prose() for _kind, key in CITED.findall(words)]
        if part.values is not None:
            found += [
                (part.line_of(name), part.values.get(name))
                for name in ("source", "fact")
                if part.values.get(name)
            ]
        yield from ((line, key) for line, key in found if key not in sources)


def _check_words(
    text: StarterText, first: int, words: str, sources: Set[str], known: Known
) -> None:
    for found in CITED.finditer(words):
        line, (sign, key) = first + words.count("\n", 0, found.start()), found.groups()
        _check_key(text, line, key, sources, known)
        if sign == "=" and key in sources:
            reason = _("[=%(key)s] says a fact’s own sentence, and %(key)s is a source. Cite it as [@%(key)s].")  # fmt: skip
            raise StarterRefused(text.path, line, reason % {"key": key})
    for found in TERM_LINK.finditer(words):
        _check_term(text, first + words.count("\n", 0, found.start()), found[1], known)


def _check_key(text: StarterText, line: int, key: str, sources: Set[str], known: Known) -> None:
    if key not in sources and key not in known.facts:
        reason = _("it cites %(key)s, which is no fact and not among its sources.") % {"key": key}
        raise StarterRefused(text.path, line, reason)


def _check_term(text: StarterText, line: int, slug: str, known: Known) -> None:
    if slug not in known.terms:
        reason = _("“%(slug)s” is no term of the glossary. %(suggestion)s")
        said = {"slug": slug, "suggestion": suggestion(slug, known.terms)}
        raise StarterRefused(text.path, line, reason % said)


def _check_directive(text: StarterText, part: Part, sources: Set[str], known: Known) -> None:
    assert part.values is not None  # noqa: S101 (asked for by the caller)
    if part.values.get("source"):
        _check_key(text, part.line_of("source"), part.values.get("source"), sources, known)
    if part.kind == "fact":
        _check_fact(text, part.line_of("fact"), part.values.get("fact"), sources, known)
    if part.kind == "term":
        _check_term(text, part.line_of("term"), part.values.get("term"), known)
    if part.kind in ("map", "then_now") and (slug := part.values.get("map")) not in known.maps:
        reason = _("no map named “%(map)s” is loaded. %(suggestion)s")
        said = {"map": slug, "suggestion": suggestion(slug, known.maps)}
        raise StarterRefused(text.path, part.line_of("map"), reason % said)
    for name, folder in FILES.get(part.kind, {}).items():
        given, line = part.values.get(name), part.line_of(name)
        if given and folder == "images":
            _check_picture(text, line, given, known.pictures)
        elif given:
            kinds = {CAPTIONS} if name == "captions" else AUDIO | VIDEO
            _check_recording(text, line, given, known.pictures.parent / folder, kinds)


def _check_fact(text: StarterText, line: int, key: str, sources: Set[str], known: Known) -> None:
    if key in known.facts:
        return
    if key in sources:
        reason = _("%(key)s is one of the lesson’s own sources. A card shows a fact; cite a source as [@%(key)s].")  # fmt: skip
        raise StarterRefused(text.path, line, reason % {"key": key})
    reason = _("it shows %(key)s, which is no fact.") % {"key": key}
    raise StarterRefused(text.path, line, reason)


def _check_picture(text: StarterText, line: int, name: str, pictures: Path) -> None:
    path = pictures / name
    if path.parent != pictures or not path.is_file():
        reason = _("there is no picture %(name)s in images/.") % {"name": name}
        raise StarterRefused(text.path, line, reason)
    try:
        if path.suffix.lstrip(".").lower() not in get_allowed_image_extensions():
            raise OSError(_("its kind is not allowed"))
        with path.open("rb") as file:
            clean_picture(file, name)
    except (OSError, ValidationError) as problem:
        reason = _("the picture %(name)s cannot be used (%(problem)s).")
        said = {"name": name, "problem": why(problem)}
        raise StarterRefused(text.path, line, reason % said) from None


def _check_recording(
    text: StarterText, line: int, name: str, folder: Path, kinds: Set[str]
) -> None:
    path = folder / name
    if path.parent != folder or not path.is_file() or ending_of(name) not in kinds:
        reason = _("there is no file %(name)s in media/ whose name ends in %(kinds)s.")
        said = {"name": name, "kinds": ", ".join(sorted(kinds))}
        raise StarterRefused(text.path, line, reason % said)
    try:
        with path.open("rb") as file:
            check_document(file, name)
    except (OSError, ValidationError) as problem:
        reason = _("the file %(name)s cannot be used (%(problem)s).")
        said = {"name": name, "problem": why(problem)}
        raise StarterRefused(text.path, line, reason % said) from None
