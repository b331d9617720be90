"""The shared language for other programs: what each file says, how it is given out, and that it stays small in memory."""

import csv
import io
import json
import warnings
from datetime import date

import pytest
from django.urls import reverse
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, SKOS

from curriculum.glossary.actions import adopt_proposal, propose_retirement, propose_wording
from curriculum.glossary.formats.as_csv import COLUMNS, as_it_was, joined, kept_from_running, parted
from curriculum.glossary.models import (
    WORDS,
    Decision,
    InForce,
    Proposal,
    Relation,
    Term,
    TermVersion,
)

pytestmark = pytest.mark.django_db
FILES = {
    "/glossary.json": "application/json",
    "/glossary.jsonld": "application/ld+json",
    "/glossary.ttl": "text/turtle; charset=utf-8",
    "/glossary.csv": "text/csv; charset=utf-8; header=present",
    "/glossary/changes.atom": "application/atom+xml; charset=utf-8",
}
each_file = pytest.mark.parametrize("address", FILES)
BRIDGE = {
    "language": "en", "name": "Bridge", "definition": "What leads over </script><b>water</b> & land.", "aliases": ["crossing; of a river", "viaduct"],
    "forms": ["bridges"], "example": "=1+1", "broader": ["equity"], "related": ["redlining"], "we_say": "A bridge", "notes": "Two\nlines",
    "source": "A book", "source_url": "https://example.org/bridges?a=1", "source_license": "https://creativecommons.org/licenses/by/4.0/",
    "source_use": "adapted",
}  # fmt: skip


def body(answer):
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.text


def adopted(cast, words, term=None, **given):
    proposal = propose_wording(words=words, by=cast["hana"], term=term)
    version = adopt_proposal(proposal=proposal, by=cast["ben"], seen_revision=1, **given)
    Decision.objects.filter(pk=version.decision_id).update(decided_on=date(2026, 11, 2))
    return version


@pytest.fixture
def bridge(cast):
    """A term with everything: two wordings in English of which a member spoke against one, and one in Spanish."""
    first = adopted(cast, {**BRIDGE, "definition": "What leads over."}, dissent="Too short.")
    adopted(cast, BRIDGE, first.term, next_review_on=date(2027, 11, 2))
    adopted(cast, {"language": "es", "name": "Puente", "definition": "Lo que une."}, first.term)
    return Term.objects.get(slug="bridge")


@pytest.fixture
def turtle(nobody, settings):
    settings.SITE_URL = "https://riverton.example"

    def read():
        return Graph(bind_namespaces="none").parse(
            data=body(nobody.get("/glossary.ttl")), format="turtle"
        )

    return read


def iri(slug):
    return URIRef(f"https://riverton.example/glossary/{slug}/")


# How they are given out


@each_file
def test_a_file_is_given_to_anybody_and_to_other_sites_without_a_cookie(nobody, address):
    answer = nobody.get(address)

    assert answer.status_code == 200
    assert answer.streaming
    assert body(answer)
    assert answer.headers["Content-Type"] == FILES[address]
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert dict(answer.cookies) == {}


@each_file
def test_a_file_that_did_not_change_is_not_sent_again(cast, nobody, address):
    etag = nobody.get(address).headers["ETag"]
    again = nobody.get(address, HTTP_IF_NONE_MATCH=etag)

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert again.headers["Cache-Control"] == "public, max-age=300"

    adopted(cast, {"language": "en", "name": "Ford", "definition": "What leads through."})

    after = nobody.get(address, HTTP_IF_NONE_MATCH=etag)
    assert after.status_code == 200
    assert "Ford" in body(after)


def test_an_etag_is_of_one_language(nobody):
    marks = {
        nobody.get(f"/glossary.csv{query}").headers["ETag"]
        for query in ("", "?lang=en", "?lang=es")
    }

    assert len(marks) == 3


@each_file
def test_asking_for_the_headers_alone_makes_nothing(nobody, address):
    answer = nobody.head(address)

    assert (answer.status_code, answer.streaming, answer.content) == (200, False, b"")
    assert answer.headers["ETag"] == nobody.get(address).headers["ETag"]


