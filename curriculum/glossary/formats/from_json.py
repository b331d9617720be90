"""Reads what `as_json` writes: strictly, since a field that is misspelled would be lost without a word."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, NoReturn

from django.conf import settings
from django.utils.translation import gettext as _

from curriculum.glossary.formats.as_json import FORMAT, FORMAT_VERSION
from curriculum.glossary.formats.incoming import (
    UNSAID,
    ImportRefused,
    Incoming,
    Said,
    check_address,
)

MAYBE = type(None)
Kinds = dict[str, tuple[type, ...]]
FILE: Kinds = {"format": (str,), "format_version": (int,), "url": (str,), "languages": (list,), "terms": (list,)}  # fmt: skip
TERM: Kinds = {
    "slug": (str,), "url": (str,), "label": (str,), "retired": (bool,), "retired_at": (str, MAYBE), "replaced_by": (str, MAYBE),
    "retirement": (dict, MAYBE), "relations": (dict,), "versions": (list,),
}  # fmt: skip
VERSION: Kinds = {
    "number": (int,), "in_force": (bool,), "adopted_at": (str, MAYBE), "decision": (dict, MAYBE),
    **{name: (type(value),) for name, value in UNSAID.items()},
}  # fmt: skip


def read_json(text: str) -> list[Incoming]:
    """The terms of the file. Raises ImportRefused."""
    data = _checked(_parsed(text), FILE, ("format", "terms"), _("the file"))
    if data["format"] != FORMAT or data.get("format_version", FORMAT_VERSION) != FORMAT_VERSION:
        raise ImportRefused(_("the file"), _("it is no glossary in the format %(format)s %(version)s.") % {"format": FORMAT, "version": FORMAT_VERSION})  # fmt: skip
    found: dict[str, Incoming] = {}
    for number, each in enumerate(data["terms"], start=1):
        term = _term(each, _("term %(number)s") % {"number": number})
        if term.slug in found:
            raise ImportRefused(term.place, _("it is listed already as %(place)s.") % {"place": found[term.slug].place})  # fmt: skip
        found[term.slug] = term
    return list(found.values())


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError:
        raise ImportRefused("", _("its JSON is nested too deep to be a glossary.")) from None
    except ValueError as problem:
        raise ImportRefused("", _("it is no JSON (%(problem)s).") % {"problem": str(problem)[:120]}) from None  # fmt: skip


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) != len(pairs):
        twice = next(name for name, _value in pairs if [key for key, _v in pairs].count(name) > 1)
        raise ImportRefused("", _("the field “%(name)s” stands twice in one place of its JSON.") % {"name": twice[:60]})  # fmt: skip
    return names


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _term(each: Any, place: str) -> Incoming:
    data = _checked(each, TERM, ("slug", "versions"), place)
    check_address(data["slug"], place)
    place = _("%(place)s (%(slug)s)") % {"place": place, "slug": data["slug"]}
    if not data["versions"]:
        raise ImportRefused(place, _("it has no versions, so it says nothing."))
    last: dict[str, tuple[int, Said]] = {}
    wordings = []
    for number, version in enumerate(data["versions"], start=1):
        there = _("%(place)s, version %(number)s of its list") % {"place": place, "number": number}
        wordings.append(_version(version, there, last))
    label = data.get("label") or _first_name(wordings)
    return Incoming(
        slug=data["slug"], place=place, label=label, wordings=wordings, retired=data.get("retired", False),
        retired_at=max([_moment(data.get("retired_at"), place), *(one.at for one in wordings)]),
        replaced_by=data.get("replaced_by") or "",
    )  # fmt: skip


def _first_name(wordings: list[Said]) -> str:
    names = {said.words["language"]: said.words["name"] for said in reversed(wordings)}
    return str(names.get(settings.LANGUAGE_CODE, wordings[0].words["name"]))


def _version(each: Any, place: str, last: dict[str, tuple[int, Said]]) -> Said:
    data = _checked(each, VERSION, ("language", "name", "definition"), place)
    words = {name: data.get(name, unsaid) for name, unsaid in UNSAID.items()}
    for name, value in words.items():
        if isinstance(value, list):
            _check_kind(all(isinstance(word, str) for word in value), name, place)
            words[name] = [_text(word, name, place) for word in value]
    language, at = words["language"], _moment(data.get("adopted_at"), place)
    number = data.get("number", last[language][0] + 1 if language in last else 1)
    if language in last:
        before, said = last[language]
        if number <= before:
            raise ImportRefused(place, _("the versions of a language must be in the order of their numbers."))  # fmt: skip
        at = max(at, said.at)
    found = Said(place, words, at)
    last[language] = (number, found)
    return found


def _checked(value: Any, kinds: Kinds, needed: tuple[str, ...], place: str) -> dict[str, Any]:
    """The object with known fields of the right kinds. Raises ImportRefused."""
    if not isinstance(value, dict):
        raise ImportRefused(place, _("it must be an object with named fields."))
    for name in value:
        if name not in kinds:
            raise ImportRefused(place, _("there is no field “%(name)s” in a glossary.") % {"name": name[:60]})  # fmt: skip
    for name in needed:
        if name not in value:
            raise ImportRefused(place, _("the field “%(name)s” is missing.") % {"name": name})
    for name, found in value.items():
        # True is a number to Python, and none to anybody else.
        _check_kind(isinstance(found, kinds[name]) and (not isinstance(found, bool) or bool in kinds[name]), name, place)  # fmt: skip
    return {name: _text(one, name, place) if isinstance(one, str) else one for name, one in value.items()}  # fmt: skip


def _check_kind(right: bool, name: str, place: str) -> None:
    if not right:
        raise ImportRefused(place, _("the field “%(name)s” holds a value of the wrong kind.") % {"name": name})  # fmt: skip


def _text(text: str, name: str, place: str) -> str:
    """The text. Raises ImportRefused for what no database takes: NUL, half a character."""
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ImportRefused(place, _("the field “%(name)s” holds a character that cannot be stored.") % {"name": name})  # fmt: skip
    return text


def _moment(text: str | None, place: str) -> datetime:
    try:
        found = datetime.fromisoformat(text) if text else datetime.min
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except ValueError:
        raise ImportRefused(place, _("“%(text)s” is no date and time.") % {"text": str(text)[:40]}) from None  # fmt: skip
