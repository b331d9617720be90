"""All address patterns with their access rules, read from the URL configuration itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from core.access import rule_of


@dataclass(frozen=True)
class Route:
    """One address pattern: its whole route, its name with namespaces, and the rule (None: refused to everybody)."""

    route: str
    name: str
    rule: str | None


def routes() -> list[Route]:
    """Every pattern of the site, in the order in which they are tried."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], base: str, namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        route = base + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, route, inner)
        else:
            rule = rule_of(pattern.callback, route)
            yield Route(route, f"{namespace}{pattern.name or ''}", rule.value if rule else None)
