"""Makes what the benchmark needs in a database that is migrated: the tiny page, or sessions of a member."""

import json
import sys


def tiny_page() -> None:
    """One published page of five kilobytes at the address /yardstick/."""
    from wagtail.models import Page, Site

    from bench.tiny.models import TinyPage

    root = Site.objects.get(is_default_site=True).root_page or Page.get_first_root_node()
    if not TinyPage.objects.exists():
        text = "".join(f"<p>{'A sentence of the yardstick. ' * 10}</p>" for _ in range(17))
        root.add_child(instance=TinyPage(title="Yardstick", slug="yardstick", text=text))


def sessions(email: str, how_many: int) -> None:
    """Print the cookie values of fresh sessions of this member, as a JSON list."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from accounts.models import User

    member = User.objects.get(email=email)
    keys = []
    for _ in range(how_many):
        store = SessionStore()
        store[SESSION_KEY] = str(member.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = member.get_session_auth_hash()
        store.save()
        keys.append(store.session_key)
    json.dump(keys, sys.stdout)


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "tiny":
        tiny_page()
    else:
        sessions(sys.argv[2], int(sys.argv[3]))
