#!/usr/bin/env python3
"""Runs the lines of deploy/Containerfile one by one in a folder that stands for the image, where no container engine is at hand.

Usage, as root: python3 scripts/try_containerfile.py ROOT           everything up to CMD
                python3 scripts/try_containerfile.py ROOT --start NAME=VALUE …   CMD, with these settings, until it ends
                python3 scripts/try_containerfile.py ROOT --healthy NAME=VALUE …   HEALTHCHECK, once
ROOT is a bare Debian, such as `debootstrap --variant=minbase bookworm ROOT` makes, with /proc and /dev mounted.
"""

from __future__ import annotations

import fnmatch
import json
import os
import pwd
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from surroundings import ROOT, say, stop

FILE = ROOT / "deploy" / "Containerfile"
LEFT_TO_ENGINE = {"FROM", "EXPOSE", "VOLUME", "STOPSIGNAL"}
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass
class Image:
    """The folder, and what the lines so far have said about it."""

    root: Path
    env: dict[str, str] = field(default_factory=lambda: {"PATH": PATH})
    workdir: str = "/"
    user: str = "root"
    health: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)

    def run(self, command: list[str], given: dict[str, str] | None = None) -> int:
        """Run this in the folder, as the account and in the place that the lines name. Its exit status."""
        options = [f"--userspec={self.user}:{self.user}"] if self.user != "root" else []
        inside = ["env", "-C", self.workdir, *command]
        return subprocess.run(
            ["chroot", *options, str(self.root), *inside], env={**self.env, **(given or {})}, check=False
        ).returncode  # fmt: skip

    def copy(self, names: list[str]) -> None:
        """Copy files of the repository, but what .containerignore names."""
        *sources, target = names
        place = self.root / os.path.normpath(f"{self.workdir}/{target}").lstrip("/")
        ignored = [line for line in (ROOT / ".containerignore").read_text().splitlines() if line]
        for source in sources:
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place, ignore=_leaving(ignored), dirs_exist_ok=True)
            else:
                place.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / source, place)


def _leaving(ignored: list[str]) -> Callable[[str, list[str]], set[str]]:
    def leave(folder: str, names: list[str]) -> set[str]:
        at_top = Path(folder) == ROOT
        patterns = [p.removeprefix("**/") for p in ignored if at_top or p.startswith("**/")]
        return {name for name in names if any(fnmatch.fnmatch(name, p) for p in patterns)}

    return leave


def lines() -> list[tuple[str, str]]:
    """The lines of the Containerfile: the word, and the rest."""
    text = re.sub(r"\\\n", " ", FILE.read_text())
    found = [line.partition(" ") for line in text.splitlines() if line and line[0] != "#"]
    return [(word, rest) for word, _space, rest in found]


def follow(image: Image, build: bool) -> None:
    """Do what each line says; without `build` only take note of what it says. Stops at a line that fails or is not known."""
    for word, rest in lines():
        if build:
            say(f"{word} {rest}")
        if word == "RUN":
            if build and (status := image.run(["sh", "-c", rest])):
                stop(f"This line ended with {status}. What the lines before it did is in {image.root}.")  # fmt: skip
        elif word == "COPY":
            if build:
                image.copy(rest.split())
        elif word == "WORKDIR":
            image.workdir = rest
            (image.root / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
        elif word == "ENV":
            image.env |= dict(part.split("=", 1) for part in rest.split())
        elif word == "USER":
            image.user = rest
        elif word == "HEALTHCHECK":
            image.health = json.loads(rest.split(" CMD ", 1)[1])
        elif word == "CMD":
            image.command = json.loads(rest)
        elif word not in LEFT_TO_ENGINE:
            stop(f"The line {word} is not known here. Nothing of it was done.")


def main() -> int:
    """Follow the file, or run its command or its check."""
    if len(sys.argv) < 2 or not Path(sys.argv[1], "etc", "debian_version").is_file():
        stop("Say in which folder a bare Debian is: python3 scripts/try_containerfile.py ROOT")
    if os.geteuid() != 0:
        stop(f"{pwd.getpwuid(os.geteuid()).pw_name} may not change the root folder. Type this as root.")  # fmt: skip
    image = Image(Path(sys.argv[1]).resolve())
    if image.root == Path("/"):
        stop("The lines would be run on this machine itself. Name the folder of another Debian.")
    asked = sys.argv[2] if len(sys.argv) > 2 else ""
    follow(image, build=not asked)
    if not asked:
        return 0
    given = dict(word.split("=", 1) for word in sys.argv[3:])
    return image.run(image.health if asked == "--healthy" else image.command, given)


if __name__ == "__main__":
    sys.exit(main())
