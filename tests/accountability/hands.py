"""What the stories of the journal share: its address, and the hands of a person at its door."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.accounts.hands import PASSWORD

JOURNAL = "/journal/"


def opens(client: Client) -> bool:
    """Whether the journal opens for this client."""
    return bool(client.get(JOURNAL).status_code == 200)


def prove(client: Client, password: str = PASSWORD) -> Any:
    """Answer “Is it you?” with the password."""
    return client.post("/account/reauthenticate/", {"password": password, "next": JOURNAL})