@each_file
def test_a_member_gets_the_same_file_and_keeps_nothing(as_, nobody, address):
    answer = as_("dev").get(address)

    assert body(answer) == body(nobody.get(address))
    assert answer.headers["Cache-Control"] == "private, no-store"


@each_file
def test_a_language_that_the_site_does_not_have_is_not_found(nobody, address):
    assert nobody.get(f"{address}?lang=xx").status_code == 404


@pytest.mark.parametrize("address", ["/", "/glossary/", "/glossary/equity/", "/learn/", "/sitemap.xml", "/robots.txt", "/glossary/nothing.atom", "/search/"])  # fmt: skip
def test_nothing_else_is_given_to_other_sites(nobody, as_, address):
    for client in (nobody, as_("dev")):
        assert "Access-Control-Allow-Origin" not in client.get(address).headers


def test_a_reader_in_spanish_gets_the_same_files(nobody):
    for address in FILES:
        spanish = nobody.get(address, HTTP_ACCEPT_LANGUAGE="es")
        assert body(spanish) == body(nobody.get(address))


# JSON and CSV


def test_json_tells_a_term_with_all_its_versions(nobody, bridge):
    data = json.loads(body(nobody.get("/glossary.json")))
    term = {one["slug"]: one for one in data["terms"]}["bridge"]

    assert [(one["language"], one["number"], one["in_force"]) for one in term["versions"]] == [("en", 1, False), ("en", 2, True), ("es", 1, True)]  # fmt: skip
    first, second, _spanish = term["versions"]
    assert first["decision"] == {"body": "Riverton steering committee", "decided_on": "2026-11-02", "dissent": "Too short.", "next_review_on": None}  # fmt: skip
    assert second["decision"]["next_review_on"] == "2027-11-02"
    stored = TermVersion.objects.get(term=bridge, language="en", number=2)
    assert {name: second[name] for name in WORDS} == {name: getattr(stored, name) for name in WORDS}
    assert term["relations"] == {"broader": ["equity"], "narrower": [], "related": ["redlining"]}


def test_json_tells_what_took_the_place_of_a_retired_term(nobody):
    terms = {one["slug"]: one for one in json.loads(body(nobody.get("/glossary.json")))["terms"]}
    old = terms["assimilation"]

    assert (old["retired"], old["replaced_by"]) == (True, "othering-and-belonging")
    assert old["retirement"]["body"] == "Riverton steering committee"
    assert set(terms) == set(Term.objects.adopted().values_list("slug", flat=True))


def test_no_file_tells_what_is_only_proposed_or_who_said_what(cast, nobody):
    secret = "Kumquat marmalade"
    propose_wording(words={"language": "en", "name": secret, "definition": secret}, by=cast["hana"], reason=secret)  # fmt: skip
    told = "".join(body(nobody.get(address)) for address in FILES)

    assert Proposal.objects.filter(name=secret).exists()
    assert secret not in told
    assert [member.email for member in cast.values() if member.email in told] == []
    assert [member.chosen_name for member in cast.values() if member.chosen_name in told] == []


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(body(answer), newline="")))


def test_csv_has_a_row_for_each_wording_in_force(nobody, bridge):
    rows = rows_of(nobody.get("/glossary.csv"))
    mine = {row["language"]: row for row in rows if row["slug"] == "bridge"}

    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == InForce.objects.count()
    assert mine["en"]["definition"] == BRIDGE["definition"]
    assert mine["en"]["aliases"] == r"crossing\; of a river; viaduct"
    assert mine["en"]["example"] == "'=1+1"
    assert (mine["en"]["version"], mine["es"]["name"]) == ("2", "Puente")
    spanish = rows_of(nobody.get("/glossary.csv?lang=es"))
    assert {row["language"] for row in spanish} == {"es"}
    assert len(spanish) == InForce.objects.filter(language="es").count()


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\tx", "\rx", "\nx", "\uff1d1", "'\uff201", "'=1", "''-1", "'tis", "", "'", "a=b", "–1"])  # fmt: skip
def test_a_formula_is_kept_from_running_and_read_as_it_was(cell):
    kept = kept_from_running(cell)

    assert kept[:1] not in {*"=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"}
    assert as_it_was(kept) == cell


