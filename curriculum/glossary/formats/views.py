"""The public files of the glossary. What each holds stands in the file that writes it."""

from collections.abc import Iterable

from curriculum.glossary.formats.as_atom import atom_feed
from curriculum.glossary.formats.as_csv import csv_pieces
from curriculum.glossary.formats.as_json import json_pieces
from curriculum.glossary.formats.as_jsonld import jsonld_pieces
from curriculum.glossary.formats.as_turtle import turtle_pieces
from curriculum.glossary.formats.entries import entries
from curriculum.glossary.formats.serving import public_file


@public_file("application/json")
def json_show(_language: str) -> Iterable[str]:
    """Everything, to be read back by another installation; never in one language alone."""
    return json_pieces(entries())


@public_file("application/ld+json")
def jsonld_show(language: str) -> Iterable[str]:
    """The terms in use as schema.org has them."""
    return jsonld_pieces(entries(language=language, in_use=True), language)


@public_file("text/turtle; charset=utf-8")
def turtle_show(_language: str) -> Iterable[str]:
    """Everything as SKOS; never in one language alone."""
    return turtle_pieces(entries())


@public_file("text/csv; charset=utf-8; header=present")
def csv_show(language: str) -> Iterable[str]:
    """The wordings in force as a table."""
    return csv_pieces(entries(language=language), language)


@public_file("application/atom+xml; charset=utf-8", several=False)
def feed_show(language: str) -> Iterable[str]:
    """What changed."""
    return [atom_feed(language)]
