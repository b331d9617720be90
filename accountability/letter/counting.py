"""Numbers of the letter, for those who sum up what an initiative does. No name and no key leaves here."""

from __future__ import annotations

from accountability.letter.permissions import current_version


def signatures() -> dict[str, int]:
    """How many signed the current version: people, organizations, and people who show their name. Zeros before the first one."""
    version = current_version()
    if version is None:
        return {"people": 0, "organizations": 0, "with_public_name": 0}
    rows = version.signatures.standing()
    return {
        "people": rows.for_oneself().count(),
        "organizations": rows.for_organizations().count(),
        "with_public_name": rows.for_oneself().filter(name_is_public=True).count(),
    }
