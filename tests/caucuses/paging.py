"""The ways from page to page of a list that begins with the newest."""

from __future__ import annotations

import re


def earlier_page(html: str, named: str = "before") -> str | None:
    """The query of the address of what came before this page; None where nothing did."""
    found = re.search(rf'href="(\?{named}=[0-9a-f-]+)[^"]*">Earlier ones', html)
    return found[1] if found else None
