"""The glossary as SKOS in Turtle: one concept scheme, a concept for each term, named by its web address.

Each term is a small graph of its own, written and forgotten; the prefixes stand once, at the head of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from curriculum.glossary.formats.entries import LANGUAGES, Entry, glossary_address, term_address
from curriculum.glossary.models import TermVersion

if TYPE_CHECKING:
    from rdflib import Graph

#: What a concept says beside its definition, and the field it stands in.
NOTES = (
    ("not_to_be_confused_with", "scopeNote"), ("notes", "scopeNote"), ("we_say", "note"), ("we_avoid", "note"),
    ("we_avoid_because", "note"), ("contested", "editorialNote"),
)  # fmt: skip


def turtle_pieces(entries: Iterable[Entry]) -> Iterator[str]:
    """The file: prefixes, the scheme, then each concept."""
    yield from _prefixes()
    yield _written(_scheme())
    for entry in entries:
        yield _written(_concept(entry))


def _names() -> dict[str, Any]:
    # Inside: RDF is a large package, and a web process that nobody asks for Turtle does without.
    from rdflib.namespace import DCTERMS, OWL, RDF, SKOS, XSD

    return {"dct": DCTERMS, "owl": OWL, "rdf": RDF, "skos": SKOS, "xsd": XSD}


def _prefixes() -> Iterator[str]:
    for prefix, namespace in _names().items():
        yield f"@prefix {prefix}: <{namespace}> .\n"


def _graph() -> Graph:
    from rdflib import Graph  # as in _names

    graph = Graph(bind_namespaces="none")
    for prefix, namespace in _names().items():
        graph.bind(prefix, namespace)
    return graph


def _written(graph: Graph) -> str:
    """The graph without its lines of prefixes, which are at its head."""
    text = graph.serialize(format="turtle")
    while text.startswith(("@prefix", "\n")):
        _line, _newline, text = text.partition("\n")
    return "\n" + text


def _scheme() -> Graph:
    from rdflib import Literal, URIRef  # as in _names
    from rdflib.namespace import DCTERMS, RDF, SKOS

    graph, scheme = _graph(), URIRef(glossary_address())
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    for language in LANGUAGES:
        with translation.override(language):
            graph.add((scheme, DCTERMS.title, Literal(_("Shared language"), lang=language)))
            about = _("The words we use together, with what we mean by them.")
            graph.add((scheme, DCTERMS.description, Literal(about, lang=language)))
    return graph


def _concept(entry: Entry) -> Graph:
    from rdflib import Literal, URIRef  # as in _names
    from rdflib.namespace import DCTERMS, OWL, RDF, SKOS

    graph, scheme = _graph(), URIRef(glossary_address())
    concept = URIRef(term_address(entry.term.slug))
    graph.add((concept, RDF.type, SKOS.Concept))
    graph.add((concept, SKOS.inScheme, scheme))
    graph.add((concept, SKOS.notation, Literal(entry.term.slug)))
    if not entry.broader:
        graph.add((concept, SKOS.topConceptOf, scheme))
        graph.add((scheme, SKOS.hasTopConcept, concept))
    for name in ("broader", "narrower", "related"):
        for slug in getattr(entry, name):
            graph.add((concept, SKOS[name], URIRef(term_address(slug))))
    for version in entry.in_force.values():
        _add_words(graph, concept, version)
    for version in entry.versions:
        _add_history(graph, concept, version)
    if entry.term.retired_at:
        graph.add((concept, OWL.deprecated, Literal(True)))
        if entry.replaced_by:
            graph.add((concept, DCTERMS.isReplacedBy, URIRef(term_address(entry.replaced_by))))
    return graph


def _add_words(graph: Graph, concept: Any, version: TermVersion) -> None:
    from rdflib import Literal  # as in _names
    from rdflib.namespace import DCTERMS, SKOS

    def say(predicate: Any, text: str) -> None:
        graph.add((concept, predicate, Literal(text, lang=version.language)))

    say(SKOS.prefLabel, version.name)
    # A label of one kind only: SKOS allows no word to be two of them.
    aliases = [alias for alias in version.aliases if alias != version.name]
    for alias in aliases:
        say(SKOS.altLabel, alias)
    for form in version.forms:
        if form not in (version.name, *aliases):
            say(SKOS.hiddenLabel, form)
    say(SKOS.definition, version.definition)
    if version.example:
        say(SKOS.example, version.example)
    for name, kind in NOTES:
        if text := getattr(version, name):
            say(SKOS[kind], text if name == "notes" else f"{_label(name, version.language)}: {text}")  # fmt: skip
    if version.source:
        say(DCTERMS.source, version.source)
    for predicate, text in (
        (DCTERMS.source, version.source_url),
        (DCTERMS.license, version.source_license),
    ):
        if text:
            graph.add((concept, predicate, _address_or_words(text)))


def _label(name: str, language: str) -> str:
    with translation.override(language):
        label = str(TermVersion._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def _address_or_words(text: str) -> Any:
    """A web address as a name of a thing; anything else, and an address that no RDF can hold, as words."""
    from rdflib import Literal, URIRef  # as in _names

    is_address = text.startswith(("http://", "https://")) and not set(text) & set(' <>"{}|\\^`')
    return URIRef(text) if is_address else Literal(text)


def _add_history(graph: Graph, concept: Any, version: TermVersion) -> None:
    from rdflib import Literal  # as in _names
    from rdflib.namespace import SKOS

    decision = version.decision
    said = {"number": version.number, "body": decision.body.name, "date": decision.decided_on.isoformat(), "text": version.definition}  # fmt: skip
    with translation.override(version.language):
        history = _("Version %(number)s, adopted by %(body)s on %(date)s: %(text)s") % said
        graph.add((concept, SKOS.historyNote, Literal(history, lang=version.language)))
        if decision.dissent:
            against = _("Said against version %(number)s: %(text)s") % {**said, "text": decision.dissent}  # fmt: skip
            graph.add((concept, SKOS.changeNote, Literal(against, lang=version.language)))
