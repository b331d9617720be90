"""What does not open."""

from __future__ import annotations

from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.crypto.owners import KeyDestroyed

#: What the kernel raises where something cannot be opened or sealed.
SHUT = (CannotOpen, KeyMissing, KeyDestroyed)
