"""The glossary as SKOS in Turtle: one concept scheme, a concept for each term, named by its web address.

Prefixes stand once, at the head. What a term says is written and forgotten: no graph of all terms is ever made, and none of
one term either, since graphs hold themselves in circles that wait for the garbage collector.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from curriculum.glossary.formats.entries import LANGUAGES, Entry, glossary_address, term_address
from curriculum.glossary.models import TermVersion

PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
#: What a concept says beside its definition, and how SKOS calls it.
NOTES = (
    ("not_to_be_confused_with", "skos:scopeNote"), ("notes", "skos:scopeNote"), ("we_say", "skos:note"),
    ("we_avoid", "skos:note"), ("we_avoid_because", "skos:note"), ("contested", "skos:editorialNote"),
)  # fmt: skip
#: What is said of a thing: the predicate and the object as Turtle writes it.
Saying = tuple[str, str]


def turtle_pieces(entries: Iterable[Entry]) -> Iterator[str]:
    """The file: prefixes, the scheme, then each concept."""
    yield "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
    scheme = _name(glossary_address())
    yield _told(scheme, _of_scheme())
    for entry in entries:
        concept = _name(term_address(entry.term.slug))
        yield _told(concept, _of_concept(entry, scheme))
        if not entry.broader:
            yield _told(scheme, [("skos:hasTopConcept", concept)])


def _told(subject: str, sayings: Iterable[Saying]) -> str:
    lines = " ;\n    ".join(f"{predicate} {thing}" for predicate, thing in dict.fromkeys(sayings))
    return f"\n{subject} {lines} .\n"


def _name(address: str) -> str:
    from rdflib import URIRef  # inside: a web process that nobody asks for Turtle does without it

    return URIRef(address).n3()


def _words(text: str, language: str | None = None) -> str:
    from rdflib import Literal  # as in _name

    return Literal(text, lang=language).n3()


def _of_scheme() -> Iterator[Saying]:
    yield "a", "skos:ConceptScheme"
    for language in LANGUAGES:
        with translation.override(language):
            title = _("Shared language")
            about = _("The words we use together, with what we mean by them.")
        yield "dct:title", _words(title, language)
        yield "dct:description", _words(about, language)


def _of_concept(entry: Entry, scheme: str) -> Iterator[Saying]:
    yield "a", "skos:Concept"
    yield "skos:inScheme", scheme
    yield "skos:notation", _words(entry.term.slug)
    if not entry.broader:
        yield "skos:topConceptOf", scheme
    for kind in ("broader", "narrower", "related"):
        for slug in getattr(entry, kind):
            yield f"skos:{kind}", _name(term_address(slug))
    for version in entry.in_force.values():
        yield from _labels(version)
        yield from _meaning(version)
        yield from _sources(version)
    for version in entry.versions:
        yield from _history(entry, version)
    if entry.term.retired_at:
        yield "owl:deprecated", "true"
        if entry.replaced_by:
            yield "dct:isReplacedBy", _name(term_address(entry.replaced_by))


def _labels(version: TermVersion) -> Iterator[Saying]:
    """Each word as a label of one kind only, as SKOS wants it."""
    seen = {version.name}
    yield "skos:prefLabel", _words(version.name, version.language)
    for kind, words in (("skos:altLabel", version.aliases), ("skos:hiddenLabel", version.forms)):
        for word in words:
            if word not in seen:
                seen.add(word)
                yield kind, _words(word, version.language)


def _meaning(version: TermVersion) -> Iterator[Saying]:
    yield "skos:definition", _words(version.definition, version.language)
    if version.example:
        yield "skos:example", _words(version.example, version.language)
    for name, kind in NOTES:
        if text := getattr(version, name):
            said = text if name == "notes" else f"{_label(name, version.language)}: {text}"
            yield kind, _words(said, version.language)


def _label(name: str, language: str) -> str:
    with translation.override(language):
        label = str(TermVersion._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def _sources(version: TermVersion) -> Iterator[Saying]:
    if version.source:
        yield "dct:source", _words(version.source, version.language)
    if version.source_url:
        yield "dct:source", _address_or_words(version.source_url)
    if version.source_license:
        yield "dct:license", _address_or_words(version.source_license)


def _address_or_words(text: str) -> str:
    """A web address as the name of a thing; anything else, and an address that no RDF can hold, as words."""
    is_address = text.startswith(("http://", "https://")) and not set(text) & set(' <>"{}|\\^`')
    return _name(text) if is_address else _words(text)


def _history(entry: Entry, version: TermVersion) -> Iterator[Saying]:
    decision, language = entry.decisions[version.decision_id], version.language
    said: dict[str, Any] = {"number": version.number, "body": decision.body.name, "date": decision.decided_on.isoformat()}  # fmt: skip
    with translation.override(language):
        adopted = _("Version %(number)s, adopted by %(body)s on %(date)s: %(text)s")
        against = _("Said against version %(number)s: %(text)s")
    yield "skos:historyNote", _words(adopted % {**said, "text": version.definition}, language)
    if decision.dissent:
        yield "skos:changeNote", _words(against % {**said, "text": decision.dissent}, language)
