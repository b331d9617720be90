#!/usr/bin/env python3
"""Asks the site on this machine whether it can serve: exit 0 when `/readyz` says so, else 1 and what it waits for.

For a container's health check and for monitors that run programs. Standard library only.
"""

from __future__ import annotations

import sys
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import surroundings

PATIENCE = 8  # seconds


def main() -> int:
    """Ask once."""
    address = surroundings.reached_at(surroundings.wanted_host("production"), surroundings.wanted_port())  # fmt: skip
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(f"{address}/readyz", timeout=PATIENCE) as answer:
            print(answer.read().decode())
            return 0
    except HTTPError as refused:
        with refused:
            print(refused.read().decode(errors="replace"))
    except OSError as problem:
        print(f"Nothing answers at {address} ({problem}).")
    return 1


if __name__ == "__main__":
    sys.exit(main())
