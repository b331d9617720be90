"""The token of the link that stops mail without signing in (RFC 8058). Sealed, so that it tells nobody whom it is for."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

PURPOSE = b"notices.stop"
NONCE = 12  # bytes, as AES-GCM has them


def stop_token(member_id: UUID) -> str:
    """A token that stops this member's mail; a different one each time, so that two mails share none."""
    nonce = secrets.token_bytes(NONCE)
    sealed = AESGCM(_key(settings.SECRET_KEY)).encrypt(nonce, member_id.bytes, PURPOSE)
    return base64.urlsafe_b64encode(nonce + sealed).decode().rstrip("=")


def member_of(token: str) -> UUID | None:
    """The member a token is for; None when it was not made here. Tokens of the previous SECRET_KEY still count."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            opened = AESGCM(_key(secret)).decrypt(raw[:NONCE], raw[NONCE:], PURPOSE)
            return UUID(bytes=opened)
        except (InvalidTag, ValueError):
            continue
    return None


def _key(secret: str) -> bytes:
    return hmac.new(secret.encode(), PURPOSE, hashlib.sha256).digest()