@pytest.mark.parametrize("words", [[], ["a"], ["a; b", "c"], ["a\\", "b"], ["\\;", ";\\;x"], ["\\\\", "é;"]])  # fmt: skip
def test_several_words_in_a_cell_are_parted_as_they_were_joined(words):
    assert parted(joined(words)) == words


# JSON-LD


def test_json_ld_names_each_term_in_use(nobody, bridge, settings):
    settings.SITE_URL = "https://riverton.example"
    data = json.loads(body(nobody.get("/glossary.jsonld")))
    terms = {one["termCode"]: one for one in data["hasDefinedTerm"]}

    assert (data["@context"], data["@type"]) == ("https://schema.org", "DefinedTermSet")
    assert set(terms) == set(Term.objects.in_use().values_list("slug", flat=True))
    assert terms["bridge"]["@id"] == str(iri("bridge"))
    assert terms["bridge"]["name"] == [{"@value": "Bridge", "@language": "en"}, {"@value": "Puente", "@language": "es"}]  # fmt: skip
    spanish = json.loads(body(nobody.get("/glossary.jsonld?lang=es")))
    assert spanish["@context"] == ["https://schema.org", {"@language": "es"}]
    assert {one["termCode"]: one["name"] for one in spanish["hasDefinedTerm"]}["bridge"] == "Puente"


def test_json_ld_is_the_same_to_a_reader_of_rdf(nobody, bridge, settings):
    settings.SITE_URL = "https://riverton.example"
    data = json.loads(body(nobody.get("/glossary.jsonld")))
    data["@context"] = {"@vocab": "https://schema.org/"}  # the real one is never fetched
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # the reader uses a class of its own that is old
        graph = Graph().parse(data=json.dumps(data), format="json-ld")

    found = set(graph.objects(iri("bridge"), URIRef("https://schema.org/name")))
    assert found == {Literal("Bridge", lang="en"), Literal("Puente", lang="es")}


def test_a_term_says_the_same_in_a_data_block_of_its_page(nobody, bridge):
    page = nobody.get("/glossary/bridge/").text
    block = page.split('<script type="application/ld+json">')[1].split("</script>")[0]

    assert "<" not in block
    node = json.loads(block)
    assert (node["@type"], node["termCode"], node["description"]) == ("DefinedTerm", "bridge", BRIDGE["definition"])  # fmt: skip
    assert "&lt;b&gt;water&lt;/b&gt;" in page
    assert "<b>water" not in page


def test_the_list_of_terms_names_its_files(nobody):
    page = nobody.get("/glossary/").text

    for address in FILES:
        assert f'href="{address}"' in page
    node = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert node["@type"] == "DefinedTermSet"


# SKOS


def test_every_concept_is_defined_and_has_one_preferred_label_a_language(turtle, bridge):
    graph = turtle()
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))

    assert concepts == {iri(slug) for slug in Term.objects.adopted().values_list("slug", flat=True)}
    for concept in concepts:
        labels = list(graph.objects(concept, SKOS.prefLabel))
        assert len({label.language for label in labels}) == len(labels) > 0
        assert list(graph.objects(concept, SKOS.definition))
        others = {*graph.objects(concept, SKOS.altLabel), *graph.objects(concept, SKOS.hiddenLabel)}
        assert others & set(labels) == set()
        assert set(graph.objects(concept, SKOS.inScheme)) == {URIRef("https://riverton.example/glossary/")}  # fmt: skip


def test_relations_lead_both_ways_to_concepts_and_never_in_a_circle(turtle, bridge):
    graph = turtle()
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    broader, narrower, related = (
        set(graph.subject_objects(kind)) for kind in (SKOS.broader, SKOS.narrower, SKOS.related)
    )

    assert broader == {(lower, upper) for upper, lower in narrower}
    assert related == {(one, other) for other, one in related}
    assert {one for pair in broader | related for one in pair} <= concepts
    assert len(broader) == Relation.objects.filter(is_broader=True).count() > 5
    for concept in concepts:
        above = set(graph.objects(concept, SKOS.broader))
        assert concept not in {up for one in above for up in graph.transitive_objects(one, SKOS.broader)}  # fmt: skip
    tops = set(graph.subjects(SKOS.topConceptOf, None))
    assert tops == concepts - {lower for lower, _upper in broader}


