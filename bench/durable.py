"""A PostgreSQL for the rows about writing: thrown away afterwards, and until then as careful as one that is kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bench.site import ROOT


@contextmanager
def durable_postgres() -> Iterator[str]:
    """The address of its databases with `{}` for the name; empty where no PostgreSQL is found."""
    sys.path.append(str(ROOT / "scripts"))
    # The stories' own way to a server, with other options.
    import with_postgres

    programs = with_postgres.find_programs()
    if programs is None:
        yield ""
        return
    with_postgres.clear_away(programs)
    with with_postgres.server(programs, with_postgres.DURABLE) as socket_folder:
        yield "postgresql://postgres@/{}?host=" + str(socket_folder)
