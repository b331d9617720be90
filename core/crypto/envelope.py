"""The format of what is sealed: AES-256-GCM, padded, bound to its place. No Django, no database, no key of its own.

A sealed value is `0x01 | generation (2 bytes, big-endian) | nonce (12) | ciphertext and tag`, with the associated data
`v1|label|primary key|owner|generation`: in another field, row or owner, or under another generation, it does not open.
A wrapped data key is `nonce (12) | ciphertext and tag`, with `dek|owner|generation|kek`.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 0x01
KEY_BYTES = 32
NONCE_BYTES, TAG_BYTES = 12, 16
HEAD_BYTES = 1 + 2 + NONCE_BYTES
MOST_GENERATIONS = 0xFFFF
SMALLEST = 256  # bytes; then 1 k, 4 k, 16 k …
GROWTH = 4
MARK = b"\x80"  # ends the text; zeros follow (ISO/IEC 7816-4)


class CannotOpen(Exception):
    """A sealed value that is damaged, in the wrong place, of an unknown version, or whose key is gone. Carries no words."""


@dataclass(frozen=True)
class Place:
    """Where a value belongs: the field's fixed label, the row's primary key, and whose key seals it (`member:<uuid>`)."""

    label: str
    row: str
    owner: str

    def bound(self, generation: int) -> bytes:
        """The associated data that ties a value of this generation to this place."""
        return f"v{VERSION}|{self.label}|{self.row}|{self.owner}|{generation}".encode()


def seal(text: str, *, place: Place, key: bytes, generation: int) -> bytes:
    """The text as it is stored. The same text twice gives two values (threats C9)."""
    return seal_with(text, place=place, key=key, generation=generation, nonce=new_nonce())


def seal_with(text: str, *, place: Place, key: bytes, generation: int, nonce: bytes) -> bytes:
    """`seal` with a given nonce, for known answers alone: a nonce that is used twice betrays both texts."""
    head = bytes([VERSION]) + generation.to_bytes(2, "big") + nonce
    return head + AESGCM(key).encrypt(nonce, _padded(text.encode()), place.bound(generation))


def unseal(value: bytes, *, place: Place, key: bytes) -> str:
    """The text of a stored value. Raises CannotOpen for anything that `seal` did not make for this place and key."""
    generation = generation_of(value)
    nonce, sealed = value[3:HEAD_BYTES], value[HEAD_BYTES:]
    try:
        return _unpadded(AESGCM(key).decrypt(nonce, sealed, place.bound(generation))).decode()
    except (InvalidTag, UnicodeDecodeError):
        raise CannotOpen from None


def generation_of(value: bytes) -> int:
    """Which of its owner's keys a stored value needs. Raises CannotOpen for what is no such value."""
    if len(value) < HEAD_BYTES + SMALLEST + TAG_BYTES or value[0] != VERSION:
        raise CannotOpen
    return int.from_bytes(value[1:3], "big")


def wrap(key: bytes, *, owner: str, generation: int, by: bytes, name: str) -> bytes:
    """A data key as it is stored, wrapped by the key `name` of the keyring."""
    return wrap_with(key, owner=owner, generation=generation, by=by, name=name, nonce=new_nonce())


def wrap_with(
    key: bytes, *, owner: str, generation: int, by: bytes, name: str, nonce: bytes
) -> bytes:
    """`wrap` with a given nonce, for known answers alone."""
    return nonce + AESGCM(by).encrypt(nonce, key, _bound_key(owner, generation, name))


def unwrap(wrapped: bytes, *, owner: str, generation: int, by: bytes, name: str) -> bytes:
    """The data key. Raises CannotOpen when it was not wrapped for this owner, generation and key of the keyring."""
    nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
    if len(sealed) != KEY_BYTES + TAG_BYTES:
        raise CannotOpen
    try:
        return AESGCM(by).decrypt(nonce, sealed, _bound_key(owner, generation, name))
    except InvalidTag:
        raise CannotOpen from None


def new_key() -> bytes:
    """A random data key."""
    return secrets.token_bytes(KEY_BYTES)


def new_nonce() -> bytes:
    """A random nonce. An owner writes a few thousand values under one key, far below the bound of 2^32."""
    return secrets.token_bytes(NONCE_BYTES)


def _bound_key(owner: str, generation: int, name: str) -> bytes:
    return f"dek|{owner}|{generation}|{name}".encode()


def _padded(text: bytes) -> bytes:
    """The text, its mark and zeros up to the next size, so that a length tells little (threats C9)."""
    size = SMALLEST
    while size < len(text) + 1:
        size *= GROWTH
    return (text + MARK).ljust(size, b"\x00")


def _unpadded(padded: bytes) -> bytes:
    text, mark, zeros = padded.rpartition(MARK)
    if not mark or zeros.strip(b"\x00"):
        raise CannotOpen
    return text
