"""What every part of the benchmark is given: how long to measure, a site to measure on, and the yardsticks."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.beside import Ask, Beside, Pace, Target, asking, beside, rounded
from bench.durable import durable_postgres
from bench.load import Reading, load, pss_mb
from bench.site import DONE, Site, environment, site, tiny_site
from bench.static import static_page
from bench.telling import step


@dataclass
class Bench:
    """One run. The yardstick's server is started when it is first needed, and runs idle beside the rest."""

    pace: Pace
    kind: str = "granian"
    sign_ins: int = 200
    prepared: Path | None = None
    database: str = "sqlite"
    _stack: ExitStack = field(default_factory=ExitStack)
    _server: ExitStack = field(default_factory=ExitStack)
    _tiny: Target | None = None
    _memory: float = 0.0

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.rest()
        self._stack.close()

    def rest(self) -> None:
        """End the yardstick's server; who asks for it next starts it again."""
        self._server.close()
        self._tiny = None

    @property
    def ask(self) -> Ask:
        """One reading of an address."""
        return asking(self.pace)

    @contextmanager
    def site(self, database: str = "") -> Iterator[Site]:
        """A prepared site of its own: a copy of one that was prepared once, or with a database of another kind made anew."""
        if self.database == "postgresql" and not database:
            with durable_postgres() as address:
                if not address:
                    raise RuntimeError(
                        "No PostgreSQL was found: neither installed nor in var/venv. Nothing was measured."
                    )
                with self.site(database=address) as found:
                    yield found
        elif database or "DATABASE_URL" in os.environ:
            with site(self.kind, database=database) as found:
                found.prepare()
                yield found
        else:
            with site(self.kind, like=self._prepared_once()) as found:
                yield found

    def _prepared_once(self) -> Path:
        """The folder of a prepared site. One that is there already is used as it is."""
        folder = self._folder() / "site"
        if not (folder / DONE).exists():
            folder.mkdir(exist_ok=True)
            Site(environment(folder), self.kind).prepare()
            (folder / DONE).touch()
        return folder

    def _folder(self) -> Path:
        """Where what is prepared lies: the folder that was named, or one that goes away with this run."""
        if self.prepared is None:
            self.prepared = Path(self._stack.enter_context(TemporaryDirectory(prefix="lodestar-prepared-")))  # fmt: skip
        self.prepared.mkdir(exist_ok=True)
        return self.prepared

    @property
    def tiny(self) -> Target:
        """The minimal Wagtail page of a server of the same kind."""
        if self._tiny is None:
            step("the yardstick: a minimal Wagtail page")
            server = tiny_site(self._folder() / "tiny", self.kind)
            base, pid = self._server.enter_context(server.serve())
            self._tiny = Target(f"{base}/yardstick/", pid)
            load(self._tiny.url, pid, seconds=max(2, self.pace.seconds))
            # Before anything runs beside it: pages that two servers share would be split between them.
            self._memory = pss_mb(pid)
        return self._tiny

    @property
    def tiny_memory_mb(self) -> float:
        """Memory of the yardstick's two workers after a load."""
        assert self.tiny  # noqa: S101 (it was started, and so it was measured)
        return self._memory

    def beside(self, pages: Sequence[tuple[Target, Target]]) -> list[Beside]:
        """Each page held against its yardstick, after a second in which it only warms up."""
        for page, yardstick in pages:
            for one in (page, yardstick):
                load(one.url, one.pid, seconds=1, connections=one.connections, cookies=one.cookies, posting=one.posting)  # fmt: skip
        held = beside(pages, self.pace.runs, self.ask)
        for (page, _yardstick), found in zip(pages, held, strict=True):
            step(f"{page.url.split('/', 3)[3] or 'front page'}: {found.ratio:.2f} of its yardstick")
        return held

    def yardsticks(self, hello: Target) -> dict[str, Any]:
        """The yardsticks beside each other: nginx with a file, the bare view, the minimal page."""
        found: dict[str, Any] = {}
        with static_page() as address:
            if not address:
                found["static"] = {"said": "nginx is not installed, so the limit was not measured. Install it and run this part again."}  # fmt: skip
                held = self.beside([(self.tiny, hello)])
            else:
                static = Target(address[0], address[1])
                held = self.beside([(self.tiny, hello), (hello, static)])
                found["static"] = rounded(self._alone(static))
                found["hello"] = held[1].row("static")
            found.setdefault("hello", rounded(self._alone(hello)))
            found["tiny"] = held[0].row("hello")
        return found

    def _alone(self, target: Target) -> Reading:
        return self.ask(target)
