"""How a field of a caucus is sealed, and how its audience is declared, in one place for all its rooms."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.crypto.fields import EncryptedTextField
from core.models import OwnerKind
from core.privacy import Audience, Field, seen_by

IN_THE_ROOM = _("what is in a caucus is known to its members alone")


def sealed(
    label: str, words: str | Promise = "", *, owner: str = "caucus_id", **given: Any
) -> EncryptedTextField:
    """Text under the caucus's own key. `label` is fixed for good (`caucuses.seat.name`)."""
    return EncryptedTextField(words, sealed_as=label, owner=owner, kind=OwnerKind.CAUCUS, **given)


def in_the_room(*names: str, class_s: bool = False) -> dict[str, Field]:
    """Fields that the members of the caucus may know."""
    return {name: seen_by(Audience.CAUCUS, why=IN_THE_ROOM, class_s=class_s) for name in names}


def by_the_author(*names: str, class_s: bool = False) -> dict[str, Field]:
    """Fields that the one whose seat it is may know, and nobody else in the room."""
    return {name: seen_by(Audience.AUTHOR, why=_("one's own"), class_s=class_s) for name in names}


def by_nobody(*names: str, why: str | Promise) -> dict[str, Field]:
    """Fields that the program alone uses."""
    return {name: seen_by(Audience.NOBODY, why=why) for name in names}
