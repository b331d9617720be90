"""Verbs of the letter."""

from accountability.letter.actions.organizations import (
    AlreadyConfirmed,
    NotNow,
    confirm_signature,
    send_back,
    sign_for_organization,
)
from accountability.letter.actions.signing import (
    Superseded,
    prune_unconfirmed,
    show_name,
    sign,
    withdraw,
)
from accountability.letter.actions.writing import (
    NotReady,
    StaleDraft,
    clean_again,
    discard_draft,
    publish,
    save_draft,
    who_is_asked,
)

__all__ = [
    "AlreadyConfirmed",
    "NotNow",
    "NotReady",
    "StaleDraft",
    "Superseded",
    "clean_again",
    "confirm_signature",
    "discard_draft",
    "prune_unconfirmed",
    "publish",
    "save_draft",
    "send_back",
    "show_name",
    "sign",
    "sign_for_organization",
    "who_is_asked",
    "withdraw",
]
