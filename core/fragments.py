"""Pieces of HTML that say the same to everybody who is told the same: made once in a process for each language.

What a piece shows is in its key, word for word: nobody can be given what they would not have been shown anyway. A piece never
gets the request, a form's token or anything of class S.
"""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST_KEPT = 1_000  # of each kind in one process

Plain = str | int | bool | tuple[str, ...]
#: A value with its type, since 1 equals True, and words that are HTML already equal words that are not.
Told = tuple[tuple[str, type, Plain], ...]


def fragment(template: str, **told: Plain | list[str] | Promise) -> SafeString:
    """The template with these values and no others. Its answer may depend on them and on the language alone."""
    plain = {name: _plain(value) for name, value in told.items()}
    if settings.DEBUG:  # whoever works on a template sees it at once
        return render_to_string(template, plain)
    values = tuple((name, type(value), value) for name, value in plain.items())
    return _made(template, get_language(), get_script_prefix(), values)


def address(name: str, *ids: UUID) -> str:
    """The address of this name, in the language of now. What it takes are ids alone, of the kind that `<uuid:…>` takes."""
    pieces = _address(name, len(ids), get_language(), get_script_prefix())
    return "".join(f"{piece}{key}" for piece, key in zip(pieces, (*ids, ""), strict=True))


def nav_line(request: HttpRequest, url: str, label: str | Promise) -> SafeString:
    """One line of the navigation, which says whether the reader is there."""
    here = request.path.startswith(url)
    return fragment("components/nav_line.html", url=url, label=label, current=here)


def foot_line(name: str, label: str | Promise) -> SafeString:
    """One line of the footer, to an address that takes nothing."""
    return fragment("components/foot_line.html", url=address(name), label=label)


def _plain(value: Plain | list[str] | Promise) -> Plain:
    if isinstance(value, Promise):
        return str(value)
    return tuple(value) if isinstance(value, list) else value


@lru_cache(maxsize=MOST_KEPT)
def _made(template: str, _language: str | None, _prefix: str, told: Told) -> SafeString:
    return render_to_string(template, {name: value for name, _type, value in told})


@lru_cache(maxsize=MOST_KEPT)
def _address(name: str, takes: int, _language: str | None, _prefix: str) -> tuple[str, ...]:
    """What stands before, between and after the ids."""
    places = [uuid4() for _place in range(takes)]
    rest, pieces = reverse(name, args=places), []
    for place in places:
        piece, rest = rest.split(str(place))
        pieces.append(piece)
    return (*pieces, rest)
