"""The machines: a database, a store, a bucket, web servers, workers, and a balancer in front, each on a wire of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import psutil
import psycopg

from faults import template
from faults.halting import Halting
from faults.machines.wires import Wires
from faults.postgres import NAMES, OPTIONS, STARTED_WITHIN, Server
from faults.surroundings import PYTHON, ROOT, Broken, environment, send_signal, wait_until

READY_WITHIN = 120  # seconds for a site's part to be ready
PROXY = """daemon off; user root; pid {folder}/pid; error_log {folder}/error.log warn; worker_processes 1;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; client_max_body_size 110m;
  proxy_connect_timeout 1s; proxy_read_timeout {wait}s; proxy_http_version 1.1;
  proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_next_upstream error timeout; proxy_next_upstream_tries 2; proxy_next_upstream_timeout {wait}s;
  upstream site {{ {servers} }}
  server {{ listen {port}; location / {{ proxy_pass http://site; }} }}
}}
"""


class Machine(Halting):
    """One program, with all that it starts, on a machine of its own."""

    def __init__(self, wires: Wires, name: str, folder: Path) -> None:
        self.wires, self.name, self.folder = wires, name, folder / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.address = wires.add(name)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def command(self) -> list[str]:
        """What it runs."""
        raise NotImplementedError

    @property
    def environment(self) -> dict[str, str]:
        """What that is started with."""
        return environment()

    def start(self) -> None:
        """Start it and wait until it is ready. Raises Broken."""
        with (self.folder / "said.txt").open("ab") as out:
            self._process = subprocess.Popen(
                self.wires.inside(self.name, self.command), cwd=ROOT, env=self.environment, stdout=out,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        if not wait_until(self.is_ready, READY_WITHIN):
            said = (self.folder / "said.txt").read_text(errors="replace")
            raise Broken(f"{self.name} did not start: {said[-600:]}")

    def is_ready(self) -> bool:
        """Whether it answers, asked on its own machine."""
        raise NotImplementedError

    def listens(self, port: int) -> bool:
        """Whether somebody listens at this port of the machine."""
        code = f"import socket;socket.create_connection(({self.address!r},{port}),1)"
        asked = self.wires.inside(self.name, [str(PYTHON), "-S", "-c", code])
        return subprocess.run(asked, capture_output=True, check=False).returncode == 0

    def processes(self) -> list[int]:
        """What runs there."""
        if self._process is None:
            return []
        try:
            first = psutil.Process(self._process.pid)
            return [first.pid, *(child.pid for child in first.children(recursive=True))]
        except psutil.NoSuchProcess:
            return []

    def kill(self) -> None:
        """End everything there at once, as when its power fails."""
        everything = self.processes()
        for pid in everything:
            send_signal(pid, signal.SIGKILL)
        if self._process is not None:
            self._process.wait(timeout=10)
        wait_until(lambda: not any(map(psutil.pid_exists, everything)), 10)

    def cut(self) -> None:
        """Pull its wire."""
        self.wires.cut(self.name)

    def mend(self) -> None:
        """Put the wire back."""
        self.wires.mend(self.name)

    def end(self) -> None:
        """End it for good."""
        self.thaw()
        self.kill()


class Store(Machine):
    """A Valkey or Redis that keeps nothing on its disk."""

    PORT = 6379

    @property
    def command(self) -> list[str]:
        """The server alone."""
        program = shutil.which("valkey-server") or shutil.which("redis-server")
        if program is None:
            raise Broken("Neither valkey-server nor redis-server is installed.")
        return [program, "--port", str(self.PORT), "--bind", self.address, "--protected-mode", "no", "--save", "", "--appendonly", "no"]  # fmt: skip

    def is_ready(self) -> bool:
        """Whether it listens."""
        return self.listens(self.PORT)


class Uploads(Machine):
    """A storage that speaks as S3 does, with one bucket. It forgets all when it is killed."""

    PORT = 9000

    @property
    def command(self) -> list[str]:
        """The server, from the environment of the tests."""
        return [str(PYTHON.with_name("moto_server")), "-H", self.address, "-p", str(self.PORT)]

    def is_ready(self) -> bool:
        """Whether it listens, and has its bucket."""
        if not self.listens(self.PORT):
            return False
        code = f"import urllib.request as u;u.urlopen(u.Request('http://{self.address}:{self.PORT}/uploads',method='PUT'),timeout=5)"
        asked = self.wires.inside(self.name, [str(PYTHON), "-c", code])
        return subprocess.run(asked, capture_output=True, check=False).returncode == 0

    @property
    def url(self) -> str:
        """For MEDIA_STORAGE_URL."""
        return f"s3://KEY:SECRET@{self.address}:{self.PORT}/uploads?tls=0"


class Database(Server):
    """The server of `faults.postgres` on a machine of its own. Its socket in the file system stays open to who judges."""

    def __init__(self, wires: Wires, folder: Path, name: str = "database") -> None:
        super().__init__(folder / name)
        self.wires, self.name, self.address = wires, name, wires.add(name)

    @property
    def network_urls(self) -> dict[str, str]:
        """What names its two databases to other machines."""
        names = ("DATABASE_URL", "KEYS_DATABASE_URL")
        return {name: f"postgresql://postgres@{self.address}:5432/{base}" for name, base in zip(names, NAMES, strict=True)}  # fmt: skip

    def start(self) -> None:
        """Start it, open to the machines of its network alone. Raises Broken."""
        with (self._data / "pg_hba.conf").open("a") as rules:
            for whom in ("all", "replication"):
                rules.write(f"host {whom} all {self.address}/24 trust\n")
        listening = OPTIONS.replace("listen_addresses=''", f"listen_addresses={self.address}")
        options = f"{listening} -k {self.home}"
        self._call(
            *("pg_ctl", "-D", str(self._data), "-w", "-s", "-t", str(STARTED_WITHIN)),
            *("-l", str(self.home / "log"), "-o", options, "start"),
        )

    def cut(self) -> None:
        """Pull its wire."""
        self.wires.cut(self.name)

    def mend(self) -> None:
        """Put the wire back."""
        self.wires.mend(self.name)

    def _call(self, *command: str, check: bool = True) -> None:
        who: dict[str, Any] = self._identity
        as_whom = ["setpriv", f"--reuid={who['user']}", f"--regid={who['group']}", "--clear-groups"]
        program = [str(self._programs / command[0]), *command[1:]]
        done = subprocess.run(
            self.wires.inside(self.name, [*as_whom, *program]), cwd=self.home, env={**os.environ, **self._environment},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        if check and done.returncode:
            raise Broken(f"PostgreSQL: {command[0]} ended with {done.returncode}.")


class Replica(Database):
    """A second server that follows the first over the network. Its socket, too, stays open to who judges."""

    def __init__(self, wires: Wires, folder: Path) -> None:
        super().__init__(wires, folder, "replica")

    def follow(self, primary: Database) -> None:
        """Copy the primary's files and begin to follow it. Raises Broken."""
        self.home.mkdir()
        self._programs, self._identity = primary._programs, primary._identity
        os.chown(self.home, self._identity["user"], self._identity["group"])
        self._reachable()
        self._call("pg_basebackup", "-h", primary.address, "-U", "postgres", "-D", str(self._data), "-R", "-X", "stream")  # fmt: skip
        self.start()

    def fall_behind(self) -> None:
        """Take what comes, and apply none of it."""
        self._say("SELECT pg_wal_replay_pause()")

    def catch_up(self) -> None:
        """Apply all of it."""
        self._say("SELECT pg_wal_replay_resume()")

    def _say(self, statement: str) -> None:
        with psycopg.connect(host=str(self.home), user="postgres", dbname="postgres", autocommit=True) as line:  # fmt: skip
            line.execute(statement.encode())


class Part(Machine):
    """A web machine or a worker: the supervisor with one of its parts, in a folder of its own."""

    PORT = 8000

    def __init__(
        self, wires: Wires, name: str, folder: Path, *, serve: str, given: dict[str, str]
    ) -> None:
        super().__init__(wires, name, folder)
        self.home = self.folder / "var"
        self.front: Front | None = None  # on a web machine
        self._serve, self._given = serve, given
        template.copy_to(self.home, "postgresql")

    @property
    def command(self) -> list[str]:
        """The supervisor, as every start runs it."""
        return [str(PYTHON), "scripts/serve.py", "demo"]

    @property
    def environment(self) -> dict[str, str]:
        """That of all machines, with its own folder and part."""
        return environment(
            LODESTAR_VAR=str(self.home), DJANGO_SETTINGS_MODULE="config.settings.demo", PYTHONPATH=str(ROOT),
            SERVE=self._serve, PORT=str(self.PORT), **self._given,
        )  # fmt: skip

    def start(self) -> None:
        """Start it. Raises Broken."""
        self._before = self._said()
        super().start()
        if self.front is not None:
            self.front.start()

    def processes(self) -> list[int]:
        """Those of its nginx are among them."""
        return [*super().processes(), *(self.front.processes() if self.front else ())]

    def kill(self) -> None:
        """End everything there at once."""
        super().kill()
        if self.front is not None:
            self.front.kill()

    def is_ready(self) -> bool:
        """Whether it has said so since."""
        return "is ready" in self._said()[len(self._before) :]

    def _said(self) -> str:
        path = self.folder / "said.txt"
        return path.read_text(errors="replace") if path.exists() else ""


class Front(Machine):
    """An nginx: on a web machine before its own site, and before all of them as the balancer."""

    def __init__(
        self, wires: Wires, name: str, folder: Path, *, servers: list[str], port: int, wait: int
    ) -> None:
        if name in wires.known():  # on a machine that is there
            self.wires, self.name, self.folder = wires, name, folder / f"{name}-front"
            self.folder.mkdir(parents=True, exist_ok=True)
            self.address, self._process = wires.address(name), None
        else:
            super().__init__(wires, name, folder)
        self.port = port
        self.write(servers, wait)

    def write(self, servers: list[str], wait: int) -> None:
        """Write down whom it hands requests to; it reads that when it starts."""
        listed = " ".join(f"server {server} max_fails=1 fail_timeout=2s;" for server in servers)
        text = PROXY.format(folder=self.folder, servers=listed, port=f"{self.address}:{self.port}", wait=wait)  # fmt: skip
        (self.folder / "nginx.conf").write_text(text)

    @property
    def command(self) -> list[str]:
        """With the file that was written for it."""
        return ["/usr/sbin/nginx", "-e", str(self.folder / "error.log"), "-c", str(self.folder / "nginx.conf")]  # fmt: skip

    def is_ready(self) -> bool:
        """Whether it listens."""
        return self.listens(self.port)
