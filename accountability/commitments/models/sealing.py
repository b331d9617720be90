"""How the words of a commitment are sealed: under the key of the member or of the organization that promises."""

from __future__ import annotations

from typing import Any

from core.crypto.fields import EncryptedTextField


def sealed(label: str, words: Any) -> EncryptedTextField:
    """A field for words under the owner's key; the row tells the kind of owner (`key_kind`) and its id (`key_ref`)."""
    return EncryptedTextField(
        words, sealed_as=f"commitments.{label}", owner="key_ref", kind_in="key_kind"
    )
