"""One site on nine machines, with what the judges ask of a site on one (`faults.site`)."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from faults import template
from faults.machines.parts import Database, Front, Machine, Part, Replica, Store, Uploads
from faults.machines.wires import Wires
from faults.surroundings import PYTHON, ROOT, Broken, environment

PORT = 8080  # of the balancer
INNER = 8800  # of the nginx of each web machine
#: Seconds after which the balancer asks another machine, or says that none answers; a web machine gives up on its database sooner.
PATIENCE = 15


class Site:
    """Two web machines, two workers, a balancer, a database and its replica, a store and a bucket."""

    database = "postgresql"
    port = PORT

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "shared"
        self.home.mkdir(parents=True, exist_ok=True)
        self.wires = Wires()
        self._ends = contextlib.ExitStack()

    def begin(self) -> None:
        """Start all of them, one after the other. Raises LeftOut where this host cannot have networks, Broken for anything else."""
        self._ends.callback(self.wires.end)
        self.wires.begin()
        self.server = Database(self.wires, self.folder)
        self._ends.callback(self.server.end)
        self.server.copied_from(template.filled("postgresql") / "server")
        self.replica = Replica(self.wires, self.folder)
        self._ends.callback(self.replica.end)
        self.replica.follow(self.server)
        self.store = Store(self.wires, "store", self.folder)
        self.uploads = Uploads(self.wires, "uploads", self.folder)
        self._started(self.store)
        self._started(self.uploads)
        self.workers = [self._part(f"worker{number}", "worker") for number in (1, 2)]
        self.webs = [self._part(f"web{number}", "web") for number in (1, 2)]
        for web in self.webs:
            web.front = Front(
                self.wires,
                web.name,
                self.folder,
                servers=["127.0.0.1:8000"],
                port=INNER,
                wait=PATIENCE,
            )
            web.front.start()
        self.balancer = Front(
            self.wires,
            "balancer",
            self.folder,
            servers=self._inner(self.webs),
            port=PORT,
            wait=PATIENCE,
        )
        self._started(self.balancer)

    def balance(self, webs: list[Part]) -> None:
        """Hand requests to these web machines alone."""
        self.balancer.kill()
        self.balancer.write(self._inner(webs), PATIENCE)
        self.balancer.start()

    @staticmethod
    def _inner(webs: list[Part]) -> list[str]:
        return [f"{web.address}:{INNER}" for web in webs]

    @property
    def host(self) -> str:
        """Where people reach it."""
        return self.balancer.address

    @property
    def machines(self) -> dict[str, Machine | Database]:
        """All of them by name."""
        parts: list[Machine | Database] = [self.server, self.replica, self.store, self.uploads, *self.webs, *self.workers, self.balancer]  # fmt: skip
        return {part.name: part for part in parts}

    @property
    def environment(self) -> dict[str, str]:
        """What commands beside the site are started with: they reach the database through its socket, whatever is cut."""
        return environment(
            LODESTAR_VAR=str(self.workers[0].home), DJANGO_SETTINGS_MODULE="config.settings.demo", PYTHONPATH=str(ROOT),
            **{**self._given(), **self._near},
        )  # fmt: skip

    @property
    def _near(self) -> dict[str, str]:
        """The databases by their sockets, and nothing that is elsewhere."""
        return {**self.server.urls, "REPLICA_DATABASE_URL": "", "CACHE_URL": "database", "DATABASE_POOL": "0"}  # fmt: skip

    def end(self) -> None:
        """End all of them, and take the network away."""
        self._ends.close()

    def manage(self, code: str) -> None:
        """Run this beside the site, as an editor's click would. Raises Broken."""
        done = subprocess.run(
            [str(PYTHON), "manage.py", "shell", "-v0", "-c", code], cwd=ROOT, env=self.environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        if done.returncode:
            raise Broken(f"What was to be changed could not be: {done.stderr[-400:]}")

    def _part(self, name: str, serve: str) -> Part:
        part = Part(self.wires, name, self.folder, serve=serve, given=self._given())
        template.settle_in(part.environment | self._near)
        self._started(part)
        return part

    def _given(self) -> dict[str, str]:
        mail = self.home / "mail"
        mail.mkdir(mode=0o700, exist_ok=True)
        return {
            **self.server.network_urls, "REPLICA_DATABASE_URL": self.replica.network_urls["DATABASE_URL"], "DATABASE_POOL": "6", "CACHE_URL": f"redis://{self.store.address}:{self.store.PORT}/0",
            "MEDIA_STORAGE_URL": self.uploads.url, "EMAIL_URL": f"file://{mail}", "SITE_URL": f"http://localhost:{PORT}",
            "TRUSTED_PROXY_COUNT": "2", "DEMO": "0",
        }  # fmt: skip

    def _started(self, machine: Machine) -> Machine:
        self._ends.callback(machine.end)
        machine.start()
        return machine


@contextlib.contextmanager
def built(*, keep: bool = False) -> Iterator[Site]:
    """All of it, in a folder of its own; ended and taken away afterwards. Raises LeftOut and Broken as `begin` does."""
    home = Path(tempfile.mkdtemp(prefix="lodestar-faults-machines-"))
    home.chmod(0o711)
    site = Site(home)
    try:
        site.begin()
        yield site
    finally:
        site.end()
        if not keep:
            shutil.rmtree(home, ignore_errors=True)


def missing() -> str:
    """The program that this host lacks; empty when it has all."""
    needed = {
        "nginx": Path("/usr/sbin/nginx").exists(),
        "valkey-server or redis-server": bool(shutil.which("valkey-server") or shutil.which("redis-server")),
        "moto_server": PYTHON.with_name("moto_server").exists(),
        "setpriv": bool(shutil.which("setpriv")),
    }  # fmt: skip
    return next((name for name, is_there in needed.items() if not is_there), "")
