"""The glossary as schema.org sees one: a `DefinedTermSet` of `DefinedTerm`, as JSON-LD.

Terms in use alone: schema.org has no word for a retired one. Words carry their language; in a file of one language the
language stands once, in the context. The context is named and never fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from curriculum.glossary.formats.entries import LANGUAGES, Entry, glossary_address, term_address
from curriculum.glossary.models import TermVersion

SCHEMA = "https://schema.org"


def jsonld_pieces(entries: Iterable[Entry], language: str = "") -> Iterator[str]:
    """The set with all its terms, one a line."""
    yield json.dumps(_set(language), ensure_ascii=False)[:-1] + ', "hasDefinedTerm": ['
    between = "\n"
    for entry in entries:
        versions = [v for v in entry.in_force.values() if language in ("", v.language)]
        node = _node(entry.term.slug, versions, tagged=not language)
        yield between + json.dumps(node, ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


def set_node(language: str) -> dict[str, Any]:
    """The set alone, for the page that lists the terms."""
    return _set(language)


def term_node(version: TermVersion, slug: str) -> dict[str, Any]:
    """One term in the wording that a page shows."""
    return {"@context": _context(version.language), **_node(slug, [version], tagged=False)}


def in_a_page(node: dict[str, Any]) -> str:
    """The node for a data block of a page: nothing in it can end the block."""
    text = json.dumps(node, ensure_ascii=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _context(language: str) -> Any:
    return [SCHEMA, {"@language": language}] if language else SCHEMA


def _set(language: str) -> dict[str, Any]:
    address = glossary_address()
    with translation.override(language or LANGUAGES[0]):
        name, about = _("Shared language"), _("The words we use together, with what we mean by them.")  # fmt: skip
    return {
        "@context": _context(language), "@type": "DefinedTermSet", "@id": address, "url": address, "name": name,
        "description": about, "inLanguage": language or list(LANGUAGES),
    }  # fmt: skip


def _node(slug: str, versions: list[TermVersion], *, tagged: bool) -> dict[str, Any]:
    def told(pairs: Iterable[tuple[str, str]]) -> Any:
        values = [{"@value": text, "@language": lang} if tagged else text for lang, text in pairs]
        return values[0] if len(values) == 1 else values

    address = term_address(slug)
    node: dict[str, Any] = {
        "@type": "DefinedTerm", "@id": address, "url": address, "termCode": slug,
        "name": told((v.language, v.name) for v in versions),
        "description": told((v.language, v.definition) for v in versions),
        "inDefinedTermSet": {"@id": glossary_address()},
    }  # fmt: skip
    if aliases := [(v.language, alias) for v in versions for alias in v.aliases]:
        node["alternateName"] = told(aliases)
    if sources := _sources(versions):
        node["subjectOf"] = sources
    return node


def _sources(versions: list[TermVersion]) -> list[dict[str, str]]:
    """What the wordings were taken from, each once."""
    found = {}
    for version in versions:
        if version.source or version.source_url:
            said = {"name": version.source, "url": version.source_url, "license": version.source_license}  # fmt: skip
            kept = {key: value for key, value in said.items() if value}
            found[tuple(kept.items())] = {"@type": "CreativeWork", **kept}
    return list(found.values())
