"""Stand-ins under a caucus's own secret: whoever has the tables alone cannot tell whose seat, request or invitation it is.

`HMAC-SHA256(secret, purpose | identity)`, 64 hexadecimal digits (RFC 2104). The secret is sealed in the caucus's row, so that
finding a seat takes the keys.
"""

from __future__ import annotations

import hmac
import secrets
from uuid import UUID

from caucuses.models import Caucus
from core.audit import pseudonym

SECRET_BYTES = 32
_DECOY = secrets.token_hex(SECRET_BYTES)


def new_secret() -> str:
    """A random secret, as it is sealed in the caucus's row."""
    return secrets.token_hex(SECRET_BYTES)


def token_for(caucus: Caucus, member_id: UUID) -> str:
    """This member in this caucus. Raises core.crypto.envelope.CannotOpen when the secret was damaged."""
    return seat_token(str(caucus.secret), member_id)


def seat_token(secret: str, member_id: UUID) -> str:
    """The same under a secret that was opened before."""
    return _token(secret, f"seat|{member_id}")


def address_token(caucus: Caucus, address: str) -> str:
    """This e-mail address in this caucus. Raises CannotOpen."""
    return token_of_address(str(caucus.secret), address)


def token_of_address(secret: str, address: str) -> str:
    """The same under a secret that was opened before."""
    return _token(secret, f"address|{address.strip().lower()}")


def writer_token(caucus: Caucus, *, row: UUID, seat: UUID) -> str:
    """This seat as the writer of this one row: two rows of one writer have nothing in common. Raises CannotOpen."""
    return _token(str(caucus.secret), f"writer|{row}|{seat}")


def decoy(member_id: UUID) -> str:
    """A token that finds nothing, for the same work where there is no caucus."""
    return seat_token(_DECOY, member_id)


def outside_stand_in(member_id: UUID) -> UUID:
    """The member where they have no seat yet, for what is kept of a form for a day."""
    return UUID(hex=pseudonym(f"caucuses|{member_id}"))


def link_stand_in(link_hash: str) -> str:
    """What the database keeps of the link in a mail, made of its hash: a session that holds the hash leads to no row."""
    return pseudonym(f"caucuses|link|{link_hash}")


def _token(secret: str, message: str) -> str:
    return hmac.digest(bytes.fromhex(secret), message.encode(), "sha256").hex()
