"""“I have read our definition.”"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core.access import require
from curriculum.glossary.models import DefinitionRead, TermVersion


@transaction.atomic
def mark_read(*, version: TermVersion, by: Any) -> DefinitionRead:
    """Note that the member has read this version; twice counts once."""
    require(by.is_authenticated)
    row, _new = DefinitionRead.objects.get_or_create(member=by, version=version)
    return row
