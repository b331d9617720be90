"""Doors: an app above offers something, a template or an app below opens it without knowing who offers.

A door that nobody offers is empty. Offers are made once, in `AppConfig.ready()`.
"""

from collections.abc import Callable
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

Offer = Callable[..., Any]

_offers: dict[str, list[tuple[int, str, Offer]]] = {}


def offer(name: str, function: Offer, *, order: int = 100) -> None:
    """Offer `function` at the door `name`; smaller `order` comes first. Offering the same function again is harmless."""
    label = f"{function.__module__}.{function.__qualname__}"
    offers = _offers.setdefault(name, [])
    if all(known != label for _, known, _ in offers):
        offers.append((order, label, function))
        offers.sort(key=lambda row: row[:2])


def offers(name: str) -> list[Offer]:
    """The offers at the door themselves, in order: for a caller that must go on when one of them fails."""
    return [function for _, _, function in _offers.get(name, ())]


def ask(name: str, **context: Any) -> list[Any]:
    """What every offer at the door answers, in order, with answers of None left out."""
    answers = (function(**context) for function in offers(name))
    return [answer for answer in answers if answer is not None]


def html(name: str, **context: Any) -> SafeString:
    """The same as HTML, one after another; what is not HTML already is escaped."""
    return format_html_join("", "{}", ((answer,) for answer in ask(name, **context)))
