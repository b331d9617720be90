"""What a person's hands do in the stories: fill a field by its label, press a button, walk with the tab key."""

from __future__ import annotations

from typing import Any

PASSWORD = "lodestar-demo"


def sign_in(page: Any, name: str, password: str = PASSWORD) -> None:
    """Sign in at the one door with address and password."""
    page.goto("/account/login/")
    page.get_by_label("Email").fill(f"{name}@riverton.example")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Any) -> None:
    """Sign out from the menu behind one's initials."""
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Sign out").click()


def tab_to(
    page: Any, name: str, *, role: str | None = None, most: int = 40, exact: bool = False
) -> None:
    """Press Tab until the thing of this name has the focus. Raises AssertionError when it never does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const e = document.activeElement;
            if (e === document.body) return ['', 'BODY'];  // past the end of the page; its text holds every name
            const label = e.labels && e.labels.length ? e.labels[0].innerText : '';
            return [(e.getAttribute('aria-label') || label || e.innerText || e.value || e.title || '').trim(), e.tagName]; }"""
        )
        if (name == seen[0] if exact else name in seen[0]) and (
            role is None or seen[1].lower() == role
        ):
            return
    raise AssertionError(f"{name} was not reached with {most} presses of Tab")


def passkey_device(page: Any) -> Any:
    """A device in the browser that makes and keeps passkeys and whose owner always agrees."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session
