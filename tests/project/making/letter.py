"""What the table of addresses names of letter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from accountability.letter.actions import save_draft, sign, sign_for_organization
from accountability.letter.actions.organizations import Promise
from accountability.letter.choices import Part
from accountability.letter.permissions import current_version


def made(cast: dict[str, Any]) -> dict[str, str]:
    """Dev's own signature, that of his organization which waits for a second person, and a draft on the desk."""
    version, soon = current_version(), date.today() + timedelta(days=90)
    assert version is not None
    mine, _is_new = sign(version=version, name_is_public=True, by=cast["dev"])
    promises = [Promise(part, "Ask the families of each school.", soon) for part in Part]
    ours = sign_for_organization(
        version=version, promises=promises, seen_revision=0, by=cast["dev"]
    )
    save_draft(process="We ask.", outcome="It changes.", what_changed="Shorter.", seen="", by=cast["ana"])  # fmt: skip
    return {"signature": str(mine.pk), "organization_signature": str(ours.pk)}
