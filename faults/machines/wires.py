"""A network of our own: a switch, and a namespace with one wire to it for each machine. Needs root and `ip`."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from typing import Any

from faults.surroundings import Broken, LeftOut

#: A private range that nothing of this host uses most likely; the host itself is number 1.
RANGE = "10.77.{}"
NAME = "lsm"  # begins the names of all that is made here, which may have 15 letters


@dataclass
class Wires:
    """The network of one run."""

    number: int = field(default_factory=lambda: os.getpid() % 250)
    _machines: dict[str, int] = field(default_factory=dict)

    @property
    def switch(self) -> str:
        """The name of the bridge."""
        return f"{NAME}{self.number}"

    def begin(self) -> None:
        """Make the switch. Raises LeftOut where this host lets nobody make networks."""
        if os.geteuid() != 0 or shutil.which("ip") is None:
            raise LeftOut("Several machines on one host need root and the command `ip`.")
        try:
            self._ip("link", "add", self.switch, "type", "bridge")
        except Broken as problem:
            raise LeftOut(f"This host lets nobody make networks of their own: {problem}") from None
        try:
            self._ip("addr", "add", f"{self._address(1)}/24", "dev", self.switch)
            self._ip("link", "set", self.switch, "up")
            self._ip("netns", "add", f"{self.switch}-try")
            self._ip("netns", "del", f"{self.switch}-try")
        except Broken as problem:
            self.end()
            raise LeftOut(f"This host lets nobody make networks of their own: {problem}") from None

    def add(self, name: str) -> str:
        """A machine of this name; returns its address."""
        number = len(self._machines) + 10
        self._machines[name] = number
        here, there = self._wire(name), f"{NAME}{self.number}p{number}"
        space = self.space(name)
        self._ip("netns", "add", space)
        self._ip("link", "add", here, "type", "veth", "peer", "name", there)
        self._ip("link", "set", there, "netns", space, "name", "eth0")
        self._ip("link", "set", here, "master", self.switch, "up")
        self._ip("-n", space, "addr", "add", f"{self.address(name)}/24", "dev", "eth0")
        self._ip("-n", space, "link", "set", "eth0", "up")
        self._ip("-n", space, "link", "set", "lo", "up")
        return self.address(name)

    def address(self, name: str) -> str:
        """Where the others reach it."""
        return self._address(self._machines[name])

    def known(self) -> frozenset[str]:
        """The machines that are there."""
        return frozenset(self._machines)

    def space(self, name: str) -> str:
        """The name of its namespace."""
        return f"{self.switch}-{name}"

    def inside(self, name: str, command: list[str]) -> list[str]:
        """The command, to be run on this machine."""
        return ["ip", "netns", "exec", self.space(name), *command]

    def cut(self, name: str) -> None:
        """Pull its wire: what is sent is lost, and nobody is told."""
        self._ip("link", "set", self._wire(name), "down")

    def mend(self, name: str) -> None:
        """Put it back."""
        self._ip("link", "set", self._wire(name), "up")

    def end(self) -> None:
        """Take all of it away."""
        for name in list(self._machines):
            self._try("netns", "del", self.space(name))
            self._try("link", "del", self._wire(name))
        self._try("link", "del", self.switch)
        self._machines.clear()

    def _wire(self, name: str) -> str:
        return f"{NAME}{self.number}w{self._machines[name]}"

    def _address(self, last: int) -> str:
        return f"{RANGE.format(self.number)}.{last}"

    def _ip(self, *words: str) -> None:
        done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
        if done.returncode:
            raise Broken(f"ip {' '.join(words)}: {done.stderr.strip()}")

    def _try(self, *words: str) -> Any:
        return subprocess.run(["ip", *words], capture_output=True, check=False)
