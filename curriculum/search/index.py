"""The one question to the database's index: which rows of all kinds hold the words, best first.

Wagtail's own way joins the index with the rows for each row found, and reads a rule that it cannot see through as a
list; both take seconds at a few thousand lessons. Here the index answers with ids, in one query and nothing else.
"""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.db.models import F, Model
from django.db.models.expressions import CombinedExpression
from modelsearch.models import IndexEntry

from curriculum.search.words import Asked, Wanted

#: How much more a word counts in a title than in the text.
TITLE = 8.0


class Hits:
    """The ids of all rows that hold everything asked for, by model, the closest first; not yet what a reader may know."""

    def __init__(self, asked: Asked) -> None:
        vendor = connections[ContentType.objects.db].vendor
        self._ids: dict[int, list[str]] = {}
        for kind, pk in (_in_postgres if vendor == "postgresql" else _in_sqlite)(asked):
            self._ids.setdefault(kind, []).append(pk)

    def of(self, model: type[Model]) -> list[str]:
        """Those of this model."""
        return self._ids.get(ContentType.objects.get_for_model(model).pk, [])


def _in_sqlite(asked: Asked) -> Any:
    from modelsearch.backends.database.sqlite import query as fts  # not there on PostgreSQL
    from modelsearch.models import SQLiteFTSIndexEntry  # not there on PostgreSQL

    class Closeness(fts.BM25):  # type: ignore[misc]
        """Smaller is closer. The index has the columns autocomplete, body and title."""

        def as_sql(self, *_compiling: Any, **_given: Any) -> tuple[str, list[Any]]:
            return f"bm25({SQLiteFTSIndexEntry._meta.db_table}, 0.0, 1.0, {TITLE})", []

    lexemes = reduce(and_, (fts.Lexeme(" ".join(one.words), prefix=one.is_beginning) for one in asked.wanted))  # fmt: skip
    match = fts.MatchExpression(["title", "body"], fts.SearchQueryExpression(lexemes))
    entries = SQLiteFTSIndexEntry.objects.filter(match)
    ordered = entries.annotate(score=Closeness()).order_by("score", "-pk")
    return ordered.values_list("index_entry__content_type", "index_entry__object_id")


def _in_postgres(asked: Asked) -> Any:
    from django.contrib.postgres import search as pg  # needs its driver, which SQLite goes without

    raw = " & ".join(map(_ts_query, asked.wanted))
    query = pg.SearchQuery(raw, search_type="raw", config="simple")
    # The sum of both columns as `modelsearch` wrote it, because it has an index on exactly that.
    both = CombinedExpression(F("title"), "||", F("body"), output_field=pg.SearchVectorField())
    rank = pg.SearchRank(F("title"), query) * TITLE + pg.SearchRank(F("body"), query)
    entries = IndexEntry.objects.annotate(both=both).filter(both=query)
    return entries.order_by(rank.desc(), "-pk").values_list("content_type", "object_id")


def _ts_query(wanted: Wanted) -> str:
    """Words hold letters and numbers alone, so that nothing in them can end the quotation."""
    words = " <-> ".join(f"'{word}'" for word in wanted.words)
    return f"{words}:*" if wanted.is_beginning else f"({words})"
