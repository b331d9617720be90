"""The six digits of an authenticator app. Each code counts once, for as long as it would be valid (threats B8).

allauth forgets a used code after one period, while with a tolerance of one step it is valid for three.
"""

from __future__ import annotations

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction


def step_of(secret: str, code: str) -> int | None:
    """The time step for which the code is right now, None when there is none."""
    for step in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


@transaction.atomic
def accept(app: Authenticator, code: str) -> bool:
    """Whether the code is right and was not used before; it is used from now on. Safe against two at once."""
    row = Authenticator.objects.select_for_update().get(pk=app.pk)
    step = step_of(decrypt(row.data["secret"]), code)
    if step is None or step in row.data.get("used_steps", []):
        return False
    mark_used(row, step)
    return True


def mark_used(row: Authenticator, step: int) -> None:
    """Write down that the code of this step was used. Only steps that are still valid are kept."""
    valid = set(yield_hotp_counters_from_time())
    kept = [used for used in row.data.get("used_steps", []) if used in valid]
    row.data["used_steps"] = [*kept, step]
    row.save(update_fields=["data"])
