"""Excerpts in their author's own copy. What the buddy shares is lent until a day, and stays theirs to take back: it is in no copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from accountability.sharing.permissions import excerpts_takeable_by
from accountability.sharing.taking import taken_along
from core.register import Part, Words

LABELS: Mapping[str, Words] = {
    "excerpts_shared": _("Excerpts that you share"),
    "entry": _("Number of the entry"),
    "shared": _("Shared"),
    "until": _("Until"),
    "title": _("Title"),
    "words": _("Text"),
}


def own_copy(member: Any) -> Iterable[Part]:
    """What the member shares with their buddy."""
    yield Part("excerpts", _("The words you share"), partial(_excerpts, member))


def _excerpts(member: Any) -> Iterable[Mapping[str, Any]]:
    return taken_along(excerpts_takeable_by(member).for_list())