def test_a_concept_tells_words_sources_and_history(turtle, bridge):
    graph, concept = turtle(), iri("bridge")

    def told(predicate):
        return set(graph.objects(concept, predicate))

    assert told(SKOS.prefLabel) == {Literal("Bridge", lang="en"), Literal("Puente", lang="es")}
    assert told(SKOS.altLabel) == {Literal("crossing; of a river", lang="en"), Literal("viaduct", lang="en")}  # fmt: skip
    assert told(SKOS.hiddenLabel) == {Literal("bridges", lang="en")}
    assert told(SKOS.example) == {Literal("=1+1", lang="en")}
    assert told(SKOS.scopeNote) == {Literal("Two\nlines", lang="en")}
    assert told(DCTERMS.source) == {Literal("A book", lang="en"), URIRef(BRIDGE["source_url"])}
    assert told(DCTERMS.license) == {URIRef(BRIDGE["source_license"])}
    assert Literal("Version 1, adopted by Riverton steering committee on 2026-11-02: What leads over.", lang="en") in told(SKOS.historyNote)  # fmt: skip
    assert len(told(SKOS.historyNote)) == 3
    assert told(SKOS.changeNote) == {Literal("Said against version 1: Too short.", lang="en")}


def test_a_retired_concept_names_what_took_its_place(turtle):
    graph = turtle()

    assert set(graph.subjects(OWL.deprecated, Literal(True))) == {iri("assimilation")}
    assert graph.value(iri("assimilation"), DCTERMS.isReplacedBy) == iri("othering-and-belonging")


def test_words_that_look_like_turtle_stay_words(cast, turtle):
    words = '@prefix x: <y> .\n@prefix """ \\ ^^ "quoted"\n# no comment'
    adopted(cast, {"language": "en", "name": "Ford", "definition": words, "source_url": "https://example.org/a|b"})  # fmt: skip

    graph = turtle()
    assert graph.value(iri("ford"), SKOS.definition) == Literal(words, lang="en")


# The feed


def test_the_feed_tells_what_was_adopted_or_retired_newest_first(cast, nobody, bridge, settings):
    from xml.etree import ElementTree

    settings.SITE_URL = "https://riverton.example"
    other = Term.objects.get(slug="equity")
    retirement = propose_retirement(term=bridge, by=cast["marisol"], reason="Not ours.", replaced_by=other)  # fmt: skip
    adopt_proposal(proposal=retirement, by=cast["ben"], seen_revision=1)
    text = body(nobody.get("/glossary/changes.atom"))
    feed, ns = ElementTree.fromstring(text), {"a": "http://www.w3.org/2005/Atom"}
    found = [(e.findtext("a:title", None, ns), e.findtext("a:id", None, ns), e.find("a:link", ns).get("href")) for e in feed.findall("a:entry", ns)]  # fmt: skip

    newest = Decision.objects.order_by("-confirmed_at")[:4]
    address = "https://riverton.example/glossary/bridge/versions/"
    titles = ("Bridge: no longer used", "Puente: version 1 (es)", "Bridge: version 2 (en)", "Bridge: version 1 (en)")  # fmt: skip
    assert found[:4] == [(title, f"urn:uuid:{one.pk}", address) for title, one in zip(titles, newest, strict=True)]  # fmt: skip
    assert len(found) == 50
    assert "Adopted by Riverton steering committee on Nov. 2, 2026." in text
    assert text == body(nobody.get("/glossary/changes.atom"))
    assert 'lang="es"' in body(nobody.get("/glossary/changes.atom?lang=es"))


def test_the_names_of_the_addresses_stay(nobody):
    names = ("json_show", "jsonld_show", "turtle_show", "csv_show", "feed_show")
    assert [reverse(f"glossary_formats:{name}") for name in names] == list(FILES)
